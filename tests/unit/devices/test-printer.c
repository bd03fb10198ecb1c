/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-printer.h"
#include "app/devices/ipp-state.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>

#define NUMBER "K07-000123-4"

typedef struct
{
  char *folder;
  GBytes *pdf;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->pdf = g_bytes_new_static ("%PDF-1.5 pretend", 16);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->result);
  g_bytes_unref (fixture->pdf);
  kouan_test_folder_remove (fixture->folder);
}

static void
on_printed (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_assert_null (fixture->result);
  fixture->result = g_object_ref (result);
}

static gboolean
print_to_the_end (Fixture *fixture, KouanPrinter *printer, GError **error)
{
  g_clear_object (&fixture->result);
  kouan_printer_print_async (printer, fixture->pdf, 120, NUMBER, NULL, on_printed, fixture);
  g_assert_null (fixture->result);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return kouan_printer_print_finish (printer, fixture->result, error);
}

static void
test_sources (void)
{
  static const char *const wrong[] = { "", "file:", "http://printer/", "lp", "ipp:printer" };
  g_autoptr (KouanPrinter) printer
    = kouan_printer_new_for_source ("ipp://localhost/ipp/print", NULL);

  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_OFF);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_printer_new_for_source (wrong[i], &error));
      g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
    }
}

static void
test_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autofree char *source = g_strconcat ("file:", folder, NULL);
  g_autofree char *path = g_build_filename (folder, "receipt-" NUMBER ".pdf", NULL);
  g_autofree char *written = NULL;
  g_autoptr (KouanPrinter) printer = kouan_printer_new_for_source (source, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (print_to_the_end (fixture, printer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_READY);
  g_assert_true (g_file_get_contents (path, &written, &length, NULL));
  g_assert_cmpmem (written, length, "%PDF-1.5 pretend", 16);
}

static void
test_file_cannot_be_written (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "not-a-folder", NULL);
  g_autoptr (KouanPrinter) printer = kouan_file_printer_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (print_to_the_end (fixture, printer, &error));
  g_assert_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_FAILED);
  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_FAILED);
}

static void
test_file_pretends (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    KouanDeviceState state;
    KouanPrinterError code;
  } troubles[] = {
    { KOUAN_DEVICE_NEEDS_PAPER, KOUAN_PRINTER_ERROR_NEEDS_PAPER },
    { KOUAN_DEVICE_JAMMED, KOUAN_PRINTER_ERROR_JAMMED },
    { KOUAN_DEVICE_COVER_OPEN, KOUAN_PRINTER_ERROR_COVER_OPEN },
    { KOUAN_DEVICE_OFFLINE, KOUAN_PRINTER_ERROR_OFFLINE },
    { KOUAN_DEVICE_FAILED, KOUAN_PRINTER_ERROR_FAILED },
  };
  g_autoptr (KouanPrinter) printer = kouan_file_printer_new (fixture->folder);

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (GError) error = NULL;

      kouan_file_printer_pretend (KOUAN_FILE_PRINTER (printer), troubles[i].state);
      g_assert_false (print_to_the_end (fixture, printer, &error));
      g_assert_error (error, KOUAN_PRINTER_ERROR, (int)troubles[i].code);
      g_assert_cmpint (kouan_printer_get_state (printer), ==, troubles[i].state);
    }
  kouan_file_printer_pretend (KOUAN_FILE_PRINTER (printer), KOUAN_DEVICE_READY);
  g_assert_true (print_to_the_end (fixture, printer, NULL));
}

static void
test_file_refresh (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPrinter) printer = kouan_file_printer_new (fixture->folder);

  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_OFF);
  kouan_printer_refresh (printer);
  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_READY);
  kouan_file_printer_pretend (KOUAN_FILE_PRINTER (printer), KOUAN_DEVICE_NEEDS_PAPER);
  kouan_printer_refresh (printer);
  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_NEEDS_PAPER);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPrinter) printer = kouan_file_printer_new (fixture->folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  kouan_printer_print_async (printer, fixture->pdf, 120, NUMBER, cancellable, on_printed, fixture);
  g_cancellable_cancel (cancellable);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (kouan_printer_print_finish (printer, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Nobody listens: the answer is quick and plain. */
static void
test_ipp_nobody_there (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPrinter) printer
    = kouan_printer_new_for_source ("ipp://127.0.0.1:1/ipp/print", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (print_to_the_end (fixture, printer, &error));
  g_assert_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_OFFLINE);
  g_assert_cmpint (kouan_printer_get_state (printer), ==, KOUAN_DEVICE_OFFLINE);
}

static void
test_ipp_reasons (void)
{
  static const struct
  {
    const char *reasons[4];
    gboolean is_stopped;
    KouanDeviceState state;
  } cases[] = {
    { { "none" }, FALSE, KOUAN_DEVICE_READY },
    { { NULL }, FALSE, KOUAN_DEVICE_READY },
    { { "none" }, TRUE, KOUAN_DEVICE_FAILED },
    { { "media-low-warning", "toner-low-report" }, FALSE, KOUAN_DEVICE_READY },
    { { "media-empty-warning" }, FALSE, KOUAN_DEVICE_READY },
    { { "media-empty-error" }, FALSE, KOUAN_DEVICE_NEEDS_PAPER },
    { { "media-empty" }, TRUE, KOUAN_DEVICE_NEEDS_PAPER },
    { { "media-needed" }, TRUE, KOUAN_DEVICE_NEEDS_PAPER },
    { { "media-jam-error" }, TRUE, KOUAN_DEVICE_JAMMED },
    { { "media-jam-error", "cover-open" }, TRUE, KOUAN_DEVICE_COVER_OPEN },
    { { "paused" }, TRUE, KOUAN_DEVICE_OFFLINE },
    { { "fuser-over-temp-error" }, TRUE, KOUAN_DEVICE_FAILED },
    { { "media-jammy" }, FALSE, KOUAN_DEVICE_READY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kouan_ipp_state_of_reasons (cases[i].reasons, cases[i].is_stopped), ==,
                     cases[i].state);
}

static void
test_states_have_words (void)
{
  for (KouanDeviceState state = KOUAN_DEVICE_OFF; state <= KOUAN_DEVICE_FAILED; state++)
    {
      g_autoptr (GError) error
        = g_error_new (KOUAN_PRINTER_ERROR, (int)kouan_printer_error_of_state (state), "-");

      g_assert_cmpstr (kouan_device_state_to_label (state), !=, "");
      if (state >= KOUAN_DEVICE_NEEDS_PAPER)
        g_assert_cmpint (kouan_printer_state_of_error (error), ==, state);
    }
  g_assert_cmpstr (kouan_device_state_to_string (KOUAN_DEVICE_NEEDS_PAPER), ==, "needs-paper");
  g_assert_cmpint (kouan_printer_state_of_error (NULL), ==, KOUAN_DEVICE_READY);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer/sources", test_sources);
  ADD ("/printer/file/prints", test_file);
  ADD ("/printer/file/cannot-be-written", test_file_cannot_be_written);
  ADD ("/printer/file/pretends", test_file_pretends);
  ADD ("/printer/file/refresh", test_file_refresh);
  ADD ("/printer/cancelled", test_cancelled);
  ADD ("/printer/ipp/nobody-there", test_ipp_nobody_there);
  g_test_add_func ("/printer/ipp/reasons", test_ipp_reasons);
  g_test_add_func ("/printer/states", test_states_have_words);
  return g_test_run ();
}
