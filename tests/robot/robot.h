/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/figures.h"

G_BEGIN_DECLS

/* An applicant made of a finger and two eyes. Every verb says what it does in one line, with the
 * time that the machine made it wait, and ends the program with a picture and a list of what was
 * there if the machine does not come up with what it looks for. */
typedef struct _Robot Robot;

Robot *
robot_new (const char *application, const char *pictures, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
robot_touch (Robot *self, const char *socket_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void robot_free (Robot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Robot, robot_free)

/* What the buttons are called that every page may have. */
typedef struct
{
  const char *space;
  const char *capitals; /* for one letter */
  const char *signs;
  const char *letters;
  const char *latin; /* where the language has other letters */
  const char *above; /* scrolls the page */
  const char *below;
} RobotButtons;

void robot_set_buttons (Robot *self, const RobotButtons *buttons);
void robot_set_deadline (Robot *self, int deadline_ms);

void robot_see (Robot *self, AtspiRole role, const char *name);
char *robot_read (Robot *self, AtspiRole role, const char *name);
gboolean robot_sees (Robot *self, AtspiRole role, const char *name);
void robot_press (Robot *self, AtspiRole role, const char *name);
void robot_type (Robot *self, const char *text);
void robot_sign (Robot *self, AtspiRole role, const char *name);
void robot_picture (Robot *self, const char *page);
void robot_check (Robot *self, const char *page);
void robot_print_tree (Robot *self);
double robot_get_waited_s (Robot *self);

/* Keeps the figures of what is done from now on; the caller keeps them. */
void robot_set_figures (Robot *self, RobotFigures *figures);

G_END_DECLS
