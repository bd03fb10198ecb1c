/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a visit stands. The order is the order of a visit. */
typedef enum
{
  KOUAN_STATE_ATTRACT,
  KOUAN_STATE_LANGUAGE,
  KOUAN_STATE_CONSENT,
  KOUAN_STATE_APPOINTMENT,
  KOUAN_STATE_SERVICE, /* a walk-in chooses what the visit is for */
  KOUAN_STATE_WALK_IN, /* and is shown the code that brings the draft back */
  KOUAN_STATE_IDENTITY,
  KOUAN_STATE_DETAILS,
  KOUAN_STATE_DOCUMENTS,
  KOUAN_STATE_REVIEW,
  KOUAN_STATE_SIGN,
  KOUAN_STATE_SUBMIT,
  KOUAN_STATE_RECEIPT,
  KOUAN_STATE_RATING,
  KOUAN_STATE_PARKED, /* the draft is kept; nothing of it is in memory any more */
  KOUAN_STATE_FORGET, /* the end of this process image */
  KOUAN_N_STATES,
} KouanFlowState;

/* What can happen to it. */
typedef enum
{
  KOUAN_EVENT_START, /* somebody touched the attract page */
  KOUAN_EVENT_NEXT,  /* this page has what it needs */
  KOUAN_EVENT_BACK,
  KOUAN_EVENT_CODE_NEW,    /* a code without a draft: an appointment */
  KOUAN_EVENT_CODE_RETURN, /* a code with a draft: go on where it stood */
  KOUAN_EVENT_NO_CODE,
  KOUAN_EVENT_CHANGE_IDENTITY, /* "change", on the review page */
  KOUAN_EVENT_CHANGE_DETAILS,
  KOUAN_EVENT_CHANGE_DOCUMENTS,
  KOUAN_EVENT_CHANGED, /* the change is made: back to the review */
  KOUAN_EVENT_SUBMITTED,
  KOUAN_EVENT_SUBMIT_FAILED,
  KOUAN_EVENT_PARK,        /* "I'll come back" */
  KOUAN_EVENT_IDLE,        /* nobody answered "are you still there?" */
  KOUAN_EVENT_LEAVE,       /* "delete my answers and leave" */
  KOUAN_EVENT_NEXT_PERSON, /* of the same group: a family, or one employer's people */
  KOUAN_EVENT_NO_PAPERS,   /* past the page of papers, forward or back: nothing is handed in */
  KOUAN_N_EVENTS,
} KouanFlowEvent;

/* What the interpreter has to do for it, before the next page shows. */
typedef enum
{
  KOUAN_EFFECT_NONE,
  KOUAN_EFFECT_OPEN,        /* make a draft for the code */
  KOUAN_EFFECT_RESTORE,     /* read the draft of the code */
  KOUAN_EFFECT_SAVE,        /* the draft, durable */
  KOUAN_EFFECT_PARK,        /* save, then let go of every key */
  KOUAN_EFFECT_SUBMIT,      /* begin to seal */
  KOUAN_EFFECT_NEXT_PERSON, /* wipe all of this person but what the group shares */
  KOUAN_EFFECT_DISCARD,     /* remove the draft and its pages, then forget */
  KOUAN_EFFECT_FORGET,      /* wipe, and replace this process image */
} KouanFlowEffect;

typedef struct
{
  KouanFlowState next;
  KouanFlowEffect effect;
  gboolean accepted; /* FALSE: the table has no such edge and nothing changes */
} KouanFlowStep;

KouanFlowStep kouan_flow_step (KouanFlowState state, KouanFlowEvent event, KouanFlowState saved);

gboolean kouan_flow_state_is_resumable (KouanFlowState state);
gboolean kouan_flow_state_has_visitor (KouanFlowState state);
gboolean kouan_flow_state_idles (KouanFlowState state);
int kouan_flow_state_ordinal (KouanFlowState state, int *count);
const char *kouan_flow_state_to_string (KouanFlowState state);
KouanFlowState kouan_flow_state_from_string (const char *name);
const char *kouan_flow_event_to_string (KouanFlowEvent event);

G_END_DECLS
