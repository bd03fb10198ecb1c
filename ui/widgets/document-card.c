/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/document-card.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* A paper on the checklist: its name, which paper is meant, where it stands as symbol and word, and
 * the one thing to do about it. */

struct _KouanDocumentCard
{
  GtkWidget parent_instance;

  KouanDocumentState state;
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *state_word;
  GtkWidget *problem;
  GtkWidget *action;
};

enum
{
  SIGNAL_ACTION,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *icon;
  const char *css_class;
  const char *word;
} STATES[] = {
  [KOUAN_DOCUMENT_NEEDED] = { "needed", "needed", N_ ("Needed") },
  [KOUAN_DOCUMENT_OPTIONAL] = { "document", "optional", N_ ("Only if you have it") },
  [KOUAN_DOCUMENT_KEPT] = { "good", "success", NULL },
  [KOUAN_DOCUMENT_LATER] = { "later", "warning", N_ ("You bring it later") },
  [KOUAN_DOCUMENT_PROBLEM] = { "problem", "problem", N_ ("Look at this again") },
};

G_DEFINE_FINAL_TYPE (KouanDocumentCard, kouan_document_card, GTK_TYPE_WIDGET)

static void
on_action_clicked (GtkButton *button G_GNUC_UNUSED, KouanDocumentCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTION], 0);
}

static void
kouan_document_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_document_card_parent_class)->dispose (object);
}

static void
kouan_document_card_class_init (KouanDocumentCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_document_card_dispose;
  signals[SIGNAL_ACTION] = g_signal_new ("action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "documentcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_words (KouanDocumentCard *self, GtkWidget *label, const char *css_class)
{
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->words), label);
  return label;
}

static void
kouan_document_card_init (KouanDocumentCard *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), kouan_row_layout_new_folding (KOUAN_TOUCH_GAP));
  self->icon = kouan_icon_new (NULL);
  gtk_widget_add_css_class (self->icon, "plain");
  gtk_widget_add_css_class (self->icon, "state-icon");
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  kouan_accessible_set_together (self->words);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  self->title = add_words (self, kouan_text_new (NULL), "strong");
  self->hint = add_words (self, kouan_small_new (NULL), "soft");
  self->state_word = add_words (self, kouan_small_new (NULL), "state-word");
  self->problem = add_words (self, kouan_small_new (NULL), "problem-text");
  gtk_widget_set_visible (self->problem, FALSE);
  self->action = kouan_button_new (NULL, NULL);
  gtk_widget_set_valign (self->action, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->action, FALSE);
  g_signal_connect (self->action, "clicked", G_CALLBACK (on_action_clicked), self);

  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  gtk_widget_set_parent (self->action, GTK_WIDGET (self));
}

/**
 * kouan_document_card_new:
 * @title: what the paper is called
 * @hint: (nullable): which one is meant: "The page with your photo"
 *
 * Returns: (transfer floating): a card for a paper that is needed
 */
GtkWidget *
kouan_document_card_new (const char *title, const char *hint)
{
  KouanDocumentCard *self = g_object_new (KOUAN_TYPE_DOCUMENT_CARD, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint, hint != NULL);
  kouan_accessible_set_name (GTK_WIDGET (self), title);
  kouan_document_card_set_state (self, KOUAN_DOCUMENT_NEEDED, 0);
  return GTK_WIDGET (self);
}

/* @pages: how many are kept; only for %KOUAN_DOCUMENT_KEPT */
void
kouan_document_card_set_state (KouanDocumentCard *self, KouanDocumentState state, guint pages)
{
  g_autofree char *word = NULL;

  g_return_if_fail (KOUAN_IS_DOCUMENT_CARD (self));
  g_return_if_fail (state < G_N_ELEMENTS (STATES));

  gtk_widget_remove_css_class (GTK_WIDGET (self), STATES[self->state].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), STATES[state].css_class);
  self->state = state;
  kouan_drawing_set_name (KOUAN_DRAWING (self->icon), STATES[state].icon);
  if (state == KOUAN_DOCUMENT_KEPT)
    word = g_strdup_printf (ngettext ("%u page kept", "%u pages kept", pages), pages);
  else
    word = g_strdup (_ (STATES[state].word));
  gtk_label_set_label (GTK_LABEL (self->state_word), word);
  if (state != KOUAN_DOCUMENT_PROBLEM)
    gtk_widget_set_visible (self->problem, FALSE);
  kouan_accessible_set_description (GTK_WIDGET (self), word);
}

/* Says what is wrong with what is kept, and puts the card into the state of a problem. */
void
kouan_document_card_set_problem (KouanDocumentCard *self, const char *problem)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT_CARD (self));
  g_return_if_fail (problem != NULL);

  kouan_document_card_set_state (self, KOUAN_DOCUMENT_PROBLEM, 0);
  gtk_label_set_label (GTK_LABEL (self->problem), problem);
  gtk_widget_set_visible (self->problem, TRUE);
  kouan_accessible_set_description (GTK_WIDGET (self), problem);
}

/* @label (nullable): a verb: "Scan", "Look" */
void
kouan_document_card_set_action (KouanDocumentCard *self, const char *label)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KOUAN_IS_DOCUMENT_CARD (self));

  kouan_button_set_label (GTK_BUTTON (self->action), label);
  gtk_widget_set_visible (self->action, label != NULL);
  if (label == NULL)
    return;
  name = g_strdup_printf ("%s: %s", label, gtk_label_get_label (GTK_LABEL (self->title)));
  kouan_accessible_set_name (self->action, name);
}

KouanDocumentState
kouan_document_card_get_state (KouanDocumentCard *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT_CARD (self), KOUAN_DOCUMENT_NEEDED);

  return self->state;
}

GtkWidget *
kouan_document_card_get_action_button (KouanDocumentCard *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT_CARD (self), NULL);

  return self->action;
}
