/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

typedef enum
{
  ROBOT_LANGUAGE, /* presses the applicant's language; the machine speaks it from then on */
  ROBOT_HALL,     /* the machine speaks the hall's language, for its staff */
  ROBOT_ANEW,     /* and again for whoever comes next: it is a new process with a new window */
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

/* How the tables are written. SEE waits for a text, PRESS for a button, CHOOSE for a card. */
#define SEE(text)                                                                                  \
  {                                                                                                \
    ROBOT_SEE, ATSPI_ROLE_LABEL, text                                                              \
  }
#define PRESS(text)                                                                                \
  {                                                                                                \
    ROBOT_PRESS, ATSPI_ROLE_PUSH_BUTTON, text                                                      \
  }
#define CHOOSE(text)                                                                               \
  {                                                                                                \
    ROBOT_PRESS, ATSPI_ROLE_RADIO_BUTTON, text                                                     \
  }
#define TYPE(text)                                                                                 \
  {                                                                                                \
    ROBOT_TYPE, ATSPI_ROLE_INVALID, text                                                           \
  }
#define HOLD(text)                                                                                 \
  {                                                                                                \
    ROBOT_HOLD, ATSPI_ROLE_INVALID, text                                                           \
  }
#define PICTURE(text)                                                                              \
  {                                                                                                \
    ROBOT_PICTURE, ATSPI_ROLE_INVALID, text                                                        \
  }
#define SPEAK                                                                                      \
  {                                                                                                \
    ROBOT_LANGUAGE, ATSPI_ROLE_PUSH_BUTTON, ""                                                     \
  }
#define SIGN                                                                                       \
  {                                                                                                \
    ROBOT_SIGN, ATSPI_ROLE_FILLER, "Sign here with a finger"                                       \
  }
#define HALL                                                                                       \
  {                                                                                                \
    ROBOT_HALL, ATSPI_ROLE_INVALID, ""                                                             \
  }
#define ANEW                                                                                       \
  {                                                                                                \
    ROBOT_ANEW, ATSPI_ROLE_INVALID, ""                                                             \
  }
#define VISITOR                                                                                    \
  {                                                                                                \
    ROBOT_VISITOR, ATSPI_ROLE_INVALID, ""                                                          \
  }

/* A question on its page, with what is answered. */
#define ASKED_CHOICE(question, answer) SEE (question), CHOOSE (answer), PRESS ("Go on")
#define ASKED_TEXT(question, answer) SEE (question), TYPE (answer), PRESS ("Go on")

/* One of the applicants' visits; what is asked for by name on the command line. */
typedef struct
{
  const char *name;
  const RobotStep *steps;
  const gsize *length;
} RobotTable;

extern const RobotStep robot_visit[];
extern const gsize robot_visit_length;
extern const RobotStep robot_staff[];
extern const gsize robot_staff_length;
extern const RobotStep robot_border[];
extern const gsize robot_border_length;
extern const RobotStep robot_group_of_five[];
extern const gsize robot_group_of_five_length;
extern const RobotStep robot_overseas[];
extern const gsize robot_overseas_length;
extern const RobotStep robot_family[];
extern const gsize robot_family_length;
extern const RobotStep robot_agent[];
extern const gsize robot_agent_length;
extern const RobotStep robot_by_touch[];
extern const gsize robot_by_touch_length;
extern const RobotStep robot_stranger[];
extern const gsize robot_stranger_length;

G_END_DECLS
