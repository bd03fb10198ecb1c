/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/idle.h"

/* How long nobody has touched the kiosk. It counts in boot time, so that setting the wall clock
 * neither throws a person out nor leaves the last visit open, and it only answers: whoever owns the
 * main loop asks it once a second. */

struct _KouanIdle
{
  GObject parent_instance;

  KouanClock *clock;
  gint64 touched_us;
  gboolean patient;
};

G_DEFINE_FINAL_TYPE (KouanIdle, kouan_idle, G_TYPE_OBJECT)

static void
kouan_idle_finalize (GObject *object)
{
  g_clear_object (&KOUAN_IDLE (object)->clock);
  G_OBJECT_CLASS (kouan_idle_parent_class)->finalize (object);
}

static void
kouan_idle_class_init (KouanIdleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_idle_finalize;
}

static void
kouan_idle_init (KouanIdle *self G_GNUC_UNUSED)
{
}

KouanIdle *
kouan_idle_new (KouanClock *clock)
{
  KouanIdle *self;

  g_return_val_if_fail (KOUAN_IS_CLOCK (clock), NULL);

  self = g_object_new (KOUAN_TYPE_IDLE, NULL);
  self->clock = g_object_ref (clock);
  kouan_idle_touch (self);
  return self;
}

/* A finger, a key, a code at the camera, a page from the scanner: anything that a person does. */
void
kouan_idle_touch (KouanIdle *self)
{
  g_return_if_fail (KOUAN_IS_IDLE (self));

  self->touched_us = kouan_clock_boot_us (self->clock);
}

/* "More time": asked for once, it holds for the visit. */
void
kouan_idle_set_patient (KouanIdle *self, gboolean patient)
{
  g_return_if_fail (KOUAN_IS_IDLE (self));

  self->patient = patient;
}

/**
 * kouan_idle_get_state:
 * @remaining_s: (out) (optional): whole seconds until the visit is parked, rounded up
 */
KouanIdleState
kouan_idle_get_state (KouanIdle *self, int *remaining_s)
{
  gint64 factor, idle_us, ask_us, park_us;

  g_return_val_if_fail (KOUAN_IS_IDLE (self), KOUAN_IDLE_ACTIVE);

  factor = self->patient ? KOUAN_IDLE_PATIENT : 1;
  ask_us = factor * KOUAN_IDLE_ASK_S * G_USEC_PER_SEC;
  park_us = factor * KOUAN_IDLE_PARK_S * G_USEC_PER_SEC;
  idle_us = kouan_clock_boot_us (self->clock) - self->touched_us;
  if (remaining_s != NULL)
    *remaining_s = MAX (park_us - idle_us + G_USEC_PER_SEC - 1, 0) / G_USEC_PER_SEC;
  if (idle_us < ask_us)
    return KOUAN_IDLE_ACTIVE;
  return idle_us < park_us ? KOUAN_IDLE_ASKING : KOUAN_IDLE_OVER;
}

/* Returns: for how many whole seconds nobody has touched it */
gint64
kouan_idle_get_s (KouanIdle *self)
{
  g_return_val_if_fail (KOUAN_IS_IDLE (self), 0);

  return (kouan_clock_boot_us (self->clock) - self->touched_us) / G_USEC_PER_SEC;
}
