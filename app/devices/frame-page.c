/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/frame-page.h"

/**
 * kouan_page_new_for_frame:
 * @frame: %KOUAN_FRAME_BGRA
 *
 * For worker threads: a still has many megapixels.
 *
 * Returns: (transfer full): its pixels, of a paper whose size nobody knows
 */
KouanPage *
kouan_page_new_for_frame (const KouanFrame *frame)
{
  gsize size = (gsize)frame->width * frame->height * 3;
  guint8 *rgb = g_malloc (size), *to = rgb;
  g_autoptr (GBytes) bytes = NULL;

  for (guint y = 0; y < frame->height; y++)
    {
      const guint8 *from = kouan_frame_get_pixels (frame) + (gsize)y * frame->stride;

      for (guint x = 0; x < frame->width; x++, from += 4, to += 3)
        {
          to[0] = from[2];
          to[1] = from[1];
          to[2] = from[0];
        }
    }
  bytes = g_bytes_new_take (rgb, size);
  return kouan_page_new (frame->width, frame->height, 0, bytes);
}
