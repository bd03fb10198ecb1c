/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/hours.h"

#include "app/station/station.h"
#include "db/kiosk/settings.h"

/* Opening hours as one line of seven words from Monday on: "08:30-17:00", or "closed". Times are
 * those of the hall's own clock, and of one day: nobody stands at a permit desk at midnight. */

#define SETTING_HOURS "hours"
#define CLOSED "closed"

static gboolean
parse_day (const char *word, guint *from, guint *to)
{
  *from = *to = 0;
  if (g_str_equal (word, CLOSED))
    return TRUE;
  return kouan_station_parse_window (word, from, to) && *from < *to;
}

/* Returns: FALSE, with @hours undefined, for what is not seven such words with one space between */
gboolean
kouan_hours_parse (const char *text, KouanHours *hours)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (g_strv_length (words) != KOUAN_HOURS_DAYS)
    return FALSE;
  for (guint i = 0; i < KOUAN_HOURS_DAYS; i++)
    if (!parse_day (words[i], &hours->days[i].from, &hours->days[i].to))
      return FALSE;
  return TRUE;
}

char *
kouan_hours_day_to_string (const KouanHours *hours, guint day)
{
  guint from = hours->days[day].from, to = hours->days[day].to;

  g_return_val_if_fail (day < KOUAN_HOURS_DAYS, NULL);

  if (from >= to)
    return g_strdup (CLOSED);
  return g_strdup_printf ("%02u:%02u-%02u:%02u", from / 60, from % 60, to / 60, to % 60);
}

char *
kouan_hours_to_string (const KouanHours *hours)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < KOUAN_HOURS_DAYS; i++)
    {
      g_autofree char *day = kouan_hours_day_to_string (hours, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", day);
    }
  return g_string_free (text, FALSE);
}

/* @when: by the hall's clock */
gboolean
kouan_hours_is_open (const KouanHours *hours, GDateTime *when)
{
  guint day = (guint)g_date_time_get_day_of_week (when) - 1;
  guint minute = (guint)(g_date_time_get_hour (when) * 60 + g_date_time_get_minute (when));

  return hours->days[day].from <= minute && minute < hours->days[day].to;
}

/* Returns: (transfer full) (nullable): the next moment, within a week, at which it opens */
GDateTime *
kouan_hours_next_opening (const KouanHours *hours, GDateTime *when)
{
  for (int ahead = 0; ahead <= KOUAN_HOURS_DAYS; ahead++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (when, ahead);
      guint index = (guint)g_date_time_get_day_of_week (day) - 1;
      guint from = hours->days[index].from;
      g_autoptr (GDateTime) opening = NULL;

      if (from >= hours->days[index].to)
        continue;
      opening = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day),
                                 g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                                 (gint)(from / 60), (gint)(from % 60), 0);
      if (g_date_time_compare (opening, when) > 0)
        return g_steal_pointer (&opening);
    }
  return NULL;
}

gboolean
kouan_hours_load (KouanDatabase *db, KouanHours *hours, gboolean *is_set, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;

  *is_set = FALSE;
  if (!kouan_settings_get (db, SETTING_HOURS, &text, &cause))
    return kouan_staff_fail_store (cause, error);
  *is_set = text != NULL && kouan_hours_parse (text, hours);
  return TRUE;
}

static gboolean
save (KouanDatabase *db, gpointer data, GError **error)
{
  return kouan_settings_set (db, SETTING_HOURS, data, error);
}

gboolean
kouan_staff_set_hours (const KouanStaffOrder *order, const KouanHours *hours, GError **error)
{
  g_autofree char *text = hours != NULL ? kouan_hours_to_string (hours) : NULL;

  return kouan_staff_do (order, KOUAN_DUTY_HOURS, "", text != NULL ? "set" : "always", save, text,
                         error);
}
