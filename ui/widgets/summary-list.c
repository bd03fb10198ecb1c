/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/summary-list.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* What a person has answered, to be read once more before it is handed in. The question is small
 * and soft, the answer large, as it is the answer that is checked. */

#define ID_KEY "kouan-summary-id"

struct _KouanSummaryList
{
  GtkWidget parent_instance;

  GtkWidget *title; /* (nullable) */
  GtkWidget *rows;
};

enum
{
  SIGNAL_CHANGE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanSummaryList, kouan_summary_list, GTK_TYPE_WIDGET)

static void
on_change_clicked (GtkButton *button, KouanSummaryList *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGE], 0, g_object_get_data (G_OBJECT (button), ID_KEY));
}

static void
kouan_summary_list_dispose (GObject *object)
{
  KouanSummaryList *self = KOUAN_SUMMARY_LIST (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->rows, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_summary_list_parent_class)->dispose (object);
}

static void
kouan_summary_list_class_init (KouanSummaryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_summary_list_dispose;
  signals[SIGNAL_CHANGE] = g_signal_new ("change", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "summarylist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
kouan_summary_list_init (KouanSummaryList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 16);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->rows, "summary-rows");
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));
}

/* Returns: (transfer floating): an empty list; @title (nullable) names the part, such as "Your
 * passport" */
GtkWidget *
kouan_summary_list_new (const char *title)
{
  KouanSummaryList *self = g_object_new (KOUAN_TYPE_SUMMARY_LIST, NULL);

  if (title != NULL)
    {
      self->title = kouan_subheading_new (title);
      gtk_widget_insert_before (self->title, GTK_WIDGET (self), self->rows);
      kouan_accessible_set_name (GTK_WIDGET (self), title);
    }
  return GTK_WIDGET (self);
}

static GtkWidget *
change_button_new (KouanSummaryList *self, const char *id, const char *question)
{
  GtkWidget *button = kouan_button_new (NULL, _ ("Change"));
  /* Translators: what a screen reader says for the button beside an answer, such as
   * "Change: Date of birth" */
  g_autofree char *name = g_strdup_printf (_ ("Change: %s"), question);

  kouan_button_set_wrap (GTK_BUTTON (button), FALSE);
  kouan_accessible_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), ID_KEY, g_strdup (id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_change_clicked), self);
  return button;
}

/* @id (nullable): what "change" reports; an answer without one cannot be changed here, such as what
 * was read from the passport */
void
kouan_summary_list_add (KouanSummaryList *self,
                        const char *id,
                        const char *question,
                        const char *answer)
{
  GtkWidget *row;
  GtkWidget *words;
  GtkWidget *small;

  g_return_if_fail (KOUAN_IS_SUMMARY_LIST (self));
  g_return_if_fail (question != NULL && answer != NULL);

  row = kouan_row_new (KOUAN_TOUCH_GAP, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  small = kouan_small_new (question);
  gtk_widget_add_css_class (row, "summary-row");
  gtk_widget_add_css_class (small, "soft");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), small);
  gtk_box_append (GTK_BOX (words), kouan_answer_new (answer));
  gtk_box_append (GTK_BOX (row), words);
  kouan_accessible_set_together (words);
  kouan_accessible_set_private (words);
  if (id != NULL)
    gtk_box_append (GTK_BOX (row), change_button_new (self, id, question));
  gtk_box_append (GTK_BOX (self->rows), row);
}

void
kouan_summary_list_clear (KouanSummaryList *self)
{
  GtkWidget *row;

  g_return_if_fail (KOUAN_IS_SUMMARY_LIST (self));

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
}

/* Returns: (nullable) (transfer none): the button that changes the answer @id; for tests and the
 * robot */
GtkWidget *
kouan_summary_list_get_change_button (KouanSummaryList *self, const char *id)
{
  g_return_val_if_fail (KOUAN_IS_SUMMARY_LIST (self), NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *button = gtk_widget_get_last_child (row);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (button), ID_KEY), id) == 0)
        return button;
    }
  return NULL;
}
