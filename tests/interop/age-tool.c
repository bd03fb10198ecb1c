/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/age.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <unistd.h>

/* age-tool keygen FILE | encrypt RECIPIENT… | decrypt FILE: our implementation with age's own
 * interface, so that the two can be set against each other. Encrypts and decrypts from stdin to
 * stdout. */

static int
give_up (GError *error)
{
  g_printerr ("age-tool: %s\n", error->message);
  g_error_free (error);
  return 1;
}

static int
copy (GInputStream *from, GOutputStream *to)
{
  GError *error = NULL;

  if (g_output_stream_splice (
        to, from, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
        &error)
      < 0)
    return give_up (error);
  return 0;
}

static int
keygen (const char *path)
{
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
  GError *error = NULL;

  return kouan_age_identity_save (identity, path, &error) ? 0 : give_up (error);
}

static int
encrypt (char **texts)
{
  g_autoptr (GPtrArray) recipients
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GOutputStream) sealed = NULL;
  GError *error = NULL;

  for (; *texts != NULL; texts++)
    {
      KouanAgeRecipient *recipient = kouan_age_recipient_parse (*texts, &error);

      if (recipient == NULL)
        return give_up (error);
      g_ptr_array_add (recipients, recipient);
    }
  sealed = kouan_age_encrypt (out, recipients, &error);
  return sealed != NULL ? copy (in, sealed) : give_up (error);
}

static int
decrypt (const char *path)
{
  GError *error = NULL;
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_load (path, &error);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GInputStream) plain = NULL;

  if (identity == NULL)
    return give_up (error);
  plain = kouan_age_decrypt (in, identity, &error);
  return plain != NULL ? copy (plain, out) : give_up (error);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "keygen"))
    return keygen (argv[2]);
  if (argc >= 3 && g_str_equal (argv[1], "encrypt"))
    return encrypt (argv + 2);
  if (argc == 3 && g_str_equal (argv[1], "decrypt"))
    return decrypt (argv[2]);
  g_printerr ("usage: age-tool keygen FILE | encrypt RECIPIENT… | decrypt FILE\n");
  return 2;
}
