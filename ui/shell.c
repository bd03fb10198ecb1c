/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/shell.h"

#include "app/board/power.h"
#include "app/language/language.h"
#include "app/staff/serving.h"
#include "ui/pages/screens.h"
#include "ui/staff/staff-screens.h"
#include "ui/staff/visit-help.h"
#include "ui/leave-panel.h"
#include "ui/presence.h"
#include "ui/widgets/accessible.h"
#include "ui/widgets/notice.h"

/* Between the visit and the window. A change of the session's state puts another screen into the
 * frame; a change of the language puts the same screen there anew, with what was half entered; the
 * foot's buttons go to the screen first and to the visit second. Once a second it looks at the
 * time, and has ui/presence.c look whether anybody is still there. */

struct _KouanShell
{
  GObject parent_instance;

  KouanKiosk *kiosk;
  KouanWindow *window;

  KouanScreen *screen;   /* the frame's */
  GtkWidget *notice_box; /* above the screen, for troubles */
  KouanPresence *presence;
  gboolean staff_called; /* somebody comes, or the person goes to look for somebody */
  guint tick_source;

  KouanStaffMode *staff;               /* (nullable): in place of the visit */
  GVariant *visit_stash;               /* (nullable): of the visit's screen meanwhile */
  const KouanLanguage *visit_language; /* and what it was spoken in */
  gboolean staff_spoken;               /* the hall's language is on since they are in */
  gboolean over;                       /* the program is to end, and not to begin anew */
  KouanServing serving;                /* as the attract page shows it */
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanShell, kouan_shell, G_TYPE_OBJECT)

static KouanSession *
session_of (KouanShell *self)
{
  return kouan_kiosk_get_session (self->kiosk);
}

static void
show_trouble (KouanShell *self)
{
  KouanTrouble *trouble = kouan_screen_get_trouble (self->screen);
  GtkWidget *old = gtk_widget_get_first_child (self->notice_box);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  GtkWidget *notice;

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->notice_box), old);
  gtk_widget_set_visible (self->notice_box, trouble != NULL);
  if (trouble == NULL)
    return;
  title = kouan_trouble_dup_title (trouble);
  body = kouan_trouble_dup_body (trouble);
  notice = kouan_notice_new (KOUAN_NOTICE_PROBLEM, title, body);
  gtk_box_append (GTK_BOX (self->notice_box), notice);
  kouan_page_frame_scroll_to (kouan_window_get_frame (self->window), notice);
}

static void
on_screen_changed (KouanScreen *screen, KouanShell *self)
{
  KouanPageFrame *frame = kouan_window_get_frame (self->window);

  if (screen != self->screen)
    return;
  kouan_page_frame_set_wide (frame, kouan_screen_is_wide (screen));
  kouan_page_frame_set_title (frame, kouan_screen_get_title (screen));
  kouan_page_frame_set_companion (frame, kouan_screen_get_companion (screen));
  kouan_page_frame_set_primary (frame, kouan_screen_get_primary_label (screen));
  kouan_accessible_set_words (kouan_page_frame_get_primary_button (frame),
                              kouan_screen_get_primary_words (screen));
  kouan_page_frame_set_primary_sensitive (frame, kouan_screen_get_primary_sensitive (screen));
  kouan_page_frame_set_back (frame, kouan_screen_get_back_visible (screen), TRUE);
  kouan_page_frame_set_dock (frame, kouan_screen_get_dock (screen));
  show_trouble (self);
}

/* A service that never asks for a paper has a step less. */
static void
show_steps (KouanShell *self, KouanFlowState state)
{
  KouanPageFrame *frame = kouan_window_get_frame (self->window);
  KouanService *service = kouan_session_get_service (session_of (self));
  int papers = kouan_flow_state_ordinal (KOUAN_STATE_DOCUMENTS, NULL);
  gboolean less = service != NULL && kouan_service_get_documents (service)->len == 0;
  int count;
  int ordinal = kouan_flow_state_ordinal (state, &count);

  if (ordinal > 0 && self->staff == NULL)
    kouan_page_frame_set_steps (frame, ordinal - (less && ordinal > papers ? 1 : 0),
                                count - (less ? 1 : 0), _ (kouan_screen_step_name (ordinal)));
  else
    kouan_page_frame_hide_steps (frame);
}

static void
show_time (KouanShell *self)
{
  gint64 now_s = kouan_clock_wall_s (kouan_session_get_clock (session_of (self)));
  g_autofree char *date_time = kouan_language_date_time (kouan_language_current (), now_s);
  g_autofree char *time = kouan_language_time (kouan_language_current (), now_s);

  kouan_page_frame_set_time (kouan_window_get_frame (self->window), date_time, time);
}

static void
show_hall (KouanShell *self)
{
  KouanStation *station = kouan_session_get_station (session_of (self));

  kouan_page_frame_set_hall (
    kouan_window_get_frame (self->window),
    kouan_station_get_hall_name (station, kouan_language_current ()->code));
}

static void
take_down_screen (KouanShell *self)
{
  if (self->screen == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->screen, self);
  kouan_screen_leave (self->screen);
  kouan_page_frame_set_dock (kouan_window_get_frame (self->window), NULL);
  self->screen = NULL;
}

/* @stash: (nullable): of the screen that this one replaces in another language */
static void
put_up_screen (KouanShell *self, GVariant *stash)
{
  KouanFlowState state = kouan_session_get_state (session_of (self));
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);

  self->screen = self->staff != NULL ? kouan_staff_screen_for_page (self->staff)
                                     : kouan_screen_new_for_state (state, self->kiosk);
  self->notice_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_visible (self->notice_box, FALSE);
  gtk_box_append (GTK_BOX (body), self->notice_box);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->screen));
  g_signal_connect (self->screen, "changed", G_CALLBACK (on_screen_changed), self);
  kouan_page_frame_set_body (kouan_window_get_frame (self->window), body);
  show_steps (self, state);
  kouan_screen_unstash (self->screen, stash);
  on_screen_changed (self->screen, self);
  kouan_screen_enter (self->screen);
}

static void
speak (KouanShell *self, const KouanLanguage *language)
{
  kouan_language_set (language);
  kouan_window_set_language (self->window, language);
  show_hall (self);
  show_time (self);
}

static void
on_session_changed (KouanSession *session, KouanShell *self)
{
  const KouanLanguage *language = NULL;
  const char *code = kouan_session_get_visit (session)->language;

  /* Staff have ended it; its next page shows when they leave. */
  if (self->staff != NULL)
    return;

  if (code != NULL)
    language = kouan_language_find (code);
  kouan_idle_touch (kouan_kiosk_get_idle (self->kiosk));
  kouan_window_close_panel (self->window);
  take_down_screen (self);
  if (language != NULL && language != kouan_language_current ())
    speak (self, language);
  put_up_screen (self, NULL);
}

static void
on_session_trouble (KouanSession *session, KouanShell *self)
{
  kouan_screen_show_trouble (self->screen, kouan_session_get_trouble (session));
}

static void
on_session_forget (KouanSession *session G_GNUC_UNUSED, KouanShell *self)
{
  take_down_screen (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

/* The next person of a group begins in a process image that has seen nobody. */
static void
on_session_next_person (KouanSession *session, KouanShell *self)
{
  on_session_forget (session, self);
}

static void
switch_language (KouanShell *self, const KouanLanguage *language)
{
  g_autoptr (GVariant) stash = kouan_screen_stash (self->screen);
  g_autoptr (KouanTrouble) trouble = NULL;

  if (kouan_screen_get_trouble (self->screen) != NULL)
    trouble = kouan_trouble_ref (kouan_screen_get_trouble (self->screen));
  if (self->staff == NULL)
    kouan_session_set_language (session_of (self), language->code);
  take_down_screen (self);
  speak (self, language);
  put_up_screen (self, stash);
  kouan_screen_show_trouble (self->screen, trouble);
}

static void
on_language_chosen (KouanWindow *window G_GNUC_UNUSED, gpointer language, KouanShell *self)
{
  if (language != kouan_language_current ())
    switch_language (self, language);
}

static void
await_staff (KouanShell *self, gboolean called)
{
  self->staff_called = called;
  kouan_page_frame_set_called (kouan_window_get_frame (self->window), called);
  kouan_presence_set_awaiting (self->presence, called);
}

static void
on_staff_called (KouanWindow *window G_GNUC_UNUSED, KouanShell *self)
{
  kouan_session_call_staff (session_of (self));
  kouan_kiosk_tell_hub (self->kiosk);
  await_staff (self, TRUE);
}

static void
on_leave_kept (KouanPanel *panel G_GNUC_UNUSED, KouanShell *self)
{
  kouan_window_close_panel (self->window);
  if (!kouan_session_send (session_of (self), KOUAN_EVENT_PARK))
    kouan_session_send (session_of (self), KOUAN_EVENT_LEAVE);
}

static void
on_leave_deleted (GtkButton *button G_GNUC_UNUSED, KouanShell *self)
{
  kouan_window_close_panel (self->window);
  kouan_session_send (session_of (self), KOUAN_EVENT_LEAVE);
}

static void
on_close_panel (KouanPanel *panel G_GNUC_UNUSED, KouanShell *self)
{
  kouan_window_close_panel (self->window);
}

/* Where the visit cannot go back any more, "back" asks whether to leave. */
static void
ask_to_leave (KouanShell *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  GtkWidget *panel = kouan_leave_panel_new (visit->walk_in ? visit->code_text : NULL,
                                            G_CALLBACK (on_leave_deleted), self);

  g_signal_connect_object (panel, "primary", G_CALLBACK (on_leave_kept), self, 0);
  g_signal_connect_object (panel, "secondary", G_CALLBACK (on_close_panel), self, 0);
  g_signal_connect_object (panel, "cancelled", G_CALLBACK (on_close_panel), self, 0);
  kouan_window_open (self->window, KOUAN_PANEL (panel));
}

static gint64
called_s (KouanShell *self)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (self->kiosk);

  return gate != NULL ? kouan_staff_get_call_s (kouan_staff_gate_get_database (gate)) : 0;
}

/* Answered, here or over ssh: nobody is awaited any more. */
static void
look_at_call (KouanShell *self)
{
  if (!self->staff_called || called_s (self) != 0)
    return;
  await_staff (self, FALSE);
}

static void
on_staff_page (KouanStaffMode *mode, KouanShell *self)
{
  KouanStation *station = kouan_session_get_station (session_of (self));
  const KouanLanguage *hall = kouan_language_find (kouan_station_get_hall_language (station));

  kouan_idle_touch (kouan_kiosk_get_idle (self->kiosk));
  kouan_window_close_panel (self->window);
  look_at_call (self);
  take_down_screen (self);
  if (!self->staff_spoken && kouan_staff_mode_get_pass (mode) != NULL)
    {
      self->staff_spoken = TRUE;
      if (hall != NULL && hall != kouan_language_current ())
        speak (self, hall);
    }
  put_up_screen (self, NULL);
}

/* The visit's page again, as it was left, or the one that staff have sent it to. */
static void
return_to_visit (KouanShell *self, KouanFlowState left_in)
{
  gboolean same = kouan_session_get_state (session_of (self)) == left_in;

  take_down_screen (self);
  if (self->visit_language != kouan_language_current ())
    speak (self, self->visit_language);
  put_up_screen (self, same ? self->visit_stash : NULL);
  g_clear_pointer (&self->visit_stash, g_variant_unref);
  await_staff (self, called_s (self) != 0);
}

/* Whoever was in has left traces in this process image too: where no visit waits, it is replaced.
 */
static void
on_staff_ended (KouanStaffMode *mode, int how, KouanShell *self)
{
  KouanStation *station = kouan_session_get_station (session_of (self));
  KouanFlowState state = kouan_session_get_state (session_of (self));
  KouanPower power = how == KOUAN_STAFF_END_RESTART ? KOUAN_POWER_RESTART : KOUAN_POWER_SHUT_DOWN;
  gboolean was_in = kouan_staff_mode_get_pass (mode) != NULL;
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (mode, self);
  g_clear_object (&self->staff);
  if (how == KOUAN_STAFF_END_BACK && (!was_in || kouan_flow_state_has_visitor (state)))
    {
      return_to_visit (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (mode), "kouan-state")));
      return;
    }
  if (how != KOUAN_STAFF_END_BACK && kouan_power_has_command (station, power)
      && !kouan_power_run (station, power, &error))
    g_message ("%s", error->message);
  self->over = how == KOUAN_STAFF_END_SHUT_DOWN;
  take_down_screen (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

/* "I work here": the visit's page goes away, and comes back if nobody gets in. */
static void
on_staff_here (KouanWindow *window G_GNUC_UNUSED, KouanShell *self)
{
  KouanFlowState state = kouan_session_get_state (session_of (self));

  if (self->staff != NULL || kouan_kiosk_get_gate (self->kiosk) == NULL
      || state == KOUAN_STATE_SUBMIT)
    return;
  g_clear_pointer (&self->visit_stash, g_variant_unref);
  self->visit_stash = kouan_screen_stash (self->screen);
  self->visit_language = kouan_language_current ();
  self->staff_spoken = FALSE;
  self->staff = kouan_staff_mode_new (self->kiosk);
  g_object_set_data (G_OBJECT (self->staff), "kouan-state", GINT_TO_POINTER (state));
  g_signal_connect (self->staff, "page", G_CALLBACK (on_staff_page), self);
  g_signal_connect (self->staff, "ended", G_CALLBACK (on_staff_ended), self);
  on_staff_page (self->staff, self);
}

/* What the attract page says of this kiosk may have changed: by ssh, or because it is time.
 *
 * Returns: whether it has */
static gboolean
take_serving (KouanShell *self)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (self->kiosk);
  g_auto (KouanServing) now = { 0 };

  if (gate == NULL || kouan_session_get_state (session_of (self)) != KOUAN_STATE_ATTRACT)
    return FALSE;
  kouan_serving_load (kouan_staff_gate_get_database (gate),
                      kouan_clock_wall_s (kouan_staff_gate_get_clock (gate)), &now);
  if (kouan_serving_equal (&now, &self->serving))
    return FALSE;
  kouan_serving_clear (&self->serving);
  self->serving = now;
  now.reason = NULL;
  kouan_page_frame_set_called (kouan_window_get_frame (self->window), self->serving.called_s != 0);
  return TRUE;
}

static void
put_up_again (KouanShell *self)
{
  take_down_screen (self);
  put_up_screen (self, NULL);
}

static void
look_at_serving (KouanShell *self)
{
  if (take_serving (self))
    put_up_again (self);
}

/* The disk is open now: the page that attracts is made anew, with what is on it. That of the next
 * person of a group stays, as a press on it may be on its way already; but somebody may have been
 * called by the one before. */
void
kouan_shell_refresh (KouanShell *self)
{
  g_return_if_fail (KOUAN_IS_SHELL (self));

  if (kouan_flow_state_has_visitor (kouan_session_get_state (session_of (self))))
    {
      await_staff (self, called_s (self) != 0);
      return;
    }
  take_serving (self);
  put_up_again (self);
}

gboolean
kouan_shell_is_over (KouanShell *self)
{
  g_return_val_if_fail (KOUAN_IS_SHELL (self), FALSE);

  return self->over;
}

static void
on_back (KouanPageFrame *frame G_GNUC_UNUSED, KouanShell *self)
{
  if (kouan_screen_back (self->screen))
    return;
  if (self->staff != NULL)
    {
      kouan_staff_mode_back (self->staff);
      return;
    }
  if (kouan_session_is_changing (session_of (self)))
    kouan_session_send (session_of (self), KOUAN_EVENT_CHANGED);
  else if (!kouan_session_send (session_of (self), KOUAN_EVENT_BACK)
           && kouan_session_get_trouble (session_of (self)) == NULL)
    ask_to_leave (self);
}

static void
on_primary (KouanPageFrame *frame G_GNUC_UNUSED, KouanShell *self)
{
  kouan_screen_primary (self->screen);
}

/**
 * kouan_shell_tick:
 *
 * Once a second: the time in the header, and whether anybody is still there.
 */
void
kouan_shell_tick (KouanShell *self)
{
  g_return_if_fail (KOUAN_IS_SHELL (self));

  show_time (self);
  look_at_call (self);
  if (self->staff != NULL)
    {
      if (kouan_idle_get_s (kouan_kiosk_get_idle (self->kiosk)) >= KOUAN_STAFF_IDLE_S)
        kouan_staff_mode_lock (self->staff);
      return;
    }
  look_at_serving (self);
  kouan_visit_help_look (self->kiosk);
  kouan_presence_tick (self->presence);
}

static gboolean
on_tick (gpointer data)
{
  kouan_shell_tick (KOUAN_SHELL (data));
  return G_SOURCE_CONTINUE;
}

/* Returns: (transfer none): what the frame shows now */
KouanScreen *
kouan_shell_get_screen (KouanShell *self)
{
  g_return_val_if_fail (KOUAN_IS_SHELL (self), NULL);

  return self->screen;
}

static void
kouan_shell_dispose (GObject *object)
{
  KouanShell *self = KOUAN_SHELL (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->window != NULL)
    take_down_screen (self);
  g_clear_object (&self->staff);
  g_clear_object (&self->presence);
  g_clear_pointer (&self->visit_stash, g_variant_unref);
  kouan_serving_clear (&self->serving);
  g_clear_object (&self->window);
  g_clear_object (&self->kiosk);
  G_OBJECT_CLASS (kouan_shell_parent_class)->dispose (object);
}

static void
kouan_shell_class_init (KouanShellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_shell_dispose;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", KOUAN_TYPE_SHELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
kouan_shell_init (KouanShell *self G_GNUC_UNUSED)
{
}

KouanShell *
kouan_shell_new (KouanKiosk *kiosk, KouanWindow *window)
{
  KouanShell *self = g_object_new (KOUAN_TYPE_SHELL, NULL);
  KouanPageFrame *frame = kouan_window_get_frame (window);
  KouanSession *session = kouan_kiosk_get_session (kiosk);

  self->kiosk = g_object_ref (kiosk);
  self->window = g_object_ref (window);
  self->presence = kouan_presence_new (kiosk, window);
  g_signal_connect_object (frame, "back", G_CALLBACK (on_back), self, 0);
  g_signal_connect_object (frame, "primary", G_CALLBACK (on_primary), self, 0);
  g_signal_connect_object (window, "language-chosen", G_CALLBACK (on_language_chosen), self, 0);
  g_signal_connect_object (window, "staff-called", G_CALLBACK (on_staff_called), self, 0);
  g_signal_connect_object (window, "staff-here", G_CALLBACK (on_staff_here), self, 0);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, 0);
  g_signal_connect_object (session, "trouble", G_CALLBACK (on_session_trouble), self, 0);
  g_signal_connect_object (session, "forget", G_CALLBACK (on_session_forget), self, 0);
  g_signal_connect_object (session, "next-person", G_CALLBACK (on_session_next_person), self, 0);
  show_hall (self);
  show_time (self);
  put_up_screen (self, NULL);
  self->tick_source = g_timeout_add_seconds (1, on_tick, self);
  return self;
}
