/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

typedef enum
{
  ROBOT_LANGUAGE, /* presses the applicant's language; the machine speaks it from then on */
  ROBOT_HALL,     /* the machine speaks the hall's language again */
  ROBOT_VISITOR,  /* and the applicant's, without a press */
  ROBOT_SEE,      /* waits for a widget */
  ROBOT_PRESS,    /* waits for it and presses it */
  ROBOT_TYPE,     /* presses keys; "@name" stands for one of the applicant's facts */
  ROBOT_SIGN,     /* draws on a widget */
  ROBOT_HOLD,     /* holds one of the applicant's pictures before the camera */
  ROBOT_PICTURE,  /* keeps what is on the screen, under the text as a name */
} RobotVerb;

/* One thing that the applicant does. The text is English: what the machine says in another language
 * is looked up in its own translations, so one table serves all. */
typedef struct
{
  RobotVerb verb;
  AtspiRole role;
  const char *text;
} RobotStep;

extern const RobotStep robot_visit[];
extern const gsize robot_visit_length;
extern const RobotStep robot_staff[];
extern const gsize robot_staff_length;

G_END_DECLS
