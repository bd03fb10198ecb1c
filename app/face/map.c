/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/map.h"

#include "app/face/kernel.h"

#include <stdlib.h>
#include <string.h>

/* The layers that the three networks are made of. Channels stand innermost, so that a row of a
 * window is one run of memory and no layer has to be rearranged before it is multiplied; the map
 * is only given a margin of zeros. */

#define ALIGNMENT 64

KouanFaceMap *
kouan_face_map_new (guint height, guint width, guint channels)
{
  KouanFaceMap *self = g_new (KouanFaceMap, 1);

  *self = (KouanFaceMap){ height, width, channels, NULL };
  self->values = g_malloc0_n (kouan_face_map_size (self), sizeof (float));
  return self;
}

void
kouan_face_map_free (KouanFaceMap *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

/* Returns: how many values there are */
gsize
kouan_face_map_size (const KouanFaceMap *self)
{
  return (gsize)self->height * self->width * self->channels;
}

static float *
aligned_new (gsize count)
{
  gsize size = (count * sizeof (float) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  float *values = aligned_alloc (ALIGNMENT, size);

  g_assert (values != NULL);
  memset (values, 0, size);
  return values;
}

static guint
panel_count (guint outputs)
{
  return (outputs + KOUAN_FACE_LANES - 1) / KOUAN_FACE_LANES;
}

/* @weights: [side][side][inputs][outputs]
 * @bias: (nullable): [outputs]
 *
 * Returns: (transfer full): a copy, arranged for the kernel */
KouanFaceLayer *
kouan_face_layer_new (
  guint side, guint inputs, guint outputs, const float *weights, const float *bias)
{
  KouanFaceLayer *self = g_new (KouanFaceLayer, 1);
  gsize depth = (gsize)side * side * inputs;

  *self = (KouanFaceLayer){ side, inputs, outputs, NULL, NULL };
  self->panels = aligned_new (panel_count (outputs) * depth * KOUAN_FACE_LANES);
  self->bias = g_new0 (float, panel_count (outputs) * KOUAN_FACE_LANES);
  for (gsize i = 0; i < depth; i++)
    for (guint output = 0; output < outputs; output++)
      {
        gsize panel = output / KOUAN_FACE_LANES, lane = output % KOUAN_FACE_LANES;

        self->panels[(panel * depth + i) * KOUAN_FACE_LANES + lane] = weights[i * outputs + output];
      }
  if (bias != NULL)
    memcpy (self->bias, bias, outputs * sizeof (float));
  return self;
}

void
kouan_face_layer_free (KouanFaceLayer *self)
{
  if (self == NULL)
    return;
  free (self->panels);
  g_free (self->bias);
  g_free (self);
}

static KouanFaceKernel
choose_kernel (void)
{
#ifdef KOUAN_FACE_HAS_WIDE
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return kouan_face_kernel_wide;
#endif
  return kouan_face_kernel_plain;
}

/* How a window goes over a map. */
typedef struct
{
  guint height; /* of what comes out */
  guint width;
  guint margin_top;
  guint margin_left;
  guint margin_bottom;
  guint margin_right;
} Walk;

static guint
margin_of (guint size, guint out, guint side, guint stride)
{
  guint covered = (out - 1) * stride + side;

  return covered > size ? covered - size : 0;
}

static Walk
walk_over (const KouanFaceMap *map, guint side, guint stride, KouanFaceEdge edge)
{
  Walk walk = { 0 };
  guint rows, columns;

  if (edge == KOUAN_FACE_INSIDE)
    {
      walk.height = (map->height - side) / stride + 1;
      walk.width = (map->width - side) / stride + 1;
      return walk;
    }
  walk.height = (map->height + stride - 1) / stride;
  walk.width = (map->width + stride - 1) / stride;
  rows = margin_of (map->height, walk.height, side, stride);
  columns = margin_of (map->width, walk.width, side, stride);
  walk.margin_top = rows / 2;
  walk.margin_bottom = rows - walk.margin_top;
  walk.margin_left = columns / 2;
  walk.margin_right = columns - walk.margin_left;
  return walk;
}

static KouanFaceMap *
with_margin (const KouanFaceMap *map, const Walk *walk)
{
  KouanFaceMap *wider
    = kouan_face_map_new (map->height + walk->margin_top + walk->margin_bottom,
                          map->width + walk->margin_left + walk->margin_right, map->channels);
  gsize row = (gsize)map->width * map->channels;

  for (guint y = 0; y < map->height; y++)
    memcpy (wider->values
              + ((gsize)(y + walk->margin_top) * wider->width + walk->margin_left) * map->channels,
            map->values + y * row, row * sizeof (float));
  return wider;
}

/* What is left of a negative sum. */
static float
slope_of (KouanFaceCurve curve)
{
  static const float slopes[]
    = { [KOUAN_FACE_LINEAR] = 1, [KOUAN_FACE_RELU] = 0, [KOUAN_FACE_LEAKY] = 0.1f };

  return slopes[curve];
}

/* Sums of one panel for up to KOUAN_FACE_ROWS places from @first on go where they belong. */
static void
store (
  const float *sums, const KouanFaceLayer *layer, guint panel, float slope, float *out, guint count)
{
  const float *bias = layer->bias + (gsize)panel * KOUAN_FACE_LANES;
  guint lanes = MIN (KOUAN_FACE_LANES, layer->outputs - panel * KOUAN_FACE_LANES);

  out += (gsize)panel * KOUAN_FACE_LANES;
  for (guint place = 0; place < count; place++, sums += KOUAN_FACE_LANES, out += layer->outputs)
    {
      float values[KOUAN_FACE_LANES];

      for (guint lane = 0; lane < KOUAN_FACE_LANES; lane++)
        {
          float value = sums[lane] + bias[lane];

          values[lane] = value > 0 ? value : value * slope;
        }
      memcpy (out, values, lanes * sizeof *out);
    }
}

static void
multiply (const KouanFaceMap *wider,
          const KouanFaceLayer *layer,
          guint stride,
          KouanFaceCurve curve,
          KouanFaceMap *out)
{
  KouanFaceKernel kernel = choose_kernel ();
  gsize step = (gsize)wider->width * wider->channels;
  gsize depth = (gsize)layer->side * layer->side * layer->inputs;
  gsize places = (gsize)out->height * out->width;

  for (gsize first = 0; first < places; first += KOUAN_FACE_ROWS)
    {
      const float *windows[KOUAN_FACE_ROWS];
      guint count = (guint)MIN (KOUAN_FACE_ROWS, places - first);

      for (guint i = 0; i < KOUAN_FACE_ROWS; i++)
        {
          gsize place
            = first + MIN (i, count - 1); /* what is beyond the end is worked out in vain */

          windows[i] = wider->values + place / out->width * stride * step
                       + place % out->width * stride * wider->channels;
        }
      for (guint panel = 0; panel < panel_count (layer->outputs); panel++)
        {
          float sums[KOUAN_FACE_ROWS * KOUAN_FACE_LANES];

          kernel (windows, step, layer->side, layer->side * layer->inputs,
                  layer->panels + panel * depth * KOUAN_FACE_LANES, sums);
          store (sums, layer, panel, slope_of (curve), out->values + first * layer->outputs, count);
        }
    }
}

/* Returns: (transfer full) */
KouanFaceMap *
kouan_face_map_convolve (const KouanFaceMap *self,
                         const KouanFaceLayer *layer,
                         guint stride,
                         KouanFaceEdge edge,
                         KouanFaceCurve curve)
{
  Walk walk = walk_over (self, layer->side, stride, edge);
  g_autoptr (KouanFaceMap) wider = NULL;
  KouanFaceMap *out;

  g_return_val_if_fail (self->channels == layer->inputs, NULL);

  if (walk.margin_bottom > 0 || walk.margin_right > 0) /* which are never less than the others */
    wider = with_margin (self, &walk);
  out = kouan_face_map_new (walk.height, walk.width, layer->outputs);
  multiply (wider != NULL ? wider : self, layer, stride, curve, out);
  return out;
}

/* Each channel by a window of 3 × 3 of its own. @taps: [3][3][channels]
 *
 * Returns: (transfer full) */
KouanFaceMap *
kouan_face_map_filter (const KouanFaceMap *self, const float *taps, guint stride)
{
  Walk walk = walk_over (self, 3, stride, KOUAN_FACE_SAME);
  g_autoptr (KouanFaceMap) wider = with_margin (self, &walk);
  KouanFaceMap *out = kouan_face_map_new (walk.height, walk.width, self->channels);
  gsize channels = self->channels;

  for (guint y = 0; y < out->height; y++)
    for (guint x = 0; x < out->width; x++)
      {
        float *sums = out->values + ((gsize)y * out->width + x) * channels;

        for (guint tap = 0; tap < 9; tap++)
          {
            const float *values
              = wider->values
                + ((gsize)(y * stride + tap / 3) * wider->width + x * stride + tap % 3) * channels;

            for (gsize c = 0; c < channels; c++)
              sums[c] += values[c] * taps[tap * channels + c];
          }
      }
  return out;
}

static void
take_larger (float *best, const float *values, guint channels)
{
  for (guint c = 0; c < channels; c++)
    best[c] = MAX (best[c], values[c]);
}

/* The largest value of each channel in a window, which ends where the map does.
 *
 * Returns: (transfer full) */
KouanFaceMap *
kouan_face_map_largest (const KouanFaceMap *self, guint side, guint stride, KouanFaceEdge edge)
{
  Walk walk = walk_over (self, side, stride, edge);
  KouanFaceMap *out = kouan_face_map_new (walk.height, walk.width, self->channels);
  gsize channels = self->channels;

  for (guint y = 0; y < out->height; y++)
    for (guint x = 0; x < out->width; x++)
      {
        float *best = out->values + ((gsize)y * out->width + x) * channels;
        guint bottom = MIN (y * stride + side, self->height);
        guint right = MIN (x * stride + side, self->width);

        memcpy (best, self->values + ((gsize)y * stride * self->width + x * stride) * channels,
                channels * sizeof (float));
        for (guint row = y * stride; row < bottom; row++)
          for (guint column = x * stride; column < right; column++)
            take_larger (best, self->values + ((gsize)row * self->width + column) * channels,
                         self->channels);
      }
  return out;
}

/* Means of 2 × 2; a last row or column without a fellow is left out.
 *
 * Returns: (transfer full) */
KouanFaceMap *
kouan_face_map_halved (const KouanFaceMap *self)
{
  KouanFaceMap *out = kouan_face_map_new (self->height / 2, self->width / 2, self->channels);
  gsize channels = self->channels;

  for (guint y = 0; y < out->height; y++)
    for (guint x = 0; x < out->width; x++)
      for (guint i = 0; i < 4; i++)
        {
          const float *values
            = self->values + ((gsize)(2 * y + i / 2) * self->width + 2 * x + i % 2) * channels;
          float *sums = out->values + ((gsize)y * out->width + x) * channels;

          for (gsize c = 0; c < channels; c++)
            sums[c] += values[c] / 4;
        }
  return out;
}

/* Returns: (transfer full): one place, the mean of all */
KouanFaceMap *
kouan_face_map_mean (const KouanFaceMap *self)
{
  KouanFaceMap *out = kouan_face_map_new (1, 1, self->channels);
  gsize places = (gsize)self->height * self->width;

  for (gsize place = 0; place < places; place++)
    for (guint c = 0; c < self->channels; c++)
      out->values[c] += self->values[place * self->channels + c] / (float)places;
  return out;
}

/* Adds @other, which may be smaller in every way: it is laid on the upper left, on the first
 * channels. */
void
kouan_face_map_add (KouanFaceMap *self, const KouanFaceMap *other)
{
  g_return_if_fail (other->height <= self->height && other->width <= self->width
                    && other->channels <= self->channels);

  for (guint y = 0; y < other->height; y++)
    for (guint x = 0; x < other->width; x++)
      {
        float *to = self->values + ((gsize)y * self->width + x) * self->channels;
        const float *from = other->values + ((gsize)y * other->width + x) * other->channels;

        for (guint c = 0; c < other->channels; c++)
          to[c] += from[c];
      }
}

void
kouan_face_map_relu (KouanFaceMap *self)
{
  gsize size = kouan_face_map_size (self);

  for (gsize i = 0; i < size; i++)
    self->values[i] = MAX (self->values[i], 0);
}
