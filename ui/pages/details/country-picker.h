/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/key-target.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KOUAN_TYPE_COUNTRY_PICKER (kouan_country_picker_get_type ())
G_DECLARE_FINAL_TYPE (KouanCountryPicker, kouan_country_picker, KOUAN, COUNTRY_PICKER, GtkWidget)

GtkWidget *kouan_country_picker_new (const char *label, const char *code);
const char *kouan_country_picker_get_code (KouanCountryPicker *self); /* (nullable) */
KouanKeyTarget *kouan_country_picker_get_target (KouanCountryPicker *self);
void kouan_country_picker_set_problem (KouanCountryPicker *self, const char *problem);

G_END_DECLS
