/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/jpeg.h"
#include "app/documents/pdf.h"
#include "app/documents/pixels.h"
#include "app/documents/quality.h"

G_BEGIN_DECLS

#define KOUAN_SHEET_QUALITY 85 /* of its JPEG */

/* One page as a visit keeps it: its picture, and what was seen about it when it was taken. The
 * picture may lie elsewhere, sealed, under the name of a file. Does not change. */
typedef struct
{
  KouanJpeg *jpeg; /* without bytes where they lie in @file */
  char *file;      /* (nullable): where its keeper has it */
  KouanFindings findings;
  GBytes *fingerprint; /* (nullable) */
  char *text;          /* (nullable): what the file itself says is written on it; UTF-8 */
  char *zone;          /* (nullable): the machine readable zone on it, a line each */
} KouanSheet;

#define KOUAN_TYPE_SHEET (kouan_sheet_get_type ())
GType kouan_sheet_get_type (void);

KouanSheet *kouan_sheet_new (KouanJpeg *jpeg,
                             KouanFindings findings,
                             GBytes *fingerprint,
                             const char *text,
                             const char *zone);
KouanSheet *kouan_sheet_new_kept (const KouanSheet *sheet, const char *file);
KouanSheet *kouan_sheet_new_loaded (const KouanSheet *kept, GBytes *bytes);
KouanSheet *kouan_sheet_ref (KouanSheet *self);
void kouan_sheet_unref (KouanSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSheet, kouan_sheet_unref)
gboolean kouan_sheet_same (const KouanSheet *self, const KouanSheet *other);
KouanFindings kouan_sheets_findings (const GPtrArray *sheets, guint index);

/* Back to pixels, to be shown or written once more. */
KouanPage *kouan_sheet_load (const KouanSheet *self,
                             KouanPixels *pixels,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a record holds of a paper. */
GBytes *kouan_sheets_to_pdf (const GPtrArray *sheets,
                             KouanPixels *pixels,
                             gsize size_max,
                             KouanPdfFit *fit,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
