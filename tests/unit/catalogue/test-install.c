/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/install.h"
#include "app/catalogue/folder.h"
#include "tests/testlib/fixture.h"
#include "tests/unit/catalogue/sample.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A catalogue that comes down the line takes the place of the old one whole, or not at all. */

typedef struct
{
  char *folder, *source, *target;
  KouanSigningKey *key;
  KouanKeyring *keyring;
  guint fetched;
  guint fail_at; /* the fetch that fails, from 1; 0: none */
  gboolean swap; /* give another file than the one that was signed */
} Fixture;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
sign (Fixture *fixture, guint64 version)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_catalogue_sign (fixture->source, fixture->key, version, 1, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *one = sample_text (NULL, NULL);
  g_autofree char *two = sample_text ("\"id\": \"sample\"", "\"id\": \"second\"");
  g_autoptr (GString) second = g_string_new (two);

  fixture->folder = kouan_test_folder_new ();
  fixture->source = g_build_filename (fixture->folder, "source", NULL);
  fixture->target = g_build_filename (fixture->folder, "target", NULL);
  g_assert_cmpint (g_mkdir (fixture->source, 0700), ==, 0);
  g_string_replace (second, "\"code\": 900", "\"code\": 7", 1);
  write_file (fixture->source, "one.json", one);
  write_file (fixture->source, "two.json", second->str);
  fixture->key = kouan_signing_key_generate ();
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_CATALOGUE, "test");
  sign (fixture, 5);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->key);
  kouan_keyring_unref (fixture->keyring);
  g_free (fixture->source);
  g_free (fixture->target);
  kouan_test_folder_remove (fixture->folder);
}

static GBytes *
fetch (const char *name, gpointer data, GError **error)
{
  Fixture *fixture = data;

  if (++fixture->fetched == fixture->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the line broke");
      return NULL;
    }
  if (fixture->swap)
    return g_bytes_new_static ("{}", 2);
  return kouan_folder_read (fixture->source, name, error);
}

static gboolean
install (Fixture *fixture, guint64 *installed, GError **error)
{
  g_autoptr (GBytes) index = kouan_folder_read (fixture->source, KOUAN_CATALOGUE_INDEX, NULL);

  fixture->fetched = 0;
  return kouan_catalogue_install (fixture->target, index, fixture->keyring, fetch, fixture,
                                  installed, error);
}

static void
install_well (Fixture *fixture, guint64 expected)
{
  g_autoptr (GError) error = NULL;
  guint64 installed = 99;

  g_assert_true (install (fixture, &installed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (installed, ==, expected);
}

/* What is in use is whole and has this version, and nothing lies beside it. */
static void
assert_in_use (Fixture *fixture, guint64 version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (fixture->target, fixture->keyring, 0, &error);
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint count = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (kouan_catalogue_get_version (catalogue), ==, version);
  while (g_dir_read_name (dir) != NULL)
    count++;
  g_assert_cmpuint (count, ==, 2);
}

static void
assert_refused (Fixture *fixture, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  guint64 installed = 99;

  g_assert_false (install (fixture, &installed, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpuint (installed, ==, 0);
}

static void
test_first_and_newer (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  install_well (fixture, 5);
  assert_in_use (fixture, 5);
  sign (fixture, 6);
  install_well (fixture, 6);
  assert_in_use (fixture, 6);
}

static void
test_same_version_is_not_fetched (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  install_well (fixture, 5);
  install_well (fixture, 0);
  g_assert_cmpuint (fixture->fetched, ==, 0);
}

static void
test_never_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  install_well (fixture, 5);
  sign (fixture, 4);
  assert_refused (fixture, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_OLDER);
  assert_in_use (fixture, 5);
}

/* Also when a file of the catalogue in use is damaged: its index still tells its version. */
static void
test_damaged_is_mended_not_rolled_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  install_well (fixture, 5);
  write_file (fixture->target, "one.json", "damaged");
  sign (fixture, 4);
  assert_refused (fixture, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_OLDER);
  sign (fixture, 5);
  install_well (fixture, 5);
  assert_in_use (fixture, 5);
}

static void
test_whole_or_not_at_all (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  install_well (fixture, 5);
  sign (fixture, 6);
  for (fixture->fail_at = 1; fixture->fail_at <= 2; fixture->fail_at++)
    {
      assert_refused (fixture, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      assert_in_use (fixture, 5);
    }
  fixture->fail_at = 0;
  fixture->swap = TRUE;
  assert_refused (fixture, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_DAMAGED);
  assert_in_use (fixture, 5);
  fixture->swap = FALSE;
  install_well (fixture, 6);
  assert_in_use (fixture, 6);
}

static void
test_left_over_is_cleared (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *built = g_strconcat (fixture->target, ".new", NULL);

  g_assert_cmpint (g_mkdir (built, 0700), ==, 0);
  write_file (built, "half.json", "{");
  install_well (fixture, 5);
  assert_in_use (fixture, 5);
}

static void
test_strangers (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_keyring_unref (fixture->keyring);
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_HUB_RECEIPT, "test");
  assert_refused (fixture, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fixture->fetched, ==, 0);
}

static void
test_cannot_write (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "target", NULL);

  g_free (fixture->target);
  fixture->target = g_steal_pointer (&nowhere);
  assert_refused (fixture, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_IO);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/catalogue/install/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-and-newer", test_first_and_newer);
  ADD ("same-version-is-not-fetched", test_same_version_is_not_fetched);
  ADD ("never-back", test_never_back);
  ADD ("damaged-is-mended-not-rolled-back", test_damaged_is_mended_not_rolled_back);
  ADD ("whole-or-not-at-all", test_whole_or_not_at_all);
  ADD ("left-over-is-cleared", test_left_over_is_cleared);
  ADD ("strangers", test_strangers);
  ADD ("cannot-write", test_cannot_write);
  return g_test_run ();
}
