/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* Papers as visitors bring them, drawn here: no file of anybody else's is needed. */

/* A4 at @dpi with printed lines; another @seed has other words on it. */
KouanPage *kouan_test_letter (guint seed, guint dpi);
/* One colour in each quarter, so that a turned picture shows: red, green / blue, white. */
KouanPage *kouan_test_quarters (guint width, guint height);
void kouan_test_assert_quarters (KouanPage *page, guint tolerance);

GBytes *kouan_test_jpeg_gray (guint width, guint height);
GBytes *kouan_test_jpeg_cmyk (guint width, guint height);
GBytes *kouan_test_jpeg_oriented (KouanPage *page, guint orientation);
GBytes *kouan_test_png (KouanPage *page);
GBytes *
kouan_test_png_of (guint width, guint height, int color_type, int depth, gboolean interlaced);
GBytes *kouan_test_png_header (guint width, guint height);
GBytes *kouan_test_tiff (KouanPage *page, guint pages, int compression);
GBytes *kouan_test_webp (KouanPage *page, gboolean transparent);
/* JPEG 2000, lossless; as its file format or as the bare codestream. */
GBytes *kouan_test_jp2 (KouanPage *page, gboolean codestream);
GBytes *kouan_test_heic (KouanPage *page);
GBytes *kouan_test_pdf (guint pages, const char *media_box, const char *contents);
GBytes *kouan_test_pdf_encrypted (void);
GBytes *kouan_test_cut (GBytes *file, gsize size);

G_END_DECLS
