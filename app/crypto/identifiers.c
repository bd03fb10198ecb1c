/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/primitives.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

/**
 * kouan_uuid7:
 * @wall_us: time since 1970; before it counts as 1970
 *
 * RFC 9562 §5.7.
 */
void
kouan_uuid7 (gint64 wall_us, guint8 uuid[static KOUAN_UUID_SIZE])
{
  guint64 wall_ms = wall_us > 0 ? (guint64)wall_us / 1000 : 0;

  kouan_random_bytes (uuid, KOUAN_UUID_SIZE);
  for (int i = 0; i < 6; i++)
    uuid[i] = (guint8)(wall_ms >> (8 * (5 - i)));
  uuid[6] = (uuid[6] & 0x0f) | 0x70; /* version 7 */
  uuid[8] = (uuid[8] & 0x3f) | 0x80; /* variant of RFC 9562 */
}

/**
 * kouan_uuid_to_string:
 *
 * Returns: (transfer full): 8-4-4-4-12 lower-case digits
 */
char *
kouan_uuid_to_string (const guint8 uuid[static KOUAN_UUID_SIZE])
{
  g_autofree char *hex = kouan_hex (uuid, KOUAN_UUID_SIZE);

  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/**
 * kouan_uuid_from_string:
 *
 * Any version, in the one spelling of kouan_uuid_to_string().
 */
gboolean
kouan_uuid_from_string (const char *text, guint8 uuid[static KOUAN_UUID_SIZE])
{
  char hex[2 * KOUAN_UUID_SIZE + 1];
  gsize used = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) != 36)
    return FALSE;
  for (gsize i = 0; i < 36; i++)
    {
      gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;

      if (hyphen != (text[i] == '-'))
        return FALSE;
      if (!hyphen)
        hex[used++] = text[i];
    }
  hex[used] = '\0';
  return kouan_unhex (hex, uuid, KOUAN_UUID_SIZE);
}

char *
kouan_hex (const guint8 *data, gsize size)
{
  char *text = NULL;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  text = g_malloc (2 * size + 1);
  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = hex_digits[data[i] >> 4];
      text[2 * i + 1] = hex_digits[data[i] & 0x0f];
    }
  text[2 * size] = '\0';
  return text;
}

static int
hex_value (char digit)
{
  if (digit >= '0' && digit <= '9')
    return digit - '0';
  if (digit >= 'a' && digit <= 'f')
    return digit - 'a' + 10;
  return -1;
}

gboolean
kouan_unhex (const char *text, guint8 *data, gsize size)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (strlen (text) != 2 * size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      int high = hex_value (text[2 * i]);
      int low = hex_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      data[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
}
