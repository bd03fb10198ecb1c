/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/primitives.h"
#include "tests/testlib/hex.h"

#include <string.h>

static KouanSecret *
secret_from_hex (const char *hex)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);

  return kouan_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_secret (KouanSecret *secret, const char *hex)
{
  kouan_test_assert_bytes (kouan_secret_data (secret), kouan_secret_size (secret), hex);
}

/* FIPS 180-4's examples. */
static void
test_sha256 (void)
{
  guint8 digest[KOUAN_SHA256_SIZE];

  kouan_sha256 ((const guint8 *)"abc", 3, digest);
  kouan_test_assert_bytes (digest, 32,
                           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  kouan_sha256 (NULL, 0, digest);
  kouan_test_assert_bytes (digest, 32,
                           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 4231, test case 2. */
static void
test_hmac (void)
{
  g_autoptr (KouanSecret) key = kouan_secret_new_copy ((const guint8 *)"Jefe", 4);
  const char *text = "what do ya want for nothing?";
  guint8 tag[KOUAN_SHA256_SIZE];

  kouan_hmac_sha256 (key, (const guint8 *)text, strlen (text), tag);
  kouan_test_assert_bytes (tag, 32,
                           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* RFC 5869, appendix A: cases 1, 2 and 3. */
static void
test_hkdf (void)
{
  g_autoptr (KouanSecret) input = secret_from_hex ("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  g_autoptr (GBytes) salt = kouan_test_bytes ("000102030405060708090a0b0c");
  g_autoptr (KouanSecret) salted
    = kouan_hkdf_sha256_salted (input, g_bytes_get_data (salt, NULL), g_bytes_get_size (salt),
                                "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9", 42);
  g_autoptr (KouanSecret) unsalted = kouan_hkdf_sha256 (input, "", 42);

  assert_secret (
    salted, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  assert_secret (
    unsalted,
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

static void
test_hkdf_long (void)
{
  g_autoptr (KouanSecret) input = kouan_secret_new (80);
  g_autoptr (KouanSecret) output = NULL;
  guint8 salt[80];
  char info[81] = "";

  for (guint i = 0; i < 80; i++)
    {
      kouan_secret_data (input)[i] = (guint8)i;
      salt[i] = (guint8)(0x60 + i);
      info[i] = (char)(0xb0 + i);
    }
  output = kouan_hkdf_sha256_salted (input, salt, sizeof salt, info, 82);
  assert_secret (output, "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                         "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                         "cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

static const char ladies[]
  = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";

/* draft-irtf-cfrg-xchacha-03, appendix A.3.1. */
static void
test_box_vector (void)
{
  g_autoptr (KouanSecret) key
    = secret_from_hex ("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  g_autoptr (GBytes) box = kouan_test_bytes ("404142434445464748494a4b4c4d4e4f5051525354555657"
                                             "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed29"
                                             "02c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e3"
                                             "9ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b"
                                             "69b982c1bb9e3f3fac2bc369488f76b2383565d3ff"
                                             "f921f9664c97637da9768812f615c68b13b52e"
                                             "c0875924c1c7987947deafd8780acf49");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain
    = kouan_box_open (key, box, "\x50\x51\x52\x53\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), ladies,
                   strlen (ladies));
}

static void
test_box_round_trip (void)
{
  g_autoptr (KouanSecret) key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  const gsize sizes[] = { 0, 1, 15, 16, 17, 4096 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *data = g_malloc0 (sizes[i] + 1);
      g_autoptr (GBytes) box = kouan_box_seal (key, data, sizes[i], "draft");
      g_autoptr (GBytes) again = kouan_box_seal (key, data, sizes[i], "draft");
      g_autoptr (GBytes) plain = kouan_box_open (key, box, "draft", &error);

      g_assert_no_error (error);
      g_assert_cmpmem (data, sizes[i], g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
      g_assert_cmpuint (g_bytes_get_size (box), ==, sizes[i] + 40);
      g_assert_false (g_bytes_equal (box, again)); /* a nonce of its own */
    }
}

static void
assert_box_refused (KouanSecret *key, GBytes *box, const char *context)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_box_open (key, box, context, &error));
  g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
  g_assert_cmpint (error->code, ==,
                   g_bytes_get_size (box) < 40 ? KOUAN_CRYPTO_ERROR_MALFORMED
                                               : KOUAN_CRYPTO_ERROR_FORGED);
}

static void
test_box_refuses (void)
{
  g_autoptr (KouanSecret) key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (KouanSecret) other = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (GBytes) box = kouan_box_seal (key, (const guint8 *)"page", 4, "draft");
  gsize size = g_bytes_get_size (box);

  assert_box_refused (other, box, "draft");
  assert_box_refused (key, box, "drafts");
  assert_box_refused (key, box, "");
  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (box, 0, i);
      g_autofree guint8 *flipped = g_memdup2 (g_bytes_get_data (box, NULL), size);
      g_autoptr (GBytes) wrong = NULL;

      assert_box_refused (key, cut, "draft");
      flipped[i] ^= 0x40;
      wrong = g_bytes_new (flipped, size);
      assert_box_refused (key, wrong, "draft");
    }
}

static void
test_uuid7 (void)
{
  guint8 first[KOUAN_UUID_SIZE];
  guint8 second[KOUAN_UUID_SIZE];

  /* RFC 9562, appendix A.6: 2022-02-22 19:22:22 UTC is 0x017f22e279b0 ms. */
  kouan_uuid7 (G_GINT64_CONSTANT (1645557742000) * 1000, first);
  kouan_uuid7 (G_GINT64_CONSTANT (1645557742000) * 1000, second);
  kouan_test_assert_bytes (first, 6, "017f22e279b0");
  g_assert_cmpint (first[6] >> 4, ==, 7);
  g_assert_cmpint (first[8] >> 6, ==, 2);
  g_assert_true (memcmp (first, second, KOUAN_UUID_SIZE) != 0);
  kouan_uuid7 (-1, first);
  kouan_test_assert_bytes (first, 6, "000000000000");
}

static void
test_uuid_text (void)
{
  const char *text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  const char *wrong[] = { "",
                          "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                          "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
                          "017f22e279b0-7cc3-98c4-dc0c0c07398f--",
                          "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                          "017f22e2 79b0 7cc3 98c4 dc0c0c07398f" };
  guint8 uuid[KOUAN_UUID_SIZE];
  g_autofree char *back = NULL;

  g_assert_true (kouan_uuid_from_string (text, uuid));
  kouan_test_assert_bytes (uuid, 16, "017f22e279b07cc398c4dc0c0c07398f");
  back = kouan_uuid_to_string (uuid);
  g_assert_cmpstr (back, ==, text);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (kouan_uuid_from_string (wrong[i], uuid));
}

static void
test_hex (void)
{
  guint8 data[3] = { 0x00, 0x9f, 0xa0 };
  guint8 back[3];
  g_autofree char *text = kouan_hex (data, 3);
  g_autofree char *empty = kouan_hex (NULL, 0);

  g_assert_cmpstr (text, ==, "009fa0");
  g_assert_cmpstr (empty, ==, "");
  g_assert_true (kouan_unhex (text, back, 3));
  g_assert_cmpmem (data, 3, back, 3);
  g_assert_true (kouan_unhex ("", NULL, 0));
  g_assert_false (kouan_unhex ("009fa", back, 3));
  g_assert_false (kouan_unhex ("009fa00", back, 3));
  g_assert_false (kouan_unhex ("009FA0", back, 3));
  g_assert_false (kouan_unhex ("009f:0", back, 3));
  g_assert_false (kouan_unhex ("009fg0", back, 3));
  g_assert_false (kouan_unhex ("009f`0", back, 3));
  g_assert_false (kouan_unhex ("009f/0", back, 3));
}

static void
test_random (void)
{
  guint8 a[32] = { 0 };
  guint8 b[32] = { 0 };

  kouan_random_bytes (a, sizeof a);
  kouan_random_bytes (b, sizeof b);
  g_assert_true (memcmp (a, b, sizeof a) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/sha256", test_sha256);
  g_test_add_func ("/crypto/hmac", test_hmac);
  g_test_add_func ("/crypto/hkdf", test_hkdf);
  g_test_add_func ("/crypto/hkdf-long", test_hkdf_long);
  g_test_add_func ("/crypto/box/vector", test_box_vector);
  g_test_add_func ("/crypto/box/round-trip", test_box_round_trip);
  g_test_add_func ("/crypto/box/refuses", test_box_refuses);
  g_test_add_func ("/crypto/uuid/7", test_uuid7);
  g_test_add_func ("/crypto/uuid/text", test_uuid_text);
  g_test_add_func ("/crypto/hex", test_hex);
  g_test_add_func ("/crypto/random", test_random);
  return g_test_run ();
}
