/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/document-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "read" (KouanDocumentReading *). */
#define KOUAN_TYPE_CHIP_STEP (kouan_chip_step_get_type ())
G_DECLARE_FINAL_TYPE (KouanChipStep, kouan_chip_step, KOUAN, CHIP_STEP, GtkWidget)

GtkWidget *kouan_chip_step_new (KouanDocumentReader *reader);
void kouan_chip_step_start (KouanChipStep *self, KouanMrz *known);
void kouan_chip_step_stop (KouanChipStep *self);

G_END_DECLS
