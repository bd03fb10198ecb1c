/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/bech32.h"
#include "tests/testlib/hex.h"

#include <string.h>

/* BIP 173's valid strings, and the key pair of age's specification. */
static const struct
{
  const char *prefix;
  const char *text;
  const char *data;
} vectors[] = {
  { "A", "A12UEL5L", "" },
  { "a", "a12uel5l", "" },
  { "abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "00443214c74254b635cf84653a56d7c675be77df" },
  { "split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d" },
  { "AGE-SECRET-KEY-", "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
    "4242424242424242424242424242424242424242424242424242424242424242" },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) data = kouan_test_bytes (vectors[i].data);
      gsize size = g_bytes_get_size (data);
      g_autofree char *text
        = kouan_bech32_encode (vectors[i].prefix, g_bytes_get_data (data, NULL), size);
      guint8 decoded[32];

      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_true (kouan_bech32_decode (vectors[i].prefix, text, strlen (text), decoded, size));
      kouan_test_assert_bytes (decoded, size, vectors[i].data);
    }
}

static gboolean
decodes (const char *text, gsize size)
{
  guint8 data[32];

  return kouan_bech32_decode ("age", text, strlen (text), data, size);
}

static void
test_refuses (void)
{
  const char *good = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
  g_autofree char *upper = g_ascii_strup (good, -1);
  g_autofree char *mixed = g_strdup (good);
  g_autofree char *copy = g_strdup (good);

  g_assert_true (decodes (good, 32));
  g_assert_false (decodes (good, 31));
  g_assert_false (decodes (upper, 32));
  mixed[20] = g_ascii_toupper (mixed[20]);
  g_assert_false (decodes (mixed, 32));
  g_assert_false (decodes ("", 32));
  g_assert_false (decodes ("age1", 0));
  for (gsize i = 0; copy[i] != '\0'; i++)
    {
      char kept = copy[i];

      copy[i] = kept == 'q' ? 'p' : 'q'; /* one symbol wrong */
      g_assert_false (decodes (copy, 32));
      copy[i] = '\0';
      g_assert_false (decodes (copy, 32));
      copy[i] = kept;
    }
}

/* 32 bytes leave four bits of the last symbol unused; they have to be zero, even under a good
 * checksum. */
static void
test_padding (void)
{
  g_assert_true (decodes ("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z", 32));
  g_assert_false (decodes ("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqpfwgqrs", 32));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/bech32/vectors", test_vectors);
  g_test_add_func ("/crypto/bech32/refuses", test_refuses);
  g_test_add_func ("/crypto/bech32/padding", test_padding);
  return g_test_run ();
}
