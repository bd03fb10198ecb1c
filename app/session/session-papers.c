/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/clock/date.h"
#include "app/session/cross-check.h"
#include "app/session/session-private.h"

/* The pages of a visit. A page is encoded, sealed and on the disk, and the draft that names it is
 * saved, before anything says "kept". If the second fails the first is taken back, so that a draft
 * never names what is not there, and what is there and not named is swept at the next start. */

static gboolean
fail (KouanTrouble **trouble, const GError *error)
{
  *trouble = kouan_trouble_from_error (error);
  return FALSE;
}

/* Taking a page that there is no room to submit would be a promise that cannot be kept. */
gboolean
kouan_session_has_room (KouanSession *self, KouanTrouble **trouble)
{
  if (kouan_outbox_get_space (self->outbox) != KOUAN_OUTBOX_SPACE_FULL)
    return TRUE;
  *trouble = kouan_trouble_from_error (
    &(GError){ KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL, (char *)"No room for a page" });
  return FALSE;
}

/* What was read and is being looked at. It lives until the step is left, and a change of language
 * does not lose it. @takes: (nullable): of KouanTake */
void
kouan_session_set_unkept (KouanSession *self, GPtrArray *takes)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));

  if (takes != NULL)
    g_ptr_array_ref (takes);
  g_clear_pointer (&self->unkept, g_ptr_array_unref);
  self->unkept = takes;
}

/* Returns: (transfer none) (nullable) (element-type KouanTake) */
GPtrArray *
kouan_session_get_unkept (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->unkept;
}

/* A file that no draft names any more, or never did. What cannot be removed now is swept at the
 * next start. */
void
kouan_session_drop_file (KouanSession *self, const char *file)
{
  g_autoptr (GError) error = NULL;

  if (!kouan_draft_drop_page (self->draft, file, &error))
    g_message ("A page without a name is left for the next start: %s", error->message);
}

/* Returns: (transfer full) (nullable): @sheet, its picture sealed and on the disk */
static KouanSheet *
seal (KouanSession *self, const KouanSheet *sheet, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  if (!kouan_session_has_room (self, trouble))
    return NULL;
  file = kouan_draft_keep_page (self->draft, sheet->jpeg->bytes, &error);
  if (file != NULL)
    return kouan_sheet_new_kept (sheet, file);
  fail (trouble, error);
  return NULL;
}

/**
 * kouan_session_keep_sheet:
 * @kind: the catalogue's id of the document
 * @index: where among its pages; as many as there are for the end
 * @sheet: as it was seen and confirmed, with its picture
 *
 * Durable when it returns %TRUE.
 */
gboolean
kouan_session_keep_sheet (
  KouanSession *self, const char *kind, guint index, KouanSheet *sheet, KouanTrouble **trouble)
{
  g_autoptr (KouanSheet) kept = NULL;
  KouanVisitDocument *document;
  gboolean later;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->draft != NULL, FALSE);
  g_return_val_if_fail (sheet->jpeg->bytes != NULL, FALSE);

  kept = seal (self, sheet, trouble);
  if (kept == NULL)
    return FALSE;
  document = kouan_visit_ensure_document (self->visit, kind);
  index = MIN (index, document->sheets->len);
  g_ptr_array_insert (document->sheets, (int)index, kouan_sheet_ref (kept));
  later = document->later;
  document->later = FALSE;
  if (kouan_session_save (self, trouble))
    return TRUE;
  g_ptr_array_remove_index (document->sheets, index);
  document->later = later;
  kouan_session_drop_file (self, kept->file);
  return FALSE;
}

static KouanVisitDocument *
document_with (KouanSession *self, const char *kind, guint index)
{
  KouanVisitDocument *document = kouan_visit_find_document (self->visit, kind);

  g_return_val_if_fail (document != NULL && index < document->sheets->len, NULL);

  return document;
}

/* Puts @sheet (transfer full) in the place of another. Returns: (transfer full): that one */
static KouanSheet *
exchange (KouanVisitDocument *document, guint index, KouanSheet *sheet)
{
  KouanSheet *before = document->sheets->pdata[index];

  document->sheets->pdata[index] = sheet;
  return before;
}

/* A page that was taken again: the new one is on the disk before the old one goes. */
gboolean
kouan_session_replace_sheet (
  KouanSession *self, const char *kind, guint index, KouanSheet *sheet, KouanTrouble **trouble)
{
  g_autoptr (KouanSheet) kept = NULL;
  g_autoptr (KouanSheet) before = NULL;
  KouanVisitDocument *document;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  document = document_with (self, kind, index);
  if (document == NULL)
    return FALSE;
  kept = seal (self, sheet, trouble);
  if (kept == NULL)
    return FALSE;
  before = exchange (document, index, kouan_sheet_ref (kept));
  if (kouan_session_save (self, trouble))
    {
      kouan_session_drop_file (self, before->file);
      return TRUE;
    }
  kouan_sheet_unref (exchange (document, index, g_steal_pointer (&before)));
  kouan_session_drop_file (self, kept->file);
  return FALSE;
}

/* The draft stops naming the page first; then the page goes. */
gboolean
kouan_session_drop_sheet (KouanSession *self, const char *kind, guint index, KouanTrouble **trouble)
{
  KouanVisitDocument *document;
  g_autoptr (KouanSheet) sheet = NULL;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  document = document_with (self, kind, index);
  if (document == NULL)
    return FALSE;
  sheet = g_ptr_array_steal_index (document->sheets, index);
  if (!kouan_session_save (self, trouble))
    {
      g_ptr_array_insert (document->sheets, (int)index, g_steal_pointer (&sheet));
      return FALSE;
    }
  kouan_session_drop_file (self, sheet->file);
  return TRUE;
}

static void
move (KouanVisitDocument *document, guint from, guint to)
{
  g_ptr_array_insert (document->sheets, (int)to, g_ptr_array_steal_index (document->sheets, from));
}

/* @to: where the page is afterwards */
gboolean
kouan_session_move_sheet (
  KouanSession *self, const char *kind, guint from, guint to, KouanTrouble **trouble)
{
  KouanVisitDocument *document;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  document = document_with (self, kind, MAX (from, to));
  if (document == NULL)
    return FALSE;
  move (document, from, to);
  if (kouan_session_save (self, trouble))
    return TRUE;
  move (document, to, from);
  return FALSE;
}

/**
 * kouan_session_read_sheet:
 *
 * Returns: (transfer full) (nullable): the page as it was kept, with its picture
 */
KouanSheet *
kouan_session_read_sheet (KouanSession *self, const char *kind, guint index, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KouanVisitDocument *document;
  const KouanSheet *kept;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  document = document_with (self, kind, index);
  if (document == NULL)
    return NULL;
  kept = g_ptr_array_index (document->sheets, index);
  bytes = kouan_draft_read_page (self->draft, kept->file, &error);
  if (bytes != NULL)
    return kouan_sheet_new_loaded (kept, bytes);
  fail (trouble, error);
  return NULL;
}

/* "I will bring it": noted for the receipt's list, and for the officer. */
gboolean
kouan_session_set_later (KouanSession *self,
                         const char *kind,
                         gboolean later,
                         KouanTrouble **trouble)
{
  KouanVisitDocument *document;
  gboolean before;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  document = kouan_visit_ensure_document (self->visit, kind);
  before = document->later;
  document->later = later;
  if (kouan_session_save (self, trouble))
    return TRUE;
  document->later = before;
  return FALSE;
}

/* Returns: (transfer full) (element-type KouanCross): what does not fit between papers, passport
 * and today; its documents live as long as the catalogue */
GArray *
kouan_session_cross_check (KouanSession *self)
{
  g_autoptr (KouanChecklist) checklist = NULL;
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  checklist = kouan_session_checklist (self);
  mrz = kouan_session_get_mrz (self);
  kouan_date_today (self->clock, &today);
  return kouan_cross_check (self->visit, mrz, checklist, &today);
}
