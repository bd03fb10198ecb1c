/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/decode.h"

#include "app/qr/codewords.h"
#include "app/qr/modules.h"

#include <math.h>

/* From the samples of a code to the code as it was drawn.
 *
 * The format (level and mask) is that of 32 words which the two places of the format resemble most,
 * every module counting by how sure it is. A code seen in a mirror has its format across where it
 * should be down, which is how it is told: the same 32 words are held against the turned places. */

#define FORMATS_TRIED 2
#define FORMAT_LIKE_MIN 0.12

typedef struct
{
  guint format;
  gboolean mirrored;
  double likeness; /* 1 for a clear one */
} Format;

typedef struct
{
  const KouanQrLayout *layout;
  float *lightness;
  float *turned;
  gint8 *mended;
} Decoding;

static void
turn (const float *lightness, guint size, float *turned)
{
  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      turned[x * size + y] = lightness[y * size + x];
}

static double
likeness_of (const KouanQrLayout *layout, const float *lightness, guint format)
{
  guint word = kouan_qr_format_word (format);
  double agree = 0, all = 1e-6;

  for (guint copy = 0; copy < 2; copy++)
    for (guint bit = 0; bit < KOUAN_QR_FORMAT_BITS; bit++)
      {
        KouanQrPlace place = kouan_qr_layout_format_place (layout, copy, bit);
        float light = lightness[place.y * layout->size + place.x];

        agree += word >> bit & 1 ? -light : light;
        all += fabsf (light);
      }
  return agree / all;
}

/* The most likely formats, best first. */
static void
find_formats (const Decoding *decoding, Format best[FORMATS_TRIED])
{
  for (guint i = 0; i < FORMATS_TRIED; i++)
    best[i] = (Format){ 0, FALSE, FORMAT_LIKE_MIN };
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    for (guint format = 0; format < KOUAN_QR_FORMATS; format++)
      {
        Format here = { format, mirrored, 0 };

        here.likeness = likeness_of (decoding->layout,
                                     mirrored ? decoding->turned : decoding->lightness, format);
        for (guint i = 0; i < FORMATS_TRIED; i++)
          if (here.likeness > best[i].likeness)
            {
              Format pushed = best[i];

              best[i] = here;
              here = pushed;
            }
      }
}

/* What is not data: patterns by the version, the format as it was found. */
static void
complete (const KouanQrLayout *layout, guint format, gint8 *mended)
{
  guint word = kouan_qr_format_word (format);

  for (guint i = 0; i < layout->n_marks; i++)
    mended[layout->marks[i].y * layout->size + layout->marks[i].x] = layout->marks[i].light;
  for (guint copy = 0; copy < 2; copy++)
    for (guint bit = 0; bit < KOUAN_QR_FORMAT_BITS; bit++)
      {
        KouanQrPlace place = kouan_qr_layout_format_place (layout, copy, bit);

        mended[place.y * layout->size + place.x] = word >> bit & 1 ? -1 : 1;
      }
}

static gboolean
try (Decoding *decoding)
{
  const KouanQrLayout *layout = decoding->layout;
  Format formats[FORMATS_TRIED];

  turn (decoding->lightness, layout->size, decoding->turned);
  find_formats (decoding, formats);
  for (guint i = 0; i < FORMATS_TRIED && formats[i].likeness > FORMAT_LIKE_MIN; i++)
    {
      if (i > 0 && formats[i].likeness < 0.7 * formats[0].likeness)
        break;
      if (!kouan_qr_codewords_mend (layout, formats[i].format,
                                    formats[i].mirrored ? decoding->turned : decoding->lightness,
                                    decoding->mended))
        continue;
      complete (layout, formats[i].format, decoding->mended);
      return TRUE;
    }
  return FALSE;
}

static gboolean
try_all (Decoding *decoding, float *sampled, gboolean thorough)
{
  const KouanQrLayout *layout = decoding->layout;

  kouan_qr_modules_crop (sampled, layout->size, decoding->lightness);
  if (try (decoding))
    return TRUE;
  kouan_qr_modules_level (sampled, layout->size);
  kouan_qr_modules_crop (sampled, layout->size, decoding->lightness);
  if (try (decoding))
    return TRUE;
  if (!kouan_qr_modules_sharpen (sampled, layout, decoding->lightness, FALSE))
    return FALSE;
  if (try (decoding))
    return TRUE;
  for (guint round = 0; round < (thorough ? 3 : 1); round++)
    if (kouan_qr_modules_sharpen (sampled, layout, decoding->lightness, TRUE) && try (decoding))
      return TRUE;
  return FALSE;
}

/**
 * kouan_qr_decode:
 * @thorough: take more time for blur
 *
 * Returns: (transfer full) (nullable): size rows of size modules, 1 light and -1 dark, all as they
 * were drawn; %NULL if the grid does not lie on a code that can be read
 */
gint8 *
kouan_qr_decode (const KouanQrGrid *grid, gboolean thorough)
{
  guint area = grid->layout->size * grid->layout->size;
  g_autofree float *sampled = kouan_qr_modules_sample (grid);
  g_autofree float *lightness = g_new (float, area);
  g_autofree float *turned = g_new (float, area);
  g_autofree gint8 *mended = g_new0 (gint8, area);
  Decoding decoding = { grid->layout, lightness, turned, mended };

  return try_all (&decoding, sampled, thorough) ? g_steal_pointer (&mended) : NULL;
}
