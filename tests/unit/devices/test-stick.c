/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/devices/device-state.h"
#include "app/devices/folder-stick.h"
#include "app/devices/mount-stick.h"
#include "tests/testlib/fixture.h"

typedef struct
{
  char *folder;
  KouanStick *stick;
} Fixture;

static void
put_in (const char *folder, const char *name, const char *bytes, gssize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->stick = kouan_folder_stick_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->stick);
  kouan_test_folder_remove (fixture->folder);
}

static void
on_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static GPtrArray *
list (KouanStick *stick, gboolean *complete, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kouan_stick_list_async (stick, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  return kouan_stick_list_finish (stick, result, complete, error);
}

static GPtrArray *
list_all (KouanStick *stick)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;
  GPtrArray *files = list (stick, &complete, &error);

  g_assert_no_error (error);
  g_assert_true (complete);
  return files;
}

static GBytes *
read_file (KouanStick *stick, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  KouanStickFile *file = kouan_stick_file_new (path, 0, KOUAN_FILE_KIND_PDF);

  kouan_stick_read_async (stick, file, NULL, on_done, &result);
  kouan_stick_file_free (file);
  kouan_test_wait_for (is_set, &result);
  return kouan_stick_read_finish (stick, result, error);
}

static void
assert_not_read (KouanStick *stick, const char *path, KouanStickError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (stick, path, &error);

  g_assert_null (bytes);
  g_assert_error (error, KOUAN_STICK_ERROR, (int)code);
  g_assert_cmpuint (strlen (kouan_stick_error_title (error)), >, 0);
  g_assert_cmpuint (strlen (kouan_stick_error_remedy (error)), >, 0);
}

static void
assert_file (const GPtrArray *files, guint index, const char *name, KouanFileKind kind)
{
  const KouanStickFile *file = files->pdata[index];

  g_assert_cmpstr (file->name, ==, name);
  g_assert_cmpint (file->kind, ==, kind);
}

static void
test_list (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) files = NULL;

  put_in (fixture->folder, "letter.docx", "PK\3\4 [Content_Types].xml", -1);
  put_in (fixture->folder, "scan10.pdf", "%PDF-1.4", -1);
  put_in (fixture->folder, "scan9.pdf", "%PDF-1.4", -1);
  put_in (fixture->folder, "papers/护照.jpg", "\xff\xd8\xff\xe0", -1);
  put_in (fixture->folder, "not-a.pdf", "MZ", -1);
  put_in (fixture->folder, ".hidden.pdf", "%PDF-1.4", -1);
  put_in (fixture->folder, "System Volume Information/x.pdf", "%PDF-1.4", -1);
  files = list_all (fixture->stick);
  g_assert_cmpuint (files->len, ==, 5);
  assert_file (files, 0, "scan9.pdf", KOUAN_FILE_KIND_PDF);
  assert_file (files, 1, "scan10.pdf", KOUAN_FILE_KIND_PDF);
  assert_file (files, 2, "护照.jpg", KOUAN_FILE_KIND_JPEG);
  assert_file (files, 3, "letter.docx", KOUAN_FILE_KIND_OFFICE);
  assert_file (files, 4, "not-a.pdf", KOUAN_FILE_KIND_PROGRAM);
  g_assert_cmpuint (((KouanStickFile *)files->pdata[0])->size, ==, 8);
  g_assert_true (kouan_stick_file_is_taken (files->pdata[2]));
  g_assert_false (kouan_stick_file_is_taken (files->pdata[3]));
}

static void
test_depth (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) files = NULL;

  put_in (fixture->folder, "1/2/3/here.pdf", "%PDF-1.4", -1);
  put_in (fixture->folder, "1/2/3/4/too-deep.pdf", "%PDF-1.4", -1);
  files = list_all (fixture->stick);
  g_assert_cmpuint (files->len, ==, 1);
  assert_file (files, 0, "here.pdf", KOUAN_FILE_KIND_PDF);
}

static void
test_too_many_entries (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  gboolean complete = TRUE;

  for (guint i = 0; i < KOUAN_STICK_ENTRIES_MAX + 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.pdf", fixture->folder, i);
      FILE *file = g_fopen (path, "w");

      g_assert_nonnull (file);
      fclose (file);
    }
  files = list (fixture->stick, &complete, &error);
  g_assert_no_error (error);
  g_assert_false (complete);
  g_assert_cmpuint (files->len, ==, KOUAN_STICK_ENTRIES_MAX);
}

/* A stick with a file system of its owner's making can hold all of these. */
static void
test_ways_out (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *outside = kouan_test_folder_new ();
  g_autofree char *secret = g_build_filename (outside, "secret.pdf", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link.pdf", NULL);
  g_autofree char *folder_link = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *fifo = g_build_filename (fixture->folder, "pipe.pdf", NULL);
  g_autoptr (GPtrArray) files = NULL;

  put_in (outside, "secret.pdf", "%PDF-1.4", -1);
  g_assert_cmpint (symlink (secret, link), ==, 0);
  g_assert_cmpint (symlink (outside, folder_link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  files = list_all (fixture->stick);
  g_assert_cmpuint (files->len, ==, 0);
  assert_not_read (fixture->stick, "link.pdf", KOUAN_STICK_ERROR_UNREADABLE);
  assert_not_read (fixture->stick, "folder/secret.pdf", KOUAN_STICK_ERROR_UNREADABLE);
  assert_not_read (fixture->stick, "pipe.pdf", KOUAN_STICK_ERROR_UNREADABLE);
  assert_not_read (fixture->stick, "../../etc/passwd", KOUAN_STICK_ERROR_UNREADABLE);
  assert_not_read (fixture->stick, "/etc/passwd", KOUAN_STICK_ERROR_UNREADABLE);
  assert_not_read (fixture->stick, ".", KOUAN_STICK_ERROR_UNREADABLE);
  kouan_test_folder_remove (g_steal_pointer (&outside));
}

static void
test_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *contents;

  put_in (fixture->folder, "a/b.pdf", "%PDF-1.4 all of it", -1);
  bytes = read_file (fixture->stick, "a/b.pdf", &error);
  g_assert_no_error (error);
  contents = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (contents, size, "%PDF-1.4 all of it", 18);
}

static void
test_read_too_large (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large.pdf", NULL);
  g_autoptr (GPtrArray) files = NULL;

  put_in (fixture->folder, "large.pdf", "%PDF-1.4", -1);
  g_assert_cmpint (truncate (path, 26 * 1024 * 1024), ==, 0);
  assert_not_read (fixture->stick, "large.pdf", KOUAN_STICK_ERROR_TOO_LARGE);
  files = list_all (fixture->stick);
  g_assert_false (kouan_stick_file_is_taken (files->pdata[0]));
}

static void
on_present (GObject *stick G_GNUC_UNUSED, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
  (*(guint *)data)++;
}

static void
test_pulled_out (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanFolderStick *folder = KOUAN_FOLDER_STICK (fixture->stick);
  g_autoptr (GError) error = NULL;
  gboolean complete;
  guint changes = 0;

  g_signal_connect (fixture->stick, "notify::present", G_CALLBACK (on_present), &changes);
  g_assert_true (kouan_stick_is_present (fixture->stick));
  kouan_folder_stick_set_fault (folder, KOUAN_FOLDER_STICK_MISSING);
  g_assert_false (kouan_stick_is_present (fixture->stick));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_null (list (fixture->stick, &complete, &error));
  g_assert_error (error, KOUAN_STICK_ERROR, KOUAN_STICK_ERROR_GONE);
  assert_not_read (fixture->stick, "a.pdf", KOUAN_STICK_ERROR_GONE);
  kouan_folder_stick_set_fault (folder, KOUAN_FOLDER_STICK_WORKS);
  assert_not_read (fixture->stick, "a.pdf", KOUAN_STICK_ERROR_UNREADABLE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  put_in (fixture->folder, "a.pdf", "%PDF-1.4", -1);
  g_cancellable_cancel (cancellable);
  kouan_stick_list_async (fixture->stick, cancellable, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  g_assert_null (kouan_stick_list_finish (fixture->stick, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_name (const char *path, const char *expected)
{
  g_autofree char *name = kouan_stick_display_name (path);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_display_names (void)
{
  assert_name ("a/b/паспорт 护照.pdf", "паспорт 护照.pdf");
  assert_name ("invoice\u202Efdp.exe", "invoice[U+202E]fdp.exe");
  assert_name ("a\u2066b\u2069", "a[U+2066]b[U+2069]");
  assert_name ("two\nlines\x1b[31m", "two[U+000A]lines[U+001B][31m");
  assert_name ("a\u2028b\u00adc\ufeffd\u3164", "a[U+2028]b[U+00AD]c[U+FEFF]d[U+3164]");
  assert_name ("می\u200cخواهم", "می\u200cخواهم");
  assert_name ("broken\xff\xfe.pdf", "broken\uFFFD\uFFFD.pdf");
}

static void
test_configuration (void)
{
  static const char *const sources[] = { "", "file:", "mount:", "mount:relative", "usb:1" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_stick_new_for_source (sources[i], &error));
      g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
    }
}

static gboolean
is_in (gpointer stick)
{
  return kouan_stick_is_present (stick);
}

static gboolean
is_out (gpointer stick)
{
  return !kouan_stick_is_present (stick);
}

/* A real mount, seen by the kernel's own word; in a mount table of this process alone. */
static void
test_mounts (void)
{
  g_autofree char *prefix = kouan_test_folder_new ();
  g_autofree char *folder = g_build_filename (prefix, "stick", NULL);
  g_autofree char *source = g_strconcat ("mount:", prefix, NULL);
  g_autoptr (KouanStick) stick = kouan_stick_new_for_source (source, NULL);
  g_autoptr (GPtrArray) files = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (kouan_stick_is_present (stick));
  if (mount ("stick", folder, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=64k") != 0)
    g_test_skip ("this process may not mount");
  else
    {
      kouan_test_wait_for (is_in, stick);
      put_in (folder, "a.pdf", "%PDF-1.4", -1);
      files = list_all (stick);
      g_assert_cmpuint (files->len, ==, 1);
      g_assert_cmpint (umount (folder), ==, 0);
      kouan_test_wait_for (is_out, stick);
      assert_not_read (stick, "a.pdf", KOUAN_STICK_ERROR_GONE);
    }
  kouan_test_folder_remove (g_steal_pointer (&prefix));
}

int
main (int argc, char **argv)
{
  gboolean own_mounts
    = unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/devices/stick/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/devices/stick/depth", Fixture, NULL, set_up, test_depth, tear_down);
  g_test_add ("/devices/stick/too-many-entries", Fixture, NULL, set_up, test_too_many_entries,
              tear_down);
  g_test_add ("/devices/stick/ways-out", Fixture, NULL, set_up, test_ways_out, tear_down);
  g_test_add ("/devices/stick/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/devices/stick/read-too-large", Fixture, NULL, set_up, test_read_too_large,
              tear_down);
  g_test_add ("/devices/stick/pulled-out", Fixture, NULL, set_up, test_pulled_out, tear_down);
  g_test_add ("/devices/stick/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add_func ("/devices/stick/display-names", test_display_names);
  g_test_add_func ("/devices/stick/configuration", test_configuration);
  if (own_mounts)
    g_test_add_func ("/devices/stick/mounts", test_mounts);
  return g_test_run ();
}
