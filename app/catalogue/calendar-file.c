/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/calendar-file.h"

#include "app/clock/date.h"

#include <string.h>

/* Last days as a calendar file, iCalendar of RFC 5545: each an event of a whole day with two
 * reminders, so that a telephone says it in time. A QR code has room for the shortest form only:
 * one event, no reminders. */

#define FOLD_AT 75 /* bytes before the line has to be folded, §3.1 */

/* §3.3.11: backslash, semicolon and comma are escaped, and so is the end of a line; control signs
 * may not stand in a text. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (escaped, "\\n");
      else if (strchr ("\\;,", *p) != NULL)
        g_string_append_printf (escaped, "\\%c", *p);
      else if ((guchar)*p >= 0x20 && *p != 0x7F)
        g_string_append_c (escaped, *p);
    }
  return g_string_free (escaped, FALSE);
}

/* One content line, folded between characters. */
static void
add_line (GString *out, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s:%s", name, value);
  gsize used = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize size = g_utf8_next_char (p) - p;

      if (used + size > FOLD_AT)
        {
          g_string_append (out, "\r\n ");
          used = 1;
        }
      g_string_append_len (out, p, size);
      used += size;
    }
  g_string_append (out, "\r\n");
}

/* Where a component begins or ends. */
static void
add_bound (GString *out, const char *component, gboolean begins)
{
  g_string_append_printf (out, begins ? "BEGIN:%s\r\n" : "END:%s\r\n", component);
}

static void
add_text (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape (text);

  add_line (out, name, escaped);
}

static void
add_day (GString *out, const char *name, const GDate *day, int later)
{
  GDate shifted = *day;
  char digits[16];

  g_date_add_days (&shifted, later);
  g_snprintf (digits, sizeof digits, "%04d%02d%02d", g_date_get_year (&shifted),
              g_date_get_month (&shifted), g_date_get_day (&shifted));
  add_line (out, name, digits);
}

static void
add_reminder (GString *out, const char *before, const char *text)
{
  add_bound (out, "VALARM", TRUE);
  add_line (out, "ACTION", "DISPLAY");
  add_text (out, "DESCRIPTION", text);
  add_line (out, "TRIGGER", before);
  add_bound (out, "VALARM", FALSE);
}

/* What happens afterwards, and which rule says so. */
static char *
describe (KouanDeadline *deadline, const char *language)
{
  GPtrArray *rules = kouan_deadline_get_rules (deadline);
  const char *after = kouan_deadline_get_after (deadline, language);

  if (rules->len == 0)
    return g_strdup (after);
  return g_strdup_printf ("%s\n%s", after, kouan_rule_get_source (rules->pdata[0], language));
}

static void
add_stamp (GString *out, gint64 now_s)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_s);
  g_autofree char *text = g_date_time_format (now, "%Y%m%dT%H%M%SZ");

  add_line (out, "DTSTAMP", text);
}

static void
add_event (
  GString *out, const KouanDeadlineState *state, const char *language, const char *id, gint64 now_s)
{
  const char *name = kouan_deadline_get_name (state->deadline, language);
  g_autofree char *text = describe (state->deadline, language);
  g_autofree char *uid
    = g_strdup_printf ("%s-%s@kouan", id, kouan_deadline_get_id (state->deadline));

  add_bound (out, "VEVENT", TRUE);
  add_text (out, "UID", uid);
  add_stamp (out, now_s);
  add_day (out, "DTSTART;VALUE=DATE", &state->last, 0);
  add_day (out, "DTEND;VALUE=DATE", &state->last, 1);
  add_text (out, "SUMMARY", name);
  add_text (out, "DESCRIPTION", text);
  add_line (out, "TRANSP", "TRANSPARENT");
  add_reminder (out, "-P7D", name);
  add_reminder (out, "-P1D", name);
  add_bound (out, "VEVENT", FALSE);
}

static void
begin (GString *out)
{
  add_bound (out, "VCALENDAR", TRUE);
  add_line (out, "VERSION", "2.0");
  add_line (out, "PRODID", "-//Kouan//Deadlines 1//EN");
}

/**
 * kouan_deadlines_to_calendar:
 * @states: (element-type KouanDeadlineState)
 * @language: BCP 47
 * @id: what tells these events from others: a receipt number
 * @now_s: wall time
 *
 * Returns: (transfer full) (nullable): the file; %NULL where no last day is still to come
 */
char *
kouan_deadlines_to_calendar (GArray *states, const char *language, const char *id, gint64 now_s)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint events = 0;

  g_return_val_if_fail (states != NULL && language != NULL && id != NULL, NULL);

  begin (out);
  for (guint i = 0; i < states->len; i++)
    {
      const KouanDeadlineState *state = &g_array_index (states, KouanDeadlineState, i);

      if (state->days_left < 0 || !state->certain)
        continue;
      add_event (out, state, language, id, now_s);
      events++;
    }
  add_bound (out, "VCALENDAR", FALSE);
  return events > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* The next last day that is certain. */
static const KouanDeadlineState *
next_of (GArray *states)
{
  const KouanDeadlineState *next = NULL;

  for (guint i = 0; i < states->len; i++)
    {
      const KouanDeadlineState *state = &g_array_index (states, KouanDeadlineState, i);

      if (state->certain && state->days_left >= 0
          && (next == NULL || state->days_left < next->days_left))
        next = state;
    }
  return next;
}

/**
 * kouan_deadlines_to_short_calendar:
 *
 * Returns: (transfer full) (nullable): the next last day alone, for a code that telephones' cameras
 * read; %NULL where none is still to come
 */
char *
kouan_deadlines_to_short_calendar (GArray *states, const char *language, const char *id)
{
  const KouanDeadlineState *state;
  g_autofree char *uid = NULL;
  GString *out;

  g_return_val_if_fail (states != NULL && language != NULL && id != NULL, NULL);

  state = next_of (states);
  if (state == NULL)
    return NULL;
  uid = g_strdup_printf ("%s-%s@kouan", id, kouan_deadline_get_id (state->deadline));
  out = g_string_new (NULL);
  begin (out);
  add_bound (out, "VEVENT", TRUE);
  add_text (out, "UID", uid);
  add_day (out, "DTSTART;VALUE=DATE", &state->last, 0);
  add_text (out, "SUMMARY", kouan_deadline_get_name (state->deadline, language));
  add_bound (out, "VEVENT", FALSE);
  add_bound (out, "VCALENDAR", FALSE);
  return g_string_free (out, FALSE);
}
