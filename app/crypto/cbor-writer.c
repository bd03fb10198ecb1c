/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/cbor.h"

#include <string.h>

static void
write_head (GByteArray *out, guint major, guint64 value)
{
  guint8 head[9];
  guint width = 0;

  g_return_if_fail (out != NULL);

  if (value >= 24)
    width = value <= G_MAXUINT8 ? 1 : value <= G_MAXUINT16 ? 2 : value <= G_MAXUINT32 ? 4 : 8;
  head[0] = (guint8)(major << 5 | (width == 0 ? value : 24 + (guint)g_bit_nth_lsf (width, -1)));
  for (guint i = 0; i < width; i++)
    head[1 + i] = (guint8)(value >> (8 * (width - 1 - i)));
  g_byte_array_append (out, head, 1 + width);
}

void
kouan_cbor_write_uint (GByteArray *out, guint64 value)
{
  write_head (out, 0, value);
}

void
kouan_cbor_write_int (GByteArray *out, gint64 value)
{
  if (value < 0)
    write_head (out, 1, (guint64)(-1 - value));
  else
    write_head (out, 0, (guint64)value);
}

static void
write_string (GByteArray *out, guint major, const guint8 *data, gsize size)
{
  g_return_if_fail (data != NULL || size == 0);
  g_return_if_fail (size <= G_MAXUINT - out->len);

  write_head (out, major, size);
  if (size > 0)
    g_byte_array_append (out, data, (guint)size);
}

void
kouan_cbor_write_bytes (GByteArray *out, const guint8 *data, gsize size)
{
  write_string (out, 2, data, size);
}

/**
 * kouan_cbor_write_text:
 * @text: valid UTF-8
 */
void
kouan_cbor_write_text (GByteArray *out, const char *text)
{
  g_return_if_fail (text != NULL && g_utf8_validate (text, -1, NULL));

  write_string (out, 3, (const guint8 *)text, strlen (text));
}

void
kouan_cbor_write_array (GByteArray *out, gsize count)
{
  write_head (out, 4, count);
}

void
kouan_cbor_write_map (GByteArray *out, gsize count)
{
  write_head (out, 5, count);
}

void
kouan_cbor_write_tag (GByteArray *out, guint64 tag)
{
  write_head (out, 6, tag);
}

void
kouan_cbor_write_bool (GByteArray *out, gboolean value)
{
  write_head (out, 7, value ? 21 : 20);
}

void
kouan_cbor_write_null (GByteArray *out)
{
  write_head (out, 7, 22);
}
