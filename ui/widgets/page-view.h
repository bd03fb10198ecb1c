/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A scanned page to look at, with buttons that enlarge it and move about in it. */
#define KOUAN_TYPE_PAGE_VIEW (kouan_page_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanPageView, kouan_page_view, KOUAN, PAGE_VIEW, GtkWidget)

GtkWidget *kouan_page_view_new (const char *description);
void kouan_page_view_set_pixels (
  KouanPageView *self, GBytes *pixels, GdkMemoryFormat format, int width, int height, gsize stride);
void kouan_page_view_add_smaller (
  KouanPageView *self, GBytes *pixels, int width, int height, gsize stride);
void kouan_page_view_clear (KouanPageView *self);
gboolean kouan_page_view_has_page (KouanPageView *self);
guint kouan_page_view_get_zoom (KouanPageView *self);

G_END_DECLS
