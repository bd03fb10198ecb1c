/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"
#include "app/documents/take.h"

G_BEGIN_DECLS

/* What `kouanctl document` says of one file, or of one page. */
JsonBuilder *kouan_ctl_document_line_new (const char *path);
void kouan_ctl_document_line_add_pages (JsonBuilder *line, const GPtrArray *sheets);
void kouan_ctl_document_line_add_pdf (JsonBuilder *line,
                                      GBytes *pdf,
                                      const KouanPdfFit *fit,
                                      const char *written);
void kouan_ctl_document_line_end (JsonBuilder *line);
KouanExit kouan_ctl_document_line_end_with_error (JsonBuilder *line, const GError *error);

void kouan_ctl_document_print_take (const char *path,
                                    guint number,
                                    const KouanTake *take,
                                    KouanFindings findings,
                                    const char *written);

G_END_DECLS
