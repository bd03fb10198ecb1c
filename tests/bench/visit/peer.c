/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/robot.h"

#include <stdio.h>

/* peer FILE: the robot turns the pages of the bare window, and writes into FILE how long each
 * took. */

#define PAGES 40

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RobotFigures) figures = NULL;
  g_autoptr (Robot) robot = NULL;

  if (argc != 2)
    {
      g_printerr ("usage: %s FILE\n", argv[0]);
      return 2;
    }
  robot = robot_new ("kouan-bare", g_get_tmp_dir (), &error);
  figures = robot != NULL ? robot_figures_new (&error) : NULL;
  if (figures == NULL)
    {
      g_printerr ("peer: %s\n", error->message);
      return 3;
    }
  setlinebuf (stdout);
  robot_set_figures (robot, figures);
  for (int page = 1; page <= PAGES; page++)
    {
      g_autofree char *heading = g_strdup_printf ("Page %d", page);

      robot_see (robot, ATSPI_ROLE_LABEL, heading);
      robot_press (robot, ATSPI_ROLE_PUSH_BUTTON, "Next");
    }
  robot_see (robot, ATSPI_ROLE_PUSH_BUTTON, "Next");
  robot_figures_write (figures, argv[1]);
  return 0;
}
