/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/kiosk/audit.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/drafts.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/ratings.h"
#include "db/kiosk/records.h"
#include "db/statement.h"
#include "tests/testlib/fixture.h"

#define NOW_S 1767225600

typedef struct
{
  char *folder;
  char *path;
  KouanDatabase *db;
} Fixture;

static const guint8 draft_a[16] = { 0xa };
static const guint8 draft_b[16] = { 0xb };

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->db);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static void
save (Fixture *fixture, const guint8 *name, const char *text, gint64 expires_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) box = g_bytes_new (text, strlen (text));

  g_assert_true (kouan_drafts_save (fixture->db, name, box, NOW_S, expires_s, &error));
  g_assert_no_error (error);
}

static void
assert_draft (Fixture *fixture, const guint8 *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) box = kouan_drafts_load (fixture->db, name, &error);

  if (text == NULL)
    {
      g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (box, NULL), g_bytes_get_size (box), text, strlen (text));
}

static void
test_draft_is_replaced (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_draft (fixture, draft_a, NULL);
  save (fixture, draft_a, "first", NOW_S + 10);
  save (fixture, draft_b, "other", NOW_S + 10);
  save (fixture, draft_a, "second", NOW_S + 10);
  assert_draft (fixture, draft_a, "second");
  assert_draft (fixture, draft_b, "other");
}

static void
test_draft_pages (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) of_a = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_false (kouan_drafts_add_page (fixture->db, draft_a, "1", 5, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  save (fixture, draft_a, "a", NOW_S);
  save (fixture, draft_b, "b", NOW_S);
  g_assert_true (kouan_drafts_add_page (fixture->db, draft_a, "9", 5, &error));
  g_assert_true (kouan_drafts_add_page (fixture->db, draft_b, "3", 5, &error));
  g_assert_true (kouan_drafts_add_page (fixture->db, draft_a, "2", 5, &error));
  save (fixture, draft_a, "a again", NOW_S);

  of_a = kouan_drafts_pages (fixture->db, draft_a, &error);
  g_assert_cmpuint (of_a->len, ==, 2);
  g_assert_cmpstr (of_a->pdata[0], ==, "9");
  g_assert_cmpstr (of_a->pdata[1], ==, "2");
  all = kouan_drafts_pages (fixture->db, NULL, &error);
  g_assert_cmpuint (all->len, ==, 3);

  g_assert_true (kouan_drafts_remove_page (fixture->db, "9", &error));
  g_assert_true (kouan_drafts_remove (fixture->db, draft_b, &error));
  left = kouan_drafts_pages (fixture->db, NULL, &error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (left->pdata[0], ==, "2");
}

static void
test_drafts_expire (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  save (fixture, draft_a, "a", NOW_S + 10);
  save (fixture, draft_b, "b", NOW_S + 20);
  before = kouan_drafts_expired (fixture->db, NOW_S + 9, &error);
  g_assert_cmpuint (before->len, ==, 0);
  after = kouan_drafts_expired (fixture->db, NOW_S + 10, &error);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (after->pdata[0], NULL), 16, draft_a, 16);
}

/* The words of a draft that is gone are not in the files any more. */
static void
test_removed_draft_leaves_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize size;

  save (fixture, draft_a, "needle-in-the-haystack", NOW_S);
  g_assert_true (kouan_database_run (fixture->db, "PRAGMA wal_checkpoint (TRUNCATE)", &error));
  g_assert_true (g_file_get_contents (fixture->path, &contents, &size, NULL));
  g_assert_nonnull (memmem (contents, size, "needle", 6));
  g_free (g_steal_pointer (&contents));

  g_assert_true (kouan_drafts_remove (fixture->db, draft_a, &error));
  g_assert_true (kouan_drafts_remove (fixture->db, draft_a, &error));
  g_assert_true (kouan_database_run (fixture->db, "PRAGMA wal_checkpoint (TRUNCATE)", &error));
  g_assert_true (g_file_get_contents (fixture->path, &contents, &size, NULL));
  g_assert_null (memmem (contents, size, "needle", 6));
}

static void
insert_record (Fixture *fixture, const guint8 id[16])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) manifest = g_bytes_new_static ("m", 1);
  KouanRecordRow row = {
    .sequence = 1, .number = (char *)"n", .file = (char *)"f", .size = 1, .manifest = manifest
  };

  memcpy (row.id, id, 16);
  g_assert_true (kouan_records_insert (fixture->db, &row, &error));
  g_assert_no_error (error);
}

static void
test_codes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint8 code[16] = { 1 }, record[16] = { 2 };
  g_autoptr (GError) error = NULL;
  gboolean used = TRUE;

  g_assert_true (kouan_codes_is_used (fixture->db, code, &used, &error));
  g_assert_false (used);
  g_assert_false (kouan_codes_mark_used (fixture->db, code, record, NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  insert_record (fixture, record);
  g_assert_true (kouan_codes_mark_used (fixture->db, code, record, NOW_S, &error));
  g_assert_true (kouan_codes_is_used (fixture->db, code, &used, &error));
  g_assert_true (used);
  g_assert_false (kouan_codes_mark_used (fixture->db, code, record, NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
}

static void
test_code_is_audited (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint8 code[16] = { 0x01, 0x9a }, record[16] = { 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  KouanAuditEntry *entry;

  insert_record (fixture, record);
  g_assert_true (kouan_codes_mark_used (fixture->db, code, record, NOW_S, &error));
  entries = kouan_audit_list (fixture->db, 1, 10, &error);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->action, ==, "code.used");
  g_assert_cmpstr (entry->object, ==, "019a0000-0000-0000-0000-000000000000");
}

static void
test_ratings (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kouan_ratings_count (fixture->db, 5, &error), ==, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_true (kouan_ratings_add (fixture->db, "2026-01-01", 3, "en", 5, &error));
  g_assert_true (kouan_ratings_add (fixture->db, "2026-01-02", 3, "zh-Hans", 5, &error));
  g_assert_true (kouan_ratings_add (fixture->db, "2026-01-02", 3, "zh-Hans", 1, &error));
  g_assert_cmpint (kouan_ratings_count (fixture->db, 5, &error), ==, 4);
  g_assert_cmpint (kouan_ratings_count (fixture->db, 1, &error), ==, 1);
  g_assert_false (kouan_ratings_add (fixture->db, "2026-01-02", 3, "en", 6, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (kouan_ratings_add (fixture->db, "today", 3, "en", 5, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
}

static void
test_schema_is_strict (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    fixture->db,
    "SELECT count (*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
    " AND name NOT LIKE 'sqlite_%'",
    &error);
  gboolean row;

  g_assert_true (kouan_statement_next (stmt, &row, &error));
  g_assert_cmpint (kouan_statement_get_int (stmt, 0), ==, 0);
  g_assert_true (kouan_database_check (fixture->db, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/db/kiosk/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("draft-is-replaced", test_draft_is_replaced);
  ADD ("draft-pages", test_draft_pages);
  ADD ("drafts-expire", test_drafts_expire);
  ADD ("removed-draft-leaves-nothing", test_removed_draft_leaves_nothing);
  ADD ("codes", test_codes);
  ADD ("code-is-audited", test_code_is_audited);
  ADD ("ratings", test_ratings);
  ADD ("schema-is-strict", test_schema_is_strict);
  return g_test_run ();
}
