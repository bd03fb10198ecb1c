/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/statement.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define APPLICATION_ID 77

typedef struct
{
  char *folder;
  char *path;
} Fixture;

#define TABLE_T "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT"

static const char *const one[] = { TABLE_T, NULL };
static const char *const two[]
  = { TABLE_T, "CREATE TABLE u (a INTEGER NOT NULL REFERENCES t (a)) STRICT", NULL };
static const char *const bad[]
  = { TABLE_T, "CREATE TABLE v (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)", NULL };

static const KouanSchema schema_one = { APPLICATION_ID, one };
static const KouanSchema schema_two = { APPLICATION_ID, two };
static const KouanSchema schema_bad = { APPLICATION_ID, bad };
static const KouanSchema schema_foreign = { APPLICATION_ID + 1, one };

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "t.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static KouanDatabase *
open_as (Fixture *fixture, const KouanSchema *schema)
{
  g_autoptr (GError) error = NULL;
  KouanDatabase *db = kouan_database_open (fixture->path, schema, &error);

  g_assert_no_error (error);
  return db;
}

static void
run (KouanDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_run (db, sql, &error));
  g_assert_no_error (error);
}

static char *
ask (KouanDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (db, sql, &error);
  gboolean row;

  g_assert_no_error (error);
  g_assert_true (kouan_statement_next (stmt, &row, &error));
  g_assert_true (row);
  return kouan_statement_dup_text (stmt, 0);
}

static void
assert_answer (KouanDatabase *db, const char *sql, const char *expected)
{
  g_autofree char *answer = ask (db, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_pragmas (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  struct stat status;

  assert_answer (db, "PRAGMA journal_mode", "wal");
  assert_answer (db, "PRAGMA synchronous", "2"); /* FULL */
  assert_answer (db, "PRAGMA foreign_keys", "1");
  assert_answer (db, "PRAGMA trusted_schema", "0");
  assert_answer (db, "PRAGMA secure_delete", "1");
  assert_answer (db, "PRAGMA cell_size_check", "1");
  assert_answer (db, "PRAGMA temp_store", "2"); /* memory */
  assert_answer (db, "PRAGMA busy_timeout", "5000");
  assert_answer (db, "PRAGMA application_id", "77");
  assert_answer (db, "PRAGMA user_version", "1");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_migrates_with_its_rows (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanDatabase *old = open_as (fixture, &schema_one);
  g_autoptr (KouanDatabase) db = NULL;

  run (old, "INSERT INTO t VALUES (1, 'kept')");
  g_object_unref (old);
  db = open_as (fixture, &schema_two);
  assert_answer (db, "PRAGMA user_version", "2");
  assert_answer (db, "SELECT b FROM t", "kept");
  assert_answer (db, "SELECT count (*) FROM u", "0");
}

static void
test_too_new_stays (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_object_unref (open_as (fixture, &schema_two));
  g_assert_null (kouan_database_open (fixture->path, &schema_one, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_TOO_NEW);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_object_unref (open_as (fixture, &schema_two));
}

static void
test_foreign_stays (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_object_unref (open_as (fixture, &schema_one));
  g_assert_null (kouan_database_open (fixture->path, &schema_foreign, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* The first half of a migration that fails is not there, and what was there lies beside, complete.
 */
static void
test_failed_migration_moves_aside (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged-1", NULL);
  KouanDatabase *old = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = NULL;

  run (old, "INSERT INTO t VALUES (1, 'kept')");
  g_object_unref (old);
  g_assert_null (kouan_database_open (fixture->path, &schema_bad, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, aside));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  g_free (g_steal_pointer (&fixture->path));
  fixture->path = g_strdup (aside);
  db = open_as (fixture, &schema_one);
  assert_answer (db, "SELECT b FROM t", "kept");
  assert_answer (db, "SELECT count (*) FROM sqlite_schema WHERE name = 'v'", "0");
}

static void
test_garbage_moves_aside (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *garbage = g_strnfill (8192, 'x');

  for (guint n = 1; n <= 2; n++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.damaged-%u", fixture->path, n);
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, garbage, -1, NULL));
      g_assert_null (kouan_database_open (fixture->path, &schema_one, &error));
      g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
      g_assert_true (g_file_get_contents (aside, &found, NULL, NULL));
      g_assert_cmpstr (found, ==, garbage);
    }
  g_object_unref (open_as (fixture, &schema_one));
}

/* A log that has not been folded in yet goes with the file that it belongs to. */
static void
test_log_moves_with_its_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *moved = g_strconcat (fixture->path, ".damaged-1-wal", NULL);
  g_autofree char *garbage = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, garbage, -1, NULL));
  g_assert_true (g_file_set_contents (log, "a log", -1, NULL));
  g_assert_null (kouan_database_open (fixture->path, &schema_one, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
  g_assert_true (g_file_test (moved, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "t.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_database_open (path, &schema_one, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO);
}

static void
test_commit_and_rollback (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (1, 'gone')");
  kouan_database_rollback (db);
  assert_answer (db, "SELECT count (*) FROM t", "0");
  g_assert_true (kouan_database_begin (db, &error));
  g_assert_true (kouan_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (2, 'kept')");
  g_assert_true (kouan_database_commit (db, &error));
  g_assert_true (kouan_database_in_transaction (db));
  g_assert_true (kouan_database_commit (db, &error));
  g_assert_false (kouan_database_in_transaction (db));
  assert_answer (db, "SELECT b FROM t", "kept");
}

static void
test_inner_rollback_dooms_all (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (1, 'outer')");
  g_assert_true (kouan_database_begin (db, &error));
  kouan_database_rollback (db);
  run (db, "INSERT INTO t VALUES (2, 'after')");
  g_assert_false (kouan_database_commit (db, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  assert_answer (db, "SELECT count (*) FROM t", "0");
}

static void
test_dropped_transaction_rolls_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTransaction) kept = NULL;

  {
    g_autoptr (KouanTransaction) dropped = kouan_transaction_begin (db, &error);

    g_assert_nonnull (dropped);
    run (db, "INSERT INTO t VALUES (1, 'gone')");
  }
  kept = kouan_transaction_begin (db, &error);
  run (db, "INSERT INTO t VALUES (2, 'kept')");
  g_assert_true (kouan_transaction_commit (g_steal_pointer (&kept), &error));
  assert_answer (db, "SELECT group_concat (b) FROM t", "kept");
}

/* As SQLite does by itself after some errors: nothing that follows may slip in on its own. */
static void
test_lost_transaction_is_noticed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (db, &error));
  run (db, "ROLLBACK");
  g_assert_false (kouan_database_run (db, "INSERT INTO t VALUES (1, 'alone')", &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (kouan_database_commit (db, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO);
  assert_answer (db, "SELECT count (*) FROM t", "0");
}

static void
test_errors_are_translated (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_two);
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) reference = NULL;
  g_autoptr (GError) syntax = NULL;

  run (db, "INSERT INTO t VALUES (1, 'a secret value')");
  g_assert_false (kouan_database_run (db, "INSERT INTO t VALUES (1, 'a secret value')", &twice));
  g_assert_error (twice, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_assert_null (strstr (twice->message, "secret"));
  g_assert_false (kouan_database_run (db, "INSERT INTO u VALUES (9)", &reference));
  g_assert_error (reference, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_assert_null (kouan_statement_prepare (db, "SELECT * FROM nowhere", &syntax));
  g_assert_error (syntax, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
}

static void
test_check_finds_damage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanDatabase *whole = open_as (fixture, &schema_two);
  g_autoptr (KouanDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize size;
  int code;
  sqlite3 *raw = NULL;

  g_assert_true (kouan_database_check (whole, &error));
  g_object_unref (whole);
  code = sqlite3_open (fixture->path, &raw);
  g_assert_cmpint (code, ==, SQLITE_OK);
  code
    = sqlite3_exec (raw, "PRAGMA foreign_keys = OFF; INSERT INTO u VALUES (5)", NULL, NULL, NULL);
  g_assert_cmpint (code, ==, SQLITE_OK);
  sqlite3_close (raw);

  db = open_as (fixture, &schema_two);
  g_assert_false (kouan_database_check (db, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_clear_object (&db);

  g_assert_true (g_file_get_contents (fixture->path, &contents, &size, NULL));
  g_assert_cmpuint (size, >=, 8192);
  memset (contents + 4096, 0xee, 4096);
  g_assert_true (g_file_set_contents (fixture->path, contents, size, NULL));
  db = open_as (fixture, &schema_two);
  g_assert_false (kouan_database_check (db, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;

  run (db, "PRAGMA max_page_count = 20"); /* answers as a disk without space does */
  g_assert_true (kouan_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (1, 'before')");
  g_assert_false (
    kouan_database_run (db, "INSERT INTO t VALUES (2, hex (zeroblob (200000)))", &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL);
  kouan_database_rollback (db);
  assert_answer (db, "SELECT count (*) FROM t", "0");
}

/* In a child: the limit on file sizes stays with the process. */
static int
write_until_refused (Fixture *fixture)
{
  g_autoptr (KouanDatabase) db = open_as (fixture, &schema_one);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) later = NULL;
  struct rlimit limit = { 64 * 1024, 64 * 1024 };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  if (!kouan_database_begin (db, &error)
      || !kouan_database_run (db, "INSERT INTO t VALUES (1, hex (zeroblob (200000)))", &error))
    return 1;
  if (kouan_database_commit (db, &error))
    return 2;
  if (kouan_database_in_transaction (db)
      || !kouan_database_run (db, "INSERT INTO t VALUES (2, 'small')", &later))
    return 3;
  return g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO) ? 0 : 4;
}

static void
test_failing_commit_leaves_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) db = NULL;
  int status;
  pid_t child;

  g_object_unref (open_as (fixture, &schema_one));
  child = fork ();
  if (child == 0)
    _exit (write_until_refused (fixture));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  db = open_as (fixture, &schema_one);
  assert_answer (db, "SELECT group_concat (b) FROM t", "small");
}

#define OPENERS 8

static gpointer
open_and_insert (gpointer data)
{
  g_autoptr (KouanDatabase) db = open_as (data, &schema_two);

  for (guint i = 0; i < 20; i++)
    run (db, "INSERT INTO t (b) VALUES ('x')");
  return NULL;
}

static void
test_many_open_a_new_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GThread *threads[OPENERS];
  g_autoptr (KouanDatabase) db = NULL;

  for (guint i = 0; i < OPENERS; i++)
    threads[i] = g_thread_new ("opener", open_and_insert, fixture);
  for (guint i = 0; i < OPENERS; i++)
    g_thread_join (threads[i]);
  db = open_as (fixture, &schema_two);
  assert_answer (db, "SELECT count (*) FROM t", "160");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/db/database/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("pragmas", test_pragmas);
  ADD ("migrates-with-its-rows", test_migrates_with_its_rows);
  ADD ("too-new-stays", test_too_new_stays);
  ADD ("foreign-stays", test_foreign_stays);
  ADD ("failed-migration-moves-aside", test_failed_migration_moves_aside);
  ADD ("garbage-moves-aside", test_garbage_moves_aside);
  ADD ("log-moves-with-its-file", test_log_moves_with_its_file);
  ADD ("no-folder", test_no_folder);
  ADD ("commit-and-rollback", test_commit_and_rollback);
  ADD ("inner-rollback-dooms-all", test_inner_rollback_dooms_all);
  ADD ("dropped-transaction-rolls-back", test_dropped_transaction_rolls_back);
  ADD ("lost-transaction-is-noticed", test_lost_transaction_is_noticed);
  ADD ("errors-are-translated", test_errors_are_translated);
  ADD ("check-finds-damage", test_check_finds_damage);
  ADD ("full-disk", test_full_disk);
  ADD ("failing-commit-leaves-nothing", test_failing_commit_leaves_nothing);
  ADD ("many-open-a-new-file", test_many_open_a_new_file);
  return g_test_run ();
}
