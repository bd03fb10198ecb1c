/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"
#include "app/ocr/cells.h"

G_BEGIN_DECLS

/* What one picture, or several of the same document, shows of a machine readable zone: for each of
 * its cells how likely each character is. Nothing is decided yet. */
typedef struct
{
  guint n_lines;
  guint length;     /* characters of a line */
  gboolean goes_on; /* there are characters before or behind these: it may be part of another */
  guint n_frames;   /* pictures that were summed */
  float clarity;    /* mean logarithm of the best character's probability: 0 is perfectly clear */
  float pitch;      /* pixels of the picture from character to character */
  float corners[4][2]; /* of the zone, from its first character clockwise: shares of the picture's
                          width and height */
  KouanOcrCell cells[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX];
} KouanMrzSight;

#define KOUAN_MRZ_SIGHTS_MAX 3

guint kouan_mrz_sight_take (KouanMrzSight sights[KOUAN_MRZ_SIGHTS_MAX],
                            const KouanOcrNetwork *network,
                            const KouanOcrImage *image,
                            const GPtrArray *rows);
guint kouan_mrz_sight_take_lines (KouanMrzSight sights[KOUAN_MRZ_SIGHTS_MAX],
                                  const KouanOcrNetwork *network,
                                  const KouanOcrImage *image,
                                  const GPtrArray *rows,
                                  guint n_lines,
                                  guint length,
                                  char begins);
float kouan_mrz_sight_likeness (const KouanMrzSight *self, const KouanMrzSight *other);
gboolean kouan_mrz_sight_add (KouanMrzSight *self, const KouanMrzSight *other);

G_END_DECLS
