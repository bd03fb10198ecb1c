/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-report"

#include "app/language/language.h"
#include "app/report/report-private.h"

/* What is said of four people may be said of one of them by whoever knows the other three. So a row
 * of fewer than five visits shows nothing; and where only one row of a table is withheld, the
 * smallest of the others is as well, because it could be found by subtracting from the whole. A
 * report is over whole days: two reports whose periods differ by a day can still be subtracted, so
 * that whoever publishes reports does so for weeks or months. */

const char *
kouan_report_rule (void)
{
  return N_ (
    "Figures of fewer than 5 visits are withheld, and with a single one the next smallest, "
    "so that it cannot be worked out.");
}

static KouanReportRow *
smallest_shown (KouanReportTable *table)
{
  KouanReportRow *smallest = NULL;

  for (guint i = 0; i < table->rows->len; i++)
    {
      KouanReportRow *row = table->rows->pdata[i];

      if (!row->withheld && row->visits > 0 && (smallest == NULL || row->visits < smallest->visits))
        smallest = row;
    }
  return smallest;
}

void
kouan_report_withhold (KouanReportTable *table)
{
  guint count = 0;

  for (guint i = 0; i < table->rows->len; i++)
    {
      KouanReportRow *row = table->rows->pdata[i];

      row->withheld = row->visits > 0 && row->visits < KOUAN_REPORT_VISITS_MIN;
      count += row->withheld;
    }
  if (count == 1)
    {
      KouanReportRow *other = smallest_shown (table);

      if (other != NULL)
        other->withheld = TRUE;
    }
}
