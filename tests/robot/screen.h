/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The X screen as a person has it: a finger that presses, and eyes. */
typedef struct _RobotScreen RobotScreen;

RobotScreen *robot_screen_open (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_screen_close (RobotScreen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotScreen, robot_screen_close)

typedef struct
{
  double x; /* pixels from the left edge of the screen */
  double y;
} RobotPoint;

gboolean robot_screen_touch (RobotScreen *self,
                             const char *socket_path,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean robot_screen_is_lower_half (RobotScreen *self, RobotPoint point);
void robot_screen_press (RobotScreen *self, RobotPoint point);
void robot_screen_key (RobotScreen *self, unsigned long keysym);
gboolean robot_screen_is_touched (RobotScreen *self);
void robot_screen_drag_page (RobotScreen *self, gboolean below);
void robot_screen_drag (RobotScreen *self, const RobotPoint *points, gsize n_points);

void robot_screen_wait_change (RobotScreen *self, int timeout_ms);
gboolean robot_screen_wait_still (RobotScreen *self, int quiet_ms, int limit_ms);
GBytes *robot_screen_read (RobotScreen *self, int x, int y, int width, int height);
gboolean robot_screen_save (RobotScreen *self, const char *path, GError **error);

G_END_DECLS
