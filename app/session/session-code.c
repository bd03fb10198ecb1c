/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/appointment/listed.h"
#include "app/appointment/walk-in.h"
#include "app/language/language.h"
#include "app/session/session-private.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/lists.h"

#include <string.h>

/* From a code to a visit. A code of ours either begins a visit or brings one back; which of the two
 * is known only by whether its secret opens a draft. A draft that exists is opened even when the
 * appointment's time is over: the person was in time when they began. */

typedef struct
{
  const guint8 *id;
  guint service;
  guint hall;
  KouanSecret *secret;
  gboolean walk_in;
  KouanVerdict verdict;
  gint64 time_s; /* that the verdict is about */
} Code;

static gboolean
refuse (KouanSession *self, KouanTrouble *trouble, KouanTrouble **out)
{
  kouan_session_audit (self, "code.refused", kouan_trouble_get_id (trouble));
  *out = trouble;
  return FALSE;
}

static gboolean
refuse_error (KouanSession *self, const GError *error, KouanTrouble **out)
{
  return refuse (self, kouan_trouble_from_error (error), out);
}

static KouanService *
find_service (KouanSession *self, guint code)
{
  return kouan_catalogue_find_by_code (self->catalogue, code);
}

static KouanTrouble *
trouble_for_verdict (KouanSession *self, const Code *code)
{
  g_autofree char *hall = NULL;

  if (code->hall == kouan_station_get_hall_id (self->station))
    hall = g_strdup (kouan_station_get_hall_name (self->station, kouan_language_current ()->code));
  else
    hall = g_strdup_printf (_ ("hall %u"), code->hall);
  return kouan_trouble_new_for_verdict (code->verdict, hall, code->time_s);
}

/* Returns: (transfer full) (nullable): the visit that was kept; without an error where there is
 * none */
static KouanVisit *
load_visit (KouanDraft *draft, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GBytes) state = kouan_draft_load (draft, &load_error);
  KouanVisit *visit;

  if (state != NULL)
    {
      visit = kouan_visit_deserialize (state);
      if (visit == NULL)
        g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                             "A draft is not a visit that this version knows");
      return visit;
    }
  if (!g_error_matches (load_error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&load_error));
  return NULL;
}

/* What the visit is from now on, with what was chosen before the code was shown. */
static void
adopt (KouanSession *self, KouanVisit *kept, const Code *code, KouanDraft *draft)
{
  KouanVisit *visit = self->visit;

  if (kept != NULL)
    {
      g_free (kept->language);
      kept->language = g_strdup (visit->language);
      g_free (kept->consent_sha256);
      kept->consent_sha256 = g_strdup (visit->consent_sha256);
      kept->consented_s = visit->consented_s;
      kouan_visit_free (visit);
      self->visit = kept;
    }
  else
    visit->started_s = kouan_clock_wall_s (self->clock);
  memcpy (self->visit->code_id, code->id, sizeof self->visit->code_id);
  self->visit->service = code->service;
  self->visit->walk_in = code->walk_in;
  self->service = find_service (self, code->service);
  if (kept == NULL)
    kouan_session_join_group (self);
  g_set_object (&self->draft, draft);
}

/* A draft that cannot be opened is not the person's fault: it is put aside and the visit begins
 * anew. */
static gboolean
begin_or_resume (KouanSession *self, const Code *code, KouanTrouble **trouble)
{
  g_autoptr (KouanDraft) draft = kouan_session_draft_for (self, code->secret);
  g_autoptr (GError) error = NULL;
  KouanVisit *kept = load_visit (draft, &error);

  if (error != NULL && error->domain != KOUAN_CRYPTO_ERROR)
    return refuse_error (self, error, trouble);
  if (error != NULL)
    kouan_session_audit (self, "draft.unreadable", "begun-anew");
  if (kept == NULL && code->verdict != KOUAN_VERDICT_VALID)
    return refuse (self, trouble_for_verdict (self, code), trouble);
  adopt (self, kept, code, draft);
  if (kouan_session_send (self, kept != NULL ? KOUAN_EVENT_CODE_RETURN : KOUAN_EVENT_CODE_NEW))
    return TRUE;
  if (self->trouble != NULL)
    *trouble = kouan_trouble_ref (self->trouble);
  return FALSE;
}

static gboolean
take (KouanSession *self, const Code *code, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  gboolean revoked = FALSE;

  if (!kouan_lists_is_revoked (self->db, code->id, &revoked, &error))
    return refuse_error (self, error, trouble);
  /* Also where a draft waits behind it: that is for staff to free, not for whoever holds the code.
   */
  if (revoked)
    return refuse (self, kouan_trouble_new_for_verdict (KOUAN_VERDICT_REVOKED, NULL, 0), trouble);
  if (code->verdict != KOUAN_VERDICT_VALID && code->verdict != KOUAN_VERDICT_TOO_LATE)
    return refuse (self, trouble_for_verdict (self, code), trouble);
  if (find_service (self, code->service) == NULL)
    return refuse (self,
                   kouan_trouble_new ("no-service", N_ ("This kiosk does not have that service"),
                                      N_ ("Your code is right, but it is for something that is "
                                          "done at a desk. Ask staff where to go."),
                                      KOUAN_REMEDY_STAFF),
                   trouble);
  return begin_or_resume (self, code, trouble);
}

static gboolean
take_walk_in (KouanSession *self, const char *text, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanWalkIn) walk_in
    = kouan_walk_in_read (text, kouan_station_get_keyring (self->station), &error);
  gboolean used = FALSE;
  Code code = { .walk_in = TRUE };

  if (walk_in == NULL)
    return refuse (self, kouan_trouble_new_for_verdict (kouan_verdict_of_error (error), NULL, 0),
                   trouble);
  code.id = kouan_walk_in_get_id (walk_in);
  if (!kouan_codes_is_used (self->db, code.id, &used, &error))
    return refuse_error (self, error, trouble);
  code.service = kouan_walk_in_get_service (walk_in);
  code.hall = kouan_walk_in_get_hall (walk_in);
  code.secret = kouan_walk_in_get_secret (walk_in);
  code.verdict = kouan_walk_in_judge (walk_in, kouan_station_get_hall_id (self->station), used);
  if (!take (self, &code, trouble))
    return FALSE;
  g_free (self->visit->code_text);
  self->visit->code_text = g_strdup (text);
  return TRUE;
}

/* What the hub knew of the appointment when the lists came down. A kiosk that has no list, or one
 * that does not have this code, goes by the code alone. */
static gboolean
follow_list (KouanSession *self, KouanAppointment *appointment, GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanListRow) list = kouan_lists_find (self->db, "appointments", &local);

  if (list != NULL)
    {
      kouan_appointment_follow_list (appointment, list->content,
                                     kouan_station_get_hall_id (self->station));
      return TRUE;
    }
  if (g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
take_appointment (KouanSession *self, const char *text, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAppointment) appointment
    = kouan_appointment_read (text, kouan_station_get_keyring (self->station), &error);
  gboolean used = FALSE;
  Code code = { 0 };

  if (appointment == NULL)
    return refuse (self, kouan_trouble_new_for_verdict (kouan_verdict_of_error (error), NULL, 0),
                   trouble);
  code.id = kouan_appointment_get_id (appointment);
  if (!follow_list (self, appointment, &error))
    return refuse_error (self, error, trouble);
  if (!kouan_codes_is_used (self->db, code.id, &used, &error))
    return refuse_error (self, error, trouble);
  code.service = kouan_appointment_get_service (appointment);
  code.hall = kouan_appointment_get_hall (appointment);
  code.secret = kouan_appointment_get_secret (appointment);
  code.verdict = kouan_appointment_judge (appointment, kouan_station_get_hall_id (self->station),
                                          kouan_clock_wall_s (self->clock), used);
  code.time_s = kouan_appointment_get_time_for (appointment, code.verdict);
  g_clear_pointer (&self->appointment, kouan_appointment_unref);
  self->appointment = kouan_appointment_ref (appointment);
  return take (self, &code, trouble);
}

/**
 * kouan_session_take_code:
 * @text: what the camera read; anything
 * @trouble: (out) (transfer full): why not, and what to do
 *
 * Only in the appointment state. Begins a visit or brings a parked one back.
 */
gboolean
kouan_session_take_code (KouanSession *self, const char *text, KouanTrouble **trouble)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  *trouble = NULL;
  if (self->state != KOUAN_STATE_APPOINTMENT)
    return FALSE;
  if (g_str_has_prefix (text, KOUAN_CODE_WALK_IN))
    return take_walk_in (self, text, trouble);
  return take_appointment (self, text, trouble);
}

/**
 * kouan_session_take_service:
 * @service: the catalogue's code
 *
 * A visitor without an appointment gets a code of their own, signed by this kiosk, so that this
 * visit can be parked and found again like any other.
 */
gboolean
kouan_session_take_service (KouanSession *self, guint service, KouanTrouble **trouble)
{
  g_autoptr (KouanWalkIn) walk_in = NULL;
  g_autoptr (KouanDraft) draft = NULL;
  Code code = { .service = service, .walk_in = TRUE };

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (find_service (self, service) != NULL, FALSE);

  walk_in = kouan_walk_in_new (service, kouan_station_get_hall_id (self->station),
                               kouan_clock_wall_us (self->clock));
  code.id = kouan_walk_in_get_id (walk_in);
  draft = kouan_session_draft_for (self, kouan_walk_in_get_secret (walk_in));
  adopt (self, NULL, &code, draft);
  g_free (self->visit->code_text);
  self->visit->code_text
    = kouan_walk_in_issue (walk_in, kouan_station_get_signing_key (self->station));
  if (kouan_session_send (self, KOUAN_EVENT_NEXT))
    return TRUE;
  if (self->trouble != NULL)
    *trouble = kouan_trouble_ref (self->trouble);
  return FALSE;
}
