/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/zbar-scan.h"

#include <string.h>
#include <zbar.h>

/* ZBar, which reads what a code says. Every other kind of bar code is off: on a camera picture they
 * cost time and answer with nonsense. ZBar is told to hand out the bytes as they are, because
 * otherwise it guesses a character set and converts. */

#define QUIET 4        /* modules */
#define LARGE_FROM 101 /* modules a side from which three pixels a module do */

struct _KouanZbarScan
{
  zbar_image_scanner_t *scanner;
};

KouanZbarScan *
kouan_zbar_scan_new (gboolean inverted_too)
{
  KouanZbarScan *self = g_new0 (KouanZbarScan, 1);

  self->scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (self->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_POSITION, 1);
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, inverted_too);
  return self;
}

void
kouan_zbar_scan_free (KouanZbarScan *self)
{
  if (self == NULL)
    return;
  zbar_image_scanner_destroy (self->scanner);
  g_free (self);
}

static KouanQrCode *
code_of (const zbar_symbol_t *symbol)
{
  guint corners = zbar_symbol_get_loc_size (symbol);
  int x = 0, y = 0;

  for (guint i = 0; i < corners; i++)
    {
      x += zbar_symbol_get_loc_x (symbol, i);
      y += zbar_symbol_get_loc_y (symbol, i);
    }
  return kouan_qr_code_new (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol),
                            corners > 0 ? x / (int)corners : 0, corners > 0 ? y / (int)corners : 0);
}

/* Returns: (transfer full) (element-type KouanQrCode): each distinct content once */
GPtrArray *
kouan_zbar_scan_picture (KouanZbarScan *self, const KouanQrPicture *gray)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_qr_code_free);
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (guint)gray->width, (guint)gray->height);
  zbar_image_set_data (image, gray->pixels, (gulong)gray->width * (gulong)gray->height, NULL);
  zbar_scan_image (self->scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    if (zbar_symbol_get_type (symbol) == ZBAR_QRCODE)
      kouan_qr_code_add (codes, code_of (symbol));
  zbar_image_destroy (image);
  return codes;
}

static void
draw_module (KouanQrPicture *picture, guint x, guint y, guint side)
{
  for (guint row = 0; row < side; row++)
    memset (picture->pixels + (y * side + row) * (guint)picture->width + x * side, 0, side);
}

/**
 * kouan_zbar_scan_modules:
 * @modules: @size rows of @size, dark below 0
 *
 * Returns: (transfer full) (nullable): what they say, its place not set
 */
KouanQrCode *
kouan_zbar_scan_modules (KouanZbarScan *self, const gint8 *modules, guint size)
{
  guint side = size >= LARGE_FROM ? 3 : 4, width = (size + 2 * QUIET) * side;
  g_autoptr (KouanQrPicture) picture = kouan_qr_picture_new ((int)width, (int)width);
  g_autoptr (GPtrArray) codes = NULL;

  memset (picture->pixels, 255, (gsize)width * width);
  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      if (modules[y * size + x] < 0)
        draw_module (picture, x + QUIET, y + QUIET, side);
  codes = kouan_zbar_scan_picture (self, picture);
  return codes->len == 1 ? g_ptr_array_steal_index (codes, 0) : NULL;
}
