/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A two-dimensional code on the screen. */
#define KOUAN_TYPE_QR_VIEW (kouan_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanQrView, kouan_qr_view, KOUAN, QR_VIEW, GtkWidget)

GtkWidget *kouan_qr_view_new (int size, const char *description);
void kouan_qr_view_set_modules (KouanQrView *self, const gboolean *dark, guint count);

G_END_DECLS
