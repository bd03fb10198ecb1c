/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/documents/take.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

typedef struct
{
  KouanPixels *pixels;
  GPtrArray *sheets;
} Fixture;

/* Takes @page. */
static KouanSheet *
sheet_of (KouanPage *page)
{
  g_autoptr (KouanPage) taken = page;
  g_autoptr (KouanTake) take = kouan_take_new (taken, FALSE, NULL);

  return kouan_sheet_ref (take->sheet);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  fixture->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (fixture->sheets, sheet_of (kouan_test_letter (i, 150)));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_ptr_array_unref (fixture->sheets);
  g_object_unref (fixture->pixels);
}

static void
test_findings (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 150);
  g_autoptr (KouanPage) moved = kouan_test_moved (letter, 0.4, 9, 5);

  g_ptr_array_add (fixture->sheets, sheet_of (kouan_test_blurred (moved, 3)));
  g_assert_cmpint (kouan_sheets_findings (fixture->sheets, 1), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (kouan_sheets_findings (fixture->sheets, 2), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (kouan_sheets_findings (fixture->sheets, 3), ==,
                   KOUAN_FINDING_BLURRED | KOUAN_FINDING_SAME_PAGE);
  g_ptr_array_remove_index (fixture->sheets, 1);
  g_assert_cmpint (kouan_sheets_findings (fixture->sheets, 2), ==, KOUAN_FINDING_BLURRED);
}

/* Its picture goes to a file and comes back; all else stays with it. */
static void
test_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanSheet *sheet = fixture->sheets->pdata[0];
  g_autoptr (KouanSheet) kept = kouan_sheet_new_kept (sheet, "a");
  g_autoptr (KouanSheet) loaded = kouan_sheet_new_loaded (kept, sheet->jpeg->bytes);

  g_assert_null (kept->jpeg->bytes);
  g_assert_cmpstr (kept->file, ==, "a");
  g_assert_true (kouan_sheet_same (kept, sheet));
  g_assert_cmpuint (kept->jpeg->dpi, ==, 150);
  g_assert_cmpstr (loaded->file, ==, "a");
  g_assert_true (loaded->jpeg->bytes == sheet->jpeg->bytes);
}

static GBytes *
to_pdf (Fixture *fixture, gsize size_max, GCancellable *cancellable, GError **error)
{
  return kouan_sheets_to_pdf (fixture->sheets, fixture->pixels, size_max, NULL, cancellable, error);
}

/* Nothing of what a telephone writes into its pictures gets into a record: it is newly written. */
static void
test_no_metadata (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const traces[]
    = { "Exif",     "http://ns.adobe.com", "<?xpacket", "ICC_PROFILE", "Photoshop", "/CreationDate",
        "/ModDate", "/Producer",           "/Metadata", "/Info",       "/ID" };
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 100);
  g_autoptr (GBytes) photo = kouan_test_jpeg_oriented (letter, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes = kouan_takes_from_file (fixture->pixels, photo, FALSE, NULL, &error);
  g_autoptr (GBytes) pdf = NULL;
  gsize size, pdf_size;
  const char *brought = g_bytes_get_data (photo, &size), *bytes;

  g_assert_no_error (error);
  g_assert_nonnull (memmem (brought, size, "Exif", 4));
  g_ptr_array_set_size (fixture->sheets, 0);
  g_ptr_array_add (fixture->sheets, kouan_sheet_ref (((KouanTake *)takes->pdata[0])->sheet));
  pdf = to_pdf (fixture, KOUAN_PDF_SIZE_MAX, NULL, &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (pdf, &pdf_size);
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    g_assert_null (memmem (bytes, pdf_size, traces[i], strlen (traces[i])));
}

/* Small enough, the JPEGs go in as they are, byte by byte. */
static void
test_pdf_as_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = to_pdf (fixture, 10 * 1024 * 1024, NULL, &error);
  gsize pdf_size, jpeg_size;
  const char *bytes, *jpeg;

  g_assert_no_error (error);
  bytes = g_bytes_get_data (pdf, &pdf_size);
  jpeg = g_bytes_get_data (((KouanSheet *)fixture->sheets->pdata[1])->jpeg->bytes, &jpeg_size);
  g_assert_nonnull (memmem (bytes, pdf_size, jpeg, jpeg_size));
}

static void
test_pdf_made_smaller (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize size_max = 250 * 1024;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = to_pdf (fixture, size_max, NULL, &error);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <=, size_max);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, size_max / 3);
  again = kouan_takes_from_file (fixture->pixels, pdf, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (
      kouan_sheet_same (((KouanTake *)again->pdata[i])->sheet, fixture->sheets->pdata[i]));
}

static void
test_pdf_cannot_fit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (to_pdf (fixture, 10 * 1024, NULL, &error));
  g_assert_error (error, KOUAN_PDF_ERROR, KOUAN_PDF_ERROR_TOO_LARGE);
}

static void
test_pdf_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (to_pdf (fixture, 250 * 1024, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Shown again, a kept page has its pixels and the size of its paper. */
static void
test_load (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanSheet *sheet = fixture->sheets->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = kouan_sheet_load (sheet, fixture->pixels, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, sheet->jpeg->width);
  g_assert_cmpuint (page->dpi, ==, 150);
}

static void
on_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static void
test_take (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (4, 400);
  g_autoptr (KouanPage) blank = kouan_test_exposed (letter, 0, 250);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTake) take = NULL;

  kouan_take_new_async (blank, FALSE, NULL, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  take = kouan_take_new_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (take->sheet->jpeg->dpi, ==, 300);
  g_assert_cmpint (take->sheet->findings, ==, KOUAN_FINDING_BLANK);
  g_assert_null (take->sheet->fingerprint);
}

static void
test_from_bad_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("PK\3\4", 4);
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_takes_from_file (fixture->pixels, file, FALSE, NULL, &error));
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_NOT_SUPPORTED);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/documents/sheet/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("findings", test_findings);
  ADD ("no-metadata", test_no_metadata);
  ADD ("pdf-as-kept", test_pdf_as_kept);
  ADD ("pdf-made-smaller", test_pdf_made_smaller);
  ADD ("pdf-cannot-fit", test_pdf_cannot_fit);
  ADD ("pdf-cancelled", test_pdf_cancelled);
  ADD ("load", test_load);
  ADD ("kept", test_kept);
  ADD ("take", test_take);
  ADD ("from-bad-file", test_from_bad_file);
  return g_test_run ();
}
