/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Whether anybody is still there: watches the window's events, asks, and parks the visit when
 * nobody answers. */
#define KOUAN_TYPE_PRESENCE (kouan_presence_get_type ())
G_DECLARE_FINAL_TYPE (KouanPresence, kouan_presence, KOUAN, PRESENCE, GObject)

KouanPresence *kouan_presence_new (KouanKiosk *kiosk, KouanWindow *window);

void kouan_presence_set_awaiting (KouanPresence *self, gboolean awaiting);
void kouan_presence_tick (KouanPresence *self);

G_END_DECLS
