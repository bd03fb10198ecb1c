/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/documents/frames.h"

typedef struct
{
  guint pages;
  guint width;
  guint dpi;
  guint8 first;
  char text[32];
  gboolean stop;
  gint64 busy_us;
} Seen;

static gboolean
on_page (KouanPage *page, gpointer data)
{
  Seen *seen = data;

  gint64 until_us = g_get_monotonic_time () + seen->busy_us;

  while (g_get_monotonic_time () < until_us)
    ;
  seen->pages++;
  seen->width = page->width;
  seen->dpi = page->dpi;
  g_strlcpy (seen->text, page->text != NULL ? page->text : "", sizeof seen->text);
  seen->first = *(const guint8 *)g_bytes_get_data (page->pixels, NULL);
  return !seen->stop;
}

static void
put (GByteArray *bytes, const char *tag, guint32 a, guint32 b, guint32 c, guint32 d)
{
  const guint32 words[]
    = { GUINT32_TO_BE (a), GUINT32_TO_BE (b), GUINT32_TO_BE (c), GUINT32_TO_BE (d) };

  g_byte_array_append (bytes, (const guint8 *)tag, 4);
  g_byte_array_append (bytes, (const guint8 *)words, sizeof words);
}

static void
put_page (GByteArray *bytes, guint width, guint height, guint dpi)
{
  g_autofree guint8 *pixels = g_malloc ((gsize)width * height * 3);

  memset (pixels, 7, (gsize)width * height * 3);
  put (bytes, "PAGE", width, height, 1, dpi);
  g_byte_array_append (bytes, pixels, width * height * 3);
}

/* Hands over at most @step bytes at a time, until they are used up or refused. */
static KouanFramesState
feed (KouanFrames *frames, const GByteArray *bytes, gsize step)
{
  gsize at = 0;

  while (at < bytes->len && kouan_frames_state (frames) == KOUAN_FRAMES_MORE)
    {
      gsize room;
      guint8 *target = kouan_frames_room (frames, &room);
      gsize count = MIN (MIN (room, step), bytes->len - at);

      memcpy (target, bytes->data + at, count);
      at += count;
      kouan_frames_filled (frames, count);
    }
  return kouan_frames_state (frames);
}

static KouanFramesState
feed_once (const GByteArray *bytes, Seen *seen)
{
  g_autoptr (KouanFrames) frames = kouan_frames_new (1000, on_page, seen);

  return feed (frames, bytes, 4096);
}

static void
test_two_pages (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  put (bytes, "KPX1", 2, 0, 0, 0);
  put_page (bytes, 3, 2, 200);
  put_page (bytes, 5, 4, 0);
  put (bytes, "DONE", 0, KOUAN_FILE_KIND_PDF, 0, 0);
  for (gsize step = 1; step < 64; step++)
    {
      Seen seen = { 0 };
      KouanFileKind kind;
      g_autoptr (KouanFrames) frames = kouan_frames_new (1000, on_page, &seen);

      g_assert_cmpint (feed (frames, bytes, step), ==, KOUAN_FRAMES_DONE);
      g_assert_cmpint (kouan_frames_status (frames, &kind), ==, KOUAN_PIXELS_STATUS_OK);
      g_assert_cmpint (kind, ==, KOUAN_FILE_KIND_PDF);
      g_assert_cmpuint (seen.pages, ==, 2);
      g_assert_cmpuint (kouan_frames_pages (frames), ==, 2);
      g_assert_cmpuint (seen.width, ==, 5);
      g_assert_cmpuint (seen.dpi, >, 0);
      g_assert_cmpuint (seen.first, ==, 7);
    }
}

/* What is done with a page is not the time of whoever speaks. */
static void
test_busy (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { .busy_us = 2000 };
  g_autoptr (KouanFrames) frames = kouan_frames_new (1000, on_page, &seen);

  put (bytes, "KPX1", 2, 0, 0, 0);
  put_page (bytes, 3, 2, 200);
  put_page (bytes, 5, 4, 0);
  g_assert_cmpint (kouan_frames_page_func_us (frames), ==, 0);
  feed (frames, bytes, 4096);
  g_assert_cmpint (kouan_frames_page_func_us (frames), >=, 2 * seen.busy_us);
}

static void
test_refusal (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { 0 };
  KouanFileKind kind;
  g_autoptr (KouanFrames) frames = kouan_frames_new (1000, on_page, &seen);

  put (bytes, "KPX1", 0, 0, 0, 0);
  put (bytes, "DONE", KOUAN_PIXELS_STATUS_NOT_SUPPORTED, KOUAN_FILE_KIND_OFFICE, 0, 0);
  g_assert_cmpint (feed (frames, bytes, 100), ==, KOUAN_FRAMES_DONE);
  g_assert_cmpint (kouan_frames_status (frames, &kind), ==, KOUAN_PIXELS_STATUS_NOT_SUPPORTED);
  g_assert_cmpint (kind, ==, KOUAN_FILE_KIND_OFFICE);
  g_assert_cmpuint (seen.pages, ==, 0);
}

static void
test_stopped (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { .stop = TRUE };

  put (bytes, "KPX1", 2, 0, 0, 0);
  put_page (bytes, 3, 2, 200);
  put_page (bytes, 3, 2, 200);
  g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_STOPPED);
  g_assert_cmpuint (seen.pages, ==, 1);
}

typedef struct
{
  const char *name;
  guint32 start[2]; /* pages; whether there is a page frame */
  guint32 page[4];
  const char *tag;
  guint32 end[2];
} Lie;

static const Lie lies[] = {
  { "too-many-pages", { 21, 0 }, { 0 }, NULL, { 0 } },
  { "wide", { 1, 1 }, { 0x80000000, 1, 1, 0 }, NULL, { 0 } },
  { "large", { 1, 1 }, { 40, 26, 1, 0 }, NULL, { 0 } },
  { "overflow", { 1, 1 }, { 65536, 65536, 1, 0 }, NULL, { 0 } },
  { "no-width", { 1, 1 }, { 0, 5, 1, 0 }, NULL, { 0 } },
  { "no-height", { 1, 1 }, { 5, 0, 1, 0 }, NULL, { 0 } },
  { "format", { 1, 1 }, { 5, 5, 2, 0 }, NULL, { 0 } },
  { "dpi", { 1, 1 }, { 5, 5, 1, 1201 }, NULL, { 0 } },
  { "not-announced", { 0, 1 }, { 5, 5, 1, 0 }, NULL, { 0 } },
  { "missing-page", { 1, 0 }, { 0 }, "DONE", { 0, 1 } },
  { "no-pages", { 0, 0 }, { 0 }, "DONE", { 0, 1 } },
  { "status", { 0, 0 }, { 0 }, "DONE", { 99, 1 } },
  { "kind", { 0, 0 }, { 0 }, "DONE", { 1, 99 } },
  { "tag", { 0, 0 }, { 0 }, "HELO", { 0, 0 } },
  { "second-start", { 1, 0 }, { 0 }, "KPX1", { 1, 0 } },
};

static void
test_lie (gconstpointer data)
{
  const Lie *lie = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { 0 };

  put (bytes, "KPX1", lie->start[0], 0, 0, 0);
  if (lie->start[1])
    put (bytes, "PAGE", lie->page[0], lie->page[1], lie->page[2], lie->page[3]);
  if (lie->tag != NULL)
    put (bytes, lie->tag, lie->end[0], lie->end[1], 0, 0);
  g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_BROKEN);
  g_assert_cmpuint (seen.pages, ==, 0);
}

static void
test_wrong_start (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { 0 };

  put (bytes, "DONE", 0, 0, 0, 0);
  g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_BROKEN);
}

static void
put_text (GByteArray *bytes, const char *text, gsize size)
{
  put (bytes, "TEXT", (guint32)size, 0, 0, 0);
  g_byte_array_append (bytes, (const guint8 *)text, size);
}

/* A text belongs to the page behind it, and to no other. */
static void
test_text (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Seen seen = { 0 };

  put (bytes, "KPX1", 2, 0, 0, 0);
  put_text (bytes, "ADA 护照", 10);
  put_page (bytes, 3, 2, 200);
  g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_MORE);
  g_assert_cmpstr (seen.text, ==, "ADA 护照");
  put_page (bytes, 3, 2, 200);
  g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_MORE);
  g_assert_cmpstr (seen.text, ==, "");
}

static void
test_bad_text (void)
{
  static const struct
  {
    const char *text;
    gsize size;
    guint32 said;
  } bad[] = {
    { "\xff\xfe", 2, 2 }, { "a\0b", 3, 3 }, { "", 0, 0 }, { "ab", 2, KOUAN_PIXELS_TEXT_MAX + 1 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      Seen seen = { 0 };

      put (bytes, "KPX1", 1, 0, 0, 0);
      put (bytes, "TEXT", bad[i].said, 0, 0, 0);
      g_byte_array_append (bytes, (const guint8 *)bad[i].text, bad[i].size);
      g_assert_cmpint (feed_once (bytes, &seen), ==, KOUAN_FRAMES_BROKEN);
    }
}

/* Neither two for one page, nor one behind the last. */
static void
test_text_out_of_place (void)
{
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autoptr (GByteArray) behind = g_byte_array_new ();
  Seen seen = { 0 };

  put (twice, "KPX1", 1, 0, 0, 0);
  put_text (twice, "a", 1);
  put_text (twice, "b", 1);
  g_assert_cmpint (feed_once (twice, &seen), ==, KOUAN_FRAMES_BROKEN);
  put (behind, "KPX1", 1, 0, 0, 0);
  put_page (behind, 3, 2, 200);
  put_text (behind, "a", 1);
  g_assert_cmpint (feed_once (behind, &seen), ==, KOUAN_FRAMES_BROKEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/frames/two-pages", test_two_pages);
  g_test_add_func ("/documents/frames/busy", test_busy);
  g_test_add_func ("/documents/frames/refusal", test_refusal);
  g_test_add_func ("/documents/frames/stopped", test_stopped);
  g_test_add_func ("/documents/frames/wrong-start", test_wrong_start);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/documents/frames/lie/", lies[i].name, NULL);

      g_test_add_data_func (path, &lies[i], test_lie);
    }
  g_test_add_func ("/documents/frames/text", test_text);
  g_test_add_func ("/documents/frames/bad-text", test_bad_text);
  g_test_add_func ("/documents/frames/text-out-of-place", test_text_out_of_place);
  return g_test_run ();
}
