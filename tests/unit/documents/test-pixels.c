/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <png.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

#include "app/documents/jpeg.h"
#include "app/documents/pixels.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

/* The real kouan-pixels, locked in as it is in the hall, through the kiosk's side of it. */

typedef struct
{
  GAsyncResult *result;
} Answer;

static void
on_read (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  ((Answer *)data)->result = g_object_ref (result);
}

static gboolean
has_answer (gpointer data)
{
  return ((Answer *)data)->result != NULL;
}

static GPtrArray *
read_with (KouanPixels *pixels, GBytes *file, GCancellable *cancellable, GError **error)
{
  Answer answer = { NULL };
  GPtrArray *pages;

  kouan_pixels_read_async (pixels, file, cancellable, on_read, &answer);
  kouan_test_wait_for (has_answer, &answer);
  pages = kouan_pixels_read_finish (pixels, answer.result, error);
  g_object_unref (answer.result);
  return pages;
}

static GPtrArray *
read_pages (GBytes *file)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GError) error = NULL;
  GPtrArray *pages = read_with (pixels, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pages);
  return pages;
}

/* Takes @file. */
static KouanPage *
read_page (GBytes *file)
{
  g_autoptr (GPtrArray) pages = read_pages (file);
  KouanPage *page = kouan_page_ref (g_ptr_array_index (pages, 0));

  g_assert_cmpuint (pages->len, ==, 1);
  g_bytes_unref (file);
  return page;
}

static void
assert_quarters (GBytes *file, guint width, guint height, guint tolerance)
{
  g_autoptr (KouanPage) page = read_page (file);

  g_assert_cmpuint (page->width, ==, width);
  g_assert_cmpuint (page->height, ==, height);
  kouan_test_assert_quarters (page, tolerance);
}

/* Takes @file. */
static void
assert_refused (GBytes *file, KouanPixelsError code)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = read_with (pixels, file, NULL, &error);

  g_assert_error (error, KOUAN_PIXELS_ERROR, (int)code);
  g_assert_null (pages);
  g_assert_cmpuint (strlen (kouan_pixels_error_title (error)), >, 0);
  g_assert_cmpuint (strlen (kouan_pixels_error_remedy (error)), >, 0);
  g_bytes_unref (file);
}

static void
test_formats (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (120, 80);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 95);

  assert_quarters (g_bytes_ref (jpeg->bytes), 120, 80, 8);
  assert_quarters (kouan_test_png (page), 120, 80, 0);
  assert_quarters (kouan_test_tiff (page, 1, COMPRESSION_NONE), 120, 80, 0);
  assert_quarters (kouan_test_tiff (page, 1, COMPRESSION_LZW), 120, 80, 0);
  assert_quarters (kouan_test_tiff (page, 1, COMPRESSION_ADOBE_DEFLATE), 120, 80, 0);
  assert_quarters (kouan_test_webp (page, FALSE), 120, 80, 12);
  assert_quarters (kouan_test_jp2 (page, FALSE), 120, 80, 1);
  assert_quarters (kouan_test_jp2 (page, TRUE), 120, 80, 1);
  assert_quarters (kouan_test_heic (page), 120, 80, 12);
}

static void
test_orientations (void)
{
  g_autoptr (KouanPage) upright = kouan_test_quarters (120, 80);

  for (guint turns = 0; turns < 4; turns++)
    {
      static const guint orientation_of_turns[] = { 1, 8, 3, 6 };
      g_autoptr (KouanPage) stored = kouan_page_rotated (upright, turns);

      assert_quarters (kouan_test_jpeg_oriented (stored, orientation_of_turns[turns]), 120, 80, 8);
    }
}

/* Paper that a scanner measured is believed, a camera's or a screen's habit is not. */
static void
test_paper_size (void)
{
  static const struct
  {
    guint claimed, dpi;
  } claims[] = { { 300, 300 }, { 150, 150 }, { 72, 0 }, { 96, 0 }, { 1201, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autoptr (KouanPage) page = kouan_test_quarters (400, 300);
      g_autoptr (KouanPage) claiming = kouan_page_new (400, 300, claims[i].claimed, page->pixels);
      g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (claiming, 90);
      g_autoptr (KouanPage) read = read_page (g_bytes_ref (jpeg->bytes));

      g_assert_cmpint (read->paper_known, ==, claims[i].dpi > 0);
      if (read->paper_known)
        g_assert_cmpuint (read->dpi, ==, claims[i].dpi);
    }
}

static guint8
first_byte (GBytes *file)
{
  g_autoptr (KouanPage) page = read_page (file);

  return *(const guint8 *)g_bytes_get_data (page->pixels, NULL);
}

static void
test_colour_spaces (void)
{
  g_assert_cmpint (ABS (first_byte (kouan_test_jpeg_gray (9, 9)) - 200), <=, 1);
  g_assert_cmpint (ABS (first_byte (kouan_test_jpeg_cmyk (9, 9)) - 156), <=, 2);
  g_assert_cmpuint (first_byte (kouan_test_png_of (9, 9, PNG_COLOR_TYPE_GRAY, 16, FALSE)), ==, 64);
  g_assert_cmpuint (first_byte (kouan_test_png_of (9, 9, PNG_COLOR_TYPE_RGB, 16, TRUE)), ==, 64);
  g_assert_cmpuint (first_byte (kouan_test_png_of (8, 8, PNG_COLOR_TYPE_PALETTE, 1, FALSE)), ==,
                    255);
  /* gray 64 of opacity 64 on white: 64 * 64 / 255 + 191 */
  g_assert_cmpint (ABS (first_byte (kouan_test_png_of (9, 9, PNG_COLOR_TYPE_RGBA, 8, FALSE)) - 207),
                   <=, 1);
  g_assert_cmpint (
    ABS (first_byte (kouan_test_png_of (9, 9, PNG_COLOR_TYPE_GRAY_ALPHA, 16, TRUE)) - 207), <=, 1);
}

static void
test_transparent_is_white (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (32, 32);

  g_assert_cmpuint (first_byte (kouan_test_webp (page, TRUE)), ==, 255);
}

static void
test_pdf_pages (void)
{
  g_autoptr (GBytes) file
    = kouan_test_pdf (3, "0 0 360 504", "BT /F 48 Tf 30 400 Td (Hello) Tj ET");
  g_autoptr (GPtrArray) pages = read_pages (file);
  KouanPage *page = g_ptr_array_index (pages, 2);
  gsize size;
  const guint8 *data = g_bytes_get_data (page->pixels, &size);
  guint dark = 0;

  g_assert_cmpuint (pages->len, ==, 3);
  g_assert_cmpuint (page->dpi, ==, 200);
  g_assert_cmpuint (page->width, ==, 1000);
  g_assert_cmpuint (page->height, ==, 1400);
  for (gsize i = 0; i < size; i += 3)
    dark += data[i] < 100;
  g_assert_cmpuint (dark, >, 1000); /* a font was found in the locked room */
  g_assert_cmpuint (dark, <, size / 30);
}

/* A poster of two metres arrives whole, at fewer dots an inch. */
static void
test_pdf_poster (void)
{
  g_autoptr (KouanPage) page
    = read_page (kouan_test_pdf (1, "0 0 5760 5760", "1 0 0 rg 0 0 9999 9999 re f"));

  g_assert_cmpuint ((guint64)page->width * page->height, <=, 16000000);
  g_assert_cmpuint (page->width, >, 3900);
  g_assert_cmpuint (page->dpi, ==, 50);
}

static void
test_tiff_pages (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (40, 30);
  g_autoptr (GBytes) file = kouan_test_tiff (page, 20, COMPRESSION_LZW);
  g_autoptr (GPtrArray) pages = read_pages (file);

  g_assert_cmpuint (pages->len, ==, 20);
  kouan_test_assert_quarters (g_ptr_array_index (pages, 19), 0);
  assert_refused (kouan_test_tiff (page, 21, COMPRESSION_LZW), KOUAN_PIXELS_ERROR_TOO_MANY_PAGES);
}

static void
test_large_picture_arrives_smaller (void)
{
  g_autoptr (KouanPage) page
    = read_page (kouan_test_png_of (6000, 6000, PNG_COLOR_TYPE_GRAY, 1, FALSE));

  g_assert_cmpuint (page->width, ==, 4000);
  g_assert_cmpuint (page->height, ==, 4000);
}

/* Every format, cut at every sixteenth of it: refused, never a page that is partly there. */
static void
test_truncated (void)
{
  g_autoptr (KouanPage) page = kouan_test_letter (1, 60);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 80);
  g_autoptr (GBytes) png = kouan_test_png (page);
  g_autoptr (GBytes) tiff = kouan_test_tiff (page, 1, COMPRESSION_LZW);
  g_autoptr (GBytes) webp = kouan_test_webp (page, FALSE);
  g_autoptr (GBytes) heic = kouan_test_heic (page);
  g_autoptr (GBytes) jp2 = kouan_test_jp2 (page, FALSE);
  GBytes *files[] = { jpeg->bytes, png, tiff, webp, heic, jp2 };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint part = 2; part < 16; part++)
      assert_refused (kouan_test_cut (files[i], g_bytes_get_size (files[i]) * part / 16),
                      KOUAN_PIXELS_ERROR_DAMAGED);
}

static void
test_pdf_damaged (void)
{
  assert_refused (g_bytes_new_static ("%PDF-1.4\nnothing of the kind", 26),
                  KOUAN_PIXELS_ERROR_DAMAGED);
}

static void
test_bombs (void)
{
  assert_refused (kouan_test_png_header (30000, 30000), KOUAN_PIXELS_ERROR_TOO_LARGE);
  assert_refused (kouan_test_png_header (10000, 4001), KOUAN_PIXELS_ERROR_TOO_LARGE);
  assert_refused (kouan_test_png_header (0x7fffffff, 1), KOUAN_PIXELS_ERROR_TOO_LARGE);
  assert_refused (kouan_test_png_header (100, 100), KOUAN_PIXELS_ERROR_DAMAGED);
  assert_refused (kouan_test_pdf (1, "0 0 200000 200000", "BT ET"), KOUAN_PIXELS_ERROR_TOO_LARGE);
  assert_refused (kouan_test_pdf (10000, "0 0 595 842", "BT ET"),
                  KOUAN_PIXELS_ERROR_TOO_MANY_PAGES);
  assert_refused (kouan_test_pdf (21, "0 0 595 842", "BT ET"), KOUAN_PIXELS_ERROR_TOO_MANY_PAGES);
}

/* A JPEG whose header claims other sides than its data fill. */
static void
test_jpeg_that_lies (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (64, 64);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 80);
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg->bytes, &size);
  const guint8 *frame = memmem (data, size, "\xff\xc0\0\x11", 4);
  gsize at = frame - data + 5;

  for (guint i = 0; i < 2; i++)
    {
      guint8 *lie = g_memdup2 (data, size);

      memcpy (lie + at, i == 0 ? "\xff\xff\xff\xff" : "\x10\x00\x10\x00", 4);
      assert_refused (g_bytes_new_take (lie, size),
                      i == 0 ? KOUAN_PIXELS_ERROR_TOO_LARGE : KOUAN_PIXELS_ERROR_DAMAGED);
    }
}

static void
test_encrypted (void)
{
  assert_refused (kouan_test_pdf_encrypted (), KOUAN_PIXELS_ERROR_ENCRYPTED_PDF);
}

static void
test_too_many_bytes (void)
{
  gsize size = 26 * 1024 * 1024;
  guint8 *data = g_malloc0 (size);

  memcpy (data, "\xff\xd8\xff\xe0", 4);
  assert_refused (g_bytes_new_take (data, size), KOUAN_PIXELS_ERROR_TOO_LARGE);
}

/* Draws for ever, page by page of one instruction: ended by the clock, and the caller hears why. */
static void
test_endless_pdf (void)
{
  g_autoptr (GString) contents = g_string_new (NULL);
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GPtrArray) pages = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (contents, "0 0 m 3000 9 9 3000 7 7 c 0 3000 l 3000 0 l b*\n");
  file = kouan_test_pdf (1, "0 0 595 842", contents->str);
  kouan_pixels_set_deadline_ms (pixels, 300);
  pages = read_with (pixels, file, NULL, &error);
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_TIMED_OUT);
}

#define BUSY_DEADLINE_MS 1000

static gboolean
be_busy (KouanPage *page G_GNUC_UNUSED, gpointer data)
{
  gint64 until_us = g_get_monotonic_time () + (BUSY_DEADLINE_MS + 100) * 1000;
  guint *pages = data;

  while (*pages == 0 && g_get_monotonic_time () < until_us)
    ;
  (*pages)++;
  return TRUE;
}

/* A caller that takes long over a page does not make the file late. */
static void
test_busy_caller (void)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GBytes) file = kouan_test_pdf (2, "0 0 100 100", "");
  g_autoptr (GError) error = NULL;
  guint pages = 0;

  kouan_pixels_set_deadline_ms (pixels, BUSY_DEADLINE_MS);
  g_assert_true (kouan_pixels_read (pixels, file, be_busy, &pages, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pages, ==, 2);
}

typedef struct
{
  const char *name;
  const char *start;
  KouanFileKind kind;
} Stranger;

static const Stranger strangers[] = {
  { "zip", "PK\3\4 holiday", KOUAN_FILE_KIND_ARCHIVE },
  { "docx", "PK\3\4 [Content_Types].xml", KOUAN_FILE_KIND_OFFICE },
  { "doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KOUAN_FILE_KIND_OFFICE },
  { "svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", KOUAN_FILE_KIND_SVG },
  { "html", "<!doctype html><script>alert(1)</script>", KOUAN_FILE_KIND_WEB_PAGE },
  { "text", "curriculum vitae", KOUAN_FILE_KIND_TEXT },
  { "program",
    "\x7f"
    "ELF",
    KOUAN_FILE_KIND_PROGRAM },
  { "empty", "", KOUAN_FILE_KIND_EMPTY },
};

static void
test_stranger (gconstpointer data)
{
  const Stranger *stranger = data;
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GBytes) file = g_bytes_new_static (stranger->start, strlen (stranger->start));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = read_with (pixels, file, NULL, &error);

  g_assert_null (pages);
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_NOT_SUPPORTED);
  g_assert_cmpint (kouan_pixels_error_kind (error), ==, stranger->kind);
}

/* Each kind of stranger has words of its own. */
static void
test_words (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  guint count = 0;

  for (KouanFileKind kind = KOUAN_FILE_KIND_EMPTY; kind <= KOUAN_FILE_KIND_LAST; kind++, count++)
    {
      g_autoptr (GError) error
        = kouan_pixels_error_new (KOUAN_PIXELS_ERROR_NOT_SUPPORTED, kind, "");

      g_hash_table_add (titles, (char *)kouan_pixels_error_title (error));
    }
  for (int code = KOUAN_PIXELS_ERROR_TOO_LARGE; code <= KOUAN_PIXELS_ERROR_FAILED; code++, count++)
    {
      g_autoptr (GError) error = kouan_pixels_error_new (code, KOUAN_FILE_KIND_PDF, "");

      g_hash_table_add (titles, (char *)kouan_pixels_error_title (error));
    }
  g_assert_cmpuint (g_hash_table_size (titles), ==, count);
}

static void
obey (const char *order, GQuark domain, int code)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (FAKE_PIXELS);
  g_autoptr (GBytes) file = g_bytes_new_static (order, strlen (order));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;

  kouan_pixels_set_deadline_ms (pixels, g_str_equal (order, "hang") ? 100 : 10000);
  pages = read_with (pixels, file, NULL, &error);
  g_assert_error (error, domain, code);
}

static void
test_taken_over (void)
{
  obey ("hang", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_TIMED_OUT);
  obey ("slow", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_TIMED_OUT);
  obey ("chatter", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_FAILED);
  obey ("crash", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED);
  obey ("forbidden", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED);
  obey ("not-locked", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_FAILED);
  obey ("half", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_FAILED);
  obey ("no-pages", KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_FAILED);
}

/* Nothing of this process goes along: no environment, no open file. */
static void
test_no_luggage (void)
{
  int left_open = dup (STDERR_FILENO); /* goes along with every program that does not close it */
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (FAKE_PIXELS);
  g_autoptr (GBytes) file = g_bytes_new_static ("luggage", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = read_with (pixels, file, NULL, &error);

  g_assert_cmpint (left_open, >=, 0);
  close (left_open);
  g_assert_no_error (error);
  g_assert_cmpuint (
    *(const guint8 *)g_bytes_get_data (((KouanPage *)pages->pdata[0])->pixels, NULL), ==, 255);
}

/* A child that reads little and says nothing cannot be filled for ever. */
static void
test_pipe_breaks (void)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (FAKE_PIXELS);
  gsize size = 20 * 1024 * 1024;
  guint8 *data = g_malloc0 (size);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;

  strcpy ((char *)data, "crash");
  file = g_bytes_new_take (data, size);
  pages = read_with (pixels, file, NULL, &error);
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED);
}

static void
test_not_installed (void)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new ("/nonexistent/kouan-pixels");
  g_autoptr (GBytes) file = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = read_with (pixels, file, NULL, &error);

  g_assert_null (pages);
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_FAILED);
}

static gboolean
on_idle_cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (FAKE_PIXELS);
  g_autoptr (GBytes) file = g_bytes_new_static ("hang", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;

  g_idle_add (on_idle_cancel, cancellable);
  pages = read_with (pixels, file, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/pixels/formats", test_formats);
  g_test_add_func ("/documents/pixels/paper-size", test_paper_size);
  g_test_add_func ("/documents/pixels/orientations", test_orientations);
  g_test_add_func ("/documents/pixels/colour-spaces", test_colour_spaces);
  g_test_add_func ("/documents/pixels/transparent-is-white", test_transparent_is_white);
  g_test_add_func ("/documents/pixels/pdf-pages", test_pdf_pages);
  g_test_add_func ("/documents/pixels/pdf-poster", test_pdf_poster);
  g_test_add_func ("/documents/pixels/tiff-pages", test_tiff_pages);
  g_test_add_func ("/documents/pixels/large-arrives-smaller", test_large_picture_arrives_smaller);
  g_test_add_func ("/documents/pixels/truncated", test_truncated);
  g_test_add_func ("/documents/pixels/pdf-damaged", test_pdf_damaged);
  g_test_add_func ("/documents/pixels/bombs", test_bombs);
  g_test_add_func ("/documents/pixels/jpeg-that-lies", test_jpeg_that_lies);
  g_test_add_func ("/documents/pixels/encrypted", test_encrypted);
  g_test_add_func ("/documents/pixels/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/documents/pixels/endless-pdf", test_endless_pdf);
  g_test_add_func ("/documents/pixels/busy-caller", test_busy_caller);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strconcat ("/documents/pixels/stranger/", strangers[i].name, NULL);

      g_test_add_data_func (path, &strangers[i], test_stranger);
    }
  g_test_add_func ("/documents/pixels/words", test_words);
  g_test_add_func ("/documents/pixels/taken-over", test_taken_over);
  g_test_add_func ("/documents/pixels/no-luggage", test_no_luggage);
  g_test_add_func ("/documents/pixels/pipe-breaks", test_pipe_breaks);
  g_test_add_func ("/documents/pixels/not-installed", test_not_installed);
  g_test_add_func ("/documents/pixels/cancelled", test_cancelled);
  return g_test_run ();
}
