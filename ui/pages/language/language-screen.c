/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/language/language-screen.h"

#include "app/language/language.h"
#include "ui/widgets/language-picker.h"

/* Every language in its own name. One press chooses and goes on; the header's button changes it
 * later. */

struct _KouanLanguageScreen
{
  KouanScreen parent_instance;

  GtkBox *place;
};

G_DEFINE_FINAL_TYPE (KouanLanguageScreen, kouan_language_screen, KOUAN_TYPE_SCREEN)

static void
on_chosen (KouanLanguagePicker *picker G_GNUC_UNUSED, gpointer data, KouanLanguageScreen *self)
{
  const KouanLanguage *language = data;
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));

  kouan_session_set_language (session, language->code);
  kouan_session_send (session, KOUAN_EVENT_NEXT);
}

static void
kouan_language_screen_constructed (GObject *object)
{
  KouanLanguageScreen *self = KOUAN_LANGUAGE_SCREEN (object);
  GtkWidget *picker = kouan_language_picker_new (3);

  G_OBJECT_CLASS (kouan_language_screen_parent_class)->constructed (object);

  g_signal_connect (picker, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (self->place, picker);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Choose your language"));
}

static void
kouan_language_screen_class_init (KouanLanguageScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_language_screen_constructed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/language/language-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanLanguageScreen, place);
}

static void
kouan_language_screen_init (KouanLanguageScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
