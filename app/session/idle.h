/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"

G_BEGIN_DECLS

#define KOUAN_IDLE_ASK_S 60  /* then "are you still there?" */
#define KOUAN_IDLE_PARK_S 90 /* then the visit is parked */
#define KOUAN_IDLE_PATIENT 3 /* "more time" makes both this much longer */

typedef enum
{
  KOUAN_IDLE_ACTIVE,
  KOUAN_IDLE_ASKING,
  KOUAN_IDLE_OVER,
} KouanIdleState;

#define KOUAN_TYPE_IDLE (kouan_idle_get_type ())
G_DECLARE_FINAL_TYPE (KouanIdle, kouan_idle, KOUAN, IDLE, GObject)

KouanIdle *kouan_idle_new (KouanClock *clock);
void kouan_idle_touch (KouanIdle *self);
void kouan_idle_set_patient (KouanIdle *self, gboolean patient);
gint64 kouan_idle_get_s (KouanIdle *self);
KouanIdleState kouan_idle_get_state (KouanIdle *self, int *remaining_s);

G_END_DECLS
