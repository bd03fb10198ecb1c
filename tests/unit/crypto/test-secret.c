/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/primitives.h"
#include "app/crypto/secret-file.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_new (void)
{
  g_autoptr (KouanSecret) zeros = kouan_secret_new (33);
  g_autoptr (KouanSecret) random = kouan_secret_new_random (33);
  g_autoptr (KouanSecret) copy
    = kouan_secret_new_copy (kouan_secret_data (random), kouan_secret_size (random));
  g_autoptr (KouanSecret) shorter = kouan_secret_new_copy (kouan_secret_data (random), 32);
  g_autoptr (KouanSecret) same = kouan_secret_ref (random);

  g_assert_cmpuint (kouan_secret_size (zeros), ==, 33);
  for (gsize i = 0; i < 33; i++)
    g_assert_cmpuint (kouan_secret_data (zeros)[i], ==, 0);
  g_assert_false (kouan_secret_equal (zeros, random));
  g_assert_true (kouan_secret_equal (copy, random));
  g_assert_false (kouan_secret_equal (shorter, random));
  g_assert_true (same == random);
  kouan_secret_data (copy)[32] ^= 1;
  g_assert_false (kouan_secret_equal (copy, random));
}

static void
test_beyond_the_end (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (KouanSecret) secret = kouan_secret_new (32);
      volatile guint8 *data = kouan_secret_data (secret);

      data[32] = 1; /* the guard page */
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_wipe (void)
{
  guint8 data[4] = { 1, 2, 3, 4 };

  kouan_wipe (data, 3);
  g_assert_cmpmem (data, 4, "\0\0\0\4", 4);
  kouan_wipe (NULL, 0);
  g_assert_true (kouan_equal_in_constant_time (data, (const guint8 *)"\0\0\0\4", 4));
  g_assert_false (kouan_equal_in_constant_time (data, (const guint8 *)"\0\0\0\5", 4));
}

static void
test_save_and_load (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "hall.key", NULL);
  g_autoptr (KouanSecret) key = kouan_secret_new_random (32);
  g_autoptr (KouanSecret) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  struct stat status;

  g_assert_true (kouan_secret_save (key, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpuint (size, ==, 65);
  g_assert_cmpint (text[64], ==, '\n');

  loaded = kouan_secret_load (path, 32, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_secret_equal (key, loaded));
  kouan_test_folder_remove (folder);
}

static void
assert_not_loaded (const char *path, const char *content, int code)
{
  g_autoptr (GError) error = NULL;

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_null (kouan_secret_load (path, 4, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, code);
}

static void
test_load_refuses (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "key", NULL);
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  assert_not_loaded (path, NULL, KOUAN_CRYPTO_ERROR_IO);
  assert_not_loaded (folder, NULL, KOUAN_CRYPTO_ERROR_IO);
  assert_not_loaded (path, "", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "\n", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "0011223", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "001122334", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "0011223344", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "AABBCCDD", KOUAN_CRYPTO_ERROR_MALFORMED);
  assert_not_loaded (path, "001122 3", KOUAN_CRYPTO_ERROR_MALFORMED);
  g_assert_true (g_file_set_contents (path, "00ff1a2b", -1, NULL));
  key = kouan_secret_load (path, 4, NULL);
  g_assert_nonnull (key);
  g_assert_cmpmem (kouan_secret_data (key), 4, "\x00\xff\x1a\x2b", 4);
  g_assert_false (kouan_secret_save (key, nowhere, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
  kouan_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/secret/new", test_new);
  g_test_add_func ("/crypto/secret/beyond-the-end", test_beyond_the_end);
  g_test_add_func ("/crypto/secret/wipe", test_wipe);
  g_test_add_func ("/crypto/secret/save-and-load", test_save_and_load);
  g_test_add_func ("/crypto/secret/load-refuses", test_load_refuses);
  return g_test_run ();
}
