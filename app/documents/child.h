/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/documents/frames.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CHILD_SPOKE,  /* the frames are over: what they say counts */
  KOUAN_CHILD_NONE,   /* it could not be started */
  KOUAN_CHILD_EXITED, /* by itself, with a code instead of an end frame */
  KOUAN_CHILD_CRASHED,
  KOUAN_CHILD_LATE,
  KOUAN_CHILD_CANCELLED,
} KouanChildEnd;

typedef struct
{
  const char *const *argv; /* the program's whole path and its words, %NULL-terminated */
  guint deadline_ms; /* from the start, without what the page function takes; then it is killed */
  gboolean trusted; /* ours, with drivers of others: may use stderr, is asked before it is killed */
  const char *environment; /* (nullable): one "NAME=value"; it gets no other */
} KouanChildPlan;

KouanChildEnd kouan_child_run (const KouanChildPlan *plan,
                               GBytes *input,
                               KouanFrames *frames,
                               GCancellable *cancellable,
                               int *exit_code);

G_END_DECLS
