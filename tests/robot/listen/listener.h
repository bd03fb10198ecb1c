/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/robot/listen/ear.h"
#include "tests/robot/screen.h"

G_BEGIN_DECLS

/* An applicant who sees nothing: she has a keypad of five keys, and ears. Every verb says what it
 * does in one line, and ends the program with what was heard if the machine does not say what it
 * waits for. */
typedef struct _RobotListener RobotListener;

/* How the machine says what a thing is, in the applicant's language. */
typedef struct
{
  const char *button;
  const char *choice; /* a pattern */
  const char *field;
  const char *row; /* of keys */
  const char *unavailable;
  const char *space;
  const char *signs;   /* the key that brings up the other layer */
  const char *letters; /* and the one that goes back */
} RobotKinds;

RobotListener *robot_listener_new (RobotScreen *screen, RobotEar *ear);
void robot_listener_free (RobotListener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RobotListener, robot_listener_free)

void robot_listener_set_kinds (RobotListener *self, const RobotKinds *kinds);
void robot_listener_forget (RobotListener *self);
void robot_listener_hear (RobotListener *self, const char *pattern);
void robot_listener_press (RobotListener *self, const char *name);
void robot_listener_choose (RobotListener *self, const char *name);
void robot_listener_enter (RobotListener *self, const char *name);
void robot_listener_type (RobotListener *self, const char *text);
guint robot_listener_get_presses (RobotListener *self);
double robot_listener_get_slowest_s (RobotListener *self);

G_END_DECLS
