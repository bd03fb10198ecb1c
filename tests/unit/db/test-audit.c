/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/kiosk/audit.h"
#include "db/kiosk/kiosk-store.h"
#include "db/statement.h"
#include "tests/testlib/fixture.h"

#define ENTRIES 12

typedef struct
{
  char *folder;
  KouanDatabase *db;
} Fixture;

static void
append (KouanDatabase *db, gint64 wall_s, const char *object)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_audit_append (db, wall_s, "kiosk", "", "test.entry", object, "ok", &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= ENTRIES; i++)
    {
      g_autofree char *object = g_strdup_printf ("object %u", i);

      append (fixture->db, 1000 + i, object);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->db);
  kouan_test_folder_remove (fixture->folder);
}

static void
assert_verdict (KouanDatabase *db, gint64 entries, gint64 broken_at)
{
  g_autoptr (GError) error = NULL;
  gint64 found, where;

  g_assert_true (kouan_audit_verify (db, &found, &where, &error));
  g_assert_no_error (error);
  g_assert_cmpint (where, ==, broken_at);
  g_assert_cmpint (found, ==, entries);
}

static void
test_whole (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = kouan_audit_list (fixture->db, 10, 100, &error);
  KouanAuditEntry *entry = entries->pdata[0];

  assert_verdict (fixture->db, ENTRIES, 0);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (entry->sequence, ==, 11);
  g_assert_cmpint (entry->wall_s, ==, 1011);
  g_assert_cmpstr (entry->object, ==, "object 11");
}

/* Each way of tampering, and the entry at which it must be found. */
static const struct
{
  const char *sql;
  gint64 broken_at;
} tamperings[] = {
  { "UPDATE audit SET wall_s = 999 WHERE sequence = 1", 1 },
  { "UPDATE audit SET role = 'visitor' WHERE sequence = 5", 5 },
  { "UPDATE audit SET who = 'x' WHERE sequence = 5", 5 },
  { "UPDATE audit SET action = 'test.other' WHERE sequence = 5", 5 },
  { "UPDATE audit SET object = 'object 6' WHERE sequence = 5", 5 },
  { "UPDATE audit SET result = 'no' WHERE sequence = 12", 12 },
  { "UPDATE audit SET action = 'test.entryo', object = 'bject 5' WHERE sequence = 5", 5 },
  { "UPDATE audit SET hash = zeroblob (32) WHERE sequence = 7", 7 },
  { "DELETE FROM audit WHERE sequence = 1", 1 },
  { "DELETE FROM audit WHERE sequence = 6", 6 },
  { "DELETE FROM audit WHERE sequence = 12", 12 },
  { "DELETE FROM audit WHERE sequence > 8", 9 },
  { "DELETE FROM audit", 1 },
  { "DELETE FROM audit WHERE sequence = 6;"
    " UPDATE audit SET sequence = sequence - 100 + 99 WHERE sequence = 7",
    6 },
  { "UPDATE audit SET sequence = 100 WHERE sequence = 3;"
    "UPDATE audit SET sequence = 3 WHERE sequence = 4;"
    "UPDATE audit SET sequence = 4 WHERE sequence = 100",
    3 },
  { "INSERT INTO audit SELECT 13, wall_s, role, who, action, object, result, hash FROM audit"
    " WHERE sequence = 12",
    13 },
  { "UPDATE audit_head SET sequence = 11", 12 },
  { "UPDATE audit_head SET hash = zeroblob (32)", 12 },
};

static void
test_tampering (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 found, where;

      g_assert_true (kouan_database_begin (fixture->db, &error));
      g_assert_true (kouan_database_run (fixture->db, tamperings[i].sql, &error));
      g_assert_true (kouan_audit_verify (fixture->db, &found, &where, &error));
      g_assert_no_error (error);
      g_test_message ("%s", tamperings[i].sql);
      g_assert_cmpint (where, ==, tamperings[i].broken_at);
      kouan_database_rollback (fixture->db);
    }
  assert_verdict (fixture->db, ENTRIES, 0);
}

static void
test_part_of_its_transaction (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (fixture->db, &error));
  append (fixture->db, 2000, "never");
  kouan_database_rollback (fixture->db);
  append (fixture->db, 2001, "kept");
  assert_verdict (fixture->db, ENTRIES + 1, 0);
}

/* SHA-256 of 32 zero bytes and "1\0" "1001\0" "kiosk\0" "\0" "test.entry\0" "object 1\0" "ok\0", by
 * sha256sum */
static void
test_known_hash (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    fixture->db, "SELECT lower (hex (hash)) FROM audit WHERE sequence = 1", &error);
  g_autofree char *hash = NULL;
  gboolean row;

  g_assert_true (kouan_statement_next (stmt, &row, &error));
  hash = kouan_statement_dup_text (stmt, 0);
  g_assert_cmpstr (hash, ==, "a70662f8f47aa0568cec5b9c5e549535cc639a495c52e0c4090657edf341fc68");
}

static void
test_empty (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "empty.db", NULL);
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, NULL);

  assert_verdict (db, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/db/audit/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("whole", test_whole);
  ADD ("tampering", test_tampering);
  ADD ("part-of-its-transaction", test_part_of_its_transaction);
  ADD ("known-hash", test_known_hash);
  ADD ("empty", test_empty);
  return g_test_run ();
}
