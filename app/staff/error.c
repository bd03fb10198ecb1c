/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/error.h"

#include "app/language/language.h"

G_DEFINE_QUARK (kouan_staff_error, kouan_staff_error)

/* What the screen says. Whoever holds a badge that is not theirs, or guesses a PIN, reads the same
 * sentence; what is wrong with a genuine badge is told to who knows its PIN. */
static const struct
{
  const char *title;
  const char *remedy;
} sentences[KOUAN_STAFF_N_ERRORS] = {
  [KOUAN_STAFF_ERROR_NOT_A_BADGE]
  = { N_ ("This is not a staff badge"),
      N_ ("Show the code on your badge. Visitors' codes are read on the page for them.") },
  [KOUAN_STAFF_ERROR_REFUSED]
  = { N_ ("This badge and this PIN don't open staff mode"),
      N_ ("Show your badge again and type your PIN. After ten tries in vain it is locked.") },
  [KOUAN_STAFF_ERROR_WAIT]
  = { N_ ("Too many tries. Wait before the next one"),
      N_ ("The wait counts while this kiosk runs, and begins anew when it is restarted.") },
  [KOUAN_STAFF_ERROR_LOCKED]
  = { N_ ("Locked after ten tries in vain"),
      N_ ("A security officer and a second person can unlock it here. Or show an unlock code from "
          "the hub: read out the number of this kiosk, your staff number and the key below.") },
  [KOUAN_STAFF_ERROR_EXPIRED]
  = { N_ ("The time of this badge is over"), N_ ("Get a new one from your security officer.") },
  [KOUAN_STAFF_ERROR_REVOKED]
  = { N_ ("This badge is not in use any more"),
      N_ ("Hand it to your security officer, who gives you the new one.") },
  [KOUAN_STAFF_ERROR_ROSTER_OLDER]
  = { N_ ("This badge is newer than the staff list of this kiosk"),
      N_ ("Use your former badge, or bring the new list: by the nightly sync, or by stick.") },
  [KOUAN_STAFF_ERROR_NO_ROSTER] = { N_ ("This kiosk has no staff list yet"),
                                    N_ ("It comes from the hub with the next sync, or by stick.") },
  [KOUAN_STAFF_ERROR_STORE]
  = { N_ ("The disk of this kiosk can't be written"),
      N_ ("Nothing was changed and nothing is lost. Call a technician: the disk may be full.") },
  [KOUAN_STAFF_ERROR_NOT_YOURS]
  = { N_ ("Your badge is not for this"), N_ ("Ask somebody whose work it is.") },
  [KOUAN_STAFF_ERROR_NEEDS_SECOND]
  = { N_ ("Two persons have to agree to this"),
      N_ ("Ask a second person to show their badge within two minutes.") },
  [KOUAN_STAFF_ERROR_SAME_PERSON]
  = { N_ ("This is the same person again"), N_ ("The second badge has to be somebody else's.") },
  [KOUAN_STAFF_ERROR_NOT_SECOND]
  = { N_ ("This badge can't agree to that"),
      N_ ("Ask a supervisor, a technician or a security officer to be the second person.") },
  [KOUAN_STAFF_ERROR_SECOND_LATE]
  = { N_ ("The two minutes are over"), N_ ("Ask the second person to show their badge again.") },
  [KOUAN_STAFF_ERROR_BUSY]
  = { N_ ("Somebody else works on this kiosk now"),
      N_ ("Wait until they have left staff mode, or ask them. Nothing was changed.") },
  [KOUAN_STAFF_ERROR_WRONG_UNLOCK]
  = { N_ ("This unlock code is for another lock"),
      N_ ("Ask the hub for one with the number of this kiosk, your staff number and the key that "
          "stands here now.") },
  [KOUAN_STAFF_ERROR_ROSTER_BROKEN] = { N_ ("The staff list can't be used"),
                                        N_ ("The one in use stays. Ask the hub for a new one.") },
  [KOUAN_STAFF_ERROR_UNKNOWN]
  = { N_ ("That is not here"), N_ ("Look at the list again: it may have changed meanwhile.") },
};

static guint
index_of (const GError *error)
{
  return error->domain == KOUAN_STAFF_ERROR && (guint)error->code < KOUAN_STAFF_N_ERRORS
           ? (guint)error->code
           : KOUAN_STAFF_ERROR_STORE;
}

/* Returns: what happened, in the language of the moment */
const char *
kouan_staff_error_title (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return _ (sentences[index_of (error)].title);
}

const char *
kouan_staff_error_remedy (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return _ (sentences[index_of (error)].remedy);
}

/* What the database said, for the log; for a person it is all one. */
gboolean
kouan_staff_fail_store (const GError *cause, GError **error)
{
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_STORE, cause->message);
  return FALSE;
}
