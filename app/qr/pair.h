/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/triple.h"

G_BEGIN_DECLS

guint kouan_qr_guess_thirds (const KouanQrPicture *split,
                             guint8 dark,
                             const KouanQrFinder *a,
                             const KouanQrFinder *b,
                             KouanQrTriple *triples,
                             guint max);

G_END_DECLS
