/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A gray picture whose rows follow each other without padding, 0 black, 255 white. Pixel (x, y)
 * covers the square from (x, y) to (x + 1, y + 1): its middle is at (x + 0.5, y + 0.5). */
typedef struct
{
  guint8 *pixels;
  int width;
  int height;
} KouanQrPicture;

KouanQrPicture *kouan_qr_picture_new (int width, int height) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_picture_free (KouanQrPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanQrPicture, kouan_qr_picture_free)

KouanQrPicture *kouan_qr_picture_halve (const KouanQrPicture *self) G_GNUC_WARN_UNUSED_RESULT;
KouanQrPicture *kouan_qr_picture_double (const KouanQrPicture *self) G_GNUC_WARN_UNUSED_RESULT;
KouanQrPicture *kouan_qr_picture_soften (const KouanQrPicture *self) G_GNUC_WARN_UNUSED_RESULT;
KouanQrPicture *kouan_qr_picture_split (const KouanQrPicture *self,
                                        int window_px,
                                        double margin,
                                        gboolean light_on_dark) G_GNUC_WARN_UNUSED_RESULT;

double kouan_qr_picture_sample (const KouanQrPicture *self, double x, double y);

G_END_DECLS
