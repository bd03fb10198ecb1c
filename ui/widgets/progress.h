/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Work that takes longer than a second: what is done, how far it is, how long it takes, and a way out.
 *
 * Signal: "cancelled". */
#define KOUAN_TYPE_PROGRESS (kouan_progress_get_type ())
G_DECLARE_FINAL_TYPE (KouanProgress, kouan_progress, KOUAN, PROGRESS, GtkWidget)

GtkWidget *kouan_progress_new (const char *text);
void kouan_progress_set_text (KouanProgress *self, const char *text);
void kouan_progress_set_done (KouanProgress *self, guint done, guint total);
void kouan_progress_set_seconds_left (KouanProgress *self, int seconds);
void kouan_progress_set_cancel (KouanProgress *self, const char *label);
GtkWidget *kouan_progress_get_cancel_button (KouanProgress *self);

G_END_DECLS
