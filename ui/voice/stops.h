/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/utterance.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_STOP_TEXT,
  KOUAN_STOP_BUTTON,
  KOUAN_STOP_CHOICE,
  KOUAN_STOP_FIELD,
  KOUAN_STOP_ROW, /* of a keyboard; choosing it opens it */
  KOUAN_STOP_KEY, /* in the row that is open */
} KouanStopKind;

/* One thing on a page that a person can stop at and hear. */
typedef struct
{
  GtkWidget *widget; /* (owned) */
  KouanStopKind kind;
  char *text;            /* what it is called */
  char *value;           /* (nullable): what it says, or what is typed into it */
  char *language;        /* BCP 47 */
  KouanUtterance *words; /* (nullable): the text, where its parts are in several languages */
  guint row;             /* of a keyboard */
  guint nth;             /* of choices that belong together; 0: not one of them */
  guint count;
  gboolean private; /* the value is for nobody else's ears */
  gboolean live;    /* is said when it changes */
  gboolean urgent;  /* at once */
  gboolean sensitive;
  gboolean chosen;
} KouanStop;

#define KOUAN_ROW_NONE G_MAXUINT

GPtrArray *kouan_stops_collect (KouanWindow *window, guint open_row);
KouanStop *kouan_stops_find (GPtrArray *stops, GtkWidget *widget, guint *index);

G_END_DECLS
