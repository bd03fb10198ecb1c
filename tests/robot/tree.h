/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/screen.h"

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* One widget as the accessibility tree described it at one moment. */
typedef struct
{
  AtspiAccessible *node;
  AtspiRole role;
  char *name;
  char *description;
  char *id;
  AtspiRect box; /* in the window, which is the screen */
  gboolean sensitive;
  gboolean focusable;
  gboolean chosen; /* pressed, checked or selected */
} RobotWidget;

void robot_widget_free (RobotWidget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotWidget, robot_widget_free)
char *robot_widget_dup_fault (const RobotWidget *self);
RobotPoint robot_widget_centre (const RobotWidget *self);

/* What to look for: a pattern of the accessible name ("Receipt *"), or "#id" for the widget's id.
 */
typedef struct
{
  AtspiRole role; /* ATSPI_ROLE_INVALID: any */
  const char *name;
} RobotWanted;

RobotWidget *
robot_tree_find (const char *application, const RobotWanted *wanted, RobotPoint *out_of_sight);
GPtrArray *robot_tree_list (const char *application);
GPtrArray *robot_tree_read (const char *application);
GPtrArray *robot_tree_check (const char *application);

G_END_DECLS
