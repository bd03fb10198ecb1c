/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the next page comes from: which way, and then that way.
 *
 * Signals: "pages" (GPtrArray of KouanPage): what was read
 *          "failed" (KouanTrouble)
 *          "moved": another of its own pages shows; ask for the title and for what the page's
 *          own button says, NULL for none */
#define KOUAN_TYPE_PAGE_SOURCE (kouan_page_source_get_type ())
G_DECLARE_FINAL_TYPE (KouanPageSource, kouan_page_source, KOUAN, PAGE_SOURCE, GtkWidget)

GtkWidget *kouan_page_source_new (KouanKiosk *kiosk);
void kouan_page_source_begin (KouanPageSource *self);
gboolean kouan_page_source_back (KouanPageSource *self);
const char *kouan_page_source_get_title (KouanPageSource *self); /* msgid */
const char *kouan_page_source_get_primary (KouanPageSource *self);
void kouan_page_source_press_primary (KouanPageSource *self);

G_END_DECLS
