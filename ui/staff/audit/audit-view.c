/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/audit/audit-view.h"

#include "app/audit/check.h"
#include "app/audit/export.h"
#include "app/language/language.h"
#include "app/record/outbox.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

/* A screen of entries at a time, so that a log of years is as quick as one of a day. The whole of
 * it is checked on a thread with a connection of its own; the verdict stands above the entries. */

#define PAGE 20
#define WEEK_S (7 * 24 * 60 * 60)

struct _KouanAuditView
{
  GtkWidget parent_instance;

  KouanStation *station;
  KouanDatabase *db;
  KouanClock *clock;
  GCancellable *cancellable;

  /* what is looked for */
  char *who; /* "all", "staff", "visitor", "kiosk", "week" */
  char *text;
  gint64 before; /* 0: the newest */
  guint count;
  gint64 oldest; /* of those that are shown */

  GtkWidget *column;
  GtkWidget *verdict; /* a KouanNotice */
  GtkWidget *field;
  GtkWidget *choices;
  GtkWidget *entries; /* a GtkGrid */
  GtkWidget *older, *newest;
};

enum
{
  SIGNAL_EXPORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanAuditView, kouan_audit_view, GTK_TYPE_WIDGET)

static KouanAuditFilter
filter_of (KouanAuditView *self)
{
  KouanAuditFilter filter = { .text = self->text, .before = self->before, .limit = PAGE + 1 };

  if (g_str_equal (self->who, "visitor") || g_str_equal (self->who, "kiosk"))
    filter.role = self->who;
  else if (g_str_equal (self->who, "staff"))
    filter.action = "staff.";
  else if (g_str_equal (self->who, "week"))
    filter.from_s = kouan_clock_wall_s (self->clock) - WEEK_S;
  return filter;
}

static void
put (KouanAuditView *self, int column, int row, const char *text, gboolean problem)
{
  GtkWidget *label = kouan_small_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, column == 2);
  if (problem)
    gtk_widget_add_css_class (label, kouan_notice_kind_class (KOUAN_NOTICE_PROBLEM));
  gtk_grid_attach (GTK_GRID (self->entries), label, column, row, 1, 1);
}

static char *
describe (const KouanAuditEntry *entry)
{
  GString *text = g_string_new (entry->action);

  if (*entry->object != '\0')
    g_string_append_printf (text, " · %s", entry->object);
  g_string_append_printf (text, " · %s", entry->result);
  if (*entry->reason != '\0')
    g_string_append_printf (text, " · %s", entry->reason);
  if (g_str_equal (entry->clock, "set-back"))
    g_string_append_printf (text, " · %s", _ ("clock set back"));
  else if (g_str_equal (entry->clock, "never-set"))
    g_string_append_printf (text, " · %s", _ ("clock never set"));
  return g_string_free (text, FALSE);
}

static void
show_entry (KouanAuditView *self, const KouanAuditEntry *entry, int row)
{
  g_autofree char *time = kouan_language_date_time (kouan_language_current (), entry->wall_s);
  g_autofree char *who = *entry->who != '\0' ? g_strdup_printf ("%s %s", entry->role, entry->who)
                                             : g_strdup (entry->role);
  g_autofree char *what = describe (entry);
  gboolean odd = *entry->clock != '\0' && !g_str_equal (entry->clock, "good");

  put (self, 0, row, time, odd);
  put (self, 1, row, who, FALSE);
  put (self, 2, row, what, odd);
}

static void
clear_entries (KouanAuditView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->entries)) != NULL)
    gtk_grid_remove (GTK_GRID (self->entries), child);
}

static void
refresh (KouanAuditView *self)
{
  const KouanAuditFilter filter = filter_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = kouan_audit_search (self->db, &filter, &error);

  clear_entries (self);
  self->count = found != NULL ? MIN (found->len, PAGE) : 0;
  for (guint i = 0; i < self->count; i++)
    {
      show_entry (self, found->pdata[i], (int)i);
      self->oldest = ((KouanAuditEntry *)found->pdata[i])->sequence;
    }
  if (found == NULL)
    put (self, 0, 0, error->message, TRUE);
  else if (found->len == 0)
    put (self, 0, 0, _ ("Nothing like that stands in the log."), FALSE);
  gtk_widget_set_sensitive (self->older, found != NULL && found->len > PAGE);
  gtk_widget_set_sensitive (self->newest, self->before > 0);
}

static void
on_older (GtkButton *button G_GNUC_UNUSED, KouanAuditView *self)
{
  self->before = self->oldest;
  refresh (self);
}

static void
on_newest (GtkButton *button G_GNUC_UNUSED, KouanAuditView *self)
{
  self->before = 0;
  refresh (self);
}

/**
 * kouan_audit_view_filter:
 * @who: (nullable): "all", "staff", "visitor", "kiosk", "week"; NULL: as before
 * @text: (nullable): what must stand in any field; NULL: as before
 */
void
kouan_audit_view_filter (KouanAuditView *self, const char *who, const char *text)
{
  g_return_if_fail (KOUAN_IS_AUDIT_VIEW (self));

  if (who != NULL)
    {
      g_autofree char *former = g_steal_pointer (&self->who);

      self->who = g_strdup (who);
    }
  if (text != NULL)
    {
      g_free (self->text);
      self->text = g_ascii_strdown (text, -1);
    }
  self->before = 0;
  refresh (self);
}

static void
on_chosen (KouanChoiceList *choices G_GNUC_UNUSED, const char *id, KouanAuditView *self)
{
  kouan_audit_view_filter (self, id, NULL);
}

static void
on_text_changed (KouanField *field, KouanAuditView *self)
{
  kouan_audit_view_filter (self, NULL, kouan_field_get_text (field));
}

static void
on_export (GtkButton *button G_GNUC_UNUSED, KouanAuditView *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

static void
check_on_thread (GTask *task,
                 gpointer source G_GNUC_UNUSED,
                 gpointer data,
                 GCancellable *cancellable)
{
  KouanStation *station = data;
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);
  g_autofree KouanAuditVerdict *verdict = g_new0 (KouanAuditVerdict, 1);

  if (db == NULL || !kouan_audit_check (db, station, NULL, verdict, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&verdict), g_free);
  g_assert (cancellable == g_task_get_cancellable (task));
}

static char *
say_whole (const KouanAuditVerdict *verdict)
{
  GString *text
    = g_string_new (verdict->anchored > 0
                      ? _ ("{entries} entries fit. The hub vouches for all up to entry {anchored}.")
                      : _ ("{entries} entries fit. The hub has not vouched for any yet: sync."));
  g_autofree char *entries = g_strdup_printf ("%" G_GINT64_FORMAT, verdict->entries);
  g_autofree char *anchored = g_strdup_printf ("%" G_GINT64_FORMAT, verdict->anchored);

  g_string_replace (text, "{entries}", entries, 0);
  g_string_replace (text, "{anchored}", anchored, 0);
  return g_string_free (text, FALSE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data G_GNUC_UNUSED)
{
  KouanAuditView *self = KOUAN_AUDIT_VIEW (source);
  g_autoptr (GError) error = NULL;
  g_autofree KouanAuditVerdict *verdict = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (verdict == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (verdict == NULL)
    kouan_notice_set (KOUAN_NOTICE (self->verdict), KOUAN_NOTICE_PROBLEM,
                      _ ("The log cannot be read"), error->message);
  else if (verdict->fault != KOUAN_AUDIT_FAULT_NONE)
    {
      text = g_strdup_printf ("%" G_GINT64_FORMAT ": %s", verdict->broken_at,
                              _ (kouan_audit_fault_describe (verdict->fault)));
      kouan_notice_set (KOUAN_NOTICE (self->verdict), KOUAN_NOTICE_PROBLEM,
                        _ ("The log is not whole"), text);
    }
  else
    {
      text = say_whole (verdict);
      kouan_notice_set (KOUAN_NOTICE (self->verdict), KOUAN_NOTICE_SUCCESS, _ ("The log is whole"),
                        text);
    }
}

static void
check (KouanAuditView *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_checked, NULL);

  g_task_set_task_data (task, g_object_ref (self->station), g_object_unref);
  g_task_run_in_thread (task, check_on_thread);
}

/* @path: on a stick. The signed file of the whole log, which kouanctl and the hub verify. */
gboolean
kouan_audit_view_export (KouanAuditView *self, const char *path, GError **error)
{
  gint64 entries;

  g_return_val_if_fail (KOUAN_IS_AUDIT_VIEW (self), FALSE);

  return kouan_audit_export (self->db, self->station, kouan_clock_wall_s (self->clock), path,
                             &entries, error);
}

guint
kouan_audit_view_count (KouanAuditView *self)
{
  g_return_val_if_fail (KOUAN_IS_AUDIT_VIEW (self), 0);

  return self->count;
}

/* Returns: (transfer none): where is typed, for a keyboard */
KouanField *
kouan_audit_view_get_field (KouanAuditView *self)
{
  g_return_val_if_fail (KOUAN_IS_AUDIT_VIEW (self), NULL);

  return KOUAN_FIELD (self->field);
}

static void
add_choices (KouanAuditView *self)
{
  KouanChoiceList *choices;

  self->choices = kouan_choice_list_new (_ ("What to show"));
  choices = KOUAN_CHOICE_LIST (self->choices);
  kouan_choice_list_set_columns (choices, 2);
  kouan_choice_list_add (choices, "all", NULL, _ ("Everything"), NULL);
  kouan_choice_list_add (choices, "week", NULL, _ ("Last 7 days"), NULL);
  kouan_choice_list_add (choices, "staff", NULL, _ ("Staff"), NULL);
  kouan_choice_list_add (choices, "visitor", NULL, _ ("Visitors"), NULL);
  kouan_choice_list_add (choices, "kiosk", NULL, _ ("The kiosk itself"), NULL);
  kouan_choice_list_select (choices, "all");
  g_signal_connect (choices, "chosen", G_CALLBACK (on_chosen), self);
}

static GtkWidget *
make_button (KouanAuditView *self, GtkWidget *row, const char *label, GCallback func)
{
  GtkWidget *button = kouan_button_new (NULL, label);

  g_signal_connect (button, "clicked", func, self);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
kouan_audit_view_dispose (GObject *object)
{
  KouanAuditView *self = KOUAN_AUDIT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_audit_view_parent_class)->dispose (object);
}

static void
kouan_audit_view_finalize (GObject *object)
{
  KouanAuditView *self = KOUAN_AUDIT_VIEW (object);

  g_clear_object (&self->station);
  g_clear_object (&self->db);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_free (self->who);
  g_free (self->text);
  G_OBJECT_CLASS (kouan_audit_view_parent_class)->finalize (object);
}

static void
kouan_audit_view_class_init (KouanAuditViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_audit_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_audit_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_EXPORT] = g_signal_new ("export", KOUAN_TYPE_AUDIT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_audit_view_init (KouanAuditView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->who = g_strdup ("all");
  self->text = g_strdup ("");
  self->cancellable = g_cancellable_new ();
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  self->verdict = kouan_notice_new (KOUAN_NOTICE_INFO, _ ("The log is being checked"), NULL);
  self->field = kouan_field_new (_ ("Look for"), KOUAN_TEXT_ANY, 48);
  add_choices (self);
  self->entries = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->entries), 24);
  gtk_grid_set_row_spacing (GTK_GRID (self->entries), 8);
  gtk_box_append (GTK_BOX (self->column), self->verdict);
  gtk_box_append (GTK_BOX (self->column), self->field);
  gtk_box_append (GTK_BOX (self->column), self->choices);
  gtk_box_append (GTK_BOX (self->column), self->entries);
  self->older = make_button (self, row, _ ("Older"), G_CALLBACK (on_older));
  self->newest = make_button (self, row, _ ("Newest"), G_CALLBACK (on_newest));
  make_button (self, row, _ ("Export, signed"), G_CALLBACK (on_export));
  gtk_box_append (GTK_BOX (self->column), row);
  g_signal_connect (self->field, "changed", G_CALLBACK (on_text_changed), self);
}

GtkWidget *
kouan_audit_view_new (KouanStation *station, KouanDatabase *db, KouanClock *clock)
{
  KouanAuditView *self = g_object_new (KOUAN_TYPE_AUDIT_VIEW, NULL);

  self->station = g_object_ref (station);
  self->db = g_object_ref (db);
  self->clock = g_object_ref (clock);
  refresh (self);
  check (self);
  return GTK_WIDGET (self);
}
