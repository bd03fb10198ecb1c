/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every language in its own name. Signal: "chosen" (const KouanLanguage *, as gpointer). */
#define KOUAN_TYPE_LANGUAGE_PICKER (kouan_language_picker_get_type ())
G_DECLARE_FINAL_TYPE (KouanLanguagePicker, kouan_language_picker, KOUAN, LANGUAGE_PICKER, GtkWidget)

GtkWidget *kouan_language_picker_new (guint columns);
GtkWidget *kouan_language_picker_get_button (KouanLanguagePicker *self, const KouanLanguage *language);

G_END_DECLS
