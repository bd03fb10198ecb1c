/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/keys-private.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hex.h"

#include <string.h>
#include <sys/stat.h>

static char *
key_path (const char *name)
{
  g_autofree char *below = g_build_filename ("crypto", name, NULL);

  return kouan_test_data (below);
}

static KouanSigningKey *
load_signing (const char *name)
{
  g_autofree char *path = key_path (name);
  g_autoptr (GError) error = NULL;
  KouanSigningKey *key = kouan_signing_key_load (path, &error);

  g_assert_no_error (error);
  return key;
}

static KouanVerifyingKey *
load_verifying (const char *name)
{
  g_autofree char *path = key_path (name);
  g_autoptr (GError) error = NULL;
  KouanVerifyingKey *key = kouan_verifying_key_load (path, &error);

  g_assert_no_error (error);
  return key;
}

static void
assert_same_id (KouanVerifyingKey *a, KouanVerifyingKey *b)
{
  guint8 a_id[KOUAN_KEY_ID_SIZE];
  guint8 b_id[KOUAN_KEY_ID_SIZE];

  kouan_verifying_key_get_id (a, a_id);
  kouan_verifying_key_get_id (b, b_id);
  g_assert_cmpmem (a_id, sizeof a_id, b_id, sizeof b_id);
}

static KouanSigningKey *
ed25519_from_seed (const char *folder, const char *seed)
{
  g_autofree char *path = g_build_filename (folder, "seed.pem", NULL);
  g_autofree char *hex = g_strconcat ("302e020100300506032b657004220420", seed, NULL);
  g_autoptr (GBytes) der = kouan_test_bytes (hex);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
  g_autofree char *pem
    = g_strdup_printf ("-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n", base64);
  g_autoptr (GError) error = NULL;
  KouanSigningKey *key = NULL;

  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  key = kouan_signing_key_load (path, &error);
  g_assert_no_error (error);
  return key;
}

/* RFC 8032 §7.1, tests 1 and 3. */
static const struct
{
  const char *seed;
  const char *message;
  const char *signature;
} vectors[] = {
  { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6b"
    "d25bf5f0595bbe24655141438e7a100b" },
  { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6"
    "59"
    "4a7c15e9716ed28dc027beceea1ec40a" },
};

static void
test_ed25519_vectors (void)
{
  char *folder = kouan_test_folder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (KouanSigningKey) key = ed25519_from_seed (folder, vectors[i].seed);
      g_autoptr (GBytes) message = kouan_test_bytes (vectors[i].message);
      const guint8 *data = g_bytes_get_data (message, NULL);
      gsize size = g_bytes_get_size (message);
      guint8 signature[KOUAN_SIGNATURE_SIZE];

      kouan_signing_key_sign (key, data != NULL ? data : (const guint8 *)"", size, signature);
      kouan_test_assert_bytes (signature, sizeof signature, vectors[i].signature);
      g_assert_true (kouan_verifying_key_verify (kouan_signing_key_get_public (key),
                                                 data != NULL ? data : (const guint8 *)"", size,
                                                 signature));
    }
  kouan_test_folder_remove (folder);
}

static void
test_sign_and_verify (gconstpointer data)
{
  const char *name = data;
  g_autofree char *private_name = g_strconcat (name, ".pem", NULL);
  g_autofree char *public_name = g_strconcat (name, "-public.pem", NULL);
  g_autoptr (KouanSigningKey) key = load_signing (private_name);
  g_autoptr (KouanVerifyingKey) public = load_verifying (public_name);
  const guint8 *text = (const guint8 *)"text";
  guint8 signature[KOUAN_SIGNATURE_SIZE];

  assert_same_id (public, kouan_signing_key_get_public (key));
  for (guint round = 0; round < 200; round++) /* r and s of ECDSA are sometimes short */
    {
      kouan_signing_key_sign (key, text, 4, signature);
      g_assert_true (kouan_verifying_key_verify (public, text, 4, signature));
    }
  g_assert_false (kouan_verifying_key_verify (public, text, 3, signature));
  for (gsize i = 0; i < sizeof signature; i++)
    {
      signature[i] ^= 0x01;
      g_assert_false (kouan_verifying_key_verify (public, text, 4, signature));
      signature[i] ^= 0x01;
    }
  memset (signature, 0, sizeof signature);
  g_assert_false (kouan_verifying_key_verify (public, text, 4, signature));
  memset (signature, 0xff, sizeof signature);
  g_assert_false (kouan_verifying_key_verify (public, text, 4, signature));
}

static void
test_identifier (void)
{
  g_autoptr (KouanVerifyingKey) plain = load_verifying ("p256-public.pem");
  g_autoptr (KouanVerifyingKey) compressed = load_verifying ("p256-public-compressed.pem");
  g_autofree char *pem = kouan_verifying_key_to_pem (compressed);
  g_autofree char *path = key_path ("p256-public.pem");
  g_autofree char *expected = NULL;

  assert_same_id (plain, compressed);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (pem, ==, expected);
}

static void
test_save_and_load (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "kiosk.pem", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "kiosk.pem", NULL);
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanSigningKey) other = kouan_signing_key_generate ();
  g_autoptr (KouanSigningKey) loaded = NULL;
  g_autoptr (KouanVerifyingKey) public = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;
  guint8 signature[KOUAN_SIGNATURE_SIZE];

  g_assert_true (kouan_signing_key_save (key, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  loaded = kouan_signing_key_load (path, &error);
  g_assert_no_error (error);
  pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  public = kouan_verifying_key_from_pem (pem, &error);
  g_assert_no_error (error);
  kouan_signing_key_sign (loaded, (const guint8 *)"x", 1, signature);
  g_assert_true (kouan_verifying_key_verify (public, (const guint8 *)"x", 1, signature));
  g_assert_false (kouan_verifying_key_verify (kouan_signing_key_get_public (other),
                                              (const guint8 *)"x", 1, signature));

  g_assert_false (kouan_signing_key_save (key, nowhere, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
  kouan_test_folder_remove (folder);
}

static void
assert_refused (const char *name, int code)
{
  g_autofree char *path = key_path (name);
  g_autoptr (GError) private_error = NULL;
  g_autoptr (GError) public_error = NULL;

  g_assert_null (kouan_signing_key_load (path, &private_error));
  g_assert_error (private_error, KOUAN_CRYPTO_ERROR, code);
  g_assert_null (kouan_verifying_key_load (path, &public_error));
  g_assert_error (public_error, KOUAN_CRYPTO_ERROR, code);
}

static void
test_refuses (void)
{
  g_autoptr (GError) error = NULL;

  assert_refused ("missing.pem", KOUAN_CRYPTO_ERROR_IO);
  assert_refused ("README", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_refused ("rsa.pem", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_refused ("p384.pem", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_refused ("ed25519-encrypted.pem", KOUAN_CRYPTO_ERROR_MALFORMED);
  g_assert_null (kouan_verifying_key_from_pem ("", &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_keyring (void)
{
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanKeyring) same = kouan_keyring_ref (keyring);
  g_autoptr (KouanVerifyingKey) issuer = load_verifying ("ed25519-public.pem");
  g_autoptr (KouanVerifyingKey) kiosk = load_verifying ("p256-public.pem");
  g_autoptr (GPtrArray) issuers = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  guint8 id[KOUAN_KEY_ID_SIZE];

  kouan_keyring_add (same, issuer, KOUAN_PURPOSE_APPOINTMENT, "issuer");
  kouan_keyring_add (keyring, kiosk, KOUAN_PURPOSE_SLIP | KOUAN_PURPOSE_WALK_IN, "kiosk 7");
  g_assert_cmpuint (kouan_keyring_get_size (keyring), ==, 2);
  g_assert_cmpstr (kouan_keyring_get_label (keyring, kiosk), ==, "kiosk 7");

  kouan_verifying_key_get_id (issuer, id);
  issuers = kouan_keyring_find (keyring, KOUAN_PURPOSE_APPOINTMENT, id);
  g_assert_cmpuint (issuers->len, ==, 1);
  g_assert_true (g_ptr_array_index (issuers, 0) == issuer);
  nobody = kouan_keyring_find (keyring, KOUAN_PURPOSE_SLIP, id);
  g_assert_cmpuint (nobody->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/keys/ed25519-vectors", test_ed25519_vectors);
  g_test_add_data_func ("/crypto/keys/sign-and-verify/ed25519", "ed25519", test_sign_and_verify);
  g_test_add_data_func ("/crypto/keys/sign-and-verify/p256", "p256", test_sign_and_verify);
  g_test_add_func ("/crypto/keys/identifier", test_identifier);
  g_test_add_func ("/crypto/keys/save-and-load", test_save_and_load);
  g_test_add_func ("/crypto/keys/refuses", test_refuses);
  g_test_add_func ("/crypto/keys/keyring", test_keyring);
  return g_test_run ();
}
