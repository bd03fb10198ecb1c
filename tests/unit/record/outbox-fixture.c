/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/record/outbox-fixture.h"

#include "db/kiosk/audit.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/drafts.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>

#define DOCUMENT_SIZE 100000

void
outbox_set_up (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->station = kouan_test_station_new (fixture->folder, NULL);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->outbox = kouan_outbox_new (fixture->station, fixture->clock);
  fixture->db = kouan_outbox_open_database (fixture->outbox, &error);
  g_assert_no_error (error);
}

void
outbox_tear_down (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->db);
  g_object_unref (fixture->outbox);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

void
outbox_fill_id (guint8 id[static 16], guint8 n)
{
  memset (id, n, 16);
}

void
outbox_make_draft (OutboxFixture *fixture, KouanDatabase *db, guint8 n, gint64 expires_s)
{
  g_autoptr (GBytes) box = g_bytes_new_static ("a draft", 7);
  g_autoptr (GError) error = NULL;
  guint8 name[16];

  outbox_fill_id (name, n);
  g_assert_true (kouan_drafts_save (db, name, box, NOW_S, expires_s, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *file = g_strdup_printf ("draft-%u-page-%u", n, i);
      g_autofree char *folder = kouan_station_path (fixture->station, KOUAN_STATION_DRAFTS);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      g_assert_true (g_file_set_contents (path, "sealed page", -1, NULL));
      g_assert_true (kouan_drafts_add_page (db, name, file, 11, &error));
    }
  g_assert_no_error (error);
}

static GBytes *
read_document (gpointer data, GError **error G_GNUC_UNUSED)
{
  guint8 *bytes = g_malloc (DOCUMENT_SIZE);

  memset (bytes, GPOINTER_TO_INT (data), DOCUMENT_SIZE);
  return g_bytes_new_take (bytes, DOCUMENT_SIZE);
}

KouanSubmission *
outbox_submission (guint8 n)
{
  KouanSubmission *submission = kouan_submission_new (5);
  g_autoptr (GBytes) application = g_bytes_new_static ("{\"hello\":1}\n", 12);
  g_autoptr (GBytes) document = read_document (GINT_TO_POINTER (n), NULL);
  guint8 id[16];

  outbox_fill_id (id, n);
  kouan_submission_set_code (submission, id);
  kouan_submission_set_draft (submission, id);
  kouan_submission_add_missing (submission, 4);
  kouan_submission_add (submission, "application.json", application);
  kouan_submission_add (submission, "documents/01-passport.pdf", document);
  kouan_submission_add_later (submission, "documents/02-photo.pdf", DOCUMENT_SIZE, read_document,
                              GINT_TO_POINTER (n), NULL);
  return submission;
}

guint
outbox_count_files (OutboxFixture *fixture, const char *name)
{
  g_autofree char *folder = kouan_station_path (fixture->station, name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

gboolean
outbox_has_draft (OutboxFixture *fixture, guint8 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) box = NULL;
  guint8 name[16];

  outbox_fill_id (name, n);
  box = kouan_drafts_load (fixture->db, name, &error);
  return box != NULL;
}

gboolean
outbox_code_is_used (OutboxFixture *fixture, guint8 n)
{
  g_autoptr (GError) error = NULL;
  guint8 id[16];
  gboolean used;

  outbox_fill_id (id, n);
  g_assert_true (kouan_codes_is_used (fixture->db, id, &used, &error));
  g_assert_no_error (error);
  return used;
}

static void
assert_file_is (OutboxFixture *fixture, const KouanRecordRow *row)
{
  g_autofree char *path = kouan_outbox_path (fixture->outbox, row->file);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  guint8 digest[32];
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, (gsize)row->size);
  kouan_sha256 ((const guint8 *)contents, size, digest);
  g_assert_cmpmem (digest, 32, row->sha256, 32);
}

static guint
assert_rows_have_files (OutboxFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kouan_records_list (fixture->db, 0, 10000, &error);
  guint files = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];

      g_assert_cmpint (row->sequence, ==, i + 1);
      if (row->file == NULL || row->state == KOUAN_RECORD_REFUSED)
        continue;
      assert_file_is (fixture, row);
      files++;
    }
  return files;
}

void
outbox_assert_whole (OutboxFixture *fixture, KouanRecordBalance *balance)
{
  g_autoptr (GError) error = NULL;
  gint64 entries, broken_at;

  g_assert_true (kouan_database_check (fixture->db, &error));
  g_assert_true (kouan_audit_verify (fixture->db, &entries, &broken_at, &error));
  g_assert_cmpint (broken_at, ==, 0);
  g_assert_true (kouan_records_balance (fixture->db, balance, &error));
  g_assert_no_error (error);
  g_assert_cmpint (balance->captured, ==,
                   balance->queued + balance->sent + balance->archived + balance->refused);
  g_assert_cmpuint (assert_rows_have_files (fixture), ==,
                    outbox_count_files (fixture, KOUAN_STATION_RECORDS));
}
