/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/result.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_DOCUMENT_READER_ERROR_UNREADABLE, /* the document is there and says nothing: try again, or
                                             another way */
  KOUAN_DOCUMENT_READER_ERROR_REMOVED,    /* it was taken away too early: lay it back */
  KOUAN_DOCUMENT_READER_ERROR_DEVICE,     /* the device is the matter: go another way */
  KOUAN_DOCUMENT_READER_ERROR_LOCKED,     /* the chip does not open with what is known: look at the
                                             lines again */
  KOUAN_DOCUMENT_READER_ERROR_NO_CHIP,  /* what lies there is no travel document's chip, or mute */
  KOUAN_DOCUMENT_READER_ERROR_TAMPERED, /* what the chip says is altered on its way: a person has
                                           to look */
} KouanDocumentReaderError;
#define KOUAN_DOCUMENT_READER_N_ERRORS (KOUAN_DOCUMENT_READER_ERROR_TAMPERED + 1)
#define KOUAN_DOCUMENT_READER_ERROR (kouan_document_reader_error_quark ())
GQuark kouan_document_reader_error_quark (void);
const char *kouan_document_reader_error_title (const GError *error);
const char *kouan_document_reader_error_remedy (const GError *error);

/* What one reading of a travel document gave. */
typedef struct _KouanDocumentReading KouanDocumentReading;
KouanDocumentReading *
kouan_document_reading_new (KouanSource source, KouanMrz *mrz, KouanChecks *checks);
KouanDocumentReading *kouan_document_reading_ref (KouanDocumentReading *self);
void kouan_document_reading_unref (KouanDocumentReading *self);
KouanSource kouan_document_reading_get_source (KouanDocumentReading *self);
KouanMrz *kouan_document_reading_get_mrz (KouanDocumentReading *self);       /* (transfer none) */
KouanChecks *kouan_document_reading_get_checks (KouanDocumentReading *self); /* (transfer none) */

/* The files of a chip by their names: "EF.SOD", "EF.DG2"; only a reader sets them. */
void
kouan_document_reading_set_file (KouanDocumentReading *self, const char *name, GBytes *content);
GBytes *kouan_document_reading_get_file (KouanDocumentReading *self,
                                         const char *name); /* (transfer none) (nullable) */

typedef enum
{
  KOUAN_READ_WAITING, /* for a document, or for the person */
  KOUAN_READ_OPENING, /* found; agreeing on keys */
  KOUAN_READ_READING,
  KOUAN_READ_CHECKING,
} KouanReadStage;
/* @fraction: 0 to 1 of this stage, or below 0 where nobody can tell. In the main context of the
 * call. */
typedef void (*KouanReadProgress) (KouanReadStage stage, double fraction, gpointer data);

#define KOUAN_TYPE_DOCUMENT_READER (kouan_document_reader_get_type ())
G_DECLARE_INTERFACE (KouanDocumentReader, kouan_document_reader, KOUAN, DOCUMENT_READER, GObject)

struct _KouanDocumentReaderInterface
{
  GTypeInterface parent_iface;

  KouanSource (*get_source) (KouanDocumentReader *self);
  void (*read_async) (KouanDocumentReader *self,
                      const KouanMrz *known,
                      KouanReadProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  KouanDocumentReading *(*read_finish) (KouanDocumentReader *self,
                                        GAsyncResult *result,
                                        GError **error);
};

KouanSource kouan_document_reader_get_source (KouanDocumentReader *self);
void kouan_document_reader_read_async (
  KouanDocumentReader *self,
  const KouanMrz *known,      /* (nullable) a chip opens with what the zone says */
  KouanReadProgress progress, /* (nullable) */
  gpointer progress_data,
  GCancellable *cancellable,
  GAsyncReadyCallback callback,
  gpointer user_data);
KouanDocumentReading *kouan_document_reader_read_finish (KouanDocumentReader *self,
                                                         GAsyncResult *result,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanDocumentReading, kouan_document_reading_unref)

G_END_DECLS
