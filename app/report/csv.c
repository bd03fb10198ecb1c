/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-report"

#include "app/report/report.h"

#include <string.h>

/* RFC 4180, one figure a line, so that every spreadsheet can turn it as it likes:
 *
 *   from,to,table,row,figure,unit,value
 *
 * A value that is withheld says so in words: an empty cell would be read as nought. */

static const char *const units[] = { "visits", "seconds", "percent", "stars" };

/* A cell that begins like a formula would be run by some spreadsheets. */
static void
append_cell (GString *out, const char *text)
{
  gboolean formula = *text != '\0' && strchr ("=+-@", *text) != NULL;

  if (!formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append (out, formula ? "\"'" : "\"");
  for (const char *c = text; *c != '\0'; c++)
    {
      g_string_append_c (out, *c);
      if (*c == '"')
        g_string_append_c (out, '"');
    }
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, const KouanReportRow *row, guint column, KouanReportUnit unit)
{
  if (row->withheld)
    g_string_append (out, "withheld");
  else if (row->values[column] < 0)
    g_string_append (out, "none");
  else if (unit == KOUAN_REPORT_STARS)
    g_string_append_printf (out, "%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT,
                            row->values[column] / 100, row->values[column] % 100);
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, row->values[column]);
}

static void
append_row (GString *out,
            const KouanReport *report,
            const KouanReportTable *table,
            const KouanReportRow *row)
{
  for (guint i = 0; i < table->column_count; i++)
    {
      g_string_append_printf (out, "%s,%s,%s,", report->from_day, report->to_day, table->id);
      append_cell (out, row->id);
      g_string_append_printf (out, ",%s,%s,", table->columns[i].id, units[table->columns[i].unit]);
      append_value (out, row, i, table->columns[i].unit);
      g_string_append (out, "\r\n");
    }
}

/* Returns: (transfer full) */
char *
kouan_report_to_csv (const KouanReport *self)
{
  GString *out = g_string_new ("from,to,table,row,figure,unit,value\r\n");

  for (guint i = 0; i < self->tables->len; i++)
    {
      const KouanReportTable *table = self->tables->pdata[i];

      for (guint k = 0; k < table->rows->len; k++)
        append_row (out, self, table, table->rows->pdata[k]);
    }
  return g_string_free (out, FALSE);
}
