/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/hold.h"

#include <glib/gstdio.h>
#include <unistd.h>

/**
 * robot_hold_up:
 * @name: of a picture among the applicant's papers
 *
 * Puts it before the camera, in place of the one that was there. Ends the program if it cannot.
 */
void
robot_hold_up (const RobotHand *self, const char *name)
{
  g_autofree char *picture = g_build_filename (self->papers, name, NULL);
  g_autofree char *before = g_build_filename (self->in_view, ".next.png", NULL);
  g_autofree char *seen = g_build_filename (self->in_view, "held.png", NULL);

  g_unlink (before); /* it stays where what is held up already is held up again */
  if (link (picture, before) != 0 || g_rename (before, seen) != 0)
    g_error ("cannot hold up %s: %s", picture, g_strerror (errno));
}
