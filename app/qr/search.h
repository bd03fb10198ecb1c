/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/code.h"
#include "app/qr/picture.h"

G_BEGIN_DECLS

/* Keeps what one picture costs to set up. Not for two threads at once. */
typedef struct _KouanQrSearch KouanQrSearch;

KouanQrSearch *kouan_qr_search_new (void) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_search_free (KouanQrSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrSearch, kouan_qr_search_free)

void kouan_qr_search_begin (KouanQrSearch *self, guint budget_ms, gboolean thorough);
void kouan_qr_search_shorten (KouanQrSearch *self, guint budget_ms);
guint kouan_qr_search_look (KouanQrSearch *self,
                            const KouanQrPicture *gray,
                            const KouanQrPicture *split,
                            gboolean light_on_dark,
                            double scale,
                            GPtrArray *codes);
gboolean kouan_qr_search_is_late (const KouanQrSearch *self);

G_END_DECLS
