/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "app/devices/stick.h"
#include "tests/testlib/fixture.h"

/* A real file system on a real block device, mounted as a stick is, in a mount table of this
 * process alone; and one that is pulled out in the middle of a file. Pulling is played by the block
 * device, which ends behind the first half of the file from one moment to the next. */

#define LARGE_SIZE (8 * 1024 * 1024)
#define SKIPPED 77

typedef struct
{
  char *folder;
  char *prefix; /* what is watched */
  char *mounted;
  char *image;
  KouanStick *stick;
} Fixture;

static gboolean
run (const char *const *argv)
{
  int status;

  return g_spawn_sync (NULL, (char **)argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                         | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

static void
write_file (const char *folder, const char *name, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = g_malloc (size);

  memset (bytes, 'x', size);
  memcpy (bytes, "%PDF-1.4", 8);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
}

/* Returns: %FALSE where this machine cannot make such a stick */
static gboolean
set_up (Fixture *fixture)
{
  g_autofree char *contents = NULL;
  g_autofree char *source = NULL;

  fixture->folder = kouan_test_folder_new ();
  contents = g_build_filename (fixture->folder, "contents", NULL);
  fixture->prefix = g_build_filename (fixture->folder, "media", NULL);
  fixture->mounted = g_build_filename (fixture->prefix, "stick", NULL);
  fixture->image = g_build_filename (fixture->folder, "image", NULL);
  g_assert_cmpint (g_mkdir_with_parents (contents, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (fixture->mounted, 0700), ==, 0);
  write_file (contents, "large.pdf", LARGE_SIZE);
  write_file (contents, "small.pdf", 1000);
  source = g_strconcat ("mount:", fixture->prefix, NULL);
  fixture->stick = kouan_stick_new_for_source (source, NULL);
  return run ((const char *const[]){ "mkfs.ext4", "-q", "-F", "-b", "4096", "-d", contents,
                                     fixture->image, "24M", NULL })
         && run ((const char *const[]){ "mount", "-o", "loop,ro,nosuid,nodev,noexec",
                                        fixture->image, fixture->mounted, NULL });
}

static void
tear_down (Fixture *fixture)
{
  umount2 (fixture->mounted, MNT_DETACH);
  g_clear_object (&fixture->stick);
  kouan_test_folder_remove (fixture->folder);
  g_free (fixture->prefix);
  g_free (fixture->mounted);
  g_free (fixture->image);
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

static GPtrArray *
list (KouanStick *stick, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean complete;

  kouan_stick_list_async (stick, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  return kouan_stick_list_finish (stick, result, &complete, error);
}

static GBytes *
read_file (KouanStick *stick, const KouanStickFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kouan_stick_read_async (stick, file, NULL, on_done, &result);
  kouan_test_wait_for (is_set, &result);
  return kouan_stick_read_finish (stick, result, error);
}

/* Returns: the number of the block that holds the middle of the file */
static guint64
block_of_middle (const char *path)
{
  int fd = open (path, O_RDONLY), block = LARGE_SIZE / 2 / 4096;

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (ioctl (fd, FIBMAP, &block));
  close (fd);
  return (guint64)block;
}

static char *
find_device (const char *mounted)
{
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/mounts", &table, NULL, NULL));
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);

      if (g_strv_length (words) == 3 && g_str_equal (words[1], mounted))
        return g_strdup (words[0]);
    }
  g_assert_not_reached ();
}

/* From here on the device ends where the file's second half begins. */
static void
cut_device (const char *device, guint64 end)
{
  int fd = open (device, O_RDWR);
  struct loop_info64 info;

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (ioctl (fd, LOOP_GET_STATUS64, &info));
  info.lo_sizelimit = end;
  g_assert_no_errno (ioctl (fd, LOOP_SET_STATUS64, &info));
  close (fd);
}

static void
test_read_and_pull (Fixture *fixture)
{
  g_autofree char *large = g_build_filename (fixture->mounted, "large.pdf", NULL);
  g_autofree char *device = find_device (fixture->mounted);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) small = NULL;
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GError) error = NULL;

  kouan_test_wait_for (is_in, fixture->stick);
  files = list (fixture->stick, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2); /* and not lost+found */
  small = read_file (fixture->stick, files->pdata[1], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (small), ==, 1000);

  cut_device (device, block_of_middle (large) * 4096);
  none = read_file (fixture->stick, files->pdata[0], &error);
  g_assert_null (none);
  g_assert_error (error, KOUAN_STICK_ERROR, KOUAN_STICK_ERROR_UNREADABLE);
  g_assert_cmpuint (strlen (kouan_stick_error_remedy (error)), >, 0);
  g_clear_error (&error);

  g_assert_no_errno (umount2 (fixture->mounted, MNT_DETACH));
  kouan_test_wait_for (is_out, fixture->stick);
  g_assert_null (read_file (fixture->stick, files->pdata[1], &error));
  g_assert_error (error, KOUAN_STICK_ERROR, KOUAN_STICK_ERROR_GONE);
}

int
main (int argc, char **argv)
{
  Fixture fixture = { 0 };

  g_test_init (&argc, &argv, NULL);
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return SKIPPED;
  if (!set_up (&fixture))
    {
      tear_down (&fixture);
      return SKIPPED;
    }
  test_read_and_pull (&fixture);
  tear_down (&fixture);
  return 0;
}
