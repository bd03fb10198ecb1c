/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What every page has in common: header, steps, one column with a title, and the foot.
 *
 * Signals, all without arguments: "back", "primary", "language", "accessibility", "staff". */
#define KOUAN_TYPE_PAGE_FRAME (kouan_page_frame_get_type ())
G_DECLARE_FINAL_TYPE (KouanPageFrame, kouan_page_frame, KOUAN, PAGE_FRAME, GtkWidget)

GtkWidget *kouan_page_frame_new (void);

/* The header. */
void kouan_page_frame_set_hall (KouanPageFrame *self, const char *hall_name);
void kouan_page_frame_set_time (KouanPageFrame *self, const char *date_time, const char *short_time);
void kouan_page_frame_set_called (KouanPageFrame *self, gboolean called);
void kouan_page_frame_set_steps (KouanPageFrame *self, guint step, guint count, const char *name);
void kouan_page_frame_hide_steps (KouanPageFrame *self);

/* The page. */
void kouan_page_frame_set_title (KouanPageFrame *self, const char *title);
void kouan_page_frame_set_companion (KouanPageFrame *self, const char *companion);
void kouan_page_frame_set_wide (KouanPageFrame *self, gboolean wide);
void kouan_page_frame_set_body (KouanPageFrame *self, GtkWidget *body);
void kouan_page_frame_set_dock (KouanPageFrame *self, GtkWidget *dock);
void kouan_page_frame_scroll_to (KouanPageFrame *self, GtkWidget *widget);

/* The foot. */
void kouan_page_frame_set_back (KouanPageFrame *self, gboolean visible, gboolean sensitive);
void kouan_page_frame_set_primary (KouanPageFrame *self, const char *label);
void kouan_page_frame_set_primary_sensitive (KouanPageFrame *self, gboolean sensitive);

/* Called by the window: everything that is not a page's own. */
void kouan_page_frame_set_low_reach (KouanPageFrame *self, gboolean low_reach);
void kouan_page_frame_set_text_scale (KouanPageFrame *self, double scale);
void kouan_page_frame_fit (KouanPageFrame *self, int width, int height);
void kouan_page_frame_retranslate (KouanPageFrame *self);

/* For tests and the robot. */
GtkWidget *kouan_page_frame_get_back_button (KouanPageFrame *self);
GtkWidget *kouan_page_frame_get_primary_button (KouanPageFrame *self);
GtkWidget *kouan_page_frame_get_header (KouanPageFrame *self);
GtkWidget *kouan_page_frame_get_language_button (KouanPageFrame *self);
GtkWidget *kouan_page_frame_get_accessibility_button (KouanPageFrame *self);
GtkWidget *kouan_page_frame_get_staff_button (KouanPageFrame *self);
const char *kouan_page_frame_get_title (KouanPageFrame *self);

G_END_DECLS
