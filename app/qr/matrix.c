/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/matrix.h"

#include <qrencode.h>

/* The modules of a QR code (ISO/IEC 18004), for whoever draws them: a picture, the screen or a
 * page. */

G_DEFINE_QUARK (kouan_qr_error, kouan_qr_error)

#define SIZE_OF_VERSION_1 21
#define MODULES_A_VERSION 4

struct _KouanQrMatrix
{
  QRcode *code;
};

static QRecLevel
level_of (KouanQrLevel level)
{
  static const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H };

  return levels[level];
}

/**
 * kouan_qr_matrix_new:
 * @text: UTF-8, not empty
 *
 * The smallest version that holds the text. Runs of digits and of the 45 alphanumeric characters
 * are packed as such, which is what makes Base45 worth its while; everything else goes in as bytes.
 *
 * Returns: (transfer full), or NULL with %KOUAN_QR_ERROR_TOO_LONG
 */
KouanQrMatrix *
kouan_qr_matrix_new (const char *text, KouanQrLevel level, GError **error)
{
  QRcode *code;
  KouanQrMatrix *self;

  g_return_val_if_fail (text != NULL && *text != '\0', NULL);
  g_return_val_if_fail ((guint)level <= KOUAN_QR_LEVEL_H, NULL);

  code = QRcode_encodeString (text, 0, level_of (level), QR_MODE_8, 1);
  if (code == NULL)
    {
      g_set_error (error, KOUAN_QR_ERROR, KOUAN_QR_ERROR_TOO_LONG,
                   "%" G_GSIZE_FORMAT " bytes do not fit a QR code", strlen (text));
      return NULL;
    }
  self = g_new0 (KouanQrMatrix, 1);
  self->code = code;
  return self;
}

void
kouan_qr_matrix_free (KouanQrMatrix *self)
{
  if (self == NULL)
    return;
  QRcode_free (self->code);
  g_free (self);
}

/* Returns: modules a side, 21 to 177, without the quiet zone */
guint
kouan_qr_matrix_get_size (const KouanQrMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint)self->code->width;
}

/* Returns: 1 to 40 */
guint
kouan_qr_matrix_get_version (const KouanQrMatrix *self)
{
  return (kouan_qr_matrix_get_size (self) - SIZE_OF_VERSION_1) / MODULES_A_VERSION + 1;
}

gboolean
kouan_qr_matrix_is_dark (const KouanQrMatrix *self, guint x, guint y)
{
  guint size = kouan_qr_matrix_get_size (self);

  g_return_val_if_fail (x < size && y < size, FALSE);

  return self->code->data[y * size + x] & 1;
}
