/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/serving.h"

#include "app/staff/hours.h"

/* Whether visitors may start, and what they read if not, in any language: nobody has chosen one. */

void
kouan_serving_clear (KouanServing *self)
{
  g_clear_pointer (&self->reason, g_free);
}

static void
judge_hours (const KouanHours *hours, gint64 now_s, KouanServing *serving)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_s);
  g_autoptr (GDateTime) next = NULL;

  serving->closed = !kouan_hours_is_open (hours, now);
  if (!serving->closed)
    return;
  next = kouan_hours_next_opening (hours, now);
  serving->opens_s = next != NULL ? g_date_time_to_unix (next) : 0;
}

/* A disk that cannot be read closes nothing: that shows where it is needed. */
void
kouan_serving_load (KouanDatabase *db, gint64 now_s, KouanServing *serving)
{
  KouanHours hours;
  gboolean is_set = FALSE;
  g_autoptr (GError) error = NULL;

  *serving = (KouanServing){ 0 };
  if (!kouan_staff_get_reason (db, &serving->reason, &error)
      || !kouan_hours_load (db, &hours, &is_set, &error))
    g_message ("Whether this kiosk serves is not known: %s", error->message);
  if (is_set)
    judge_hours (&hours, now_s, serving);
  serving->called_s = kouan_staff_get_call_s (db);
}

gboolean
kouan_serving_is_open (const KouanServing *self)
{
  return self->reason == NULL && !self->closed;
}

gboolean
kouan_serving_equal (const KouanServing *a, const KouanServing *b)
{
  return g_strcmp0 (a->reason, b->reason) == 0 && a->closed == b->closed && a->opens_s == b->opens_s
         && a->called_s == b->called_s;
}

/* Returns: (transfer full) (nullable): NULL where it serves */
char *
kouan_serving_text (const KouanServing *self, const KouanLanguage *language)
{
  const char *reason = self->reason != NULL ? kouan_staff_reason_text (self->reason) : NULL;
  g_autofree char *what = NULL;
  g_autofree char *why = NULL;
  g_autofree char *pattern = NULL;
  g_autofree char *time = NULL;
  g_auto (GStrv) parts = NULL;

  if (kouan_serving_is_open (self))
    return NULL;
  if (self->reason != NULL)
    {
      what = kouan_language_text_in (language, N_ ("Out of service. Use another kiosk."));
      why = reason != NULL ? kouan_language_text_in (language, reason) : g_strdup ("");
      return g_strconcat (what, " ", why, NULL);
    }
  if (self->opens_s == 0)
    return kouan_language_text_in (language, N_ ("Closed now."));
  pattern = kouan_language_text_in (language, N_ ("Closed now. Opens: {time}"));
  time = kouan_language_date_time (language, self->opens_s);
  parts = g_strsplit (pattern, "{time}", 2);
  return g_strjoinv (time, parts);
}
