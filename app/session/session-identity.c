/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/language/language.h"
#include "app/clock/date.h"
#include "app/session/session-private.h"

/* Who the person is, as far as this kiosk can tell, and what follows from it for questions and
 * papers. The zone is kept as it was read; everything else is worked out from it, so that there is
 * one truth. */

/* Returns: (transfer full) (nullable): what the visit's zone says */
KouanMrz *
kouan_session_get_mrz (KouanSession *self)
{
  GDate today;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  if (self->visit->zone == NULL)
    return NULL;
  kouan_date_today (self->clock, &today);
  return kouan_mrz_parse ((const char *const *)self->visit->zone, &today, NULL);
}

/* What conditions of the catalogue look at beside the answers, as of now. */
void
kouan_session_get_context (KouanSession *self, KouanContext *context)
{
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  g_return_if_fail (KOUAN_IS_SESSION (self));

  kouan_date_today (self->clock, &today);
  kouan_context_init (context, &today);
  mrz = kouan_session_get_mrz (self);
  if (mrz != NULL)
    kouan_context_set_document (context, mrz);
}

static KouanResult
bind_result (KouanSession *self, const KouanMrz *mrz)
{
  g_autofree char *birth = kouan_mrz_date_to_zone (&mrz->birth);

  if (self->appointment == NULL || !kouan_appointment_is_bound (self->appointment))
    return KOUAN_RESULT_NOT_SUPPORTED;
  return kouan_appointment_binds (self->appointment, kouan_station_get_hall_key (self->station),
                                  mrz->document_number, birth)
           ? KOUAN_RESULT_SUCCESSFUL
           : KOUAN_RESULT_FAILED;
}

/**
 * kouan_session_check_zone:
 *
 * Returns: (transfer full): every check that can be made on this zone now, the code's bind included
 */
KouanChecks *
kouan_session_check_zone (KouanSession *self, const KouanMrz *mrz, KouanSource source)
{
  KouanChecks *checks;
  GDate today;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  kouan_date_today (self->clock, &today);
  checks = kouan_checks_new_for_mrz (mrz, source, &today);
  kouan_checks_set (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_COMBINED, bind_result (self, mrz));
  return checks;
}

/**
 * kouan_session_take_zone:
 * @mrz: a zone whose check digits fit
 * @trouble: (out) (transfer full)
 *
 * The one thing that is refused here is somebody else's appointment. Everything doubtful is noted
 * and goes to a desk: the kiosk does not decide.
 */
gboolean
kouan_session_take_zone (KouanSession *self,
                         const KouanMrz *mrz,
                         KouanSource source,
                         KouanTrouble **trouble)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  if (bind_result (self, mrz) == KOUAN_RESULT_FAILED)
    {
      kouan_session_audit (self, "identity.refused", "other-document");
      *trouble
        = kouan_trouble_new ("other-document", N_ ("This code was made for another passport"),
                             N_ ("Use the passport that you gave when you booked. If you have a "
                                 "new one, or booked for somebody else, ask staff."),
                             KOUAN_REMEDY_STAFF);
      return FALSE;
    }
  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && mrz->lines[i][0] != '\0'; i++)
    g_strv_builder_add (lines, mrz->lines[i]);
  g_strfreev (self->visit->zone);
  self->visit->zone = g_strv_builder_end (lines);
  g_free (self->visit->zone_source);
  self->visit->zone_source = g_strdup (kouan_source_id (source));
  kouan_session_audit (self, "identity.taken", kouan_source_id (source));
  return kouan_session_save (self, trouble);
}

/* Returns: (transfer full) (nullable): the questions that are open with these answers */
GPtrArray *
kouan_session_questions (KouanSession *self)
{
  KouanContext context;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->service != NULL, NULL);

  kouan_session_get_context (self, &context);
  return kouan_service_visible_questions (self->service, self->visit->answers, &context);
}

/* Returns: (transfer full): the papers that these answers ask for */
KouanChecklist *
kouan_session_checklist (KouanSession *self)
{
  KouanContext context;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->service != NULL, NULL);

  kouan_session_get_context (self, &context);
  return kouan_service_checklist (self->service, self->visit->answers, &context);
}
