/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/result.h"

G_BEGIN_DECLS

/* What was read off one or several pictures of a zone.
 *
 * raw is what the pictures show, each cell for itself, O and 0 told apart by which of them may
 * stand there. corrected is the most likely text that is a zone: check digits right, names and
 * country codes as they are written. A text that was corrected proves nothing: a search for right
 * check digits finds them on a forged document as well. Let the person confirm it, or the chip. */
typedef struct
{
  KouanMrzFormat format;
  char raw[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1];
  char corrected[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1];
  guint corrections;   /* cells in which they differ */
  guint n_frames;      /* pictures that were summed */
  float clarity;       /* mean logarithm of a character's probability: 0 is perfectly clear */
  float pitch;         /* pixels of the picture from character to character */
  float corners[4][2]; /* of the zone in the last picture, from its first character clockwise:
                          shares of the picture's width and height */
  float margins[KOUAN_MRZ_N_CHECKS]; /* by how much, as a logarithm, the field of this check digit
                                        is likelier than any other text that fits; 0: has none */
  gboolean accepted; /* number, birth and expiry are as the pictures show them, fit their check
                        digits, and nothing else that fits is nearly as likely */
  KouanMrz *mrz;     /* corrected, parsed */
  KouanMrz *as_seen; /* raw, parsed */
} KouanMrzReading;

#define KOUAN_TYPE_MRZ_READING (kouan_mrz_reading_get_type ())
GType kouan_mrz_reading_get_type (void);
KouanMrzReading *kouan_mrz_reading_ref (KouanMrzReading *self);
void kouan_mrz_reading_unref (KouanMrzReading *self);
KouanChecks *kouan_mrz_reading_check (const KouanMrzReading *self, const GDate *today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMrzReading, kouan_mrz_reading_unref)

G_END_DECLS
