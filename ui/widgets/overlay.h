/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/panel.h"

G_BEGIN_DECLS

/* Shows a page, and at times a panel over it that has to be answered first. */
#define KOUAN_TYPE_OVERLAY (kouan_overlay_get_type ())
G_DECLARE_FINAL_TYPE (KouanOverlay, kouan_overlay, KOUAN, OVERLAY, GtkWidget)

GtkWidget *kouan_overlay_new (void);
void kouan_overlay_set_page (KouanOverlay *self, GtkWidget *page);
void kouan_overlay_open (KouanOverlay *self, KouanPanel *panel);
void kouan_overlay_close (KouanOverlay *self);
KouanPanel *kouan_overlay_get_panel (KouanOverlay *self);
void kouan_overlay_set_out_of_reach (KouanOverlay *self, int height);

G_END_DECLS
