/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/gate.h"

#include "app/crypto/password.h"
#include "app/devices/worker.h"
#include "app/staff/roster.h"
#include "app/staff/unlock.h"
#include "db/kiosk/attempts.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/settings.h"

#include <string.h>

/* A badge that can be photographed and a PIN that can be guessed, together with a count that cannot
 * be turned back:
 *
 *   badge → wait over? → the try is counted, on the disk → the PIN is checked → the count goes
 *
 * Pulling the plug between the second and the last step costs a try and gives none. Waits count in
 * boot time, so that setting the clock changes nothing, and begin anew when the machine does.
 *
 * Whoever does not get in learns nothing: a badge that is not ours is checked against somebody's
 * PIN all the same, and its tries are counted as those of one more person. Only who knows the PIN
 * is told that a badge is expired or revoked. */

#define ROLE_NOBODY "staff"
#define NOT_OURS "" /* the row of all badges that are not */
#define DAY_S G_GINT64_CONSTANT (86400)

struct _KouanStaffGate
{
  GObject parent_instance;

  KouanStation *station;
  KouanClock *clock;
  KouanDatabase *db;

  /* of the last try that was turned away */
  gint64 wait_s;
  char *locked; /* (nullable): whose lock */
  guint8 nonce[KOUAN_ATTEMPTS_NONCE_SIZE];
};

struct _KouanStaffAttempt
{
  KouanRoster *roster;
  KouanBadge *badge;         /* (nullable): it is not ours */
  const KouanPerson *person; /* (nullable): the same; else the roster's */
  const char *verifier;      /* the person's, or anybody's */
  gint64 failures;           /* this one counted */
  char *pin;                 /* (nullable): on its way to the thread */
  gboolean matches;
};

G_DEFINE_FINAL_TYPE (KouanStaffGate, kouan_staff_gate, G_TYPE_OBJECT)

KouanStaffPass *
kouan_staff_pass_ref (KouanStaffPass *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_staff_pass_unref (KouanStaffPass *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->person);
  g_free (self->name);
  g_free (self);
}

static void
wipe_pin (KouanStaffAttempt *self)
{
  if (self->pin != NULL)
    kouan_wipe (self->pin, strlen (self->pin));
  g_clear_pointer (&self->pin, g_free);
}

void
kouan_staff_attempt_free (KouanStaffAttempt *self)
{
  wipe_pin (self);
  g_clear_pointer (&self->badge, kouan_badge_free);
  g_clear_pointer (&self->roster, kouan_roster_unref);
  g_free (self);
}

static gint64
wait_after_s (gint64 failures)
{
  gint64 doublings = failures - KOUAN_STAFF_TRIES_FREE - 1;

  if (doublings < 0)
    return 0;
  return MIN (KOUAN_STAFF_WAIT_FIRST_S << MIN (doublings, 20), KOUAN_STAFF_WAIT_MAX_S);
}

static const char *
key_of (const KouanStaffAttempt *attempt)
{
  return attempt->person != NULL ? attempt->person->id : NOT_OURS;
}

static gboolean
audit (KouanStaffGate *self,
       const KouanStaffAttempt *attempt,
       const char *action,
       const char *result,
       GError **error)
{
  g_autofree char *badge
    = attempt->badge != NULL ? kouan_uuid_to_string (attempt->badge->id) : g_strdup ("");

  return kouan_audit_append (self->db, kouan_clock_wall_s (self->clock), ROLE_NOBODY,
                             key_of (attempt), action, badge, result, error);
}

static gboolean
is_of_this_boot (KouanStaffGate *self, const KouanAttempts *attempts)
{
  return g_strcmp0 (attempts->boot_id, kouan_clock_boot_id (self->clock)) == 0
         && attempts->since_us <= kouan_clock_boot_us (self->clock);
}

/* The wait of an earlier start of the machine begins in full, from now. */
static gboolean
restart_wait (KouanStaffGate *self, const char *key, KouanAttempts *attempts, GError **error)
{
  if (attempts->failures == 0 || is_of_this_boot (self, attempts))
    return TRUE;
  g_free (attempts->boot_id);
  attempts->boot_id = g_strdup (kouan_clock_boot_id (self->clock));
  attempts->since_us = kouan_clock_boot_us (self->clock);
  return kouan_attempts_save (self->db, key, attempts, error);
}

/**
 * kouan_staff_gate_settle:
 *
 * At the start of the kiosk: waits begin when the machine does, and not when somebody next comes.
 */
void
kouan_staff_gate_settle (KouanStaffGate *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = NULL;

  g_return_if_fail (KOUAN_IS_STAFF_GATE (self));

  persons = kouan_attempts_list (self->db, KOUAN_STAFF_TRIES_FREE + 1, &error);
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    {
      g_auto (KouanAttempts) attempts = { 0 };

      if (!kouan_attempts_load (self->db, persons->pdata[i], &attempts, &error)
          || !restart_wait (self, persons->pdata[i], &attempts, &error))
        break;
    }
  if (error != NULL)
    g_message ("Waits of staff are not settled: %s", error->message);
}

static gboolean
turn_away_locked (KouanStaffGate *self,
                  const char *key,
                  const KouanAttempts *attempts,
                  GError **error)
{
  g_free (self->locked);
  self->locked = g_strdup (key);
  memcpy (self->nonce, attempts->nonce, sizeof self->nonce);
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_LOCKED,
                       "locked after too many tries");
  return FALSE;
}

static gboolean
may_try (KouanStaffGate *self, const char *key, const KouanAttempts *attempts, GError **error)
{
  gint64 over_us = attempts->since_us + wait_after_s (attempts->failures) * (gint64)G_USEC_PER_SEC;
  gint64 left_us = over_us - kouan_clock_boot_us (self->clock);

  if (attempts->failures >= KOUAN_STAFF_TRIES_MAX)
    return turn_away_locked (self, key, attempts, error);
  if (attempts->failures == 0 || left_us <= 0)
    return TRUE;
  self->wait_s = (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_set_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WAIT,
               "%" G_GINT64_FORMAT " s of the wait are left", self->wait_s);
  return FALSE;
}

/* On the disk before anything is compared. */
static gboolean
count (KouanStaffGate *self, const char *key, KouanAttempts *attempts, GError **error)
{
  attempts->failures++;
  g_free (attempts->boot_id);
  attempts->boot_id = g_strdup (kouan_clock_boot_id (self->clock));
  attempts->since_us = kouan_clock_boot_us (self->clock);
  if (attempts->failures == KOUAN_STAFF_TRIES_MAX)
    kouan_random_bytes (attempts->nonce, sizeof attempts->nonce);
  return kouan_attempts_save (self->db, key, attempts, error);
}

/* In one transaction, so that two doors cannot both take the last try. */
static gboolean
take_a_try (KouanStaffGate *self, KouanStaffAttempt *attempt, GError **error)
{
  const char *key = key_of (attempt);
  g_autoptr (GError) cause = NULL;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (self->db, &cause);
  g_auto (KouanAttempts) attempts = { 0 };

  if (transaction == NULL || !kouan_attempts_load (self->db, key, &attempts, &cause)
      || !restart_wait (self, key, &attempts, &cause))
    return kouan_staff_fail_store (cause, error);
  if (!may_try (self, key, &attempts, error))
    {
      /* What was restarted has to stay. */
      if (!kouan_transaction_commit (g_steal_pointer (&transaction), &cause))
        g_message ("A wait is not kept: %s", cause->message);
      return FALSE;
    }
  attempt->failures = attempts.failures + 1;
  return (count (self, key, &attempts, &cause)
          && kouan_transaction_commit (g_steal_pointer (&transaction), &cause))
         || kouan_staff_fail_store (cause, error);
}

static gboolean
check_roster (const KouanStaffAttempt *attempt, GError **error)
{
  if (attempt->badge == NULL
      || attempt->badge->roster_min <= kouan_roster_get_version (attempt->roster))
    return TRUE;
  g_set_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_ROSTER_OLDER,
               "the badge needs version %" G_GUINT64_FORMAT " of the roster",
               attempt->badge->roster_min);
  return FALSE;
}

/**
 * kouan_staff_gate_begin:
 * @badge: what the camera read
 *
 * Returns: (transfer full): a try that counts as one in vain until it is ended; NULL with an error
 * if none may be made
 */
KouanStaffAttempt *
kouan_staff_gate_begin (KouanStaffGate *self, const char *badge, GError **error)
{
  g_autoptr (KouanStaffAttempt) attempt = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self) && badge != NULL, NULL);

  self->wait_s = 0;
  g_clear_pointer (&self->locked, g_free);
  attempt = g_new0 (KouanStaffAttempt, 1);
  attempt->badge = kouan_badge_read (badge, kouan_station_get_keyring (self->station), &cause);
  if (g_error_matches (cause, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_A_BADGE))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  attempt->roster = kouan_roster_load (self->db, error);
  if (attempt->roster == NULL || !check_roster (attempt, error))
    return NULL;
  if (attempt->badge != NULL)
    attempt->person = kouan_roster_find (attempt->roster, attempt->badge->person);
  attempt->verifier
    = attempt->person != NULL
        ? attempt->person->pin
        : ((KouanPerson *)g_ptr_array_index (kouan_roster_get_people (attempt->roster), 0))->pin;
  return take_a_try (self, attempt, error) ? g_steal_pointer (&attempt) : NULL;
}

/* The slow step, the same for every badge. Returns: whether badge and PIN belong together */
gboolean
kouan_staff_attempt_check (KouanStaffAttempt *self, const char *pin)
{
  gboolean right = kouan_password_matches (pin, self->verifier);

  self->matches = right && self->person != NULL;
  return self->matches;
}

static gboolean
refuse (KouanStaffGate *self, KouanStaffAttempt *attempt, GError **error)
{
  gboolean locks = attempt->failures >= KOUAN_STAFF_TRIES_MAX;
  g_auto (KouanAttempts) attempts = { 0 };
  g_autoptr (GError) cause = NULL;

  if (!audit (self, attempt, locks ? "staff.locked" : "staff.refused",
              attempt->person != NULL ? "pin" : "badge", &cause)
      || !kouan_attempts_load (self->db, key_of (attempt), &attempts, &cause))
    return kouan_staff_fail_store (cause, error);
  if (locks)
    return turn_away_locked (self, key_of (attempt), &attempts, error);
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_REFUSED,
                       "badge and PIN do not belong together");
  return FALSE;
}

/* A clock that was set back does not make a badge young again. */
static gboolean
is_expired (KouanStaffGate *self, const KouanBadge *badge)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);

  return now_s + kouan_staff_gate_clock_behind_s (self) >= badge->expires_s;
}

/* Returns: why a genuine badge whose PIN is right is not good, or KOUAN_STAFF_N_ERRORS */
static KouanStaffError
judge_badge (KouanStaffGate *self, const KouanStaffAttempt *attempt)
{
  if (kouan_roster_is_revoked (attempt->roster, attempt->badge->id))
    return KOUAN_STAFF_ERROR_REVOKED;
  if (is_expired (self, attempt->badge))
    return KOUAN_STAFF_ERROR_EXPIRED;
  if ((attempt->badge->roles & attempt->person->roles) == 0)
    return KOUAN_STAFF_ERROR_NOT_YOURS;
  return KOUAN_STAFF_N_ERRORS;
}

static const char *
result_of (KouanStaffError judged)
{
  switch ((int)judged)
    {
    case KOUAN_STAFF_ERROR_REVOKED:
      return "revoked";
    case KOUAN_STAFF_ERROR_EXPIRED:
      return "expired";
    case KOUAN_STAFF_ERROR_NOT_YOURS:
      return "no-role";
    default:
      return "ok";
    }
}

/* The count goes with the audit entry that says why. */
static gboolean
settle (KouanStaffGate *self, KouanStaffAttempt *attempt, KouanStaffError judged, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (self->db, error);
  gboolean good = judged == KOUAN_STAFF_N_ERRORS;

  return transaction != NULL && kouan_attempts_forget (self->db, attempt->person->id, error)
         && audit (self, attempt, good ? "staff.entered" : "staff.refused", result_of (judged),
                   error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static KouanStaffPass *
pass_new (KouanStaffGate *self, const KouanStaffAttempt *attempt)
{
  KouanStaffPass *pass = g_new0 (KouanStaffPass, 1);

  g_atomic_ref_count_init (&pass->ref_count);
  pass->person = g_strdup (attempt->person->id);
  pass->name = g_strdup (attempt->person->name);
  pass->roles = attempt->badge->roles & attempt->person->roles;
  pass->entered_us = kouan_clock_boot_us (self->clock);
  return pass;
}

/**
 * kouan_staff_gate_end:
 * @attempt: that has been checked; stays the caller's
 *
 * Returns: (transfer full): NULL with REFUSED, LOCKED, EXPIRED, REVOKED, NOT_YOURS or STORE
 */
KouanStaffPass *
kouan_staff_gate_end (KouanStaffGate *self, KouanStaffAttempt *attempt, GError **error)
{
  g_autoptr (GError) cause = NULL;
  KouanStaffError judged;

  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self) && attempt != NULL, NULL);

  if (!attempt->matches)
    {
      refuse (self, attempt, error);
      return NULL;
    }
  judged = judge_badge (self, attempt);
  if (!settle (self, attempt, judged, &cause))
    kouan_staff_fail_store (cause, error);
  else if (judged == KOUAN_STAFF_N_ERRORS)
    return pass_new (self, attempt);
  else
    g_set_error (error, KOUAN_STAFF_ERROR, judged, "the badge is %s", result_of (judged));
  return NULL;
}

KouanStaffPass *
kouan_staff_gate_enter (KouanStaffGate *self, const char *badge, const char *pin, GError **error)
{
  g_autoptr (KouanStaffAttempt) attempt = kouan_staff_gate_begin (self, badge, error);

  if (attempt == NULL)
    return NULL;
  kouan_staff_attempt_check (attempt, pin);
  return kouan_staff_gate_end (self, attempt, error);
}

static gboolean
check_in_thread (gpointer data,
                 GCancellable *cancellable G_GNUC_UNUSED,
                 GError **error G_GNUC_UNUSED)
{
  KouanStaffAttempt *attempt = data;

  kouan_staff_attempt_check (attempt, attempt->pin);
  wipe_pin (attempt);
  return TRUE;
}

/**
 * kouan_staff_gate_enter_async:
 *
 * The try is counted before this returns; the PIN is checked on a thread, since that takes half a
 * second. What cannot be tried ends the task at once.
 */
void
kouan_staff_gate_enter_async (KouanStaffGate *self,
                              const char *badge,
                              const char *pin,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GError) error = NULL;
  KouanStaffAttempt *attempt = kouan_staff_gate_begin (self, badge, &error);

  if (attempt == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  attempt->pin = g_strdup (pin);
  g_task_set_task_data (task, attempt, (GDestroyNotify)kouan_staff_attempt_free);
  kouan_worker_run (g_steal_pointer (&task), check_in_thread, NULL);
}

KouanStaffPass *
kouan_staff_gate_enter_finish (KouanStaffGate *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return kouan_staff_gate_end (self, g_task_get_task_data (G_TASK (result)), error);
}

/* Returns: seconds until the next try, after WAIT */
gint64
kouan_staff_gate_get_wait_s (KouanStaffGate *self)
{
  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self), 0);

  return self->wait_s;
}

/**
 * kouan_staff_gate_dup_lock:
 * @person: (out) (optional) (transfer full): whose it is; "" for badges that are not ours
 *
 * Returns: (transfer full) (nullable): after LOCKED, what the hub needs to know of this lock
 */
char *
kouan_staff_gate_dup_lock (KouanStaffGate *self, char **person)
{
  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self), NULL);

  if (self->locked == NULL)
    return NULL;
  if (person != NULL)
    *person = g_strdup (self->locked);
  return kouan_unlock_nonce_to_text (self->nonce);
}

static gboolean
opens (KouanStaffGate *self, const KouanUnlock *unlock, const KouanAttempts *attempts)
{
  return unlock->kiosk_id == kouan_station_get_kiosk_id (self->station)
         && attempts->failures >= KOUAN_STAFF_TRIES_MAX
         && kouan_equal_in_constant_time (unlock->nonce, attempts->nonce, sizeof unlock->nonce);
}

/* @text: what the camera read: a code that the hub has signed for the lock as it is now */
gboolean
kouan_staff_gate_unlock_by_code (KouanStaffGate *self, const char *text, GError **error)
{
  g_auto (KouanUnlock) unlock = { 0 };
  g_auto (KouanAttempts) attempts = { 0 };
  g_autoptr (KouanTransaction) transaction = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self), FALSE);

  if (!kouan_unlock_read (text, kouan_station_get_keyring (self->station), &unlock, error))
    return FALSE;
  transaction = kouan_transaction_begin (self->db, &cause);
  if (transaction == NULL || !kouan_attempts_load (self->db, unlock.person, &attempts, &cause))
    return kouan_staff_fail_store (cause, error);
  if (!opens (self, &unlock, &attempts))
    {
      g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WRONG_UNLOCK,
                           "the code is for another kiosk, or for a lock that is not there");
      return FALSE;
    }
  return (kouan_attempts_forget (self->db, unlock.person, &cause)
          && kouan_audit_append (self->db, kouan_clock_wall_s (self->clock), "hub", "",
                                 "staff.unlocked", unlock.person, "ok", &cause)
          && kouan_transaction_commit (g_steal_pointer (&transaction), &cause))
         || kouan_staff_fail_store (cause, error);
}

/* A jump by more than a badge lasts is taken for a clock that was wrong before and is right now:
 * only what the hub has signed speaks against it. */
gint64
kouan_staff_gate_clock_behind_s (KouanStaffGate *self)
{
  g_autoptr (GError) error = NULL;
  gint64 now_s, latest_s, behind_s;

  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self), 0);

  now_s = kouan_clock_wall_s (self->clock);
  if (!kouan_settings_latest_s (self->db, now_s + KOUAN_BADGE_DAYS_MAX * DAY_S, &latest_s, &error))
    {
      g_message ("How late it is at least is not known: %s", error->message);
      return 0;
    }
  behind_s = latest_s - now_s;
  return behind_s > KOUAN_STAFF_CLOCK_SLACK_S ? behind_s : 0;
}

static gboolean
set_error (GError **error, KouanStaffError code, KouanDuty duty)
{
  g_set_error (error, KOUAN_STAFF_ERROR, code, "not allowed: %s", kouan_duty_to_string (duty));
  return FALSE;
}

gboolean
kouan_staff_gate_allow (KouanStaffGate *self,
                        KouanDuty duty,
                        KouanStaffPass *pass,
                        KouanStaffPass *second,
                        GError **error)
{
  gint64 now_us;

  g_return_val_if_fail (KOUAN_IS_STAFF_GATE (self) && pass != NULL, FALSE);

  if (!kouan_duty_is_of (duty, pass->roles))
    return set_error (error, KOUAN_STAFF_ERROR_NOT_YOURS, duty);
  if (!kouan_duty_needs_two (duty))
    return TRUE;
  now_us = kouan_clock_boot_us (self->clock);
  if (second == NULL)
    return set_error (error, KOUAN_STAFF_ERROR_NEEDS_SECOND, duty);
  if (g_str_equal (second->person, pass->person))
    return set_error (error, KOUAN_STAFF_ERROR_SAME_PERSON, duty);
  if (!kouan_duty_may_second (duty, second->roles))
    return set_error (error, KOUAN_STAFF_ERROR_NOT_SECOND, duty);
  if (now_us - second->entered_us > KOUAN_STAFF_SECOND_S * (gint64)G_USEC_PER_SEC)
    return set_error (error, KOUAN_STAFF_ERROR_SECOND_LATE, duty);
  return TRUE;
}

void
kouan_staff_gate_leave (KouanStaffGate *self, KouanStaffPass *pass, const char *how)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_STAFF_GATE (self) && pass != NULL);

  if (!kouan_audit_append (self->db, kouan_clock_wall_s (self->clock), ROLE_NOBODY, pass->person,
                           "staff.left", "", how, &error))
    g_message ("That %s left is not in the audit: %s", pass->person, error->message);
}

KouanStation *
kouan_staff_gate_get_station (KouanStaffGate *self)
{
  return self->station;
}

KouanClock *
kouan_staff_gate_get_clock (KouanStaffGate *self)
{
  return self->clock;
}

KouanDatabase *
kouan_staff_gate_get_database (KouanStaffGate *self)
{
  return self->db;
}

static void
kouan_staff_gate_finalize (GObject *object)
{
  KouanStaffGate *self = KOUAN_STAFF_GATE (object);

  g_clear_object (&self->station);
  g_clear_object (&self->clock);
  g_clear_object (&self->db);
  g_free (self->locked);
  G_OBJECT_CLASS (kouan_staff_gate_parent_class)->finalize (object);
}

static void
kouan_staff_gate_class_init (KouanStaffGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_staff_gate_finalize;
}

static void
kouan_staff_gate_init (KouanStaffGate *self G_GNUC_UNUSED)
{
}

KouanStaffGate *
kouan_staff_gate_new (KouanStation *station, KouanClock *clock, KouanDatabase *db)
{
  KouanStaffGate *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station) && KOUAN_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (KOUAN_IS_DATABASE (db), NULL);

  self = g_object_new (KOUAN_TYPE_STAFF_GATE, NULL);
  self->station = g_object_ref (station);
  self->clock = g_object_ref (clock);
  self->db = g_object_ref (db);
  return self;
}
