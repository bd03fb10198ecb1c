/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-clock"

#include "app/clock/clock.h"

#include <time.h>

/* Time is handed in, never fetched: everything that asks "what time is it" holds a KouanClock, so that a
 * test decides when a code expires, when a visit idles and when a retry is due. There are two times. The
 * wall time goes on documents and may jump; the boot time only ever grows, counts while the machine
 * sleeps, and measures waits; it starts anew with the machine, and the boot id says which start it counts
 * from. */

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

G_DEFINE_INTERFACE (KouanClock, kouan_clock, G_TYPE_OBJECT)

struct _KouanSystemClock
{
  GObject parent_instance;

  char *boot_id; /* (nullable) until it is asked for */
};

struct _KouanManualClock
{
  GObject parent_instance;

  gint64 wall_us;
  gint64 boot_us;
  guint boots;
  char boot_id[16];
};

static void
kouan_clock_default_init (KouanClockInterface *iface G_GNUC_UNUSED)
{
}

static gint64
system_wall_us (KouanClock *self G_GNUC_UNUSED)
{
  return g_get_real_time ();
}

static gint64
system_boot_us (KouanClock *self G_GNUC_UNUSED)
{
  struct timespec now;

  g_assert (clock_gettime (CLOCK_BOOTTIME, &now) == 0);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Where the kernel does not say, each process counts as a start of its own: waits then begin anew. */
static const char *
system_boot_id (KouanClock *clock)
{
  KouanSystemClock *self = KOUAN_SYSTEM_CLOCK (clock);

  if (self->boot_id == NULL && g_file_get_contents (BOOT_ID_FILE, &self->boot_id, NULL, NULL))
    g_strstrip (self->boot_id);
  if (self->boot_id == NULL)
    self->boot_id = g_uuid_string_random ();
  return self->boot_id;
}

static void
system_clock_iface_init (KouanClockInterface *iface)
{
  iface->wall_us = system_wall_us;
  iface->boot_us = system_boot_us;
  iface->boot_id = system_boot_id;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanSystemClock, kouan_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CLOCK, system_clock_iface_init))

static void
kouan_system_clock_finalize (GObject *object)
{
  g_free (KOUAN_SYSTEM_CLOCK (object)->boot_id);
  G_OBJECT_CLASS (kouan_system_clock_parent_class)->finalize (object);
}

static void
kouan_system_clock_class_init (KouanSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_system_clock_finalize;
}

static void
kouan_system_clock_init (KouanSystemClock *self G_GNUC_UNUSED)
{
}

KouanClock *
kouan_system_clock_new (void)
{
  return g_object_new (KOUAN_TYPE_SYSTEM_CLOCK, NULL);
}

static gint64
manual_wall_us (KouanClock *clock)
{
  return KOUAN_MANUAL_CLOCK (clock)->wall_us;
}

static gint64
manual_boot_us (KouanClock *clock)
{
  return KOUAN_MANUAL_CLOCK (clock)->boot_us;
}

static const char *
manual_boot_id (KouanClock *clock)
{
  KouanManualClock *self = KOUAN_MANUAL_CLOCK (clock);

  g_snprintf (self->boot_id, sizeof self->boot_id, "boot-%u", self->boots);
  return self->boot_id;
}

static void
manual_clock_iface_init (KouanClockInterface *iface)
{
  iface->wall_us = manual_wall_us;
  iface->boot_us = manual_boot_us;
  iface->boot_id = manual_boot_id;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanManualClock, kouan_manual_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CLOCK, manual_clock_iface_init))

static void
kouan_manual_clock_class_init (KouanManualClockClass *klass G_GNUC_UNUSED)
{
}

static void
kouan_manual_clock_init (KouanManualClock *self G_GNUC_UNUSED)
{
}

/**
 * kouan_manual_clock_new:
 * @wall_us: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a clock that stands still until it is told to move; its boot time starts at 0
 */
KouanClock *
kouan_manual_clock_new (gint64 wall_us)
{
  KouanManualClock *self = g_object_new (KOUAN_TYPE_MANUAL_CLOCK, NULL);

  self->wall_us = wall_us;
  return KOUAN_CLOCK (self);
}

void
kouan_manual_clock_advance (KouanManualClock *self, gint64 duration_us)
{
  g_return_if_fail (KOUAN_IS_MANUAL_CLOCK (self));
  g_return_if_fail (duration_us >= 0);

  self->wall_us += duration_us;
  self->boot_us += duration_us;
}

/* As after a power cut: the boot time begins at 0 again. */
void
kouan_manual_clock_reboot (KouanManualClock *self)
{
  g_return_if_fail (KOUAN_IS_MANUAL_CLOCK (self));

  self->boots++;
  self->boot_us = 0;
}

/* The wall time jumps, as it does when somebody sets it; the boot time stays. */
void
kouan_manual_clock_set_wall (KouanManualClock *self, gint64 wall_us)
{
  g_return_if_fail (KOUAN_IS_MANUAL_CLOCK (self));

  self->wall_us = wall_us;
}

/* Returns: microseconds since 1970-01-01 UTC; may jump in either direction */
gint64
kouan_clock_wall_us (KouanClock *self)
{
  g_return_val_if_fail (KOUAN_IS_CLOCK (self), 0);

  return KOUAN_CLOCK_GET_IFACE (self)->wall_us (self);
}

/* Returns: seconds since 1970-01-01 UTC, rounded down */
gint64
kouan_clock_wall_s (KouanClock *self)
{
  return kouan_clock_wall_us (self) / G_USEC_PER_SEC;
}

/* Returns: microseconds since the machine started; never goes back */
gint64
kouan_clock_boot_us (KouanClock *self)
{
  g_return_val_if_fail (KOUAN_IS_CLOCK (self), 0);

  return KOUAN_CLOCK_GET_IFACE (self)->boot_us (self);
}

/* Returns: (transfer none): the same until the machine starts anew, and never again afterwards */
const char *
kouan_clock_boot_id (KouanClock *self)
{
  g_return_val_if_fail (KOUAN_IS_CLOCK (self), NULL);

  return KOUAN_CLOCK_GET_IFACE (self)->boot_id (self);
}
