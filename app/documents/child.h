/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/documents/frames.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CHILD_SPOKE,     /* the frames are over: what they say counts */
  KOUAN_CHILD_NONE,      /* it could not be started */
  KOUAN_CHILD_NOT_READY, /* it refused to work on this machine */
  KOUAN_CHILD_CRASHED,
  KOUAN_CHILD_LATE,
  KOUAN_CHILD_CANCELLED,
} KouanChildEnd;

KouanChildEnd kouan_child_run (const char *const *argv,
                               GBytes *input,
                               KouanFrames *frames,
                               guint deadline_ms,
                               GCancellable *cancellable);

G_END_DECLS
