/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/take.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pages on their way from the device to the person's eyes: each is made readable and looked at, one
 * after the other, while it says how far it is.
 *
 * Signal: "takes" (GPtrArray of KouanTake): all of them */
#define KOUAN_TYPE_PAGE_MAKER (kouan_page_maker_get_type ())
G_DECLARE_FINAL_TYPE (KouanPageMaker, kouan_page_maker, KOUAN, PAGE_MAKER, GtkWidget)

GtkWidget *kouan_page_maker_new (GPtrArray *pages, KouanAsked asked);

G_END_DECLS
