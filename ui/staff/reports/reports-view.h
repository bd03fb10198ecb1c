/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/report/report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The service standard: a table for each measure, a bar for each row, a CSV for the stick.
 *
 * Signal: "export": somebody wants the CSV; where it goes is for the page around it. */
#define KOUAN_TYPE_REPORTS_VIEW (kouan_reports_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanReportsView, kouan_reports_view, KOUAN, REPORTS_VIEW, GtkWidget)

/* A service's name in the language of the screen; (transfer full) (nullable). */
typedef char *(*KouanServiceName) (gint64 service, gpointer data);

GtkWidget *kouan_reports_view_new (KouanDatabase *db,
                                   KouanClock *clock,
                                   KouanServiceName name, /* (nullable) */
                                   gpointer data);
void kouan_reports_view_set_days (KouanReportsView *self, guint days);
KouanReport *
kouan_reports_view_get_report (KouanReportsView *self); /* (transfer none) (nullable) */

G_END_DECLS
