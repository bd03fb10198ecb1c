/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/board/device-test.h"

#include "app/devices/file-printer.h"
#include "app/devices/file-scanner.h"
#include "app/staff/orders.h"
#include "app/station/troubles.h"
#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/chip.h"
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
  double fraction; /* of the test; -1: nobody has said */
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

static void
on_progress (double fraction, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpfloat (fraction, >=, fixture->fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  fixture->fraction = fraction;
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
  fixture->fraction = -1;
  kouan_device_test_async (fixture->set, name, on_progress, fixture, NULL, on_tested, fixture);
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
  g_autofree char *facts = NULL;

  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_READY);
  facts = g_strdup_printf ("%u × %u · %u dpi", fixture->test->page->width,
                           fixture->test->page->height, fixture->test->page->dpi);
  g_assert_cmpstr (fixture->test->facts, ==, facts);
  g_assert_cmpuint (fixture->test->page->width, >, 100);
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
  g_assert_cmpuint (fixture->test->page->width, >, 0);
  g_assert_nonnull (strstr (fixture->test->facts, " × "));
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

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

/* The hall's test card, as files. */
static void
write_card (const char *folder)
{
  KouanTestIssuer *issuer = kouan_test_issuer_new (NULL);
  KouanTestChip *chip = kouan_test_chip_new (issuer, &(KouanTestChipOptions){ .lines = lines });

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      g_autofree char *path = g_build_filename (folder, kouan_chip_file_info (file)->name, NULL);
      GBytes *content = kouan_test_chip_get_file (chip, file);

      if (content != NULL)
        g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                                            (gssize)g_bytes_get_size (content), NULL));
    }
  kouan_test_chip_free (chip);
  kouan_test_issuer_free (issuer);
}

/* Which files of the card were read is shown, and nothing of what is in them. */
static void
test_chip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "card", NULL);
  g_autofree char *source = g_strconcat ("file:", folder, NULL);
  g_autofree char *station = g_build_filename (fixture->folder, "station", NULL);
  g_autofree char *card = g_strjoinv (" ", (char **)lines);
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  write_card (folder);
  g_hash_table_insert (changes, (gpointer) "devices.chip", source);
  g_hash_table_insert (changes, (gpointer) "devices.test-card", card);
  g_assert_true (kouan_station_set_values (station, changes, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->station);
  fixture->station = kouan_station_load (station, &error);
  g_assert_no_error (error);
  open_set (fixture);
  g_assert_cmpint (try (fixture, "chip"), ==, KOUAN_DEVICE_READY);
  g_assert_nonnull (strstr (fixture->test->facts, "EF.COM"));
  g_assert_nonnull (strstr (fixture->test->facts, "EF.DG1"));
  g_assert_null (strstr (fixture->test->facts, "ERIKSSON"));
  g_assert_null (fixture->test->page);
  g_assert_cmpfloat (fixture->fraction, >, 0.5);
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

/* Without being opened anew: for the next visitor, and for this one's next page. */
static void
test_disabled_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanScanner) before = g_object_ref (kouan_device_set_get_scanner (fixture->set));

  kouan_device_set_set_disabled (fixture->set, "scanner", TRUE);
  g_assert_null (kouan_device_set_get_scanner (fixture->set));
  g_assert_nonnull (kouan_device_set_get_camera (fixture->set));
  g_assert_true (has_trouble (fixture, "scanner disabled"));
  kouan_device_set_note (fixture->set, "scanner", KOUAN_DEVICE_JAMMED);
  g_assert_false (has_trouble (fixture, "scanner jammed"));
  kouan_device_set_set_disabled (fixture->set, "scanner", FALSE);
  g_assert_true (kouan_device_set_get_scanner (fixture->set) == before);
  g_assert_false (has_trouble (fixture, "scanner disabled"));
}

/* One that was disabled when the kiosk began is opened when it is enabled. */
static void
test_enabled_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  const KouanDevicePrograms programs = { "/nonexistent", "/nonexistent", "/nonexistent", "" };

  g_clear_object (&fixture->set);
  fixture->set = kouan_device_set_new (fixture->station, fixture->clock, pixels, &programs);
  g_assert_null (kouan_device_set_get_scanner (fixture->set));
  kouan_device_set_set_disabled (fixture->set, "scanner", FALSE);
  g_assert_cmpint (try (fixture, "scanner"), ==, KOUAN_DEVICE_READY);
}

static void
test_stopped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const names[] = { "scanner", "camera" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      kouan_device_test_async (fixture->set, names[i], NULL, NULL, cancellable, on_tested, fixture);
      g_cancellable_cancel (cancellable);
      kouan_test_wait_for (is_over, fixture);
      g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&fixture->error);
      g_assert_cmpint (kouan_device_set_get_state (fixture->set, names[i]), <=, KOUAN_DEVICE_READY);
    }
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
  ADD ("chip", test_chip);
  ADD ("others", test_others);
  ADD ("not-opened", test_not_opened);
  ADD ("disabled", test_disabled);
  ADD ("disabled-at-once", test_disabled_at_once);
  ADD ("enabled-at-once", test_enabled_at_once);
  ADD ("stopped", test_stopped);
  g_test_add_func ("/device-set/words", test_words);
  return g_test_run ();
}
