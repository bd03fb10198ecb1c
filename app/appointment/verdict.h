/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"

G_BEGIN_DECLS

/* English, marked for gettext. "{time}" and "{hall}" stand for a date with time and for the name of
 * the code's hall; the caller translates first and fills in afterwards. */
typedef struct
{
  const char *name;   /* "too-early": for JSON and logs */
  const char *title;  /* what is the matter */
  const char *remedy; /* what to do, and the other way */
} KouanVerdictWords;

const KouanVerdictWords *kouan_verdict_words (KouanVerdict verdict);
char *
kouan_verdict_fill (const char *text, const char *hall, const char *time) G_GNUC_WARN_UNUSED_RESULT;
KouanVerdict kouan_verdict_of_error (const GError *error); /* of a KouanAppointmentError */

G_END_DECLS
