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
  context->calendar = kouan_catalogue_get_calendar (self->catalogue);
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

/* Returns: (transfer full): what a person has typed, as if a device had read it. A typed zone
 * proves nothing, and its checks say that it was typed. */
KouanDocumentReading *
kouan_session_read_typed (KouanSession *self, KouanMrz *mrz)
{
  g_autoptr (KouanChecks) checks = NULL;
  GDate today;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  kouan_date_today (self->clock, &today);
  checks = kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, &today);
  return kouan_document_reading_new (KOUAN_SOURCE_TYPED, mrz, checks);
}

/**
 * kouan_session_check_reading:
 *
 * A chip is read after the page, and opened by what the page says: its checks stand beside those of
 * the page. Any other reading begins anew.
 *
 * Returns: (transfer full): all that is known of the document with this reading, the code's bind
 * included
 */
KouanChecks *
kouan_session_check_reading (KouanSession *self, KouanDocumentReading *reading)
{
  KouanChecks *checks;
  gboolean is_chip;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);
  g_return_val_if_fail (reading != NULL, NULL);

  checks = kouan_checks_new ();
  is_chip = kouan_document_reading_get_source (reading) == KOUAN_SOURCE_ELECTRONIC;
  if (is_chip && self->visit->checks != NULL)
    kouan_checks_set_all (checks, self->visit->checks);
  kouan_checks_set_all (checks, kouan_document_reading_get_checks (reading));
  if (is_chip)
    kouan_session_authenticate_chip (self, reading, checks);
  kouan_checks_set (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_COMBINED,
                    bind_result (self, kouan_document_reading_get_mrz (reading)));
  return checks;
}

/* A reading that nobody has confirmed yet. It is in no draft, and it ends with the page.
 *
 * @reading: (nullable) (transfer none) */
void
kouan_session_set_unconfirmed (KouanSession *self, KouanDocumentReading *reading)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));

  if (reading != NULL)
    kouan_document_reading_ref (reading);
  g_clear_pointer (&self->unconfirmed, kouan_document_reading_unref);
  self->unconfirmed = reading;
}

/* Returns: (transfer none) (nullable) */
KouanDocumentReading *
kouan_session_get_unconfirmed (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->unconfirmed;
}

static void
keep_zone (KouanVisit *visit, const KouanMrz *mrz)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && mrz->lines[i][0] != '\0'; i++)
    g_strv_builder_add (lines, mrz->lines[i]);
  g_strfreev (visit->zone);
  visit->zone = g_strv_builder_end (lines);
}

/* Whose picture it was is open again.
 *
 * Returns: (transfer full) (nullable): the file that it was in */
static char *
forget_portrait (KouanSession *self)
{
  char *file = NULL;

  g_clear_pointer (&self->chip_portrait, g_bytes_unref);
  if (self->visit->portrait != NULL)
    file = g_strdup (self->visit->portrait->file);
  g_clear_pointer (&self->visit->portrait, kouan_visit_portrait_free);
  return file;
}

/**
 * kouan_session_take_reading:
 * @reading: whose zone the person has confirmed, or that a chip has
 * @trouble: (out) (transfer full)
 *
 * The one thing that is refused here is somebody else's appointment. Everything doubtful is noted
 * and goes to a desk: the kiosk does not decide.
 */
gboolean
kouan_session_take_reading (KouanSession *self,
                            KouanDocumentReading *reading,
                            KouanTrouble **trouble)
{
  const char *source = kouan_source_id (kouan_document_reading_get_source (reading));
  KouanMrz *mrz = kouan_document_reading_get_mrz (reading);
  g_autofree char *gone = NULL;
  KouanChecks *checks;

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
  checks = kouan_session_check_reading (self, reading);
  if (kouan_document_reading_get_source (reading) == KOUAN_SOURCE_ELECTRONIC)
    kouan_session_remember_chip_portrait (self, reading);
  else
    gone = forget_portrait (self);
  keep_zone (self->visit, mrz);
  g_clear_pointer (&self->visit->checks, kouan_checks_unref);
  self->visit->checks = checks;
  g_free (self->visit->zone_source);
  self->visit->zone_source = g_strdup (source);
  kouan_session_audit (self, "identity.taken", source);
  if (!kouan_session_save (self, trouble))
    return FALSE;
  if (gone != NULL)
    kouan_session_drop_file (self, gone);
  return TRUE;
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
