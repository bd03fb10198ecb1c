/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/hostile-private.h"

#include <string.h>
#include <zlib.h>

/* Pictures that are larger than they look, deeper than they need be, or that lie about themselves.
 */

static void
png_chunk (GByteArray *out, const char *type, const void *data, gsize size)
{
  uLong crc = crc32 (0, (const Bytef *)type, 4);

  kouan_hostile_add_be32 (out, (guint32)size);
  kouan_hostile_add (out, type, 4);
  kouan_hostile_add (out, data, size);
  kouan_hostile_add_be32 (out, (guint32)crc32 (crc, data, (uInt)size));
}

static void
png_header (
  GByteArray *out, guint32 width, guint32 height, guint8 depth, guint8 type, guint8 interlace)
{
  const guint32 sides[] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  guint8 header[13] = { 0 };

  memcpy (header, sides, sizeof sides);
  header[8] = depth;
  header[9] = type;
  header[12] = interlace;
  kouan_hostile_add (out, "\x89PNG\r\n\x1a\n", 8);
  png_chunk (out, "IHDR", header, sizeof header);
}

static void
png_end (GByteArray *out)
{
  png_chunk (out, "IEND", NULL, 0);
}

/* Sides far over, just over, and just under what is taken; the pixels are deflated zeros. */
static void
png_bomb (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const guint32 sides[][2]
    = { { 30000, 30000 }, { 0x7fffffff, 1 }, { 1, 0x7fffffff }, { 20000, 2000 },   { 20001, 1999 },
        { 6324, 6324 },   { 65535, 65535 },  { 0, 10 },         { 16, 0xffffffff } };
  static const guint8 depths[][2]
    = { { 1, 0 }, { 8, 0 }, { 8, 2 }, { 16, 6 }, { 8, 3 }, { 16, 2 } };
  guint side = kouan_hostile_below (random, G_N_ELEMENTS (sides));
  guint depth = kouan_hostile_below (random, G_N_ELEMENTS (depths));
  GBytes *zeros = kouan_hostile_zeros (self, FALSE);

  file->heavy = TRUE;
  png_header (out, sides[side][0], sides[side][1], depths[depth][0], depths[depth][1],
              (guint8)kouan_hostile_below (random, 2));
  png_chunk (out, "IDAT", g_bytes_get_data (zeros, NULL), g_bytes_get_size (zeros));
  png_end (out);
}

/* What stands beside the pixels, deflated: a profile and a text of a quarter of a gigabyte. */
static void
png_text_bomb (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const char *const types[] = { "zTXt", "iCCP", "iTXt" };
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (types));
  GByteArray *chunk = g_byte_array_new ();
  const guint8 row[] = { 0x78, 0x9c, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01 };
  guint times = 1 + kouan_hostile_below (random, 3);

  file->heavy = TRUE;
  kouan_hostile_add (chunk, "name\0\0", 6);
  if (which == 2)
    kouan_hostile_add (chunk, "\1\0\0", 3);
  kouan_hostile_add_bytes (chunk, kouan_hostile_zeros (self, FALSE));
  png_header (out, 1, 1, 8, 0, 0);
  for (guint i = 0; i < times; i++)
    png_chunk (out, types[which], chunk->data, chunk->len);
  png_chunk (out, "IDAT", row, sizeof row);
  png_end (out);
  g_byte_array_unref (chunk);
}

static void
png_many_chunks (KouanHostile *self G_GNUC_UNUSED,
                 GRand *random,
                 GByteArray *out,
                 KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const types[]
    = { "tEXt", "sPLT", "IDAT", "PLTE", "tRNS", "IHDR", "aBCd", "eXIf" };
  guint count = 1000 + kouan_hostile_below (random, 30000);
  guint which = kouan_hostile_below (random, G_N_ELEMENTS (types));

  png_header (out, 100, 100, 8, 3, 0);
  for (guint i = 0; i < count; i++)
    png_chunk (out, types[which], "a\0b", 3);
  png_end (out);
}

static void
jpeg_segment (GByteArray *out, guint8 marker, const void *data, gsize size)
{
  const guint8 head[] = { 0xff, marker, (guint8)((size + 2) >> 8), (guint8)(size + 2) };

  kouan_hostile_add (out, head, sizeof head);
  kouan_hostile_add (out, data, size);
}

/* The good picture under other sides. */
static void
jpeg_sides (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  static const guint16 sides[] = { 0, 1, 19999, 20001, 6324, 32767, 65500, 65535 };
  GBytes *base = kouan_hostile_base (self, BASE_JPEG_PROGRESSIVE_LIKE);

  file->heavy = TRUE;
  kouan_hostile_add_bytes (out, base);
  for (guint at = 0; at + 9 < out->len; at++)
    if (out->data[at] == 0xff && out->data[at + 1] >= 0xc0 && out->data[at + 1] <= 0xc2)
      {
        guint16 height = sides[kouan_hostile_below (random, G_N_ELEMENTS (sides))];
        guint16 width = sides[kouan_hostile_below (random, G_N_ELEMENTS (sides))];

        out->data[at + 5] = height >> 8;
        out->data[at + 6] = (guint8)height;
        out->data[at + 7] = width >> 8;
        out->data[at + 8] = (guint8)width;
        out->data[at + 1] = (guint8)(0xc0 + kouan_hostile_below (random, 4));
        return;
      }
}

/* A progressive picture whose scans say nothing, thousands of times: each costs a whole pass. */
static void
jpeg_scan_bomb (KouanHostile *self G_GNUC_UNUSED,
                GRand *random,
                GByteArray *out,
                KouanHostileFile *file)
{
  static const guint8 frame[] = { 8, 0x18, 0xb4, 0x18, 0xb4, 1, 1, 0x11, 0 }; /* 6324 by 6324 */
  static const guint8 table[] = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 ac_table[] = { 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 first[] = { 1, 1, 0, 0, 0, 1 };
  static const guint8 next[] = { 1, 1, 0, 1, 63, 0 };
  guint scans = 200 + kouan_hostile_below (random, 5000);
  guint8 quantization[65];

  file->heavy = TRUE;
  memset (quantization, 1, sizeof quantization);
  quantization[0] = 0;
  kouan_hostile_add (out, "\xff\xd8", 2);
  jpeg_segment (out, 0xdb, quantization, sizeof quantization);
  jpeg_segment (out, 0xc2, frame, sizeof frame);
  jpeg_segment (out, 0xc4, table, sizeof table);
  jpeg_segment (out, 0xc4, ac_table, sizeof ac_table);
  for (guint i = 0; i < scans; i++)
    {
      if (i == 0)
        jpeg_segment (out, 0xda, first, sizeof first);
      else
        jpeg_segment (out, 0xda, next, sizeof next);
      kouan_hostile_add (out, "\0", 1);
    }
  kouan_hostile_add (out, "\xff\xd9", 2);
}

static void
jpeg_markers (KouanHostile *self,
              GRand *random,
              GByteArray *out,
              KouanHostileFile *file G_GNUC_UNUSED)
{
  GBytes *base = kouan_hostile_base (self, BASE_JPEG);
  guint count = 1 + kouan_hostile_below (random, 2000);
  g_autofree guint8 *block = g_malloc0 (65000);

  kouan_hostile_add (out, "\xff\xd8", 2);
  for (guint i = 0; i < count && out->len < KOUAN_PIXELS_INPUT_MAX / 2; i++)
    jpeg_segment (out, (guint8)(0xe0 + kouan_hostile_below (random, 16)), block,
                  kouan_hostile_below (random, 20000));
  kouan_hostile_add (out, (const guint8 *)g_bytes_get_data (base, NULL) + 2,
                     g_bytes_get_size (base) - 2);
}

static void
tiff_entry (GByteArray *out, guint16 tag, guint16 type, guint32 count, guint32 value)
{
  kouan_hostile_add_le16 (out, tag);
  kouan_hostile_add_le16 (out, type);
  kouan_hostile_add_le32 (out, count);
  kouan_hostile_add_le32 (out, value);
}

/* One folder of the file, which says that the next is @next. */
static void
tiff_folder (GByteArray *out, GRand *random, guint32 next)
{
  static const guint32 sides[] = { 1, 100, 20000, 20001, 6324, 0x7fffffff, 0xffffffff };
  static const guint16 compressions[]
    = { 1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34661, 34712, 50000 };
  guint32 width = sides[kouan_hostile_below (random, G_N_ELEMENTS (sides))];
  guint32 height = sides[kouan_hostile_below (random, G_N_ELEMENTS (sides))];

  kouan_hostile_add_le16 (out, 10);
  tiff_entry (out, 256, 4, 1, width);
  tiff_entry (out, 257, 4, 1, height);
  tiff_entry (out, 258, 3, 1, 1u << kouan_hostile_below (random, 6));
  tiff_entry (out, 259, 3, 1,
              compressions[kouan_hostile_below (random, G_N_ELEMENTS (compressions))]);
  tiff_entry (out, 262, 3, 1, kouan_hostile_below (random, 10));
  tiff_entry (out, 273, 4, 1, kouan_hostile_below (random, 2) == 0 ? 8 : 0xfffffff0);
  tiff_entry (out, 277, 3, 1, 1 + kouan_hostile_below (random, 6) * 20);
  tiff_entry (out, 278, 4, 1, height);
  tiff_entry (out, 279, 4, kouan_hostile_below (random, 2) == 0 ? 1 : 0xffffff,
              kouan_hostile_below (random, 2) == 0 ? 100 : 0xffffffff);
  tiff_entry (out, 339, 3, 1, kouan_hostile_below (random, 6));
  kouan_hostile_add_le32 (out, next);
}

/* Folders that lead back, to themselves, and to thousands of others. */
static void
tiff_folders (KouanHostile *self G_GNUC_UNUSED,
              GRand *random,
              GByteArray *out,
              KouanHostileFile *file)
{
  guint folders = 1 + kouan_hostile_below (random, 3000);
  gboolean loops = kouan_hostile_below (random, 2) == 0;

  file->heavy = TRUE;
  kouan_hostile_add (out, "II*\0\x08\0\0\0", 8);
  for (guint i = 0; i < folders; i++)
    {
      gboolean is_last = i + 1 == folders;

      tiff_folder (out, random, is_last ? (loops ? 8 : 0) : out->len + 126);
    }
}

/* A page of 6,324 by 6,324 from a strip of deflated zeros. */
static void
tiff_bomb (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  GBytes *zeros = kouan_hostile_zeros (self, FALSE);
  guint32 side = 6000 + kouan_hostile_below (random, 700);

  file->heavy = TRUE;
  kouan_hostile_add (out, "II*\0", 4);
  kouan_hostile_add_le32 (out, (guint32)(8 + g_bytes_get_size (zeros)));
  kouan_hostile_add_bytes (out, zeros);
  kouan_hostile_add_le16 (out, 9);
  tiff_entry (out, 256, 4, 1, side);
  tiff_entry (out, 257, 4, 1, side);
  tiff_entry (out, 258, 3, 1, 8);
  tiff_entry (out, 259, 3, 1, 8);
  tiff_entry (out, 262, 3, 1, 1);
  tiff_entry (out, 273, 4, 1, 8);
  tiff_entry (out, 277, 3, 1, 1);
  tiff_entry (out, 278, 4, 1, side);
  tiff_entry (out, 279, 4, 1, (guint32)g_bytes_get_size (zeros));
  kouan_hostile_add_le32 (out, 0);
}

/* A canvas of 16,384 by 16,384 around very little. */
static void
webp_canvas (KouanHostile *self, GRand *random, GByteArray *out, KouanHostileFile *file)
{
  GBytes *base = kouan_hostile_base (self, BASE_WEBP);
  guint flags = kouan_hostile_below (random, 256);
  const guint8 canvas[] = { (guint8)flags, 0, 0, 0, 0xff, 0x3f, 0, 0xff, 0x3f, 0 };

  file->heavy = TRUE;
  kouan_hostile_add (out, "RIFF", 4);
  kouan_hostile_add_le32 (out, (guint32)(g_bytes_get_size (base) + 10));
  kouan_hostile_add (out, "WEBPVP8X", 8);
  kouan_hostile_add_le32 (out, sizeof canvas);
  kouan_hostile_add (out, canvas, sizeof canvas);
  kouan_hostile_add (out, (const guint8 *)g_bytes_get_data (base, NULL) + 12,
                     g_bytes_get_size (base) - 12);
}

/* Boxes in boxes, or one that says that it is longer than the file. */
static void
heic_boxes (KouanHostile *self,
            GRand *random,
            GByteArray *out,
            KouanHostileFile *file G_GNUC_UNUSED)
{
  static const char *const types[]
    = { "meta", "iprp", "ipco", "iinf", "iloc", "dinf", "grid", "moov" };
  guint depth = 1 + kouan_hostile_below (random, 40000);
  gboolean honest = kouan_hostile_below (random, 2) == 0;
  const char *type = types[kouan_hostile_below (random, G_N_ELEMENTS (types))];

  kouan_hostile_add (out,
                     "\0\0\0\x18"
                     "ftypheic\0\0\0\0mif1heic",
                     24);
  for (guint i = 0; i < depth; i++)
    {
      kouan_hostile_add_be32 (out, honest ? (depth - i) * 12 : 0xffffffff);
      kouan_hostile_add (out, type, 4);
      kouan_hostile_add_be32 (out, 0);
    }
  kouan_hostile_add (out,
                     (const guint8 *)g_bytes_get_data (kouan_hostile_base (self, BASE_HEIC), NULL),
                     g_bytes_get_size (kouan_hostile_base (self, BASE_HEIC)));
}

const KouanHostileFamily kouan_hostile_pictures[] = {
  { "png-bomb", 12, png_bomb },
  { "png-text-bomb", 8, png_text_bomb },
  { "png-many-chunks", 12, png_many_chunks },
  { "jpeg-sides", 24, jpeg_sides },
  { "jpeg-scan-bomb", 4, jpeg_scan_bomb },
  { "jpeg-markers", 12, jpeg_markers },
  { "tiff-folders", 24, tiff_folders },
  { "tiff-bomb", 8, tiff_bomb },
  { "webp-canvas", 12, webp_canvas },
  { "heic-boxes", 24, heic_boxes },
  { NULL, 0, NULL },
};
