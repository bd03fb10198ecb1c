/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/reader.h"

/* Any bytes as calendar.json. What is read as a calendar has to count working days as somebody does
 * who goes from day to day with a finger, forward and back. */

#define COUNT_MAX 40

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
count_by_finger (KouanCalendar *calendar, const GDate *from, const GDate *to, int count)
{
  const GDate *first = count > 0 ? from : to, *last = count > 0 ? to : from;
  GDate day = *first;
  int worked = 0;

  while (g_date_compare (&day, last) < 0)
    {
      if (count > 0)
        g_date_add_days (&day, 1);
      worked += kouan_calendar_works (calendar, &day);
      if (count < 0)
        g_date_add_days (&day, 1);
    }
  g_assert_cmpint (worked, ==, ABS (count));
  g_assert_true (kouan_calendar_works (calendar, to));
}

static void
try_calendar (KouanCalendar *calendar)
{
  static const guint16 years[] = { 1, 2024, 2026, 2027, 9999 };
  gboolean beyond, beyond_before = FALSE;
  GDate day, shifted;

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    for (int count = -COUNT_MAX; count <= COUNT_MAX; count++)
      {
        g_date_clear (&day, 1);
        g_date_set_dmy (&day, 30, 1 + i * 2, years[i]);
        if (count == 0 || !kouan_calendar_shift (calendar, &day, count, &shifted, &beyond))
          continue;
        count_by_finger (calendar, &day, &shifted, count);
        /* What is beyond the known days stays so further on. */
        g_assert_true (count <= 1 || beyond || !beyond_before);
        beyond_before = count >= 1 && beyond;
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (KouanCalendar) calendar = NULL;

  calendar = kouan_read_calendar ("calendar.json", data != NULL ? (const char *)data : "", size,
                                  NULL, faults);
  g_assert_true ((calendar == NULL) == (faults->len > 0));
  for (guint i = 0; i < faults->len; i++)
    {
      const KouanFault *fault = faults->pdata[i];

      g_assert_true (*fault->path == '$' && *fault->what != '\0' && *fault->remedy != '\0');
    }
  if (calendar != NULL)
    try_calendar (calendar);
  return 0;
}
