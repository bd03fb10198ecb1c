/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at the whole screen whenever a window comes or goes. */
typedef struct _RobotGlass RobotGlass;

RobotGlass *robot_glass_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_glass_free (RobotGlass *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotGlass, robot_glass_free)

gboolean robot_glass_wait (RobotGlass *self, guint gone, int timeout_ms);
guint robot_glass_count_blank (RobotGlass *self);

G_END_DECLS
