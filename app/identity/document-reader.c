/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/document-reader.h"

/* A way to read a travel document: by typing, by camera, by its chip. The visit takes whichever
 * there is, and each gives the same: a zone, and the checks that it could make. */

struct _KouanDocumentReading
{
  gatomicrefcount refs;
  KouanSource source;
  KouanMrz *mrz;
  KouanChecks *checks;
};

G_DEFINE_QUARK (kouan_document_reader_error, kouan_document_reader_error)
G_DEFINE_INTERFACE (KouanDocumentReader, kouan_document_reader, G_TYPE_OBJECT)

static void
kouan_document_reader_default_init (KouanDocumentReaderInterface *iface G_GNUC_UNUSED)
{
}

/* Takes references of its own. */
KouanDocumentReading *
kouan_document_reading_new (KouanSource source, KouanMrz *mrz, KouanChecks *checks)
{
  KouanDocumentReading *self = g_new0 (KouanDocumentReading, 1);

  g_atomic_ref_count_init (&self->refs);
  self->source = source;
  self->mrz = kouan_mrz_ref (mrz);
  self->checks = kouan_checks_ref (checks);
  return self;
}

KouanDocumentReading *
kouan_document_reading_ref (KouanDocumentReading *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_document_reading_unref (KouanDocumentReading *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kouan_mrz_unref (self->mrz);
  kouan_checks_unref (self->checks);
  g_free (self);
}

KouanSource
kouan_document_reading_get_source (KouanDocumentReading *self)
{
  g_return_val_if_fail (self != NULL, KOUAN_SOURCE_TYPED);

  return self->source;
}

KouanMrz *
kouan_document_reading_get_mrz (KouanDocumentReading *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mrz;
}

KouanChecks *
kouan_document_reading_get_checks (KouanDocumentReading *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->checks;
}

/* Returns: how this reader looks at a document */
KouanSource
kouan_document_reader_get_source (KouanDocumentReader *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT_READER (self), KOUAN_SOURCE_TYPED);

  return KOUAN_DOCUMENT_READER_GET_IFACE (self)->get_source (self);
}

/**
 * kouan_document_reader_read_async:
 * @known: (nullable): what is known of the document already: a chip opens only to who can say what
 * its zone says
 * @progress: (nullable) (scope notified): called any number of times, never after @callback
 *
 * Waits for a document and reads it. One reading at a time; cancelling ends the wait with
 * G_IO_ERROR_CANCELLED.
 */
void
kouan_document_reader_read_async (KouanDocumentReader *self,
                                  const KouanMrz *known,
                                  KouanReadProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT_READER (self));

  KOUAN_DOCUMENT_READER_GET_IFACE (self)->read_async (self, known, progress, progress_data,
                                                      cancellable, callback, user_data);
}

/**
 * kouan_document_reader_read_finish:
 * @error: of KOUAN_DOCUMENT_READER_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the reading
 */
KouanDocumentReading *
kouan_document_reader_read_finish (KouanDocumentReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT_READER (self), NULL);

  return KOUAN_DOCUMENT_READER_GET_IFACE (self)->read_finish (self, result, error);
}
