/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/details/question-editor.h"

#include "app/clock/date.h"
#include "app/language/language.h"
#include "ui/pages/details/country-picker.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/date-field.h"
#include "ui/widgets/field.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/notice.h"

/* From the kind of a question to the widgets that answer it. Values are the catalogue's: the id of
 * a choice, "yes" or "no", an ISO date, a text. */

struct _KouanQuestionEditor
{
  GtkWidget parent_instance;

  KouanQuestion *question;     /* the catalogue's */
  GtkBox *box;                 /* the only child */
  KouanChoiceList *choices;    /* (nullable), one of these four */
  KouanDateField *date;        /* (nullable) */
  KouanField *field;           /* (nullable) */
  KouanCountryPicker *country; /* (nullable) */
  GtkWidget *keyboard;         /* (nullable): shown in the frame's dock */
  GtkWidget *notice;           /* (nullable): above cards */
  char *date_text;             /* (nullable): what the last get_value answered for a date */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanQuestionEditor, kouan_question_editor, GTK_TYPE_WIDGET)

static const char *
language (void)
{
  return kouan_language_current ()->code;
}

static void
on_changed (GtkWidget *widget G_GNUC_UNUSED, KouanQuestionEditor *self)
{
  kouan_question_editor_set_problem (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_chosen (KouanChoiceList *list, const char *id G_GNUC_UNUSED, KouanQuestionEditor *self)
{
  on_changed (GTK_WIDGET (list), self);
}

static void
add_choices (KouanQuestionEditor *self, const char *value)
{
  GPtrArray *choices = kouan_question_get_choices (self->question);
  GtkWidget *list = kouan_choice_list_new (kouan_question_get_label (self->question, language ()));

  self->choices = KOUAN_CHOICE_LIST (list);
  if (kouan_question_get_kind (self->question) == KOUAN_QUESTION_YES_NO)
    {
      kouan_choice_list_add (self->choices, "yes", NULL, _ ("Yes"), NULL);
      kouan_choice_list_add (self->choices, "no", NULL, _ ("No"), NULL);
    }
  else
    for (guint i = 0; i < choices->len; i++)
      {
        KouanChoice *choice = g_ptr_array_index (choices, i);

        kouan_choice_list_add (self->choices, kouan_choice_get_id (choice), NULL,
                               kouan_choice_get_label (choice, language ()), NULL);
      }
  if (value != NULL)
    kouan_choice_list_select (self->choices, value);
  g_signal_connect (list, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (self->box, list);
}

/* A date has three boxes, and the keyboard types into the one that was touched. */
static void
on_focused (GtkWidget *widget G_GNUC_UNUSED, KouanKeyTarget *target, KouanQuestionEditor *self)
{
  kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard), target);
}

static void
add_date (KouanQuestionEditor *self, const char *value)
{
  GtkWidget *date = kouan_date_field_new (kouan_question_get_label (self->question, language ()));
  GDate day;

  self->date = KOUAN_DATE_FIELD (date);
  kouan_date_field_hide_label (self->date);
  if (value != NULL && kouan_date_parse (value, &day))
    kouan_date_field_set_date (self->date, g_date_get_year (&day), g_date_get_month (&day),
                               g_date_get_day (&day));
  self->keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_DIGITS));
  kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard),
                             kouan_date_field_get_target (self->date));
  g_signal_connect (date, "focused", G_CALLBACK (on_focused), self);
  g_signal_connect (date, "changed", G_CALLBACK (on_changed), self);
  gtk_box_append (self->box, date);
}

/* (nullable) (transfer full): an address that came in lines is one line here, and no number of one
 * line runs into that of the next */
static char *
in_one_line (const char *value)
{
  g_auto (GStrv) lines = value != NULL ? g_strsplit (value, "\n", -1) : NULL;

  return lines != NULL ? g_strjoinv (", ", lines) : NULL;
}

static KouanTextKind
text_kind (KouanQuestion *question)
{
  if (kouan_question_get_kind (question) == KOUAN_QUESTION_NUMBER)
    return KOUAN_TEXT_DIGITS;
  if (kouan_question_get_kind (question) == KOUAN_QUESTION_ADDRESS)
    return KOUAN_TEXT_ADDRESS;
  switch (kouan_question_get_pattern (question))
    {
    case KOUAN_PATTERN_NAME:
      return KOUAN_TEXT_NAME;
    case KOUAN_PATTERN_DIGITS:
      return KOUAN_TEXT_DIGITS;
    case KOUAN_PATTERN_LETTERS_DIGITS:
    case KOUAN_PATTERN_CREDIT_CODE:
      return KOUAN_TEXT_NUMBER;
    case KOUAN_PATTERN_PHONE:
      return KOUAN_TEXT_PHONE;
    case KOUAN_PATTERN_EMAIL:
      return KOUAN_TEXT_EMAIL;
    case KOUAN_PATTERN_ANY:
      break;
    }
  return KOUAN_TEXT_ANY;
}

static KouanKeyboardMode
keyboard_mode (KouanTextKind kind)
{
  switch (kind)
    {
    case KOUAN_TEXT_DIGITS:
      return KOUAN_KEYBOARD_DIGITS;
    case KOUAN_TEXT_PHONE:
      return KOUAN_KEYBOARD_PHONE;
    case KOUAN_TEXT_NUMBER:
    case KOUAN_TEXT_EMAIL:
      return KOUAN_KEYBOARD_LATIN;
    case KOUAN_TEXT_ANY:
    case KOUAN_TEXT_NAME:
    case KOUAN_TEXT_ADDRESS:
    default:
      return KOUAN_KEYBOARD_TEXT;
    }
}

static void
add_field (KouanQuestionEditor *self, const char *value)
{
  KouanTextKind kind = text_kind (self->question);
  g_autofree char *text = in_one_line (value);
  GtkWidget *field = kouan_field_new (kouan_question_get_label (self->question, language ()), kind,
                                      kouan_question_get_max_length (self->question));

  self->field = KOUAN_FIELD (field);
  kouan_field_hide_label (self->field);
  if (text != NULL)
    kouan_field_set_text (self->field, text);
  self->keyboard = g_object_ref_sink (kouan_keyboard_new (keyboard_mode (kind)));
  kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard), kouan_field_get_target (self->field));
  g_signal_connect (field, "changed", G_CALLBACK (on_changed), self);
  gtk_box_append (self->box, field);
}

static void
add_country (KouanQuestionEditor *self, const char *value)
{
  GtkWidget *picker
    = kouan_country_picker_new (kouan_question_get_label (self->question, language ()), value);

  self->country = KOUAN_COUNTRY_PICKER (picker);
  self->keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_TEXT));
  kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard),
                             kouan_country_picker_get_target (self->country));
  g_signal_connect (picker, "changed", G_CALLBACK (on_changed), self);
  gtk_box_append (self->box, picker);
}

/* What is in the boxes, even if no calendar has it, so that the catalogue can say what is wrong. */
static const char *
date_value (KouanQuestionEditor *self)
{
  int year, month, day;

  if (kouan_date_field_is_empty (self->date))
    return NULL;
  if (!kouan_date_field_get_date (self->date, &year, &month, &day))
    return "?";
  g_free (self->date_text);
  self->date_text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return self->date_text;
}

/* Returns: (nullable): NULL where nothing is answered */
const char *
kouan_question_editor_get_value (KouanQuestionEditor *self)
{
  const char *value;

  g_return_val_if_fail (KOUAN_IS_QUESTION_EDITOR (self), NULL);

  if (self->choices != NULL)
    return kouan_choice_list_get_selected (self->choices);
  if (self->country != NULL)
    return kouan_country_picker_get_code (self->country);
  value = self->date != NULL ? date_value (self) : kouan_field_get_text (self->field);
  return value != NULL && value[0] != '\0' ? value : NULL;
}

/* Returns: (transfer none) (nullable): NULL where nothing is typed */
GtkWidget *
kouan_question_editor_get_keyboard (KouanQuestionEditor *self)
{
  g_return_val_if_fail (KOUAN_IS_QUESTION_EDITOR (self), NULL);

  return self->keyboard;
}

/* @problem: (nullable): what to do; NULL takes it away */
void
kouan_question_editor_set_problem (KouanQuestionEditor *self, const char *problem)
{
  g_return_if_fail (KOUAN_IS_QUESTION_EDITOR (self));

  if (self->field != NULL)
    kouan_field_set_problem (self->field, problem);
  else if (self->date != NULL)
    kouan_date_field_set_problem (self->date, problem);
  else if (self->country != NULL)
    kouan_country_picker_set_problem (self->country, problem);
  if (self->choices == NULL)
    return;
  if (self->notice != NULL)
    gtk_box_remove (self->box, self->notice);
  self->notice = NULL;
  if (problem == NULL)
    return;
  self->notice = kouan_notice_new (KOUAN_NOTICE_PROBLEM, _ ("Choose one"), problem);
  gtk_box_prepend (self->box, self->notice);
}

static void
kouan_question_editor_dispose (GObject *object)
{
  KouanQuestionEditor *self = KOUAN_QUESTION_EDITOR (object);

  g_clear_object (&self->keyboard);
  g_clear_pointer (&self->date_text, g_free);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_question_editor_parent_class)->dispose (object);
}

static void
kouan_question_editor_class_init (KouanQuestionEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_question_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_QUESTION_EDITOR, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_question_editor_init (KouanQuestionEditor *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * kouan_question_editor_new:
 * @value: (nullable): the answer so far
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_question_editor_new (KouanQuestion *question, const char *value)
{
  KouanQuestionEditor *self = g_object_new (KOUAN_TYPE_QUESTION_EDITOR, NULL);

  self->question = question;
  switch (kouan_question_get_kind (question))
    {
    case KOUAN_QUESTION_CHOICE:
    case KOUAN_QUESTION_YES_NO:
      add_choices (self, value);
      break;
    case KOUAN_QUESTION_DATE:
      add_date (self, value);
      break;
    case KOUAN_QUESTION_COUNTRY:
      add_country (self, value);
      break;
    case KOUAN_QUESTION_TEXT:
    case KOUAN_QUESTION_NUMBER:
    case KOUAN_QUESTION_ADDRESS:
      add_field (self, value);
      break;
    }
  return GTK_WIDGET (self);
}
