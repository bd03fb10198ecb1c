/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/frames.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A kouan-pixels that was taken over, saying anything at all, in pieces of any length. */

#define AREA_MAX 10000

typedef struct
{
  guint pages;
} Seen;

static gboolean
on_page (KouanPage *page, gpointer data)
{
  Seen *seen = data;

  g_assert_true (page->width > 0 && page->height > 0 && page->dpi > 0);
  g_assert_cmpuint (page->width * page->height, <=, AREA_MAX);
  g_assert_cmpuint (g_bytes_get_size (page->pixels), ==, (gsize)page->width * page->height * 3);
  seen->pages++;
  return TRUE;
}

static void
feed (const guint8 *data, gsize size, gsize step)
{
  Seen seen = { 0 };
  g_autoptr (KouanFrames) frames = kouan_frames_new (AREA_MAX, on_page, &seen);
  KouanFileKind kind;

  while (size > 0 && kouan_frames_state (frames) == KOUAN_FRAMES_MORE)
    {
      gsize room;
      guint8 *target = kouan_frames_room (frames, &room);
      gsize count = MIN (MIN (room, step), size);

      memcpy (target, data, count);
      kouan_frames_filled (frames, count);
      data += count;
      size -= count;
    }
  g_assert_cmpuint (seen.pages, ==, kouan_frames_pages (frames));
  g_assert_cmpuint (seen.pages, <=, KOUAN_PIXELS_PAGES_MAX);
  if (kouan_frames_state (frames) == KOUAN_FRAMES_DONE
      && kouan_frames_status (frames, &kind) == KOUAN_PIXELS_STATUS_OK)
    g_assert_cmpuint (seen.pages, >, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  feed (data + 1, size - 1, data[0] + 1);
  return 0;
}
