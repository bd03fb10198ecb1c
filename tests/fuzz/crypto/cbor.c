/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/cbor.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define DEPTH_MAX 16

/* Copies one item from @reader to @out. What is read and written again must come out as it was: the
 * reader takes one spelling only, and the writer has the same. */
static gboolean
copy_item (KouanCborReader *reader, GByteArray *out, guint depth)
{
  KouanCborReader ahead = *reader;
  guint64 number = 0;
  gint64 integer = 0;
  const guint8 *bytes = NULL;
  const char *text = NULL;
  gboolean flag = FALSE;
  gsize count = 0;

  switch (depth < DEPTH_MAX ? kouan_cbor_peek_major (reader) : -1)
    {
    case 0:
      if (kouan_cbor_read_uint (reader, &number))
        kouan_cbor_write_uint (out, number);
      return !reader->failed;
    case 1:
      if (kouan_cbor_read_int (reader, &integer))
        kouan_cbor_write_int (out, integer);
      return !reader->failed;
    case 2:
      if (kouan_cbor_read_bytes (reader, &bytes, &count))
        kouan_cbor_write_bytes (out, bytes, count);
      return !reader->failed;
    case 3:
      if (kouan_cbor_read_text (reader, &text, &count) && memchr (text, '\0', count) == NULL)
        {
          g_autofree char *copy = kouan_cbor_dup_text (&ahead);

          kouan_cbor_write_text (out, copy);
          return TRUE;
        }
      return FALSE;
    case 4:
      if (!kouan_cbor_read_array (reader, &count))
        return FALSE;
      kouan_cbor_write_array (out, count);
      break;
    case 5:
      if (!kouan_cbor_read_map (reader, &count))
        return FALSE;
      kouan_cbor_write_map (out, count);
      count *= 2;
      break;
    case 6:
      if (!kouan_cbor_read_tag (reader, &number))
        return FALSE;
      kouan_cbor_write_tag (out, number);
      count = 1;
      break;
    case 7:
      if (kouan_cbor_read_bool (&ahead, &flag) && kouan_cbor_read_bool (reader, &flag))
        kouan_cbor_write_bool (out, flag);
      else if (kouan_cbor_read_null (reader))
        kouan_cbor_write_null (out);
      return !reader->failed;
    default:
      return FALSE;
    }
  for (gsize i = 0; i < count; i++)
    if (!copy_item (reader, out, depth + 1))
      return FALSE;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  KouanCborReader reader;

  kouan_cbor_reader_init (&reader, data, size);
  if (copy_item (&reader, out, 0))
    g_assert_true (out->len == reader.offset && memcmp (out->data, data, out->len) == 0);
  else
    g_assert_true (reader.offset <= reader.size);
  return 0;
}
