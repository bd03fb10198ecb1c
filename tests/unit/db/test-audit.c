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
  { "UPDATE audit SET reason = 'x' WHERE sequence = 5", 5 },
  { "UPDATE audit SET clock = 'good' WHERE sequence = 5", 5 },
  { "UPDATE audit SET clock = '' WHERE sequence = 5", 5 },
  { "UPDATE audit SET seal = 1 WHERE sequence = 5", 5 },
  { "INSERT INTO audit SELECT 13, wall_s, role, who, action, object, result, hash, reason, clock,"
    " seal, tag FROM audit WHERE sequence = 12",
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

/* SHA-256 of 32 zero bytes and "1\0" "1001\0" "kiosk\0" "\0" "test.entry\0" "object 1\0" "ok\0"
 * "\0" "never-set\0" "0\0", by sha256sum */
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
  g_assert_cmpstr (hash, ==, "efb2c845712c46b64dff0c2aefbc4b2be440851a54c17e8ee6eb45eacd67f5ff");
}

/* Entries that an earlier version wrote are kept as they were, and new ones follow them. */
static void
test_from_version_3 (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "old.db", NULL);
  g_autofree char *script = kouan_test_data ("db/kiosk-3.sql");
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  sqlite3 *handle = NULL;

  g_assert_true (g_file_get_contents (script, &sql, NULL, &error));
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  append (db, 1767225700, "new");
  assert_verdict (db, 6, 0);
  entries = kouan_audit_list (db, 0, 10, &error);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[3])->action, ==, "staff.called");
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[3])->clock, ==, "");
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[5])->clock, ==, "good");
  g_assert_true (
    kouan_database_run (db, "UPDATE audit SET result = 'x' WHERE sequence = 2", &error));
  assert_verdict (db, 1, 2);
}

static void
test_clock (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    gint64 wall_s;
    const char *clock;
  } steps[] = { { 1767225599, "never-set" }, { 1767226000, "good" }, { 1767225700, "good" },
                { 1767225699, "set-back" },  { 1767225999, "good" }, { 1900000000, "good" },
                { 1767226001, "set-back" } };
  const KouanAuditAnchor anchor = { 3, 1767226002, g_bytes_new_static ("x", 1) };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    append (fixture->db, steps[i].wall_s, "x");
  entries = kouan_audit_list (fixture->db, ENTRIES, 100, &error);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[i])->clock, ==, steps[i].clock);

  /* The hub knows what time it is: the jump to 2030 was wrong. */
  g_assert_true (kouan_audit_anchors_put (fixture->db, &anchor, &error));
  append (fixture->db, 1767226003, "x");
  g_ptr_array_unref (g_steal_pointer (&entries));
  entries = kouan_audit_list (fixture->db, ENTRIES + G_N_ELEMENTS (steps), 100, &error);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->clock, ==, "good");
  g_bytes_unref (anchor.receipt);
}

/* What looks like a name, a document number or any other script stays out. */
static void
test_words (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanAuditEvent event
    = { 1767226000, "attendant", "S-104", "visit.parked", "E12345678", "Anna Maria", "王" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  KouanAuditEntry *entry;

  g_assert_true (kouan_audit_write (fixture->db, &event, &error));
  entries = kouan_audit_list (fixture->db, ENTRIES, 1, &error);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->who, ==, "S-104");
  g_assert_cmpstr (entry->object, ==, "withheld");
  g_assert_cmpstr (entry->result, ==, "withheld");
  g_assert_cmpstr (entry->reason, ==, "withheld");
  assert_verdict (fixture->db, ENTRIES + 1, 0);
}

/* What a person may type as a reason, and what is never written down. */
static void
test_reasons (void)
{
  static const char *const good[] = { "",
                                      "floor is wet",
                                      "kiosk 7 in hall 12",
                                      "new paper, 80 g",
                                      "version 2, list 10.4 of 12345 entries",
                                      "room 12a34b56c78" };
  static const char *const bad[] = { "123456789",
                                     "e12345678",
                                     "passport e12345678 was left here",
                                     "1990-05-03",
                                     "born 3.5.1990",
                                     "12 34 56",
                                     "tel. 010/555 0199",
                                     "Anna Maria",
                                     "王",
                                     "a\nb" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (kouan_audit_is_reason (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (kouan_audit_is_reason (bad[i]));
}

static void
assert_reason (Fixture *fixture, const char *typed, const char *kept)
{
  const KouanAuditEvent event
    = { 1767226000, "technician", "t-1", "trust.imported", "", "ok", typed };
  const KouanAuditFilter newest = { .limit = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_true (kouan_audit_write (fixture->db, &event, &error));
  g_assert_no_error (error);
  entries = kouan_audit_search (fixture->db, &newest, &error);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->reason, ==, kept);
}

static void
test_reason_of_digits (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_reason (fixture, "123456789", "withheld");
  assert_reason (fixture, "e12345678 is lost", "withheld");
  assert_reason (fixture, "sent by the ministry", "sent by the ministry");
  /* A second person's own number is what the audit is for. */
  assert_reason (fixture, "second: u-10442231", "second: u-10442231");
  assert_reason (fixture, "second: anna maria", "withheld");
}

static guint
count_found (Fixture *fixture, KouanAuditFilter filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  filter.limit = filter.limit > 0 ? filter.limit : 100;
  entries = kouan_audit_search (fixture->db, &filter, &error);
  g_assert_no_error (error);
  for (guint i = 1; i < entries->len; i++)
    g_assert_cmpint (((KouanAuditEntry *)entries->pdata[i])->sequence, <,
                     ((KouanAuditEntry *)entries->pdata[i - 1])->sequence);
  return entries->len;
}

static void
test_search (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanAuditEvent event
    = { 1767226000, "supervisor", "S-9", "kiosk.closed", "", "ok", "floor is wet" };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_audit_write (fixture->db, &event, &error));
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ 0 }), ==, ENTRIES + 1);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .limit = 3 }), ==, 3);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .before = 3 }), ==, 2);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .from_s = 1011 }), ==, 3);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .to_s = 1011 }), ==, 10);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .role = "supervisor" }), ==, 1);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .who = "S-9" }), ==, 1);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .action = "test." }), ==, ENTRIES);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .action = "est" }), ==, 0);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .object = "object 7" }), ==, 1);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .result = "no" }), ==, 0);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .text = "is wet" }), ==, 1);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .text = "object 1" }), ==, 4);
  g_assert_cmpuint (count_found (fixture, (KouanAuditFilter){ .text = "%" }), ==, 0);
}

/* A full disk refuses the entry and what it is about, and harms nothing that is there. */
static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  gboolean refused = FALSE;
  gint64 found, where, before;

  g_assert_true (kouan_database_run (fixture->db, "PRAGMA max_page_count = 1", &error));
  for (guint i = 0; i < 1000 && !refused; i++)
    refused = !kouan_audit_append (fixture->db, 2000, "kiosk", "", "test.entry", "x", "ok", &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (kouan_audit_verify (fixture->db, &before, &where, &error));
  g_assert_cmpint (where, ==, 0);
  g_assert_true (kouan_database_run (fixture->db, "PRAGMA max_page_count = 100000", &error));
  append (fixture->db, 2001, "after");
  g_assert_true (kouan_audit_verify (fixture->db, &found, &where, &error));
  g_assert_cmpint (found, ==, before + 1);
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
  ADD ("from-version-3", test_from_version_3);
  ADD ("clock", test_clock);
  ADD ("words", test_words);
  g_test_add_func ("/db/audit/reasons", test_reasons);
  ADD ("reason-of-digits", test_reason_of_digits);
  ADD ("search", test_search);
  ADD ("full-disk", test_full_disk);
  ADD ("empty", test_empty);
  return g_test_run ();
}
