/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/staff/roster.h"

#include "app/staff/error.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/lists.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"

#include <string.h>

#define PIN                                                                                        \
  "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"                                          \
  "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"
#define PERSON "{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"attendant\",\"pin\":\"" PIN "\"}"
#define WITH(people, rest) "{\"format\":1,\"people\":[" people "]" rest "}"

static KouanRoster *
parse (const char *text, GError **error)
{
  return kouan_roster_parse (text, strlen (text), error);
}

static void
test_reads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRoster) roster
    = parse (WITH (PERSON, ",\"revoked\":[\"01930000-0000-7000-8000-000000000001\"]"), &error);
  guint8 badge[16] = { 0x01, 0x93, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1 };

  g_assert_no_error (error);
  g_assert_cmpuint (kouan_roster_get_people (roster)->len, ==, 1);
  g_assert_cmpstr (kouan_roster_find (roster, "a-1")->name, ==, "Lin");
  g_assert_cmpuint (kouan_roster_find (roster, "a-1")->roles, ==, KOUAN_ROLE_ATTENDANT);
  g_assert_null (kouan_roster_find (roster, "a-2"));
  g_assert_true (kouan_roster_is_revoked (roster, badge));
  badge[15] = 2;
  g_assert_false (kouan_roster_is_revoked (roster, badge));
}

/* One thing that is wrong, and the whole of it is nothing. */
static void
test_refuses (void)
{
  static const char *const wrong[] = {
    "",
    "[]",
    "{}",
    "{\"format\":2,\"people\":[" PERSON "]}",
    "{\"format\":1,\"people\":[]}",
    "{\"format\":1}",
    WITH (PERSON "," PERSON, ""),
    WITH (PERSON, ",\"more\":1"),
    WITH (PERSON, ",\"revoked\":[\"x\"]"),
    WITH (PERSON, ",\"revoked\":[7]"),
    WITH ("7", ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"attendant\"}", ""),
    WITH ("{\"id\":\"A 1\",\"name\":\"Lin\",\"roles\":\"attendant\",\"pin\":\"" PIN "\"}", ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"\",\"roles\":\"attendant\",\"pin\":\"" PIN "\"}", ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"officer\",\"pin\":\"" PIN "\"}", ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"attendant\",\"pin\":\"271828\"}", ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"attendant\",\"pin\":"
          "\"$argon2id$v=19$m=99999999,t=1,p=1$YQ$YQ\"}",
          ""),
    WITH ("{\"id\":\"a-1\",\"name\":\"Lin\",\"roles\":\"attendant\",\"pin\":\"" PIN
          "\",\"door\":1}",
          ""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanRoster) roster = parse (wrong[i], &error);

      g_test_message ("%s", wrong[i]);
      g_assert_null (roster);
      g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_ROSTER_BROKEN);
    }
}

/* An older one does not take the place of the one in use, nor does the same one once more. */
static void
test_never_rolled_back (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "kiosk.db", NULL);
  g_autofree char *text = kouan_test_roster (NULL);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, &error);
  g_autoptr (KouanRoster) roster = NULL;

  kouan_test_roster_install (db, 5, NULL);
  for (gint64 version = 4; version <= 5; version++)
    {
      KouanListRow row = { version, 1, content };

      g_assert_false (kouan_lists_replace (db, KOUAN_ROSTER_KIND, &row, 1, &error));
      g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  roster = kouan_roster_load (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kouan_roster_get_version (roster), ==, 5);
  g_clear_object (&db);
  kouan_test_folder_remove (folder);
}

static void
test_pins (void)
{
  g_assert_true (kouan_pin_is_good ("271828"));
  g_assert_true (kouan_pin_is_good ("112233445566"));
  g_assert_false (kouan_pin_is_good ("27182"));
  g_assert_false (kouan_pin_is_good ("1122334455667"));
  g_assert_false (kouan_pin_is_good ("111111"));
  g_assert_false (kouan_pin_is_good ("27182a"));
  g_assert_false (kouan_pin_is_good (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/reads", test_reads);
  g_test_add_func ("/roster/refuses", test_refuses);
  g_test_add_func ("/roster/never-rolled-back", test_never_rolled_back);
  g_test_add_func ("/roster/pins", test_pins);
  return g_test_run ();
}
