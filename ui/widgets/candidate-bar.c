/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/candidate-bar.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* Candidates stand in pages: as many on one as have room on the narrowest screen in the largest
 * text, and a key that goes to the next page and, from the last, to the first. */

#define GAP 8
#define PAGE_CHARS 12
#define PAGE_CHARS_COMPACT 9 /* beside what is spelled */
#define PAGE_COUNT 6
#define INDEX_KEY "kouan-candidate"

struct _KouanCandidateBar
{
  GtkWidget parent_instance;

  GtkWidget *spelling;
  GtkWidget *row;
  GPtrArray *words; /* (nullable) (element-type utf8) */
  guint first;      /* of the page */
  gboolean compact;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanCandidateBar, kouan_candidate_bar, GTK_TYPE_WIDGET)

static void show_page (KouanCandidateBar *self);

static void
on_candidate_clicked (GtkWidget *button, KouanCandidateBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX_KEY)));
}

static guint
page_end (KouanCandidateBar *self)
{
  guint end = self->first;
  glong chars = 0;

  while (end < self->words->len && end - self->first < PAGE_COUNT)
    {
      chars += g_utf8_strlen (g_ptr_array_index (self->words, end), -1);
      if (chars > (self->compact ? PAGE_CHARS_COMPACT : PAGE_CHARS) && end > self->first)
        break;
      end++;
    }
  return end;
}

static void
on_next_clicked (GtkButton *button G_GNUC_UNUSED, KouanCandidateBar *self)
{
  guint end = page_end (self);

  self->first = end < self->words->len ? end : 0;
  show_page (self);
}

static GtkWidget *
add_button (KouanCandidateBar *self, const char *icon, const char *label)
{
  GtkWidget *button = kouan_button_new (icon, label);

  gtk_widget_add_css_class (button, "key");
  gtk_widget_add_css_class (button, "candidate");
  gtk_widget_set_focus_on_click (button, FALSE);
  kouan_button_set_wrap (GTK_BUTTON (button), FALSE);
  gtk_box_append (GTK_BOX (self->row), button);
  return button;
}

static void
show_page (KouanCandidateBar *self)
{
  GtkWidget *child;
  guint end;

  while ((child = gtk_widget_get_first_child (self->row)) != NULL)
    gtk_box_remove (GTK_BOX (self->row), child);
  if (self->words == NULL || self->words->len == 0)
    return;
  end = page_end (self);
  for (guint i = self->first; i < end; i++)
    {
      GtkWidget *button = add_button (self, NULL, g_ptr_array_index (self->words, i));

      g_object_set_data (G_OBJECT (button), INDEX_KEY, GUINT_TO_POINTER (i));
      g_signal_connect (button, "clicked", G_CALLBACK (on_candidate_clicked), self);
    }
  if (end < self->words->len || self->first > 0)
    {
      GtkWidget *next = add_button (self, "arrow-right", NULL);

      gtk_widget_add_css_class (next, "function");
      kouan_accessible_set_name (next, _ ("More words"));
      g_signal_connect (next, "clicked", G_CALLBACK (on_next_clicked), self);
    }
}

static void
kouan_candidate_bar_dispose (GObject *object)
{
  KouanCandidateBar *self = KOUAN_CANDIDATE_BAR (object);

  g_clear_pointer (&self->spelling, gtk_widget_unparent);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  G_OBJECT_CLASS (kouan_candidate_bar_parent_class)->dispose (object);
}

static void
kouan_candidate_bar_class_init (KouanCandidateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_candidate_bar_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "candidates");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kouan_candidate_bar_init (KouanCandidateBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->spelling = kouan_small_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->spelling), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (self->spelling), PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class (self->spelling, "spelling");
  gtk_widget_set_parent (self->spelling, GTK_WIDGET (self));
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_widget_add_css_class (self->row, "candidate-row");
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  kouan_accessible_set_name (GTK_WIDGET (self), _ ("Words to choose from"));
}

GtkWidget *
kouan_candidate_bar_new (void)
{
  return g_object_new (KOUAN_TYPE_CANDIDATE_BAR, NULL);
}

/* @words: (nullable) (element-type utf8): the likeliest first; copied */
void
kouan_candidate_bar_set (KouanCandidateBar *self, const char *spelling, GPtrArray *words)
{
  g_return_if_fail (KOUAN_IS_CANDIDATE_BAR (self));

  gtk_label_set_label (GTK_LABEL (self->spelling), spelling);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  self->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words != NULL && i < words->len; i++)
    g_ptr_array_add (self->words, g_strdup (g_ptr_array_index (words, i)));
  self->first = 0;
  show_page (self);
}

/* On a low screen, what is spelled stands beside the words in place of above them. */
void
kouan_candidate_bar_set_compact (KouanCandidateBar *self, gboolean compact)
{
  GtkLayoutManager *layout;

  g_return_if_fail (KOUAN_IS_CANDIDATE_BAR (self));

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  self->compact = compact;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  compact ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), compact ? GAP : 0);
  gtk_widget_set_hexpand (self->spelling, compact);
}

/* Returns: (transfer container) (element-type GtkWidget): the buttons of the page that is shown */
GPtrArray *
kouan_candidate_bar_get_buttons (KouanCandidateBar *self)
{
  GPtrArray *buttons = g_ptr_array_new ();

  for (GtkWidget *button = gtk_widget_get_first_child (self->row); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    g_ptr_array_add (buttons, button);
  return buttons;
}
