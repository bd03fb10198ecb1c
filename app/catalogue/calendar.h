/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_CALENDAR_SHIFT_MAX 3650 /* working days that a span can have */

/* On which days a hall works: some days of the week, less the days on which it is closed, and those
 * on which it works all the same. It is known up to its last day; beyond that a week is a week. */
typedef struct _KouanCalendar KouanCalendar;

KouanCalendar *kouan_calendar_new (void);
KouanCalendar *kouan_calendar_ref (KouanCalendar *self);
void kouan_calendar_unref (KouanCalendar *self);

void kouan_calendar_set_week (KouanCalendar *self, guint weekdays);
void kouan_calendar_set_until (KouanCalendar *self, const GDate *until);
gboolean
kouan_calendar_add (KouanCalendar *self, const GDate *from, const GDate *to, gboolean works);

gboolean kouan_calendar_works (KouanCalendar *self, const GDate *day);
gboolean kouan_calendar_shift (
  KouanCalendar *self, const GDate *day, int count, GDate *shifted, gboolean *beyond);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanCalendar, kouan_calendar_unref)

G_END_DECLS
