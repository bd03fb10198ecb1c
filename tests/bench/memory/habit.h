/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/hold.h"
#include "tests/robot/steps.h"
#include "tests/robot/tree.h"

G_BEGIN_DECLS

/* An applicant who has been here so often that nothing has to be read any more. */
typedef struct _Habit Habit;

Habit *habit_new (const char *application, RobotHand hand, GError **error);
void habit_free (Habit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Habit, habit_free)

/* Ends the program, with what is on the screen, where the machine does not come up with a step. */
void habit_take (Habit *self, const RobotStep *steps, gsize count);
guint habit_get_looks (const Habit *self);

G_END_DECLS
