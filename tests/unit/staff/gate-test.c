/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/staff/gate.h"
#include "app/staff/unlock.h"
#include "db/kiosk/attempts.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"

#include <string.h>

/* The door. Every test asks from outside, with a badge and a PIN, as a person does. */

#define NOW_S G_GINT64_CONSTANT (1796000000) /* 30 November 2026 */
#define DAY_S 86400
#define WRONG_PIN "314159"

typedef struct
{
  char *folder;
  char *path;
  KouanSigningKey *key;
  KouanStation *station;
  KouanClock *clock;
  KouanDatabase *db;
  KouanStaffGate *gate;
  char *badge; /* of the supervisor */
} Fixture;

static void
open_gate (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->db);
  fixture->db = kouan_kiosk_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->gate = kouan_staff_gate_new (fixture->station, fixture->clock, fixture->db);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->key = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->key);
  fixture->path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  open_gate (fixture);
  kouan_test_roster_install (fixture->db, 3, NULL);
  fixture->badge = kouan_test_badge (fixture->key, "u-sup", KOUAN_ROLE_SUPERVISOR, NOW_S);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->badge);
  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->station);
  kouan_signing_key_unref (fixture->key);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

/* Returns: what the door says; KOUAN_STAFF_N_ERRORS: come in */
static KouanStaffError
knock (Fixture *fixture, const char *badge, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStaffPass) pass = kouan_staff_gate_enter (fixture->gate, badge, pin, &error);

  g_assert_true ((pass == NULL) == (error != NULL));
  if (error == NULL)
    return KOUAN_STAFF_N_ERRORS;
  g_assert_true (error->domain == KOUAN_STAFF_ERROR);
  return (KouanStaffError)error->code;
}

static void
assert_says (Fixture *fixture, const char *badge, const char *pin, KouanStaffError said)
{
  g_assert_cmpint (knock (fixture, badge, pin), ==, said);
}

static gint64
failures_of (Fixture *fixture, const char *person)
{
  g_auto (KouanAttempts) attempts = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_attempts_load (fixture->db, person, &attempts, &error));
  return attempts.failures;
}

static void
wait_s (Fixture *fixture, gint64 seconds)
{
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), seconds * G_USEC_PER_SEC);
}

/* So many wrong PINs, each after its wait. */
static void
fail_often (Fixture *fixture, const char *badge, guint times)
{
  for (guint i = 0; i < times; i++)
    {
      knock (fixture, badge, WRONG_PIN);
      wait_s (fixture, KOUAN_STAFF_WAIT_MAX_S);
    }
}

static void
test_gets_in (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStaffPass) pass
    = kouan_staff_gate_enter (fixture->gate, fixture->badge, KOUAN_TEST_PIN, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pass->person, ==, "u-sup");
  g_assert_cmpuint (pass->roles, ==, KOUAN_ROLE_SUPERVISOR);
  g_assert_cmpint (failures_of (fixture, "u-sup"), ==, 0);
}

/* A badge for more than the roster knows gives only what both say. */
static void
test_roles_are_of_both (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *wide
    = kouan_test_badge (fixture->key, "u-sup", KOUAN_ROLE_SUPERVISOR | KOUAN_ROLE_SECURITY, NOW_S);
  g_autofree char *other = kouan_test_badge (fixture->key, "u-sup", KOUAN_ROLE_SECURITY, NOW_S);
  g_autoptr (KouanStaffPass) pass
    = kouan_staff_gate_enter (fixture->gate, wide, KOUAN_TEST_PIN, NULL);

  g_assert_cmpuint (pass->roles, ==, KOUAN_ROLE_SUPERVISOR);
  assert_says (fixture, other, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_NOT_YOURS);
}

/* The try is on the disk before the PIN is compared: whoever pulls the plug in between has lost it.
 */
static void
test_counted_before_checked (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStaffAttempt) attempt
    = kouan_staff_gate_begin (fixture->gate, fixture->badge, &error);

  g_assert_no_error (error);
  open_gate (fixture); /* as after a power cut: another process, the same disk */
  g_assert_cmpint (failures_of (fixture, "u-sup"), ==, 1);
}

/* From the third try in vain on 5 s, and twice as long each time. */
static void
test_waits_grow (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gint64 wait = KOUAN_STAFF_WAIT_FIRST_S;

  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
  for (guint tries = 3; tries < KOUAN_STAFF_TRIES_MAX - 1; tries++, wait *= 2)
    {
      wait_s (fixture, wait - 1);
      assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_WAIT);
      g_assert_cmpint (kouan_staff_gate_get_wait_s (fixture->gate), ==, 1);
      g_assert_cmpint (failures_of (fixture, "u-sup"), ==,
                       tries); /* being told to wait is no try */
      wait_s (fixture, 1);
      assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
    }
}

/* Setting the clock shortens no wait; restarting the machine begins it in full, as often as it is
 * done, and from the moment of the start. */
static void
test_waits_survive (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fail_often (fixture, fixture->badge, 5);
  knock (fixture, fixture->badge, WRONG_PIN); /* the sixth: 40 s */
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock),
                               (NOW_S + 20 * DAY_S) * G_USEC_PER_SEC);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_WAIT);
  wait_s (fixture, 39);
  kouan_manual_clock_reboot (KOUAN_MANUAL_CLOCK (fixture->clock));
  open_gate (fixture);
  kouan_staff_gate_settle (fixture->gate);
  wait_s (fixture, 39);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_WAIT);
  wait_s (fixture, 1);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
}

/* A machine that was restarted without anybody settling: the wait begins when somebody asks. */
static void
test_wait_restarts_when_asked (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fail_often (fixture, fixture->badge, 2);
  knock (fixture, fixture->badge, WRONG_PIN);
  kouan_manual_clock_reboot (KOUAN_MANUAL_CLOCK (fixture->clock));
  wait_s (fixture, 100);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_WAIT);
  open_gate (fixture); /* and it is kept that it has begun */
  wait_s (fixture, KOUAN_STAFF_WAIT_FIRST_S);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
}

static void
test_locks_after_ten (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *person = NULL;
  g_autofree char *nonce = NULL;

  fail_often (fixture, fixture->badge, KOUAN_STAFF_TRIES_MAX - 1);
  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_LOCKED);
  wait_s (fixture, 365 * (gint64)DAY_S);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_LOCKED);
  nonce = kouan_staff_gate_dup_lock (fixture->gate, &person);
  g_assert_cmpstr (person, ==, "u-sup");
  g_assert_cmpuint (strlen (nonce), ==, 19);
  kouan_manual_clock_reboot (KOUAN_MANUAL_CLOCK (fixture->clock));
  open_gate (fixture);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_LOCKED);
}

/* Somebody else's lock is nobody's trouble. */
static void
test_lock_is_of_one (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *other = kouan_test_badge (fixture->key, "u-att", KOUAN_ROLE_ATTENDANT, NOW_S);

  fail_often (fixture, fixture->badge, KOUAN_STAFF_TRIES_MAX);
  assert_says (fixture, other, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
}

static char *
unlock_code (Fixture *fixture, guint kiosk, KouanSigningKey *key)
{
  KouanUnlock unlock = { .kiosk_id = kiosk };
  g_autofree char *nonce = kouan_staff_gate_dup_lock (fixture->gate, &unlock.person);
  char *text;

  g_assert_true (kouan_unlock_nonce_from_text (nonce, unlock.nonce));
  text = kouan_unlock_issue (&unlock, key);
  kouan_unlock_clear (&unlock);
  return text;
}

static void
assert_unlock (Fixture *fixture, const char *code, gboolean opens)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_staff_gate_unlock_by_code (fixture->gate, code, &error) == opens);
  if (!opens)
    g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WRONG_UNLOCK);
}

/* The hub's code opens this lock, at this kiosk, once. */
static void
test_unlock_code (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autofree char *code = NULL, *elsewhere = NULL, *forged = NULL;

  fail_often (fixture, fixture->badge, KOUAN_STAFF_TRIES_MAX);
  knock (fixture, fixture->badge, KOUAN_TEST_PIN);
  code = unlock_code (fixture, KOUAN_TEST_KIOSK, fixture->key);
  elsewhere = unlock_code (fixture, KOUAN_TEST_KIOSK + 1, fixture->key);
  forged = unlock_code (fixture, KOUAN_TEST_KIOSK, stranger);
  assert_unlock (fixture, elsewhere, FALSE);
  assert_unlock (fixture, forged, FALSE);
  assert_unlock (fixture, fixture->badge, FALSE);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_LOCKED);
  assert_unlock (fixture, code, TRUE);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
  assert_unlock (fixture, code, FALSE); /* nothing is locked */
  fail_often (fixture, fixture->badge, KOUAN_STAFF_TRIES_MAX);
  assert_unlock (fixture, code, FALSE); /* another lock */
}

/* Twelve tries with a forged badge and twelve with a wrong PIN are answered the same, word by word,
 * and each of them costs a check of a PIN. */
static void
test_forged_is_like_wrong (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autofree char *forged = kouan_test_badge (stranger, "u-att", KOUAN_ROLE_ATTENDANT, NOW_S);
  g_autofree char *unknown
    = kouan_test_badge (fixture->key, "u-nobody", KOUAN_ROLE_ATTENDANT, NOW_S);

  for (guint i = 0; i < 12; i++)
    {
      g_assert_cmpint (knock (fixture, i % 2 ? forged : unknown, KOUAN_TEST_PIN), ==,
                       knock (fixture, fixture->badge, WRONG_PIN));
      wait_s (fixture, i % 3 == 0 ? 1 : KOUAN_STAFF_WAIT_MAX_S);
    }
  g_assert_cmpint (failures_of (fixture, "u-sup"), ==, failures_of (fixture, ""));
  g_assert_cmpint (failures_of (fixture, "u-att"), ==, 0); /* a forgery harms nobody */
}

static void
test_damaged_badge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *cut = g_strndup (fixture->badge, strlen (fixture->badge) - 6);

  assert_says (fixture, cut, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, "KB1:", KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, "KA1:ABC", KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_NOT_A_BADGE);
  assert_says (fixture, "", KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_NOT_A_BADGE);
}

/* Why a genuine badge is not good is told to who knows its PIN, and to nobody else. */
static void
test_expired (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  wait_s (fixture, 30 * DAY_S);
  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_EXPIRED);
}

static void
test_revoked (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanBadge) badge
    = kouan_badge_read (fixture->badge, kouan_station_get_keyring (fixture->station), NULL);
  g_autofree char *id = kouan_uuid_to_string (badge->id);
  g_autofree char *other = kouan_test_badge (fixture->key, "u-sup", KOUAN_ROLE_SUPERVISOR, NOW_S);

  kouan_test_roster_install (fixture->db, 4, id);
  assert_says (fixture, fixture->badge, WRONG_PIN, KOUAN_STAFF_ERROR_REFUSED);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_REVOKED);
  assert_says (fixture, other, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
}

/* A badge that is over does not come back by turning the clock: what was written here, and what the
 * hub has signed, are later. A clock that was wrong for years and is put right locks nobody out. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanManualClock *clock = KOUAN_MANUAL_CLOCK (fixture->clock);
  g_autofree char *young = NULL;

  wait_s (fixture, 31 * DAY_S);
  young = kouan_test_badge (fixture->key, "u-att", KOUAN_ROLE_ATTENDANT, NOW_S + 31 * DAY_S);
  assert_says (fixture, young, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
  kouan_manual_clock_set_wall (clock, (NOW_S + DAY_S) * G_USEC_PER_SEC);
  g_assert_cmpint (kouan_staff_gate_clock_behind_s (fixture->gate), ==, 30 * DAY_S);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_EXPIRED);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_EXPIRED);
  assert_says (fixture, young, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
  kouan_manual_clock_set_wall (clock, (NOW_S - 3650 * (gint64)DAY_S) * G_USEC_PER_SEC);
  g_assert_cmpint (kouan_staff_gate_clock_behind_s (fixture->gate), ==, 0);
}

static void
test_rosters (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanBadge badge = { .person = (char *)"u-sup",
                       .roles = KOUAN_ROLE_SUPERVISOR,
                       .roster_min = 4,
                       .issued_s = NOW_S,
                       .expires_s = NOW_S + DAY_S };
  g_autofree char *newer = kouan_badge_issue (&badge, fixture->key);

  assert_says (fixture, newer, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_ROSTER_OLDER);
  g_assert_cmpint (failures_of (fixture, "u-sup"), ==, 0);
  kouan_test_roster_install (fixture->db, 4, NULL);
  assert_says (fixture, newer, KOUAN_TEST_PIN, KOUAN_STAFF_N_ERRORS);
}

static void
test_no_roster (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->db);
  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "empty.db", NULL);
  open_gate (fixture);
  assert_says (fixture, fixture->badge, KOUAN_TEST_PIN, KOUAN_STAFF_ERROR_NO_ROSTER);
}

/* What happened stands in the audit with the person's id, and never with the name. */
static void
test_audit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  KouanAuditEntry *last, *before;

  knock (fixture, fixture->badge, WRONG_PIN);
  knock (fixture, fixture->badge, KOUAN_TEST_PIN);
  entries = kouan_audit_list (fixture->db, 0, 100, &error);
  before = g_ptr_array_index (entries, entries->len - 2);
  last = g_ptr_array_index (entries, entries->len - 1);
  g_assert_cmpstr (before->action, ==, "staff.refused");
  g_assert_cmpstr (before->result, ==, "pin");
  g_assert_cmpstr (last->action, ==, "staff.entered");
  g_assert_cmpstr (last->who, ==, "u-sup");
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[i])->who, !=, "Somebody");
}

typedef struct
{
  KouanStaffPass *pass;
  GError *error;
  gboolean over;
} Entering;

static void
on_entered (GObject *source, GAsyncResult *result, gpointer data)
{
  Entering *entering = data;

  entering->pass
    = kouan_staff_gate_enter_finish (KOUAN_STAFF_GATE (source), result, &entering->error);
  entering->over = TRUE;
}

static gboolean
is_over (gpointer data)
{
  return ((Entering *)data)->over;
}

/* As the screen does it: counted at once, checked on a thread. */
static void
test_async (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Entering entering = { 0 };
  Entering other = { 0 };

  kouan_staff_gate_enter_async (fixture->gate, fixture->badge, KOUAN_TEST_PIN, on_entered,
                                &entering);
  g_assert_cmpint (failures_of (fixture, "u-sup"), ==, 1);
  kouan_test_wait_for (is_over, &entering);
  g_assert_no_error (entering.error);
  g_assert_cmpstr (entering.pass->person, ==, "u-sup");
  kouan_staff_pass_unref (entering.pass);
  kouan_staff_gate_enter_async (fixture->gate, "nonsense", KOUAN_TEST_PIN, on_entered, &other);
  kouan_test_wait_for (is_over, &other);
  g_assert_error (other.error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_A_BADGE);
  g_error_free (other.error);
}

static KouanStaffError
allow (Fixture *fixture, KouanDuty duty, KouanStaffPass *pass, KouanStaffPass *second)
{
  g_autoptr (GError) error = NULL;

  if (kouan_staff_gate_allow (fixture->gate, duty, pass, second, &error))
    return KOUAN_STAFF_N_ERRORS;
  return (KouanStaffError)error->code;
}

static void
test_two_persons (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStaffPass) sup
    = kouan_test_pass (fixture->gate, fixture->key, "u-sup", KOUAN_ROLE_SUPERVISOR);
  g_autoptr (KouanStaffPass) tec
    = kouan_test_pass (fixture->gate, fixture->key, "u-tec", KOUAN_ROLE_TECHNICIAN);
  g_autoptr (KouanStaffPass) att
    = kouan_test_pass (fixture->gate, fixture->key, "u-att", KOUAN_ROLE_ATTENDANT);

  g_assert_cmpint (allow (fixture, KOUAN_DUTY_SYNC, sup, NULL), ==, KOUAN_STAFF_N_ERRORS);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_SYNC, att, tec), ==, KOUAN_STAFF_ERROR_NOT_YOURS);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, NULL), ==,
                   KOUAN_STAFF_ERROR_NEEDS_SECOND);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, sup), ==, KOUAN_STAFF_ERROR_SAME_PERSON);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, att), ==, KOUAN_STAFF_ERROR_NOT_SECOND);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, tec), ==, KOUAN_STAFF_N_ERRORS);
  wait_s (fixture, KOUAN_STAFF_SECOND_S);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, tec), ==, KOUAN_STAFF_N_ERRORS);
  wait_s (fixture, 1);
  g_assert_cmpint (allow (fixture, KOUAN_DUTY_EXPORT, sup, tec), ==, KOUAN_STAFF_ERROR_SECOND_LATE);
}

#define ADD(name, test) g_test_add ("/gate/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("gets-in", test_gets_in);
  ADD ("roles-are-of-both", test_roles_are_of_both);
  ADD ("counted-before-checked", test_counted_before_checked);
  ADD ("waits-grow", test_waits_grow);
  ADD ("waits-survive", test_waits_survive);
  ADD ("wait-restarts-when-asked", test_wait_restarts_when_asked);
  ADD ("locks-after-ten", test_locks_after_ten);
  ADD ("lock-is-of-one", test_lock_is_of_one);
  ADD ("unlock-code", test_unlock_code);
  ADD ("forged-is-like-wrong", test_forged_is_like_wrong);
  ADD ("damaged-badge", test_damaged_badge);
  ADD ("expired", test_expired);
  ADD ("revoked", test_revoked);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("rosters", test_rosters);
  ADD ("no-roster", test_no_roster);
  ADD ("audit", test_audit);
  ADD ("async", test_async);
  ADD ("two-persons", test_two_persons);
  return g_test_run ();
}
