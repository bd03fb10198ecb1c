/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/check.h"
#include "app/audit/export.h"
#include "app/hub/stick.h"
#include "app/sync/stick.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <glib/gstdio.h>
#include <string.h>

/* The audit of a kiosk, held by a hub's word at each sync, by the line and by a stick. */

typedef struct
{
  KouanTestKiosk *kiosk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->kiosk = kouan_test_kiosk_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_kiosk_free (fixture->kiosk);
}

static void
append (Fixture *fixture, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (kouan_audit_append (fixture->kiosk->db, KOUAN_TEST_NOW_S + i, "kiosk", "",
                                         "test.entry", "x", "ok", &error));
      g_assert_no_error (error);
    }
}

static void
sync_now (Fixture *fixture)
{
  KouanSyncReport report;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
}

static KouanAuditVerdict
check (Fixture *fixture)
{
  KouanAuditVerdict verdict;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    kouan_audit_check (fixture->kiosk->db, fixture->kiosk->station, NULL, &verdict, &error));
  return verdict;
}

static guint
count_at_hub (Fixture *fixture)
{
  g_autoptr (KouanHubKiosk) kiosk = kouan_test_hub_find_kiosk (fixture->kiosk->world, 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) anchors = kouan_hub_store_list_anchors (
    kouan_hub_get_store (fixture->kiosk->world->hub), kiosk->enrolment, &error);

  g_assert_no_error (error);
  return anchors->len;
}

static gboolean
has_alarm (Fixture *fixture, KouanHubAlarmKind kind)
{
  g_autoptr (GPtrArray) alarms
    = kouan_hub_store_list_alarms (kouan_hub_get_store (fixture->kiosk->world->hub), NULL);

  for (guint i = 0; i < alarms->len; i++)
    if (((KouanHubAlarm *)alarms->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

/* The files of the database, as a backup of the disk has them. */
static void
copy_database (const char *from, const char *to)
{
  static const char *const companions[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *source = g_strconcat (from, companions[i], NULL);
      g_autofree char *target = g_strconcat (to, companions[i], NULL);
      g_autofree char *contents = NULL;
      gsize size;

      g_unlink (target);
      if (g_file_get_contents (source, &contents, &size, NULL))
        g_assert_true (g_file_set_contents (target, contents, (gssize)size, NULL));
    }
}

static void
test_by_the_line (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  append (fixture, 3);
  g_assert_cmpint (check (fixture).anchored, ==, 0);
  sync_now (fixture);
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (check (fixture).anchored, ==, 4);
  g_assert_cmpint (check (fixture).anchored_s, >, 0);
  g_assert_cmpuint (count_at_hub (fixture), ==, 1);

  /* nothing new: nothing is signed anew */
  sync_now (fixture);
  g_assert_cmpuint (count_at_hub (fixture), ==, 1);
  append (fixture, 2);
  sync_now (fixture);
  g_assert_cmpuint (count_at_hub (fixture), ==, 2);
  g_assert_cmpint (check (fixture).anchored, ==, 6);
}

/* Somebody puts an older disk in: the log is shorter than the hub knows it. */
static void
test_rolled_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_DATABASE);
  g_autofree char *backup = kouan_station_path (fixture->kiosk->station, "backup.db");
  const KouanAuditFilter refusals = { .action = "audit.anchor", .limit = 10 };
  g_autoptr (GPtrArray) found = NULL;

  append (fixture, 3);
  copy_database (path, backup);
  append (fixture, 5);
  sync_now (fixture);
  g_clear_object (&fixture->kiosk->db);
  copy_database (backup, path);
  kouan_test_kiosk_reload (fixture->kiosk);
  append (fixture, 1);
  sync_now (fixture);
  g_assert_cmpuint (count_at_hub (fixture), ==, 1);
  g_assert_true (has_alarm (fixture, KOUAN_HUB_ALARM_AUDIT_CUT));
  g_assert_false (has_alarm (fixture, KOUAN_HUB_ALARM_AUDIT_RESTARTED));
  sync_now (fixture);
  found = kouan_audit_search (fixture->kiosk->db, &refusals, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((KouanAuditEntry *)found->pdata[0])->result, ==, "refused-by-hub");
  g_assert_cmpint (check (fixture).fault, ==, KOUAN_AUDIT_FAULT_RESEALED);
}

/* A log that begins anew is taken, and somebody at the hub is told. */
static void
test_begun_anew (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_DATABASE);

  append (fixture, 3);
  sync_now (fixture);
  g_clear_object (&fixture->kiosk->db);
  copy_database ("/nowhere", path);
  kouan_test_kiosk_reload (fixture->kiosk);
  append (fixture, 1);
  sync_now (fixture);
  g_assert_cmpuint (count_at_hub (fixture), ==, 2);
  g_assert_true (has_alarm (fixture, KOUAN_HUB_ALARM_AUDIT_RESTARTED));
  g_assert_cmpint (check (fixture).anchored, ==, 2);
}

static void
test_by_stick (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  char *stick = kouan_test_folder_new ();
  g_autoptr (KouanHubReceiver) receiver = NULL;
  g_autoptr (GError) error = NULL;
  KouanStickReport exported;
  KouanHubStickReport taken;
  KouanSyncReport imported;

  kouan_test_kiosk_stop (fixture->kiosk);
  append (fixture, 3);
  receiver = kouan_hub_receiver_new (fixture->kiosk->world->hub, &error);
  for (guint step = 0; step < 3; step++)
    {
      g_autoptr (KouanSyncRun) run
        = kouan_sync_run_new (fixture->kiosk->station, fixture->kiosk->world->clock);

      if (step == 0)
        g_assert_true (kouan_sync_run_export (run, stick, &exported, &error));
      else if (step == 1)
        g_assert_true (
          kouan_hub_stick_import (receiver, fixture->kiosk->world->hub, stick, &taken, &error));
      else
        g_assert_true (kouan_sync_run_import (run, stick, &imported, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_at_hub (fixture), ==, 1);
  g_assert_cmpint (check (fixture).anchored, ==, 4);
  kouan_test_folder_remove (stick);
}

/* What the hub says about an exported log that was replaced by one that is sound in itself. */
static void
test_export_of_another_log (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_DATABASE);
  g_autofree char *file = kouan_station_path (fixture->kiosk->station, "audit.jsonl");
  g_autoptr (KouanHubKiosk) kiosk = kouan_test_hub_find_kiosk (fixture->kiosk->world, 7);
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GPtrArray) anchors = NULL;
  g_autoptr (GError) error = NULL;
  KouanAuditReader reader = { .anchors = receipts };
  KouanAuditExport about;
  KouanAuditVerdict verdict;
  gint64 entries;

  append (fixture, 3);
  sync_now (fixture);
  anchors = kouan_hub_store_list_anchors (kouan_hub_get_store (fixture->kiosk->world->hub),
                                          kiosk->enrolment, NULL);
  g_ptr_array_add (receipts, ((KouanHubAnchor *)anchors->pdata[0])->receipt);
  reader.keyring = kouan_station_get_keyring (fixture->kiosk->station);
  g_assert_true (kouan_audit_export (fixture->kiosk->db, fixture->kiosk->station, KOUAN_TEST_NOW_S,
                                     file, &entries, &error));
  g_assert_true (kouan_audit_export_verify (file, &reader, &about, &verdict, &error));
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (verdict.anchored, ==, 4);

  g_clear_object (&fixture->kiosk->db);
  copy_database ("/nowhere", path);
  kouan_test_kiosk_reload (fixture->kiosk);
  append (fixture, 9);
  reader.keyring = kouan_station_get_keyring (fixture->kiosk->station);
  g_assert_true (kouan_audit_export (fixture->kiosk->db, fixture->kiosk->station, KOUAN_TEST_NOW_S,
                                     file, &entries, &error));
  g_assert_true (kouan_audit_export_verify (file, &reader, &about, &verdict, &error));
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_PAST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/sync/anchor/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("by-the-line", test_by_the_line);
  ADD ("rolled-back", test_rolled_back);
  ADD ("begun-anew", test_begun_anew);
  ADD ("by-stick", test_by_stick);
  ADD ("export-of-another-log", test_export_of_another_log);
  return g_test_run ();
}
