/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/documents/document.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

typedef struct
{
  KouanDocument *document;
  KouanPixels *pixels;
  KouanSheet *sheets[3];
  guint changes;
} Fixture;

static void
on_changed (KouanDocument *document G_GNUC_UNUSED, gpointer data)
{
  ((Fixture *)data)->changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->document = kouan_document_new ("lease");
  fixture->pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_signal_connect (fixture->document, "changed", G_CALLBACK (on_changed), fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sheets); i++)
    {
      g_autoptr (KouanPage) letter = kouan_test_letter (i, 150);

      fixture->sheets[i] = kouan_sheet_new_from_page (letter);
      kouan_document_add (fixture->document, fixture->sheets[i]);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sheets); i++)
    kouan_sheet_unref (fixture->sheets[i]);
  g_object_unref (fixture->document);
  g_object_unref (fixture->pixels);
}

/* @order: the number of the sheet at each place, "021" */
static void
assert_order (Fixture *fixture, const char *order)
{
  g_assert_cmpuint (kouan_document_get_count (fixture->document), ==, strlen (order));
  for (guint i = 0; order[i] != '\0'; i++)
    g_assert_true (kouan_document_get_nth (fixture->document, i)
                   == fixture->sheets[order[i] - '0']);
}

static void
test_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpstr (kouan_document_get_kind (fixture->document), ==, "lease");
  assert_order (fixture, "012");
  kouan_document_move (fixture->document, 0, 2);
  assert_order (fixture, "120");
  kouan_document_move (fixture->document, 2, 1);
  assert_order (fixture, "102");
  g_assert_cmpuint (fixture->changes, ==, 5);
  kouan_document_move (fixture->document, 1, 1);
  g_assert_cmpuint (fixture->changes, ==, 5);
  kouan_document_remove (fixture->document, 0);
  assert_order (fixture, "02");
  kouan_document_replace (fixture->document, 1, fixture->sheets[1]);
  assert_order (fixture, "01");
  g_assert_cmpuint (fixture->changes, ==, 7);
}

/* What a worker has in hand stays as it was. */
static void
test_snapshot (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) sheets = kouan_document_get_sheets (fixture->document);

  kouan_document_remove (fixture->document, 0);
  g_assert_cmpuint (sheets->len, ==, 3);
  g_assert_true (sheets->pdata[0] == fixture->sheets[0]);
}

static void
test_findings (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 150);
  g_autoptr (KouanPage) moved = kouan_test_moved (letter, 0.4, 9, 5);
  g_autoptr (KouanPage) blurred = kouan_test_blurred (moved, 3);
  g_autoptr (KouanSheet) sheet = kouan_sheet_new_from_page (blurred);

  kouan_document_add (fixture->document, sheet);
  g_assert_cmpint (kouan_document_get_findings (fixture->document, 1), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (kouan_document_get_findings (fixture->document, 2), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (kouan_document_get_findings (fixture->document, 3), ==,
                   KOUAN_FINDING_BLURRED | KOUAN_FINDING_SAME_PAGE);
  kouan_document_remove (fixture->document, 1);
  g_assert_cmpint (kouan_document_get_findings (fixture->document, 2), ==, KOUAN_FINDING_BLURRED);
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

static GBytes *
to_pdf (Fixture *fixture, gsize size_max, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) sheets = kouan_document_get_sheets (fixture->document);
  g_autoptr (GAsyncResult) result = NULL;

  kouan_sheets_to_pdf_async (sheets, fixture->pixels, size_max, cancellable, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  return kouan_sheets_to_pdf_finish (result, error);
}

static GPtrArray *
from_file (Fixture *fixture, GBytes *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kouan_sheets_from_file_async (fixture->pixels, file, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  return kouan_sheets_from_file_finish (result, error);
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
  jpeg = g_bytes_get_data (fixture->sheets[1]->jpeg->bytes, &jpeg_size);
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
  again = from_file (fixture, pdf, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (kouan_sheet_same (again->pdata[i], fixture->sheets[i]));
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
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;

  kouan_sheet_load_async (fixture->sheets[0], fixture->pixels, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  page = kouan_sheet_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, fixture->sheets[0]->jpeg->width);
  g_assert_cmpuint (page->dpi, ==, 150);
}

static void
test_from_page (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (4, 400);
  g_autoptr (KouanPage) blank = kouan_test_exposed (letter, 0, 250);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSheet) sheet = NULL;

  kouan_sheet_from_page_async (blank, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  sheet = kouan_sheet_from_page_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sheet->jpeg->dpi, ==, 300);
  g_assert_cmpint (sheet->findings, ==, KOUAN_FINDING_BLANK);
  g_assert_null (sheet->fingerprint);
  kouan_sheet_set_file (sheet, "a");
  kouan_sheet_set_file (sheet, "b");
  g_assert_cmpstr (sheet->file, ==, "b");
}

static void
test_from_bad_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("PK\3\4", 4);
  g_autoptr (GError) error = NULL;

  g_assert_null (from_file (fixture, file, &error));
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_NOT_SUPPORTED);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/documents/document/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("snapshot", test_snapshot);
  ADD ("findings", test_findings);
  ADD ("pdf-as-kept", test_pdf_as_kept);
  ADD ("pdf-made-smaller", test_pdf_made_smaller);
  ADD ("pdf-cannot-fit", test_pdf_cannot_fit);
  ADD ("pdf-cancelled", test_pdf_cancelled);
  ADD ("load", test_load);
  ADD ("from-page", test_from_page);
  ADD ("from-bad-file", test_from_bad_file);
  return g_test_run ();
}
