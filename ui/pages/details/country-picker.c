/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/details/country-picker.h"

#include "app/identity/country.h"
#include "app/language/language.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/field.h"

#include <string.h>

/* A country by how its name begins, in the visitor's language, in English, or by its code: a few
 * letters are typed, and the few that fit are cards. Nobody scrolls through two hundred. */

#define CARDS_MAX 5

struct _KouanCountryPicker
{
  GtkWidget parent_instance;

  GtkBox *box; /* the only child */
  KouanField *field;
  GtkWidget *list; /* (nullable): the cards that fit what is typed */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanCountryPicker, kouan_country_picker, GTK_TYPE_WIDGET)

static char *
name_of (const KouanCountry *country)
{
  return kouan_language_country (kouan_language_current (), country->name);
}

static gboolean
begins (const char *text, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *start = g_utf8_casefold (typed, -1);

  return g_str_has_prefix (folded, start);
}

/* A state, or what stands in its place in a passport. */
static gboolean
is_offered (const KouanCountry *country)
{
  return country->kind != KOUAN_COUNTRY_ORGANISATION && country->kind != KOUAN_COUNTRY_DEPRECATED;
}

static gboolean
fits (const KouanCountry *country, const char *typed)
{
  g_autofree char *name = name_of (country);

  return is_offered (country)
         && (begins (name, typed) || begins (country->name, typed)
             || begins (country->code, typed));
}

static void
on_chosen (KouanChoiceList *list G_GNUC_UNUSED,
           const char *id G_GNUC_UNUSED,
           KouanCountryPicker *self)
{
  kouan_field_set_problem (self->field, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
clear_cards (KouanCountryPicker *self)
{
  if (self->list != NULL)
    gtk_box_remove (self->box, self->list);
  self->list = NULL;
}

static void
add_card (KouanCountryPicker *self, const KouanCountry *country)
{
  g_autofree char *name = name_of (country);

  kouan_choice_list_add (KOUAN_CHOICE_LIST (self->list), country->code, NULL, name, country->code);
}

static void
begin_cards (KouanCountryPicker *self)
{
  clear_cards (self);
  self->list = kouan_choice_list_new (_ ("Countries that begin so"));
  g_signal_connect (self->list, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (self->box, self->list);
}

static void
on_typed (KouanField *field, KouanCountryPicker *self)
{
  guint count, cards = 0;
  const KouanCountry *countries = kouan_country_all (&count);
  const char *typed = kouan_field_get_text (field);

  clear_cards (self);
  for (guint i = 0; typed != NULL && *typed != '\0' && i < count && cards < CARDS_MAX; i++)
    {
      if (!fits (&countries[i], typed))
        continue;
      if (cards++ == 0)
        begin_cards (self);
      add_card (self, &countries[i]);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: (nullable): of the chosen card */
const char *
kouan_country_picker_get_code (KouanCountryPicker *self)
{
  g_return_val_if_fail (KOUAN_IS_COUNTRY_PICKER (self), NULL);

  return self->list != NULL ? kouan_choice_list_get_selected (KOUAN_CHOICE_LIST (self->list))
                            : NULL;
}

KouanKeyTarget *
kouan_country_picker_get_target (KouanCountryPicker *self)
{
  g_return_val_if_fail (KOUAN_IS_COUNTRY_PICKER (self), NULL);

  return kouan_field_get_target (self->field);
}

/* @problem: (nullable) */
void
kouan_country_picker_set_problem (KouanCountryPicker *self, const char *problem)
{
  g_return_if_fail (KOUAN_IS_COUNTRY_PICKER (self));

  kouan_field_set_problem (self->field, problem);
}

static void
kouan_country_picker_dispose (GObject *object)
{
  KouanCountryPicker *self = KOUAN_COUNTRY_PICKER (object);

  self->list = NULL;
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_country_picker_parent_class)->dispose (object);
}

static void
kouan_country_picker_class_init (KouanCountryPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_country_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_COUNTRY_PICKER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_country_picker_init (KouanCountryPicker *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * kouan_country_picker_new:
 * @label: the question, for a screen reader
 * @code: (nullable): the country so far
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_country_picker_new (const char *label, const char *code)
{
  KouanCountryPicker *self = g_object_new (KOUAN_TYPE_COUNTRY_PICKER, NULL);
  const KouanCountry *country = code != NULL ? kouan_country_find (code) : NULL;

  self->field = KOUAN_FIELD (kouan_field_new (label, KOUAN_TEXT_NAME, 60));
  kouan_field_hide_label (self->field);
  gtk_box_append (self->box, GTK_WIDGET (self->field));
  if (country != NULL)
    {
      begin_cards (self);
      add_card (self, country);
      kouan_choice_list_select (KOUAN_CHOICE_LIST (self->list), code);
    }
  g_signal_connect (self->field, "changed", G_CALLBACK (on_typed), self);
  return GTK_WIDGET (self);
}
