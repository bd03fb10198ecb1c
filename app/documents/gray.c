/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/gray.h"

/**
 * kouan_gray_new:
 * @side_max: pixels that the longer side may have; a smaller page stays as it is
 *
 * Returns: (transfer full): the page's brightness as the eye weighs it (ITU-R BT.601), row by row
 */
KouanGray *
kouan_gray_new (KouanPage *page, guint side_max)
{
  g_autoptr (KouanPage) small = kouan_page_thumbnail (page, side_max);
  const guint8 *rgb = g_bytes_get_data (small->pixels, NULL);
  gsize count = (gsize)small->width * small->height;
  KouanGray *self = g_malloc (sizeof *self + count);

  self->width = small->width;
  self->height = small->height;
  for (gsize i = 0; i < count; i++, rgb += 3)
    self->data[i] = (guint8)((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2] + 128) >> 8);
  return self;
}
