/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "app/devices/file-scanner.h"
#include "app/devices/sane-image.h"
#include "app/devices/sane-scanner.h"
#include "app/documents/jpeg.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

/* The real libsane with its own backends for tests: "pnm" hands back a page of ours, "test" makes
 * patterns and breaks on demand. */

typedef struct
{
  GAsyncResult *result;
  double last;
  guint reports;
  gboolean backwards;
} Scan;

static void
on_progress (double fraction, gpointer data)
{
  Scan *scan = data;

  g_assert_null (scan->result);
  scan->backwards |= fraction < scan->last;
  scan->last = fraction;
  scan->reports++;
}

static void
on_scanned (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  ((Scan *)data)->result = g_object_ref (result);
}

static gboolean
is_scanned (gpointer data)
{
  return ((Scan *)data)->result != NULL;
}

static KouanPage *
scan_with (KouanScanner *scanner, Scan *scan, GCancellable *cancellable, GError **error)
{
  KouanPage *page;

  *scan = (Scan){ 0 };
  kouan_scanner_scan_async (scanner, on_progress, scan, cancellable, on_scanned, scan);
  kouan_test_wait_for (is_scanned, scan);
  page = kouan_scanner_scan_finish (scanner, scan->result, error);
  g_object_unref (scan->result);
  return page;
}

static void
assert_fails (KouanScanner *scanner, GQuark domain, int code, KouanDeviceState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan;

  page = scan_with (scanner, &scan, NULL, &error);
  g_assert_null (page);
  g_assert_error (error, domain, code);
  g_assert_cmpint (kouan_scanner_get_state (scanner), ==, state);
  g_assert_cmpuint (strlen (kouan_scanner_error_title (error)), >, 0);
  g_assert_cmpuint (strlen (kouan_scanner_error_remedy (error)), >, 0);
}

static const char *config; /* the folder that tells SANE which of its drivers there are */

static KouanScanner *
sane_scanner (const char *device)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = g_strconcat ("sane:", device, NULL);
  KouanScanner *scanner = kouan_scanner_new_for_source (source, KOUAN_SCAN_PROGRAM, NULL, &error);

  g_assert_no_error (error);
  kouan_sane_scanner_set_config_dir (KOUAN_SANE_SCANNER (scanner), config);
  return scanner;
}

static char *
write_ppm (const char *folder, KouanPage *page)
{
  char *path = g_build_filename (folder, "page.ppm", NULL);
  FILE *file = fopen (path, "wb");
  gsize size;
  const void *data = g_bytes_get_data (page->pixels, &size);

  fprintf (file, "P6\n%u %u\n255\n", page->width, page->height);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  fclose (file);
  return path;
}

/* The pixels that the driver had are the pixels that come out, every one of them. */
static void
test_sane_own_page (void)
{
  g_autofree char *folder = kouan_test_folder_new ();
  g_autoptr (KouanPage) letter = kouan_test_letter (3, 100);
  g_autofree char *path = write_ppm (folder, letter);
  g_autofree char *device = g_strdup_printf ("pnm:0#filename=%s", path);
  g_autoptr (KouanScanner) scanner = sane_scanner (device);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan;

  g_assert_cmpint (kouan_scanner_get_state (scanner), ==, KOUAN_DEVICE_OFF);
  page = scan_with (scanner, &scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, letter->width);
  g_assert_true (g_bytes_equal (page->pixels, letter->pixels));
  g_assert_cmpint (kouan_scanner_get_state (scanner), ==, KOUAN_DEVICE_READY);
  kouan_test_folder_remove (g_steal_pointer (&folder));
}

/* A scanner that is drawn over the page by hand learns only at the end how long the page was. */
static void
test_sane_hand_held (void)
{
  g_autofree char *folder = kouan_test_folder_new ();
  g_autoptr (KouanPage) letter = kouan_test_letter (3, 100);
  g_autofree char *path = write_ppm (folder, letter);
  g_autofree char *device = g_strdup_printf ("pnm:0#filename=%s;hand-scanner=1", path);
  g_autoptr (KouanScanner) scanner = sane_scanner (device);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan;

  page = scan_with (scanner, &scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (page->pixels, letter->pixels));
  kouan_test_folder_remove (g_steal_pointer (&folder));
}

static void
test_sane_colour_a4 (void)
{
  g_autoptr (KouanScanner) scanner
    = sane_scanner ("test:0#test-picture=Color pattern;no-such-option=1");
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  const guint8 *data;
  gboolean coloured = FALSE;
  gsize size;
  Scan scan;

  page = scan_with (scanner, &scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->dpi, ==, 200);
  /* the test scanner's glass is 200 mm wide and high, less than A4 */
  g_assert_cmpuint (page->width, ==, 1574);
  data = g_bytes_get_data (page->pixels, &size);
  for (gsize i = 0; i < size; i += 3)
    coloured |= data[i] != data[i + 1];
  g_assert_true (coloured);
  g_assert_cmpuint (scan.reports, >, 1);
  g_assert_cmpuint (scan.reports, <=, 100);
  g_assert_false (scan.backwards);
  g_assert_cmpfloat (scan.last, >=, 0.99);
}

typedef struct
{
  const char *status;
  KouanScannerError code;
  KouanDeviceState state;
} Trouble;

static const Trouble troubles[] = {
  { "SANE_STATUS_JAMMED", KOUAN_SCANNER_ERROR_JAMMED, KOUAN_DEVICE_JAMMED },
  { "SANE_STATUS_NO_DOCS", KOUAN_SCANNER_ERROR_NEEDS_PAPER, KOUAN_DEVICE_NEEDS_PAPER },
  { "SANE_STATUS_COVER_OPEN", KOUAN_SCANNER_ERROR_COVER_OPEN, KOUAN_DEVICE_COVER_OPEN },
  { "SANE_STATUS_IO_ERROR", KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED },
  { "SANE_STATUS_NO_MEM", KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED },
  { "SANE_STATUS_UNSUPPORTED", KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED },
  { "SANE_STATUS_CANCELLED", KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED },
  { "SANE_STATUS_ACCESS_DENIED", KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED },
};

static void
test_sane_trouble (gconstpointer data)
{
  const Trouble *trouble = data;
  g_autofree char *device = g_strdup_printf ("test:0#read-return-value=%s", trouble->status);
  g_autoptr (KouanScanner) scanner = sane_scanner (device);

  assert_fails (scanner, KOUAN_SCANNER_ERROR, (int)trouble->code, trouble->state);
}

static void
test_sane_not_there (void)
{
  g_autoptr (KouanScanner) scanner = sane_scanner ("test:99");

  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_OFFLINE, KOUAN_DEVICE_OFFLINE);
}

/* Drivers crash, and programs go missing: that is a broken scanner, and no more. */
static void
test_sane_broken_program (void)
{
  g_autoptr (KouanScanner) missing = kouan_sane_scanner_new ("/nonexistent/kouan-scan", "test:0");
  g_autoptr (KouanScanner) wrong = kouan_sane_scanner_new ("/bin/echo", "test:0");

  assert_fails (missing, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED);
  assert_fails (wrong, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED);
}

static gboolean
is_settled (gpointer data)
{
  KouanDeviceState state = kouan_scanner_get_state (data);

  return state != KOUAN_DEVICE_OFF && state != KOUAN_DEVICE_STARTING;
}

static void
test_sane_refresh (void)
{
  g_autoptr (KouanScanner) first = sane_scanner ("");
  g_autoptr (KouanScanner) none = sane_scanner ("test:99");

  kouan_scanner_refresh (first);
  kouan_test_wait_for (is_settled, first);
  g_assert_cmpint (kouan_scanner_get_state (first), ==, KOUAN_DEVICE_READY);
  kouan_scanner_refresh (none);
  kouan_test_wait_for (is_settled, none);
  g_assert_cmpint (kouan_scanner_get_state (none), ==, KOUAN_DEVICE_OFFLINE);
}

static void
on_progress_cancel (double fraction G_GNUC_UNUSED, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_sane_cancelled (void)
{
  g_autoptr (KouanScanner) scanner = sane_scanner (
    "test:0#read-limit=1;read-limit-size=32768;read-delay=1;read-delay-duration=20000");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan = { 0 };

  kouan_scanner_scan_async (scanner, on_progress_cancel, cancellable, cancellable, on_scanned,
                            &scan);
  kouan_test_wait_for (is_scanned, &scan);
  page = kouan_scanner_scan_finish (scanner, scan.result, &error);
  g_assert_null (page);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (scan.result);
}

/* Who comes second is told so at once. */
static void
test_sane_busy (void)
{
  g_autoptr (KouanScanner) scanner = sane_scanner ("test:0#test-picture=Color pattern");
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;
  g_autoptr (KouanPage) first_page = NULL;
  g_autoptr (KouanPage) second_page = NULL;
  Scan first = { 0 }, second = { 0 };

  kouan_scanner_scan_async (scanner, NULL, NULL, NULL, on_scanned, &first);
  kouan_scanner_scan_async (scanner, NULL, NULL, NULL, on_scanned, &second);
  kouan_test_wait_for (is_scanned, &first);
  kouan_test_wait_for (is_scanned, &second);
  first_page = kouan_scanner_scan_finish (scanner, first.result, &first_error);
  second_page = kouan_scanner_scan_finish (scanner, second.result, &second_error);
  g_assert_no_error (first_error);
  g_assert_nonnull (first_page);
  g_assert_null (second_page);
  g_assert_error (second_error, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY);
  g_assert_cmpint (kouan_scanner_get_state (scanner), ==, KOUAN_DEVICE_READY);
  g_object_unref (first.result);
  g_object_unref (second.result);
}

/* (nullable): the RGB of a whole page */
static GByteArray *
image_of (
  SANE_Frame format, int depth, int width, int lines, int stride, const guint8 *data, gsize size)
{
  const SANE_Parameters parameters = { format, SANE_TRUE, stride, width, lines, depth };
  g_autoptr (KouanSaneImage) image = kouan_sane_image_new (&parameters);
  g_autoptr (GByteArray) rgb = g_byte_array_new ();

  if (image == NULL)
    return NULL;
  for (gsize i = 0; i < size; i += 5)
    if (!kouan_sane_image_append (image, data + i, MIN (5, size - i), rgb))
      return NULL;
  return kouan_sane_image_is_whole (image) ? g_steal_pointer (&rgb) : NULL;
}

/* Takes @rgb. */
static void
assert_pixels (GByteArray *rgb, const guint8 *expected, gsize size)
{
  g_assert_nonnull (rgb);
  g_assert_cmpmem (rgb->data, rgb->len, expected, size);
  g_byte_array_unref (rgb);
}

static void
test_image_formats (void)
{
  const guint8 gray[] = { 1, 2, 99, 3, 4, 99 }; /* a byte of padding a line */
  const guint8 bits[] = { 0x40, 0x80 };
  const guint16 wide[] = { 0x1234, 0xabcd, 0x00ff };

  assert_pixels (image_of (SANE_FRAME_GRAY, 8, 2, 2, 3, gray, 6),
                 (const guint8[]){ 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4 }, 12);
  assert_pixels (image_of (SANE_FRAME_GRAY, 1, 2, 2, 1, bits, 2),
                 (const guint8[]){ 255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255 }, 12);
  assert_pixels (image_of (SANE_FRAME_RGB, 16, 1, 1, 6, (const guint8 *)wide, 6),
                 (const guint8[]){ 0x12, 0xab, 0x00 }, 3);
  assert_pixels (image_of (SANE_FRAME_RGB, 8, 1, -1, 3, (const guint8 *)"abcdef", 6),
                 (const guint8 *)"abcdef", 6);
}

static void
test_image_lies (void)
{
  static const guint8 data[64];
  g_autofree guint8 *endless = NULL;

  g_assert_null (image_of (SANE_FRAME_RGB, 8, 2, 2, 5, data, 10)); /* a line too short */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 2, 2, 6, data, 18)); /* more than it said */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 2, 2, 6, data, 6));  /* half a page */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 2, -1, 6, data, 8)); /* half a line */
  endless = g_malloc0 (20001);
  g_assert_null (image_of (SANE_FRAME_GRAY, 8, 1, -1, 1, endless, 20001));
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 2, 0, 6, data, 6));         /* no lines */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, -2, 2, 6, data, 6));        /* less than no width */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 20001, 2, 60003, data, 6)); /* a road */
  g_assert_null (image_of (SANE_FRAME_RGB, 8, 10000, 10000, 30000, data, 6));
  g_assert_null (image_of (SANE_FRAME_RGB, 12, 2, 2, 6, data, 12));
  g_assert_null (image_of (SANE_FRAME_RED, 8, 2, 2, 2, data, 4));
  g_assert_null (image_of (SANE_FRAME_GRAY, 8, 2, 2, -2, data, 4));
}

typedef struct
{
  char *folder;
  KouanPixels *pixels;
} Files;

static void
add_picture (Files *files, const char *name, KouanPage *page)
{
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 90);
  g_autofree char *path = g_build_filename (files->folder, name, NULL);
  gsize size;
  const char *data = g_bytes_get_data (jpeg->bytes, &size);

  g_assert_true (g_file_set_contents (path, data, size, NULL));
}

static void
set_up (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) first = kouan_test_quarters (40, 30);
  g_autoptr (KouanPage) second = kouan_test_quarters (60, 30);

  files->folder = kouan_test_folder_new ();
  files->pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  add_picture (files, "b.jpg", second);
  add_picture (files, "a.jpg", first);
}

static void
tear_down (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (files->pixels);
  kouan_test_folder_remove (files->folder);
}

static guint
width_of_next (KouanScanner *scanner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan;

  page = scan_with (scanner, &scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (scan.last, ==, 1);
  return page->width;
}

static void
test_file_in_order (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = g_strconcat ("file:", files->folder, NULL);
  g_autoptr (KouanScanner) scanner
    = kouan_scanner_new_for_source (source, NULL, files->pixels, NULL);

  g_assert_cmpuint (width_of_next (scanner), ==, 40);
  g_assert_cmpuint (width_of_next (scanner), ==, 60);
  g_assert_cmpuint (width_of_next (scanner), ==, 40);
}

static void
test_file_of_pages (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (files->folder, "c.tif", NULL);
  g_autoptr (KouanPage) page = kouan_test_quarters (10, 10);
  g_autoptr (GBytes) tiff = kouan_test_tiff (page, 2, 1);
  g_autoptr (KouanScanner) scanner = kouan_file_scanner_new (path, files->pixels);
  gsize size;
  const char *bytes = g_bytes_get_data (tiff, &size);

  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  g_assert_cmpuint (width_of_next (scanner), ==, 10);
  g_remove (path);
  g_assert_cmpuint (width_of_next (scanner), ==, 10); /* the second page was read with the first */
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_NEEDS_PAPER,
                KOUAN_DEVICE_NEEDS_PAPER);
}

static void
test_file_unreadable (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (files->folder, "0.jpg", NULL);
  g_autoptr (KouanScanner) scanner = kouan_file_scanner_new (files->folder, files->pixels);

  g_assert_true (g_file_set_contents (path, "\xff\xd8\xff\xe0 no picture", -1, NULL));
  assert_fails (scanner, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED, KOUAN_DEVICE_READY);
  g_assert_cmpuint (width_of_next (scanner), ==, 40);
}

static void
test_file_faults (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanScanner) scanner = kouan_file_scanner_new (files->folder, files->pixels);
  KouanFileScanner *file = KOUAN_FILE_SCANNER (scanner);

  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_MISSING);
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_OFFLINE, KOUAN_DEVICE_OFFLINE);
  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_EMPTY);
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_NEEDS_PAPER,
                KOUAN_DEVICE_NEEDS_PAPER);
  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_JAMMED);
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_JAMMED, KOUAN_DEVICE_JAMMED);
  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_FAILING);
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_FAILED, KOUAN_DEVICE_FAILED);
  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_UNREADABLE);
  assert_fails (scanner, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED, KOUAN_DEVICE_READY);
  kouan_file_scanner_set_fault (file, KOUAN_FILE_SCANNER_WORKS);
  g_assert_cmpuint (width_of_next (scanner), ==, 40);
}

static void
test_file_late (Files *files, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanScanner) scanner = kouan_file_scanner_new (files->folder, files->pixels);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = NULL;
  Scan scan = { 0 };

  kouan_file_scanner_set_fault (KOUAN_FILE_SCANNER (scanner), KOUAN_FILE_SCANNER_LATE);
  kouan_scanner_scan_async (scanner, on_progress, &scan, cancellable, on_scanned, &scan);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (scan.result);
  assert_fails (scanner, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY, KOUAN_DEVICE_OFF);
  g_cancellable_cancel (cancellable);
  kouan_test_wait_for (is_scanned, &scan);
  page = kouan_scanner_scan_finish (scanner, scan.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (scan.result);
}

static void
test_configuration (void)
{
  static const char *const sources[] = { "", "file:", "twain:0", "sane" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_scanner_new_for_source (sources[i], KOUAN_SCAN_PROGRAM, NULL, &error));
      g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
    }
}

static void
add_sane_tests (void)
{
  g_test_add_func ("/devices/scanner/sane/own-page", test_sane_own_page);
  g_test_add_func ("/devices/scanner/sane/colour-a4", test_sane_colour_a4);
  g_test_add_func ("/devices/scanner/sane/not-there", test_sane_not_there);
  g_test_add_func ("/devices/scanner/sane/broken-program", test_sane_broken_program);
  g_test_add_func ("/devices/scanner/sane/hand-held", test_sane_hand_held);
  g_test_add_func ("/devices/scanner/sane/refresh", test_sane_refresh);
  g_test_add_func ("/devices/scanner/sane/cancelled", test_sane_cancelled);
  g_test_add_func ("/devices/scanner/sane/busy", test_sane_busy);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autofree char *path = g_strconcat ("/devices/scanner/sane/", troubles[i].status, NULL);

      g_test_add_data_func (path, &troubles[i], test_sane_trouble);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = kouan_test_folder_new ();
  g_autofree char *list = g_build_filename (folder, "dll.conf", NULL);
  int result;

  g_assert_true (g_file_set_contents (list, "test\npnm\n", -1, NULL));
  config = folder;
  g_test_init (&argc, &argv, NULL);
  add_sane_tests ();
  g_test_add_func ("/devices/scanner/image/formats", test_image_formats);
  g_test_add_func ("/devices/scanner/image/lies", test_image_lies);
  g_test_add ("/devices/scanner/file/in-order", Files, NULL, set_up, test_file_in_order, tear_down);
  g_test_add ("/devices/scanner/file/of-pages", Files, NULL, set_up, test_file_of_pages, tear_down);
  g_test_add ("/devices/scanner/file/unreadable", Files, NULL, set_up, test_file_unreadable,
              tear_down);
  g_test_add ("/devices/scanner/file/faults", Files, NULL, set_up, test_file_faults, tear_down);
  g_test_add ("/devices/scanner/file/late", Files, NULL, set_up, test_file_late, tear_down);
  g_test_add_func ("/devices/scanner/configuration", test_configuration);
  result = g_test_run ();
  kouan_test_folder_remove (g_steal_pointer (&folder));
  return result;
}
