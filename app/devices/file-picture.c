/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/file-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* A picture of the station's own, as the two frames that a camera would make of it. These files
 * come with the station and from tests; what a visitor brings is decoded by kouan-pixels and never
 * here. */

#define BYTES_OF_BGRA 4

void
kouan_file_picture_free (KouanFilePicture *self)
{
  if (self == NULL)
    return;
  kouan_frame_unref (self->colour);
  kouan_frame_unref (self->gray);
  g_free (self);
}

static GdkPixbuf *
load_pixbuf (const char *path, int side_px_max, GError **error)
{
  int width;
  int height;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL
      || (width <= side_px_max && height <= side_px_max))
    return gdk_pixbuf_new_from_file (path, error);
  return gdk_pixbuf_new_from_file_at_scale (path, side_px_max, side_px_max, TRUE, error);
}

/* What is transparent lies on white paper. */
static guint8
on_paper (guint8 level, guint8 alpha)
{
  return (guint8)((level * alpha + 255 * (255 - alpha)) / 255);
}

static void
convert_row (const guint8 *from, guint channels, guint width, guint8 *bgra, guint8 *gray)
{
  for (guint x = 0; x < width; x++, from += channels, bgra += BYTES_OF_BGRA)
    {
      guint8 alpha = channels == 4 ? from[3] : 255;

      bgra[0] = on_paper (from[2], alpha);
      bgra[1] = on_paper (from[1], alpha);
      bgra[2] = on_paper (from[0], alpha);
      bgra[3] = 255;
      /* ITU-R BT.601, in 256ths. */
      gray[x] = (guint8)((29 * bgra[0] + 150 * bgra[1] + 77 * bgra[2]) / 256);
    }
}

/**
 * kouan_file_picture_load:
 * @side_px_max: a larger picture is made smaller
 *
 * Returns: (transfer full): or NULL with an error of gdk-pixbuf's or the file system's
 */
KouanFilePicture *
kouan_file_picture_load (const char *path, int side_px_max, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = load_pixbuf (path, side_px_max, error);
  KouanFilePicture *self;
  guint8 *bgra;
  guint8 *gray;
  guint width;
  guint height;

  if (pixbuf == NULL)
    return NULL;
  width = (guint)gdk_pixbuf_get_width (pixbuf);
  height = (guint)gdk_pixbuf_get_height (pixbuf);
  bgra = g_malloc ((gsize)width * height * BYTES_OF_BGRA);
  gray = g_malloc ((gsize)width * height);
  for (guint y = 0; y < height; y++)
    convert_row (gdk_pixbuf_read_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf),
                 (guint)gdk_pixbuf_get_n_channels (pixbuf), width,
                 bgra + (gsize)y * width * BYTES_OF_BGRA, gray + (gsize)y * width);
  self = g_new0 (KouanFilePicture, 1);
  self->colour = kouan_frame_new (g_bytes_new_take (bgra, (gsize)width * height * BYTES_OF_BGRA),
                                  width, height, width * BYTES_OF_BGRA, KOUAN_FRAME_BGRA);
  self->gray = kouan_frame_new (g_bytes_new_take (gray, (gsize)width * height), width, height,
                                width, KOUAN_FRAME_GRAY);
  return self;
}
