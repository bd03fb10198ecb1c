/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/check.h"
#include "app/staff/badge.h"
#include "app/staff/hours.h"
#include "app/station/station.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/lists.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"
#include "tests/unit/db/spoil.h"

#include <string.h>

/* Everything that staff mode may be handed and must not take, one test each. After each of them
 * there was a sentence of its own, the kiosk's settings are what they were, and the audit is whole
 * (where it was not what was attacked). */

#define NOW_S G_GINT64_CONSTANT (1796000000)
#define DAY_S G_GINT64_CONSTANT (86400)
#define VERSION 5

typedef struct
{
  char *folder;
  KouanSigningKey *key;
  KouanStation *station;
  KouanClock *clock;
  KouanDatabase *db;
  KouanStaffGate *gate;
  char *badge;          /* of u-all */
  KouanStaffPass *pass; /* the same person's, who was in before */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->key = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->key);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  kouan_test_roster_install (fixture->db, VERSION, NULL);
  fixture->gate = kouan_staff_gate_new (fixture->station, fixture->clock, fixture->db);
  fixture->badge = kouan_test_badge (fixture->key, "u-all", KOUAN_ROLES_ALL, NOW_S);
  fixture->pass = kouan_test_pass (fixture->gate, fixture->key, "u-all", KOUAN_ROLES_ALL);
  g_assert_nonnull (fixture->pass);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->pass, kouan_staff_pass_unref);
  g_free (fixture->badge);
  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->station);
  kouan_signing_key_unref (fixture->key);
  kouan_test_folder_remove (fixture->folder);
}

static void
assert_sentence (const GError *error, KouanStaffError code)
{
  g_assert_error (error, KOUAN_STAFF_ERROR, (int)code);
  g_assert_cmpuint (strlen (kouan_staff_error_title (error)), >, 10);
  g_assert_cmpuint (strlen (kouan_staff_error_remedy (error)), >, 10);
}

/* @expected: KOUAN_STAFF_N_ERRORS: they come in */
static void
assert_knock (Fixture *fixture, const char *badge, KouanStaffError expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStaffPass) pass
    = kouan_staff_gate_enter (fixture->gate, badge, KOUAN_TEST_PIN, &error);

  if (expected == KOUAN_STAFF_N_ERRORS)
    g_assert_no_error (error);
  else
    assert_sentence (error, expected);
  g_assert_true ((pass != NULL) == (expected == KOUAN_STAFF_N_ERRORS));
}

static void
assert_nothing_lost (Fixture *fixture)
{
  g_autofree char *reason = NULL;
  g_autoptr (KouanRoster) roster = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entries, broken_at;

  g_assert_true (kouan_audit_verify (fixture->db, &entries, &broken_at, &error));
  g_assert_no_error (error);
  g_assert_cmpint (broken_at, ==, 0);
  g_assert_true (kouan_staff_get_reason (fixture->db, &reason, &error));
  g_assert_null (reason);
  roster = kouan_roster_load (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kouan_roster_get_version (roster), ==, VERSION);
  assert_knock (fixture, fixture->badge, KOUAN_STAFF_N_ERRORS);
}

static void
test_expired_badge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanBadge old = { .person = (char *)"u-all",
                     .roles = KOUAN_ROLES_ALL,
                     .issued_s = NOW_S - 3 * DAY_S,
                     .expires_s = NOW_S - 1 };
  g_autofree char *badge = kouan_badge_issue (&old, fixture->key);

  assert_knock (fixture, badge, KOUAN_STAFF_ERROR_EXPIRED);
  assert_nothing_lost (fixture);
}

static void
test_revoked_badge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanBadge badge = { .person = (char *)"u-all",
                       .roles = KOUAN_ROLES_ALL,
                       .issued_s = NOW_S,
                       .expires_s = NOW_S + DAY_S };
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autofree char *good = g_steal_pointer (&fixture->badge);

  kouan_uuid7 (NOW_S * G_USEC_PER_SEC, badge.id);
  text = kouan_badge_issue (&badge, fixture->key);
  id = kouan_uuid_to_string (badge.id);
  assert_knock (fixture, text, KOUAN_STAFF_N_ERRORS);
  kouan_test_roster_install (fixture->db, VERSION + 1, id);
  assert_knock (fixture, text, KOUAN_STAFF_ERROR_REVOKED);
  assert_knock (fixture, good, KOUAN_STAFF_N_ERRORS); /* the person's new one */
}

/* By somebody who has a key, but not the one that this kiosk knows. */
static void
test_forged_badge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autofree char *forged = kouan_test_badge (stranger, "u-all", KOUAN_ROLES_ALL, NOW_S);
  g_autofree char *damaged = g_strdup (fixture->badge);
  gsize middle = strlen (damaged) / 2;

  assert_knock (fixture, forged, KOUAN_STAFF_ERROR_REFUSED);
  damaged[middle] = damaged[middle] == 'A' ? 'B' : 'A';
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock),
                              G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (kouan_staff_gate_enter (fixture->gate, damaged, KOUAN_TEST_PIN, &error));
    g_assert_true (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_REFUSED)
                   || g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_A_BADGE));
  }
  assert_nothing_lost (fixture);
}

static void
test_older_roster (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_test_roster (NULL);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  const KouanListRow older = { VERSION - 1, NOW_S, content };
  KouanBadge newer = { .person = (char *)"u-all",
                       .roles = KOUAN_ROLES_ALL,
                       .roster_min = VERSION + 1,
                       .issued_s = NOW_S,
                       .expires_s = NOW_S + DAY_S };
  g_autofree char *badge = kouan_badge_issue (&newer, fixture->key);
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_lists_replace (fixture->db, KOUAN_ROSTER_KIND, &older, NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  /* A badge that asks for a newer one says which way to get it. */
  assert_knock (fixture, badge, KOUAN_STAFF_ERROR_ROSTER_OLDER);
  assert_nothing_lost (fixture);
}

/* A month is taken off the clock, so that an old badge lives again: it does not, and what is done
 * meanwhile says so in the audit. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gint64 later_s = NOW_S + 30 * DAY_S;
  g_autofree char *young = kouan_test_badge (fixture->key, "u-all", KOUAN_ROLES_ALL, later_s);
  KouanAuditVerdict verdict;
  g_autoptr (GError) error = NULL;

  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock), later_s * G_USEC_PER_SEC);
  assert_knock (fixture, young, KOUAN_STAFF_N_ERRORS);
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock), NOW_S * G_USEC_PER_SEC);
  g_assert_cmpint (kouan_staff_gate_clock_behind_s (fixture->gate), >=, 29 * DAY_S);
  assert_knock (fixture, fixture->badge, KOUAN_STAFF_ERROR_EXPIRED);
  g_assert_true (kouan_audit_check (fixture->db, fixture->station, NULL, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_NONE);
  g_assert_cmpint (verdict.set_backs, >, 0);
}

/* Rows are taken off the end of the log. */
static void
test_audit_cut (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->pass, NULL };
  KouanAuditVerdict verdict;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_staff_set_reason (&order, "broken", &error));
  g_assert_true (kouan_staff_set_reason (&order, NULL, &error));
  g_assert_true (kouan_audit_check (fixture->db, fixture->station, NULL, &verdict, &error));
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_NONE);
  kouan_test_spoil_cut_audit (fixture->db);
  g_assert_true (kouan_audit_check (fixture->db, fixture->station, NULL, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict.fault, ==, KOUAN_AUDIT_FAULT_CUT);
  g_assert_cmpuint (strlen (kouan_audit_fault_describe (verdict.fault)), >, 10);
}

/* No page more fits on the disk while somebody is in staff mode. */
static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->pass, NULL };
  gboolean refused = FALSE;
  g_autoptr (GError) error = NULL;

  kouan_test_spoil_fill (fixture->db, TRUE);
  for (guint i = 0; i < 10000 && !refused; i++)
    refused = !kouan_staff_note (&order, KOUAN_DUTY_TEST, "printer", "begun", &error);
  assert_sentence (error, KOUAN_STAFF_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (kouan_staff_disable (&order, "printer", TRUE, &error));
  assert_sentence (error, KOUAN_STAFF_ERROR_STORE);
  g_clear_error (&error);
  /* What cannot be written down is not done, and a try that cannot be counted is none. */
  g_assert_false (kouan_staff_is_disabled (fixture->db, "printer"));
  assert_knock (fixture, fixture->badge, KOUAN_STAFF_ERROR_STORE);
  kouan_test_spoil_fill (fixture->db, FALSE);
  assert_nothing_lost (fixture);
  g_assert_true (kouan_staff_disable (&order, "printer", TRUE, &error));
}

/* While somebody is in at the screen, an order over ssh waits outside, with a sentence; what the
 * first one does is done. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStationLock *lock
    = kouan_station_lock (fixture->station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE);
  KouanStaffOrder order = { fixture->gate, fixture->pass, NULL };
  g_autoptr (GError) busy
    = g_error_new_literal (KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_BUSY, "somebody is in it");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (lock);
  g_assert_null (kouan_station_lock (fixture->station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE));
  assert_sentence (busy, KOUAN_STAFF_ERROR_BUSY);
  g_assert_true (kouan_staff_disable (&order, "printer", TRUE, &error));
  kouan_station_lock_release (lock);
  g_assert_true (kouan_staff_is_disabled (fixture->db, "printer"));
  assert_nothing_lost (fixture);
}

/* What somebody types where a colleague's number belongs does not get into the audit. */
static void
test_unlock_of_nobody (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStaffPass) second
    = kouan_test_pass (fixture->gate, fixture->key, "u-att", KOUAN_ROLE_ATTENDANT);
  KouanStaffOrder order = { fixture->gate, fixture->pass, second };
  const KouanAuditFilter newest = { .limit = 1 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_staff_unlock (&order, "e12345678", &error));
  assert_sentence (error, KOUAN_STAFF_ERROR_UNKNOWN);
  g_clear_error (&error);
  entries = kouan_audit_search (fixture->db, &newest, &error);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->action, !=, "staff.unlock");
  assert_nothing_lost (fixture);
}

/* No two of the refusals read alike, but for the two that must. */
static void
test_sentences_differ (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < KOUAN_STAFF_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_STAFF_ERROR, (int)code, "x");

      g_assert_true (g_hash_table_add (titles, (gpointer)kouan_staff_error_title (error)));
    }
}

#define ADD(name, test)                                                                            \
  g_test_add ("/staff/bad-input/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("expired-badge", test_expired_badge);
  ADD ("revoked-badge", test_revoked_badge);
  ADD ("forged-badge", test_forged_badge);
  ADD ("older-roster", test_older_roster);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("audit-cut", test_audit_cut);
  ADD ("full-disk", test_full_disk);
  ADD ("two-at-once", test_two_at_once);
  ADD ("unlock-of-nobody", test_unlock_of_nobody);
  g_test_add_func ("/staff/bad-input/sentences-differ", test_sentences_differ);
  return g_test_run ();
}
