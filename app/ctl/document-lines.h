/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"
#include "app/documents/document.h"

G_BEGIN_DECLS

/* What `kouanctl document` says of one file, or of one page. */
JsonBuilder *kouan_ctl_document_line_new (const char *path);
void kouan_ctl_document_line_add_pages (JsonBuilder *line, KouanDocument *document);
void kouan_ctl_document_line_add_pdf (JsonBuilder *line,
                                      GBytes *pdf,
                                      const KouanPdfFit *fit,
                                      const char *written);
void kouan_ctl_document_line_end (JsonBuilder *line);
KouanExit kouan_ctl_document_line_end_with_error (JsonBuilder *line, const GError *error);

KouanFindings kouan_ctl_document_print_measures (const char *path, guint number, KouanPage *page);

G_END_DECLS
