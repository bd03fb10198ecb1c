/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/session/flow.h"

/* The table is small enough to be walked whole: 16 states × 17 events × 17 saved states. */

#define RANDOM_EVENTS 10000

static KouanFlowState
next_of (KouanFlowState state, KouanFlowEvent event)
{
  return kouan_flow_step (state, event, KOUAN_STATE_IDENTITY).next;
}

static void
test_whole_table (void)
{
  for (guint state = 0; state < KOUAN_N_STATES; state++)
    for (guint event = 0; event < KOUAN_N_EVENTS; event++)
      for (guint saved = 0; saved <= KOUAN_N_STATES; saved++)
        {
          KouanFlowStep step = kouan_flow_step (state, event, saved);

          g_assert_cmpuint (step.next, <, KOUAN_N_STATES);
          if (!step.accepted)
            {
              g_assert_cmpuint (step.next, ==, state);
              g_assert_cmpuint (step.effect, ==, KOUAN_EFFECT_NONE);
            }
          if (step.accepted && step.next == KOUAN_STATE_FORGET)
            g_assert_true (step.effect == KOUAN_EFFECT_FORGET
                           || step.effect == KOUAN_EFFECT_DISCARD);
          if (step.accepted && step.next == KOUAN_STATE_PARKED)
            g_assert_cmpuint (step.effect, ==, KOUAN_EFFECT_PARK);
          if (step.next == KOUAN_STATE_SUBMIT && state != KOUAN_STATE_SUBMIT)
            g_assert_cmpuint (step.effect, ==, KOUAN_EFFECT_SUBMIT);
        }
}

/* Nothing leaves the end but a new process. */
static void
test_forget_is_final (void)
{
  for (guint event = 0; event < KOUAN_N_EVENTS; event++)
    g_assert_false (kouan_flow_step (KOUAN_STATE_FORGET, event, KOUAN_STATE_SIGN).accepted);
}

static void
test_appointment_visit (void)
{
  static const KouanFlowEvent events[] = {
    KOUAN_EVENT_START, KOUAN_EVENT_NEXT,      KOUAN_EVENT_NEXT, KOUAN_EVENT_CODE_NEW,
    KOUAN_EVENT_NEXT,  KOUAN_EVENT_NEXT,      KOUAN_EVENT_NEXT, KOUAN_EVENT_NEXT,
    KOUAN_EVENT_NEXT,  KOUAN_EVENT_SUBMITTED, KOUAN_EVENT_NEXT, KOUAN_EVENT_NEXT,
  };
  static const KouanFlowState states[] = {
    KOUAN_STATE_LANGUAGE, KOUAN_STATE_CONSENT,   KOUAN_STATE_APPOINTMENT, KOUAN_STATE_IDENTITY,
    KOUAN_STATE_DETAILS,  KOUAN_STATE_DOCUMENTS, KOUAN_STATE_REVIEW,      KOUAN_STATE_SIGN,
    KOUAN_STATE_SUBMIT,   KOUAN_STATE_RECEIPT,   KOUAN_STATE_RATING,      KOUAN_STATE_FORGET,
  };
  KouanFlowState state = KOUAN_STATE_ATTRACT;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      state = next_of (state, events[i]);
      g_assert_cmpstr (kouan_flow_state_to_string (state), ==,
                       kouan_flow_state_to_string (states[i]));
    }
}

/* Every page that a person can stand at can be left by that person, and by nobody being there. */
static void
test_every_page_has_a_way_out (void)
{
  for (guint state = KOUAN_STATE_LANGUAGE; state < KOUAN_STATE_FORGET; state++)
    {
      if (state == KOUAN_STATE_SUBMIT)
        continue;
      g_assert_true (kouan_flow_step (state, KOUAN_EVENT_IDLE, KOUAN_STATE_IDENTITY).accepted);
      g_assert_true (kouan_flow_state_idles (state));
    }
  g_assert_false (kouan_flow_state_idles (KOUAN_STATE_ATTRACT));
  g_assert_false (kouan_flow_state_idles (KOUAN_STATE_SUBMIT));
}

/* With a draft behind it, nobody being there never deletes; only the person's own word does. */
static void
test_idle_never_discards (void)
{
  for (guint state = 0; state < KOUAN_N_STATES; state++)
    {
      KouanFlowStep step = kouan_flow_step (state, KOUAN_EVENT_IDLE, KOUAN_STATE_IDENTITY);

      g_assert_cmpuint (step.effect, !=, KOUAN_EFFECT_DISCARD);
      if (kouan_flow_state_is_resumable (state))
        g_assert_cmpuint (step.effect, ==, KOUAN_EFFECT_PARK);
    }
}

static void
test_return_goes_back_to_the_same_step (void)
{
  for (guint saved = 0; saved <= KOUAN_N_STATES; saved++)
    {
      KouanFlowStep step
        = kouan_flow_step (KOUAN_STATE_APPOINTMENT, KOUAN_EVENT_CODE_RETURN, saved);

      g_assert_true (step.accepted);
      g_assert_cmpuint (step.effect, ==, KOUAN_EFFECT_RESTORE);
      if (saved < KOUAN_N_STATES && kouan_flow_state_is_resumable (saved))
        g_assert_cmpuint (step.next, ==, saved);
      else
        g_assert_cmpuint (step.next, ==, KOUAN_STATE_IDENTITY);
    }
}

/* From wherever ten thousand random events lead, the visit can still be ended. */
static void
test_random_events_always_end (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  KouanFlowState state = KOUAN_STATE_ATTRACT;
  guint visits = 0;

  for (guint i = 0; i < RANDOM_EVENTS; i++)
    {
      KouanFlowEvent event = g_rand_int_range (rand, 0, KOUAN_N_EVENTS);
      KouanFlowState saved = g_rand_int_range (rand, 0, KOUAN_N_STATES + 1);

      state = kouan_flow_step (state, event, saved).next;
      if (state == KOUAN_STATE_FORGET)
        {
          state = KOUAN_STATE_ATTRACT;
          visits++;
        }
    }
  g_assert_cmpuint (visits, >, 100);
}

static void
test_names (void)
{
  for (guint state = 0; state < KOUAN_N_STATES; state++)
    g_assert_cmpuint (kouan_flow_state_from_string (kouan_flow_state_to_string (state)), ==, state);
  g_assert_cmpuint (kouan_flow_state_from_string ("no such state"), ==, KOUAN_N_STATES);
  g_assert_cmpuint (kouan_flow_state_from_string (NULL), ==, KOUAN_N_STATES);
  for (guint event = 0; event < KOUAN_N_EVENTS; event++)
    g_assert_nonnull (kouan_flow_event_to_string (event));
}

static void
test_ordinals (void)
{
  int count, last = 0;

  for (guint state = 0; state < KOUAN_N_STATES; state++)
    {
      int ordinal = kouan_flow_state_ordinal (state, &count);

      g_assert_cmpint (ordinal, <=, count);
      if (ordinal != 0)
        {
          g_assert_cmpint (ordinal, >=, last);
          g_assert_cmpint (ordinal, <=, last + 1);
          last = ordinal;
        }
    }
  g_assert_cmpint (last, ==, count);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/whole-table", test_whole_table);
  g_test_add_func ("/flow/forget-is-final", test_forget_is_final);
  g_test_add_func ("/flow/appointment-visit", test_appointment_visit);
  g_test_add_func ("/flow/way-out", test_every_page_has_a_way_out);
  g_test_add_func ("/flow/idle-never-discards", test_idle_never_discards);
  g_test_add_func ("/flow/return", test_return_goes_back_to_the_same_step);
  g_test_add_func ("/flow/random", test_random_events_always_end);
  g_test_add_func ("/flow/names", test_names);
  g_test_add_func ("/flow/ordinals", test_ordinals);
  return g_test_run ();
}
