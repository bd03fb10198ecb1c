/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-clock"

#include "app/clock/date.h"

#include <string.h>

/* Days of the calendar, apart from instants: a visa ends on a day, wherever the clock stands. */

static gboolean
read_number (const char *text, gsize size, guint *value)
{
  *value = 0;
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * kouan_date_parse:
 * @text: (nullable): "2026-05-03", ISO 8601's extended calendar format and no other
 *
 * Returns: whether it is a day that the calendar has; @date is cleared if not
 */
gboolean
kouan_date_parse (const char *text, GDate *date)
{
  guint year, month, day;

  g_return_val_if_fail (date != NULL, FALSE);

  g_date_clear (date, 1);
  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-'
      || !read_number (text, 4, &year) || !read_number (text + 5, 2, &month)
      || !read_number (text + 8, 2, &day) || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

/* Returns: (transfer full): "2026-05-03" */
char *
kouan_date_to_string (const GDate *date)
{
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

/* The day that @clock stands at, in the time zone of the machine, which is the hall's. */
void
kouan_date_today (KouanClock *clock, GDate *today)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (clock));
  int year, month, day;

  g_return_if_fail (today != NULL);

  g_date_clear (today, 1);
  if (now == NULL)
    return;
  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_set_dmy (today, day, month, year);
}
