/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-zone.h"

#include <string.h>

/* Six digits, and no century: Doc 9303 does not say which one is meant. A birth is the last day of
 * that name that is not after today. An expiry is taken from ten years ago to fifty years ahead;
 * two digits of a year that lie in neither belong to the nearer side, which comes to the hundred
 * years from thirty ago. */

#define EXPIRY_YEARS_BACK 30

/* Two characters: a number, or 0 for "<<" and for "00", which some issuers write for a day they do
 * not know. Returns: FALSE if it is neither. */
static gboolean
read_pair (const char *text, gboolean zero_is_unknown, guint *value, gboolean *known)
{
  *value = 0;
  *known = FALSE;
  if (text[0] == '<' && text[1] == '<')
    return TRUE;
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = (text[0] - '0') * 10 + (text[1] - '0');
  *known = *value > 0 || !zero_is_unknown;
  return TRUE;
}

static gboolean
is_calendar_day (const KouanMrzDate *date)
{
  guint year = date->year > 0 ? date->year : 2000; /* a leap year: nothing is ruled out */

  if (date->month > 12)
    return FALSE;
  if (date->month == 0)
    return date->day <= 31;
  return date->day <= g_date_get_days_in_month (date->month, year);
}

/* Earliest day that @date can stand for, to compare with another. */
static guint
earliest (guint year, const KouanMrzDate *date)
{
  return year * 10000 + date->month * 100 + date->day;
}

static guint
birth_year (guint two_digits, const KouanMrzDate *date, const GDate *today)
{
  guint year = g_date_get_year (today) / 100 * 100 + two_digits;
  guint now
    = g_date_get_year (today) * 10000 + g_date_get_month (today) * 100 + g_date_get_day (today);

  return earliest (year, date) <= now ? year : year - 100;
}

static guint
expiry_year (guint two_digits, const GDate *today)
{
  guint first = g_date_get_year (today) - EXPIRY_YEARS_BACK;
  guint year = first / 100 * 100 + two_digits;

  return year >= first ? year : year + 100;
}

static gboolean
read_date (const KouanMrzZone *self, KouanMrzField field, const GDate *today, KouanMrzDate *date)
{
  g_autofree char *text = kouan_mrz_zone_dup (self, field);
  gboolean year_known, month_known, day_known;
  guint two_digits;

  memset (date, 0, sizeof *date);
  if (strlen (text) != 6 || !read_pair (text, FALSE, &two_digits, &year_known)
      || !read_pair (text + 2, TRUE, &date->month, &month_known)
      || !read_pair (text + 4, TRUE, &date->day, &day_known))
    {
      memset (date, 0, sizeof *date);
      return FALSE;
    }
  if (year_known && today != NULL)
    date->year = field == KOUAN_MRZ_FIELD_BIRTH ? birth_year (two_digits, date, today)
                                                : expiry_year (two_digits, today);
  if (is_calendar_day (date))
    return TRUE;
  memset (date, 0, sizeof *date);
  return FALSE;
}

/**
 * kouan_mrz_zone_birth:
 * @today: (nullable): without it the year stays unknown
 *
 * Returns: FALSE, and @date unknown, if the field is no date
 */
gboolean
kouan_mrz_zone_birth (const KouanMrzZone *self, const GDate *today, KouanMrzDate *date)
{
  return read_date (self, KOUAN_MRZ_FIELD_BIRTH, today, date);
}

/* As kouan_mrz_zone_birth. */
gboolean
kouan_mrz_zone_expiry (const KouanMrzZone *self, const GDate *today, KouanMrzDate *date)
{
  return read_date (self, KOUAN_MRZ_FIELD_EXPIRY, today, date);
}

/* Returns: FALSE, @day untouched, if a part of @date is unknown */
gboolean
kouan_mrz_date_to_gdate (const KouanMrzDate *date, GDate *day)
{
  g_return_val_if_fail (date != NULL && day != NULL, FALSE);

  if (date->year == 0 || !g_date_valid_dmy (date->day, date->month, date->year))
    return FALSE;
  g_date_set_dmy (day, date->day, date->month, date->year);
  return TRUE;
}

/* Returns: (transfer full): as a data page shows it (9303-3 §3.8), in the order of ISO 8601: an X
 * for each unknown digit */
char *
kouan_mrz_date_to_string (const KouanMrzDate *date)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (date != NULL, NULL);

  if (date->year > 0)
    g_string_append_printf (text, "%04u", date->year);
  else
    g_string_append (text, "XXXX");
  if (date->month > 0)
    g_string_append_printf (text, "-%02u", date->month);
  else
    g_string_append (text, "-XX");
  if (date->day > 0)
    g_string_append_printf (text, "-%02u", date->day);
  else
    g_string_append (text, "-XX");
  return g_string_free (text, FALSE);
}

static void
append_part (GString *text, guint part)
{
  if (part > 0)
    g_string_append_printf (text, "%02u", part);
  else
    g_string_append (text, "<<");
}

/* Returns: (transfer full): YYMMDD as it stands in the zone, fillers for what is unknown (9303-3
 * §4.8) */
char *
kouan_mrz_date_to_zone (const KouanMrzDate *date)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (date != NULL, NULL);

  if (date->year > 0)
    g_string_append_printf (text, "%02u", date->year % 100);
  else
    append_part (text, 0);
  append_part (text, date->month);
  append_part (text, date->day);
  return g_string_free (text, FALSE);
}
