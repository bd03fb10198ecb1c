/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/code.h"

/* What was read from a picture. */

KouanQrCode *
kouan_qr_code_new (const void *data, gsize size, int x, int y)
{
  KouanQrCode *self = g_new0 (KouanQrCode, 1);

  self->bytes = g_bytes_new (data, size);
  if (g_utf8_validate_len (data, size, NULL))
    self->text = g_strndup (data, size);
  self->x = x;
  self->y = y;
  return self;
}

void
kouan_qr_code_free (KouanQrCode *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->text);
  g_free (self);
}

/**
 * kouan_qr_code_add:
 * @codes: (element-type KouanQrCode)
 * @code: (transfer full)
 *
 * Returns: %FALSE if one of that content is there already; then @code is dropped
 */
gboolean
kouan_qr_code_add (GPtrArray *codes, KouanQrCode *code)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_bytes_equal (((KouanQrCode *)codes->pdata[i])->bytes, code->bytes))
      {
        kouan_qr_code_free (code);
        return FALSE;
      }
  g_ptr_array_add (codes, code);
  return TRUE;
}
