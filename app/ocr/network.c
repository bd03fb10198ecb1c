/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/network.h"

#include <math.h>
#include <string.h>

/* A small convolutional network (LeCun et al., "Gradient-based learning applied to document
 * recognition", 1998) that says which character of OCR-B a cell shows. 24 × 30 pixels go through
 * 5 × 5 kernels, the larger of each 2 × 2, 3 × 3 kernels, the larger of each 2 × 2, and two dense
 * layers; the softmax of the last one is the probability of each class.
 *
 * The table that is checked in holds each weight in a byte: every output of a layer has a scale of
 * its own, the largest weight being 127. train/ makes it. */

#define MAPS_1 KOUAN_OCR_MAPS_1
#define MAPS_2 KOUAN_OCR_MAPS_2
#define CELL_LIMIT 4.f /* standard deviations */

void
kouan_ocr_network_layers (KouanOcrNetwork *self, KouanOcrLayer layers[KOUAN_OCR_N_LAYERS])
{
  layers[0] = (KouanOcrLayer){ self->kernel1[0], self->bias1, 25, MAPS_1 };
  layers[1] = (KouanOcrLayer){ self->kernel2[0], self->bias2, 9 * MAPS_1, MAPS_2 };
  layers[2] = (KouanOcrLayer){ self->dense1[0], self->bias3, KOUAN_OCR_FLAT, KOUAN_OCR_HIDDEN };
  layers[3]
    = (KouanOcrLayer){ self->dense2[0], self->bias4, KOUAN_OCR_HIDDEN, KOUAN_OCR_N_CLASSES };
}

/* Little endian, whatever the machine is. */
static void
append_float (GByteArray *bytes, float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  g_byte_array_append (bytes, (const guint8 *)&bits, sizeof bits);
}

static float
take_float (const guint8 *bytes)
{
  guint32 bits;
  float value;

  memcpy (&bits, bytes, sizeof bits);
  bits = GUINT32_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static float
largest_weight (const KouanOcrLayer *layer, guint output)
{
  float largest = 1e-6f;

  for (guint i = 0; i < layer->n_inputs; i++)
    largest = MAX (largest, fabsf (layer->weights[i * layer->n_outputs + output]));
  return largest;
}

/* Returns: (transfer full): the weights as Base64: by layer and output the scale, the bias, and a
 * byte for each weight. What is packed is not exactly what is unpacked. */
char *
kouan_ocr_network_pack (KouanOcrNetwork *self)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  KouanOcrLayer layers[KOUAN_OCR_N_LAYERS];

  kouan_ocr_network_layers (self, layers);
  for (guint l = 0; l < KOUAN_OCR_N_LAYERS; l++)
    for (guint output = 0; output < layers[l].n_outputs; output++)
      {
        float scale = largest_weight (&layers[l], output) / 127;

        append_float (bytes, scale);
        append_float (bytes, layers[l].biases[output]);
        for (guint i = 0; i < layers[l].n_inputs; i++)
          {
            float weight = layers[l].weights[i * layers[l].n_outputs + output];
            gint8 byte = (gint8)lrintf (weight / scale);

            g_byte_array_append (bytes, (const guint8 *)&byte, 1);
          }
      }
  return g_base64_encode (bytes->data, bytes->len);
}

static gsize
packed_size (const KouanOcrLayer layers[KOUAN_OCR_N_LAYERS])
{
  gsize size = 0;

  for (guint l = 0; l < KOUAN_OCR_N_LAYERS; l++)
    size += (gsize)layers[l].n_outputs * (2 * sizeof (guint32) + layers[l].n_inputs);
  return size;
}

/* Returns: FALSE, nothing changed, if @base64 is not as long as this network needs */
gboolean
kouan_ocr_network_unpack (KouanOcrNetwork *self, const char *base64)
{
  KouanOcrLayer layers[KOUAN_OCR_N_LAYERS];
  gsize size;
  g_autofree guint8 *bytes = g_base64_decode (base64, &size);
  const guint8 *p = bytes;

  kouan_ocr_network_layers (self, layers);
  if (size != packed_size (layers))
    return FALSE;
  for (guint l = 0; l < KOUAN_OCR_N_LAYERS; l++)
    for (guint output = 0; output < layers[l].n_outputs; output++)
      {
        float scale = take_float (p);

        layers[l].biases[output] = take_float (p + 4);
        p += 8;
        for (guint i = 0; i < layers[l].n_inputs; i++)
          layers[l].weights[i * layers[l].n_outputs + output] = scale * (gint8)*p++;
      }
  return TRUE;
}

/* Returns: (transfer full): free with g_free */
KouanOcrNetwork *
kouan_ocr_network_new (void)
{
  KouanOcrNetwork *self = g_new0 (KouanOcrNetwork, 1);
  gboolean fits = kouan_ocr_network_unpack (self, kouan_ocr_network_table);

  g_assert (fits);
  return self;
}

/* Brightness and contrast are nothing that a character depends on: mean 0, deviation 1, outliers
 * cut. Returns: the deviation as it was */
float
kouan_ocr_cell_normalise (float cell[KOUAN_OCR_CELL_SIZE])
{
  float mean = 0, square = 0, deviation, scale;

  for (guint i = 0; i < KOUAN_OCR_CELL_SIZE; i++)
    mean += cell[i];
  mean /= KOUAN_OCR_CELL_SIZE;
  for (guint i = 0; i < KOUAN_OCR_CELL_SIZE; i++)
    {
      cell[i] -= mean;
      square += cell[i] * cell[i];
    }
  deviation = sqrtf (square / KOUAN_OCR_CELL_SIZE);
  scale = 1 / (deviation + 1e-3f);
  for (guint i = 0; i < KOUAN_OCR_CELL_SIZE; i++)
    {
      float value = cell[i] * scale;

      value = value > CELL_LIMIT ? CELL_LIMIT : value;
      cell[i] = value < -CELL_LIMIT ? -CELL_LIMIT : value;
    }
  return deviation;
}

/* One position of the first layer: 5 × 5 pixels to its maps. */
static inline void
convolve1 (const KouanOcrNetwork *self, const float *pixels, float out[MAPS_1])
{
  memcpy (out, self->bias1, sizeof self->bias1);
  for (guint row = 0; row < 5; row++)
    for (guint column = 0; column < 5; column++)
      {
        float pixel = pixels[row * KOUAN_OCR_CELL_WIDTH + column];
        const float *kernel = self->kernel1[row * 5 + column];

        for (guint map = 0; map < MAPS_1; map++)
          out[map] += pixel * kernel[map];
      }
}

static inline void
convolve2 (const KouanOcrNetwork *self, const float (*below)[MAPS_1], float out[MAPS_2])
{
  memcpy (out, self->bias2, sizeof self->bias2);
  for (guint row = 0; row < 3; row++)
    {
      const float *values = below[row * KOUAN_OCR_POOL1_WIDTH];
      const float (*kernel)[MAPS_2] = self->kernel2 + (gsize)row * 3 * MAPS_1;

      for (guint i = 0; i < 3 * MAPS_1; i++)
        for (guint map = 0; map < MAPS_2; map++)
          out[map] += values[i] * kernel[i][map];
    }
}

static inline void
take_larger (const float *value, guint choice, guint n_maps, float *best, gint32 *chosen)
{
  for (guint map = 0; map < n_maps; map++)
    {
      gboolean larger = value[map] > best[map];

      best[map] = larger ? value[map] : best[map];
      chosen[map] = larger ? (gint32)choice : chosen[map];
    }
}

static void
run_layer1 (const KouanOcrNetwork *self, KouanOcrActivity *activity)
{
  for (guint y = 0; y < KOUAN_OCR_POOL1_HEIGHT; y++)
    for (guint x = 0; x < KOUAN_OCR_POOL1_WIDTH; x++)
      {
        guint at = y * KOUAN_OCR_POOL1_WIDTH + x;

        memset (activity->pool1[at], 0, sizeof activity->pool1[at]);
        for (guint map = 0; map < MAPS_1; map++)
          activity->choice1[at][map] = 4;
        for (guint choice = 0; choice < 4; choice++)
          {
            guint row = 2 * y + choice / 2, column = 2 * x + choice % 2;
            float out[MAPS_1];

            convolve1 (self, activity->cell + row * KOUAN_OCR_CELL_WIDTH + column, out);
            take_larger (out, choice, MAPS_1, activity->pool1[at], activity->choice1[at]);
          }
      }
}

static void
run_layer2 (const KouanOcrNetwork *self, KouanOcrActivity *activity)
{
  for (guint y = 0; y < KOUAN_OCR_POOL2_HEIGHT; y++)
    for (guint x = 0; x < KOUAN_OCR_POOL2_WIDTH; x++)
      {
        guint at = y * KOUAN_OCR_POOL2_WIDTH + x;

        memset (activity->pool2[at], 0, sizeof activity->pool2[at]);
        for (guint map = 0; map < MAPS_2; map++)
          activity->choice2[at][map] = 4;
        for (guint choice = 0; choice < 4; choice++)
          {
            guint row = 2 * y + choice / 2, column = 2 * x + choice % 2;
            float out[MAPS_2];

            convolve2 (self,
                       (const float (*)[MAPS_1])activity->pool1 + (gsize)row * KOUAN_OCR_POOL1_WIDTH
                         + column,
                       out);
            take_larger (out, choice, MAPS_2, activity->pool2[at], activity->choice2[at]);
          }
      }
}

static void
run_dense (const KouanOcrNetwork *self, KouanOcrActivity *activity, float out[KOUAN_OCR_N_CLASSES])
{
  const float *flat = (const float *)activity->pool2; /* all positions and maps in a row */
  float hidden[KOUAN_OCR_HIDDEN];

  memcpy (hidden, self->bias3, sizeof hidden);
  for (guint i = 0; i < KOUAN_OCR_FLAT; i++)
    for (guint j = 0; flat[i] > 0 && j < KOUAN_OCR_HIDDEN; j++)
      hidden[j] += flat[i] * self->dense1[i][j];
  for (guint j = 0; j < KOUAN_OCR_HIDDEN; j++)
    activity->hidden[j] = MAX (hidden[j], 0);
  memcpy (out, self->bias4, sizeof self->bias4);
  for (guint i = 0; i < KOUAN_OCR_HIDDEN; i++)
    for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
      out[j] += activity->hidden[i] * self->dense2[i][j];
}

/* @activity: its cell is filled in and normalised; the rest becomes what the network makes of it */
void
kouan_ocr_network_run (const KouanOcrNetwork *self, KouanOcrActivity *activity)
{
  float out[KOUAN_OCR_N_CLASSES];
  float largest, sum = 0;

  run_layer1 (self, activity);
  run_layer2 (self, activity);
  run_dense (self, activity, out);
  largest = out[0];
  for (guint j = 1; j < KOUAN_OCR_N_CLASSES; j++)
    largest = MAX (largest, out[j]);
  for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
    sum += activity->probability[j] = expf (out[j] - largest);
  for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
    activity->probability[j] /= sum;
}
