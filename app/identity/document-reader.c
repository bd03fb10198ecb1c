/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/document-reader.h"

#include "app/language/language.h"

/* A way to read a travel document: by typing, by camera, by its chip. The visit takes whichever
 * there is, and each gives the same: a zone, and the checks that it could make. */

struct _KouanDocumentReading
{
  gatomicrefcount refs;
  KouanSource source;
  KouanMrz *mrz;
  KouanChecks *checks;
  GHashTable *files; /* names to GBytes */
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
  self->files
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
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
  g_hash_table_unref (self->files);
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

void
kouan_document_reading_set_file (KouanDocumentReading *self, const char *name, GBytes *content)
{
  g_return_if_fail (self != NULL && name != NULL && content != NULL);

  g_hash_table_insert (self->files, g_strdup (name), g_bytes_ref (content));
}

GBytes *
kouan_document_reading_get_file (KouanDocumentReading *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_hash_table_lookup (self->files, name);
}

static const struct
{
  const char *title;
  const char *remedy;
} troubles[KOUAN_DOCUMENT_READER_N_ERRORS] = {
  [KOUAN_DOCUMENT_READER_ERROR_UNREADABLE]
  = { N_ ("The document was not read"),
      N_ ("Lay it down once more and leave it there. If it happens again, go on another way.") },
  [KOUAN_DOCUMENT_READER_ERROR_REMOVED] = { N_ ("The document was lifted too early"),
                                            N_ ("Lay it back. The reading goes on where it was.") },
  [KOUAN_DOCUMENT_READER_ERROR_DEVICE]
  = { N_ ("The document reader does not answer"), N_ ("Go on another way, or call the staff.") },
  [KOUAN_DOCUMENT_READER_ERROR_LOCKED]
  = { N_ ("The chip does not open with these lines"),
      N_ ("Compare the lines with your document and mend what differs. Then lay it down again.") },
  [KOUAN_DOCUMENT_READER_ERROR_NO_CHIP]
  = { N_ ("No chip of a passport was found"),
      N_ ("Lay the document flat on the reader. If it has no chip, go on another way.") },
  [KOUAN_DOCUMENT_READER_ERROR_TAMPERED]
  = { N_ ("The chip gave an answer that is not its own"),
      N_ (
        "Lay it down once more. If it happens again, call the staff: they look at the document.") },
};

static guint
trouble_of (const GError *error)
{
  return error->domain == KOUAN_DOCUMENT_READER_ERROR ? (guint)error->code
                                                      : KOUAN_DOCUMENT_READER_ERROR_DEVICE;
}

/* Returns: what happened, in the language of the screen */
const char *
kouan_document_reader_error_title (const GError *error)
{
  return _ (troubles[trouble_of (error)].title);
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_document_reader_error_remedy (const GError *error)
{
  return _ (troubles[trouble_of (error)].remedy);
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
