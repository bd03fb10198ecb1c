/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/documents/pdf.h"
#include "app/documents/pixels.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

static void
test_rotated (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (31, 20);
  g_autoptr (KouanPage) turned = kouan_page_rotated (page, 1);
  g_autoptr (KouanPage) back = kouan_page_rotated (turned, 3);
  g_autoptr (KouanPage) half = kouan_page_rotated (page, 2);
  g_autoptr (KouanPage) whole = kouan_page_rotated (half, 6);
  const guint8 *data = g_bytes_get_data (turned->pixels, NULL);

  g_assert_cmpuint (turned->width, ==, 20);
  g_assert_cmpuint (turned->height, ==, 31);
  g_assert_cmpuint (data[2], ==, 250); /* blue was below red: clockwise it comes first */
  g_assert_true (g_bytes_equal (page->pixels, back->pixels));
  g_assert_true (g_bytes_equal (page->pixels, whole->pixels));
  g_assert_false (g_bytes_equal (page->pixels, half->pixels));
}

static void
test_scaled (void)
{
  g_autoptr (KouanPage) page = kouan_test_letter (1, 200);
  g_autoptr (KouanPage) thumbnail = kouan_page_thumbnail (page, 300);
  g_autoptr (KouanPage) draft = kouan_page_at_dpi (page, 150);
  g_autoptr (KouanPage) same = kouan_page_at_dpi (page, 300);

  g_assert_cmpuint (thumbnail->height, ==, 300);
  g_assert_cmpuint (thumbnail->width, ==, 212);
  g_assert_cmpuint (draft->dpi, ==, 150);
  g_assert_cmpuint (draft->width, ==, 1241);
  g_assert_true (same == page);
}

static void
test_paper_of_pictures (void)
{
  g_autoptr (KouanPage) photo = kouan_test_quarters (1169, 800);

  g_assert_cmpuint (photo->dpi, ==, 100); /* taken to fill A4 */
}

static GPtrArray *
letters (guint count, guint dpi)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (pages, kouan_test_letter (i, dpi));
  return pages;
}

static void
on_read (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static GPtrArray *
read_back (GBytes *pdf)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pages;

  kouan_pixels_read_async (pixels, pdf, NULL, on_read, &result);
  kouan_test_wait_for (is_set, &result);
  pages = kouan_pixels_read_finish (pixels, result, &error);
  g_assert_no_error (error);
  return pages;
}

static guint
mean_difference (KouanPage *a, KouanPage *b)
{
  gsize size;
  const guint8 *x = g_bytes_get_data (a->pixels, &size);
  const guint8 *y = g_bytes_get_data (b->pixels, NULL);
  guint64 sum = 0;

  for (gsize i = 0; i < size; i++)
    sum += ABS (x[i] - y[i]);
  return sum / size;
}

/* What the record holds is what was on the glass: poppler shows the same page again. */
static void
test_pdf_shows_the_page (void)
{
  g_autoptr (GPtrArray) pages = letters (2, 200);
  g_autoptr (GError) error = NULL;
  KouanPdfFit fit;
  g_autoptr (GBytes) pdf = kouan_pdf_from_pages (pages, KOUAN_PDF_SIZE_MAX, &fit, &error);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <=, KOUAN_PDF_SIZE_MAX);
  g_assert_cmpuint (fit.dpi_max, ==, 200);
  again = read_back (pdf);
  g_assert_cmpuint (again->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      KouanPage *before = g_ptr_array_index (pages, i), *after = g_ptr_array_index (again, i);

      g_assert_cmpuint (after->width, ==, before->width);
      g_assert_cmpuint (after->height, ==, before->height);
      g_assert_cmpuint (mean_difference (before, after), <, 6);
    }
  g_assert_cmpuint (mean_difference (again->pdata[0], pages->pdata[1]), >, 10);
}

static void
test_pdf_deterministic (void)
{
  g_autoptr (GPtrArray) pages = letters (1, 100);
  g_autoptr (GBytes) first = kouan_pdf_from_pages (pages, KOUAN_PDF_SIZE_MAX, NULL, NULL);
  g_autoptr (GBytes) second = kouan_pdf_from_pages (pages, KOUAN_PDF_SIZE_MAX, NULL, NULL);
  gsize size;
  const char *data = g_bytes_get_data (first, &size);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_null (memmem (data, size, "/Producer", 9));
  g_assert_null (memmem (data, size, "/CreationDate", 13));
  g_assert_null (memmem (data, size, "Exif", 4));
}

/* Twenty pages fit by giving quality away, never a page. */
static void
test_pdf_many_pages_fit (void)
{
  g_autoptr (GPtrArray) pages = letters (2, 150);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GPtrArray) again = NULL;
  KouanPdfFit fit;

  while (pages->len < 20)
    g_ptr_array_add (pages, kouan_page_ref (pages->pdata[pages->len % 2]));
  pdf = kouan_pdf_from_pages (pages, KOUAN_PDF_SIZE_MAX, &fit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), <=, KOUAN_PDF_SIZE_MAX);
  g_assert_cmpuint (fit.quality, <, 90);
  again = read_back (pdf);
  g_assert_cmpuint (again->len, ==, 20);
}

static KouanPage *
noise (guint side)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint8 *rgb = g_malloc ((gsize)side * side * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize)side * side * 3);

  for (gsize i = 0; i < (gsize)side * side * 3; i++)
    rgb[i] = g_rand_int (rand);
  return kouan_page_new (side, side, 50, bytes);
}

static void
test_pdf_cannot_fit (void)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_ptr_array_add (pages, noise (300));
  pdf = kouan_pdf_from_pages (pages, 4096, NULL, &error);
  g_assert_null (pdf);
  g_assert_error (error, KOUAN_PDF_ERROR, KOUAN_PDF_ERROR_TOO_LARGE);
}

/* Poppler's own tools, where they are installed, agree on what the document says. */
static void
test_pdf_by_others (void)
{
  g_autofree char *pdfinfo = g_find_program_in_path ("pdfinfo");
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  g_autofree char *complaints = NULL;
  g_autoptr (GPtrArray) pages = letters (3, 100);
  g_autoptr (GBytes) pdf = kouan_pdf_from_pages (pages, KOUAN_PDF_SIZE_MAX, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  const char *argv[] = { pdfinfo, NULL, NULL };

  if (pdfinfo == NULL)
    {
      g_test_skip ("pdfinfo is not installed");
      return;
    }
  folder = kouan_test_folder_new ();
  path = g_build_filename (folder, "letters.pdf", NULL);
  argv[1] = path;
  g_assert_true (g_file_set_contents (path, data, size, NULL));
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &complaints, NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (complaints, ==, "");
  g_assert_nonnull (strstr (output, "Pages:           3"));
  g_assert_nonnull (strstr (output, "595.44 x 841.68 pts (A4)"));
  kouan_test_folder_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/page/rotated", test_rotated);
  g_test_add_func ("/documents/page/scaled", test_scaled);
  g_test_add_func ("/documents/page/paper-of-pictures", test_paper_of_pictures);
  g_test_add_func ("/documents/pdf/shows-the-page", test_pdf_shows_the_page);
  g_test_add_func ("/documents/pdf/deterministic", test_pdf_deterministic);
  g_test_add_func ("/documents/pdf/many-pages-fit", test_pdf_many_pages_fit);
  g_test_add_func ("/documents/pdf/cannot-fit", test_pdf_cannot_fit);
  g_test_add_func ("/documents/pdf/by-others", test_pdf_by_others);
  return g_test_run ();
}
