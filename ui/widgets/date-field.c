/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/date-field.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/text-box.h"
#include "ui/widgets/text.h"

#include <stdlib.h>

/* Nobody has to guess whether 3/5 is in March or in May: each part has its word above it, they
 * stand in the order of the language, and as soon as they make a day it is written out below. A
 * full box hands on to the next; deleting in an empty one goes back. The year has four digits. */

enum
{
  DAY,
  MONTH,
  YEAR,
  N_PARTS,
};

static const struct
{
  const char *name;
  guint digits;
} PARTS[N_PARTS] = {
  [DAY] = { N_ ("Day"), 2 },
  [MONTH] = { N_ ("Month"), 2 },
  [YEAR] = { N_ ("Year"), 4 },
};

struct _KouanDateField
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *hint;
  GtkWidget *problem_row;
  GtkWidget *problem;
  GtkWidget *parts;
  GtkWidget *in_words;
  KouanTextBox *boxes[N_PARTS];
  guint order[N_PARTS]; /* which part stands where */
  guint current;        /* a place, not a part */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FOCUSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void key_target_iface_init (KouanKeyTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanDateField,
                               kouan_date_field,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_KEY_TARGET, key_target_iface_init))

static KouanTextBox *
current_box (KouanDateField *self)
{
  return self->boxes[self->order[self->current]];
}

static gboolean
is_full (KouanTextBox *box)
{
  return kouan_text_box_get_length (box) == kouan_text_box_get_chars_max (box);
}

static gboolean
kouan_date_field_insert (KouanKeyTarget *target, const char *text)
{
  KouanDateField *self = KOUAN_DATE_FIELD (target);
  gboolean taken = kouan_key_target_insert (KOUAN_KEY_TARGET (current_box (self)), text);

  if (taken && is_full (current_box (self)) && self->current + 1 < N_PARTS)
    gtk_widget_grab_focus (GTK_WIDGET (self->boxes[self->order[self->current + 1]]));
  return taken;
}

static gboolean
kouan_date_field_press (KouanKeyTarget *target, KouanKey key)
{
  KouanDateField *self = KOUAN_DATE_FIELD (target);

  if (key == KOUAN_KEY_ERASE && kouan_text_box_get_length (current_box (self)) == 0
      && self->current > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->boxes[self->order[self->current - 1]]));
  return kouan_key_target_press (KOUAN_KEY_TARGET (current_box (self)), key);
}

static void
kouan_date_field_caret_area (KouanKeyTarget *target, graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (target);

  *area = GRAPHENE_RECT_INIT (0, 0, 1, (float)gtk_widget_get_height (widget));
}

static char *
kouan_date_field_dup_text (KouanKeyTarget *target)
{
  return kouan_key_target_get_text (KOUAN_KEY_TARGET (current_box (KOUAN_DATE_FIELD (target))));
}

static void
key_target_iface_init (KouanKeyTargetInterface *iface)
{
  iface->caret_area = kouan_date_field_caret_area;
  iface->get_text = kouan_date_field_dup_text;
  iface->insert = kouan_date_field_insert;
  iface->press = kouan_date_field_press;
}

static gboolean
all_full (KouanDateField *self)
{
  return kouan_text_box_get_length (self->boxes[DAY]) > 0
         && kouan_text_box_get_length (self->boxes[MONTH]) > 0 && is_full (self->boxes[YEAR]);
}

static void
update_words (KouanDateField *self)
{
  g_autofree char *words = NULL;
  int year;
  int month;
  int day;

  if (kouan_date_field_get_date (self, &year, &month, &day))
    words = kouan_language_date (kouan_language_current (), year, month, day);
  else if (all_full (self))
    words = g_strdup (_ ("There is no such day. Check the day and the month."));
  gtk_label_set_label (GTK_LABEL (self->in_words), words != NULL ? words : " ");
}

static void
on_box_changed (KouanTextBox *box G_GNUC_UNUSED, KouanDateField *self)
{
  update_words (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_box_focused (KouanTextBox *box, KouanDateField *self)
{
  for (guint place = 0; place < N_PARTS; place++)
    if (self->boxes[self->order[place]] == box)
      self->current = place;
  g_signal_emit (self, signals[SIGNAL_FOCUSED], 0, self);
}

static void
on_frame_pressed (GtkGestureClick *gesture G_GNUC_UNUSED,
                  int n_press G_GNUC_UNUSED,
                  double x G_GNUC_UNUSED,
                  double y G_GNUC_UNUSED,
                  GtkWidget *box)
{
  gtk_widget_grab_focus (box);
}

static gboolean
kouan_date_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (current_box (KOUAN_DATE_FIELD (widget))));
}

static void
kouan_date_field_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_date_field_parent_class)->dispose (object);
}

static void
kouan_date_field_class_init (KouanDateFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_date_field_dispose;
  widget_class->grab_focus = kouan_date_field_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUSED]
    = g_signal_new ("focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, KOUAN_TYPE_KEY_TARGET);
  gtk_widget_class_set_css_name (widget_class, "field");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
choose_order (KouanDateField *self)
{
  static const char *const year_first[] = { "zh-Hans", "zh-Hant", "ja", "ko", NULL };
  gboolean year = g_strv_contains (year_first, kouan_language_current ()->code);

  self->order[0] = year ? YEAR : DAY;
  self->order[1] = MONTH;
  self->order[2] = year ? DAY : YEAR;
}

static void
add_part (KouanDateField *self, guint part)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *word = kouan_small_new (_ (PARTS[part].name));
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *box = kouan_text_box_new (KOUAN_TEXT_DIGITS, PARTS[part].digits);
  GtkGesture *press = gtk_gesture_click_new ();

  self->boxes[part] = KOUAN_TEXT_BOX (box);
  kouan_accessible_set_name (box, _ (PARTS[part].name));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (frame, "field-frame");
  gtk_widget_add_css_class (frame, part == YEAR ? "four-digits" : "two-digits");
  gtk_box_append (GTK_BOX (frame), box);
  gtk_box_append (GTK_BOX (column), word);
  gtk_box_append (GTK_BOX (column), frame);
  gtk_box_append (GTK_BOX (self->parts), column);

  g_signal_connect (press, "pressed", G_CALLBACK (on_frame_pressed), box);
  gtk_widget_add_controller (frame, GTK_EVENT_CONTROLLER (press));
  g_signal_connect (box, "changed", G_CALLBACK (on_box_changed), self);
  g_signal_connect (box, "focused", G_CALLBACK (on_box_focused), self);
}

static void
kouan_date_field_init (KouanDateField *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  self->label = kouan_text_new (NULL);
  gtk_widget_add_css_class (self->label, "strong");
  self->hint = kouan_small_new (NULL);
  gtk_widget_add_css_class (self->hint, "soft");
  gtk_widget_set_visible (self->hint, FALSE);
  self->problem_row = kouan_field_problem_new (&self->problem);
  self->parts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  self->in_words = kouan_text_new (" ");

  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));
  gtk_widget_set_parent (self->problem_row, GTK_WIDGET (self));
  gtk_widget_set_parent (self->parts, GTK_WIDGET (self));
  gtk_widget_set_parent (self->in_words, GTK_WIDGET (self));
  choose_order (self);
  for (guint place = 0; place < N_PARTS; place++)
    add_part (self, self->order[place]);
}

/* Returns: (transfer floating): an empty date */
GtkWidget *
kouan_date_field_new (const char *label)
{
  KouanDateField *self = g_object_new (KOUAN_TYPE_DATE_FIELD, NULL);

  gtk_label_set_label (GTK_LABEL (self->label), label);
  kouan_accessible_set_name (GTK_WIDGET (self), label);
  return GTK_WIDGET (self);
}

/* @hint (nullable): where the date is found */
void
kouan_date_field_hide_label (KouanDateField *self)
{
  g_return_if_fail (KOUAN_IS_DATE_FIELD (self));

  gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
}

void
kouan_date_field_set_hint (KouanDateField *self, const char *hint)
{
  g_return_if_fail (KOUAN_IS_DATE_FIELD (self));

  gtk_label_set_label (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint, hint != NULL);
}

/* @problem (nullable): what is wrong and what to do */
void
kouan_date_field_set_problem (KouanDateField *self, const char *problem)
{
  g_return_if_fail (KOUAN_IS_DATE_FIELD (self));

  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_row, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "problem");
  kouan_accessible_set_description (GTK_WIDGET (self), problem != NULL ? problem : "");
}

gboolean
kouan_date_field_is_empty (KouanDateField *self)
{
  g_return_val_if_fail (KOUAN_IS_DATE_FIELD (self), TRUE);

  for (guint part = 0; part < N_PARTS; part++)
    if (kouan_text_box_get_length (self->boxes[part]) > 0)
      return FALSE;
  return TRUE;
}

/* Returns: FALSE unless the three parts make a day of the calendar; then nothing is set */
gboolean
kouan_date_field_get_date (KouanDateField *self, int *year, int *month, int *day)
{
  int parts[N_PARTS];

  g_return_val_if_fail (KOUAN_IS_DATE_FIELD (self), FALSE);

  for (guint part = 0; part < N_PARTS; part++)
    parts[part] = atoi (kouan_text_box_get_text (self->boxes[part]));
  if (!is_full (self->boxes[YEAR]) || parts[YEAR] < 1
      || !g_date_valid_dmy ((GDateDay)parts[DAY], parts[MONTH], (GDateYear)parts[YEAR]))
    return FALSE;

  *year = parts[YEAR];
  *month = parts[MONTH];
  *day = parts[DAY];
  return TRUE;
}

void
kouan_date_field_set_date (KouanDateField *self, int year, int month, int day)
{
  g_autofree char *year_text = g_strdup_printf ("%04d", year);
  g_autofree char *month_text = g_strdup_printf ("%02d", month);
  g_autofree char *day_text = g_strdup_printf ("%02d", day);

  g_return_if_fail (KOUAN_IS_DATE_FIELD (self));

  kouan_text_box_set_text (self->boxes[YEAR], year_text);
  kouan_text_box_set_text (self->boxes[MONTH], month_text);
  kouan_text_box_set_text (self->boxes[DAY], day_text);
}

KouanKeyTarget *
kouan_date_field_get_target (KouanDateField *self)
{
  g_return_val_if_fail (KOUAN_IS_DATE_FIELD (self), NULL);

  return KOUAN_KEY_TARGET (self);
}
