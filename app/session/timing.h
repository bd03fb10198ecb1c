/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/session/flow.h"
#include "app/session/visit.h"
#include "db/database.h"

G_BEGIN_DECLS

/* How long one person's visit was at each step and how it ended, until it is counted. */
typedef struct _KouanTiming KouanTiming;

KouanTiming *kouan_timing_new (KouanClock *clock);
void kouan_timing_free (KouanTiming *self);
void kouan_timing_begin (KouanTiming *self);
void kouan_timing_note (KouanTiming *self, const KouanVisit *visit);
void kouan_timing_set_appointment (KouanTiming *self, gint64 not_before_s);
void kouan_timing_follow (KouanTiming *self,
                          KouanDatabase *db,
                          KouanFlowState from,
                          KouanFlowEvent event,
                          const KouanFlowStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTiming, kouan_timing_free)

G_END_DECLS
