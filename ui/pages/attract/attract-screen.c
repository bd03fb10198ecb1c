/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/attract/attract-screen.h"

#include "app/language/language.h"
#include "app/session/flow.h"
#include "app/staff/serving.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tiles.h"

/* What a person sees from three metres: a greeting in every language, what to have ready, what can
 * be done here. It says everything twice, in the hall's language and in English, because nobody has
 * chosen yet; a press on one's own greeting chooses, and the visit begins in it. */

struct _KouanAttractScreen
{
  KouanScreen parent_instance;

  GtkBox *welcome;
  GtkBox *hero;
  KouanTiles *greetings;
  GtkBox *ready;
  GtkBox *services;
  GtkBox *standard;
};

G_DEFINE_FINAL_TYPE (KouanAttractScreen, kouan_attract_screen, KOUAN_TYPE_SCREEN)

#define LANGUAGE_KEY "kouan-language"
#define DRAWING_HEIGHT 96 /* beside two lines of the largest words of the page */

static const struct
{
  const char *icon;
  const char *text;
} things_to_have[] = {
  { "code", N_ ("Your appointment code, on paper or on your phone") },
  { "passport", N_ ("Your passport") },
  { "document", N_ ("Your papers, on paper or on a USB stick") }, /* the last: see add_ready */
};

static const KouanLanguage *
hall_language (KouanScreen *screen)
{
  KouanStation *station = kouan_session_get_station (kouan_screen_get_session (screen));
  const KouanLanguage *language = kouan_language_find (kouan_station_get_hall_language (station));

  return language != NULL ? language : kouan_language_find ("en");
}

/* "你的护照\nYour passport" */
static char *
both (KouanScreen *screen, const char *msgid)
{
  g_autofree char *hall = kouan_language_text_in (hall_language (screen), msgid);
  g_autofree char *english = kouan_language_text_in (kouan_language_find ("en"), msgid);

  return g_str_equal (hall, english) ? g_strdup (hall) : g_strconcat (hall, "\n", english, NULL);
}

/* "准备好 Have ready" */
static char *
both_in_a_line (KouanScreen *screen, const char *msgid)
{
  return g_strdelimit (both (screen, msgid), "\n", ' ');
}

/* (transfer full): the same, each part for the voice of its language */
static KouanUtterance *
both_spoken (const KouanLanguage *hall, const char *own, const char *english)
{
  KouanUtterance *words = kouan_utterance_new ();

  kouan_utterance_add (words, hall->code, own);
  if (!g_str_equal (own, english))
    kouan_utterance_add (words, "en", english);
  return words;
}

/* (transfer full) */
static KouanUtterance *
both_of (KouanScreen *screen, const char *msgid)
{
  g_autofree char *hall = kouan_language_text_in (hall_language (screen), msgid);
  g_autofree char *english = kouan_language_text_in (kouan_language_find ("en"), msgid);

  return both_spoken (hall_language (screen), hall, english);
}

/* @label: (transfer none): shows @msgid in both languages
 *
 * Returns: (transfer none): @label */
static GtkWidget *
speak_both (KouanScreen *screen, GtkWidget *label, const char *msgid)
{
  g_autoptr (KouanUtterance) words = both_of (screen, msgid);

  kouan_accessible_set_words (label, words);
  return label;
}

/* Before the disk is open nothing is known, and the kiosk greets. */
static void
load_serving (KouanAttractScreen *self, KouanServing *serving)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));

  *serving = (KouanServing){ 0 };
  if (gate != NULL)
    kouan_serving_load (kouan_staff_gate_get_database (gate),
                        kouan_clock_wall_s (kouan_staff_gate_get_clock (gate)), serving);
}

/* Seen across the hall until somebody comes. */
static void
add_call (KouanAttractScreen *self, gint64 called_s)
{
  g_autofree char *title = both (KOUAN_SCREEN (self), N_ ("Help is wanted here"));
  g_autofree char *time = kouan_language_time (hall_language (KOUAN_SCREEN (self)), called_s);
  GtkWidget *notice;

  g_strdelimit (title, "\n", ' ');
  notice = kouan_notice_new (KOUAN_NOTICE_WARNING, title, time);
  gtk_box_prepend (self->welcome, notice);
}

/* Why nobody can start, in every language. */
static void
add_closed (KouanAttractScreen *self, const KouanServing *serving)
{
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  gtk_widget_add_css_class (box, "closed");
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = kouan_serving_text (serving, languages[i]);
      GtkWidget *label;

      /* What is not translated yet stands there in English once. */
      if (!g_hash_table_add (shown, g_strdup (text)))
        continue;
      label = kouan_text_new (text);
      gtk_widget_add_css_class (label, "strong");
      gtk_widget_add_css_class (label, languages[i]->css_class);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (self->welcome, box);
  gtk_widget_set_visible (GTK_WIDGET (self->hero), FALSE);
}

static void
on_greeting_clicked (GtkButton *button, KouanScreen *screen)
{
  const KouanLanguage *language = g_object_get_data (G_OBJECT (button), LANGUAGE_KEY);
  g_autoptr (KouanSession) session = g_object_ref (kouan_screen_get_session (screen));

  if (!kouan_session_send (session, KOUAN_EVENT_START))
    return;
  kouan_session_set_language (session, language->code);
  kouan_session_send (session, KOUAN_EVENT_NEXT);
}

/* The greeting, and under it the language's own name. */
static GtkWidget *
greeting_new (KouanAttractScreen *self, const KouanLanguage *language)
{
  g_autofree char *text = kouan_language_text_in (language, N_ ("Welcome"));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *greeting = gtk_label_new (text);
  GtkWidget *name = gtk_label_new (language->own_name);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", text, language->own_name);

  gtk_label_set_wrap (GTK_LABEL (greeting), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (greeting), PANGO_WRAP_WORD);
  gtk_label_set_justify (GTK_LABEL (greeting), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (greeting, "strong");
  gtk_widget_add_css_class (name, "small");
  gtk_widget_add_css_class (name, "soft");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), greeting);
  gtk_box_append (GTK_BOX (words), name);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_add_css_class (button, "greeting");
  gtk_widget_add_css_class (button, language->css_class);
  kouan_accessible_set_name (button, spoken);
  g_object_set_data (G_OBJECT (button), LANGUAGE_KEY, (gpointer)language);
  g_signal_connect (button, "clicked", G_CALLBACK (on_greeting_clicked), self);
  return button;
}

/* @first_picture: without the greetings, whose twelve scripts are eight fonts to open */
static void
add_greetings (KouanAttractScreen *self, gboolean first_picture)
{
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);
  GtkWidget *drawing = kouan_illustration_new ("arrive", DRAWING_HEIGHT);
  const char *begin = N_ ("Press your language to begin");
  g_autofree char *text = both (KOUAN_SCREEN (self), begin);
  GtkWidget *label = kouan_subheading_new (text);

  speak_both (KOUAN_SCREEN (self), label, begin);
  gtk_widget_add_css_class (drawing, "plain");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (self->hero, drawing);
  gtk_box_append (self->hero, label);
  for (guint i = 0; i < count && !first_picture; i++)
    kouan_tiles_append (self->greetings, greeting_new (self, languages[i]));
}

static GtkWidget *
row_new (const char *icon, GtkWidget *words)
{
  GtkWidget *row = kouan_row_new (24, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), kouan_icon_new (icon));
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

/* The hall's words, and English under them where that is another language. */
static GtkWidget *
words_new (const char *hall, const char *english)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = kouan_text_new (hall);

  gtk_widget_add_css_class (first, "strong");
  gtk_box_append (GTK_BOX (words), first);
  if (!g_str_equal (hall, english))
    {
      GtkWidget *second = kouan_text_new (english);

      kouan_accessible_set_language (second, "en");
      gtk_box_append (GTK_BOX (words), second);
    }
  return words;
}

static void
add_heading (KouanAttractScreen *self, GtkBox *box, const char *msgid)
{
  g_autofree char *text = both_in_a_line (KOUAN_SCREEN (self), msgid);

  gtk_box_append (box, speak_both (KOUAN_SCREEN (self), kouan_subheading_new (text), msgid));
}

/* At a border nobody hands in papers. */
static gboolean
takes_papers (GPtrArray *services)
{
  for (guint i = 0; i < services->len; i++)
    if (kouan_service_get_documents (services->pdata[i])->len > 0)
      return TRUE;
  return FALSE;
}

/* (transfer full): what this hall offers */
static GPtrArray *
services_of (KouanAttractScreen *self)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));
  const char *profile = kouan_station_get_profile (kouan_session_get_station (session));

  return kouan_catalogue_for_profile (kouan_session_get_catalogue (session), profile);
}

static void
add_ready (KouanAttractScreen *self)
{
  g_autoptr (GPtrArray) services = services_of (self);
  guint count = G_N_ELEMENTS (things_to_have) - (takes_papers (services) ? 0 : 1);

  add_heading (self, self->ready, N_ ("Have ready"));
  for (guint i = 0; i < count; i++)
    {
      const char *msgid = things_to_have[i].text;
      g_autofree char *hall = kouan_language_text_in (hall_language (KOUAN_SCREEN (self)), msgid);
      g_autofree char *english = kouan_language_text_in (kouan_language_find ("en"), msgid);

      gtk_box_append (self->ready, row_new (things_to_have[i].icon, words_new (hall, english)));
    }
}

#define FEW 6 /* services that stand here by name; of more, the topics do */

/* A topic of services stands here once. */
static void
add_topic (KouanAttractScreen *self, KouanService *service, GHashTable *seen)
{
  const char *hall = kouan_service_get_topic (service, hall_language (KOUAN_SCREEN (self))->code);
  const char *english = kouan_service_get_topic (service, "en");

  if (hall != NULL && g_hash_table_add (seen, (gpointer)english))
    gtk_box_append (self->services, row_new ("check", words_new (hall, english)));
}

static void
add_services (KouanAttractScreen *self)
{
  g_autoptr (GPtrArray) services = services_of (self);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  add_heading (self, self->services, N_ ("You can apply here for"));
  for (guint i = 0; i < services->len; i++)
    {
      KouanService *service = g_ptr_array_index (services, i);
      const char *hall
        = kouan_service_get_name (service, hall_language (KOUAN_SCREEN (self))->code);

      if (services->len > FEW)
        {
          add_topic (self, service, seen);
          continue;
        }
      gtk_box_append (self->services,
                      row_new ("check", words_new (hall, kouan_service_get_name (service, "en"))));
    }
}

/* "办理约需15分钟，共7步。 · About 15 minutes, in 7 steps." */
static char *
time_in (const KouanLanguage *language, gint64 minutes)
{
  g_autofree char *pattern
    = kouan_language_text_in (language, N_ ("About {minutes} minutes, in {steps} steps."));
  g_autoptr (GString) text = g_string_new (pattern);
  g_autofree char *number = g_strdup_printf ("%d", (int)minutes);
  g_autofree char *steps = NULL;
  int count = 0;

  kouan_flow_state_ordinal (KOUAN_STATE_REVIEW, &count);
  steps = g_strdup_printf ("%d", count);
  g_string_replace (text, "{minutes}", number, 1);
  g_string_replace (text, "{steps}", steps, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_standard_line (KouanAttractScreen *self, const char *hall, const char *english)
{
  g_autofree char *text
    = g_str_equal (hall, english) ? g_strdup (hall) : g_strconcat (hall, "\n", english, NULL);

  GtkWidget *label = kouan_text_new (text);
  g_autoptr (KouanUtterance) words
    = both_spoken (hall_language (KOUAN_SCREEN (self)), hall, english);

  kouan_accessible_set_words (label, words);
  gtk_box_append (self->standard, label);
}

/* What the hall promises: how long it takes, what it costs, whom to tell if it was not so. */
static void
add_standard (KouanAttractScreen *self)
{
  KouanStation *station
    = kouan_session_get_station (kouan_screen_get_session (KOUAN_SCREEN (self)));
  const KouanLanguage *hall = hall_language (KOUAN_SCREEN (self));
  const KouanLanguage *english = kouan_language_find ("en");
  const char *own = kouan_station_get_text (station, "standard", "complaint", hall->code);
  const char *free_of_charge = N_ ("Applying here is free. Fees are paid at the desk.");
  g_autofree char *cost = both (KOUAN_SCREEN (self), free_of_charge);
  GtkWidget *costs = kouan_text_new (cost);

  if (kouan_station_get_value (station, "standard", "visit-minutes") != NULL)
    {
      gint64 minutes = kouan_station_get_number (station, "standard", "visit-minutes");
      g_autofree char *first = time_in (hall, minutes);
      g_autofree char *second = time_in (english, minutes);

      add_standard_line (self, first, second);
    }
  speak_both (KOUAN_SCREEN (self), costs, free_of_charge);
  gtk_box_append (self->standard, costs);
  if (own != NULL)
    add_standard_line (self, own, kouan_station_get_text (station, "standard", "complaint", "en"));
}

static void
kouan_attract_screen_constructed (GObject *object)
{
  KouanAttractScreen *self = KOUAN_ATTRACT_SCREEN (object);
  KouanScreen *screen = KOUAN_SCREEN (self);
  gboolean first_picture = kouan_session_get_catalogue (kouan_screen_get_session (screen)) == NULL;
  const char *welcome = N_ ("Welcome. Apply here.");
  g_autofree char *hall = kouan_language_text_in (hall_language (screen), welcome);
  g_autofree char *english = kouan_language_text_in (kouan_language_find ("en"), welcome);
  const char *start = N_ ("Start");
  g_autofree char *start_label = both_in_a_line (screen, start);
  g_auto (KouanServing) serving = { 0 };

  G_OBJECT_CLASS (kouan_attract_screen_parent_class)->constructed (object);

  load_serving (self, &serving);
  if (kouan_serving_is_open (&serving))
    add_greetings (self, first_picture);
  else
    add_closed (self, &serving);
  if (serving.called_s != 0)
    add_call (self, serving.called_s);
  if (!first_picture)
    {
      add_ready (self);
      add_services (self);
      add_standard (self);
    }
  kouan_screen_set_title_text (screen, hall, english);
  if (kouan_serving_is_open (&serving))
    {
      g_autoptr (KouanUtterance) words = both_of (screen, start);

      kouan_screen_set_primary (screen, start_label, TRUE);
      kouan_screen_set_primary_words (screen, words);
    }
  kouan_screen_set_back_visible (screen, FALSE);
  kouan_screen_set_wide (screen, TRUE);
}

static void
kouan_attract_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_START);
}

static void
kouan_attract_screen_class_init (KouanAttractScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_attract_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_attract_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/attract/attract-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, welcome);
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, standard);
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, hero);
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, greetings);
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, ready);
  gtk_widget_class_bind_template_child (widget_class, KouanAttractScreen, services);
}

static void
kouan_attract_screen_init (KouanAttractScreen *self)
{
  g_type_ensure (KOUAN_TYPE_HALVES);
  g_type_ensure (KOUAN_TYPE_TILES);
  gtk_widget_init_template (GTK_WIDGET (self));
}
