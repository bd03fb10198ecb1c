/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/train/glyphs.h"

#include "app/ocr/network.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

/* FreeType draws each character at 64 pixels from character to character, centred as a reader
 * centres it: sideways by the character's cell, upwards by the middle of a capital. The weights
 * stand for worn ribbons and for ink that has spread. */

#define GLYPH_SIZE (KOUAN_OCR_GLYPH_WIDTH * KOUAN_OCR_GLYPH_HEIGHT)

struct _KouanOcrGlyphs
{
  guint n_fonts;
  guint8 *pixels; /* [font][weight][character][GLYPH_SIZE]: 255 is ink */
};

static const float weights[KOUAN_OCR_N_WEIGHTS] = { -0.045f, -0.02f, 0, 0.025f, 0.05f, 0.085f };

/* Scales the face so that its characters are as far apart as ours. */
static gboolean
set_size (FT_Face face)
{
  double advance;

  FT_Set_Pixel_Sizes (face, 0, 100);
  if (FT_Load_Char (face, '0', FT_LOAD_NO_HINTING) != 0 || face->glyph->advance.x == 0)
    return FALSE;
  advance = (double)face->glyph->advance.x / 64;
  return FT_Set_Char_Size (face, 0, (FT_F26Dot6)(100 * KOUAN_OCR_GLYPH_PITCH / advance * 64), 72,
                           72)
         == 0;
}

/* Where the middle of a capital is above the base line. */
static double
find_middle (FT_Face face)
{
  if (FT_Load_Char (face, 'H', FT_LOAD_NO_HINTING) != 0)
    return 0;
  return (double)face->glyph->metrics.horiBearingY / 64 - (double)face->glyph->metrics.height / 128;
}

static void
draw (FT_Library library, FT_Face face, char character, float weight, double middle, guint8 *pixels)
{
  FT_Outline *outline = &face->glyph->outline;
  FT_Pos strength = (FT_Pos)(weight * KOUAN_OCR_GLYPH_PITCH * 64);
  FT_Bitmap bitmap = { .rows = KOUAN_OCR_GLYPH_HEIGHT,
                       .width = KOUAN_OCR_GLYPH_WIDTH,
                       .pitch = KOUAN_OCR_GLYPH_WIDTH,
                       .buffer = pixels,
                       .num_grays = 256,
                       .pixel_mode = FT_PIXEL_MODE_GRAY };
  double left;

  if (FT_Load_Char (face, (FT_ULong)character, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0)
    return;
  left = KOUAN_OCR_GLYPH_WIDTH / 2.0 - (double)face->glyph->advance.x / 128;
  FT_Outline_Embolden (outline, strength);
  FT_Outline_Translate (outline, (FT_Pos)(left * 64) - strength / 2,
                        (FT_Pos)((KOUAN_OCR_GLYPH_HEIGHT / 2.0 - middle) * 64) - strength / 2);
  FT_Outline_Get_Bitmap (library, outline, &bitmap);
}

static gboolean
draw_font (KouanOcrGlyphs *self, FT_Library library, const char *path)
{
  FT_Face face;
  double middle;
  guint8 *pixels
    = self->pixels
      + (gsize)self->n_fonts * KOUAN_OCR_N_WEIGHTS * KOUAN_OCR_N_CHARACTERS * GLYPH_SIZE;
  gboolean fits;

  if (FT_New_Face (library, path, 0, &face) != 0)
    return FALSE;
  fits = set_size (face);
  middle = find_middle (face);
  for (guint weight = 0; fits && weight < KOUAN_OCR_N_WEIGHTS; weight++)
    for (guint i = 0; i < KOUAN_OCR_N_CHARACTERS; i++, pixels += GLYPH_SIZE)
      draw (library, face, KOUAN_OCR_ALPHABET[i], weights[weight], middle, pixels);
  FT_Done_Face (face);
  self->n_fonts += fits;
  return fits;
}

/**
 * kouan_ocr_glyphs_new:
 * @fonts: (array zero-terminated=1): files
 *
 * Returns: (transfer full) (nullable): %NULL if a font is not there or is none
 */
KouanOcrGlyphs *
kouan_ocr_glyphs_new (const char *const *fonts)
{
  g_autoptr (KouanOcrGlyphs) self = g_new0 (KouanOcrGlyphs, 1);
  FT_Library library;
  gboolean all = TRUE;

  if (FT_Init_FreeType (&library) != 0)
    return NULL;
  self->pixels = g_new0 (guint8, (gsize)g_strv_length ((char **)fonts) * KOUAN_OCR_N_WEIGHTS
                                   * KOUAN_OCR_N_CHARACTERS * GLYPH_SIZE);
  for (guint i = 0; all && fonts[i] != NULL; i++)
    all = draw_font (self, library, fonts[i]);
  FT_Done_FreeType (library);
  return all && self->n_fonts > 0 ? g_steal_pointer (&self) : NULL;
}

void
kouan_ocr_glyphs_free (KouanOcrGlyphs *self)
{
  g_free (self->pixels);
  g_free (self);
}

guint
kouan_ocr_glyphs_count_fonts (const KouanOcrGlyphs *self)
{
  return self->n_fonts;
}

/* Returns: (transfer none): rows from the top, 255 is ink */
const guint8 *
kouan_ocr_glyphs_get (const KouanOcrGlyphs *self, guint font, guint weight, guint character)
{
  gsize index = ((gsize)font * KOUAN_OCR_N_WEIGHTS + weight) * KOUAN_OCR_N_CHARACTERS + character;

  g_assert (font < self->n_fonts && weight < KOUAN_OCR_N_WEIGHTS
            && character < KOUAN_OCR_N_CHARACTERS);
  return self->pixels + index * GLYPH_SIZE;
}
