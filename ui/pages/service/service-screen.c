/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/service/service-screen.h"

#include "app/language/language.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

#include <string.h>

/* For whoever comes without an appointment: what the visit is for. A hall with many services asks
 * for the topic first, so that nobody reads through a page of cards. What is only told and cannot
 * be applied for here opens as a text, with its rules and who to go to. */

#define FEW 6 /* services that stand on one page without topics */
#define TOPIC "topic:"
#define NO_BREAK_SPACE "\u00A0" /* no line begins with the dot between two names */

struct _KouanServiceScreen
{
  KouanScreen parent_instance;

  GtkBox *choices;
  GPtrArray *services; /* of KouanService: what this hall offers */
  char *topic;         /* (nullable): the one that is open, in English, whoever reads */
  char *reading;       /* (nullable): id of the service whose text is open */
};

G_DEFINE_FINAL_TYPE (KouanServiceScreen, kouan_service_screen, KOUAN_TYPE_SCREEN)

static void show_list (KouanServiceScreen *self);

static const char *
language (void)
{
  return kouan_language_current ()->code;
}

static KouanSession *
session_of (KouanServiceScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

static void
clear (KouanServiceScreen *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  kouan_screen_show_trouble (KOUAN_SCREEN (self), NULL);
}

/* What it is, and each rule with its source: nothing of it is applied for here. */
static void
show_information (KouanServiceScreen *self, KouanService *service)
{
  GPtrArray *rules = kouan_service_get_rules (service);
  const char *hall
    = kouan_station_get_hall_language (kouan_session_get_station (session_of (self)));
  KouanContext context;

  clear (self);
  g_free (self->reading);
  self->reading = g_strdup (kouan_service_get_id (service));
  kouan_session_get_context (session_of (self), &context);
  gtk_box_append (self->choices, kouan_notice_new (
                                   KOUAN_NOTICE_INFO, kouan_service_get_name (service, language ()),
                                   kouan_service_get_description (service, language ())));
  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *text = kouan_rule_format (rules->pdata[i], &context.today, language ());

      gtk_box_append (self->choices, kouan_text_new (text));
    }
  kouan_screen_set_title_text (KOUAN_SCREEN (self), kouan_service_get_name (service, language ()),
                               kouan_service_get_name (service, hall));
}

static void
on_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanServiceScreen *self)
{
  KouanService *service;
  g_autoptr (KouanTrouble) trouble = NULL;

  if (g_str_has_prefix (id, TOPIC))
    {
      g_free (self->topic);
      self->topic = g_strdup (id + strlen (TOPIC));
      show_list (self);
      return;
    }
  service = kouan_catalogue_find (kouan_session_get_catalogue (session_of (self)), id);
  if (kouan_service_is_information (service))
    show_information (self, service);
  else if (!kouan_session_take_service (session_of (self), kouan_service_get_code (service),
                                        &trouble))
    kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
}

/* A topic is known by its English words, so that it stays open when the language changes. */
static const char *
topic_of (KouanService *service)
{
  const char *topic = kouan_service_get_topic (service, "en");

  return topic != NULL ? topic : "";
}

/* The topics, each once, with what they hold. */
static void
add_topics (KouanServiceScreen *self, KouanChoiceList *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->services->len; i++)
    {
      KouanService *service = self->services->pdata[i];
      const char *topic = topic_of (service);
      g_autofree char *id = g_strconcat (TOPIC, topic, NULL);
      g_autoptr (GString) names = g_string_new (NULL);
      const char *title;

      if (!g_hash_table_add (seen, (gpointer)topic))
        continue;
      for (guint j = i; j < self->services->len; j++)
        if (g_str_equal (topic_of (self->services->pdata[j]), topic))
          g_string_append_printf (names, "%s%s", names->len > 0 ? NO_BREAK_SPACE "· " : "",
                                  kouan_service_get_name (self->services->pdata[j], language ()));
      title = *topic != '\0' ? kouan_service_get_topic (service, language ()) : _ ("Other");
      kouan_choice_list_add (list, id, NULL, title,
                             g_str_equal (names->str, title) ? NULL : names->str);
    }
}

static void
add_service (KouanChoiceList *list, KouanService *service)
{
  kouan_choice_list_add (list, kouan_service_get_id (service), NULL,
                         kouan_service_get_name (service, language ()),
                         kouan_service_get_audience (service, language ()));
}

/* What the others of the group have handed in for stands first, whatever topic it is under. */
static KouanService *
add_service_of_group (KouanServiceScreen *self, KouanChoiceList *list)
{
  KouanSession *session = session_of (self);
  KouanService *service = kouan_catalogue_find_by_code (kouan_session_get_catalogue (session),
                                                        kouan_session_get_group_service (session));

  if (service != NULL && self->topic == NULL)
    add_service (list, service);
  return service;
}

static void
show_list (KouanServiceScreen *self)
{
  GtkWidget *list = kouan_choice_list_new (_ ("Services"));
  KouanService *first;

  clear (self);
  g_clear_pointer (&self->reading, g_free);
  first = add_service_of_group (self, KOUAN_CHOICE_LIST (list));
  if (self->services->len > FEW && self->topic == NULL)
    add_topics (self, KOUAN_CHOICE_LIST (list));
  else
    for (guint i = 0; i < self->services->len; i++)
      {
        KouanService *service = self->services->pdata[i];

        if (self->topic != NULL ? g_str_equal (topic_of (service), self->topic) : service != first)
          add_service (KOUAN_CHOICE_LIST (list), service);
      }
  g_signal_connect (list, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (self->choices, list);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("What do you want to apply for?"));
}

/* From a text to its list, and from a topic to the topics, before the page is left. */
static gboolean
kouan_service_screen_back (KouanScreen *screen)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (screen);

  if (self->reading == NULL && self->topic == NULL)
    return FALSE;
  if (self->reading == NULL)
    g_clear_pointer (&self->topic, g_free);
  show_list (self);
  return TRUE;
}

static GVariant *
kouan_service_screen_stash (KouanScreen *screen)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (screen);

  return g_variant_new ("(ss)", self->topic != NULL ? self->topic : "",
                        self->reading != NULL ? self->reading : "");
}

static void
kouan_service_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (screen);
  const char *topic, *reading;
  KouanService *service;

  g_variant_get (stash, "(&s&s)", &topic, &reading);
  g_free (self->topic);
  self->topic = *topic != '\0' ? g_strdup (topic) : NULL;
  show_list (self);
  service = kouan_catalogue_find (kouan_session_get_catalogue (session_of (self)), reading);
  if (service != NULL)
    show_information (self, service);
}

static void
kouan_service_screen_constructed (GObject *object)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (object);
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  const char *profile = kouan_station_get_profile (kouan_session_get_station (session));

  G_OBJECT_CLASS (kouan_service_screen_parent_class)->constructed (object);

  self->services = kouan_catalogue_for_profile (kouan_session_get_catalogue (session), profile);
  show_list (self);
}

static void
kouan_service_screen_finalize (GObject *object)
{
  KouanServiceScreen *self = KOUAN_SERVICE_SCREEN (object);

  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_free (self->topic);
  g_free (self->reading);
  G_OBJECT_CLASS (kouan_service_screen_parent_class)->finalize (object);
}

static void
kouan_service_screen_class_init (KouanServiceScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_service_screen_constructed;
  G_OBJECT_CLASS (klass)->finalize = kouan_service_screen_finalize;
  KOUAN_SCREEN_CLASS (klass)->back = kouan_service_screen_back;
  KOUAN_SCREEN_CLASS (klass)->stash = kouan_service_screen_stash;
  KOUAN_SCREEN_CLASS (klass)->unstash = kouan_service_screen_unstash;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/service/service-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanServiceScreen, choices);
}

static void
kouan_service_screen_init (KouanServiceScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
