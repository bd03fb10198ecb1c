/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/hostile/hostile.h"

#include <gio/gio.h>
#include <string.h>

#include "tests/hostile/hostile-private.h"
#include "tests/testlib/papers.h"

/* A file is chosen by seed and number alone, so that what a campaign found can be made again by
 * itself: `hostile make --seed S --from N --count 1`. */

static const KouanHostileFamily *const families[] = {
  kouan_hostile_damaged,
  kouan_hostile_pictures,
  kouan_hostile_pdfs,
  kouan_hostile_refused,
};

KouanHostile *
kouan_hostile_new (guint32 seed)
{
  KouanHostile *self = g_new0 (KouanHostile, 1);

  self->seed = seed;
  return self;
}

void
kouan_hostile_free (KouanHostile *self)
{
  for (guint i = 0; i < N_BASES; i++)
    g_clear_pointer (&self->bases[i], g_bytes_unref);
  g_clear_pointer (&self->zeros, g_bytes_unref);
  g_clear_pointer (&self->zeros_twice, g_bytes_unref);
  g_free (self);
}

void
kouan_hostile_file_free (KouanHostileFile *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

static const KouanHostileFamily *
choose_family (GRand *random)
{
  guint total = 0, chosen;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const KouanHostileFamily *family = families[i]; family->family != NULL; family++)
      total += family->weight;
  chosen = kouan_hostile_below (random, total);
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const KouanHostileFamily *family = families[i]; family->family != NULL; family++)
      {
        if (chosen < family->weight)
          return family;
        chosen -= family->weight;
      }
  g_assert_not_reached ();
}

KouanHostileFile *
kouan_hostile_make (KouanHostile *self, guint32 number)
{
  const guint32 seeds[] = { self->seed, number };
  GRand *random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  const KouanHostileFamily *family = choose_family (random);
  KouanHostileFile *file = g_new0 (KouanHostileFile, 1);
  GByteArray *out = g_byte_array_new ();

  file->family = family->family;
  file->refused = KOUAN_FILE_KIND_UNKNOWN;
  family->recipe (self, random, out, file);
  file->bytes = g_byte_array_free_to_bytes (out);
  g_rand_free (random);
  return file;
}

static GBytes *
make_jpeg (guint seed, guint dpi)
{
  g_autoptr (KouanPage) page = kouan_test_letter (seed, dpi);

  return kouan_test_jpeg_oriented (page, 1 + seed % 8);
}

/* A page that is a JPEG, as scanners write it. */
static GBytes *
make_image_pdf (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (3, 60);
  g_autoptr (KouanPage) page = kouan_test_letter (3, 60);
  GByteArray *out = g_byte_array_new ();
  gsize size = g_bytes_get_size (jpeg);

  kouan_hostile_printf (out,
                        "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
                        "/Resources<</XObject<</I 4 0 R>>>>>>endobj\n"
                        "4 0 obj<</Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8"
                        "/ColorSpace/DeviceRGB/Filter/DCTDecode/Length %" G_GSIZE_FORMAT
                        ">>stream\n",
                        page->width, page->height, size);
  kouan_hostile_add_bytes (out, jpeg);
  kouan_hostile_add_text (out, "\nendstream endobj\n5 0 obj<</Length 29>>stream\n"
                               "q 595 0 0 842 0 0 cm /I Do Q\nendstream endobj\n"
                               "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n");
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
make_base (guint base)
{
  g_autoptr (KouanPage) small = kouan_test_letter (base, 40);

  switch (base)
    {
    case BASE_PDF:
      return kouan_test_pdf (3, "0 0 595 842",
                             "BT /F1 24 Tf 72 700 Td (A paper) Tj ET 10 10 m 500 800 l S");
    case BASE_PDF_IMAGE:
      return make_image_pdf ();
    case BASE_JPEG:
      return kouan_test_jpeg_cmyk (300, 200);
    case BASE_JPEG_PROGRESSIVE_LIKE:
      return make_jpeg (5, 60);
    case BASE_PNG:
      return kouan_test_png (small);
    case BASE_TIFF:
      return kouan_test_tiff (small, 2, 1);
    case BASE_TIFF_PACKED:
      return kouan_test_tiff (small, 2, 5);
    case BASE_WEBP:
      return kouan_test_webp (small, TRUE);
    case BASE_HEIC:
    default:
      return kouan_test_heic (small);
    }
}

/* Returns: (transfer none): a good file of this kind */
GBytes *
kouan_hostile_base (KouanHostile *self, guint base)
{
  if (self->bases[base] == NULL)
    self->bases[base] = make_base (base);
  return self->bases[base];
}

/* Returns: (transfer full): in zlib's format (RFC 1950) */
GBytes *
kouan_hostile_deflate (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_true (g_output_stream_write_all (out, data, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Returns: (transfer none): ZEROS_SIZE zeros, deflated; @twice: and that once more */
GBytes *
kouan_hostile_zeros (KouanHostile *self, gboolean twice)
{
  if (self->zeros == NULL)
    {
      guint8 *zeros = g_malloc0 (ZEROS_SIZE);
      g_autoptr (GBytes) bytes = g_bytes_new_take (zeros, ZEROS_SIZE);

      self->zeros = kouan_hostile_deflate (bytes);
      self->zeros_twice = kouan_hostile_deflate (self->zeros);
    }
  return twice ? self->zeros_twice : self->zeros;
}

void
kouan_hostile_add (GByteArray *out, const void *bytes, gsize size)
{
  g_byte_array_append (out, bytes, (guint)size);
}

void
kouan_hostile_add_text (GByteArray *out, const char *text)
{
  kouan_hostile_add (out, text, strlen (text));
}

void
kouan_hostile_printf (GByteArray *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list words;

  va_start (words, format);
  text = g_strdup_vprintf (format, words);
  va_end (words);
  kouan_hostile_add_text (out, text);
}

void
kouan_hostile_add_be32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  kouan_hostile_add (out, &big, sizeof big);
}

void
kouan_hostile_add_le32 (GByteArray *out, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  kouan_hostile_add (out, &little, sizeof little);
}

void
kouan_hostile_add_le16 (GByteArray *out, guint16 value)
{
  guint16 little = GUINT16_TO_LE (value);

  kouan_hostile_add (out, &little, sizeof little);
}

void
kouan_hostile_add_bytes (GByteArray *out, GBytes *bytes)
{
  kouan_hostile_add (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
kouan_hostile_add_random (GByteArray *out, GRand *random, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8)kouan_hostile_below (random, 256);

      kouan_hostile_add (out, &byte, 1);
    }
}

/* Returns: 0 to @end - 1 */
guint
kouan_hostile_below (GRand *random, guint end)
{
  return (guint)g_rand_int_range (random, 0, (gint32)end);
}
