/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/catalogue/json.h"
#include "app/clock/date.h"

/* calendar.json: on which days the halls work. It stands on a rule like everything else: one that
 * is not certain leaves no day known, and past its review date none is. */

#define DAYS_MAX 1000

static const char *const weekdays[]
  = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };

typedef struct
{
  KouanCalendar *calendar;
  gboolean works;
} Days;

static void
read_days (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  static const char *const members[] = { "from", "to", NULL };
  Days *days = data;
  g_auto (KouanPlace) place = { 0 };
  GDate from, to;

  if (!kouan_place_init (&place, reader, node, path, members)
      || !kouan_place_date (&place, "from", &from))
    return;
  to = from;
  if (json_object_has_member (place.object, "to") && !kouan_place_date (&place, "to", &to))
    return;
  if (!kouan_calendar_add (days->calendar, &from, &to, days->works))
    kouan_place_fault (&place, "to", KOUAN_FAULT_VALUE, "These days end before they begin.",
                       "Write the earlier day first.");
}

static void
read_week (KouanPlace *place, KouanCalendar *calendar)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint week = 0;

  kouan_place_strings (place, "week", names);
  for (guint i = 0; i < names->len; i++)
    {
      guint day = 0;

      while (weekdays[day] != NULL && !g_str_equal (weekdays[day], names->pdata[i]))
        day++;
      if (weekdays[day] == NULL)
        kouan_place_fault (place, "week", KOUAN_FAULT_VALUE, "The week has no such day.",
                           "Write of monday, tuesday, wednesday, thursday, friday, saturday, "
                           "sunday.");
      else
        week |= 1u << day;
    }
  if (week != 0)
    kouan_calendar_set_week (calendar, week);
  else
    kouan_place_fault (place, "week", KOUAN_FAULT_SHAPE, "The halls would never work.",
                       "Name the days of the week on which they do.");
}

static void
read_until (KouanPlace *place, KouanCalendar *calendar)
{
  GPtrArray *rules = place->reader->service->rules;
  GDate until;

  if (!kouan_place_date (place, "until", &until) || rules->len == 0)
    return;
  if (((KouanRule *)rules->pdata[0])->grade > KOUAN_GRADE_GOVERNMENT)
    return;
  if (g_date_compare (&until, &((KouanRule *)rules->pdata[0])->review_by) > 0)
    until = ((KouanRule *)rules->pdata[0])->review_by;
  kouan_calendar_set_until (calendar, &until);
}

static void
read_root (KouanReader *reader, JsonNode *root, KouanCalendar *calendar)
{
  static const char *const members[]
    = { "$schema", "format", "languages", "rule", "week", "until", "closed", "open", NULL };
  Days closed = { calendar, FALSE }, open = { calendar, TRUE };
  g_auto (KouanPlace) place = { 0 };

  if (!kouan_place_init (&place, reader, root, "$", members))
    return;
  if (kouan_place_number (&place, "format", 0, 1, 1000000) != 1)
    kouan_place_fault (&place, "format", KOUAN_FAULT_VALUE, "This program reads format 1.",
                       "Write 1, or use the program that the file was written for.");
  kouan_place_strings (&place, "languages", reader->service->languages);
  kouan_read_rule (reader, json_object_get_member (place.object, "rule"), "$.rule", 0, NULL);
  read_week (&place, calendar);
  read_until (&place, calendar);
  kouan_place_each (&place, "closed", DAYS_MAX, read_days, &closed);
  kouan_place_each (&place, "open", DAYS_MAX, read_days, &open);
}

/**
 * kouan_read_calendar:
 * @today: (nullable): reports its rule if it is past its review date
 * @faults: (element-type KouanFault): gets more
 *
 * Returns: (transfer full) (nullable): the calendar, if its file has no error
 */
KouanCalendar *
kouan_read_calendar (
  const char *file, const char *text, gsize size, const GDate *today, GPtrArray *faults)
{
  g_autoptr (KouanService) holder = kouan_service_new (file); /* of languages and the rule */
  g_autoptr (KouanCalendar) calendar = kouan_calendar_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = kouan_json_parse (text, size, &error);
  KouanReader reader = { .file = file, .service = holder, .faults = faults, .today = today };
  guint errors = kouan_reader_count_errors (faults);

  if (root == NULL)
    {
      kouan_reader_fault (&reader, "$", KOUAN_FAULT_SYNTAX, error->message,
                          "Correct the JSON; an editor that knows it shows the place.");
      return NULL;
    }
  read_root (&reader, root, calendar);
  return kouan_reader_count_errors (faults) == errors ? g_steal_pointer (&calendar) : NULL;
}
