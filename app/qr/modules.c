/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/modules.h"

#include <math.h>
#include <string.h>

/* How light each module is, and what makes it clearer.
 *
 * Blur, whether out of focus or by motion in whatever direction, mixes each module with its
 * neighbours by the same weights all over the code. Every code shows a few hundred modules whose
 * colours the standard fixes, as a modem's line begins with a sequence that both ends know. So the
 * weights that undo the mixing are learnt from these, as a modem learns to undo its line's echo
 * (Lucky, Automatic Equalization for Digital Communication, 1965): those of the 5 by 5 modules
 * around one that come nearest, by least squares, to what the known ones must be. A second time the
 * modules that came out clear count as known too. The direction of a motion need not be found. */

#define AROUND KOUAN_QR_SAMPLED_AROUND
#define TAPS 25
#define UNKNOWNS (TAPS + 1) /* and a constant */
#define RESTRAINT 0.01      /* of each weight towards leaving things as they are */
#define CLEAR 0.35          /* lightness from which a guess counts as known */
#define LEVEL_RADIUS 5      /* modules */
#define SAMPLES_MAX 5       /* across a module */

static guint
stride_of (guint size)
{
  return size + 2 * AROUND;
}

/* Mean over the inner part of a module: as many samples as it has pixels there. */
static float
sample_module (const KouanQrGrid *grid, double x, double y, guint samples)
{
  double sum = 0;

  if (samples <= 1)
    return (float)kouan_qr_grid_light (grid, x, y);
  for (guint i = 0; i < samples; i++)
    for (guint k = 0; k < samples; k++)
      sum += kouan_qr_grid_light (grid, x + 0.6 * ((i + 0.5) / samples - 0.5),
                                  y + 0.6 * ((k + 0.5) / samples - 0.5));
  return (float)(sum / (samples * samples));
}

/**
 * kouan_qr_modules_sample:
 *
 * Returns: (transfer full): lightness of the modules and of %KOUAN_QR_SAMPLED_AROUND more on each
 * side, row by row
 */
float *
kouan_qr_modules_sample (const KouanQrGrid *grid)
{
  guint stride = stride_of (grid->layout->size);
  float *sampled = g_new (float, stride *stride);
  double module_px = kouan_qr_grid_module_px (grid);
  guint samples = (guint)CLAMP (module_px * 0.55, 1, SAMPLES_MAX);

  for (guint y = 0; y < stride; y++)
    for (guint x = 0; x < stride; x++)
      sampled[y * stride + x] = sample_module (grid, x + 0.5 - AROUND, y + 0.5 - AROUND, samples);
  return sampled;
}

/* Takes from each module the mean around it, so that shadow and glare do not decide. Dark and light
 * are as frequent in any part of a code, which is what its masks are for. */
void
kouan_qr_modules_level (float *sampled, guint size)
{
  guint stride = stride_of (size);
  g_autofree double *sums = g_new0 (double, (stride + 1) * (stride + 1));

  for (guint y = 0; y < stride; y++)
    for (guint x = 0; x < stride; x++)
      sums[(y + 1) * (stride + 1) + x + 1]
        = sampled[y * stride + x] + sums[y * (stride + 1) + x + 1]
          + sums[(y + 1) * (stride + 1) + x] - sums[y * (stride + 1) + x];
  for (guint y = AROUND; y < stride - AROUND; y++)
    for (guint x = AROUND; x < stride - AROUND; x++)
      {
        guint left = MAX (x, LEVEL_RADIUS + AROUND) - LEVEL_RADIUS;
        guint top = MAX (y, LEVEL_RADIUS + AROUND) - LEVEL_RADIUS;
        guint right = MIN (x + LEVEL_RADIUS + 1, stride - AROUND);
        guint bottom = MIN (y + LEVEL_RADIUS + 1, stride - AROUND);
        double sum = sums[bottom * (stride + 1) + right] - sums[top * (stride + 1) + right]
                     - sums[bottom * (stride + 1) + left] + sums[top * (stride + 1) + left];

        sampled[y * stride + x] -= (float)(sum / ((right - left) * (bottom - top)));
      }
}

/* Without what lies around the code. */
void
kouan_qr_modules_crop (const float *sampled, guint size, float *lightness)
{
  guint stride = stride_of (size);

  for (guint y = 0; y < size; y++)
    memcpy (lightness + y * size, sampled + (y + AROUND) * stride + AROUND,
            size * sizeof *lightness);
}

/* The 25 samples around a module and the constant. */
static void
gather (const float *sampled, guint stride, guint x, guint y, double taps[UNKNOWNS])
{
  for (guint row = 0; row < 5; row++)
    for (guint column = 0; column < 5; column++)
      taps[row * 5 + column] = sampled[(y + row) * stride + x + column];
  taps[TAPS] = 1;
}

static void
learn (double normal[UNKNOWNS][UNKNOWNS + 1], const double taps[UNKNOWNS], double target)
{
  for (guint i = 0; i < UNKNOWNS; i++)
    {
      for (guint k = i; k < UNKNOWNS; k++)
        normal[i][k] += taps[i] * taps[k];
      normal[i][UNKNOWNS] += taps[i] * target;
    }
}

static void
learn_marks (double normal[UNKNOWNS][UNKNOWNS + 1],
             const float *sampled,
             const KouanQrLayout *layout,
             guint *count)
{
  double taps[UNKNOWNS];

  for (guint i = 0; i < layout->n_marks; i++)
    {
      const KouanQrMark *mark = layout->marks + i;

      gather (sampled, stride_of (layout->size), mark->x, mark->y, taps);
      learn (normal, taps, mark->light);
    }
  *count += layout->n_marks;
}

static void
learn_guesses (double normal[UNKNOWNS][UNKNOWNS + 1],
               const float *sampled,
               const float *guesses,
               const KouanQrLayout *layout,
               guint *count)
{
  double taps[UNKNOWNS];

  for (guint i = 0; i < layout->n_places; i++)
    {
      KouanQrPlace place = layout->places[i];
      float guess = guesses[place.y * layout->size + place.x];

      if (fabsf (guess) < CLEAR)
        continue;
      gather (sampled, stride_of (layout->size), place.x, place.y, taps);
      learn (normal, taps, guess < 0 ? -1 : 1);
      (*count)++;
    }
}

/* Fills in the lower half, holds the weights back, and solves. */
static gboolean
find_weights (double normal[UNKNOWNS][UNKNOWNS + 1], guint count)
{
  double restraint = RESTRAINT * count;

  for (guint i = 0; i < UNKNOWNS; i++)
    {
      for (guint k = 0; k < i; k++)
        normal[i][k] = normal[k][i];
      normal[i][i] += restraint;
    }
  normal[TAPS / 2][UNKNOWNS] += restraint;
  return kouan_qr_solve (&normal[0][0], UNKNOWNS);
}

/**
 * kouan_qr_modules_sharpen:
 * @lightness: size rows of size; with @by_guess, the answer of an earlier call as well
 * @by_guess: learn from the clear ones of these too
 *
 * Undoes blur.
 *
 * Returns: %FALSE if there is nothing to learn
 */
gboolean
kouan_qr_modules_sharpen (const float *sampled,
                          const KouanQrLayout *layout,
                          float *lightness,
                          gboolean by_guess)
{
  double normal[UNKNOWNS][UNKNOWNS + 1] = { 0 }, taps[UNKNOWNS];
  guint count = 0;

  learn_marks (normal, sampled, layout, &count);
  if (by_guess)
    learn_guesses (normal, sampled, lightness, layout, &count);
  if (!find_weights (normal, count))
    return FALSE;
  for (guint y = 0; y < layout->size; y++)
    for (guint x = 0; x < layout->size; x++)
      {
        double sum = 0;

        gather (sampled, stride_of (layout->size), x, y, taps);
        for (guint i = 0; i < UNKNOWNS; i++)
          sum += taps[i] * normal[i][UNKNOWNS];
        lightness[y * layout->size + x] = (float)sum;
      }
  return TRUE;
}
