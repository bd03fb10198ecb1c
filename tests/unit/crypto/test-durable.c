/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/durable.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "key.pem", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static gboolean
write_text (const char *path, const char *text, GError **error)
{
  return kouan_write_file_durably (path, (const guint8 *)text, strlen (text), 0600, error);
}

static void
test_write (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_true (write_text (fixture->path, "first", &error));
  g_assert_no_error (error);
  assert_content (fixture->path, "first");
  g_assert_true (write_text (fixture->path, "", NULL));
  assert_content (fixture->path, "");
  g_assert_true (write_text (fixture->path, "second", NULL));
  assert_content (fixture->path, "second");
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_mode_is_exact (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  mode_t old = umask (0077);
  struct stat status;

  g_assert_true (kouan_write_file_durably (fixture->path, NULL, 0, 0644, NULL));
  umask (old);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0644);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "key.pem", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (write_text (path, "text", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_folder_in_the_place (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (write_text (fixture->path, "text", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* A limit on the size of files stands in for a full disk: write() fails halfway. */
static void
test_disk_full (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree guint8 *large = g_malloc0 (8192);
  g_autoptr (GError) error = NULL;
  struct rlimit limit;
  struct rlimit small;

  g_assert_true (write_text (fixture->path, "old", NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = (struct rlimit){ .rlim_cur = 4096, .rlim_max = limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (kouan_write_file_durably (fixture->path, large, 8192, 0600, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);

  g_assert_true (error->domain == G_IO_ERROR);
  assert_content (fixture->path, "old");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_stream (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDurableFile) file = kouan_durable_file_new (fixture->path, 0600, &error);
  GOutputStream *stream = NULL;

  g_assert_no_error (error);
  stream = kouan_durable_file_get_stream (file);
  g_assert_true (g_output_stream_write_all (stream, "one ", 4, NULL, NULL, &error));
  g_assert_true (g_output_stream_write_all (stream, "two", 3, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (stream, NULL, &error)); /* as a filter on top would */
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (kouan_durable_file_commit (file, &error));
  g_assert_no_error (error);
  assert_content (fixture->path, "one two");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_dropped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanDurableFile *file = kouan_durable_file_new (fixture->path, 0600, NULL);

  g_assert_nonnull (file);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  kouan_durable_file_free (file);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_sync_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_sync_folder (fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_false (kouan_sync_folder (fixture->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/crypto/durable/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("write", test_write);
  ADD ("mode-is-exact", test_mode_is_exact);
  ADD ("no-folder", test_no_folder);
  ADD ("folder-in-the-place", test_folder_in_the_place);
  ADD ("disk-full", test_disk_full);
  ADD ("stream", test_stream);
  ADD ("dropped", test_dropped);
  ADD ("sync-folder", test_sync_folder);
  return g_test_run ();
}
