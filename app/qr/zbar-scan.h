/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/code.h"
#include "app/qr/picture.h"

G_BEGIN_DECLS

/* Keeps what one picture costs to set up. Not for two threads at once. */
typedef struct _KouanZbarScan KouanZbarScan;

KouanZbarScan *kouan_zbar_scan_new (gboolean inverted_too) G_GNUC_WARN_UNUSED_RESULT;
void kouan_zbar_scan_free (KouanZbarScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanZbarScan, kouan_zbar_scan_free)

GPtrArray *kouan_zbar_scan_picture (KouanZbarScan *self,
                                    const KouanQrPicture *gray) G_GNUC_WARN_UNUSED_RESULT;
KouanQrCode *kouan_zbar_scan_modules (KouanZbarScan *self,
                                      const gint8 *modules,
                                      guint size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
