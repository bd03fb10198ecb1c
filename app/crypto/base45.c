/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/cose.h"

#include <string.h>

/* Base45 (RFC 9285): two bytes as three of the 45 characters that a QR code packs into 5.5 bits
 * each. */

#define BASE 45

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/**
 * kouan_base45_encode:
 *
 * Returns: (transfer full): three characters for each two bytes, two for an odd last one
 */
char *
kouan_base45_encode (const guint8 *data, gsize size)
{
  GString *text = NULL;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  text = g_string_sized_new (size / 2 * 3 + 3);
  for (gsize i = 0; i < size; i += 2)
    {
      gboolean pair = i + 1 < size;
      guint value = pair ? (guint)data[i] << 8 | data[i + 1] : data[i];

      g_string_append_c (text, alphabet[value % BASE]);
      g_string_append_c (text, alphabet[value / BASE % BASE]);
      if (pair)
        g_string_append_c (text, alphabet[value / (BASE * BASE)]);
    }
  return g_string_free (text, FALSE);
}

/* The value of two or three characters, or -1. */
static int
decode_group (const char *text, gsize length)
{
  int value = 0;

  for (gsize i = length; i-- > 0;)
    {
      const char *place = memchr (alphabet, text[i], BASE);

      if (place == NULL)
        return -1;
      value = value * BASE + (int)(place - alphabet);
    }
  return value <= (length == 3 ? G_MAXUINT16 : G_MAXUINT8) ? value : -1;
}

/**
 * kouan_base45_decode:
 *
 * One byte sequence has one spelling; all else is %KOUAN_CRYPTO_ERROR_MALFORMED.
 */
GBytes *
kouan_base45_decode (const char *text, GError **error)
{
  g_autoptr (GByteArray) out = NULL;
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  out = g_byte_array_new ();
  for (gsize i = 0; i < length; i += 3)
    {
      gsize group = MIN (3, length - i);
      int value = group > 1 ? decode_group (text + i, group) : -1;
      guint8 bytes[2];

      if (value < 0)
        {
          g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                       "not Base45 at character %" G_GSIZE_FORMAT, i);
          return NULL;
        }
      bytes[0] = (guint8)(value >> 8);
      bytes[1] = (guint8)value;
      g_byte_array_append (out, group == 3 ? bytes : bytes + 1, group == 3 ? 2 : 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
