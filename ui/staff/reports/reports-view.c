/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/reports/reports-view.h"

#include "app/language/language.h"
#include "ui/staff/reports/bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

#include <string.h>

struct _KouanReportsView
{
  GtkWidget parent_instance;

  KouanDatabase *db;
  KouanClock *clock;
  KouanServiceName name;
  gpointer name_data;
  KouanReport *report; /* (nullable): it could not be made */

  GtkWidget *column;
  GtkWidget *periods;
  GtkWidget *tables; /* a box, made anew with each report */
};

enum
{
  SIGNAL_EXPORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanReportsView, kouan_reports_view, GTK_TYPE_WIDGET)

static char *
write_seconds (gint64 seconds)
{
  if (seconds < 100)
    return g_strdup_printf (_ ("%d s"), (int)seconds);
  return g_strdup_printf (_ ("%d min"), (int)((seconds + 30) / 60));
}

/* Returns: (transfer full) */
static char *
write_value (const KouanReportRow *row, guint column, KouanReportUnit unit)
{
  gint64 value = row->values[column];

  if (row->withheld)
    return g_strdup (_ ("withheld"));
  if (value < 0)
    return g_strdup ("–");
  switch (unit)
    {
    case KOUAN_REPORT_SECONDS:
      return write_seconds (value);
    case KOUAN_REPORT_PERCENT:
      return g_strdup_printf ("%d %%", (int)value);
    case KOUAN_REPORT_STARS:
      return g_strdup_printf ("%d.%02d", (int)(value / 100), (int)(value % 100));
    case KOUAN_REPORT_COUNT:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
}

/* Returns: (transfer full): what a row is of, for people */
static char *
write_label (KouanReportsView *self, const KouanReportTable *table, const KouanReportRow *row)
{
  char *name = NULL;

  if (row->title != NULL)
    return g_strdup (_ (row->title));
  if (g_str_equal (table->id, "services") && self->name != NULL)
    name = self->name (g_ascii_strtoll (row->id, NULL, 10), self->name_data);
  else if (g_str_equal (table->id, "languages") && kouan_language_find (row->id) != NULL)
    name = g_strdup (kouan_language_find (row->id)->own_name);
  else if (g_str_equal (table->id, "hours"))
    name = g_strconcat (row->id, ":00", NULL);
  else if (g_str_equal (table->id, "satisfaction"))
    name = g_strnfill (strlen (row->id) > 0 ? (gsize)(*row->id - '0') : 0, '*');
  else if (g_str_equal (row->id, "all") || g_str_equal (row->id, "appointments"))
    name = g_strdup (_ ("All visits"));
  return name != NULL ? name : g_strdup (row->id);
}

static gint64
largest (const KouanReportTable *table)
{
  gint64 most = 0;

  for (guint i = 0; i < table->rows->len; i++)
    if (!((KouanReportRow *)table->rows->pdata[i])->withheld)
      most = MAX (most, ((KouanReportRow *)table->rows->pdata[i])->values[0]);
  return most;
}

static void
put (GtkWidget *grid, int column, int row, const char *text, gboolean trailing)
{
  GtkWidget *label = kouan_small_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), trailing ? 1 : 0);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
add_row (KouanReportsView *self,
         GtkWidget *grid,
         const KouanReportTable *table,
         const KouanReportRow *row,
         int at)
{
  g_autofree char *label = write_label (self, table, row);
  gint64 most = largest (table);
  double fraction = row->withheld || most <= 0 ? 0 : (double)row->values[0] / (double)most;

  put (grid, 0, at, label, FALSE);
  gtk_grid_attach (GTK_GRID (grid), kouan_bar_new (fraction), 1, at, 1, 1);
  for (guint i = 0; i < table->column_count; i++)
    {
      g_autofree char *value = write_value (row, i, table->columns[i].unit);

      put (grid, 2 + (int)i, at, value, TRUE);
    }
}

static void
add_table (KouanReportsView *self, const KouanReportTable *table)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  for (guint i = 0; i < table->column_count; i++)
    put (grid, 2 + (int)i, 0, _ (table->columns[i].title), TRUE);
  for (guint i = 0; i < table->rows->len; i++)
    add_row (self, grid, table, table->rows->pdata[i], (int)i + 1);
  gtk_box_append (GTK_BOX (self->tables), kouan_subheading_new (_ (table->title)));
  gtk_box_append (GTK_BOX (self->tables), grid);
}

static void
show_report (KouanReportsView *self)
{
  guint shown = 0;

  for (guint i = 0; i < self->report->tables->len; i++)
    {
      const KouanReportTable *table = self->report->tables->pdata[i];

      if (table->rows->len == 0)
        continue;
      add_table (self, table);
      shown++;
    }
  if (shown == 0)
    gtk_box_append (GTK_BOX (self->tables), kouan_text_new (_ ("Nobody was here in these days.")));
}

static void
clear_tables (KouanReportsView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tables)) != NULL)
    gtk_box_remove (GTK_BOX (self->tables), child);
}

static char *
day_before (KouanReportsView *self, guint days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (self->clock));
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -(int)days);

  return g_date_time_format (then, "%Y-%m-%d");
}

/* @days: today counts as one */
void
kouan_reports_view_set_days (KouanReportsView *self, guint days)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_REPORTS_VIEW (self) && days > 0);

  from = day_before (self, days - 1);
  to = day_before (self, 0);
  g_clear_pointer (&self->report, kouan_report_free);
  self->report = kouan_report_make (self->db, from, to, &error);
  clear_tables (self);
  if (self->report != NULL)
    show_report (self);
  else
    gtk_box_append (
      GTK_BOX (self->tables),
      kouan_notice_new (KOUAN_NOTICE_PROBLEM, _ ("The counts cannot be read"), error->message));
}

KouanReport *
kouan_reports_view_get_report (KouanReportsView *self)
{
  g_return_val_if_fail (KOUAN_IS_REPORTS_VIEW (self), NULL);

  return self->report;
}

static void
on_period (KouanChoiceList *periods G_GNUC_UNUSED, const char *id, KouanReportsView *self)
{
  kouan_reports_view_set_days (self, (guint)g_ascii_strtoull (id, NULL, 10));
}

static void
on_export (GtkButton *button G_GNUC_UNUSED, KouanReportsView *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

static void
kouan_reports_view_dispose (GObject *object)
{
  KouanReportsView *self = KOUAN_REPORTS_VIEW (object);

  g_clear_pointer (&self->column, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_reports_view_parent_class)->dispose (object);
}

static void
kouan_reports_view_finalize (GObject *object)
{
  KouanReportsView *self = KOUAN_REPORTS_VIEW (object);

  g_clear_object (&self->db);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->report, kouan_report_free);
  G_OBJECT_CLASS (kouan_reports_view_parent_class)->finalize (object);
}

static void
kouan_reports_view_class_init (KouanReportsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_reports_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_reports_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_EXPORT] = g_signal_new ("export", KOUAN_TYPE_REPORTS_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_reports_view_init (KouanReportsView *self)
{
  GtkWidget *export = kouan_button_new (NULL, _ ("Save as CSV"));
  KouanChoiceList *periods;

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  self->periods = kouan_choice_list_new (_ ("Which days"));
  periods = KOUAN_CHOICE_LIST (self->periods);
  kouan_choice_list_set_columns (periods, 3);
  kouan_choice_list_add (periods, "7", NULL, _ ("7 days"), NULL);
  kouan_choice_list_add (periods, "30", NULL, _ ("30 days"), NULL);
  kouan_choice_list_add (periods, "365", NULL, _ ("A year"), NULL);
  kouan_choice_list_select (periods, "30");
  self->tables = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_halign (export, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->column), self->periods);
  gtk_box_append (GTK_BOX (self->column), self->tables);
  gtk_box_append (GTK_BOX (self->column), kouan_small_new (_ (kouan_report_rule ())));
  gtk_box_append (GTK_BOX (self->column), export);
  g_signal_connect (periods, "chosen", G_CALLBACK (on_period), self);
  g_signal_connect (export, "clicked", G_CALLBACK (on_export), self);
}

GtkWidget *
kouan_reports_view_new (KouanDatabase *db, KouanClock *clock, KouanServiceName name, gpointer data)
{
  KouanReportsView *self = g_object_new (KOUAN_TYPE_REPORTS_VIEW, NULL);

  self->db = g_object_ref (db);
  self->clock = g_object_ref (clock);
  self->name = name;
  self->name_data = data;
  kouan_reports_view_set_days (self, 30);
  return GTK_WIDGET (self);
}
