/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/screen.h"

G_BEGIN_DECLS

/* A finger on a touch screen that the X server believes in: its "inputtest" driver takes the events of
 * a panel from a socket. One connection for the server's life: the driver never notices that a client
 * has gone, and spins. */
typedef struct _RobotFinger RobotFinger;

RobotFinger *robot_finger_new (const char *socket_path,
                               int width,
                               int height,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_finger_free (RobotFinger *self);
void robot_finger_down (RobotFinger *self, RobotPoint point);
void robot_finger_move (RobotFinger *self, RobotPoint point);
void robot_finger_up (RobotFinger *self, RobotPoint point);

G_END_DECLS
