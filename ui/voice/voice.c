/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "ui/voice/voice.h"

#include "ui/voice/news.h"
#include "ui/voice/phrases.h"
#include "ui/widgets/key-target.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/sight.h"
#include "ui/widgets/steps.h"

/* The kiosk by ear. After each picture that was painted it looks at what is there now and says what
 * is new: a page, a status, what was typed. The five keys move from stop to stop; whatever is being
 * said is cut off by moving on. "Repeat" while something is said is a pause, and pressed again says
 * it anew.
 *
 * It follows the preference "voice", which a headphone switches on when it is plugged in, and so
 * does the key "repeat", which only a keypad has. */

#define TOUCH_MS 500 /* the focus that moves so soon after a touch was moved by it */
#define LOOK_MS 120  /* at most so often: a camera's page is painted fifteen times a second */

struct _KouanVoice
{
  GObject parent_instance;

  KouanWindow *window; /* the owner's */
  KouanPreferences *preferences;
  KouanSpeech *speech;
  KouanHeadphone *headphone; /* (nullable) */
  KouanVoiceKeys keys;

  gboolean on;
  gulong paint_handler;
  guint look_source;

  GPtrArray *stops; /* (nullable): as they were when it looked last */
  char *page;       /* what tells the page from others */
  GtkWidget *at;    /* (nullable), weak: where the person is */
  guint open_row;
  gboolean moving;              /* the focus is moved from here */
  const KouanLanguage *greeted; /* (nullable): in which the keys were explained */
  gboolean greeted_in_english;
  gint64 touched_us;

  KouanUtterance *last;    /* (nullable) */
  KouanUtterance *pending; /* (nullable): when the present one is over */
  gboolean speaking;
  gboolean speaking_news;
};

enum
{
  SIGNAL_USED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanVoice, kouan_voice, G_TYPE_OBJECT)

static gboolean
is_alone (KouanVoice *self)
{
  return self->headphone != NULL && kouan_headphone_is_plugged (self->headphone);
}

static void
say (KouanVoice *self, KouanUtterance *utterance, gboolean news)
{
  if (kouan_utterance_get_count (utterance) == 0)
    return;
  if (utterance != self->last)
    {
      g_clear_pointer (&self->last, kouan_utterance_unref);
      self->last = kouan_utterance_ref (utterance);
    }
  g_clear_pointer (&self->pending, kouan_utterance_unref);
  self->speaking = TRUE;
  self->speaking_news = news;
  kouan_speech_say (self->speech, utterance, kouan_preferences_get_pace (self->preferences));
}

static void
say_text (KouanVoice *self, const char *text)
{
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();

  kouan_utterance_add (utterance, kouan_language_current ()->code, text);
  say (self, utterance, FALSE);
}

static void
be_silent (KouanVoice *self)
{
  self->speaking = FALSE;
  g_clear_pointer (&self->pending, kouan_utterance_unref);
  kouan_speech_stop (self->speech);
}

/* News wait for what a person asked to hear, and replace older news. */
static void
say_news (KouanVoice *self, KouanUtterance *utterance, gboolean urgent)
{
  if (urgent || !self->speaking || self->speaking_news)
    {
      say (self, utterance, TRUE);
      return;
    }
  g_clear_pointer (&self->pending, kouan_utterance_unref);
  self->pending = kouan_utterance_ref (utterance);
}

static void
on_finished (KouanSpeech *speech G_GNUC_UNUSED, KouanVoice *self)
{
  g_autoptr (KouanUtterance) pending = g_steal_pointer (&self->pending);

  self->speaking = FALSE;
  g_signal_emit (self, signals[SIGNAL_USED], 0);
  if (pending != NULL && self->on)
    say (self, pending, TRUE);
}

static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *page = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_rect_t bounds;

  if (page == NULL || !gtk_widget_compute_bounds (widget, page, &bounds))
    return;
  kouan_bring_into_sight (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                          (double)bounds.origin.y,
                          (double)(bounds.origin.y + bounds.size.height));
}

static void
set_at (KouanVoice *self, GtkWidget *widget)
{
  if (self->at != NULL)
    gtk_widget_remove_css_class (self->at, "listening");
  g_set_weak_pointer (&self->at, widget);
  if (widget != NULL)
    gtk_widget_add_css_class (widget, "listening");
}

/* Keys leave the focus with the field that they type into. */
static void
show (KouanVoice *self, const KouanStop *stop)
{
  set_at (self, stop->widget);
  scroll_to (stop->widget);
  if (stop->kind != KOUAN_STOP_BUTTON && stop->kind != KOUAN_STOP_CHOICE
      && stop->kind != KOUAN_STOP_FIELD)
    return;
  self->moving = TRUE;
  gtk_widget_grab_focus (stop->widget);
  self->moving = FALSE;
}

static void
say_stop (KouanVoice *self, const KouanStop *stop)
{
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();

  kouan_stop_say (stop, is_alone (self), utterance);
  say (self, utterance, FALSE);
}

static void
go_to (KouanVoice *self, const KouanStop *stop)
{
  if (stop->kind != KOUAN_STOP_KEY)
    self->open_row = KOUAN_ROW_NONE;
  show (self, stop);
  say_stop (self, stop);
}

static char *
identify_page (KouanVoice *self)
{
  KouanPageFrame *frame = kouan_window_get_frame (self->window);

  return g_strdup_printf ("%p %s %s", (void *)kouan_window_get_panel (self->window),
                          kouan_language_current ()->code, kouan_page_frame_get_title (frame));
}

static KouanStop *
find_heading (GPtrArray *stops)
{
  for (guint i = 0; i < stops->len; i++)
    {
      KouanStop *stop = g_ptr_array_index (stops, i);

      if (gtk_widget_has_css_class (stop->widget, "heading")
          || gtk_widget_has_css_class (stop->widget, "subheading"))
        return stop;
    }
  return stops->len > 0 ? g_ptr_array_index (stops, 0) : NULL;
}

/* GTK lets go of what had the focus only when the next frame is painted, and a key that comes
 * before that goes to what is no longer there. */
static void
let_go_of_focus (KouanVoice *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (focus == NULL || gtk_widget_get_root (focus) == GTK_ROOT (self->window))
    return;
  self->moving = TRUE;
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  self->moving = FALSE;
}

static gboolean
is_chosen (KouanVoice *self)
{
  for (guint i = 0; i < self->stops->len; i++)
    if (KOUAN_IS_STEPS (((KouanStop *)g_ptr_array_index (self->stops, i))->widget))
      return TRUE;
  return FALSE;
}

/* What the five keys do; in English too, as long as nobody has begun a visit and with it chosen a
 * language. */
static void
add_greeting (KouanVoice *self, KouanUtterance *utterance)
{
  const KouanLanguage *english = kouan_language_find ("en");

  self->greeted = kouan_language_current ();
  kouan_phrase_add_greeting (self->greeted, is_alone (self), utterance);
  self->greeted_in_english = self->greeted == english;
  if (self->greeted_in_english || is_chosen (self))
    return;
  self->greeted_in_english = TRUE;
  kouan_phrase_add_greeting (english, is_alone (self), utterance);
}

/* Whoever has chosen a language is told about the keys in it. */
static gboolean
needs_greeting (KouanVoice *self)
{
  const KouanLanguage *now = kouan_language_current ();

  return now != self->greeted && (!self->greeted_in_english || !g_str_equal (now->code, "en"));
}

/* Where the visit stands, the question, and what the machine has to say about it. */
static void
say_page (KouanVoice *self, KouanUtterance *utterance)
{
  const KouanStop *heading = find_heading (self->stops);

  self->open_row = KOUAN_ROW_NONE;
  let_go_of_focus (self);
  for (guint i = 0; i < self->stops->len; i++)
    {
      const KouanStop *stop = g_ptr_array_index (self->stops, i);

      if (stop == heading || stop->live || KOUAN_IS_STEPS (stop->widget))
        kouan_stop_say_short (stop, is_alone (self), utterance);
    }
  if (heading != NULL)
    show (self, heading);
  say (self, utterance, FALSE);
}

/* Where the person was may be gone: a keyboard is built anew for its other layer. */
static void
keep_place (KouanVoice *self)
{
  if (kouan_stops_find (self->stops, self->at, NULL) != NULL)
    return;
  for (guint i = 0; self->open_row != KOUAN_ROW_NONE && i < self->stops->len; i++)
    {
      KouanStop *stop = g_ptr_array_index (self->stops, i);

      if (stop->kind == KOUAN_STOP_KEY)
        {
          set_at (self, stop->widget);
          return;
        }
    }
  if (find_heading (self->stops) != NULL)
    set_at (self, find_heading (self->stops)->widget);
}

static void
take_stops (KouanVoice *self)
{
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  self->stops = kouan_stops_collect (self->window, self->open_row);
}

/* Says what is new since it looked last. */
void
kouan_voice_look (KouanVoice *self)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();
  g_autofree char *page = NULL;
  gboolean urgent = FALSE;

  g_return_if_fail (KOUAN_IS_VOICE (self));

  if (!self->on)
    return;
  before = g_steal_pointer (&self->stops);
  page = identify_page (self);
  take_stops (self);
  if (g_strcmp0 (page, self->page) != 0)
    {
      g_free (self->page);
      self->page = g_steal_pointer (&page);
      if (needs_greeting (self))
        add_greeting (self, utterance);
      say_page (self, utterance);
      return;
    }
  keep_place (self);
  urgent = kouan_news_collect (before, self->stops, self->at, is_alone (self), utterance);
  if (kouan_utterance_get_count (utterance) > 0)
    say_news (self, utterance, urgent);
}

static gboolean
on_look (gpointer data)
{
  KouanVoice *self = KOUAN_VOICE (data);

  self->look_source = 0;
  kouan_voice_look (self);
  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock G_GNUC_UNUSED, KouanVoice *self)
{
  if (self->look_source == 0)
    self->look_source = g_timeout_add (LOOK_MS, on_look, self);
}

static void
move (KouanVoice *self, int step)
{
  guint index = 0;
  guint count = self->stops->len;

  if (count == 0)
    return;
  if (kouan_stops_find (self->stops, self->at, &index) == NULL)
    index = step > 0 ? count - 1 : 0;
  go_to (self,
         g_ptr_array_index (self->stops, (index + count + (guint)(step + (int)count)) % count));
}

/* Returns: whether there is a keyboard */
static gboolean
go_to_keyboard (KouanVoice *self)
{
  self->open_row = KOUAN_ROW_NONE;
  take_stops (self);
  for (guint i = 0; i < self->stops->len; i++)
    {
      const KouanStop *stop = g_ptr_array_index (self->stops, i);

      if (stop->kind != KOUAN_STOP_ROW)
        continue;
      go_to (self, stop);
      return TRUE;
    }
  return FALSE;
}

/* From the field to the keyboard that types into it. */
static void
enter_field (KouanVoice *self, const KouanStop *field)
{
  g_autoptr (GtkWidget) widget = g_object_ref (field->widget);

  gtk_widget_grab_focus (widget);
  if (go_to_keyboard (self))
    return;
  field = kouan_stops_find (self->stops, widget, NULL);
  if (field != NULL)
    say_stop (self, field);
}

static void
open_row (KouanVoice *self, const KouanStop *row)
{
  g_autoptr (GtkWidget) first = g_object_ref (row->widget);
  KouanStop *key;

  self->open_row = row->row;
  take_stops (self);
  key = kouan_stops_find (self->stops, first, NULL);
  if (key != NULL)
    go_to (self, key);
}

static void
close_row (KouanVoice *self)
{
  guint row = self->open_row;

  self->open_row = KOUAN_ROW_NONE;
  take_stops (self);
  for (guint i = 0; i < self->stops->len; i++)
    {
      const KouanStop *stop = g_ptr_array_index (self->stops, i);

      if (stop->kind == KOUAN_STOP_ROW && stop->row == row)
        {
          go_to (self, stop);
          return;
        }
    }
}

/* A press that changes nothing may have been refused for the same reason as the one before. */
static void
say_alerts (KouanVoice *self)
{
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();

  for (guint i = 0; self->stops != NULL && i < self->stops->len; i++)
    {
      const KouanStop *stop = g_ptr_array_index (self->stops, i);

      if (stop->urgent)
        kouan_stop_say_short (stop, is_alone (self), utterance);
    }
  say (self, utterance, TRUE);
}

/* A key that types nothing is not taken, or it has brought up other keys. */
static void
answer_key (KouanVoice *self, GtkWidget *key)
{
  if (kouan_stops_find (self->stops, key, NULL) != NULL || !go_to_keyboard (self))
    say_text (self, _ ("That does not go here."));
}

static void
press (KouanVoice *self, const KouanStop *stop)
{
  g_autoptr (GtkWidget) widget = g_object_ref (stop->widget);
  KouanStopKind kind = stop->kind;

  be_silent (self);
  if (kind == KOUAN_STOP_CHOICE)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), TRUE);
  else
    g_signal_emit_by_name (widget, "clicked");
  kouan_voice_look (self);
  if (!self->on || self->speaking)
    return;
  if (kind == KOUAN_STOP_KEY)
    answer_key (self, widget);
  else
    say_alerts (self);
}

static void
choose (KouanVoice *self)
{
  const KouanStop *stop = kouan_stops_find (self->stops, self->at, NULL);

  if (stop == NULL)
    return;
  if (!stop->sensitive || stop->kind == KOUAN_STOP_TEXT)
    say_stop (self, stop);
  else if (stop->kind == KOUAN_STOP_FIELD)
    enter_field (self, stop);
  else if (stop->kind == KOUAN_STOP_ROW)
    open_row (self, stop);
  else
    press (self, stop);
}

static void
go_back (KouanVoice *self)
{
  GtkWidget *back = kouan_page_frame_get_back_button (kouan_window_get_frame (self->window));
  KouanPanel *panel = kouan_window_get_panel (self->window);

  if (self->open_row != KOUAN_ROW_NONE)
    {
      close_row (self);
      return;
    }
  be_silent (self);
  if (panel != NULL)
    g_signal_emit_by_name (panel, "cancelled");
  else if (gtk_widget_get_mapped (back) && gtk_widget_is_sensitive (back))
    g_signal_emit_by_name (back, "clicked");
  else
    say_text (self, _ ("There is no way back from here."));
  kouan_voice_look (self);
}

static void
repeat (KouanVoice *self)
{
  g_autoptr (KouanUtterance) last = NULL;

  if (self->speaking)
    {
      be_silent (self);
      return;
    }
  if (self->last == NULL)
    return;
  last = kouan_utterance_ref (self->last);
  say (self, last, FALSE);
}

/* Returns: whether the key meant anything */
gboolean
kouan_voice_press (KouanVoice *self, KouanVoiceKey key)
{
  g_return_val_if_fail (KOUAN_IS_VOICE (self), FALSE);

  if (!self->on && key == KOUAN_VOICE_KEY_REPEAT)
    {
      kouan_preferences_set_voice (self->preferences, TRUE);
      return TRUE;
    }
  if (!self->on || key == KOUAN_VOICE_N_KEYS)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_USED], 0);
  if (key == KOUAN_VOICE_KEY_REPEAT)
    {
      repeat (self);
      return TRUE;
    }
  kouan_voice_look (self);
  if (key == KOUAN_VOICE_KEY_NEXT || key == KOUAN_VOICE_KEY_PREVIOUS)
    move (self, key == KOUAN_VOICE_KEY_NEXT ? 1 : -1);
  else if (key == KOUAN_VOICE_KEY_CHOOSE)
    choose (self);
  else
    go_back (self);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller G_GNUC_UNUSED,
                guint keyval,
                guint keycode G_GNUC_UNUSED,
                GdkModifierType modifiers G_GNUC_UNUSED,
                KouanVoice *self)
{
  return kouan_voice_press (self, kouan_voice_keys_find (&self->keys, keyval));
}

static void
on_touched (GtkGestureClick *gesture,
            int n_press G_GNUC_UNUSED,
            double x G_GNUC_UNUSED,
            double y G_GNUC_UNUSED,
            KouanVoice *self)
{
  self->touched_us = g_get_monotonic_time ();
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

/* Somebody touched something: what has the focus now is said. GTK moves the focus by itself too,
 * when what had it goes away with its page, and that is no news. */
static void
on_focus_changed (GtkWindow *window, GParamSpec *pspec G_GNUC_UNUSED, KouanVoice *self)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  KouanStop *stop;

  if (!self->on || self->moving || focus == NULL || focus == self->at
      || g_get_monotonic_time () - self->touched_us > TOUCH_MS * G_TIME_SPAN_MILLISECOND)
    return;
  kouan_voice_look (self);
  stop = kouan_stops_find (self->stops, focus, NULL);
  if (stop == NULL || focus == self->at || stop->kind == KOUAN_STOP_KEY
      || stop->kind == KOUAN_STOP_ROW)
    return;
  set_at (self, focus);
  say_stop (self, stop);
}

static void
greet (KouanVoice *self)
{
  g_autoptr (KouanUtterance) utterance = kouan_utterance_new ();

  g_free (self->page);
  self->page = identify_page (self);
  take_stops (self);
  add_greeting (self, utterance);
  say_page (self, utterance);
}

static void
switch_on (KouanVoice *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  self->on = TRUE;
  if (clock != NULL)
    self->paint_handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), self);
  greet (self);
}

static void
switch_off (KouanVoice *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  self->on = FALSE;
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (clock != NULL && self->paint_handler != 0)
    g_signal_handler_disconnect (clock, self->paint_handler);
  self->paint_handler = 0;
  set_at (self, NULL);
  be_silent (self);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->page, g_free);
}

static void
on_loudness_changed (KouanPreferences *preferences,
                     GParamSpec *pspec G_GNUC_UNUSED,
                     KouanVoice *self)
{
  kouan_speech_set_loudness (self->speech, kouan_preferences_get_loudness (preferences));
}

static void
on_voice_changed (KouanPreferences *preferences, GParamSpec *pspec G_GNUC_UNUSED, KouanVoice *self)
{
  gboolean wanted = kouan_preferences_get_voice (preferences);

  if (wanted && !self->on)
    switch_on (self);
  else if (!wanted && self->on)
    switch_off (self);
}

/* Out of the headphone, sound goes to the hall: what is being said may not go on. */
static void
on_plugged_changed (KouanHeadphone *headphone, GParamSpec *pspec G_GNUC_UNUSED, KouanVoice *self)
{
  if (!kouan_headphone_is_plugged (headphone))
    {
      if (self->on)
        be_silent (self);
      g_clear_pointer (&self->last, kouan_utterance_unref);
    }
  else if (!self->on)
    kouan_preferences_set_voice (self->preferences, TRUE);
  else
    say_text (self, _ ("The headphone is in."));
}

static void
kouan_voice_dispose (GObject *object)
{
  KouanVoice *self = KOUAN_VOICE (object);

  if (self->on)
    switch_off (self);
  g_clear_pointer (&self->last, kouan_utterance_unref);
  g_clear_object (&self->speech);
  g_clear_object (&self->headphone);
  g_clear_object (&self->preferences);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (kouan_voice_parent_class)->dispose (object);
}

static void
kouan_voice_class_init (KouanVoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_voice_dispose;
  signals[SIGNAL_USED] = g_signal_new ("used", KOUAN_TYPE_VOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
kouan_voice_init (KouanVoice *self)
{
  self->open_row = KOUAN_ROW_NONE;
}

static void
listen (KouanVoice *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *touch = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (on_touched), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), GTK_EVENT_CONTROLLER (touch));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
  g_signal_connect_object (self->window, "notify::focus-widget", G_CALLBACK (on_focus_changed),
                           self, 0);
  g_signal_connect_object (self->speech, "finished", G_CALLBACK (on_finished), self, 0);
  g_signal_connect_object (self->preferences, "notify::voice", G_CALLBACK (on_voice_changed), self,
                           0);
  g_signal_connect_object (self->preferences, "notify::loudness", G_CALLBACK (on_loudness_changed),
                           self, 0);
  if (self->headphone != NULL)
    g_signal_connect_object (self->headphone, "notify::plugged", G_CALLBACK (on_plugged_changed),
                             self, 0);
}

/* @window: realized; @headphone: (nullable): without one nothing private is ever said */
KouanVoice *
kouan_voice_new (KouanWindow *window,
                 KouanSpeech *speech,
                 KouanHeadphone *headphone,
                 const KouanVoiceKeys *keys)
{
  KouanVoice *self = g_object_new (KOUAN_TYPE_VOICE, NULL);

  self->window = g_object_ref (window);
  self->preferences = g_object_ref (kouan_window_get_preferences (window));
  self->speech = g_object_ref (speech);
  g_set_object (&self->headphone, headphone);
  self->keys = *keys;
  listen (self);
  kouan_preferences_set_has_voice (self->preferences, TRUE);
  if (is_alone (self))
    kouan_preferences_set_voice (self->preferences, TRUE);
  on_loudness_changed (self->preferences, NULL, self);
  on_voice_changed (self->preferences, NULL, self); /* it was on before: see ui/hand-over.c */
  return self;
}
