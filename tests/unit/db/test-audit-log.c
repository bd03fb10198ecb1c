/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/check.h"
#include "app/audit/export.h"
#include "app/audit/head.h"
#include "app/audit/keeper.h"
#include "app/audit/key-file.h"
#include "app/record/outbox.h"
#include "db/statement.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1767400000)
#define KEY_SIZE 32

typedef struct
{
  char *folder;
  char *key_path;
  KouanSigningKey *hub; /* signs anchors */
  KouanStation *station;
  KouanOutbox *outbox;
  KouanAgeIdentity *identity; /* the hub's */
  KouanDatabase *db;
} Fixture;

static KouanDatabase *
open_db (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  KouanDatabase *db = kouan_outbox_open_database (fixture->outbox, &error);

  g_assert_no_error (error);
  return db;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanClock) clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);

  fixture->folder = kouan_test_folder_new ();
  fixture->hub = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->hub);
  fixture->identity = kouan_test_station_hub_identity (fixture->folder);
  fixture->outbox = kouan_outbox_new (fixture->station, clock);
  fixture->key_path = kouan_station_path (fixture->station, KOUAN_STATION_AUDIT_KEY);
  fixture->db = open_db (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->db);
  g_object_unref (fixture->outbox);
  g_object_unref (fixture->station);
  kouan_age_identity_free (fixture->identity);
  kouan_signing_key_unref (fixture->hub);
  g_free (fixture->key_path);
  kouan_test_folder_remove (fixture->folder);
}

static void
append (KouanDatabase *db, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (
        kouan_audit_append (db, NOW_S + i, "kiosk", "", "test.entry", "x", "ok", &error));
      g_assert_no_error (error);
    }
}

static KouanAuditVerdict
check (Fixture *fixture)
{
  KouanAuditVerdict verdict;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    kouan_audit_check (fixture->db, fixture->station, fixture->identity, &verdict, &error));
  g_assert_no_error (error);
  return verdict;
}

/* As the hub does: it signs what it was told. */
static GBytes *
anchor (Fixture *fixture)
{
  g_auto (KouanAuditSignedHead) head = { 0 };
  KouanAuditSignedAnchor signed_ = { .hub_id = 1, .kiosk_id = KOUAN_TEST_KIOSK, .hub_s = NOW_S };
  KouanAuditAnchor row;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_audit_describe_head (fixture->db, KOUAN_TEST_KIOSK, NOW_S, &head, &error));
  memcpy (signed_.log_id, head.log_id, sizeof head.log_id);
  memcpy (signed_.hash, head.hash, sizeof head.hash);
  signed_.sequence = head.sequence;
  row
    = (KouanAuditAnchor){ head.sequence, NOW_S, kouan_audit_anchor_sign (&signed_, fixture->hub) };
  g_assert_true (kouan_audit_anchors_put (fixture->db, &row, &error));
  g_assert_no_error (error);
  return row.receipt;
}

static void
sql (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_run (fixture->db, text, &error));
  g_assert_no_error (error);
}

static void
test_sealed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) entries = NULL;
  KouanAuditVerdict verdict;

  append (fixture->db, 9);
  verdict = check (fixture);
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (verdict.entries, ==, 10);
  g_assert_cmpint (verdict.proven, ==, 10);
  g_assert_cmpint (verdict.anchored, ==, 0);
  entries = kouan_audit_list (fixture->db, 0, 1, NULL);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->action, ==, KOUAN_AUDIT_ACTION_SEALED);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->result, ==, "first");
}

/* Whoever has no key writes nothing into a log that has been sealed. */
static void
test_not_without_a_key (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  append (fixture->db, 1);
  kouan_audit_set_sealer (fixture->db, NULL);
  g_assert_false (
    kouan_audit_append (fixture->db, NOW_S, "kiosk", "", "test.entry", "x", "ok", &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
}

static gboolean
file_holds (const char *path, const guint8 *bytes, gsize size)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return FALSE;
  return memmem (contents, length, bytes, size) != NULL;
}

/* The promise of forward security, looked for byte by byte: no former key is in any file. */
static void
test_old_keys_are_gone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint8 former[5][KEY_SIZE];
  static const char *const files[] = { "audit.key", "kiosk.db", "kiosk.db-wal" };
  g_autoptr (KouanAuditSeal) seal = NULL;
  KouanAuditKeyPlace place;

  append (fixture->db, 1);
  seal = kouan_audit_seals_last (fixture->db, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (former); i++)
    {
      g_autoptr (KouanSecret) key = kouan_secret_new (KEY_SIZE);

      g_assert_true (kouan_audit_key_read (fixture->key_path, seal->id, &place, key));
      g_assert_cmpint (place.sequence, ==, 3 + i);
      memcpy (former[i], kouan_secret_data (key), KEY_SIZE);
      g_assert_true (file_holds (fixture->key_path, former[i], KEY_SIZE));
      append (fixture->db, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (former); i++)
    for (guint k = 0; k < G_N_ELEMENTS (files); k++)
      {
        g_autofree char *path = kouan_station_path (fixture->station, files[k]);

        g_assert_false (file_holds (path, former[i], KEY_SIZE));
      }
}

/* What is rolled back has cost no key. */
static void
test_rolled_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (fixture->db, &error));
  append (fixture->db, 3);
  kouan_database_rollback (fixture->db);
  append (fixture->db, 2);
  g_assert_true (kouan_database_begin (fixture->db, &error));
  append (fixture->db, 3);
  kouan_database_rollback (fixture->db);
  append (fixture->db, 2);
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (check (fixture).proven, ==, 5);
}

/* Two programs write by turns; each sees what the other has done to the key. */
static void
test_two_writers (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanDatabase) other = open_db (fixture);

  for (guint i = 0; i < 4; i++)
    {
      append (fixture->db, 1 + i);
      append (other, 2);
    }
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (check (fixture).proven, ==, 19);
}

/* The power fails after the commit and before the key is written, or while one half of it is. */
static void
test_power_cut (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *before = NULL;
  gsize size;

  for (guint torn = 0; torn < 3; torn++)
    {
      g_autofree char *now = NULL;

      append (fixture->db, 2);
      g_free (before);
      g_assert_true (g_file_get_contents (fixture->key_path, &before, &size, NULL));
      append (fixture->db, 3);
      g_assert_true (g_file_get_contents (fixture->key_path, &now, &size, NULL));
      g_clear_object (&fixture->db);
      if (torn == 1)
        memset (before, 0x55, 60); /* the slot that was being written */
      if (torn == 2)
        {
          memset (now + 4096, 0x55, 60);
          g_assert_true (g_file_set_contents (fixture->key_path, now, (gssize)size, NULL));
        }
      else
        g_assert_true (g_file_set_contents (fixture->key_path, before, (gssize)size, NULL));
      fixture->db = open_db (fixture);
      append (fixture->db, 1);
      g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
      g_assert_cmpint (check (fixture).proven, ==, 1 + 6 * (torn + 1));
    }
}

static void
test_key_taken_away (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanAuditVerdict verdict;
  gint64 lag;

  append (fixture->db, 4);
  g_clear_object (&fixture->db);
  g_assert_cmpint (g_unlink (fixture->key_path), ==, 0);
  fixture->db = open_db (fixture);
  g_assert_true (kouan_audit_keeper_lag (fixture->station, fixture->db, &lag, NULL));
  g_assert_cmpint (lag, ==, G_MAXINT64);
  append (fixture->db, 2);
  verdict = check (fixture);
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_RESEALED);
  g_assert_cmpint (verdict.broken_at, ==, 6);
  g_assert_cmpint (verdict.proven, ==, 8);
  g_bytes_unref (anchor (fixture));
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_true (kouan_audit_keeper_lag (fixture->station, fixture->db, &lag, NULL));
  g_assert_cmpint (lag, ==, 0);
}

/* The one thing that neither chain nor tags can show: the end is cut off, after the last anchor.
 * The key that is ahead of its log shows it as soon as the kiosk goes on. */
static void
test_cut_at_the_end (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  append (fixture->db, 9);
  g_clear_object (&fixture->db);
  fixture->db = open_db (fixture);
  sql (fixture, "DELETE FROM audit WHERE sequence > 7;"
                "UPDATE audit_head SET sequence = 7,"
                " hash = (SELECT hash FROM audit WHERE sequence = 7)");
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  append (fixture->db, 1);
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_RESEALED);
  g_assert_cmpint (check (fixture).broken_at, ==, 8);
}

static void
test_anchored (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) receipt = NULL;

  append (fixture->db, 5);
  receipt = anchor (fixture);
  append (fixture->db, 2);
  g_assert_cmpint (check (fixture).anchored, ==, 6);
  sql (fixture, "DELETE FROM audit WHERE sequence > 4;"
                "UPDATE audit_head SET sequence = 4,"
                " hash = (SELECT hash FROM audit WHERE sequence = 4)");
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_CUT);
  g_assert_cmpint (check (fixture).broken_at, ==, 5);
}

/* An anchor that somebody else has signed, or that is another kiosk's, is none. */
static void
test_foreign_anchor (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  KouanAuditSignedAnchor wrong = { .hub_id = 1, .kiosk_id = KOUAN_TEST_KIOSK, .sequence = 2 };
  g_autoptr (GBytes) by_stranger = NULL;
  g_autoptr (GBytes) of_another = NULL;
  KouanAuditAnchor row = { 2, NOW_S, NULL };
  g_autoptr (GError) error = NULL;

  append (fixture->db, 3);
  g_assert_true (kouan_audit_log_id (fixture->db, wrong.log_id, &error));
  row.receipt = by_stranger = kouan_audit_anchor_sign (&wrong, stranger);
  g_assert_true (kouan_audit_anchors_put (fixture->db, &row, &error));
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  wrong.kiosk_id++;
  row.receipt = of_another = kouan_audit_anchor_sign (&wrong, fixture->hub);
  g_assert_true (kouan_audit_anchors_put (fixture->db, &row, &error));
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (check (fixture).anchored, ==, 0);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  gboolean refused = FALSE;

  append (fixture->db, 2);
  sql (fixture, "PRAGMA max_page_count = 1");
  for (guint i = 0; i < 1000 && !refused; i++)
    refused
      = !kouan_audit_append (fixture->db, NOW_S, "kiosk", "", "test.entry", "x", "ok", &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL);
  sql (fixture, "PRAGMA max_page_count = 100000");
  append (fixture->db, 2);
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
}

static void
test_clock_set_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  append (fixture->db, 2);
  g_assert_true (
    kouan_audit_append (fixture->db, NOW_S - 86400, "kiosk", "", "test.entry", "x", "ok", &error));
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (check (fixture).set_backs, ==, 1);
  g_assert_cmpint (check (fixture).set_back_at, ==, 4);
}

static gboolean
verify_file (Fixture *fixture, const char *path, KouanAuditVerdict *verdict, GError **error)
{
  const KouanAuditReader reader
    = { kouan_station_get_keyring (fixture->station), fixture->identity, NULL };
  KouanAuditExport about;

  return kouan_audit_export_verify (path, &reader, &about, verdict, error);
}

static void
test_export (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "audit.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  KouanAuditVerdict verdict;
  gint64 entries;
  char *found;
  gsize size;

  append (fixture->db, 5);
  receipt = anchor (fixture);
  append (fixture->db, 2);
  g_assert_true (kouan_audit_export (fixture->db, fixture->station, NOW_S, path, &entries, &error));
  g_assert_no_error (error);
  g_assert_cmpint (entries, ==, 8);
  g_assert_true (verify_file (fixture, path, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (verdict.proven, ==, 8);
  g_assert_cmpint (verdict.anchored, ==, 6);

  /* one letter */
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  found = strstr (text, "test.entry");
  *found = 'T';
  g_assert_true (g_file_set_contents (path, text, (gssize)size, NULL));
  g_assert_false (verify_file (fixture, path, &verdict, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
  *found = 't';
}

/* Cut anywhere, it is said to be cut, or at which line it is no audit any more. */
static void
test_export_cut (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "audit.jsonl", NULL);
  g_autofree char *text = NULL;
  gint64 entries;
  gsize size;
  guint sentences = 0;

  append (fixture->db, 3);
  g_assert_true (kouan_audit_export (fixture->db, fixture->station, NOW_S, path, &entries, NULL));
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  for (gsize cut = 0; cut < size - 1; cut += 13)
    {
      g_autoptr (GError) error = NULL;
      KouanAuditVerdict verdict;

      g_assert_true (g_file_set_contents (path, text, (gssize)cut, NULL));
      g_assert_false (verify_file (fixture, path, &verdict, &error));
      g_assert_nonnull (strstr (error->message, "line "));
      sentences += strstr (error->message, "cut off") != NULL;
    }
  g_assert_cmpuint (sentences, >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/audit/log/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("sealed", test_sealed);
  ADD ("not-without-a-key", test_not_without_a_key);
  ADD ("old-keys-are-gone", test_old_keys_are_gone);
  ADD ("rolled-back", test_rolled_back);
  ADD ("two-writers", test_two_writers);
  ADD ("power-cut", test_power_cut);
  ADD ("key-taken-away", test_key_taken_away);
  ADD ("cut-at-the-end", test_cut_at_the_end);
  ADD ("anchored", test_anchored);
  ADD ("foreign-anchor", test_foreign_anchor);
  ADD ("full-disk", test_full_disk);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("export", test_export);
  ADD ("export-cut", test_export_cut);
  return g_test_run ();
}
