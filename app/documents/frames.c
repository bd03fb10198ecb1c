/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/frames.h"

#include <string.h>

/* Reads what kouan-pixels says, as if it were the stranger who brought the file: a decoder that was
 * taken over is exactly that. Memory is taken only for a page whose sides were believed, one page
 * at a time, and a success counts only with as many pages as were announced and an end frame behind
 * the last. */

struct _KouanFrames
{
  guint64 area_max;
  KouanFramesPageFunc page_func;
  KouanFramesProgressFunc progress_func;
  gpointer data;

  KouanFramesState state;
  guint8 frame[KOUAN_PIXELS_FRAME_SIZE];
  gboolean started;
  gsize filled; /* of the frame, or of the pixels while there are any */
  guint8 *pixels;
  gsize pixels_size;
  guint width, height, dpi;

  guint announced;
  guint pages;
  KouanPixelsStatus status;
  KouanFileKind kind;
};

/**
 * kouan_frames_new:
 * @area_max: pixels that a page may have
 * @page_func: gets each page as it is complete
 */
KouanFrames *
kouan_frames_new (guint64 area_max, KouanFramesPageFunc page_func, gpointer data)
{
  KouanFrames *self = g_new0 (KouanFrames, 1);

  self->area_max = MIN (area_max, KOUAN_PIXELS_AREA_MAX);
  self->page_func = page_func;
  self->data = data;
  return self;
}

/* @progress_func gets the same data as the page function. */
void
kouan_frames_set_progress (KouanFrames *self, KouanFramesProgressFunc progress_func)
{
  self->progress_func = progress_func;
}

void
kouan_frames_free (KouanFrames *self)
{
  g_free (self->pixels);
  g_free (self);
}

static guint32
word (const KouanFrames *self, guint index)
{
  guint32 value;

  memcpy (&value, self->frame + 4 + index * 4, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
has_tag (const KouanFrames *self, const char *tag)
{
  return memcmp (self->frame, tag, 4) == 0;
}

static KouanFramesState
take_start (KouanFrames *self)
{
  if (!has_tag (self, KOUAN_PIXELS_TAG_START) || word (self, 0) > KOUAN_PIXELS_PAGES_MAX)
    return KOUAN_FRAMES_BROKEN;
  self->started = TRUE;
  self->announced = word (self, 0);
  return KOUAN_FRAMES_MORE;
}

static KouanFramesState
take_page_frame (KouanFrames *self)
{
  guint64 width = word (self, 0), height = word (self, 1);

  if (self->pages >= self->announced || word (self, 2) != KOUAN_PIXELS_FORMAT_RGB8)
    return KOUAN_FRAMES_BROKEN;
  if (width == 0 || height == 0 || width > KOUAN_PIXELS_SIDE_MAX || height > KOUAN_PIXELS_SIDE_MAX
      || width * height > self->area_max || word (self, 3) > KOUAN_PIXELS_DPI_MAX)
    return KOUAN_FRAMES_BROKEN;
  self->width = width;
  self->height = height;
  self->dpi = word (self, 3);
  self->pixels_size = width * height * 3;
  self->pixels = g_try_malloc (self->pixels_size);
  return self->pixels != NULL ? KOUAN_FRAMES_MORE : KOUAN_FRAMES_BROKEN;
}

static KouanFramesState
take_end (KouanFrames *self)
{
  if (word (self, 0) > KOUAN_PIXELS_STATUS_LAST || word (self, 1) > KOUAN_FILE_KIND_LAST)
    return KOUAN_FRAMES_BROKEN;
  self->status = word (self, 0);
  self->kind = word (self, 1);
  if (self->status == KOUAN_PIXELS_STATUS_OK
      && (self->announced == 0 || self->pages != self->announced))
    return KOUAN_FRAMES_BROKEN;
  return KOUAN_FRAMES_DONE;
}

static KouanFramesState
take_frame (KouanFrames *self)
{
  if (!self->started)
    return take_start (self);
  if (has_tag (self, KOUAN_PIXELS_TAG_PAGE))
    return take_page_frame (self);
  return has_tag (self, KOUAN_PIXELS_TAG_END) ? take_end (self) : KOUAN_FRAMES_BROKEN;
}

static KouanFramesState
take_pixels (KouanFrames *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&self->pixels), self->pixels_size);
  g_autoptr (KouanPage) page = kouan_page_new (self->width, self->height, self->dpi, bytes);

  self->pages++;
  return self->page_func (page, self->data) ? KOUAN_FRAMES_MORE : KOUAN_FRAMES_STOPPED;
}

/**
 * kouan_frames_room:
 * @size: (out): how many bytes fit, at least 1
 *
 * Returns: (transfer none): where the next bytes go; nothing else may be called before
 * kouan_frames_filled ()
 */
guint8 *
kouan_frames_room (KouanFrames *self, gsize *size)
{
  g_return_val_if_fail (self->state == KOUAN_FRAMES_MORE, NULL);

  *size = (self->pixels != NULL ? self->pixels_size : sizeof self->frame) - self->filled;
  return (self->pixels != NULL ? self->pixels : self->frame) + self->filled;
}

static void
report (const KouanFrames *self, gsize before)
{
  guint percent = (guint64)self->filled * 100 / self->pixels_size;

  if (self->progress_func != NULL && percent != (guint64)before * 100 / self->pixels_size)
    self->progress_func (percent, self->data);
}

/**
 * kouan_frames_filled:
 * @size: how many bytes were written into the room
 */
KouanFramesState
kouan_frames_filled (KouanFrames *self, gsize size)
{
  gsize whole = self->pixels != NULL ? self->pixels_size : sizeof self->frame;

  g_return_val_if_fail (self->state == KOUAN_FRAMES_MORE, self->state);
  g_return_val_if_fail (size <= whole - self->filled, KOUAN_FRAMES_BROKEN);

  self->filled += size;
  if (self->pixels != NULL)
    report (self, self->filled - size);
  if (self->filled < whole)
    return self->state;
  self->filled = 0;
  self->state = self->pixels != NULL ? take_pixels (self) : take_frame (self);
  return self->state;
}

KouanFramesState
kouan_frames_state (const KouanFrames *self)
{
  return self->state;
}

guint
kouan_frames_pages (const KouanFrames *self)
{
  return self->pages;
}

/**
 * kouan_frames_status:
 * @kind: (out): what the file is
 *
 * Returns: how the file was read; means something only behind %KOUAN_FRAMES_DONE
 */
KouanPixelsStatus
kouan_frames_status (const KouanFrames *self, KouanFileKind *kind)
{
  *kind = self->kind;
  return self->status;
}
