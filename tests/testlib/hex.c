/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/hex.h"

GBytes *
kouan_test_bytes (const char *hex)
{
  GByteArray *out = g_byte_array_new ();
  int high = -1;

  for (; *hex != '\0'; hex++)
    {
      int digit = g_ascii_xdigit_value (*hex);

      if (*hex == ' ')
        continue;
      g_assert_cmpint (digit, >=, 0);
      if (high >= 0)
        {
          guint8 byte = (guint8)(high << 4 | digit);

          g_byte_array_append (out, &byte, 1);
        }
      high = high >= 0 ? -1 : digit;
    }
  g_assert_cmpint (high, ==, -1);
  return g_byte_array_free_to_bytes (out);
}

void
kouan_test_assert_bytes (const guint8 *data, gsize size, const char *hex)
{
  g_autoptr (GBytes) expected = kouan_test_bytes (hex);

  g_assert_cmpmem (data, size, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}
