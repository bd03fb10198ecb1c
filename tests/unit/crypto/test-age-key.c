/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/age-private.h"
#include "app/crypto/bech32.h"
#include "app/crypto/x25519.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hex.h"

#include <string.h>
#include <sys/stat.h>

/* The key pair of C2SP age.md. */
#define IDENTITY "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
#define RECIPIENT "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "identity.txt", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static KouanAgeIdentity *
load (Fixture *fixture, const char *content, GError **error)
{
  if (content != NULL)
    g_assert_true (g_file_set_contents (fixture->path, content, -1, NULL));
  return kouan_age_identity_load (fixture->path, error);
}

static KouanSecret *
secret_from_hex (const char *hex)
{
  g_autoptr (GBytes) bytes = kouan_test_bytes (hex);

  return kouan_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* RFC 7748 §6.1. */
static void
test_x25519 (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  const char *expected = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  g_autoptr (KouanSecret) alice
    = secret_from_hex ("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  g_autoptr (KouanSecret) bob
    = secret_from_hex ("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  g_autoptr (KouanSecret) shared = NULL;
  guint8 point[KOUAN_KEY_SIZE];

  kouan_x25519_public (bob, point);
  kouan_test_assert_bytes (point, 32,
                           "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  shared = kouan_x25519_shared (alice, point);
  kouan_test_assert_bytes (kouan_secret_data (shared), 32, expected);
}

static void
test_specification (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAgeIdentity) identity = load (
    fixture, "# created: 2026-11-23T10:00:00Z\n# public key: age1…\n" IDENTITY "\n", &error);
  g_autoptr (KouanAgeRecipient) recipient = NULL;
  g_autoptr (KouanAgeRecipient) parsed = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  recipient = kouan_age_identity_get_recipient (identity);
  text = kouan_age_recipient_to_string (recipient);
  g_assert_cmpstr (text, ==, RECIPIENT);
  parsed = kouan_age_recipient_parse (RECIPIENT, &error);
  g_assert_no_error (error);
  again = kouan_age_recipient_to_string (parsed);
  g_assert_cmpstr (again, ==, RECIPIENT);
}

static void
test_save_and_load (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
  g_autoptr (KouanAgeIdentity) loaded = NULL;
  g_autoptr (KouanAgeRecipient) before = kouan_age_identity_get_recipient (identity);
  g_autoptr (KouanAgeRecipient) after = NULL;
  g_autofree char *before_text = kouan_age_recipient_to_string (before);
  g_autofree char *after_text = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "missing", "id", NULL);
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_true (kouan_age_identity_save (identity, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  loaded = load (fixture, NULL, &error);
  g_assert_no_error (error);
  after = kouan_age_identity_get_recipient (loaded);
  after_text = kouan_age_recipient_to_string (after);
  g_assert_cmpstr (before_text, ==, after_text);

  g_assert_false (kouan_age_identity_save (identity, nowhere, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
}

static void
test_load_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *wrong[]
    = { "",
        "\n",
        "# only a comment\n",
        RECIPIENT "\n",
        IDENTITY "\n" IDENTITY "\n",
        IDENTITY " \n",
        " " IDENTITY "\n",
        IDENTITY "\r\n",
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEQ\n",
        "age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex\n" };
  g_autofree char *huge = g_strnfill (5000, '#');
  g_autoptr (GError) error = NULL;

  g_assert_null (load (fixture, NULL, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (load (fixture, wrong[i], &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
      g_clear_error (&error);
    }
  g_assert_null (load (fixture, huge, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_recipient_refuses (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  const char *wrong[] = { "", "age1", RECIPIENT " ", RECIPIENT "\n", IDENTITY, "ssh-ed25519 AAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_age_recipient_parse (wrong[i], &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static void
test_wrap (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
  g_autoptr (KouanAgeIdentity) other = kouan_age_identity_generate ();
  g_autoptr (KouanAgeRecipient) recipient = kouan_age_identity_get_recipient (identity);
  g_autoptr (KouanSecret) file_key = kouan_secret_new_random (KOUAN_AGE_FILE_KEY_SIZE);
  g_autoptr (KouanSecret) unwrapped = NULL;
  KouanAgeStanza stanza;
  KouanAgeStanza second;

  g_assert_true (kouan_age_wrap (recipient, file_key, &stanza));
  g_assert_true (kouan_age_wrap (recipient, file_key, &second));
  g_assert_true (memcmp (stanza.share, second.share, sizeof stanza.share) != 0);
  unwrapped = kouan_age_unwrap (identity, &stanza);
  g_assert_nonnull (unwrapped);
  g_assert_true (kouan_secret_equal (file_key, unwrapped));
  g_assert_null (kouan_age_unwrap (other, &stanza));
  stanza.body[0] ^= 1;
  g_assert_null (kouan_age_unwrap (identity, &stanza));
}

/* Zero and one are points of low order: whoever is sent to them, everybody can read. */
static void
test_low_order (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
  g_autoptr (KouanSecret) file_key = kouan_secret_new_random (KOUAN_AGE_FILE_KEY_SIZE);
  KouanAgeStanza stanza = { 0 };

  for (guint8 point = 0; point <= 1; point++)
    {
      guint8 bytes[KOUAN_KEY_SIZE] = { point };
      g_autofree char *text = kouan_bech32_encode ("age", bytes, sizeof bytes);
      g_autoptr (KouanAgeRecipient) recipient = kouan_age_recipient_parse (text, NULL);

      g_assert_nonnull (recipient);
      g_assert_false (kouan_age_wrap (recipient, file_key, &stanza));
      memcpy (stanza.share, bytes, sizeof bytes);
      g_assert_null (kouan_age_unwrap (identity, &stanza));
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/crypto/age/key/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("x25519", test_x25519);
  ADD ("specification", test_specification);
  ADD ("save-and-load", test_save_and_load);
  ADD ("load-refuses", test_load_refuses);
  ADD ("recipient-refuses", test_recipient_refuses);
  ADD ("wrap", test_wrap);
  ADD ("low-order", test_low_order);
  return g_test_run ();
}
