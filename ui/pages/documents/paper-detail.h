/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One paper of the checklist: the pages that are kept of it, each to look at, to move, to take
 * again and to delete, "add a page", and "I will bring it later".
 *
 * Signals: "add"; "retake" (which page, from 0); "failed" (KouanTrouble); "changed" */
#define KOUAN_TYPE_PAPER_DETAIL (kouan_paper_detail_get_type ())
G_DECLARE_FINAL_TYPE (KouanPaperDetail, kouan_paper_detail, KOUAN, PAPER_DETAIL, GtkWidget)

GtkWidget *kouan_paper_detail_new (KouanKiosk *kiosk, KouanDocumentItem *document);

G_END_DECLS
