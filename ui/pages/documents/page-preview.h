/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages that were just read, to be looked at before they are kept, with what was noticed. */
#define KOUAN_TYPE_PAGE_PREVIEW (kouan_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (KouanPagePreview, kouan_page_preview, KOUAN, PAGE_PREVIEW, GtkWidget)

GtkWidget *kouan_page_preview_new (GPtrArray *pages);
char **kouan_page_findings (KouanPage *page);
gboolean kouan_page_preview_has_findings (KouanPagePreview *self);

G_END_DECLS
