/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/doctor.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One device of a new kiosk: where it is, and whether it does what it is for.
 *
 * Signals: "kept" (char *source): what was typed is to be kept; "focused" (KouanKeyTarget *). */
#define KOUAN_TYPE_DEVICE_ROW (kouan_device_row_get_type ())
G_DECLARE_FINAL_TYPE (KouanDeviceRow, kouan_device_row, KOUAN, DEVICE_ROW, GtkWidget)

GtkWidget *kouan_device_row_new (const char *key,
                                 const char *folder,                  /* of the station */
                                 const KouanDoctorPrograms *programs, /* must outlive it */
                                 KouanClock *clock);
const char *kouan_device_row_get_key (KouanDeviceRow *self);

/* What its button does. */
void kouan_device_row_test (KouanDeviceRow *self);
gboolean kouan_device_row_is_testing (KouanDeviceRow *self);

G_END_DECLS
