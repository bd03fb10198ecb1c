/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/documents/jpeg.h"
#include "app/session/session-private.h"

/* The pages of a visit. A page is encoded, sealed and on the disk, and the draft that names it is
 * saved, before anything says "kept". If the second fails the first is taken back, so that a draft
 * never names what is not there, and what is there and not named is swept at the next start. */

#define KEEP_QUALITY 92 /* what the PDF is later cut down from */

static gboolean
fail (KouanTrouble **trouble, const GError *error)
{
  *trouble = kouan_trouble_from_error (error);
  return FALSE;
}

/* Taking a page that there is no room to submit would be a promise that cannot be kept. */
static gboolean
has_room (KouanSession *self, KouanTrouble **trouble)
{
  if (kouan_outbox_get_space (self->outbox) != KOUAN_OUTBOX_SPACE_FULL)
    return TRUE;
  *trouble = kouan_trouble_from_error (
    &(GError){ KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL, (char *)"No room for a page" });
  return FALSE;
}

/* What was read and is being looked at. It lives until the step is left, and a change of language
 * does not lose it. @pages: (nullable): of KouanPage */
void
kouan_session_set_unkept (KouanSession *self, GPtrArray *pages)
{
  g_return_if_fail (KOUAN_IS_SESSION (self));

  if (pages != NULL)
    g_ptr_array_ref (pages);
  g_clear_pointer (&self->unkept, g_ptr_array_unref);
  self->unkept = pages;
}

/* Returns: (transfer none) (nullable) */
GPtrArray *
kouan_session_get_unkept (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->unkept;
}

/**
 * kouan_session_keep_page:
 * @kind: the catalogue's id of the document
 * @page: as it was seen and confirmed
 * @findings: (nullable): ids of quality findings that the visitor chose to live with
 *
 * Durable when it returns %TRUE.
 */
gboolean
kouan_session_keep_page (KouanSession *self,
                         const char *kind,
                         KouanPage *page,
                         const char *const *findings,
                         KouanTrouble **trouble)
{
  g_autoptr (KouanJpeg) jpeg = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  KouanVisitDocument *document;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->draft != NULL, FALSE);

  if (!has_room (self, trouble))
    return FALSE;
  jpeg = kouan_jpeg_encode (page, KEEP_QUALITY);
  file = kouan_draft_keep_page (self->draft, jpeg->bytes, &error);
  if (file == NULL)
    return fail (trouble, error);
  document = kouan_visit_ensure_document (self->visit, kind);
  g_ptr_array_add (document->pages,
                   kouan_visit_page_new (file, jpeg->width, jpeg->height, jpeg->dpi, findings));
  document->later = FALSE;
  if (kouan_session_save (self, trouble))
    return TRUE;
  g_ptr_array_set_size (document->pages, document->pages->len - 1);
  if (!kouan_draft_drop_page (self->draft, file, &error))
    g_message ("A page without a name is left for the next start: %s", error->message);
  return FALSE;
}

/* The draft stops naming the page first; then the page goes. */
gboolean
kouan_session_drop_page (KouanSession *self, const char *kind, guint index, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  KouanVisitDocument *document;
  KouanVisitPage *page;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  document = kouan_visit_find_document (self->visit, kind);
  g_return_val_if_fail (document != NULL && index < document->pages->len, FALSE);

  page = g_ptr_array_steal_index (document->pages, index);
  if (!kouan_session_save (self, trouble))
    {
      g_ptr_array_insert (document->pages, index, page);
      return FALSE;
    }
  if (!kouan_draft_drop_page (self->draft, page->file, &error))
    g_message ("A page without a name is left for the next start: %s", error->message);
  kouan_visit_page_free (page);
  return TRUE;
}

/**
 * kouan_session_read_page:
 *
 * Returns: (transfer full) (nullable): the page as it was kept
 */
KouanJpeg *
kouan_session_read_page (KouanSession *self, const char *kind, guint index, KouanTrouble **trouble)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KouanVisitDocument *document;
  KouanVisitPage *page;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  document = kouan_visit_find_document (self->visit, kind);
  g_return_val_if_fail (document != NULL && index < document->pages->len, NULL);

  page = g_ptr_array_index (document->pages, index);
  bytes = kouan_draft_read_page (self->draft, page->file, &error);
  if (bytes == NULL)
    {
      fail (trouble, error);
      return NULL;
    }
  return kouan_jpeg_new (page->width, page->height, page->dpi, bytes);
}

/* "I will bring it": noted for the receipt's list, and for the officer. */
gboolean
kouan_session_set_later (KouanSession *self,
                         const char *kind,
                         gboolean later,
                         KouanTrouble **trouble)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  kouan_visit_ensure_document (self->visit, kind)->later = later;
  return kouan_session_save (self, trouble);
}
