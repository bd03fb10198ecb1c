/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/tree.h"

G_BEGIN_DECLS

/* What each press of a visit brought, and how long the applicant had to wait for it. */
typedef struct _RobotFigures RobotFigures;

RobotFigures *robot_figures_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_figures_free (RobotFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotFigures, robot_figures_free)

void robot_figures_press (RobotFigures *self, const RobotWidget *widget);
void robot_figures_act (RobotFigures *self, const char *what);
void robot_figures_found (RobotFigures *self, const RobotWidget *widget);
void robot_figures_write (RobotFigures *self, const char *path);

G_END_DECLS
