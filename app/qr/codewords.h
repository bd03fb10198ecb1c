/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/layout.h"

G_BEGIN_DECLS

gboolean kouan_qr_codewords_mend (const KouanQrLayout *layout,
                                  guint format,
                                  const float *lightness,
                                  gint8 *mended) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
