/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/flow.h"

/* The visit as a table. It holds no data and touches nothing: (state, event) → (state, effect).
 * What is not in the table cannot happen, so a late answer of a device, a double press or a child
 * with ten fingers has nowhere to go. The session is the one interpreter of the effects. */

#define SAVED KOUAN_N_STATES /* stands for the state that the draft was left in */

typedef struct
{
  KouanFlowState state;
  KouanFlowEvent event;
  KouanFlowState next;
  KouanFlowEffect effect;
} Edge;

#define EDGE(state, event, next, effect)                                                           \
  {                                                                                                \
    KOUAN_STATE_##state, KOUAN_EVENT_##event, KOUAN_STATE_##next, KOUAN_EFFECT_##effect            \
  }

/* A page with a draft behind it can be left in three ways: kept, kept because nobody answered,
 * deleted. */
#define LEAVES(state)                                                                              \
  EDGE (state, PARK, PARKED, PARK), EDGE (state, IDLE, PARKED, PARK),                              \
    EDGE (state, LEAVE, FORGET, DISCARD)

/* Before there is a draft there is nothing to keep. */
#define LEAVES_EMPTY(state) EDGE (state, IDLE, FORGET, FORGET), EDGE (state, LEAVE, FORGET, FORGET)

static const Edge edges[] = {
  EDGE (ATTRACT, START, LANGUAGE, NONE),

  EDGE (LANGUAGE, NEXT, CONSENT, NONE),
  EDGE (LANGUAGE, BACK, FORGET, FORGET),
  LEAVES_EMPTY (LANGUAGE),

  EDGE (CONSENT, NEXT, APPOINTMENT, NONE),
  EDGE (CONSENT, BACK, LANGUAGE, NONE),
  LEAVES_EMPTY (CONSENT),

  EDGE (APPOINTMENT, CODE_NEW, IDENTITY, OPEN),
  { KOUAN_STATE_APPOINTMENT, KOUAN_EVENT_CODE_RETURN, SAVED, KOUAN_EFFECT_RESTORE },
  EDGE (APPOINTMENT, NO_CODE, SERVICE, NONE),
  EDGE (APPOINTMENT, BACK, CONSENT, NONE),
  LEAVES_EMPTY (APPOINTMENT),

  EDGE (SERVICE, NEXT, WALK_IN, OPEN),
  EDGE (SERVICE, BACK, APPOINTMENT, NONE),
  LEAVES_EMPTY (SERVICE),

  EDGE (WALK_IN, NEXT, IDENTITY, SAVE),
  LEAVES (WALK_IN),

  EDGE (IDENTITY, NEXT, DETAILS, SAVE),
  EDGE (IDENTITY, CHANGED, REVIEW, SAVE),
  LEAVES (IDENTITY),

  EDGE (DETAILS, NEXT, DOCUMENTS, SAVE),
  EDGE (DETAILS, CHANGED, REVIEW, SAVE),
  EDGE (DETAILS, NO_PAPERS, REVIEW, SAVE),
  EDGE (DETAILS, BACK, IDENTITY, SAVE),
  LEAVES (DETAILS),

  EDGE (DOCUMENTS, NEXT, REVIEW, SAVE),
  EDGE (DOCUMENTS, CHANGED, REVIEW, SAVE),
  EDGE (DOCUMENTS, BACK, DETAILS, SAVE),
  LEAVES (DOCUMENTS),

  EDGE (REVIEW, NEXT, SIGN, SAVE),
  EDGE (REVIEW, BACK, DOCUMENTS, SAVE),
  EDGE (REVIEW, NO_PAPERS, DETAILS, SAVE),
  EDGE (REVIEW, CHANGE_IDENTITY, IDENTITY, SAVE),
  EDGE (REVIEW, CHANGE_DETAILS, DETAILS, SAVE),
  EDGE (REVIEW, CHANGE_DOCUMENTS, DOCUMENTS, SAVE),
  LEAVES (REVIEW),

  EDGE (SIGN, NEXT, SUBMIT, SUBMIT),
  EDGE (SIGN, BACK, REVIEW, SAVE),
  LEAVES (SIGN),

  /* Sealing is not left half-way: it ends by itself, one way or the other. */
  EDGE (SUBMIT, SUBMITTED, RECEIPT, NONE),
  EDGE (SUBMIT, SUBMIT_FAILED, SIGN, SAVE),

  EDGE (RECEIPT, NEXT, RATING, NONE),
  EDGE (RECEIPT, NEXT_PERSON, CONSENT, NEXT_PERSON),
  EDGE (RECEIPT, IDLE, FORGET, FORGET),

  EDGE (RATING, NEXT, FORGET, FORGET),
  EDGE (RATING, BACK, RECEIPT, NONE),
  EDGE (RATING, IDLE, FORGET, FORGET),

  /* One who could not be finished does not stop the others. */
  EDGE (PARKED, NEXT_PERSON, CONSENT, NEXT_PERSON),
  EDGE (PARKED, NEXT, FORGET, FORGET),
  EDGE (PARKED, IDLE, FORGET, FORGET),
};

static const char *const state_names[KOUAN_N_STATES] = {
  "attract",   "language", "consent", "appointment", "service", "walk-in", "identity", "details",
  "documents", "review",   "sign",    "submit",      "receipt", "rating",  "parked",   "forget",
};

static const char *const event_names[KOUAN_N_EVENTS] = {
  "start",
  "next",
  "back",
  "code-new",
  "code-return",
  "no-code",
  "change-identity",
  "change-details",
  "change-documents",
  "changed",
  "submitted",
  "submit-failed",
  "park",
  "idle",
  "leave",
  "next-person",
  "no-papers",
};

/* The steps that a visitor counts, in the row under the header. A walk-in's two extra pages belong
 * to the appointment step. */
static const int ordinals[KOUAN_N_STATES] = {
  [KOUAN_STATE_APPOINTMENT] = 1, [KOUAN_STATE_SERVICE] = 1, [KOUAN_STATE_WALK_IN] = 1,
  [KOUAN_STATE_IDENTITY] = 2,    [KOUAN_STATE_DETAILS] = 3, [KOUAN_STATE_DOCUMENTS] = 4,
  [KOUAN_STATE_REVIEW] = 5,      [KOUAN_STATE_SIGN] = 6,    [KOUAN_STATE_SUBMIT] = 6,
  [KOUAN_STATE_RECEIPT] = 7,
};

#define N_ORDINALS 7

/**
 * kouan_flow_step:
 * @saved: the state that a draft was left in; only read for %KOUAN_EVENT_CODE_RETURN
 *
 * A @saved state that cannot be returned to (a damaged or foreign draft) leads to the identity
 * page, which is always safe: it asks again.
 *
 * Returns: the edge, or the unchanged state with `accepted` FALSE
 */
KouanFlowStep
kouan_flow_step (KouanFlowState state, KouanFlowEvent event, KouanFlowState saved)
{
  g_return_val_if_fail (state < KOUAN_N_STATES,
                        ((KouanFlowStep){ KOUAN_STATE_FORGET, KOUAN_EFFECT_FORGET, TRUE }));

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      KouanFlowState next = edges[i].next;

      if (edges[i].state != state || edges[i].event != event)
        continue;
      if (next == SAVED)
        next = kouan_flow_state_is_resumable (saved) ? saved : KOUAN_STATE_IDENTITY;
      return (KouanFlowStep){ next, edges[i].effect, TRUE };
    }
  return (KouanFlowStep){ state, KOUAN_EFFECT_NONE, FALSE };
}

/* States that a parked draft may come back to: it exists, and it is not being sealed. */
gboolean
kouan_flow_state_is_resumable (KouanFlowState state)
{
  return state >= KOUAN_STATE_WALK_IN && state <= KOUAN_STATE_SIGN;
}

/* States in which something of a person is in memory. */
gboolean
kouan_flow_state_has_visitor (KouanFlowState state)
{
  return state > KOUAN_STATE_ATTRACT && state < KOUAN_STATE_FORGET;
}

/* States that ask "are you still there?": all but the attract page and the seconds of sealing. */
gboolean
kouan_flow_state_idles (KouanFlowState state)
{
  return kouan_flow_state_has_visitor (state) && state != KOUAN_STATE_SUBMIT;
}

/**
 * kouan_flow_state_ordinal:
 * @count: (out) (optional): how many steps a visit has
 *
 * Returns: 1 to @count, or 0 for a page outside the row of steps
 */
int
kouan_flow_state_ordinal (KouanFlowState state, int *count)
{
  g_return_val_if_fail (state < KOUAN_N_STATES, 0);

  if (count != NULL)
    *count = N_ORDINALS;
  return ordinals[state];
}

const char *
kouan_flow_state_to_string (KouanFlowState state)
{
  g_return_val_if_fail (state < KOUAN_N_STATES, NULL);

  return state_names[state];
}

/* Returns: the state of that name, or %KOUAN_N_STATES */
KouanFlowState
kouan_flow_state_from_string (const char *name)
{
  for (guint i = 0; name != NULL && i < KOUAN_N_STATES; i++)
    if (g_str_equal (name, state_names[i]))
      return i;
  return KOUAN_N_STATES;
}

const char *
kouan_flow_event_to_string (KouanFlowEvent event)
{
  g_return_val_if_fail (event < KOUAN_N_EVENTS, NULL);

  return event_names[event];
}
