/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/choice-list.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* Answers as cards: an icon, what it is, and what it means. A card is pressed anywhere; the chosen
 * one has a thick edge and a filled mark, so that it is told from the others without its colour. To
 * a screen reader the cards are radio buttons of one group. */

#define ID_KEY "kouan-choice-id"

struct _KouanChoiceList
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  guint columns;
  guint count;
  GtkCheckButton *nobody; /* the group's; never shown. A card alone is one of several too */
  GtkWidget *selected;    /* (nullable) */
  gboolean selecting;     /* by the program, not by a person */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanChoiceList, kouan_choice_list, GTK_TYPE_WIDGET)

static const char *
id_of (GtkWidget *card)
{
  return g_object_get_data (G_OBJECT (card), ID_KEY);
}

static void
on_card_toggled (GtkCheckButton *card, KouanChoiceList *self)
{
  if (gtk_check_button_get_active (card))
    {
      self->selected = GTK_WIDGET (card);
      if (!self->selecting)
        g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, id_of (GTK_WIDGET (card)));
    }
  else if (self->selected == GTK_WIDGET (card))
    {
      self->selected = NULL;
    }
}

static void
kouan_choice_list_dispose (GObject *object)
{
  KouanChoiceList *self = KOUAN_CHOICE_LIST (object);
  GtkWidget *grid = GTK_WIDGET (g_steal_pointer (&self->grid));

  self->selected = NULL;
  g_clear_object (&self->nobody);
  if (grid != NULL)
    gtk_widget_unparent (grid);
  G_OBJECT_CLASS (kouan_choice_list_parent_class)->dispose (object);
}

static void
kouan_choice_list_class_init (KouanChoiceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_choice_list_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "choicelist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
kouan_choice_list_init (KouanChoiceList *self)
{
  self->columns = 1;
  self->nobody = GTK_CHECK_BUTTON (g_object_ref_sink (gtk_check_button_new ()));
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, KOUAN_TOUCH_GAP);
  gtk_grid_set_column_spacing (self->grid, KOUAN_TOUCH_GAP);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

/* Returns: (transfer floating): an empty list; @name is the question, for a screen reader */
GtkWidget *
kouan_choice_list_new (const char *name)
{
  KouanChoiceList *self = g_object_new (KOUAN_TYPE_CHOICE_LIST, NULL);

  kouan_accessible_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

/* To be called before the first card is added. */
void
kouan_choice_list_set_columns (KouanChoiceList *self, guint columns)
{
  g_return_if_fail (KOUAN_IS_CHOICE_LIST (self));
  g_return_if_fail (columns > 0 && self->count == 0);

  self->columns = columns;
}

static GtkWidget *
card_content_new (const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = kouan_row_new (24, GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = kouan_text_new (title);

  gtk_widget_add_css_class (name, "strong");
  gtk_box_append (GTK_BOX (words), name);
  if (subtitle != NULL)
    {
      GtkWidget *more = kouan_small_new (subtitle);

      gtk_widget_add_css_class (more, "soft");
      gtk_box_append (GTK_BOX (words), more);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  if (icon != NULL)
    {
      GtkWidget *picture = kouan_icon_new (icon);

      gtk_widget_add_css_class (picture, "card-icon");
      gtk_box_append (GTK_BOX (row), picture);
    }
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static GtkWidget *
card_new (KouanChoiceList *self, const char *id)
{
  GtkWidget *card
    = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  gtk_widget_add_css_class (card, "choice");
  g_object_set_data_full (G_OBJECT (card), ID_KEY, g_strdup (id), g_free);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (card), self->nobody);
  g_signal_connect (card, "toggled", G_CALLBACK (on_card_toggled), self);
  return card;
}

/**
 * kouan_choice_list_add:
 * @id: what "chosen" reports
 * @icon: (nullable): of assets/icons
 * @subtitle: (nullable): what choosing it means
 */
void
kouan_choice_list_add (
  KouanChoiceList *self, const char *id, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *card;

  g_return_if_fail (KOUAN_IS_CHOICE_LIST (self));
  g_return_if_fail (id != NULL && title != NULL);

  card = card_new (self, id);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (card), card_content_new (icon, title, subtitle));
  kouan_accessible_set_name (card, title);
  if (subtitle != NULL)
    kouan_accessible_set_description (card, subtitle);
  gtk_grid_attach (self->grid, card, (int)(self->count % self->columns),
                   (int)(self->count / self->columns), 1, 1);
  self->count++;
}

/* Returns: (nullable) (transfer none): the card of @id */
GtkWidget *
kouan_choice_list_get_card (KouanChoiceList *self, const char *id)
{
  g_return_val_if_fail (KOUAN_IS_CHOICE_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (g_str_equal (id_of (card), id))
      return card;
  return NULL;
}

/* A card that cannot be chosen now stays in its place; its subtitle says why. */
void
kouan_choice_list_set_sensitive (KouanChoiceList *self, const char *id, gboolean sensitive)
{
  GtkWidget *card = kouan_choice_list_get_card (self, id);

  g_return_if_fail (card != NULL);

  gtk_widget_set_sensitive (card, sensitive);
}

/* @id (nullable): chooses a card without "chosen" being emitted; NULL chooses none */
void
kouan_choice_list_select (KouanChoiceList *self, const char *id)
{
  GtkWidget *card;

  g_return_if_fail (KOUAN_IS_CHOICE_LIST (self));

  card = id != NULL ? kouan_choice_list_get_card (self, id) : self->selected;
  g_return_if_fail (id == NULL || card != NULL);

  self->selecting = TRUE;
  if (card != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (card), id != NULL);
  self->selecting = FALSE;
}

/* Returns: (nullable) (transfer none): the id of the chosen card */
const char *
kouan_choice_list_get_selected (KouanChoiceList *self)
{
  g_return_val_if_fail (KOUAN_IS_CHOICE_LIST (self), NULL);

  return self->selected != NULL ? id_of (self->selected) : NULL;
}
