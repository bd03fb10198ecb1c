/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/jpeg.h"
#include "app/lds/tlv.h"
#include "app/portrait/chip-portrait.h"
#include "tests/testlib/papers.h"

/* DG2 to pixels, through the real kouan-pixels. */

static GBytes *
make_dg2 (GBytes *picture)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  static const guint tags[] = { 0x80, 0xa0, 0xa0, 0xa1, 0x30, 0xa1, 0x65, 0x7f2e, 0x7f60 };
  g_autoptr (GByteArray) group = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (block, g_bytes_get_data (picture, NULL), (guint)g_bytes_get_size (picture));
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GByteArray) within = g_steal_pointer (&block);

      block = g_byte_array_new ();
      kouan_tlv_write (block, tags[i], within->data, within->len);
    }
  kouan_tlv_write_uint (group, 1);
  g_byte_array_append (group, block->data, block->len);
  kouan_tlv_write (inner, 0x7f61, group->data, group->len);
  kouan_tlv_write (file, 0x75, inner->data, inner->len);
  return g_byte_array_free_to_bytes (file);
}

static KouanPage *
decode (GBytes *picture, GError **error)
{
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GBytes) dg2 = make_dg2 (picture);

  return kouan_chip_portrait_read (pixels, dg2, NULL, error);
}

static void
test_formats (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (120, 80);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 90);
  g_autoptr (GBytes) jp2 = kouan_test_jp2 (page, FALSE);
  g_autoptr (GBytes) codestream = kouan_test_jp2 (page, TRUE);
  GBytes *pictures[] = { jpeg->bytes, jp2, codestream };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanPage) portrait = decode (pictures[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (portrait->width, ==, 120);
      kouan_test_assert_quarters (portrait, 12);
    }
}

static void
test_damaged (void)
{
  g_autoptr (KouanPage) page = kouan_test_quarters (120, 80);
  g_autoptr (GBytes) jp2 = kouan_test_jp2 (page, FALSE);
  g_autoptr (GBytes) cut = kouan_test_cut (g_bytes_ref (jp2), 200);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("no file", 7);
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (cut, &error));
  g_assert_error (error, KOUAN_PIXELS_ERROR, KOUAN_PIXELS_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (kouan_chip_portrait_read (pixels, nothing, NULL, &error));
  g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portrait/chip/formats", test_formats);
  g_test_add_func ("/portrait/chip/damaged", test_damaged);
  return g_test_run ();
}
