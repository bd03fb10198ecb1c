/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/train/sample.h"

#include "app/ocr/train/canvas.h"

#include <math.h>

/* One cell as a camera could have seen it. A character and its neighbours are printed, not quite
 * straight, not quite where they belong, with the ribbon, the laser or the dots of some printer, on
 * paper with or without security print; then the picture is blurred, lit, compressed and taken at
 * some resolution, and sampled as the reader samples it. A sample of the class NONE shows what the
 * reader meets beside the characters: paper, the gap between two of them, other print. */

#define FILLER 36
#define NOBODY G_MAXUINT

/* How the characters lie. Lengths are in distances from character to character. */
typedef struct
{
  const guint8 *shapes[3]; /* (nullable): left, middle, right */
  float offsets[3];        /* by which each is off sideways */
  float cosine, sine, shear;
  float scale_x, scale_y;
  float shift_x, shift_y;
  float ragged; /* how far edges wander */
  float dots;   /* a printer's dots in a distance; 0: none */
  float phases[4];
} Print;

typedef struct
{
  float brightness, slope_x, slope_y;
  float waves[2]; /* how strong, how sharp */
  float frequency_x, frequency_y, phase, bend;
} Paper;

static const guint8 *
choose_shape (const KouanOcrGlyphs *glyphs, KouanOcrRandom *random, guint font, guint weight)
{
  if (kouan_ocr_random_chance (random, 0.06f))
    return NULL;
  return kouan_ocr_glyphs_get (glyphs, font, weight,
                               kouan_ocr_random_chance (random, 0.35f)
                                 ? FILLER
                                 : kouan_ocr_random_below (random, KOUAN_OCR_N_CHARACTERS));
}

static void
choose_print (const KouanOcrGlyphs *glyphs,
              KouanOcrRandom *random,
              guint character,
              float severity,
              Print *print)
{
  guint font = kouan_ocr_random_below (random, kouan_ocr_glyphs_count_fonts (glyphs));
  guint weight = kouan_ocr_random_below (random, KOUAN_OCR_N_WEIGHTS);
  float angle = kouan_ocr_random_normal (random) * 0.035f * severity;
  float size = kouan_ocr_random_between (random, 0.90f, 1.09f);

  for (guint i = 0; i < 3; i++)
    {
      print->shapes[i] = choose_shape (glyphs, random, font, weight);
      print->offsets[i] = kouan_ocr_random_normal (random) * 0.03f;
    }
  print->shapes[1]
    = character != NOBODY ? kouan_ocr_glyphs_get (glyphs, font, weight, character) : NULL;
  print->cosine = cosf (angle);
  print->sine = sinf (angle);
  print->shear = kouan_ocr_random_normal (random) * 0.045f * severity;
  print->scale_x = size * kouan_ocr_random_between (random, 0.93f, 1.07f);
  print->scale_y = size * kouan_ocr_random_between (random, 0.84f, 1.13f);
  print->shift_x = kouan_ocr_random_normal (random) * 0.05f * severity;
  print->shift_y = kouan_ocr_random_normal (random) * 0.055f * severity;
  print->ragged = kouan_ocr_random_chance (random, 0.2f)
                    ? kouan_ocr_random_between (random, 0.01f, 0.045f) * severity
                    : 0;
  print->dots
    = kouan_ocr_random_chance (random, 0.08f) ? kouan_ocr_random_between (random, 7, 14) : 0;
  for (guint i = 0; i < 4; i++)
    print->phases[i] = kouan_ocr_random_between (random, 0, 6.2831853f);
}

/* Nothing that could be read: the ways in which a cell can miss its character. */
static void
spoil_print (KouanOcrRandom *random, Print *print)
{
  float side = kouan_ocr_random_chance (random, 0.5f) ? 1 : -1;

  switch (kouan_ocr_random_below (random, 6))
    {
    case 0: /* between two characters */
    case 1:
      print->shift_x = side * kouan_ocr_random_between (random, 0.38f, 0.5f);
      break;
    case 2: /* above or below the line */
      print->shift_y = side * kouan_ocr_random_between (random, 0.55f, 0.9f);
      break;
    case 3: /* other print, larger */
      print->scale_x = print->scale_y = kouan_ocr_random_between (random, 1.7f, 2.8f);
      break;
    case 4: /* or smaller */
      print->scale_x = print->scale_y = kouan_ocr_random_between (random, 0.3f, 0.5f);
      print->shift_y = kouan_ocr_random_between (random, -0.4f, 0.4f);
      break;
    default: /* paper */
      print->shapes[0] = print->shapes[1] = print->shapes[2] = NULL;
      break;
    }
}

static float
wander (const Print *print, float x, float y, guint phase)
{
  return print->ragged
         * (sinf (x * 17 + print->phases[phase]) * cosf (y * 13 + print->phases[phase + 1])
            + sinf (x * 31 - y * 23 + print->phases[phase + 2]));
}

/* Returns: how much ink is @x to the right of and @y below the middle of the cell, 0 to 1 */
static float
ink_at (const Print *print, float x, float y)
{
  float along = x * print->cosine + y * print->sine - print->shift_x;
  float across = y * print->cosine - x * print->sine - print->shift_y;
  const guint8 *shape;
  float slot, ink;
  int column, row;

  along += print->shear * across;
  if (print->ragged > 0)
    {
      along += wander (print, x, y, 0);
      across += wander (print, y, x, 1);
    }
  slot = rintf (along);
  if (slot < -1 || slot > 1)
    return 0;
  shape = print->shapes[(int)slot + 1];
  if (shape == NULL)
    return 0;
  along = (along - slot - print->offsets[(int)slot + 1]) / print->scale_x;
  column = (int)(along * KOUAN_OCR_GLYPH_PITCH + KOUAN_OCR_GLYPH_WIDTH / 2);
  row = (int)(across / print->scale_y * KOUAN_OCR_GLYPH_PITCH + KOUAN_OCR_GLYPH_HEIGHT / 2);
  if (column < 0 || column >= KOUAN_OCR_GLYPH_WIDTH || row < 0 || row >= KOUAN_OCR_GLYPH_HEIGHT)
    return 0;
  ink = (float)shape[row * KOUAN_OCR_GLYPH_WIDTH + column] / 255;
  if (print->dots > 0
      && cosf (x * print->dots * 6.2831853f + print->phases[0])
             * cosf (y * print->dots * 6.2831853f + print->phases[1])
           < -0.1f)
    ink *= 0.25f;
  return ink;
}

static void
choose_paper (KouanOcrRandom *random, float severity, Paper *paper)
{
  paper->brightness = kouan_ocr_random_between (random, 0.45f, 1);
  paper->slope_x = kouan_ocr_random_normal (random) * 0.08f * severity;
  paper->slope_y = kouan_ocr_random_normal (random) * 0.08f * severity;
  paper->waves[0] = kouan_ocr_random_chance (random, 0.5f)
                      ? kouan_ocr_random_between (random, 0, 0.22f) * severity
                      : 0;
  paper->waves[1] = kouan_ocr_random_chance (random, 0.5f) ? 1 : 6;
  paper->frequency_x = kouan_ocr_random_between (random, -14, 14);
  paper->frequency_y = kouan_ocr_random_between (random, 1, 18);
  paper->phase = kouan_ocr_random_between (random, 0, 6.2831853f);
  paper->bend = kouan_ocr_random_between (random, 0, 3);
}

/* Lines of security print are waves; narrow ones where they are sharp. */
static float
paper_at (const Paper *paper, float x, float y)
{
  float value = paper->brightness + paper->slope_x * x + paper->slope_y * y;
  float wave;

  if (paper->waves[0] <= 0)
    return value;
  wave = sinf (paper->frequency_x * x + paper->frequency_y * y
               + paper->bend * sinf (2 * x - y + paper->phase) + paper->phase);
  if (paper->waves[1] > 1)
    wave = wave > 0 ? -wave * wave * wave : 0;
  return value + paper->waves[0] * wave;
}

static void
put_on_canvas (const Print *print,
               const Paper *paper,
               float contrast,
               float pitch,
               float phase_x,
               float phase_y,
               KouanOcrCanvas *canvas)
{
  static const float quarters[4][2]
    = { { -0.25f, -0.25f }, { 0.25f, 0.25f }, { 0.25f, -0.25f }, { -0.25f, 0.25f } };
  guint n_quarters = pitch > 14 ? 2 : 4;

  for (guint row = 0; row < canvas->height; row++)
    for (guint column = 0; column < canvas->width; column++)
      {
        float x = (float)column - (float)canvas->width / 2 + phase_x;
        float y = (float)row - (float)canvas->height / 2 + phase_y;
        float ink = 0;

        for (guint i = 0; i < n_quarters; i++)
          ink += ink_at (print, (x + quarters[i][0]) / pitch, (y + quarters[i][1]) / pitch);
        canvas->pixels[row * canvas->width + column]
          = paper_at (paper, x / pitch, y / pitch) - contrast * ink / (float)n_quarters;
      }
}

/* A printed rule, or the edge of the document, above or below the line. */
static void
add_rule (KouanOcrRandom *random, float pitch, KouanOcrCanvas *canvas)
{
  float distance = kouan_ocr_random_between (random, 0.52f, 0.75f) * pitch;
  gboolean below = kouan_ocr_random_chance (random, 0.5f);
  gboolean edge = kouan_ocr_random_chance (random, 0.5f);
  float shade = kouan_ocr_random_between (random, 0, 1);

  for (guint row = 0; row < canvas->height; row++)
    {
      float y = ((float)row - (float)canvas->height / 2) * (below ? 1 : -1) - distance;

      for (guint column = 0; y > 0 && (edge || y < 0.08f * pitch) && column < canvas->width;
           column++)
        canvas->pixels[row * canvas->width + column] = shade;
    }
}

/* A line of security print, or a scratch, across the character. */
static void
add_stroke (KouanOcrRandom *random, float pitch, KouanOcrCanvas *canvas)
{
  float angle = kouan_ocr_random_between (random, 0, 3.1415927f);
  float normal_x = sinf (angle), normal_y = cosf (angle);
  float distance = kouan_ocr_random_between (random, -0.6f, 0.6f) * pitch;
  float width = kouan_ocr_random_between (random, 0.02f, 0.06f) * pitch;
  float shade = kouan_ocr_random_between (random, 0.3f, 1.1f);

  for (guint row = 0; row < canvas->height; row++)
    for (guint column = 0; column < canvas->width; column++)
      {
        float x = (float)column - (float)canvas->width / 2;
        float y = (float)row - (float)canvas->height / 2;
        float away = fabsf (x * normal_x + y * normal_y - distance);
        float share = CLAMP (width - away + 0.5f, 0.f, 1.f);

        canvas->pixels[row * canvas->width + column] *= 1 - share * (1 - shade);
      }
}

static void
add_speck (KouanOcrRandom *random, KouanOcrCanvas *canvas)
{
  guint left = kouan_ocr_random_below (random, canvas->width);
  guint top = kouan_ocr_random_below (random, canvas->height);
  guint width = 1 + kouan_ocr_random_below (random, 4),
        height = 1 + kouan_ocr_random_below (random, 4);
  float shade = kouan_ocr_random_chance (random, 0.5f) ? 0 : 1;

  for (guint y = top; y < MIN (top + height, canvas->height); y++)
    for (guint x = left; x < MIN (left + width, canvas->width); x++)
      canvas->pixels[y * canvas->width + x] = shade;
}

static void
degrade (KouanOcrRandom *random, float severity, float pitch, KouanOcrCanvas *canvas)
{
  float sigma = kouan_ocr_random_between (random, 0.2f, 1.1f) * severity;
  float noise = kouan_ocr_random_between (random, 0, 0.11f) * severity;

  if (kouan_ocr_random_chance (random, 0.15f)) /* out of focus: as wide as a stroke */
    sigma = kouan_ocr_random_between (random, 0.05f, 0.16f) * pitch * severity;
  if (kouan_ocr_random_chance (random, 0.08f))
    add_rule (random, pitch, canvas);
  if (kouan_ocr_random_chance (random, 0.15f * severity))
    add_stroke (random, pitch, canvas);
  if (kouan_ocr_random_chance (random, 0.08f * severity))
    add_speck (random, canvas);
  if (kouan_ocr_random_chance (random, 0.07f * severity))
    kouan_ocr_canvas_glare (canvas, kouan_ocr_random_between (random, 0, (float)canvas->width),
                            kouan_ocr_random_between (random, 0, (float)canvas->height),
                            kouan_ocr_random_between (random, 0.3f, 1.5f) * pitch,
                            kouan_ocr_random_between (random, 0.2f, 0.9f));
  kouan_ocr_canvas_blur (canvas, sigma * kouan_ocr_random_between (random, 0.7f, 1.3f),
                         sigma * kouan_ocr_random_between (random, 0.7f, 1.3f));
  if (noise > 0.01f)
    kouan_ocr_canvas_noise (canvas, random, noise * noise / 0.11f);
  if (kouan_ocr_random_chance (random, 0.15f))
    kouan_ocr_canvas_sharpen (canvas, kouan_ocr_random_between (random, 0.5f, 3));
  kouan_ocr_canvas_clip (canvas);
  if (kouan_ocr_random_chance (random, 0.3f * severity))
    kouan_ocr_canvas_jpeg (canvas, 12 + kouan_ocr_random_below (random, 60),
                           kouan_ocr_random_below (random, 8), kouan_ocr_random_below (random, 8));
}

/* From 5 to 26 pixels from character to character, as often small as large. */
static float
choose_pitch (KouanOcrRandom *random, float severity)
{
  float smallest = 5 + 15 * (1 - severity);

  if (kouan_ocr_random_chance (random, 0.4f))
    return kouan_ocr_random_between (random, 18, 26);
  return kouan_ocr_random_between (random, smallest, 22);
}

/**
 * kouan_ocr_sample:
 * @class: a character, or KOUAN_OCR_NONE
 * @severity: 0: a good scan, 1: as bad as is still of use
 * @cell: (out caller-allocates): normalised
 */
void
kouan_ocr_sample (const KouanOcrGlyphs *glyphs,
                  KouanOcrRandom *random,
                  guint class,
                  float severity,
                  float cell[KOUAN_OCR_CELL_SIZE])
{
  gboolean none = class == KOUAN_OCR_NONE;
  guint character = none ? kouan_ocr_random_below (random, KOUAN_OCR_N_CHARACTERS) : class;
  float pitch = choose_pitch (random, severity);
  float phase_x = kouan_ocr_random_between (random, -0.5f, 0.5f);
  float phase_y = kouan_ocr_random_between (random, -0.5f, 0.5f);
  float contrast = kouan_ocr_random_between (random, 1 - 0.78f * severity, 1);
  float scale = pitch / KOUAN_OCR_CELL_PITCH;
  KouanOcrCanvas canvas = { .width = (guint)(KOUAN_OCR_CELL_WIDTH * scale) + 6,
                            .height = (guint)(KOUAN_OCR_CELL_HEIGHT * scale) + 6 };
  Print print;
  Paper paper;

  choose_print (glyphs, random, character, severity, &print);
  if (none)
    spoil_print (random, &print);
  choose_paper (random, severity, &paper);
  put_on_canvas (&print, &paper, contrast * paper.brightness, pitch, phase_x, phase_y, &canvas);
  degrade (random, severity, pitch, &canvas);
  for (guint y = 0; y < KOUAN_OCR_CELL_HEIGHT; y++)
    for (guint x = 0; x < KOUAN_OCR_CELL_WIDTH; x++)
      cell[y * KOUAN_OCR_CELL_WIDTH + x] = kouan_ocr_canvas_get (
        &canvas,
        ((float)x + 0.5f - KOUAN_OCR_CELL_WIDTH / 2.f) * scale + (float)canvas.width / 2 - phase_x,
        ((float)y + 0.5f - KOUAN_OCR_CELL_HEIGHT / 2.f) * scale + (float)canvas.height / 2
          - phase_y);
  kouan_ocr_cell_normalise (cell);
}
