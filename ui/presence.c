/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/presence.h"

#include "app/language/language.h"
#include "ui/window/panels.h"

/* KouanIdle knows how long nothing has happened and what that means; here it learns what happens,
 * and what it says is done: a question with its seconds, the visit parked, the attract page's
 * comforts taken back. */

struct _KouanPresence
{
  GObject parent_instance;

  KouanKiosk *kiosk;
  KouanWindow *window;
  gboolean asking;   /* "are you still there?" is open */
  gboolean awaiting; /* the person waits for staff */
};

G_DEFINE_FINAL_TYPE (KouanPresence, kouan_presence, G_TYPE_OBJECT)

static KouanSession *
session_of (KouanPresence *self)
{
  return kouan_kiosk_get_session (self->kiosk);
}

static KouanIdle *
idle_of (KouanPresence *self)
{
  return kouan_kiosk_get_idle (self->kiosk);
}

/* Who waits for somebody, asked for time, or listens where others look, has more of it. */
static void
update_patience (KouanPresence *self)
{
  KouanPreferences *preferences = kouan_window_get_preferences (self->window);

  kouan_idle_set_patient (idle_of (self), self->awaiting
                                            || kouan_preferences_get_more_time (preferences)
                                            || kouan_preferences_get_voice (preferences));
}

static void
on_patience_changed (KouanPreferences *preferences G_GNUC_UNUSED,
                     GParamSpec *pspec G_GNUC_UNUSED,
                     KouanPresence *self)
{
  update_patience (self);
}

/**
 * kouan_presence_set_awaiting:
 * @awaiting: whether the person waits for staff: then there is more time before it is asked
 */
void
kouan_presence_set_awaiting (KouanPresence *self, gboolean awaiting)
{
  g_return_if_fail (KOUAN_IS_PRESENCE (self));

  self->awaiting = awaiting;
  update_patience (self);
}

static void
on_still_here (KouanWindow *window G_GNUC_UNUSED, KouanPresence *self)
{
  kouan_idle_touch (idle_of (self));
  self->asking = FALSE;
}

/* "Leave", from the question whether anybody is there: the same as nobody answering, only sooner.
 */
static void
on_leave (KouanWindow *window G_GNUC_UNUSED, KouanPresence *self)
{
  self->asking = FALSE;
  kouan_session_send (session_of (self), KOUAN_EVENT_IDLE);
}

static const char *
what_is_kept (KouanPresence *self)
{
  if (kouan_flow_state_is_resumable (kouan_session_get_state (session_of (self))))
    return _ ("Then your answers and pages are kept, locked, for 14 days. Show the same code to go "
              "on.");
  return _ ("Then this kiosk forgets what you entered.");
}

static void
ask_still_here (KouanPresence *self, int remaining_s)
{
  if (!self->asking)
    kouan_window_ask_still_there (self->window, what_is_kept (self), remaining_s);
  self->asking = TRUE;
  kouan_window_set_seconds_left (self->window, remaining_s);
}

/* Who made the text larger and went away without starting has not done so for the next one. */
static void
forget_comfort (KouanPresence *self)
{
  if (kouan_idle_get_state (idle_of (self), NULL) == KOUAN_IDLE_ACTIVE)
    return;
  kouan_window_close_panel (self->window);
  kouan_preferences_reset (kouan_window_get_preferences (self->window));
  kouan_idle_touch (idle_of (self));
}

static void
look_at_visitor (KouanPresence *self)
{
  int remaining_s;

  switch (kouan_idle_get_state (idle_of (self), &remaining_s))
    {
    case KOUAN_IDLE_ACTIVE:
      if (self->asking)
        kouan_window_close_panel (self->window);
      self->asking = FALSE;
      break;
    case KOUAN_IDLE_ASKING:
      ask_still_here (self, remaining_s);
      break;
    case KOUAN_IDLE_OVER:
      self->asking = FALSE;
      kouan_session_send (session_of (self), KOUAN_EVENT_IDLE);
      break;
    }
}

/**
 * kouan_presence_tick:
 *
 * Once a second, while a visit or the attract page shows.
 */
void
kouan_presence_tick (KouanPresence *self)
{
  KouanFlowState state;

  g_return_if_fail (KOUAN_IS_PRESENCE (self));

  state = kouan_session_get_state (session_of (self));
  if (state == KOUAN_STATE_ATTRACT)
    forget_comfort (self);
  else if (!kouan_flow_state_idles (state))
    kouan_idle_touch (idle_of (self));
  else
    look_at_visitor (self);
}

/* Every press and key counts as somebody being there, before any widget sees it. While the question
 * is open a movement alone does not, so that a sleeve on the glass does not keep a stranger's visit
 * alive. */
static gboolean
on_any_event (GtkEventControllerLegacy *controller G_GNUC_UNUSED,
              GdkEvent *event,
              KouanPresence *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_KEY_PRESS:
      kouan_idle_touch (idle_of (self));
      break;
    case GDK_MOTION_NOTIFY:
    case GDK_TOUCH_UPDATE:
      if (!self->asking)
        kouan_idle_touch (idle_of (self));
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_events (KouanPresence *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_any_event), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), controller);
}

static void
kouan_presence_dispose (GObject *object)
{
  KouanPresence *self = KOUAN_PRESENCE (object);

  g_clear_object (&self->window);
  g_clear_object (&self->kiosk);
  G_OBJECT_CLASS (kouan_presence_parent_class)->dispose (object);
}

static void
kouan_presence_class_init (KouanPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_presence_dispose;
}

static void
kouan_presence_init (KouanPresence *self G_GNUC_UNUSED)
{
}

KouanPresence *
kouan_presence_new (KouanKiosk *kiosk, KouanWindow *window)
{
  KouanPresence *self = g_object_new (KOUAN_TYPE_PRESENCE, NULL);
  KouanPreferences *preferences = kouan_window_get_preferences (window);

  self->kiosk = g_object_ref (kiosk);
  self->window = g_object_ref (window);
  g_signal_connect_object (window, "leave", G_CALLBACK (on_leave), self, 0);
  g_signal_connect_object (window, "still-here", G_CALLBACK (on_still_here), self, 0);
  g_signal_connect_object (preferences, "notify::more-time", G_CALLBACK (on_patience_changed), self,
                           0);
  g_signal_connect_object (preferences, "notify::voice", G_CALLBACK (on_patience_changed), self, 0);
  watch_events (self);
  return self;
}
