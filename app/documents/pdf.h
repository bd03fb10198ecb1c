/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/jpeg.h"

G_BEGIN_DECLS

#define KOUAN_PDF_SIZE_MAX (1024 * 1024) /* bytes of a document */

typedef enum
{
  KOUAN_PDF_ERROR_TOO_LARGE, /* not even as small as print can be read: fewer pages are needed */
} KouanPdfError;

#define KOUAN_PDF_ERROR (kouan_pdf_error_quark ())
GQuark kouan_pdf_error_quark (void);

/* What the pages had to be written with to fit. */
typedef struct
{
  guint quality;
  guint dpi_max;
} KouanPdfFit;

GBytes *kouan_pdf_write (const GPtrArray *jpegs) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_pdf_from_pages (const GPtrArray *pages,
                              gsize size_max,
                              KouanPdfFit *fit,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
