/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/station/station.h"

#include "app/crypto/cose.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *station;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) trusted = kouan_signing_key_generate ();

  fixture->folder = kouan_test_folder_new ();
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  kouan_test_station_make (fixture->folder, trusted);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->station, name, NULL);
}

static KouanStation *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  KouanStation *station = kouan_station_load (fixture->station, &error);

  g_assert_no_error (error);
  return station;
}

static void
write_text (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = path_of (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_refused (Fixture *fixture, KouanStationError code, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_station_load (fixture->station, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, (gint)code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, first));
  g_assert_nonnull (strstr (error->message, second));
}

static void
test_loads (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) station = load (fixture);
  g_autofree char *database = kouan_station_path (station, KOUAN_STATION_DATABASE);
  g_autofree char *expected = path_of (fixture, "kiosk.db");

  g_assert_cmpuint (kouan_station_get_kiosk_id (station), ==, KOUAN_TEST_KIOSK);
  g_assert_cmpuint (kouan_station_get_hall_id (station), ==, KOUAN_TEST_HALL);
  g_assert_cmpstr (kouan_station_get_hall_language (station), ==, "zh-Hans");
  g_assert_cmpstr (kouan_station_get_profile (station), ==, "service");
  g_assert_cmpstr (database, ==, expected);
  g_assert_cmpuint (kouan_station_get_recipients (station)->len, ==, 2);
  g_assert_cmpuint (kouan_secret_size (kouan_station_get_hall_key (station)), ==, 32);
  g_assert_nonnull (kouan_station_get_signing_key (station));
  g_assert_cmpuint (kouan_keyring_get_size (kouan_station_get_keyring (station)), ==, 2);
}

static void
test_hall_name_falls_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) station = load (fixture);

  g_assert_cmpstr (kouan_station_get_hall_name (station, "en"), ==, "Test hall");
  g_assert_cmpstr (kouan_station_get_hall_name (station, "zh-Hans"), ==, "测试大厅");
  g_assert_cmpstr (kouan_station_get_hall_name (station, "ru"), ==, "测试大厅");
}

static void
test_values_and_defaults (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) plain = load (fixture);
  g_autoptr (KouanStation) set = NULL;

  g_assert_null (kouan_station_get_value (plain, "devices", "camera"));
  g_assert_null (kouan_station_get_value (plain, "hub", "url"));
  g_assert_cmpint (kouan_station_get_number (plain, "store", "full-mib"), ==, 256);
  write_text (fixture, KOUAN_STATION_CONFIG,
              "[station]\nkiosk=65535\nhall=1\nname=Hall\nprofile=border\nhall-language=en\n"
              "[devices]\ncamera=file:a b.png\nprinter=\n"
              "[hub]\nurl=https://[::1]:8443\n[store]\nfull-mib=1\n");
  set = load (fixture);
  g_assert_cmpuint (kouan_station_get_kiosk_id (set), ==, 65535);
  g_assert_cmpstr (kouan_station_get_value (set, "devices", "camera"), ==, "file:a b.png");
  g_assert_null (kouan_station_get_value (set, "devices", "printer"));
  g_assert_cmpstr (kouan_station_get_value (set, "hub", "url"), ==, "https://[::1]:8443");
  g_assert_cmpstr (kouan_station_get_hall_name (set, "zh-Hans"), ==, "Hall");
  g_assert_cmpint (kouan_station_get_number (set, "store", "full-mib"), ==, 1);
}

#define GOOD "[station]\nkiosk=7\nhall=1\nname=Hall\n"

/* A mistake, the place that must be named, and what must be said to be right. */
static const struct
{
  const char *text;
  const char *place;
  const char *right;
} mistakes[] = {
  { "[station]\nhall=1\nname=Hall\n", "[station] kiosk", "not there" },
  { "[station]\nkiosk=0\nhall=1\nname=H\n", "[station] kiosk: found \"0\"", "1 to 65535" },
  { "[station]\nkiosk=65536\nhall=1\nname=H\n", "found \"65536\"", "1 to 65535" },
  { "[station]\nkiosk=7x\nhall=1\nname=H\n", "found \"7x\"", "1 to 65535" },
  { "[station]\nkiosk=-7\nhall=1\nname=H\n", "found \"-7\"", "1 to 65535" },
  { "[station]\nkiosk=7\nhall=\nname=H\n", "[station] hall", "not there" },
  { "[station]\nkiosk=7\nhall=1\n", "[station] name", "own language" },
  { "[station]\nkiosk=7\nhall=1\nname[en]=H\n", "[station] name", "own language" },
  { GOOD "profile=airport\n", "profile: found \"airport\"", "service, border or overseas" },
  { GOOD "hall-language=Chinese (simplified)\n", "hall-language", "zh-Hans or en" },
  { GOOD "hall-language=e\n", "hall-language", "zh-Hans or en" },
  { GOOD "kisok=8\n", "kouan.conf:5: [station] kisok", "there is no such key" },
  { GOOD "\n[sync]\npause-minutes=0\n", "kouan.conf:7: [sync] pause-minutes: found \"0\"",
    "from 1 to 1440" },
  { GOOD "[sync]\nwindow=22:00\n# x\nwindow = late\n",
    "kouan.conf:8: [sync] window: found \"late\"", "22:00-05:30" },
  { GOOD "[hub\n", "kouan.conf:5: found \"[hub\"", "must end with ]" },
  { GOOD "full-mib\n", "kouan.conf:5: found \"full-mib\"", "key=value" },
  { "kiosk=7\n[station]\n", "kouan.conf:1: found \"kiosk=7\"", "after a [group]" },
  { GOOD "name[en]=\xff\n", "kouan.conf:5", "UTF-8" },
  { GOOD "hall[en]=8\n", "[station] hall[en]", "there is no such key" },
  { GOOD "name[]=x\n", "[station] name[]", "there is no such key" },
  { GOOD "[devises]\ncamera=x\n", "[devises]", "there is no such group" },
  { GOOD "[hub]\nurl=http://hub.example\n", "[hub] url: found \"http://hub.example\"", "https" },
  { GOOD "[hub]\nurl=https://u:p@hub.example\n", "[hub] url", "https" },
  { GOOD "[hub]\nurl=https://\n", "[hub] url", "https" },
  { GOOD "[store]\nlow-mib=a lot\n", "[store] low-mib: found \"a lot\"", "whole number" },
  { "station\n", "kouan.conf", "station" },
  { "", "[station] kiosk", "not there" },
};

static void
test_mistakes_are_named (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      write_text (fixture, KOUAN_STATION_CONFIG, mistakes[i].text);
      assert_refused (fixture, KOUAN_STATION_ERROR_MALFORMED, mistakes[i].place, mistakes[i].right);
      assert_refused (fixture, KOUAN_STATION_ERROR_MALFORMED, "kouan.conf", mistakes[i].right);
    }
}

static void
test_huge_configuration (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *filling = g_strnfill (70000, '#');
  g_autofree char *text = g_strconcat (GOOD, filling, "\n", NULL);

  write_text (fixture, KOUAN_STATION_CONFIG, text);
  assert_refused (fixture, KOUAN_STATION_ERROR_MALFORMED, "kouan.conf", "larger");
}

static void
test_missing_files (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const files[] = { KOUAN_STATION_ESCROW_RECIPIENT, KOUAN_STATION_HUB_RECIPIENT,
                                KOUAN_STATION_HALL_KEY, KOUAN_STATION_SIGNING_KEY };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = path_of (fixture, files[i]);

      g_assert_cmpint (g_unlink (path), ==, 0);
      assert_refused (fixture, KOUAN_STATION_ERROR_MISSING, path, files[i]);
    }
}

static void
assert_hall_goes_on (Fixture *fixture, const char *fault)
{
  g_autoptr (KouanStation) station = load (fixture);

  g_assert_cmpint (kouan_station_get_number (station, "sync", "pause-minutes"), ==, 42);
  if (fault == NULL)
    g_assert_null (kouan_station_get_fault (station));
  else
    g_assert_nonnull (strstr (kouan_station_get_fault (station), fault));
}

/* A slip of the pen, half a file, no file: the hall goes on with what was right last. */
static void
test_last_good (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_CONFIG);
  g_autoptr (KouanStation) other = NULL;

  write_text (fixture, KOUAN_STATION_CONFIG, GOOD "[sync]\npause-minutes=42\n");
  assert_hall_goes_on (fixture, NULL);
  write_text (fixture, KOUAN_STATION_CONFIG, GOOD "[sync]\npause-minutes=soon\n");
  assert_hall_goes_on (fixture, "kouan.conf:6: [sync] pause-minutes: found \"soon\"");
  assert_hall_goes_on (fixture, "must be a whole number from 1 to 1440");
  write_text (fixture, KOUAN_STATION_CONFIG, "[stat");
  assert_hall_goes_on (fixture, "kouan.conf:1");
  write_text (fixture, KOUAN_STATION_CONFIG, "");
  assert_hall_goes_on (fixture, "[station] kiosk: not there");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_hall_goes_on (fixture, "kouan.conf");
  write_text (fixture, KOUAN_STATION_CONFIG, GOOD "[sync]\npause-minutes=43\n");
  other = load (fixture);
  g_assert_cmpint (kouan_station_get_number (other, "sync", "pause-minutes"), ==, 43);
  g_assert_null (kouan_station_get_fault (other));
}

static gboolean
set (Fixture *fixture, const char *name, const char *value, GError **error)
{
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (changes, (gpointer)name, (gpointer)value);
  return kouan_station_set_values (fixture->station, changes, error);
}

static void
assert_text (Fixture *fixture, const char *expected)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_CONFIG);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* Only the line that is meant changes, and only to what is right. */
static void
test_set_values (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  write_text (fixture, KOUAN_STATION_CONFIG, GOOD "# mine\n[sync]\n#window=\npause-minutes = 5\n");
  g_assert_true (set (fixture, "sync.pause-minutes", "6", &error));
  assert_text (fixture, GOOD "# mine\n[sync]\n#window=\npause-minutes=6\n");
  g_assert_true (set (fixture, "sync.window", "22:00-05:30", &error));
  assert_text (fixture, GOOD "# mine\n[sync]\nwindow=22:00-05:30\npause-minutes=6\n");
  g_assert_true (set (fixture, "sync.spread-minutes", "1", &error));
  g_assert_true (set (fixture, "devices.camera", "file:a b", &error));
  assert_text (fixture, GOOD "# mine\n[sync]\nspread-minutes=1\nwindow=22:00-05:30\n"
                             "pause-minutes=6\n\n[devices]\ncamera=file:a b\n");
  g_assert_false (set (fixture, "sync.pause-minutes", "0", &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (set (fixture, "pause-minutes", "1", &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (set (fixture, "sync.pause", "1", &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  assert_text (fixture, GOOD "# mine\n[sync]\nspread-minutes=1\nwindow=22:00-05:30\n"
                             "pause-minutes=6\n\n[devices]\ncamera=file:a b\n");
}

/* The page of docs is what the code would write: kouanctl config document > docs/CONFIGURATION.md
 */
static void
test_documented (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *tests = g_path_get_dirname (g_test_get_dir (G_TEST_DIST));
  g_autofree char *page = g_build_filename (tests, "docs", "CONFIGURATION.md", NULL);
  g_autofree char *written = NULL;
  g_autofree char *expected = kouan_station_document_configuration ();
  g_autoptr (KouanStation) station = load (fixture);
  g_autoptr (GPtrArray) settings = kouan_station_list_settings (station);

  g_assert_true (g_file_get_contents (page, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, expected);
  for (guint i = 0; i < settings->len; i++)
    {
      const KouanStationSetting *setting = settings->pdata[i];
      g_autofree char *cell = g_strdup_printf ("| `%s`", strchr (setting->name, '.') + 1);

      g_assert_nonnull (strstr (expected, cell));
      /* a number says what it counts, or it is a number of something */
      if (g_str_has_prefix (setting->kind, "a whole number") && setting->unit == NULL)
        g_assert_true (g_str_equal (setting->name, "station.kiosk")
                       || g_str_equal (setting->name, "station.hall"));
    }
}

static void
test_damaged_files (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const struct
  {
    const char *file;
    const char *right;
  } files[] = {
    { KOUAN_STATION_ESCROW_RECIPIENT, "age1" },
    { KOUAN_STATION_HUB_RECIPIENT, "age1" },
    { KOUAN_STATION_HALL_KEY, "64 hexadecimal digits" },
    { KOUAN_STATION_TRUSTED "/x.badge.pem", "public key" },
    { KOUAN_STATION_SIGNING_KEY, "private key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      write_text (fixture, files[i].file, "# nothing\nage1nothing\n");
      assert_refused (fixture, KOUAN_STATION_ERROR_MALFORMED, files[i].file, files[i].right);
    }
}

static void
test_names_of_trusted_keys (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const bad[]
    = { "x.pem", "x.badges.pem", "x..pem", ".badge.pem", "x.badge+.pem", "x.y.badge.pem" };
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_build_filename (KOUAN_STATION_TRUSTED, bad[i], NULL);
      g_autofree char *path = path_of (fixture, name);

      write_text (fixture, name, pem);
      assert_refused (fixture, KOUAN_STATION_ERROR_MALFORMED, bad[i], "ministry.appointment.pem");
      g_unlink (path);
    }
  write_text (fixture, KOUAN_STATION_TRUSTED "/README", "not a key");
  write_text (fixture, KOUAN_STATION_TRUSTED "/kiosk-8.walk-in+slip.pem", pem);
  {
    g_autoptr (KouanStation) station = load (fixture);
    KouanKeyring *keyring = kouan_station_get_keyring (station);
    g_autoptr (GBytes) payload = g_bytes_new_static ("x", 1);
    g_autoptr (GBytes) message = kouan_cose_sign (key, payload);
    g_autoptr (KouanVerifyingKey) signer = NULL;
    g_autoptr (GBytes) slip = NULL;
    g_autoptr (GBytes) badge = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (kouan_keyring_get_size (keyring), ==, 3);
    slip = kouan_cose_verify (keyring, KOUAN_PURPOSE_SLIP, message, &signer, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (kouan_keyring_get_label (keyring, signer), ==, "kiosk-8");
    badge = kouan_cose_verify (keyring, KOUAN_PURPOSE_BADGE, message, NULL, &error);
    g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
  }
}

static void
test_create_is_private_and_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStationSettings settings = { .kiosk_id = 1, .hall_id = 1 };
  g_autofree char *key = path_of (fixture, KOUAN_STATION_SIGNING_KEY);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_cmpint (g_stat (fixture->station, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (key, &before, NULL, NULL));
  g_assert_false (kouan_station_create (fixture->station, &settings, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (key, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

static void
test_create_refuses_what_it_could_not_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *config = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  KouanStationSettings settings = { .kiosk_id = 1, .hall_id = 1, .hub_url = "ftp://hub" };
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_station_create (folder, &settings, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_assert_false (g_file_test (config, G_FILE_TEST_EXISTS));
}

static void
test_create_where_nothing_can_be (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = path_of (fixture, KOUAN_STATION_CONFIG "/below-a-file");
  KouanStationSettings settings = { .kiosk_id = 1, .hall_id = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_station_create (folder, &settings, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO);
}

/* Odd characters survive the way through the file, and every key is explained in it. */
static void
test_template (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanStationSettings settings
    = { .kiosk_id = 1, .hall_id = 1, .hall_names = names, .camera = "  a\\b\n=c" };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *camera = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "大厅");
  g_assert_true (kouan_station_create (folder, &settings, &error));
  g_assert_no_error (error);
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error));
  camera = g_key_file_get_string (file, "devices", "camera", &error);
  g_assert_cmpstr (camera, ==, "  a\\b\n=c");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "in MiB"));
  g_assert_nonnull (strstr (text, "# Default: 256\n#full-mib=256\n"));
  g_assert_nonnull (strstr (text, "name[zh-Hans]=大厅\n"));
}

static void
test_locks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) station = load (fixture);
  KouanStationLock *first = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, TRUE, FALSE);
  KouanStationLock *second = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, TRUE, FALSE);
  KouanStationLock *alone;

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_null (kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE));
  kouan_station_lock_release (first);
  g_assert_null (kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE));
  kouan_station_lock_release (second);
  alone = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE);
  g_assert_nonnull (alone);
  g_assert_null (kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, TRUE, FALSE));
  kouan_station_lock_release (alone);
}

/* A program that is being started has a copy of the lock's descriptor for a moment; here, for as
 * long as the pipe is open. */
static void
test_lock_is_let_go_of (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) station = load (fixture);
  KouanStationLock *lock = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE);
  int line[2];
  pid_t started;

  g_assert_nonnull (lock);
  g_assert_cmpint (pipe (line), ==, 0);
  started = fork ();
  if (started == 0)
    {
      char byte;

      close (line[1]);
      _exit (read (line[0], &byte, 1) == 0 ? 0 : 1);
    }
  g_assert_cmpint (started, >, 0);
  kouan_station_lock_release (lock);
  lock = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE);
  close (line[0]);
  close (line[1]);
  g_assert_cmpint (waitpid (started, NULL, 0), ==, started);
  g_assert_nonnull (lock);
  kouan_station_lock_release (lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/station/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("loads", test_loads);
  ADD ("hall-name-falls-back", test_hall_name_falls_back);
  ADD ("values-and-defaults", test_values_and_defaults);
  ADD ("mistakes-are-named", test_mistakes_are_named);
  ADD ("huge-configuration", test_huge_configuration);
  ADD ("missing-files", test_missing_files);
  ADD ("last-good", test_last_good);
  ADD ("set-values", test_set_values);
  ADD ("documented", test_documented);
  ADD ("damaged-files", test_damaged_files);
  ADD ("names-of-trusted-keys", test_names_of_trusted_keys);
  ADD ("create-is-private-and-once", test_create_is_private_and_once);
  ADD ("create-refuses-what-it-could-not-read", test_create_refuses_what_it_could_not_read);
  ADD ("create-where-nothing-can-be", test_create_where_nothing_can_be);
  ADD ("template", test_template);
  ADD ("locks", test_locks);
  ADD ("lock-is-let-go-of", test_lock_is_let_go_of);
  return g_test_run ();
}
