/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sane-image.h"

#include <string.h>

#include "app/pixels/protocol.h"

/* A scanner is a computer with a cable: what it says about its picture is checked before any of it
 * is kept. SANE calls white 255 in colour and gray, and 0 where a pixel is one bit; 16-bit samples
 * are in the machine's own order. */

struct _KouanSaneImage
{
  SANE_Parameters parameters;
  guint lines_max;
  guint lines;         /* that are whole */
  GByteArray *started; /* the one that is not */
};

static guint
channels_of (const SANE_Parameters *parameters)
{
  return parameters->format == SANE_FRAME_RGB ? 3 : 1;
}

static gboolean
is_believable (const SANE_Parameters *parameters)
{
  guint64 bits;

  if (parameters->format != SANE_FRAME_RGB && parameters->format != SANE_FRAME_GRAY)
    return FALSE;
  if (parameters->depth != 8 && parameters->depth != 16
      && !(parameters->depth == 1 && parameters->format == SANE_FRAME_GRAY))
    return FALSE;
  if (parameters->pixels_per_line <= 0 || parameters->pixels_per_line > KOUAN_PIXELS_SIDE_MAX
      || parameters->lines == 0 || parameters->lines > KOUAN_PIXELS_SIDE_MAX)
    return FALSE;
  bits = (guint64)parameters->pixels_per_line * channels_of (parameters) * parameters->depth;
  return parameters->bytes_per_line >= 0 && (guint64)parameters->bytes_per_line >= (bits + 7) / 8
         && parameters->bytes_per_line <= KOUAN_PIXELS_SIDE_MAX * 6 + 64;
}

/**
 * kouan_sane_image_new:
 * @parameters: of the frame that comes; fewer than no lines say that their number is not known yet
 *
 * Returns: (transfer full) (nullable): NULL for a picture that cannot be, or that nobody here can
 * read
 */
KouanSaneImage *
kouan_sane_image_new (const SANE_Parameters *parameters)
{
  KouanSaneImage *self;
  guint lines_max;

  if (!is_believable (parameters))
    return NULL;
  lines_max = MIN (KOUAN_PIXELS_SIDE_MAX, KOUAN_PIXELS_AREA_MAX / parameters->pixels_per_line);
  if (parameters->lines > 0 && (guint)parameters->lines > lines_max)
    return NULL;
  self = g_new0 (KouanSaneImage, 1);
  self->parameters = *parameters;
  self->lines_max = parameters->lines > 0 ? (guint)parameters->lines : lines_max;
  self->started = g_byte_array_new ();
  return self;
}

void
kouan_sane_image_free (KouanSaneImage *self)
{
  g_byte_array_unref (self->started);
  g_free (self);
}

static guint8
sample_at (const KouanSaneImage *self, const guint8 *line, guint index)
{
  guint16 wide;

  switch (self->parameters.depth)
    {
    case 1:
      return line[index / 8] & (0x80 >> index % 8) ? 0 : 255;
    case 16:
      memcpy (&wide, line + (gsize)index * 2, 2);
      return wide >> 8;
    case 8:
    default:
      return line[index];
    }
}

static void
line_to_rgb (const KouanSaneImage *self, const guint8 *line, guint8 *rgb)
{
  guint channels = channels_of (&self->parameters);
  guint width = self->parameters.pixels_per_line;

  if (channels == 3 && self->parameters.depth == 8)
    {
      memcpy (rgb, line, (gsize)width * 3);
      return;
    }
  for (guint i = 0; i < width * 3; i++)
    rgb[i] = sample_at (self, line, channels == 3 ? i : i / 3);
}

static gboolean
append_line (KouanSaneImage *self, GByteArray *rgb)
{
  gsize size = (gsize)self->parameters.pixels_per_line * 3;

  if (self->lines == self->lines_max)
    return FALSE;
  g_byte_array_set_size (rgb, rgb->len + size);
  line_to_rgb (self, self->started->data, rgb->data + rgb->len - size);
  g_byte_array_set_size (self->started, 0);
  self->lines++;
  return TRUE;
}

/**
 * kouan_sane_image_append:
 * @rgb: gets every line that became whole, 3 bytes a pixel
 *
 * Returns: FALSE where the scanner sends more than it said it would
 */
gboolean
kouan_sane_image_append (KouanSaneImage *self, const guint8 *data, gsize size, GByteArray *rgb)
{
  gsize stride = self->parameters.bytes_per_line;

  while (size > 0)
    {
      gsize taken = MIN (size, stride - self->started->len);

      g_byte_array_append (self->started, data, taken);
      data += taken;
      size -= taken;
      if (self->started->len == stride && !append_line (self, rgb))
        return FALSE;
    }
  return TRUE;
}

/* Returns: whether every line is there: half a page is no page */
gboolean
kouan_sane_image_is_whole (const KouanSaneImage *self)
{
  return self->lines > 0 && self->started->len == 0
         && (self->parameters.lines < 0 || self->lines == (guint)self->parameters.lines);
}

/* Returns: how many lines are whole */
guint
kouan_sane_image_lines (const KouanSaneImage *self)
{
  return self->lines;
}
