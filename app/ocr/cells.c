/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/cells.h"

#include <math.h>

#define CAPITAL 0.945f /* height of a capital in pitches: ISO 1073-2, size I at 10 to the inch */
#define LOG_MIN 1e-6f

/* The mean of what falls onto one pixel of the cell, from up to 3 × 3 points. */
static float
sample (const KouanOcrImage *image,
        float x,
        float y,
        const float right[2],
        const float down[2],
        guint points)
{
  float sum = 0;

  if (points == 1)
    return kouan_ocr_image_get (image, x, y);
  for (guint row = 0; row < points; row++)
    for (guint column = 0; column < points; column++)
      {
        float along = ((float)column + 0.5f) / (float)points - 0.5f;
        float across = ((float)row + 0.5f) / (float)points - 0.5f;

        sum += kouan_ocr_image_get (image, x + along * right[0] + across * down[0],
                                    y + along * right[1] + across * down[1]);
      }
  return sum / (float)(points * points);
}

static void
sample_cell (const KouanOcrImage *image,
             const KouanOcrLine *line,
             const KouanOcrPlace *place,
             const KouanOcrSampling *sampling,
             float *cell)
{
  float turn = sampling->upside_down ? -1 : 1;
  float length = sqrtf (1 + line->slope * line->slope);
  float cosine = turn / length, sine = turn * line->slope / length;
  float scale = place->pitch / KOUAN_OCR_CELL_PITCH;
  float height = CLAMP (place->height / (CAPITAL * place->pitch), 0.78f, 1.25f);
  float scale_y = scale * height * (1 + sampling->stretch);
  float right[2] = { scale * cosine, scale * sine };
  float down[2] = { -scale_y * sine, scale_y * cosine };
  guint points = (guint)CLAMP (scale + 0.5f, 1, 3);
  float x = place->x - turn * sampling->shift * place->height * sine;
  float y = place->y + turn * sampling->shift * place->height * cosine;

  for (int row = 0; row < KOUAN_OCR_CELL_HEIGHT; row++)
    for (int column = 0; column < KOUAN_OCR_CELL_WIDTH; column++)
      {
        float along = (float)column + 0.5f - KOUAN_OCR_CELL_WIDTH / 2.f;
        float across = (float)row + 0.5f - KOUAN_OCR_CELL_HEIGHT / 2.f;

        *cell++ = sample (image, x + along * right[0] + across * down[0],
                          y + along * right[1] + across * down[1], right, down, points)
                  / 255;
      }
}

/**
 * kouan_ocr_read_cell:
 * @place: index into the line's places
 * @cell: (out caller-allocates)
 */
void
kouan_ocr_read_cell (const KouanOcrNetwork *network,
                     const KouanOcrImage *image,
                     const KouanOcrLine *line,
                     guint place,
                     const KouanOcrSampling *sampling,
                     KouanOcrCell *cell)
{
  KouanOcrActivity activity;

  g_return_if_fail (place < G_N_ELEMENTS (line->places));

  sample_cell (image, line, &line->places[place], sampling, activity.cell);
  cell->contrast = kouan_ocr_cell_normalise (activity.cell);
  kouan_ocr_network_run (network, &activity);
  for (guint i = 0; i < KOUAN_OCR_N_CLASSES; i++)
    cell->log[i] = logf (activity.probability[i] + LOG_MIN);
}

void
kouan_ocr_cell_blank (KouanOcrCell *cell)
{
  for (guint i = 0; i < KOUAN_OCR_N_CLASSES; i++)
    cell->log[i] = i == KOUAN_OCR_NONE ? 0 : logf (LOG_MIN);
}

guint
kouan_ocr_cell_best (const KouanOcrCell *cell)
{
  guint best = 0;

  for (guint i = 1; i < KOUAN_OCR_N_CHARACTERS; i++)
    if (cell->log[i] > cell->log[best])
      best = i;
  return best;
}
