/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/report/report.h"
#include "db/kiosk/tallies.h"

G_BEGIN_DECLS

/* Shared by the files of the report, and by nobody else. */
gint64 kouan_report_quantile (GPtrArray *rows, gint64 service, const char *word, guint percent);
void kouan_report_withhold (KouanReportTable *table);

G_END_DECLS
