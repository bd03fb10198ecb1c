/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/mode.h"

/* Who is in staff mode, and where. The screens ask it what they may offer and give it their orders;
 * the shell puts the screen of its page into the frame. While somebody is in, the station's lock
 * keeps others from changing the same things over ssh. */

struct _KouanStaffMode
{
  GObject parent_instance;

  KouanKiosk *kiosk;
  KouanStaffPage page;
  KouanStaffPass *pass;   /* (nullable): nobody is in yet */
  KouanStaffPass *second; /* (nullable) */
  KouanStationLock *lock; /* (nullable): while somebody is in */

  gboolean asks_second;
  KouanStaffPage asked_from;
  char *resume; /* (nullable): what the page wanted to do */
  const char *how_left;
};

enum
{
  SIGNAL_PAGE,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanStaffMode, kouan_staff_mode, G_TYPE_OBJECT)

KouanStaffPage
kouan_staff_mode_get_page (KouanStaffMode *self)
{
  return self->page;
}

void
kouan_staff_mode_show (KouanStaffMode *self, KouanStaffPage page)
{
  g_return_if_fail (KOUAN_IS_STAFF_MODE (self));

  self->page = page;
  g_signal_emit (self, signals[SIGNAL_PAGE], 0);
}

void
kouan_staff_mode_end (KouanStaffMode *self, KouanStaffEnd end)
{
  g_autoptr (KouanStaffMode) alive = NULL;

  g_return_if_fail (KOUAN_IS_STAFF_MODE (self));

  alive = g_object_ref (self);
  g_signal_emit (alive, signals[SIGNAL_ENDED], 0, end);
}

/* Nobody has touched the glass for too long. */
void
kouan_staff_mode_lock (KouanStaffMode *self)
{
  g_return_if_fail (KOUAN_IS_STAFF_MODE (self));

  self->how_left = "idle";
  kouan_staff_mode_end (self, KOUAN_STAFF_END_BACK);
}

static KouanStaffPage
page_above (KouanStaffPage page)
{
  switch (page)
    {
    case KOUAN_STAFF_PAGE_REPRINT:
      return KOUAN_STAFF_PAGE_HELP;
    case KOUAN_STAFF_PAGE_HOURS:
      return KOUAN_STAFF_PAGE_SERVICE;
    default:
      return KOUAN_STAFF_PAGE_DESK;
    }
}

/* One page up; from the desk, and from the door, out. */
void
kouan_staff_mode_back (KouanStaffMode *self)
{
  g_return_if_fail (KOUAN_IS_STAFF_MODE (self));

  if (self->asks_second)
    {
      self->asks_second = FALSE;
      g_clear_pointer (&self->resume, g_free);
      kouan_staff_mode_show (self, self->asked_from);
    }
  else if (self->page == KOUAN_STAFF_PAGE_ENTRY || self->page == KOUAN_STAFF_PAGE_DESK)
    kouan_staff_mode_end (self, KOUAN_STAFF_END_BACK);
  else
    kouan_staff_mode_show (self, page_above (self->page));
}

KouanStaffGate *
kouan_staff_mode_get_gate (KouanStaffMode *self)
{
  return kouan_kiosk_get_gate (self->kiosk);
}

KouanKiosk *
kouan_staff_mode_get_kiosk (KouanStaffMode *self)
{
  return self->kiosk;
}

KouanStaffPass *
kouan_staff_mode_get_pass (KouanStaffMode *self)
{
  return self->pass;
}

gboolean
kouan_staff_mode_may (KouanStaffMode *self, KouanDuty duty)
{
  return self->pass != NULL && kouan_duty_is_of (duty, self->pass->roles);
}

/* Borrowed from the mode. */
KouanStaffOrder
kouan_staff_mode_get_order (KouanStaffMode *self)
{
  return (KouanStaffOrder){ kouan_staff_mode_get_gate (self), self->pass, self->second };
}

static gboolean
let_second_in (KouanStaffMode *self, KouanStaffPass *pass)
{
  g_clear_pointer (&self->second, kouan_staff_pass_unref);
  self->second = kouan_staff_pass_ref (pass);
  self->asks_second = FALSE;
  kouan_staff_mode_show (self, self->asked_from);
  return TRUE;
}

gboolean
kouan_staff_mode_let_in (KouanStaffMode *self, KouanStaffPass *pass, GError **error)
{
  KouanStation *station;

  g_return_val_if_fail (KOUAN_IS_STAFF_MODE (self) && pass != NULL, FALSE);

  if (self->asks_second)
    return let_second_in (self, pass);
  station = kouan_staff_gate_get_station (kouan_staff_mode_get_gate (self));
  self->lock = kouan_station_lock (station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE);
  if (self->lock == NULL)
    {
      g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_BUSY,
                           "somebody works on this kiosk over ssh");
      return FALSE;
    }
  self->pass = kouan_staff_pass_ref (pass);
  kouan_session_hold (kouan_kiosk_get_session (self->kiosk));
  kouan_staff_mode_show (self, KOUAN_STAFF_PAGE_DESK);
  return TRUE;
}

/* @resume: a word of the page's own */
void
kouan_staff_mode_ask_second (KouanStaffMode *self, const char *resume)
{
  g_return_if_fail (KOUAN_IS_STAFF_MODE (self));

  g_free (self->resume);
  self->resume = g_strdup (resume);
  self->asked_from = self->page;
  self->asks_second = TRUE;
  kouan_staff_mode_show (self, KOUAN_STAFF_PAGE_ENTRY);
}

gboolean
kouan_staff_mode_asks_second (KouanStaffMode *self)
{
  return self->asks_second;
}

char *
kouan_staff_mode_take_resume (KouanStaffMode *self)
{
  return self->second != NULL ? g_steal_pointer (&self->resume) : NULL;
}

static void
kouan_staff_mode_finalize (GObject *object)
{
  KouanStaffMode *self = KOUAN_STAFF_MODE (object);

  if (self->pass != NULL)
    kouan_staff_gate_leave (kouan_staff_mode_get_gate (self), self->pass, self->how_left);
  g_clear_pointer (&self->pass, kouan_staff_pass_unref);
  g_clear_pointer (&self->second, kouan_staff_pass_unref);
  g_clear_pointer (&self->lock, kouan_station_lock_release);
  g_free (self->resume);
  g_clear_object (&self->kiosk);
  G_OBJECT_CLASS (kouan_staff_mode_parent_class)->finalize (object);
}

static void
kouan_staff_mode_class_init (KouanStaffModeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_staff_mode_finalize;

  signals[SIGNAL_PAGE] = g_signal_new ("page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
kouan_staff_mode_init (KouanStaffMode *self)
{
  self->how_left = "left";
}

/* @kiosk: with a gate */
KouanStaffMode *
kouan_staff_mode_new (KouanKiosk *kiosk)
{
  KouanStaffMode *self;

  g_return_val_if_fail (KOUAN_IS_KIOSK (kiosk) && kouan_kiosk_get_gate (kiosk) != NULL, NULL);

  self = g_object_new (KOUAN_TYPE_STAFF_MODE, NULL);
  self->kiosk = g_object_ref (kiosk);
  return self;
}
