/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"
#include "app/documents/take.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages that were just read, to be looked at before they are kept: as they were made readable,
 * with what was noticed, and buttons for what the kiosk may have got wrong. A page that is made
 * anew takes its place among the takes.
 *
 * Signal: "changed" */
#define KOUAN_TYPE_PAGE_PREVIEW (kouan_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (KouanPagePreview, kouan_page_preview, KOUAN, PAGE_PREVIEW, GtkWidget)

GtkWidget *kouan_page_preview_new (GPtrArray *takes, GPtrArray *kept, KouanDocumentItem *document);
gboolean kouan_page_preview_has_findings (KouanPagePreview *self);
gboolean kouan_page_preview_may_be_kept (KouanPagePreview *self);

G_END_DECLS
