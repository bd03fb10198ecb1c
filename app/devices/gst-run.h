/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"
#include "app/devices/frame.h"

G_BEGIN_DECLS

/* One pipeline from its opening to its closing. */
typedef struct _KouanGstRun KouanGstRun;

/* The ends of a pipeline. */
typedef enum
{
  KOUAN_GST_RUN_PICTURE, /* for the screen: at most 1280 by 1280, 15 a second */
  KOUAN_GST_RUN_GRAY,    /* for readers: as large as the source, 10 a second */
  KOUAN_GST_RUN_STILL,   /* when it is asked for: as large as the source */
  KOUAN_GST_RUN_N_ENDS,
} KouanGstRunEnd;

/* Something is there to be taken; on the default main context, never after silence. */
typedef void (*KouanGstRunNews) (gpointer owner);

KouanGstRun *kouan_gst_run_new (const char *source,
                                KouanGstRunNews on_news,
                                gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
KouanGstRun *kouan_gst_run_ref (KouanGstRun *self);
void kouan_gst_run_unref (KouanGstRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanGstRun, kouan_gst_run_unref)

/* Both may block: on a worker thread, in this order. */
void kouan_gst_run_open (KouanGstRun *self);
void kouan_gst_run_close (KouanGstRun *self);

void kouan_gst_run_silence (KouanGstRun *self);
void kouan_gst_run_request_still (KouanGstRun *self);
KouanFrame *kouan_gst_run_take (KouanGstRun *self, KouanGstRunEnd end);
gboolean kouan_gst_run_get_trouble (KouanGstRun *self, KouanDeviceState *state, char **words);

G_END_DECLS
