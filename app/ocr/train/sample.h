/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/network.h"
#include "app/ocr/train/glyphs.h"
#include "app/ocr/train/random.h"

G_BEGIN_DECLS

void kouan_ocr_sample (const KouanOcrGlyphs *glyphs,
                       KouanOcrRandom *random,
                       guint class,
                       float severity,
                       float cell[KOUAN_OCR_CELL_SIZE]);

G_END_DECLS
