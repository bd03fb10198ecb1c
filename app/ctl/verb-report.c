/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/crypto/durable.h"
#include "app/report/report.h"

#include <stdio.h>
#include <string.h>

/* kouanctl report: the service standard, as lines of JSON or as one CSV. */

#define DAYS 30

static void
print_row (const KouanReport *report, const KouanReportTable *table, const KouanReportRow *row)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "from", report->from_day);
  kouan_ctl_add_text (line, "to", report->to_day);
  kouan_ctl_add_text (line, "table", table->id);
  kouan_ctl_add_text (line, "row", row->id);
  kouan_ctl_add_bool (line, "withheld", row->withheld);
  for (guint i = 0; i < table->column_count; i++)
    {
      const KouanReportColumn *column = &table->columns[i];
      g_autofree char *name
        = column->unit == KOUAN_REPORT_SECONDS   ? g_strconcat (column->id, "_s", NULL)
          : column->unit == KOUAN_REPORT_PERCENT ? g_strconcat (column->id, "_percent", NULL)
                                                 : g_strdup (column->id);

      if (row->withheld || row->values[i] < 0)
        kouan_ctl_add_text (line, name, NULL);
      else
        kouan_ctl_add_int (line, name, row->values[i]);
    }
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
write_csv (const KouanReport *report, const char *path)
{
  g_autofree char *text = kouan_report_to_csv (report);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (path, "-"))
    fputs (text, stdout);
  else if (!kouan_write_file_durably (path, (const guint8 *)text, strlen (text), 0600, &error))
    return kouan_ctl_failed (error);
  return KOUAN_EXIT_OK;
}

static KouanExit
print_tables (KouanReport *report, const char *only)
{
  if (only != NULL && kouan_report_find (report, only) == NULL)
    {
      g_autoptr (GString) ids = g_string_new (NULL);

      for (guint i = 0; i < report->tables->len; i++)
        g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                                ((KouanReportTable *)report->tables->pdata[i])->id);
      return kouan_ctl_usage ("report: there is no table \"%s\"; there are %s", only, ids->str);
    }
  for (guint i = 0; i < report->tables->len; i++)
    {
      const KouanReportTable *table = report->tables->pdata[i];

      for (guint k = 0; k < table->rows->len; k++)
        if (only == NULL || g_str_equal (table->id, only))
          print_row (report, table, table->rows->pdata[k]);
    }
  return KOUAN_EXIT_OK;
}

static char *
day_before (KouanClock *clock, int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (clock));
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -days);

  return g_date_time_format (then, "%Y-%m-%d");
}

KouanExit
kouan_ctl_report (int argc, char **argv)
{
  g_autofree char *station = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *table = NULL;
  g_autofree char *csv = NULL;
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (KouanReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "from", 0, 0, G_OPTION_ARG_STRING, &from, "The first day; else 30 days ago", "DAY" },
        { "to", 0, 0, G_OPTION_ARG_STRING, &to, "The last day; else today", "DAY" },
        { "table", 0, 0, G_OPTION_ARG_STRING, &table, "Only this one", "ID" },
        { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, "As CSV instead; - is stdout", "FILE" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("report", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 1 || station == NULL || (from != NULL && !kouan_report_is_day (from))
      || (to != NULL && !kouan_report_is_day (to)))
    return kouan_ctl_usage ("report: --station DIR [--from DAY] [--to DAY]; a day is written "
                            "2026-11-27");
  if (!kouan_ctl_store_open (&store, station, FALSE, &error))
    return kouan_ctl_failed (error);
  if (to == NULL)
    to = day_before (store.clock, 0);
  if (from == NULL)
    from = day_before (store.clock, DAYS);
  report = kouan_report_make (store.db, from, to, &error);
  if (report == NULL)
    return kouan_ctl_failed (error);
  return csv != NULL ? write_csv (report, csv) : print_tables (report, table);
}
