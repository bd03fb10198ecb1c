/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/dg2.h"
#include "app/lds/tlv.h"

#include <string.h>

static const guint8 jpeg[] = { 0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4 };
static const guint8 codestream[] = { 0xff, 0x4f, 0xff, 0x51, 1, 2, 3, 4 };

/* Takes @inner. Returns: it within an object of @tag */
static GByteArray *
wrap (guint tag, GByteArray *inner)
{
  GByteArray *out = g_byte_array_new ();

  kouan_tlv_write (out, tag, inner->data, inner->len);
  g_byte_array_unref (inner);
  return out;
}

/* A group of one portrait around @data, which it takes. */
static GByteArray *
make_file (GByteArray *data)
{
  static const guint8 header[] = { 0xa1, 0x03, 0x81, 0x01, 0x02 };
  GByteArray *information = g_byte_array_new ();
  GByteArray *group = g_byte_array_new ();

  g_byte_array_append (information, header, sizeof header);
  g_byte_array_append (information, data->data, data->len);
  g_byte_array_unref (data);
  information = wrap (0x7f60, information);
  kouan_tlv_write_uint (group, 1);
  g_byte_array_append (group, information->data, information->len);
  g_byte_array_unref (information);
  return wrap (0x75, wrap (0x7f61, group));
}

static void
put_32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *)&big, sizeof big);
}

/* A face record of ISO/IEC 19794-5 with so many feature points. */
static GByteArray *
make_19794 (const guint8 *picture, gsize size, guint8 features)
{
  static const guint8 nothing[15];
  const guint8 image[] = { 1, 0, 1, 157, 2, 3, 1, 0, 0, 0, 0, 0 };
  guint32 face_size = 20 + 8u * features + sizeof image + (guint32)size;
  GByteArray *record = g_byte_array_new ();
  const guint8 count[] = { 0, 1 };
  const guint8 points[] = { 0, features };

  g_byte_array_append (record,
                       (const guint8 *)"FAC\0"
                                       "010",
                       8);
  put_32 (record, 14 + face_size);
  g_byte_array_append (record, count, sizeof count);
  put_32 (record, face_size);
  g_byte_array_append (record, points, sizeof points);
  g_byte_array_append (record, nothing, 14);
  for (guint i = 0; i < features; i++)
    g_byte_array_append (record, nothing, 8);
  g_byte_array_append (record, image, sizeof image);
  g_byte_array_append (record, picture, (guint)size);
  return record;
}

static GByteArray *
make_39794 (const guint8 *picture, gsize size, gboolean wrapped)
{
  GByteArray *block = g_byte_array_new ();

  kouan_tlv_write (block, 0x80, picture, size);
  block = wrap (0xa1, wrap (0xa0, wrap (0xa0, block)));
  block = wrap (0x65, wrap (0xa1, wrap (0x30, block)));
  return wrap (0x7f2e, wrapped ? wrap (0xa1, block) : block);
}

/* Takes @file. */
static KouanDg2 *
parse (GByteArray *file, GError **error)
{
  g_autofree guint8 *exact = g_memdup2 (file->data, file->len);
  KouanDg2 *portrait = kouan_dg2_parse (exact, file->len, error);

  g_byte_array_unref (file);
  return portrait;
}

static void
test_19794 (void)
{
  for (guint8 features = 0; features < 3; features++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanDg2) portrait = parse (
        make_file (wrap (0x5f2e, make_19794 (codestream, sizeof codestream, features))), &error);

      g_assert_no_error (error);
      g_assert_cmpint (portrait->encoding, ==, KOUAN_FACE_ENCODING_19794);
      g_assert_cmpint (portrait->format, ==, KOUAN_FACE_FORMAT_JPEG_2000);
      g_assert_cmpuint (portrait->width, ==, 413);
      g_assert_cmpuint (portrait->height, ==, 515);
      g_assert_cmpmem (g_bytes_get_data (portrait->picture, NULL),
                       g_bytes_get_size (portrait->picture), codestream, sizeof codestream);
    }
}

static void
test_39794 (void)
{
  for (guint wrapped = 0; wrapped < 2; wrapped++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanDg2) portrait
        = parse (make_file (make_39794 (jpeg, sizeof jpeg, wrapped == 1)), &error);

      g_assert_no_error (error);
      g_assert_cmpint (portrait->encoding, ==, KOUAN_FACE_ENCODING_39794);
      g_assert_cmpint (portrait->format, ==, KOUAN_FACE_FORMAT_JPEG);
      g_assert_cmpmem (g_bytes_get_data (portrait->picture, NULL),
                       g_bytes_get_size (portrait->picture), jpeg, sizeof jpeg);
    }
}

static void
test_other_picture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDg2) portrait
    = parse (make_file (wrap (0x5f2e, make_19794 ((const guint8 *)"GIF89a..", 8, 0))), &error);

  g_assert_null (portrait);
  g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_NOT_SUPPORTED);
}

/* Every byte of the record's heads changed in turn: refused, or another portrait within the file;
 * and every file that ends too early. */
static void
test_damaged (void)
{
  g_autoptr (GByteArray) file
    = make_file (wrap (0x5f2e, make_19794 (codestream, sizeof codestream, 1)));

  for (guint size = 0; size < file->len; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (file->data, size);

      g_assert_null (kouan_dg2_parse (cut, size, NULL));
    }
  for (guint at = 0; at < file->len; at++)
    {
      g_autofree guint8 *altered = g_memdup2 (file->data, file->len);
      g_autoptr (KouanDg2) portrait = NULL;

      altered[at] ^= 0xff;
      portrait = kouan_dg2_parse (altered, file->len, NULL);
      g_assert_true (portrait == NULL || g_bytes_get_size (portrait->picture) < file->len);
    }
}

/* Lengths in the record that promise more than there is. */
static void
test_lies (void)
{
  static const guint at[] = { 8, 14, 18 }; /* record, face, feature points */

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      GByteArray *record = make_19794 (jpeg, sizeof jpeg, 0);
      g_autoptr (GError) error = NULL;

      record->data[at[i]] = 0xff;
      g_assert_null (parse (make_file (wrap (0x5f2e, record)), &error));
      g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lds/dg2/19794", test_19794);
  g_test_add_func ("/lds/dg2/39794", test_39794);
  g_test_add_func ("/lds/dg2/other-picture", test_other_picture);
  g_test_add_func ("/lds/dg2/damaged", test_damaged);
  g_test_add_func ("/lds/dg2/lies", test_lies);
  return g_test_run ();
}
