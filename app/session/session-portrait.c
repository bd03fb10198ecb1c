/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/crypto/primitives.h"
#include "app/session/session-private.h"

#include <string.h>

/* The picture of the person. It is asked for, it can be declined, and whatever came of it stands in
 * the vector of checks; nobody is kept from going on. The chip's own picture is only ever in
 * memory, from the reading of the chip until this step is left, and goes into no draft and no
 * record. */

/* @reading: of a chip */
void
kouan_session_remember_chip_portrait (KouanSession *self, KouanDocumentReading *reading)
{
  GBytes *file = kouan_document_reading_get_file (reading, "EF.DG2");

  g_clear_pointer (&self->chip_portrait, g_bytes_unref);
  if (file != NULL)
    self->chip_portrait = g_bytes_ref (file);
}

/* Returns: (transfer none) (nullable): EF.DG2 of the chip that was read in this step */
GBytes *
kouan_session_get_chip_portrait (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->chip_portrait;
}

static KouanVisitPortrait *
portrait_new (KouanSession *self,
              const char *file,
              const KouanJpeg *picture,
              KouanPortraitFindings findings,
              const char *consent)
{
  KouanVisitPortrait *portrait = g_new0 (KouanVisitPortrait, 1);
  guint8 digest[KOUAN_SHA256_SIZE];

  kouan_sha256 ((const guint8 *)consent, strlen (consent), digest);
  portrait->file = g_strdup (file);
  portrait->findings = kouan_portrait_finding_ids (findings);
  portrait->fits = kouan_picture_rules_fitting (picture);
  portrait->consented_s = kouan_clock_wall_s (self->clock);
  portrait->consent_sha256 = kouan_hex (digest, sizeof digest);
  return portrait;
}

/* Returns: (transfer full): the visit's checks with these two; what was known of the face before is
 * replaced */
static KouanChecks *
checks_with (KouanSession *self, KouanResult match, KouanResult quality)
{
  KouanChecks *checks = kouan_checks_new ();

  if (self->visit->checks != NULL)
    kouan_checks_set_all (checks, self->visit->checks);
  kouan_checks_set (checks, KOUAN_CHECK_FACE_MATCH, KOUAN_SOURCE_COMBINED, match);
  kouan_checks_set (checks, KOUAN_CHECK_FACE_QUALITY, KOUAN_SOURCE_COMBINED, quality);
  return checks;
}

/* Puts both (transfer full) in the place of what was there, and saves: all of it or nothing. The
 * file of a picture that is not named any more goes. */
static gboolean
exchange (KouanSession *self,
          KouanVisitPortrait *portrait,
          KouanChecks *checks,
          KouanTrouble **trouble)
{
  KouanVisit *visit = self->visit;
  KouanVisitPortrait *before = visit->portrait, *gone;
  KouanChecks *checks_before = visit->checks;
  gboolean saved;

  visit->portrait = portrait;
  visit->checks = checks;
  saved = kouan_session_save (self, trouble);
  gone = saved ? before : portrait;
  if (!saved)
    {
      visit->portrait = before;
      visit->checks = checks_before;
    }
  g_clear_pointer (saved ? &checks_before : &checks, kouan_checks_unref);
  if (gone != NULL)
    {
      kouan_session_drop_file (self, gone->file);
      kouan_visit_portrait_free (gone);
    }
  return saved;
}

/**
 * kouan_session_take_portrait:
 * @picture: as the record gets it
 * @findings: what is wrong with it, in spite of which the person wants it
 * @match: what came of comparing it with the chip; not supported where nothing was compared
 * @consent: all of what was on the screen when the person agreed
 *
 * Durable when it returns %TRUE.
 */
gboolean
kouan_session_take_portrait (KouanSession *self,
                             KouanJpeg *picture,
                             KouanPortraitFindings findings,
                             KouanResult match,
                             const char *consent,
                             KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->draft != NULL, FALSE);

  if (!kouan_session_has_room (self, trouble))
    return FALSE;
  file = kouan_draft_keep_page (self->draft, picture->bytes, &error);
  if (file == NULL)
    {
      *trouble = kouan_trouble_from_error (error);
      return FALSE;
    }
  kouan_session_audit (self, "portrait.taken", kouan_result_id (match));
  return exchange (self, portrait_new (self, file, picture, findings, consent),
                   checks_with (self, match,
                                findings == KOUAN_PORTRAIT_FINE ? KOUAN_RESULT_SUCCESSFUL
                                                                : KOUAN_RESULT_UNDETERMINED),
                   trouble);
}

/* "Go on without a picture": what there was of one goes. */
gboolean
kouan_session_skip_portrait (KouanSession *self, KouanTrouble **trouble)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  kouan_session_audit (self, "portrait.declined", "ok");
  return exchange (self, NULL,
                   checks_with (self, KOUAN_RESULT_NOT_SUPPORTED, KOUAN_RESULT_NOT_SUPPORTED),
                   trouble);
}
