/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/ipp-printer.h"
#include "tests/testlib/fixture.h"
#include "tests/unit/devices/fake-ipp.h"

#define ABORTED 8
#define PROCESSING 5

typedef struct
{
  KouanFakeIpp *fake;
  KouanPrinter *printer;
  GBytes *pdf;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->fake = kouan_fake_ipp_new ();
  fixture->printer = kouan_ipp_printer_new (kouan_fake_ipp_get_uri (fixture->fake));
  fixture->pdf = g_bytes_new_static ("%PDF-1.5 pretend", 16);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->printer);
  g_bytes_unref (fixture->pdf);
  kouan_fake_ipp_free (fixture->fake);
}

static void
on_printed (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static gboolean
print_to_the_end (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  kouan_printer_print_async (fixture->printer, fixture->pdf, 243.2, "K07-000123-4", cancellable,
                             on_printed, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return kouan_printer_print_finish (fixture->printer, fixture->result, error);
}

static void
test_prints (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = NULL;

  g_assert_true (print_to_the_end (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kouan_printer_get_state (fixture->printer), ==, KOUAN_DEVICE_READY);
  document = kouan_fake_ipp_take_document (fixture->fake);
  g_assert_true (g_bytes_equal (document, fixture->pdf));
  g_assert_cmpint (kouan_fake_ipp_get_height (fixture->fake), ==, 24400);
  g_assert_cmpuint (kouan_fake_ipp_get_cancelled (fixture->fake), ==, 0);
}

/* An office printer with its own idea of paper gets the page without one. */
static void
test_other_paper (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_fake_ipp_set_height_max (fixture->fake, 20000);
  g_assert_true (print_to_the_end (fixture, NULL, NULL));
  g_assert_cmpint (kouan_fake_ipp_get_height (fixture->fake), ==, 0);
}

/* It says so beforehand: nothing is sent to it. */
static void
test_not_ready (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  kouan_fake_ipp_set_reasons (fixture->fake, "media-empty-error", "none");
  g_assert_false (print_to_the_end (fixture, NULL, &error));
  g_assert_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_NEEDS_PAPER);
  g_assert_cmpint (kouan_printer_get_state (fixture->printer), ==, KOUAN_DEVICE_NEEDS_PAPER);
  g_assert_null (kouan_fake_ipp_take_document (fixture->fake));
}

/* The paper runs out below the receipt: the job must not come out when somebody refills it. */
static void
test_runs_out_of_paper (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  kouan_fake_ipp_set_reasons (fixture->fake, "none", "media-empty-error");
  kouan_fake_ipp_set_job_state (fixture->fake, PROCESSING);
  g_assert_false (print_to_the_end (fixture, NULL, &error));
  g_assert_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_NEEDS_PAPER);
  g_assert_cmpuint (kouan_fake_ipp_get_cancelled (fixture->fake), ==, 1);
}

static void
test_aborted (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  kouan_fake_ipp_set_job_state (fixture->fake, ABORTED);
  g_assert_false (print_to_the_end (fixture, NULL, &error));
  g_assert_error (error, KOUAN_PRINTER_ERROR, KOUAN_PRINTER_ERROR_FAILED);
  g_assert_cmpint (kouan_printer_get_state (fixture->printer), ==, KOUAN_DEVICE_FAILED);
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  kouan_fake_ipp_set_job_state (fixture->fake, PROCESSING);
  g_timeout_add (50, on_time_to_cancel, cancellable);
  g_assert_false (print_to_the_end (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kouan_printer_get_state (fixture->printer), ==, KOUAN_DEVICE_READY);
  g_assert_cmpuint (kouan_fake_ipp_get_cancelled (fixture->fake), ==, 1);
}

static gboolean
was_asked (gpointer data)
{
  return kouan_printer_get_state (data) != KOUAN_DEVICE_OFF;
}

static gboolean
is_open (gpointer data)
{
  return kouan_printer_get_state (data) == KOUAN_DEVICE_COVER_OPEN;
}

static void
test_refresh (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_printer_refresh (fixture->printer);
  kouan_printer_refresh (fixture->printer);
  kouan_test_wait_for (was_asked, fixture->printer);
  g_assert_cmpint (kouan_printer_get_state (fixture->printer), ==, KOUAN_DEVICE_READY);
  kouan_fake_ipp_set_reasons (fixture->fake, "cover-open", "cover-open");
  kouan_printer_refresh (fixture->printer);
  kouan_test_wait_for (is_open, fixture->printer);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ipp-printer/prints", test_prints);
  ADD ("/ipp-printer/other-paper", test_other_paper);
  ADD ("/ipp-printer/not-ready", test_not_ready);
  ADD ("/ipp-printer/runs-out-of-paper", test_runs_out_of_paper);
  ADD ("/ipp-printer/aborted", test_aborted);
  ADD ("/ipp-printer/cancelled", test_cancelled);
  ADD ("/ipp-printer/refresh", test_refresh);
  return g_test_run ();
}
