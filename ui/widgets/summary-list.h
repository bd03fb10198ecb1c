/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Check your answers": a question, its answer, and a way to change it, row by row.
 *
 * Signal: "change" (const char *id). */
#define KOUAN_TYPE_SUMMARY_LIST (kouan_summary_list_get_type ())
G_DECLARE_FINAL_TYPE (KouanSummaryList, kouan_summary_list, KOUAN, SUMMARY_LIST, GtkWidget)

GtkWidget *kouan_summary_list_new (const char *title);
void kouan_summary_list_add (KouanSummaryList *self, const char *id, const char *question, const char *answer);
void kouan_summary_list_clear (KouanSummaryList *self);
GtkWidget *kouan_summary_list_get_change_button (KouanSummaryList *self, const char *id);

G_END_DECLS
