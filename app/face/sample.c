/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/sample.h"

/* A part of a picture as the square that a network sees. The longer side of the part fills the
 * square, and what is beside the shorter one is black. Beyond the picture its edge goes on. A
 * larger picture is made smaller by the mean of up to nine pixels, so that it does not turn to
 * noise; a smaller one is made larger between its pixels.
 *
 * Columns and rows are looked up once each: both ways are the same for all places of a line. */

#define SAMPLES_MAX 3 /* a side */

/* Where a sample of one direction lies. */
typedef struct
{
  gsize pixel;
  float beyond; /* how much of the next pixel */
  gboolean inside;
} Sample;

typedef struct
{
  guint side;
  guint samples; /* a place */
  gboolean between;
} Raster;

/* @from, @length: of the box; @before: what is black before it; @size: of the picture */
static Sample *
look_up (const Raster *raster, double scale, double from, double length, double before, guint size)
{
  Sample *samples = g_new0 (Sample, raster->side * raster->samples);

  for (guint i = 0; i < raster->side * raster->samples; i++)
    {
      double at = (i + 0.5) / raster->samples * scale - before;
      double pixel = CLAMP (from + at - (raster->between ? 0.5 : 0), 0, size - 1.001);

      samples[i].inside = at >= 0 && at < length;
      samples[i].pixel = (gsize)pixel;
      samples[i].beyond = raster->between ? (float)(pixel - (double)samples[i].pixel) : 0;
    }
  return samples;
}

static void
blend (const guint8 *upper, const guint8 *lower, float right, float below, float out[static 3])
{
  for (guint c = 0; c < 3; c++)
    {
      float high = upper[c] + (upper[c + 3] - upper[c]) * right;
      float low = lower[c] + (lower[c + 3] - lower[c]) * right;

      out[c] = high + (low - high) * below;
    }
}

static void
average (const KouanFacePicture *picture,
         const Raster *raster,
         const Sample *columns,
         const Sample *rows,
         float out[static 3])
{
  guint sums[3] = { 0 };

  for (guint y = 0; y < raster->samples; y++)
    for (guint x = 0; x < raster->samples; x++)
      if (rows[y].inside && columns[x].inside)
        {
          const guint8 *rgb
            = picture->rgb + (rows[y].pixel * picture->width + columns[x].pixel) * 3;

          for (guint c = 0; c < 3; c++)
            sums[c] += rgb[c];
        }
  for (guint c = 0; c < 3; c++)
    out[c] = (float)sums[c] / (float)(raster->samples * raster->samples);
}

static void
fill (const KouanFacePicture *picture,
      const Raster *raster,
      const Sample *columns,
      const Sample *rows,
      KouanFaceMap *map)
{
  gsize line = (gsize)picture->width * 3;

  for (guint y = 0; y < raster->side; y++)
    for (guint x = 0; x < raster->side; x++)
      {
        float *value = map->values + ((gsize)y * raster->side + x) * 3;
        const Sample *column = columns + x * raster->samples, *row = rows + y * raster->samples;
        const guint8 *rgb = picture->rgb + row->pixel * line + column->pixel * 3;

        if (!raster->between)
          average (picture, raster, column, row, value);
        else if (row->inside && column->inside)
          blend (rgb, rgb + line, column->beyond, row->beyond, value);
      }
}

/**
 * kouan_face_sample:
 * @picture: at least 2 × 2 pixels
 * @side: of the square
 * @centred: black on both sides of what is shorter, else only after it
 * @mean: what is taken off R, G and B
 *
 * Returns: (transfer full): three channels, in 255ths
 */
KouanFaceMap *
kouan_face_sample (const KouanFacePicture *picture,
                   const KouanFaceBox *box,
                   guint side,
                   gboolean centred,
                   const float mean[static 3])
{
  double longer = MAX (box->width, box->height);
  double scale = longer / side;
  double before = centred ? (longer - box->width) / 2 : 0;
  double above = centred ? (longer - box->height) / 2 : 0;
  Raster raster = { side, scale > 1.5 ? (guint)CLAMP (scale + 0.5, 2, SAMPLES_MAX) : 1, FALSE };
  KouanFaceMap *map = kouan_face_map_new (side, side, 3);
  g_autofree Sample *columns = NULL;
  g_autofree Sample *rows = NULL;

  raster.between = raster.samples == 1;
  columns = look_up (&raster, scale, box->left, box->width, before, picture->width);
  rows = look_up (&raster, scale, box->top, box->height, above, picture->height);
  fill (picture, &raster, columns, rows, map);
  for (gsize i = 0; i < kouan_face_map_size (map); i++)
    map->values[i] = (map->values[i] - mean[i % 3]) / 255;
  return map;
}
