/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/cose.h"

#include <string.h>

/* RFC 9285 §4.3 and §4.4. */
static const struct
{
  const char *plain;
  const char *text;
} vectors[] = {
  { "", "" },
  { "AB", "BB8" },
  { "Hello!!", "%69 VD92EX0" },
  { "base-45", "UJCLQE7W581" },
  { "ietf!", "QED8WEX0" },
};

static void
test_base45_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text
        = kouan_base45_encode ((const guint8 *)vectors[i].plain, strlen (vectors[i].plain));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = kouan_base45_decode (vectors[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), vectors[i].plain,
                       strlen (vectors[i].plain));
    }
}

static void
test_base45_every_value (void)
{
  for (guint value = 0; value <= G_MAXUINT16; value++)
    {
      guint8 bytes[2] = { (guint8)(value >> 8), (guint8)value };
      g_autofree char *text = kouan_base45_encode (bytes, 2);
      g_autoptr (GBytes) back = kouan_base45_decode (text, NULL);

      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), bytes, 2);
    }
}

static void
test_base45_refuses (void)
{
  /* FGW is 65535, so GGW is one too many; two characters hold at most 255, which is U5. */
  const char *wrong[]
    = { "A", "BB8A", "GGW", ":::", "V5", "::", "bb8", "B\n8", "BB8 ", "\xc3\xbc!" };
  g_autoptr (GBytes) largest = kouan_base45_decode ("FGWU5", NULL);

  g_assert_cmpmem (g_bytes_get_data (largest, NULL), g_bytes_get_size (largest), "\xff\xff\xff", 3);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_base45_decode (wrong[i], &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static void
test_code_round_trip (void)
{
  g_autofree guint8 *data = g_malloc (KOUAN_CODE_SIZE_MAX);

  for (gsize size = 1; size <= KOUAN_CODE_SIZE_MAX; size++)
    {
      g_autoptr (GBytes) message = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GBytes) back = NULL;

      data[size - 1] = (guint8)(size * 37);
      message = g_bytes_new (data, size);
      text = kouan_code_to_text (KOUAN_CODE_APPOINTMENT, message);
      g_assert_true (g_str_has_prefix (text, "KA1:"));
      back = kouan_code_from_text (KOUAN_CODE_APPOINTMENT, text, NULL);
      g_assert_true (g_bytes_equal (message, back));
    }
}

static void
assert_no_code (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_code_from_text (KOUAN_CODE_APPOINTMENT, text, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_code_refuses (void)
{
  g_autofree char *zeros = g_strnfill (KOUAN_CODE_SIZE_MAX / 2 * 3 + 3, '0');
  g_autofree char *too_long = g_strconcat (KOUAN_CODE_APPOINTMENT, zeros, NULL);

  assert_no_code ("");
  assert_no_code ("KA1");
  assert_no_code ("KA1:");
  assert_no_code ("ka1:BB8");
  assert_no_code (" KA1:BB8");
  assert_no_code ("KW1:BB8");
  assert_no_code ("https://example.org/");
  assert_no_code ("KA1:BB8\n");
  assert_no_code (too_long);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/base45/vectors", test_base45_vectors);
  g_test_add_func ("/crypto/base45/every-value", test_base45_every_value);
  g_test_add_func ("/crypto/base45/refuses", test_base45_refuses);
  g_test_add_func ("/crypto/code/round-trip", test_code_round_trip);
  g_test_add_func ("/crypto/code/refuses", test_code_refuses);
  return g_test_run ();
}
