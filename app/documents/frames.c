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
  gsize filled; /* of the frame, or of the body while there is one */
  guint8 *body; /* (nullable): what follows a frame: text or pixels */
  gsize body_size;
  gboolean body_is_text;
  guint width, height, dpi;
  char *text; /* (nullable): of the page that comes next */

  guint announced;
  guint pages;
  gint64 page_func_us;
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
  g_free (self->body);
  g_free (self->text);
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
expect_body (KouanFrames *self, gsize size, gboolean is_text)
{
  self->body_size = size;
  self->body_is_text = is_text;
  self->body = g_try_malloc (size);
  return self->body != NULL ? KOUAN_FRAMES_MORE : KOUAN_FRAMES_BROKEN;
}

/* Once for each page, in front of it. */
static KouanFramesState
take_text_frame (KouanFrames *self)
{
  if (self->pages >= self->announced || self->text != NULL || word (self, 0) == 0
      || word (self, 0) > KOUAN_PIXELS_TEXT_MAX)
    return KOUAN_FRAMES_BROKEN;
  return expect_body (self, word (self, 0), TRUE);
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
  return expect_body (self, width * height * 3, FALSE);
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
  if (has_tag (self, KOUAN_PIXELS_TAG_TEXT))
    return take_text_frame (self);
  if (has_tag (self, KOUAN_PIXELS_TAG_PAGE))
    return take_page_frame (self);
  return has_tag (self, KOUAN_PIXELS_TAG_END) ? take_end (self) : KOUAN_FRAMES_BROKEN;
}

/* It is shown to nobody, but compared; what is not UTF-8 was not written by our decoder. */
static KouanFramesState
take_text (KouanFrames *self)
{
  g_autofree guint8 *body = g_steal_pointer (&self->body);

  if (!g_utf8_validate_len ((const char *)body, self->body_size, NULL))
    return KOUAN_FRAMES_BROKEN;
  self->text = g_strndup ((const char *)body, self->body_size);
  return KOUAN_FRAMES_MORE;
}

static KouanFramesState
take_pixels (KouanFrames *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&self->body), self->body_size);
  g_autoptr (KouanPage) page = kouan_page_new (self->width, self->height, self->dpi, bytes);
  gint64 before_us = g_get_monotonic_time ();
  gboolean more;

  page->text = g_steal_pointer (&self->text);
  self->pages++;
  more = self->page_func (page, self->data);
  self->page_func_us += g_get_monotonic_time () - before_us;
  return more ? KOUAN_FRAMES_MORE : KOUAN_FRAMES_STOPPED;
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

  *size = (self->body != NULL ? self->body_size : sizeof self->frame) - self->filled;
  return (self->body != NULL ? self->body : self->frame) + self->filled;
}

static void
report (const KouanFrames *self, gsize before)
{
  guint percent = (guint64)self->filled * 100 / self->body_size;

  if (self->progress_func != NULL && percent != (guint64)before * 100 / self->body_size)
    self->progress_func (percent, self->data);
}

/**
 * kouan_frames_filled:
 * @size: how many bytes were written into the room
 */
KouanFramesState
kouan_frames_filled (KouanFrames *self, gsize size)
{
  gsize whole = self->body != NULL ? self->body_size : sizeof self->frame;

  g_return_val_if_fail (self->state == KOUAN_FRAMES_MORE, self->state);
  g_return_val_if_fail (size <= whole - self->filled, KOUAN_FRAMES_BROKEN);

  self->filled += size;
  if (self->body != NULL && !self->body_is_text)
    report (self, self->filled - size);
  if (self->filled < whole)
    return self->state;
  self->filled = 0;
  if (self->body == NULL)
    self->state = take_frame (self);
  else
    self->state = self->body_is_text ? take_text (self) : take_pixels (self);
  return self->state;
}

KouanFramesState
kouan_frames_state (const KouanFrames *self)
{
  return self->state;
}

/* Returns: how long the page function has taken so far: whoever speaks had to wait for it */
gint64
kouan_frames_page_func_us (const KouanFrames *self)
{
  return self->page_func_us;
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
