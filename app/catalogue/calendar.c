/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/calendar.h"

/* A hall's working days. Exceptions are kept as days, counted as GDate does: a decade of them is a
 * few hundred. */

#define LAST_DAY 3652059 /* 9999-12-31 */
#define EXCEPTIONS_MAX 5000
#define MONDAY_TO_FRIDAY 0x1f

struct _KouanCalendar
{
  gatomicrefcount refs;
  guint weekdays;      /* bit 0 is Monday */
  guint32 until;       /* the last day that is known; 0: nothing is */
  GHashTable *special; /* day → GINT_TO_POINTER (works ? 2 : 1) */
};

/* Returns: (transfer full): Monday to Friday, and nothing known of holidays */
KouanCalendar *
kouan_calendar_new (void)
{
  KouanCalendar *self = g_new0 (KouanCalendar, 1);

  g_atomic_ref_count_init (&self->refs);
  self->weekdays = MONDAY_TO_FRIDAY;
  self->special = g_hash_table_new (NULL, NULL);
  return self;
}

KouanCalendar *
kouan_calendar_ref (KouanCalendar *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_calendar_unref (KouanCalendar *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->special);
  g_free (self);
}

/* @weekdays: bit 0 is Monday; one of them at least */
void
kouan_calendar_set_week (KouanCalendar *self, guint weekdays)
{
  g_return_if_fail (self != NULL && (weekdays & 0x7f) != 0);

  self->weekdays = weekdays & 0x7f;
}

/* @until: the last day of which it is known whether the hall works */
void
kouan_calendar_set_until (KouanCalendar *self, const GDate *until)
{
  g_return_if_fail (self != NULL && until != NULL && g_date_valid (until));

  self->until = g_date_get_julian (until);
}

/**
 * kouan_calendar_add:
 * @works: whether the hall works from @from to @to, whatever day of the week it is
 *
 * Returns: FALSE if @to is before @from, or these are too many days
 */
gboolean
kouan_calendar_add (KouanCalendar *self, const GDate *from, const GDate *to, gboolean works)
{
  guint32 first, last;

  g_return_val_if_fail (self != NULL && from != NULL && to != NULL, FALSE);

  first = g_date_get_julian (from);
  last = g_date_get_julian (to);
  if (last < first || last - first + g_hash_table_size (self->special) >= EXCEPTIONS_MAX)
    return FALSE;
  for (guint32 day = first; day <= last; day++)
    g_hash_table_insert (self->special, GUINT_TO_POINTER (day), GINT_TO_POINTER (works ? 2 : 1));
  return TRUE;
}

/* Day 1 of GDate's count, 0001-01-01, was a Monday. */
static gboolean
works (KouanCalendar *self, guint32 day)
{
  int special;

  if (self == NULL)
    return (MONDAY_TO_FRIDAY >> ((day - 1) % 7)) & 1;
  special = GPOINTER_TO_INT (g_hash_table_lookup (self->special, GUINT_TO_POINTER (day)));
  return special != 0 ? special == 2 : (self->weekdays >> ((day - 1) % 7)) & 1;
}

/* @self: (nullable): Monday to Friday */
gboolean
kouan_calendar_works (KouanCalendar *self, const GDate *day)
{
  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  return works (self, g_date_get_julian (day));
}

/**
 * kouan_calendar_shift:
 * @self: (nullable): Monday to Friday
 * @count: working days forward, or back where it is negative; @day itself does not count
 * @beyond: (out): some day on the way is later than what is known
 *
 * Returns: FALSE if that leaves the years 1 to 9999
 */
gboolean
kouan_calendar_shift (
  KouanCalendar *self, const GDate *day, int count, GDate *shifted, gboolean *beyond)
{
  gint64 at;
  int step = count < 0 ? -1 : 1;
  guint closed = 0;

  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  at = g_date_get_julian (day);
  *beyond = FALSE;
  while (count != 0 && closed < EXCEPTIONS_MAX + 7)
    {
      at += step;
      if (at < 1 || at > LAST_DAY)
        return FALSE;
      *beyond = *beyond || self == NULL || at > self->until;
      closed = works (self, (guint32)at) ? 0 : closed + 1;
      if (closed == 0)
        count -= step;
    }
  if (count != 0)
    return FALSE;
  g_date_clear (shifted, 1);
  g_date_set_julian (shifted, (guint32)at);
  return TRUE;
}
