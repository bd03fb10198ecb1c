/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/jpeg.h"
#include "app/documents/pixels.h"
#include "app/documents/quality.h"

G_BEGIN_DECLS

#define KOUAN_SHEET_QUALITY 85 /* of its JPEG */

/* One page as a visit keeps it. Does not change, but for the name that its keeper gives it. */
typedef struct
{
  KouanJpeg *jpeg;
  KouanFindings findings; /* of the page by itself */
  GBytes *fingerprint;    /* (nullable) */
  char *file;             /* (nullable): where its keeper has it, for example in a draft */
} KouanSheet;

#define KOUAN_TYPE_SHEET (kouan_sheet_get_type ())
GType kouan_sheet_get_type (void);

KouanSheet *kouan_sheet_new (KouanJpeg *jpeg, KouanFindings findings, GBytes *fingerprint);
KouanSheet *kouan_sheet_new_from_page (KouanPage *page);
KouanSheet *kouan_sheet_ref (KouanSheet *self);
void kouan_sheet_unref (KouanSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSheet, kouan_sheet_unref)
void kouan_sheet_set_file (KouanSheet *self, const char *file);
gboolean kouan_sheet_same (const KouanSheet *self, const KouanSheet *other);

/* From a page that was scanned. */
void kouan_sheet_from_page_async (KouanPage *page,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KouanSheet *kouan_sheet_from_page_finish (GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From a file that a visitor brought. */
GPtrArray *kouan_sheets_from_file (KouanPixels *pixels,
                                   GBytes *file,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sheets_from_file_async (KouanPixels *pixels,
                                   GBytes *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *kouan_sheets_from_file_finish (GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Back to pixels, to be shown or written once more. */
KouanPage *kouan_sheet_load (const KouanSheet *self,
                             KouanPixels *pixels,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sheet_load_async (KouanSheet *self,
                             KouanPixels *pixels,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
KouanPage *kouan_sheet_load_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
