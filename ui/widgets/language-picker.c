/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/language-picker.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/tiles.h"

/* The choice of a language, for a person who reads none of the others: each shows itself in its own
 * name and in the fonts of its own script, and one press is enough. The present one is marked with
 * a tick. */

#define LANGUAGE_KEY "kouan-language"

struct _KouanLanguagePicker
{
  GtkWidget parent_instance;

  GtkWidget *tiles;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanLanguagePicker, kouan_language_picker, GTK_TYPE_WIDGET)

static void
on_clicked (GtkButton *button, KouanLanguagePicker *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0,
                 g_object_get_data (G_OBJECT (button), LANGUAGE_KEY));
}

static void
kouan_language_picker_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_LANGUAGE_PICKER (object)->tiles, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_language_picker_parent_class)->dispose (object);
}

static void
kouan_language_picker_class_init (KouanLanguagePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_language_picker_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "languagepicker");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kouan_language_picker_init (KouanLanguagePicker *self)
{
  kouan_accessible_set_name (GTK_WIDGET (self), _ ("Language"));
}

static GtkWidget *
button_new (KouanLanguagePicker *self, const KouanLanguage *language)
{
  gboolean present = language == kouan_language_current ();
  GtkWidget *button = kouan_button_new (present ? "check" : NULL, language->own_name);

  gtk_widget_add_css_class (button, language->css_class);
  kouan_button_set_wrap (GTK_BUTTON (button), FALSE); /* fewer columns before a name in two lines */
  if (present)
    gtk_widget_add_css_class (button, "chosen");
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), LANGUAGE_KEY, (gpointer)language);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  return button;
}

/* Returns: (transfer floating): the languages that are offered, in at most @columns
 * columns */
GtkWidget *
kouan_language_picker_new (guint columns)
{
  KouanLanguagePicker *self = g_object_new (KOUAN_TYPE_LANGUAGE_PICKER, NULL);
  guint count;
  const KouanLanguage *const *all = kouan_language_all (&count);

  g_return_val_if_fail (columns > 0, GTK_WIDGET (self));

  self->tiles = kouan_tiles_new (columns);
  gtk_widget_set_parent (self->tiles, GTK_WIDGET (self));
  for (guint i = 0; i < count; i++)
    kouan_tiles_append (KOUAN_TILES (self->tiles), button_new (self, all[i]));
  return GTK_WIDGET (self);
}

/* Returns: (nullable) (transfer none): for tests and the robot */
GtkWidget *
kouan_language_picker_get_button (KouanLanguagePicker *self, const KouanLanguage *language)
{
  g_return_val_if_fail (KOUAN_IS_LANGUAGE_PICKER (self), NULL);

  for (GtkWidget *button = gtk_widget_get_first_child (self->tiles); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_object_get_data (G_OBJECT (button), LANGUAGE_KEY) == language)
      return button;
  return NULL;
}
