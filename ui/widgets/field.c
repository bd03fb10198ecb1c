/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/field.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/text.h"

/* A problem stands between the question and the box, where it is read before the answer is mended,
 * and the box has a thick edge. */

struct _KouanField
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *hint;
  GtkWidget *problem_row;
  GtkWidget *problem;
  GtkWidget *frame;
  KouanTextBox *box;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FOCUSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanField, kouan_field, GTK_TYPE_WIDGET)

static void
on_box_changed (KouanTextBox *box G_GNUC_UNUSED, KouanField *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_box_focused (KouanTextBox *box, KouanField *self)
{
  g_signal_emit (self, signals[SIGNAL_FOCUSED], 0, box);
}

/* The box is smaller than its frame; a press on the frame means the box. */
static void
on_frame_pressed (GtkGestureClick *gesture G_GNUC_UNUSED,
                  int n_press G_GNUC_UNUSED,
                  double x G_GNUC_UNUSED,
                  double y G_GNUC_UNUSED,
                  KouanField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->box));
}

static gboolean
kouan_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KOUAN_FIELD (widget)->box));
}

static void
kouan_field_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_field_parent_class)->dispose (object);
}

static void
kouan_field_class_init (KouanFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_field_dispose;
  widget_class->grab_focus = kouan_field_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUSED]
    = g_signal_new ("focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, KOUAN_TYPE_KEY_TARGET);
  gtk_widget_class_set_css_name (widget_class, "field");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/**
 * kouan_field_problem_new:
 * @text: (out) (transfer none): the label of the words
 *
 * Returns: (transfer floating): a hidden row that says what is wrong with an answer, and is heard
 * as soon as it shows
 */
GtkWidget *
kouan_field_problem_new (GtkWidget **text)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "spacing", 12, NULL);
  GtkWidget *icon = kouan_icon_new ("problem");

  gtk_widget_add_css_class (icon, "plain");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  *text = kouan_small_new (NULL);
  gtk_widget_add_css_class (*text, "strong");
  gtk_widget_add_css_class (row, "field-problem");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), *text);
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
kouan_field_init (KouanField *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGesture *press = gtk_gesture_click_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  self->label = kouan_text_new (NULL);
  gtk_widget_add_css_class (self->label, "strong");
  self->hint = kouan_small_new (NULL);
  gtk_widget_add_css_class (self->hint, "soft");
  gtk_widget_set_visible (self->hint, FALSE);
  self->problem_row = kouan_field_problem_new (&self->problem);
  self->frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->frame, "field-frame");
  g_signal_connect (press, "pressed", G_CALLBACK (on_frame_pressed), self);
  gtk_widget_add_controller (self->frame, GTK_EVENT_CONTROLLER (press));

  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));
  gtk_widget_set_parent (self->problem_row, GTK_WIDGET (self));
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

/* Returns: (transfer floating): an empty field for at most @chars_max characters of @kind */
GtkWidget *
kouan_field_new (const char *label, KouanTextKind kind, guint chars_max)
{
  KouanField *self = g_object_new (KOUAN_TYPE_FIELD, NULL);

  gtk_label_set_label (GTK_LABEL (self->label), label);
  self->box = KOUAN_TEXT_BOX (kouan_text_box_new (kind, chars_max));
  gtk_widget_set_hexpand (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->frame), GTK_WIDGET (self->box));
  kouan_accessible_set_name (GTK_WIDGET (self), label);
  kouan_accessible_set_name (GTK_WIDGET (self->box), label);
  g_signal_connect (self->box, "changed", G_CALLBACK (on_box_changed), self);
  g_signal_connect (self->box, "focused", G_CALLBACK (on_box_focused), self);
  return GTK_WIDGET (self);
}

/* @hint (nullable): where the answer is found, or how it is written */
void
kouan_field_hide_label (KouanField *self)
{
  g_return_if_fail (KOUAN_IS_FIELD (self));

  gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
}

void
kouan_field_set_hint (KouanField *self, const char *hint)
{
  g_return_if_fail (KOUAN_IS_FIELD (self));

  gtk_label_set_label (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint, hint != NULL);
  kouan_accessible_set_description (GTK_WIDGET (self->box), hint != NULL ? hint : "");
}

/* @problem (nullable): what is wrong and what to do; NULL when nothing is */
void
kouan_field_set_problem (KouanField *self, const char *problem)
{
  g_return_if_fail (KOUAN_IS_FIELD (self));

  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_row, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "problem");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_STATE_INVALID,
    problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  kouan_accessible_set_description (GTK_WIDGET (self->box),
                                    problem != NULL ? problem
                                                    : gtk_label_get_label (GTK_LABEL (self->hint)));
}

/* For a PIN: shows dots. */
void
kouan_field_set_masked (KouanField *self, gboolean masked)
{
  g_return_if_fail (KOUAN_IS_FIELD (self));

  kouan_text_box_set_masked (self->box, masked);
}

/* Returns: (transfer none): valid until the next change */
const char *
kouan_field_get_text (KouanField *self)
{
  g_return_val_if_fail (KOUAN_IS_FIELD (self), NULL);

  return kouan_text_box_get_text (self->box);
}

void
kouan_field_set_text (KouanField *self, const char *text)
{
  g_return_if_fail (KOUAN_IS_FIELD (self));

  kouan_text_box_set_text (self->box, text);
}

KouanKeyTarget *
kouan_field_get_target (KouanField *self)
{
  g_return_val_if_fail (KOUAN_IS_FIELD (self), NULL);

  return KOUAN_KEY_TARGET (self->box);
}
