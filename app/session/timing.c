/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/timing.h"

#include "db/kiosk/tallies.h"

#include <string.h>

/* Follows the steps of a visit with the clock that nobody sets, and at its end adds to the counts
 * of the day, all in one transaction. What it remembers until then is a few numbers; what it counts
 * is tied to nobody (db/kiosk/tallies.c). A visit that a power cut ends is not counted. */

#define WAIT_MAX_S (4 * 60 * 60) /* later than that somebody came late rather than waited */

struct _KouanTiming
{
  KouanClock *clock;
  gboolean under_way;
  gint64 began_wall_s;
  gint64 began_us;   /* boot time */
  gint64 entered_us; /* the step in hand */
  gint64 done_us;    /* when it was handed in; 0: not yet */
  gint64 spent_us[KOUAN_N_STATES];
  gint64 wait_s; /* -1: no appointment, or too early or too late for one */
  guint service;
  char *language;
  gboolean resumed;
};

KouanTiming *
kouan_timing_new (KouanClock *clock)
{
  KouanTiming *self = g_new0 (KouanTiming, 1);

  self->clock = g_object_ref (clock);
  self->language = g_strdup ("");
  return self;
}

void
kouan_timing_free (KouanTiming *self)
{
  g_object_unref (self->clock);
  g_free (self->language);
  g_free (self);
}

/* Somebody stands here from now on. */
void
kouan_timing_begin (KouanTiming *self)
{
  self->under_way = TRUE;
  self->began_wall_s = kouan_clock_wall_s (self->clock);
  self->began_us = self->entered_us = kouan_clock_boot_us (self->clock);
  memset (self->spent_us, 0, sizeof self->spent_us);
  self->wait_s = -1;
  self->service = 0;
  self->resumed = FALSE;
  self->done_us = 0;
  g_free (self->language);
  self->language = g_strdup ("");
}

/* What of a visit the counts know: before it is wiped. */
void
kouan_timing_note (KouanTiming *self, const KouanVisit *visit)
{
  self->service = visit->service;
  g_free (self->language);
  self->language = g_strdup (visit->language != NULL ? visit->language : "");
}

/* @not_before_s: when the appointment begins */
void
kouan_timing_set_appointment (KouanTiming *self, gint64 not_before_s)
{
  gint64 wait_s = self->began_wall_s - not_before_s;

  self->wait_s = wait_s >= 0 && wait_s <= WAIT_MAX_S ? wait_s : -1;
}

static gboolean
add (KouanDatabase *db,
     const char *day,
     const char *measure,
     guint service,
     const char *word,
     gint64 seconds,
     GError **error)
{
  const KouanTally tally = { day, measure, service, word, seconds };

  return kouan_tallies_add (db, &tally, error);
}

static gboolean
add_steps (KouanTiming *self, KouanDatabase *db, const char *day, GError **error)
{
  for (KouanFlowState state = 0; state < KOUAN_N_STATES; state++)
    if (self->spent_us[state] > 0
        && !add (db, day, KOUAN_TALLY_STEP, self->service, kouan_flow_state_to_string (state),
                 MAX (self->spent_us[state] / G_USEC_PER_SEC, 1), error))
      return FALSE;
  return TRUE;
}

/* @place: where it ended; NULL if it was completed */
static gboolean
count (KouanTiming *self, KouanDatabase *db, const char *end, const char *place, GError **error)
{
  g_autoptr (GDateTime) began = g_date_time_new_from_unix_local (self->began_wall_s);
  g_autofree char *day = g_date_time_format (began, "%Y-%m-%d");
  g_autofree char *hour = g_date_time_format (began, "%H");
  gint64 spent_s = (self->done_us - self->began_us) / G_USEC_PER_SEC;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);

  return transaction != NULL && add (db, day, KOUAN_TALLY_HOUR, 0, hour, 0, error)
         && add (db, day, KOUAN_TALLY_LANGUAGE, 0, self->language, 0, error)
         && add (db, day, KOUAN_TALLY_END, self->service, end, 0, error)
         && (place == NULL || add (db, day, KOUAN_TALLY_PLACE, self->service, place, 0, error))
         && (!self->resumed || add (db, day, KOUAN_TALLY_RESUMED, self->service, "", 0, error))
         && (self->wait_s < 0
             || add (db, day, KOUAN_TALLY_WAIT, self->service, "", MAX (self->wait_s, 1), error))
         && (place != NULL || self->resumed
             || add (db, day, KOUAN_TALLY_VISIT, self->service, "", MAX (spent_s, 1), error))
         && add_steps (self, db, day, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static const char *
ending (const KouanTiming *self, KouanFlowEvent event, KouanFlowEffect effect)
{
  if (self->done_us > 0)
    return "completed";
  if (event == KOUAN_EVENT_IDLE)
    return "timed-out";
  return effect == KOUAN_EFFECT_PARK ? "parked" : "left";
}

static void
finish (KouanTiming *self,
        KouanDatabase *db,
        KouanFlowState from,
        KouanFlowEvent event,
        KouanFlowEffect effect)
{
  const char *place = self->done_us > 0 ? NULL : kouan_flow_state_to_string (from);
  g_autoptr (GError) error = NULL;

  self->under_way = FALSE;
  if (!count (self, db, ending (self, event, effect), place, &error))
    g_message ("Visit not counted: %s", error->message);
}

/**
 * kouan_timing_follow:
 * @step: has been carried out
 *
 * Counts the visit when this was its last step. A disk that cannot take it costs the count, not the
 * visit.
 */
void
kouan_timing_follow (KouanTiming *self,
                     KouanDatabase *db,
                     KouanFlowState from,
                     KouanFlowEvent event,
                     const KouanFlowStep *step)
{
  gint64 now_us = kouan_clock_boot_us (self->clock);

  if (from == KOUAN_STATE_ATTRACT)
    kouan_timing_begin (self);
  if (!self->under_way)
    return;
  self->spent_us[from] += now_us - self->entered_us;
  self->entered_us = now_us;
  self->resumed |= step->effect == KOUAN_EFFECT_RESTORE;
  if (event == KOUAN_EVENT_SUBMITTED)
    self->done_us = now_us;
  if (step->effect == KOUAN_EFFECT_PARK || step->effect == KOUAN_EFFECT_DISCARD
      || step->effect == KOUAN_EFFECT_FORGET || step->effect == KOUAN_EFFECT_NEXT_PERSON)
    finish (self, db, from, event, step->effect);
}
