/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/signed-code.h"
#include "app/appointment/verdict.h"
#include "app/appointment/walk-in.h"

#include <glib/gstdio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The seed of RFC 8032's first test. */
static const char pem[] = "-----BEGIN PRIVATE KEY-----\n"
                          "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                          "-----END PRIVATE KEY-----\n";

static KouanSigningKey *key;
static KouanKeyring *keyring;

static void
start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kouan-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key.pem", NULL);

  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  key = kouan_signing_key_load (path, NULL);
  g_assert_true (key != NULL);
  g_assert_true (g_unlink (path) == 0 && g_rmdir (folder) == 0);
  keyring = kouan_keyring_new ();
  kouan_keyring_add (keyring, kouan_signing_key_get_public (key),
                     KOUAN_PURPOSE_APPOINTMENT | KOUAN_PURPOSE_WALK_IN, "fuzz");
}

static void
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) walk_in_error = NULL;
  g_autoptr (KouanAppointment) appointment = kouan_appointment_read (text, keyring, &error);
  g_autoptr (KouanWalkIn) walk_in = kouan_walk_in_read (text, keyring, &walk_in_error);

  g_assert_true ((appointment == NULL) == (error != NULL));
  g_assert_true ((walk_in == NULL) == (walk_in_error != NULL));
  g_assert_true (appointment == NULL || walk_in == NULL);
  if (error != NULL)
    g_assert_true (kouan_verdict_words (kouan_verdict_of_error (error)) != NULL);
  if (appointment != NULL)
    {
      g_autofree char *again = kouan_appointment_issue (appointment, key);

      g_assert_cmpstr (again, ==, text); /* Ed25519 is deterministic, and so is the rest */
    }
}

/* The input as the text of a code, and as a payload that somebody with a key has signed: without
 * that, nothing behind the signature would ever be reached. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *)data : "", size);
  const char *prefixes[] = { KOUAN_CODE_APPOINTMENT, KOUAN_CODE_WALK_IN };

  if (key == NULL)
    start ();
  read_text (text);
  if (size > 300)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (GByteArray) payload = g_byte_array_new ();
      g_autofree char *signed_text = NULL;

      g_byte_array_append (payload, data, (guint)size);
      signed_text = kouan_signed_code_make (prefixes[i], key, payload);
      read_text (signed_text);
    }
  return 0;
}
