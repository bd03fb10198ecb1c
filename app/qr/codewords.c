/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/codewords.h"

#include "app/qr/reed-solomon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From what the modules look like to what they must be.
 *
 * The bytes of a code are spread over blocks, each protected by itself (ISO/IEC 18004, 7.5 and
 * table 9). A camera says more than dark or light: how sure each module is. The bytes that hold the
 * least sure modules are given up as erasures, two more at each try, and a block is right as soon
 * as one try mends it (Forney, Generalized Minimum Distance Decoding, 1966). Glare and shadow take
 * contrast before they take the sign, so that nearly all of what they spoil is an erasure, and
 * costs half.
 *
 * Nothing may ever be read that was not there. The standard keeps some check bytes of small codes
 * back for that; here every try keeps back at least as many, and tries with erasures at least
 * KEPT_BACK. */

#define LEVELS 4
#define KEPT_BACK 4
#define BLOCKS_MAX 81
#define CODEWORDS_MAX 3706
#define BITS 8

/* Check bytes a block and number of blocks, levels L M Q H. */
static const guint8 parities[LEVELS][KOUAN_QR_VERSION_MAX] = {
  { 7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
  { 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28 },
  { 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
    28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
  { 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
    30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
};
static const guint8 blocks[LEVELS][KOUAN_QR_VERSION_MAX] = {
  { 1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
    8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25 },
  { 1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49 },
  { 1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
    23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68 },
  { 1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
    25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81 },
};

/* The two bits of the format, in the order of the tables. */
static const guint8 level_of_bits[LEVELS] = { 1, 0, 3, 2 };

typedef struct
{
  guint8 bytes[CODEWORDS_MAX];
  float trust[CODEWORDS_MAX]; /* of the least sure module of each */
  guint total;
  guint n_blocks;
  guint parity;
  guint short_length; /* bytes of the shorter blocks */
  guint n_short;      /* how many are shorter, by one data byte */
  guint kept_back;
} Words;

typedef struct
{
  guint place;
  float trust;
} Doubt;

static int
by_trust (gconstpointer a, gconstpointer b)
{
  float first = ((const Doubt *)a)->trust, second = ((const Doubt *)b)->trust;

  return (first > second) - (first < second);
}

/* Check bytes that must not be used for mending: the p of table 9, and one more for good measure
 * where a block has room. */
static guint
kept_back_of (guint version, guint level, guint parity)
{
  if (version == 1)
    return level == 0 ? 3 : level == 1 ? 2 : 1;
  if (version == 2 && level == 0)
    return 2;
  return parity % 2 == 1 || (version == 3 && level == 0) ? 1 : 0;
}

static void
read_words (Words *words, const KouanQrLayout *layout, guint format, const float *lightness)
{
  guint level = level_of_bits[format >> 3], mask = format & 7;

  words->total = layout->n_places / BITS;
  words->n_blocks = blocks[level][layout->version - 1];
  words->parity = parities[level][layout->version - 1];
  words->short_length = words->total / words->n_blocks;
  words->n_short = words->n_blocks - words->total % words->n_blocks;
  words->kept_back = kept_back_of (layout->version, level, words->parity);
  for (guint i = 0; i < words->total; i++)
    {
      words->bytes[i] = 0;
      words->trust[i] = G_MAXFLOAT;
      for (guint bit = 0; bit < BITS; bit++)
        {
          KouanQrPlace place = layout->places[i * BITS + bit];
          float light = lightness[place.y * layout->size + place.x];
          gboolean dark = (light < 0) != kouan_qr_mask_is_set (mask, place.x, place.y);

          words->bytes[i] = (guint8)(words->bytes[i] << 1 | dark);
          words->trust[i] = MIN (words->trust[i], fabsf (light));
        }
    }
}

/* Where byte @i of block @block stands in the stream, which takes one byte of each block in turn;
 * the last data bytes are those of the longer blocks alone. */
static guint
place_in_stream (const Words *words, guint block, guint i)
{
  guint data = words->short_length - words->parity;
  gboolean is_long = block >= words->n_short;

  if (i < data)
    return i * words->n_blocks + block;
  if (is_long && i == data)
    return data * words->n_blocks + block - words->n_short;
  return data * words->n_blocks + words->n_blocks - words->n_short
         + (i - data - is_long) * words->n_blocks + block;
}

static guint
length_of (const Words *words, guint block)
{
  return words->short_length + (block >= words->n_short);
}

/* Gives up the least trusted bytes, two more at each try. */
static gboolean
mend_block (Words *words, guint block)
{
  guint length = length_of (words, block), parity = words->parity;
  guint8 word[KOUAN_RS_LENGTH_MAX], erased[KOUAN_RS_PARITY_MAX];
  Doubt doubts[KOUAN_RS_LENGTH_MAX];
  gboolean mended;

  for (guint i = 0; i < length; i++)
    {
      guint place = place_in_stream (words, block, i);

      word[i] = words->bytes[place];
      doubts[i] = (Doubt){ i, words->trust[place] };
    }
  mended = kouan_rs_correct (word, length, parity, NULL, 0, (parity - words->kept_back) / 2);
  if (!mended)
    qsort (doubts, length, sizeof *doubts, by_trust);
  for (guint count = 2; !mended && count + KEPT_BACK <= parity; count += 2)
    {
      for (guint i = count - 2; i < count; i++)
        erased[i] = (guint8)doubts[i].place;
      mended
        = kouan_rs_correct (word, length, parity, erased, count, (parity - KEPT_BACK - count) / 2);
    }
  for (guint i = 0; mended && i < length; i++)
    words->bytes[place_in_stream (words, block, i)] = word[i];
  return mended;
}

/**
 * kouan_qr_codewords_mend:
 * @format: the two bits of the level and the three of the mask
 * @lightness: of each module: its sign says light or dark, its amount how sure that is
 * @mended: of each data module what it must be, 1 or -1; others are left alone
 *
 * Returns: %FALSE if this is no code that can be read
 */
gboolean
kouan_qr_codewords_mend (const KouanQrLayout *layout,
                         guint format,
                         const float *lightness,
                         gint8 *mended)
{
  g_autofree Words *words = g_new (Words, 1);

  g_return_val_if_fail (format < KOUAN_QR_FORMATS, FALSE);

  read_words (words, layout, format, lightness);
  for (guint block = 0; block < words->n_blocks; block++)
    if (!mend_block (words, block))
      return FALSE;
  for (guint i = 0; i < layout->n_places; i++)
    {
      KouanQrPlace place = layout->places[i];
      guint byte = i / BITS;
      gboolean dark = byte < words->total && words->bytes[byte] >> (BITS - 1 - i % BITS) & 1;

      if (kouan_qr_mask_is_set (format & 7, place.x, place.y))
        dark = !dark;
      mended[place.y * layout->size + place.x] = dark ? -1 : 1;
    }
  return TRUE;
}
