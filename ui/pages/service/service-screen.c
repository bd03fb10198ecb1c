/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/service/service-screen.h"

#include "app/language/language.h"
#include "ui/widgets/choice-list.h"

/* For whoever comes without an appointment: what the visit is for. */

struct _KouanServiceScreen
{
  KouanScreen parent_instance;

  GtkBox *choices;
};

G_DEFINE_FINAL_TYPE (KouanServiceScreen, kouan_service_screen, KOUAN_TYPE_SCREEN)

static void
on_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanScreen *screen)
{
  KouanSession *session = kouan_screen_get_session (screen);
  KouanService *service = kouan_catalogue_find (kouan_session_get_catalogue (session), id);
  g_autoptr (KouanTrouble) trouble = NULL;

  if (!kouan_session_take_service (session, kouan_service_get_code (service), &trouble))
    kouan_screen_show_trouble (screen, trouble);
}

static void
kouan_service_screen_constructed (GObject *object)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (object);
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  const char *profile = kouan_station_get_profile (kouan_session_get_station (session));
  g_autoptr (GPtrArray) services
    = kouan_catalogue_for_profile (kouan_session_get_catalogue (session), profile);
  const char *language = kouan_language_current ()->code;
  GtkWidget *list = kouan_choice_list_new (_ ("Services"));

  G_OBJECT_CLASS (kouan_service_screen_parent_class)->constructed (object);

  for (guint i = 0; i < services->len; i++)
    {
      KouanService *service = g_ptr_array_index (services, i);

      kouan_choice_list_add (KOUAN_CHOICE_LIST (list), kouan_service_get_id (service), NULL,
                             kouan_service_get_name (service, language),
                             kouan_service_get_audience (service, language));
    }
  g_signal_connect (list, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (self->choices, list);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("What do you want to apply for?"));
}

static void
kouan_service_screen_class_init (KouanServiceScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_service_screen_constructed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/service/service-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanServiceScreen, choices);
}

static void
kouan_service_screen_init (KouanServiceScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
