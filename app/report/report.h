/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* No figure is shown of fewer visits than this. */
#define KOUAN_REPORT_VISITS_MIN 5

/* What a column counts: how its numbers are written, and what a bar of a chart is long for. */
typedef enum
{
  KOUAN_REPORT_COUNT,
  KOUAN_REPORT_SECONDS,
  KOUAN_REPORT_PERCENT,
  KOUAN_REPORT_STARS, /* hundredths */
} KouanReportUnit;

typedef struct
{
  const char *id;    /* "completed" */
  const char *title; /* English, translated by that text */
  KouanReportUnit unit;
} KouanReportColumn;

typedef struct
{
  char *id;          /* a service's number, a step, a language, an hour … */
  const char *title; /* (nullable): English, translated by that text; NULL: the id is shown */
  gint64 visits;     /* that the row is about */
  gint64 *values;    /* one a column; -1: none */
  gboolean withheld; /* nothing of it may be shown */
} KouanReportRow;

typedef struct
{
  const char *id;    /* "steps" */
  const char *title; /* English, translated by that text */
  const KouanReportColumn *columns;
  guint column_count;
  GPtrArray *rows; /* of KouanReportRow */
} KouanReportTable;

/* The service standard over some days: aggregates alone, small ones withheld. */
typedef struct
{
  char *from_day, *to_day;
  gint64 visits;     /* parked and resumed ones count once */
  GPtrArray *tables; /* of KouanReportTable */
} KouanReport;

KouanReport *kouan_report_make (KouanDatabase *db,
                                const char *from_day,
                                const char *to_day,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_report_free (KouanReport *self);
KouanReportTable *kouan_report_find (KouanReport *self, const char *id); /* (nullable) */
char *kouan_report_to_csv (const KouanReport *self);
const char *kouan_report_rule (void); /* how small figures are withheld; English, marked */
gboolean kouan_report_is_day (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanReport, kouan_report_free)

G_END_DECLS
