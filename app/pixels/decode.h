/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/pixels/output.h"

G_BEGIN_DECLS

/* Each decoder writes the start frame and the pages of one file, and answers how it ended; it
 * writes no start frame where it refuses before the first page. */
KouanPixelsStatus
kouan_decode_pdf (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_jpeg (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_png (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_tiff (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_webp (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_heic (const guint8 *data, gsize size, const KouanPixelsOptions *options);
KouanPixelsStatus
kouan_decode_jp2 (const guint8 *data, gsize size, const KouanPixelsOptions *options);

G_END_DECLS
