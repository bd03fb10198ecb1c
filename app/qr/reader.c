/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/reader.h"

#include <string.h>
#include <zbar.h>

/* Reads QR codes with ZBar. Every other kind of bar code is off: on a camera picture they cost time
 * and answer with nonsense. ZBar is told to hand out the bytes as they are, because otherwise it
 * guesses a character set and converts. */

/* Larger than any camera or page; keeps width times height far inside ZBar's ints. */
#define SIDE_PX_MAX 16384

struct _KouanQrReader
{
  zbar_image_scanner_t *scanner;
};

void
kouan_qr_code_free (KouanQrCode *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->text);
  g_free (self);
}

KouanQrReader *
kouan_qr_reader_new (void)
{
  KouanQrReader *self = g_new0 (KouanQrReader, 1);

  self->scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (self->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_POSITION, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, 1);
  return self;
}

void
kouan_qr_reader_free (KouanQrReader *self)
{
  if (self == NULL)
    return;
  zbar_image_scanner_destroy (self->scanner);
  g_free (self);
}

static KouanQrCode *
code_new (const zbar_symbol_t *symbol)
{
  KouanQrCode *code = g_new0 (KouanQrCode, 1);
  const char *data = zbar_symbol_get_data (symbol);
  guint length = zbar_symbol_get_data_length (symbol);
  guint corners = zbar_symbol_get_loc_size (symbol);

  code->bytes = g_bytes_new (data, length);
  if (g_utf8_validate_len (data, length, NULL))
    code->text = g_strndup (data, length);
  for (guint i = 0; i < corners; i++)
    {
      code->x += zbar_symbol_get_loc_x (symbol, i);
      code->y += zbar_symbol_get_loc_y (symbol, i);
    }
  if (corners > 0)
    {
      code->x /= (int)corners;
      code->y /= (int)corners;
    }
  return code;
}

static gboolean
is_known (GPtrArray *codes, const KouanQrCode *code)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_bytes_equal (((KouanQrCode *)codes->pdata[i])->bytes, code->bytes))
      return TRUE;
  return FALSE;
}

static guint8 *
pack_rows (const guint8 *gray, guint width, guint height, guint stride)
{
  guint8 *packed = g_malloc ((gsize)width * height);

  for (guint y = 0; y < height; y++)
    memcpy (packed + (gsize)y * width, gray + (gsize)y * stride, width);
  return packed;
}

/**
 * kouan_qr_reader_read:
 * @gray: @height rows of @width bytes, 0 black, 255 white, each row @stride bytes after the last
 *
 * Dark on light, and if nothing is found so, light on dark (a phone in dark mode).
 *
 * Returns: (transfer full) (element-type KouanQrCode): each distinct content once; empty if there
 * is none
 */
GPtrArray *
kouan_qr_reader_read (
  KouanQrReader *self, const guint8 *gray, guint width, guint height, guint stride)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);
  g_autofree guint8 *packed = NULL;
  zbar_image_t *image;

  g_return_val_if_fail (self != NULL && gray != NULL, codes);
  g_return_val_if_fail (width >= 1 && width <= SIDE_PX_MAX && stride >= width, codes);
  g_return_val_if_fail (height >= 1 && height <= SIDE_PX_MAX, codes);

  packed = stride > width ? pack_rows (gray, width, height, stride) : NULL;
  image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, packed != NULL ? packed : gray, (gulong)width * height, NULL);
  zbar_scan_image (self->scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    {
      g_autoptr (KouanQrCode) code = NULL;

      if (zbar_symbol_get_type (symbol) != ZBAR_QRCODE)
        continue;
      code = code_new (symbol);
      if (!is_known (codes, code))
        g_ptr_array_add (codes, g_steal_pointer (&code));
    }
  zbar_image_destroy (image);
  return codes;
}

/* The same for a single picture. */
GPtrArray *
kouan_qr_read (const guint8 *gray, guint width, guint height, guint stride)
{
  g_autoptr (KouanQrReader) reader = kouan_qr_reader_new ();

  return kouan_qr_reader_read (reader, gray, width, height, stride);
}
