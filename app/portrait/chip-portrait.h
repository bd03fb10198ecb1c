/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/pixels.h"
#include "app/lds/dg2.h"

G_BEGIN_DECLS

KouanPage *kouan_chip_portrait_read (KouanPixels *pixels,
                                     GBytes *dg2,
                                     GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
