/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/board/device-test.h"

#include "app/devices/file-printer.h"
#include "app/devices/file-scanner.h"
#include "app/staff/orders.h"
#include "app/station/troubles.h"
#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <string.h>

/* Devices out of kouan.conf, with the twins that files play. */

typedef struct
{
  char *folder;
  char *sheet;
  KouanSigningKey *key;
  KouanStation *station;
  KouanClock *clock;
  KouanDatabase *db;
  KouanDeviceSet *set;
  KouanDeviceTest *test;
  GError *error;
} Fixture;

/* Puts "key=value" in place of the template's "#key=". */
static void
configure (const char *folder, const char *key, const char *value)
{
  g_autofree char *path = g_build_filename (folder, "station", KOUAN_STATION_CONFIG, NULL);
  g_autofree char *before = g_strdup_printf ("\n#%s=", key);
  g_autofree char *after = g_strdup_printf ("\n%s=%s\n#", key, value);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, before, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (after, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

static void
write_sheet (const char *path)
{
  g_autoptr (KouanPage) page = kouan_test_letter (1, 60);
  g_autoptr (GBytes) png = kouan_test_png (page);

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
}

static void
open_set (Fixture *fixture)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  const KouanDevicePrograms programs = { "/nonexistent", "/nonexistent", "/nonexistent", "" };

  g_clear_object (&fixture->set);
  fixture->set = kouan_device_set_new (fixture->station, fixture->clock, pixels, &programs);
  kouan_device_set_open (fixture->set, fixture->db);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = NULL, *printer = NULL, *path = NULL, *station = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->key = kouan_signing_key_generate ();
  fixture->sheet = g_build_filename (fixture->folder, "sheet.png", NULL);
  write_sheet (fixture->sheet);
  kouan_test_station_make (fixture->folder, fixture->key);
  source = g_strconcat ("file:", fixture->sheet, NULL);
  printer = g_strconcat ("file:", fixture->folder, NULL);
  configure (fixture->folder, "scanner", source);
  configure (fixture->folder, "camera", source);
  configure (fixture->folder, "printer", printer);
  configure (fixture->folder, "stick", printer);
  configure (fixture->folder, "chip", "nonsense:");
  station = g_build_filename (fixture->folder, "station", NULL);
  fixture->station = kouan_station_load (station, &error);
  g_assert_no_error (error);
  fixture->clock = kouan_system_clock_new ();
  path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  fixture->db = kouan_kiosk_store_open (path, &error);
  open_set (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->test, kouan_device_test_free);
  g_clear_object (&fixture->set);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->station);
  kouan_signing_key_unref (fixture->key);
  g_free (fixture->sheet);
  kouan_test_folder_remove (fixture->folder);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->test = kouan_device_test_finish (KOUAN_DEVICE_SET (source), result, &fixture->error);
}

static gboolean
is_over (gpointer data)
{
  Fixture *fixture = data;

  return fixture->test != NULL || fixture->error != NULL;
}

static KouanDeviceState
try (Fixture *fixture, const char *name)
{
  g_clear_pointer (&fixture->test, kouan_device_test_free);
  kouan_device_test_async (fixture->set, name, NULL, on_tested, fixture);
  kouan_test_wait_for (is_over, fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (strlen (fixture->test->words), >, 0);
  return fixture->test->state;
}

static gboolean
has_trouble (Fixture *fixture, const char *line)
{
  g_auto (GStrv) lines = kouan_troubles_list (fixture->station);

  return g_strv_contains ((const char *const *)lines, line);
}

static void
test_scanner (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_READY);
  g_assert_nonnull (fixture->test->pixels);
  g_assert_cmpuint (g_bytes_get_size (fixture->test->pixels), ==,
                    (gsize)fixture->test->stride * fixture->test->height);
  kouan_file_scanner_set_fault (KOUAN_FILE_SCANNER (kouan_device_set_get_scanner (fixture->set)),
                                KOUAN_FILE_SCANNER_JAMMED);
  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_JAMMED);
  g_assert_true (has_trouble (fixture, "scanner jammed"));
  kouan_file_scanner_set_fault (KOUAN_FILE_SCANNER (kouan_device_set_get_scanner (fixture->set)),
                                KOUAN_FILE_SCANNER_WORKS);
  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_READY);
  g_assert_false (has_trouble (fixture, "scanner jammed"));
}

static void
test_camera (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (try (fixture, "camera"), ==, KOUAN_DEVICE_READY);
  g_assert_true (fixture->test->bgra);
  g_assert_cmpuint (fixture->test->width, >, 0);
}

static void
test_printer (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanFilePrinter *printer = KOUAN_FILE_PRINTER (kouan_device_set_get_printer (fixture->set));

  g_assert_cmpint (try (fixture, "printer"), ==, KOUAN_DEVICE_READY);
  kouan_file_printer_pretend (printer, KOUAN_DEVICE_NEEDS_PAPER);
  g_assert_cmpint (try (fixture, "printer"), ==, KOUAN_DEVICE_NEEDS_PAPER);
  g_assert_true (has_trouble (fixture, "printer needs-paper"));
  kouan_file_printer_pretend (printer, KOUAN_DEVICE_COVER_OPEN);
  kouan_device_set_refresh (fixture->set);
  g_assert_true (has_trouble (fixture, "printer cover-open"));
}

static void
test_others (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (try (fixture, "stick"), ==, KOUAN_DEVICE_READY);
  g_assert_cmpint (try (fixture, "phone"), ==, KOUAN_DEVICE_OFF); /* not in the configuration */
  g_assert_false (kouan_device_set_is_configured (fixture->set, "phone"));
}

/* One that the configuration spells wrongly is not there, and the list says so. */
static void
test_not_opened (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_null (kouan_device_set_get_chip_reader (fixture->set));
  g_assert_cmpint (kouan_device_set_get_state (fixture->set, "chip"), ==, KOUAN_DEVICE_FAILED);
  g_assert_true (has_trouble (fixture, "chip failed"));
}

static void
test_disabled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStaffGate) gate
    = kouan_staff_gate_new (fixture->station, fixture->clock, fixture->db);
  g_autoptr (KouanStaffPass) pass = NULL;
  g_autoptr (GError) error = NULL;
  KouanStaffOrder order;

  kouan_test_roster_install (fixture->db, 1, NULL);
  pass = kouan_test_pass (gate, fixture->key, "u-tec", KOUAN_ROLE_TECHNICIAN);
  order = (KouanStaffOrder){ gate, pass, NULL };
  g_assert_true (kouan_staff_disable (&order, "scanner", TRUE, &error));
  open_set (fixture);
  g_assert_null (kouan_device_set_get_scanner (fixture->set));
  g_assert_nonnull (kouan_device_set_get_printer (fixture->set));
  g_assert_true (has_trouble (fixture, "scanner disabled"));
  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_OFF);
  g_assert_true (kouan_staff_disable (&order, "scanner", FALSE, &error));
  open_set (fixture);
  g_assert_nonnull (kouan_device_set_get_scanner (fixture->set));
  g_assert_false (has_trouble (fixture, "scanner disabled"));
}

static void
test_words (void)
{
  const char *const *names = kouan_device_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (kouan_device_label (names[i])), >, 0);
      g_assert_cmpuint (strlen (kouan_device_without (names[i])), >, 10);
    }
}

#define ADD(name, test) g_test_add ("/device-set/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("scanner", test_scanner);
  ADD ("camera", test_camera);
  ADD ("printer", test_printer);
  ADD ("others", test_others);
  ADD ("not-opened", test_not_opened);
  ADD ("disabled", test_disabled);
  g_test_add_func ("/device-set/words", test_words);
  return g_test_run ();
}
