/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/portrait.h"

#include "app/lds/tlv.h"

static void
append_number (GByteArray *out, guint64 number, guint bytes)
{
  while (bytes-- > 0)
    {
      guint8 byte = (guint8)(number >> (8 * bytes));

      g_byte_array_append (out, &byte, 1);
    }
}

/* One face of ISO/IEC 19794-5:2005: record header, facial information, image information. */
static GByteArray *
face_record (const guint8 *portrait, gsize size)
{
  const gsize head = 14, face = 20, image = 12;
  gboolean is_jpeg = size >= 2 && portrait[0] == 0xff && portrait[1] == 0xd8;
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out,
                       (const guint8 *)"FAC\0"
                                       "010",
                       8);
  append_number (out, head + face + image + size, 4);
  append_number (out, 1, 2);
  append_number (out, face + image + size, 4);
  append_number (out, 0, 2); /* no feature points */
  append_number (out, 0, 7); /* gender to pose angles: not said */
  append_number (out, 0, 7);
  append_number (out, 1, 1); /* full frontal */
  append_number (out, is_jpeg ? 0 : 1, 1);
  append_number (out, 0, 2); /* width and height stand in the picture */
  append_number (out, 0, 2);
  append_number (out, 1, 1); /* sRGB */
  append_number (out, 2, 1); /* digital camera */
  append_number (out, 0, 2);
  append_number (out, 0, 2);
  g_byte_array_append (out, portrait, (guint)size);
  return out;
}

static void
append_biometric_header (GByteArray *out)
{
  static const guint8 face[] = { 0x02 }, owner[] = { 0x01, 0x01 }, type[] = { 0x00, 0x08 };
  g_autoptr (GByteArray) content = g_byte_array_new ();

  kouan_tlv_write (content, 0x81, face, sizeof face);
  kouan_tlv_write (content, 0x87, owner, sizeof owner);
  kouan_tlv_write (content, 0x88, type, sizeof type);
  kouan_tlv_write (out, 0xa1, content->data, content->len);
}

GBytes *
kouan_test_make_dg2 (const guint8 *portrait, gsize size)
{
  static const guint8 one[] = { 1 };
  g_autoptr (GByteArray) record = face_record (portrait, size);
  g_autoptr (GByteArray) instance = g_byte_array_new ();
  g_autoptr (GByteArray) group = g_byte_array_new ();
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  append_biometric_header (instance);
  kouan_tlv_write (instance, 0x5f2e, record->data, record->len);
  kouan_tlv_write (group, 0x02, one, sizeof one);
  kouan_tlv_write (group, 0x7f60, instance->data, instance->len);
  kouan_tlv_write (content, 0x7f61, group->data, group->len);
  kouan_tlv_write (out, 0x75, content->data, content->len);
  return g_byte_array_free_to_bytes (out);
}
