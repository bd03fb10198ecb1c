/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/code-scanner.h"
#include "app/qr/draw.h"
#include "tests/testlib/fixture.h"

typedef struct
{
  char *folder;
  char *path;
  KouanCamera *camera;
  KouanCodeScanner *scanner;
  GPtrArray *texts;
} Fixture;

static void
on_code (KouanCodeScanner *scanner G_GNUC_UNUSED, const char *text, Fixture *fixture)
{
  g_ptr_array_add (fixture->texts, g_strdup (text));
}

static void
show_code (Fixture *fixture, const char *text)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, NULL);
  g_autoptr (GBytes) png = kouan_qr_draw_png (matrix, 4);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png),
                       &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "code.png", NULL);
  source = g_strconcat ("file:", fixture->path, NULL);
  fixture->camera = kouan_camera_new_for_source (source, NULL);
  fixture->scanner = kouan_code_scanner_new (fixture->camera, KOUAN_CODES_PROGRAM);
  fixture->texts = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->scanner, "code", G_CALLBACK (on_code), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->scanner);
  g_clear_object (&fixture->camera);
  g_ptr_array_unref (fixture->texts);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static void
wait_for_texts (Fixture *fixture, guint count)
{
  while (fixture->texts->len < count)
    g_main_context_iteration (NULL, TRUE);
}

/* Another scanner reads a code twice over: everything that was under way here has come in by then.
 */
static void
wait_for_another_scanner (void)
{
  Fixture other = { 0 };

  set_up (&other, NULL);
  show_code (&other, "KA1:ANOTHER");
  kouan_code_scanner_start (other.scanner, NULL);
  wait_for_texts (&other, 1);
  kouan_code_scanner_forget (other.scanner);
  wait_for_texts (&other, 2);
  kouan_code_scanner_stop (other.scanner);
  tear_down (&other, NULL);
}

static void
test_once_each (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_code (fixture, "KA1:FIRST");
  kouan_code_scanner_start (fixture->scanner, NULL);
  wait_for_texts (fixture, 1);
  wait_for_another_scanner ();
  g_assert_cmpuint (fixture->texts->len, ==, 1);
  g_assert_cmpstr (fixture->texts->pdata[0], ==, "KA1:FIRST");
  show_code (fixture, "KA1:SECOND");
  wait_for_texts (fixture, 2);
  g_assert_cmpstr (fixture->texts->pdata[1], ==, "KA1:SECOND");
  show_code (fixture, "KA1:FIRST");
  wait_for_another_scanner ();
  g_assert_cmpuint (fixture->texts->len, ==, 2);
}

static void
test_forget (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_code (fixture, "KA1:AGAIN");
  kouan_code_scanner_start (fixture->scanner, NULL);
  wait_for_texts (fixture, 1);
  kouan_code_scanner_forget (fixture->scanner);
  wait_for_texts (fixture, 2);
  g_assert_cmpstr (fixture->texts->pdata[1], ==, "KA1:AGAIN");
}

static void
test_restart_forgets (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_code (fixture, "KA1:AGAIN");
  kouan_code_scanner_start (fixture->scanner, NULL);
  wait_for_texts (fixture, 1);
  kouan_code_scanner_stop (fixture->scanner);
  kouan_code_scanner_start (fixture->scanner, NULL);
  wait_for_texts (fixture, 2);
}

static void
on_gray_stop (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame G_GNUC_UNUSED, Fixture *fixture)
{
  kouan_code_scanner_stop (fixture->scanner);
}

/* The frame is on the worker by the time this handler runs: its answer must not arrive. */
static void
test_stop_while_reading (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_code (fixture, "KA1:LATE");
  g_signal_connect (fixture->camera, "gray", G_CALLBACK (on_gray_stop), fixture);
  kouan_code_scanner_start (fixture->scanner, NULL);
  while (kouan_camera_get_state (fixture->camera) != KOUAN_DEVICE_OFF)
    g_main_context_iteration (NULL, TRUE);
  wait_for_another_scanner ();
  g_assert_cmpuint (fixture->texts->len, ==, 0);
}

static void
on_gray_cancel (KouanCamera *camera G_GNUC_UNUSED,
                KouanFrame *frame G_GNUC_UNUSED,
                GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel_while_reading (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  show_code (fixture, "KA1:LATE");
  g_signal_connect (fixture->camera, "gray", G_CALLBACK (on_gray_cancel), cancellable);
  kouan_code_scanner_start (fixture->scanner, cancellable);
  while (kouan_camera_get_state (fixture->camera) != KOUAN_DEVICE_OFF)
    g_main_context_iteration (NULL, TRUE);
  wait_for_another_scanner ();
  g_assert_cmpuint (fixture->texts->len, ==, 0);
}

/* Let go with a frame on the worker: neither a crash nor a word afterwards. */
static void
on_gray_drop (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame G_GNUC_UNUSED, Fixture *fixture)
{
  g_clear_object (&fixture->scanner);
}

static void
test_let_go_while_reading (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show_code (fixture, "KA1:LATE");
  g_signal_connect (fixture->camera, "gray", G_CALLBACK (on_gray_drop), fixture);
  kouan_code_scanner_start (fixture->scanner, NULL);
  while (fixture->scanner != NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_another_scanner ();
  while (kouan_camera_get_state (fixture->camera) != KOUAN_DEVICE_OFF)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/code-scanner/once-each", test_once_each);
  ADD ("/code-scanner/forget", test_forget);
  ADD ("/code-scanner/restart", test_restart_forgets);
  ADD ("/code-scanner/stop-while-reading", test_stop_while_reading);
  ADD ("/code-scanner/cancel-while-reading", test_cancel_while_reading);
  ADD ("/code-scanner/let-go-while-reading", test_let_go_while_reading);
  return g_test_run ();
}
