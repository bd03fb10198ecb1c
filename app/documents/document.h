/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/pdf.h"
#include "app/documents/sheet.h"

G_BEGIN_DECLS

/* One paper of the checklist as the visitor brought it: its pages in order. Signal "changed". */
#define KOUAN_TYPE_DOCUMENT (kouan_document_get_type ())
G_DECLARE_FINAL_TYPE (KouanDocument, kouan_document, KOUAN, DOCUMENT, GObject)

KouanDocument *kouan_document_new (const char *kind);
const char *kouan_document_get_kind (KouanDocument *self); /* the catalogue's id */

guint kouan_document_get_count (KouanDocument *self);
KouanSheet *kouan_document_get_nth (KouanDocument *self, guint index);
KouanFindings kouan_document_get_findings (KouanDocument *self, guint index);
void kouan_document_add (KouanDocument *self, KouanSheet *sheet);
void kouan_document_replace (KouanDocument *self, guint index, KouanSheet *sheet);
void kouan_document_remove (KouanDocument *self, guint index);
void kouan_document_move (KouanDocument *self, guint from, guint to);

GPtrArray *kouan_document_get_sheets (KouanDocument *self) G_GNUC_WARN_UNUSED_RESULT;

GBytes *kouan_sheets_to_pdf (const GPtrArray *sheets,
                             KouanPixels *pixels,
                             gsize size_max,
                             KouanPdfFit *fit,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sheets_to_pdf_async (GPtrArray *sheets,
                                KouanPixels *pixels,
                                gsize size_max,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GBytes *kouan_sheets_to_pdf_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
