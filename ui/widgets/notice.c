/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/notice.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* Tells what happened. The kind is shown three times over, by colour, by symbol and by word, as
 * none of them reaches everybody. A problem is an alert to a screen reader, the others are a
 * status. */

struct _KouanNotice
{
  GtkWidget parent_instance;

  KouanNoticeKind kind;
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *kind_word;
  GtkWidget *title;
  GtkWidget *items; /* a list under the title */
  GtkWidget *text;
  GtkWidget *source;
};

static const struct
{
  const char *icon;
  const char *css_class;
  const char *word;
} KINDS[] = {
  [KOUAN_NOTICE_INFO] = { "info", "info", N_ ("Good to know") },
  [KOUAN_NOTICE_SUCCESS] = { "good", "success", N_ ("Done") },
  [KOUAN_NOTICE_WARNING] = { "warning", "warning", N_ ("Important") },
  [KOUAN_NOTICE_PROBLEM] = { "problem", "problem", N_ ("There is a problem") },
};

G_DEFINE_FINAL_TYPE (KouanNotice, kouan_notice, GTK_TYPE_WIDGET)

static void
kouan_notice_dispose (GObject *object)
{
  KouanNotice *self = KOUAN_NOTICE (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_notice_parent_class)->dispose (object);
}

static void
kouan_notice_class_init (KouanNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_notice_dispose;
  gtk_widget_class_set_css_name (widget_class, "notice");
}

static GtkWidget *
add_words (KouanNotice *self, GtkWidget *label, const char *css_class)
{
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->words), label);
  return label;
}

static void
kouan_notice_init (KouanNotice *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), kouan_row_layout_new (KOUAN_TOUCH_GAP));
  self->icon = kouan_icon_new (NULL);
  gtk_widget_add_css_class (self->icon, "plain");
  gtk_widget_add_css_class (self->icon, "notice-icon");
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));

  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  self->kind_word = add_words (self, kouan_small_new (NULL), "kind");
  self->title = add_words (self, kouan_text_new (NULL), "strong");
  self->items = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST,
                              "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 8, NULL);
  gtk_widget_set_visible (self->items, FALSE);
  gtk_box_append (GTK_BOX (self->words), self->items);
  self->text = add_words (self, kouan_text_new (NULL), "what-to-do");
  self->source = add_words (self, kouan_small_new (NULL), "soft");
  gtk_widget_set_visible (self->source, FALSE);
}

/**
 * kouan_notice_new:
 * @title: what happened
 * @text: (nullable): what to do, and the other way
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_notice_new (KouanNoticeKind kind, const char *title, const char *text)
{
  GtkAccessibleRole role
    = kind == KOUAN_NOTICE_PROBLEM ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_STATUS;
  KouanNotice *self = g_object_new (KOUAN_TYPE_NOTICE, "accessible-role", role, NULL);

  kouan_notice_set (self, kind, title, text);
  return GTK_WIDGET (self);
}

static void
set_optional (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

void
kouan_notice_set (KouanNotice *self, KouanNoticeKind kind, const char *title, const char *text)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KOUAN_IS_NOTICE (self));
  g_return_if_fail (kind < G_N_ELEMENTS (KINDS));
  g_return_if_fail (title != NULL);

  gtk_widget_remove_css_class (GTK_WIDGET (self), KINDS[self->kind].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), KINDS[kind].css_class);
  self->kind = kind;
  kouan_drawing_set_name (KOUAN_DRAWING (self->icon), KINDS[kind].icon);
  gtk_label_set_label (GTK_LABEL (self->kind_word), _ (KINDS[kind].word));
  gtk_label_set_label (GTK_LABEL (self->title), title);
  set_optional (self->text, text);

  name = g_strdup_printf ("%s: %s", _ (KINDS[kind].word), title);
  kouan_accessible_set_name (GTK_WIDGET (self), name);
  kouan_accessible_set_description (GTK_WIDGET (self), text != NULL ? text : "");
}

/* @source (nullable): the rule that was applied and where it is written */
void
kouan_notice_set_source (KouanNotice *self, const char *source)
{
  g_return_if_fail (KOUAN_IS_NOTICE (self));

  set_optional (self->source, source);
}

/* One more of what the title speaks of; @detail (nullable): what to know of it */
void
kouan_notice_add_item (KouanNotice *self, const char *item, const char *detail)
{
  GtkWidget *row;

  g_return_if_fail (KOUAN_IS_NOTICE (self));
  g_return_if_fail (item != NULL);

  row = kouan_item_new ("•", item);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *first = gtk_widget_get_last_child (row);

      g_object_ref (first);
      gtk_box_remove (GTK_BOX (row), first);
      gtk_box_append (GTK_BOX (words), first);
      g_object_unref (first);
      gtk_box_append (GTK_BOX (words), kouan_small_new (detail));
      gtk_widget_set_hexpand (words, TRUE);
      gtk_box_append (GTK_BOX (row), words);
    }
  gtk_box_append (GTK_BOX (self->items), row);
  gtk_widget_set_visible (self->items, TRUE);
}

/* @button: one of the ways out, under the text */
void
kouan_notice_add_action (KouanNotice *self, GtkWidget *button)
{
  g_return_if_fail (KOUAN_IS_NOTICE (self));
  g_return_if_fail (GTK_IS_BUTTON (button));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "notice-action");
  gtk_box_append (GTK_BOX (self->words), button);
}

KouanNoticeKind
kouan_notice_get_kind (KouanNotice *self)
{
  g_return_val_if_fail (KOUAN_IS_NOTICE (self), KOUAN_NOTICE_INFO);

  return self->kind;
}

const char *
kouan_notice_get_title (KouanNotice *self)
{
  g_return_val_if_fail (KOUAN_IS_NOTICE (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->title));
}

const char *
kouan_notice_kind_icon (KouanNoticeKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), NULL);

  return KINDS[kind].icon;
}

const char *
kouan_notice_kind_class (KouanNoticeKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), NULL);

  return KINDS[kind].css_class;
}
