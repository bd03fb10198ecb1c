/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/robot.h"

/* The robot against a window that holds what it has to cope with: see window.c. */

#define BUTTON ATSPI_ROLE_PUSH_BUTTON
#define LABEL ATSPI_ROLE_LABEL

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Robot) robot = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (argc, ==, 2);
  robot = robot_new ("kouan-robot-window", argv[1], &error);
  g_assert_no_error (error);

  robot_press (robot, BUTTON, "Begin");
  robot_type (robot, "cab");
  robot_see (robot, LABEL, "cab");
  robot_picture (robot, "keys");
  robot_press (robot, BUTTON, "Continue");
  robot_see (robot, LABEL, "0 strokes");
  robot_sign (robot, ATSPI_ROLE_INVALID, "Sign here");
  text = robot_read (robot, LABEL, "* strokes");
  robot_see (robot, LABEL, "2 strokes");
  g_assert_false (robot_sees (robot, LABEL, "cab"));
  robot_picture (robot, "sign");
  robot_press (robot, BUTTON, "Continue");
  robot_see (robot, BUTTON, "Begin");
  robot_press (robot, BUTTON, "End");
  return 0;
}
