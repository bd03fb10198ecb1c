/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LISTEN_PLUG,     /* plugs her headphone in */
  LISTEN_LANGUAGE, /* presses her language, and is spoken to in it from then on */
  LISTEN_HALL,     /* is spoken to in the hall's language again */
  LISTEN_HEAR,     /* waits until it is said */
  LISTEN_PRESS,    /* goes to a button and presses it */
  LISTEN_CHOOSE,   /* goes to an answer and chooses it */
  LISTEN_ENTER,    /* goes to a field and from it to the keyboard */
  LISTEN_TYPE,     /* on the keyboard; "@name" stands for one of the applicant's facts */
  LISTEN_HOLD,     /* holds one of the applicant's pictures before the camera */
} ListenVerb;

/* One thing that the applicant does. The text is English, and looked up in what the machine says it
 * from. */
typedef struct
{
  ListenVerb verb;
  const char *text;
} ListenStep;

extern const ListenStep listen_visit[];
extern const gsize listen_visit_length;

G_END_DECLS
