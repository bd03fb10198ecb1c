/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The characters of fonts, drawn once in several weights, to be looked up pixel by pixel. */
#define KOUAN_OCR_GLYPH_PITCH 64 /* pixels from character to character */
#define KOUAN_OCR_GLYPH_WIDTH 96 /* pixels of a drawing, the character's cell in its middle */
#define KOUAN_OCR_GLYPH_HEIGHT 128
#define KOUAN_OCR_N_WEIGHTS 6

typedef struct _KouanOcrGlyphs KouanOcrGlyphs;

KouanOcrGlyphs *kouan_ocr_glyphs_new (const char *const *fonts);
void kouan_ocr_glyphs_free (KouanOcrGlyphs *self);
guint kouan_ocr_glyphs_count_fonts (const KouanOcrGlyphs *self);
const guint8 *
kouan_ocr_glyphs_get (const KouanOcrGlyphs *self, guint font, guint weight, guint character);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanOcrGlyphs, kouan_ocr_glyphs_free)

G_END_DECLS
