/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/jpeg.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* Writing JPEG, never reading it: reading is kouan-pixels' work. Colour is kept; the tables are
 * fitted to the page, which takes 5 to 10 % off a page of print for half as much time again. */

#define QUALITY_WITH_FULL_COLOUR                                                                   \
  90 /* below it colour has half the resolution, as in every camera */

G_DEFINE_BOXED_TYPE (KouanJpeg, kouan_jpeg, kouan_jpeg_ref, kouan_jpeg_unref)

/* What libjpeg calls an error can only be memory here: the sides were checked when the page was
 * made. */
static void
on_error (j_common_ptr jpeg)
{
  char message[JMSG_LENGTH_MAX];

  jpeg->err->format_message (jpeg, message);
  g_error ("writing a JPEG: %s", message);
}

static void
set_up (j_compress_ptr jpeg, const KouanPage *page, guint quality)
{
  jpeg->image_width = page->width;
  jpeg->image_height = page->height;
  jpeg->input_components = 3;
  jpeg->in_color_space = JCS_RGB;
  jpeg_set_defaults (jpeg);
  jpeg_set_quality (jpeg, quality, TRUE);
  jpeg->optimize_coding = TRUE;
  if (quality >= QUALITY_WITH_FULL_COLOUR)
    jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = 1;
  jpeg->density_unit = 1; /* an inch */
  jpeg->X_density = jpeg->Y_density = page->dpi;
}

/**
 * kouan_jpeg_encode:
 * @quality: 1 to 100 as libjpeg counts it
 *
 * Returns: (transfer full): the same bytes for the same page, always
 */
KouanJpeg *
kouan_jpeg_encode (KouanPage *page, guint quality)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  const guint8 *pixels = g_bytes_get_data (page->pixels, NULL);
  g_autoptr (GBytes) bytes = NULL;
  unsigned char *data = NULL;
  unsigned long size = 0;

  g_return_val_if_fail (quality >= 1 && quality <= 100, NULL);
  g_return_val_if_fail (page->width <= JPEG_MAX_DIMENSION && page->height <= JPEG_MAX_DIMENSION,
                        NULL);

  jpeg.err = jpeg_std_error (&errors);
  errors.error_exit = on_error;
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  set_up (&jpeg, page, quality);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = (JSAMPROW)(pixels + (gsize)jpeg.next_scanline * page->width * 3);

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  bytes = g_bytes_new_with_free_func (data, size, free, data);
  return kouan_jpeg_new (page->width, page->height, page->dpi, bytes);
}

/**
 * kouan_jpeg_new:
 * @bytes: (transfer none) (nullable): a page that kouan_jpeg_encode () wrote, with the sides that
 * it was written with
 *
 * For pages that come back from a draft.
 */
KouanJpeg *
kouan_jpeg_new (guint width, guint height, guint dpi, GBytes *bytes)
{
  KouanJpeg *self;

  g_return_val_if_fail (width > 0 && height > 0 && dpi > 0, NULL);

  self = g_atomic_rc_box_new (KouanJpeg);
  self->width = width;
  self->height = height;
  self->dpi = dpi;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return self;
}

KouanJpeg *
kouan_jpeg_ref (KouanJpeg *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_clear_pointer (&((KouanJpeg *)data)->bytes, g_bytes_unref);
}

void
kouan_jpeg_unref (KouanJpeg *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
