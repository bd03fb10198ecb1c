/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/specimen.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* What is lost when a picture is kept as JPEG. The library's own way with errors is to end the
 * program, which is what a test wants. */

static unsigned char *
encode (const KouanSpecimen *self, guint quality, unsigned long *size)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, size);
  jpeg.image_width = self->width;
  jpeg.image_height = self->height;
  jpeg.input_components = 1;
  jpeg.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, (int)quality, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = self->pixels + (gsize)jpeg.next_scanline * self->width;

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return data;
}

/* @quality: as libjpeg counts it, 1 to 100 */
void
kouan_specimen_compress (KouanSpecimen *self, guint quality)
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned long size = 0;
  unsigned char *data = encode (self, quality, &size);

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, data, size);
  jpeg_read_header (&jpeg, TRUE);
  jpeg_start_decompress (&jpeg);
  while (jpeg.output_scanline < jpeg.output_height)
    {
      JSAMPROW row = self->pixels + (gsize)jpeg.output_scanline * self->width;

      jpeg_read_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_decompress (&jpeg);
  jpeg_destroy_decompress (&jpeg);
  free (data);
}
