/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/age-private.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* Values of the public age test kit (C2SP CCTV): the file key is "YELLOW SUBMARINE". */
#define IDENTITY "AGE-SECRET-KEY-1XMWWC06LY3EE5RYTXM9MFLAZ2U56JJJ36S0MYPDRWSVLUL66MV4QX3S7F6\n"
#define VERSION "age-encryption.org/v1\n"
#define SHARE "TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc"
#define BODY "EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U"
#define STANZA "-> X25519 " SHARE "\n" BODY "\n"
#define MAC "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n"
#define THREE                                                                                      \
  VERSION STANZA "-> X25519 ajtqAvDEkVNr2B7zUOtq2mAQXDSBlNrVAuM/dKb5sT4\n"                         \
                 "0evrK/HQXVsQ4YaDe+659l5OQzvAzD2ytLGHQLQiqxg\n"                                   \
                 "-> X25519 0qC7u6AbLxuwnM8tPFOWVtWZn/ZZe7z7gcsP5kgA0FI\n"                         \
                 "T/PZg76MmVt2IaLntrxppzDnzeFDYHsHFcnTnhbRLQ8\n"                                   \
                 "--- UCthUMrk+aJCkWnzueb2xSnd/zj41r4CrMB5SUcz9nM\n"
#define FULL_LINE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"

static KouanAgeHeader *
parse (const char *text, GError **error)
{
  g_autofree guint8 *exact = g_memdup2 (text, strlen (text)); /* not terminated */

  return kouan_age_header_parse (exact, strlen (text), error);
}

static KouanAgeIdentity *
load_identity (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autoptr (GError) error = NULL;
  KouanAgeIdentity *identity = NULL;

  g_assert_true (g_file_set_contents (path, IDENTITY, -1, NULL));
  identity = kouan_age_identity_load (path, &error);
  g_assert_no_error (error);
  kouan_test_folder_remove (folder);
  return identity;
}

static void
test_vectors (void)
{
  const char *headers[] = { VERSION STANZA MAC, THREE };
  g_autoptr (KouanAgeIdentity) identity = load_identity ();

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanAgeHeader) header = parse (headers[i], &error);
      g_autoptr (KouanSecret) file_key = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (header->size, ==, strlen (headers[i]));
      file_key = kouan_age_unwrap (identity, &g_array_index (header->stanzas, KouanAgeStanza, 0));
      g_assert_nonnull (file_key);
      g_assert_cmpmem (kouan_secret_data (file_key), 16, "YELLOW SUBMARINE", 16);
      g_assert_true (kouan_age_header_verify (header, (const guint8 *)headers[i], file_key));
      header->mac[31] ^= 1;
      g_assert_false (kouan_age_header_verify (header, (const guint8 *)headers[i], file_key));
    }
}

static void
test_write (void)
{
  g_autoptr (KouanAgeHeader) header = parse (VERSION STANZA MAC, NULL);
  g_autoptr (KouanSecret) file_key = kouan_secret_new_copy ((const guint8 *)"YELLOW SUBMARINE", 16);
  g_autoptr (GByteArray) written = kouan_age_header_write (header->stanzas, file_key);

  g_assert_cmpmem (written->data, written->len, VERSION STANZA MAC, strlen (VERSION STANZA MAC));
}

static void
assert_stanzas (const char *text, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanAgeHeader) header = parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (header->stanzas->len, ==, count);
}

static void
test_accepts (void)
{
  assert_stanzas (THREE, 3);
  assert_stanzas (VERSION STANZA MAC "binary payload", 1);
  /* of other types: read over */
  assert_stanzas (VERSION "-> example.com/lock\n\n" STANZA MAC, 1);
  assert_stanzas (VERSION "-> lock a b c !~ 1\nAA\n" STANZA MAC, 1);
  assert_stanzas (VERSION "-> lock\n" FULL_LINE "\n" STANZA MAC, 1);
  assert_stanzas (VERSION "-> lock\n" FULL_LINE FULL_LINE "AAAA\n" STANZA MAC, 1);
  assert_stanzas (VERSION "-> x25519 " SHARE "\n" BODY "\n" MAC, 0);
  assert_stanzas (VERSION "-> scrypt bBjlhJVYZeE4aqUdmtRHfw 10\n" BODY "\n" MAC, 0);
}

static const char *const wrong_headers[] = {
  "",
  "\n",
  "age-encryption.org/v1",
  VERSION,
  VERSION STANZA,
  VERSION MAC, /* nobody to open it */
  "age-encryption.org/v2\n" STANZA MAC,
  "age-encryption.org/v1 \n" STANZA MAC,
  "age-encryption.org/v1\r\n" STANZA MAC,
  "AGE-encryption.org/v1\n" STANZA MAC,
  VERSION "\n" STANZA MAC,
  VERSION "X25519\n\n" MAC,
  /* arguments */
  VERSION "->\n\n" STANZA MAC,
  VERSION "-> \n\n" STANZA MAC,
  VERSION "->  a\n\n" STANZA MAC,
  VERSION "-> a  b\n\n" STANZA MAC,
  VERSION "-> a \n\n" STANZA MAC,
  VERSION "-> a\tb\n\n" STANZA MAC,
  VERSION "-> a\r\n\n" STANZA MAC,
  VERSION "-> \xc3\xa9\n\n" STANZA MAC,
  VERSION "-> a\x7f\n\n" STANZA MAC,
  /* bodies */
  VERSION "-> lock\n" STANZA MAC,
  VERSION "-> lock\n" FULL_LINE STANZA MAC,
  VERSION "-> lock\nA\n" STANZA MAC,
  VERSION "-> lock\nAA==\n" STANZA MAC,
  VERSION "-> lock\nAB\n" STANZA MAC,
  VERSION "-> lock\nAA-_\n" STANZA MAC,
  VERSION "-> lock\nAA A\n" STANZA MAC,
  VERSION "-> lock\nA" FULL_LINE "\n" STANZA MAC,
  VERSION "-> lock\nAAAA\nAAAA\n" STANZA MAC,
  /* X25519's own */
  VERSION "-> X25519\n" BODY "\n" MAC,
  VERSION "-> X25519 " SHARE " 1\n" BODY "\n" MAC,
  VERSION "-> X25519 " SHARE "A\n" BODY "\n" MAC,
  VERSION "-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOC\n" BODY "\n" MAC,
  VERSION "-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCd\n" BODY "\n" MAC,
  VERSION "-> X25519 " SHARE "=\n" BODY "\n" MAC,
  VERSION "-> X25519 " SHARE "\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7V\n" MAC,
  VERSION "-> X25519 " SHARE "\nAAAA" BODY "\n" MAC,
  VERSION "-> X25519 " SHARE "\n" FULL_LINE BODY "\n" MAC,
  VERSION "-> X25519 " SHARE "\nAAAA\n" MAC,
  VERSION "-> X25519 " SHARE "\n\n" MAC,
  /* a passphrase beside a key */
  VERSION "-> scrypt bBjlhJVYZeE4aqUdmtRHfw 10\n" BODY "\n" STANZA MAC,
  VERSION STANZA "-> scrypt bBjlhJVYZeE4aqUdmtRHfw 10\n" BODY "\n" MAC,
  /* the MAC's line */
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0",
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI1\n",
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI\n",
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0 \n",
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0=\n",
  VERSION STANZA "---  Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n",
  VERSION STANZA "---Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n",
  VERSION STANZA "--- Vn\xab"
                 "54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n",
  VERSION STANZA "--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu\xafz1LCQ/T7Xm7qI0\n",
  VERSION STANZA "---\n",
  VERSION STANZA "--- \n",
};

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_headers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanAgeHeader) header = parse (wrong_headers[i], &error);

      if (header != NULL)
        g_error ("accepted: %s", wrong_headers[i]);
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static void
test_truncations (void)
{
  for (gsize length = 0; length < strlen (THREE); length++)
    {
      g_autofree char *cut = g_strndup (THREE, length);

      g_assert_null (parse (cut, NULL));
    }
}

/* As many stanzas as fit into the limit, and one more. */
static void
test_limit (void)
{
  gsize room = KOUAN_AGE_HEADER_SIZE_MAX - strlen (VERSION MAC);
  guint count = (guint)(room / strlen (STANZA));
  g_autoptr (GString) text = g_string_new (VERSION);
  g_autofree char *larger = NULL;

  for (guint i = 0; i < count; i++)
    g_string_append (text, STANZA);
  larger = g_strconcat (text->str, STANZA, MAC, NULL);
  g_string_append (text, MAC);
  assert_stanzas (text->str, count);
  g_assert_null (parse (larger, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/age/header/vectors", test_vectors);
  g_test_add_func ("/crypto/age/header/write", test_write);
  g_test_add_func ("/crypto/age/header/accepts", test_accepts);
  g_test_add_func ("/crypto/age/header/refuses", test_refuses);
  g_test_add_func ("/crypto/age/header/truncations", test_truncations);
  g_test_add_func ("/crypto/age/header/limit", test_limit);
  return g_test_run ();
}
