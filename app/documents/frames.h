/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"
#include "app/pixels/protocol.h"

G_BEGIN_DECLS

/* Gets each page as it is complete; FALSE ends the reading. */
typedef gboolean (*KouanFramesPageFunc) (KouanPage *page, gpointer data);

/* How much of the page that comes is there, whenever that grows by a hundredth of it. */
typedef void (*KouanFramesProgressFunc) (guint percent, gpointer data);

typedef enum
{
  KOUAN_FRAMES_MORE,    /* wants more bytes */
  KOUAN_FRAMES_DONE,    /* the end frame was there and everything before it held */
  KOUAN_FRAMES_BROKEN,  /* not what kouan-pixels may say */
  KOUAN_FRAMES_STOPPED, /* the page function wants no more */
} KouanFramesState;

typedef struct _KouanFrames KouanFrames;

KouanFrames *kouan_frames_new (guint64 area_max, KouanFramesPageFunc page_func, gpointer data);
void kouan_frames_set_progress (KouanFrames *self, KouanFramesProgressFunc progress_func);
void kouan_frames_free (KouanFrames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFrames, kouan_frames_free)

guint8 *kouan_frames_room (KouanFrames *self, gsize *size);
KouanFramesState kouan_frames_filled (KouanFrames *self, gsize size);
KouanFramesState kouan_frames_state (const KouanFrames *self);
guint kouan_frames_pages (const KouanFrames *self);
gint64 kouan_frames_page_func_us (const KouanFrames *self);
KouanPixelsStatus kouan_frames_status (const KouanFrames *self, KouanFileKind *kind);

G_END_DECLS
