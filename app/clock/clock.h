/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KOUAN_TYPE_CLOCK (kouan_clock_get_type ())
G_DECLARE_INTERFACE (KouanClock, kouan_clock, KOUAN, CLOCK, GObject)

struct _KouanClockInterface
{
  GTypeInterface parent_iface;

  gint64 (*wall_us) (KouanClock *self);
  gint64 (*boot_us) (KouanClock *self);
  const char *(*boot_id) (KouanClock *self);
};

gint64 kouan_clock_wall_us (KouanClock *self);
gint64 kouan_clock_wall_s (KouanClock *self);
gint64 kouan_clock_boot_us (KouanClock *self);
const char *kouan_clock_boot_id (KouanClock *self);

#define KOUAN_TYPE_SYSTEM_CLOCK (kouan_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (KouanSystemClock, kouan_system_clock, KOUAN, SYSTEM_CLOCK, GObject)
KouanClock *kouan_system_clock_new (void);

#define KOUAN_TYPE_MANUAL_CLOCK (kouan_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (KouanManualClock, kouan_manual_clock, KOUAN, MANUAL_CLOCK, GObject)
KouanClock *kouan_manual_clock_new (gint64 wall_us);
void kouan_manual_clock_advance (KouanManualClock *self, gint64 duration_us);
void kouan_manual_clock_reboot (KouanManualClock *self);
void kouan_manual_clock_set_wall (KouanManualClock *self, gint64 wall_us);

G_END_DECLS
