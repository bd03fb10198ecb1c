/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/print.h"

#include <math.h>

/* Which way up is a page, and how far from level?
 *
 * Letters of a line stand on one line, whatever their height: seen along the lines, the feet of all
 * letters of a page fall on few places, their heads on more, and their left and right ends
 * anywhere. So the ends of the letters' boxes are thrown onto an axis, for each of the four sides
 * and for a fan of angles (H. Baird, The skew angle of printed documents, 1987, does it for the
 * feet); how bunched they are is the sum of the squares of the counts. The most bunched side is the
 * one they stand on, and its angle is the skew.
 *
 * Chinese characters, capitals and figures are as high as they stand deep, and give nothing to
 * tell head from foot. There the lines' beginnings help, which are straight in a left to right
 * script while their ends are not; that is a hint, worth a question to the person and no more. */

#define FAN_DEGREES 6.0
#define COARSE_DEGREES 0.5
#define FINE_DEGREES 0.1
#define LETTERS_MIN 40
#define TURNED_MIN 1.25 /* sideways against level */
#define LINE 10         /* dots: a line's beginning is looked for in strips of this height */
#define SHARE_OF_BEGINNINGS 0.25
#define BEGINNINGS_MAX 0.10

typedef enum
{
  SIDE_BOTTOM,
  SIDE_LEFT, /* where the feet are after a quarter turn clockwise */
  SIDE_TOP,
  SIDE_RIGHT,
  N_SIDES,
} Side;

/* Of a letter's side: how far along the axis, and beside it. */
static void
place (const KouanLetter *letter, Side side, double *along, double *beside)
{
  switch (side)
    {
    case SIDE_BOTTOM:
    case SIDE_TOP:
      *along = side == SIDE_BOTTOM ? letter->bottom : letter->top;
      *beside = (letter->left + letter->right) / 2.0;
      break;
    case SIDE_LEFT:
    case SIDE_RIGHT:
    case N_SIDES:
      *along = side == SIDE_LEFT ? letter->left : letter->right;
      *beside = -(letter->top + letter->bottom) / 2.0;
      break;
    }
}

static double
bunched (const GArray *letters, Side side, double degrees, guint *counts, guint size)
{
  double slope = tan (degrees * G_PI / 180), sum = 0;

  for (guint i = 0; i < size; i++)
    counts[i] = 0;
  for (guint i = 0; i < letters->len; i++)
    {
      double along, beside;

      place (&g_array_index (letters, KouanLetter, i), side, &along, &beside);
      counts[CLAMP ((int)lrint (along - beside * slope) + (int)size / 4, 0, (int)size - 1)]++;
    }
  for (guint i = 0; i < size; i++)
    sum += (double)counts[i] * counts[i];
  return sum;
}

static double
best_angle (const GArray *letters, Side side, guint *counts, guint size, double *score)
{
  double best = 0, centre;

  *score = 0;
  for (double step = COARSE_DEGREES, reach = FAN_DEGREES; step >= FINE_DEGREES;
       reach = step, step *= FINE_DEGREES / COARSE_DEGREES)
    {
      centre = best;
      for (double degrees = centre - reach; degrees <= centre + reach + step / 2; degrees += step)
        {
          double now = bunched (letters, side, degrees, counts, size);

          if (now <= *score)
            continue;
          *score = now;
          best = degrees;
        }
    }
  return best;
}

/* Returns: above 0 where the lines begin straight on the left, below where they end so */
static double
beginnings (const GArray *letters, guint width, guint height)
{
  guint strips = height / LINE + 1;
  g_autofree guint *first = g_new (guint, strips);
  g_autofree guint *last = g_new0 (guint, strips);
  g_autofree guint *starts = g_new0 (guint, width / 3 + 1);
  g_autofree guint *ends = g_new0 (guint, width / 3 + 1);
  double of_starts = 1, of_ends = 1;

  for (guint i = 0; i < strips; i++)
    first[i] = G_MAXUINT;
  for (guint i = 0; i < letters->len; i++)
    {
      const KouanLetter *letter = &g_array_index (letters, KouanLetter, i);
      guint strip = MIN (strips - 1, (letter->top + letter->bottom) / 2u / LINE);

      first[strip] = MIN (first[strip], letter->left);
      last[strip] = MAX (last[strip], letter->right);
    }
  for (guint i = 0; i < strips; i++)
    if (first[i] != G_MAXUINT)
      {
        starts[MIN (width - 1, first[i]) / 3]++;
        ends[MIN (width - 1, last[i]) / 3]++;
      }
  for (guint i = 0; i <= width / 3; i++)
    {
      of_starts += (double)starts[i] * starts[i];
      of_ends += (double)ends[i] * ends[i];
    }
  return CLAMP (log (of_starts / of_ends) * SHARE_OF_BEGINNINGS, -BEGINNINGS_MAX, BEGINNINGS_MAX);
}

/**
 * kouan_print_direction:
 * @letters: (element-type KouanLetter): of a page of @width * @height dots, about 100 an inch
 * @direction: (out): all 0 where there is too little print to tell
 */
void
kouan_print_direction (const GArray *letters, guint width, guint height, KouanDirection *direction)
{
  guint size = 2 * (width + height) + 1;
  g_autofree guint *counts = g_new (guint, size);
  double scores[N_SIDES], angles[N_SIDES];
  Side foot;

  *direction = (KouanDirection){ .letters = letters->len };
  if (letters->len < LETTERS_MIN)
    return;
  for (Side side = 0; side < N_SIDES; side++)
    angles[side] = best_angle (letters, side, counts, size, &scores[side]);
  foot = scores[SIDE_BOTTOM] >= scores[SIDE_TOP] ? SIDE_BOTTOM : SIDE_TOP;
  if (MAX (scores[SIDE_LEFT], scores[SIDE_RIGHT]) > TURNED_MIN * scores[foot])
    foot = scores[SIDE_LEFT] >= scores[SIDE_RIGHT] ? SIDE_LEFT : SIDE_RIGHT;
  direction->skew_degrees = angles[foot];
  direction->upright = log (scores[foot] / scores[(foot + 2) % N_SIDES]);
  if (foot == SIDE_TOP)
    direction->upright = -direction->upright;
  if (foot == SIDE_TOP || foot == SIDE_BOTTOM)
    direction->upright += beginnings (letters, width, height);
  /* A page whose feet are on its left lies a quarter turn clockwise, and goes back by three. */
  direction->quarter_turns = foot == SIDE_LEFT ? 3 : foot == SIDE_RIGHT ? 1 : 0;
}
