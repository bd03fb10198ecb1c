/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <string.h>

/* kouanctl staff, from an empty file of people to a kiosk that is out of service and back. */

typedef struct
{
  char *folder;
  char *station;
  char *people;
  char *key;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanStation) station = NULL;
  g_autoptr (KouanDatabase) db = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  fixture->people = g_build_filename (fixture->folder, "people.json", NULL);
  fixture->key = g_build_filename (fixture->folder, "roster.key", NULL);
  g_assert_true (kouan_signing_key_save (key, fixture->key, &error));
  station = kouan_test_station_new (fixture->folder, key);
  path = kouan_station_path (station, KOUAN_STATION_DATABASE);
  db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->station);
  g_free (fixture->people);
  g_free (fixture->key);
  kouan_test_folder_remove (fixture->folder);
}

static void
add_person (Fixture *fixture, const char *id, const char *roles)
{
  g_assert_cmpint (kouan_test_ctl (NULL, KOUAN_TEST_PIN "\n", "staff", "roster", "add",
                                   fixture->people, "--id", id, "--name", "Lin", "--roles", roles,
                                   NULL),
                   ==, 0);
}

static int
install (Fixture *fixture, const char *version)
{
  g_autofree char *list = g_build_filename (fixture->folder, "roster.list", NULL);

  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "staff", "roster", "sign", fixture->people, "--key",
                                   fixture->key, "--version", version, "--out", list, NULL),
                   ==, 0);
  return kouan_test_ctl (NULL, NULL, "staff", "roster", "install", list, "--station",
                         fixture->station, NULL);
}

static char *
issue (Fixture *fixture, const char *id, const char *roles)
{
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "staff", "badge", "issue", "--id", id, "--roles",
                                   roles, "--key", fixture->key, NULL),
                   ==, 0);
  return g_strdup (json_object_get_string_member (answer, "text"));
}

static int
order (Fixture *fixture, const char *pin, const char *badge, const char *word, const char *object)
{
  return kouan_test_ctl (NULL, pin, "staff", word, "--station", fixture->station, "--badge", badge,
                         object, NULL);
}

static void
test_from_people_to_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *sup = NULL, *att = NULL;
  g_autoptr (JsonObject) entered = NULL;

  add_person (fixture, "u-sup", "supervisor");
  add_person (fixture, "u-att", "attendant");
  g_assert_cmpint (install (fixture, "2"), ==, 0);
  g_assert_cmpint (install (fixture, "1"), ==, 1); /* older than the one in use */
  sup = issue (fixture, "u-sup", "supervisor");
  att = issue (fixture, "u-att", "attendant");
  g_assert_cmpint (kouan_test_ctl (&entered, KOUAN_TEST_PIN "\n", "staff", "enter", "--station",
                                   fixture->station, "--badge", sup, NULL),
                   ==, 0);
  g_assert_cmpstr (json_object_get_string_member (entered, "roles"), ==, "supervisor");
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "out-of-service", "cleaning"), ==, 0);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "out-of-service", "tired"), ==, 1);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", att, "disable", "scanner"), ==, 1);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "disable", "scanner"), ==, 0);
  g_assert_cmpint (order (fixture, "000001\n", sup, "enter", NULL), ==, 1);
  g_assert_cmpint (order (fixture, "", sup, "enter", NULL), ==, 2);
}

static void
test_revoked (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) issued = NULL;
  const char *badge, *text;

  add_person (fixture, "u-sup", "supervisor");
  g_assert_cmpint (install (fixture, "1"), ==, 0);
  g_assert_cmpint (kouan_test_ctl (&issued, NULL, "staff", "badge", "issue", "--id", "u-sup",
                                   "--roles", "supervisor", "--key", fixture->key, NULL),
                   ==, 0);
  badge = json_object_get_string_member (issued, "badge");
  text = json_object_get_string_member (issued, "text");
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", text, "enter", NULL), ==, 0);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "staff", "roster", "revoke", fixture->people, badge, NULL), ==, 0);
  g_assert_cmpint (install (fixture, "2"), ==, 0);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", text, "enter", NULL), ==, 1);
}

/* While somebody is in staff mode at the screen, nobody changes anything over ssh. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, NULL);
  KouanStationLock *lock;
  g_autofree char *sup = NULL;

  add_person (fixture, "u-sup", "supervisor");
  g_assert_cmpint (install (fixture, "1"), ==, 0);
  sup = issue (fixture, "u-sup", "supervisor");
  lock = kouan_station_lock (station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "out-of-service", "broken"), ==, 1);
  kouan_station_lock_release (lock);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "out-of-service", "broken"), ==, 0);
}

/* What the screens do with the machine: the board adds up, and records leave only with two persons.
 */
static void
test_board_and_export (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *stick = g_build_filename (fixture->folder, "stick", NULL);
  g_autofree char *there = g_build_filename (stick, "kouan", "kiosk-7", NULL);
  g_autofree char *sup = NULL, *tec = NULL;
  g_autoptr (JsonObject) board = NULL;
  g_autoptr (JsonObject) exported = NULL;

  add_person (fixture, "u-sup", "supervisor");
  add_person (fixture, "u-tec", "technician");
  g_assert_cmpint (install (fixture, "1"), ==, 0);
  sup = issue (fixture, "u-sup", "supervisor");
  tec = issue (fixture, "u-tec", "technician");
  g_assert_cmpint (
    kouan_test_ctl (&board, NULL, "staff", "board", "--station", fixture->station, NULL), ==, 0);
  g_assert_true (json_object_get_boolean_member (board, "adds_up"));
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (board, "visits_by_hour")),
                   ==, 24);
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", sup, "export", stick), ==, 1);
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
  g_assert_cmpint (kouan_test_ctl (&exported, KOUAN_TEST_PIN "\n" KOUAN_TEST_PIN "\n", "staff",
                                   "export", stick, "--station", fixture->station, "--badge", sup,
                                   "--second", tec, NULL),
                   ==, 0);
  g_assert_cmpint (json_object_get_int_member (exported, "exit"), ==, 0);
  g_assert_true (g_file_test (there, G_FILE_TEST_IS_DIR));
}

/* Returns: (transfer full): what "kouanctl @words" says on both its outputs */
static char *
say (const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_ptr_array_add (argv, (gpointer)g_getenv ("KOUANCTL"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)words[i]);
  g_ptr_array_add (argv, NULL);
  process
    = g_subprocess_newv ((const char *const *)argv->pdata,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  return text;
}

/* Each command that a button of the screens stands for (tests/data/staff/actions.tsv) is there, and
 * so is one for each duty but the two that nothing does yet. */
static void
test_screens_have_commands (void)
{
  static const char *const ask_duties[] = { "staff", "duties", NULL };
  static const char *const ask_setup[] = { "setup", "which", "--station", "/nonexistent", NULL };
  g_autofree char *duties = say (ask_duties);
  g_autofree char *setup = say (ask_setup);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "staff", "actions.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *empty = duties;
  guint commands = 0, n_empty = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tab = *lines[i] != '#' ? strchr (lines[i], '\t') : NULL;
      g_autofree char *quoted = tab != NULL ? g_strdup_printf ("\"%s\"", tab + 1) : NULL;

      if (tab == NULL || g_str_equal (tab + 1, "-") || g_str_equal (tab + 1, "staff enter"))
        continue;
      commands++;
      if (g_str_has_prefix (tab + 1, "setup "))
        g_assert_nonnull (strstr (setup, tab + 1 + strlen ("setup ")));
      else if (strstr (duties, quoted) == NULL)
        g_error ("%s: kouanctl staff duties does not list it", lines[i]);
    }
  g_assert_cmpuint (commands, >, 25);
  while ((empty = strstr (empty, "\"commands\":[]")) != NULL)
    {
      empty++;
      n_empty++;
    }
  g_assert_cmpuint (n_empty, ==, 2);
}

/* Nobody runs the kiosk here: an order about the visit is withdrawn, and said to be in vain. */
static void
test_visit_without_a_kiosk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *att = NULL;

  add_person (fixture, "u-att", "attendant");
  g_assert_cmpint (install (fixture, "1"), ==, 0);
  att = issue (fixture, "u-att", "attendant");
  g_assert_cmpint (order (fixture, KOUAN_TEST_PIN "\n", att, "park", NULL), ==, 4);
}

static void
test_bad_calls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, "1234\n", "staff", "roster", "add", fixture->people,
                                   "--id", "u-sup", "--name", "Lin", "--roles", "supervisor", NULL),
                   ==, 2); /* a PIN too short */
  g_assert_cmpint (kouan_test_ctl (NULL, KOUAN_TEST_PIN "\n", "staff", "roster", "add",
                                   fixture->people, "--id", "U 1", "--name", "Lin", "--roles",
                                   "supervisor", NULL),
                   ==, 1);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "staff", "badge", "issue", "--id", "u-sup",
                                   "--roles", "supervisor", "--key", fixture->key, "--days", "36",
                                   NULL),
                   ==, 2);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "staff", NULL), ==, 2);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "staff", "nonsense", NULL), ==, 2);
}

#define ADD(name, test) g_test_add ("/ctl/staff/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("from-people-to-order", test_from_people_to_order);
  ADD ("revoked", test_revoked);
  ADD ("two-at-once", test_two_at_once);
  ADD ("board-and-export", test_board_and_export);
  ADD ("bad-calls", test_bad_calls);
  ADD ("visit-without-a-kiosk", test_visit_without_a_kiosk);
  g_test_add_func ("/ctl/staff/screens-have-commands", test_screens_have_commands);
  return g_test_run ();
}
