/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/cn-permit-read.h"

#include "app/identity/mrz-sight.h"

#include <string.h>

/* A permit's lines are printed in OCR-B like a zone's, and are found by the same search with other
 * shapes: one line, or three of them. Of each cell the likeliest character is taken that may stand
 * there; nothing is corrected by check digits, and a permit whose check digits do not all fit as
 * they were seen is not read at all. There is no other proof, and the rules are not proven. */

#define CLARITY_MIN (-0.6f) /* other print has to be told from a single line */

/* What may stand in each place: d a digit, l a letter, f a filler, a any of them, n letter or
 * filler, s the sex, C itself, and S for S or D. */
static const char *const one_line[] = { "CSaaaaaaaaadfdddddddfdddddddfd" };
static const char *const three_lines[]
  = { "Claaaaaaaaadddddddddddsddddddd", "aaaaaaaaaaaaaaaaaalaaaaaaaaadd",
      "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" };

static gboolean
may_stand (char kind, char character)
{
  gboolean digit = g_ascii_isdigit (character), letter = g_ascii_isupper (character);

  switch (kind)
    {
    case 'd':
      return digit;
    case 'l':
      return letter;
    case 'f':
      return character == '<';
    case 'n':
      return !digit;
    case 's':
      return strchr ("MF<", character) != NULL;
    case 'S':
      return strchr ("SD", character) != NULL;
    case 'C':
      return character == 'C';
    case 'a':
    default:
      return TRUE;
    }
}

static char
likeliest (const KouanOcrCell *cell, char kind)
{
  guint best = KOUAN_OCR_N_CHARACTERS;

  for (guint i = 0; i < KOUAN_OCR_N_CHARACTERS; i++)
    if (may_stand (kind, KOUAN_OCR_ALPHABET[i])
        && (best == KOUAN_OCR_N_CHARACTERS || cell->log[i] > cell->log[best]))
      best = i;
  return KOUAN_OCR_ALPHABET[best];
}

/* Returns: whether it is a permit, and all its check digits fit */
static gboolean
decode (const KouanMrzSight *sight, const GDate *today, KouanCnPermitReading *reading)
{
  const char *const *kinds = sight->n_lines == 1 ? one_line : three_lines;
  const char *lines[KOUAN_CN_PERMIT_LINES_MAX + 1] = { NULL };

  if (sight->clarity < CLARITY_MIN)
    return FALSE;
  *reading = (KouanCnPermitReading){ .n_lines = sight->n_lines, .clarity = sight->clarity };
  for (guint line = 0; line < sight->n_lines; line++)
    {
      for (guint i = 0; i < KOUAN_CN_PERMIT_LENGTH; i++)
        reading->lines[line][i] = likeliest (&sight->cells[line][i], kinds[line][i]);
      lines[line] = reading->lines[line];
    }
  return kouan_cn_permit_parse (lines, today, &reading->permit) && reading->permit.checks_fit;
}

/**
 * kouan_cn_permit_read:
 * @pixels: gray, 0 is black: @height rows of @width bytes, @stride bytes apart
 * @today: decides the centuries
 * @reading: (out): of no meaning where %FALSE is returned
 *
 * Blocks, for about as long as looking for a zone takes.
 *
 * Returns: whether the picture shows a permit whose check digits fit as they were seen
 */
gboolean
kouan_cn_permit_read (const KouanOcrNetwork *network,
                      const guint8 *pixels,
                      guint width,
                      guint height,
                      gsize stride,
                      const GDate *today,
                      KouanCnPermitReading *reading)
{
  static const guint sides[] = { 1200, 1200, 1700, 850, 1200, 2400 };
  static const guint percents[] = { 84, 66, 78, 78, 93, 84 };
  static const guint shapes[] = { 3, 1 };
  g_autofree KouanMrzSight *sights = g_new0 (KouanMrzSight, KOUAN_MRZ_SIGHTS_MAX);

  g_return_val_if_fail (network != NULL && pixels != NULL && stride >= width, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (KouanOcrImage) image
        = kouan_ocr_image_new (pixels, width, height, stride, sides[i]);
      g_autoptr (GArray) blobs = kouan_ocr_find_blobs (
        image, MAX (MAX (image->width, image->height) / 24, 8), percents[i]);
      g_autoptr (GPtrArray) rows = kouan_ocr_find_rows (blobs);

      for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
        {
          guint n_sights = kouan_mrz_sight_take_lines (sights, network, image, rows, shapes[k],
                                                       KOUAN_CN_PERMIT_LENGTH, 'C');

          for (guint s = 0; s < n_sights; s++)
            if (decode (&sights[s], today, reading))
              return TRUE;
        }
    }
  return FALSE;
}
