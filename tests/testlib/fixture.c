/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>

#define WAIT_S 20

char *
kouan_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("kouan-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

void
kouan_test_folder_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

static gboolean
on_wait_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
kouan_test_wait_for (KouanTestCondition condition, gpointer data)
{
  gboolean over = FALSE;
  guint source = g_timeout_add_seconds (WAIT_S, on_wait_over, &over);

  while (!condition (data))
    {
      g_assert_false (over);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

char *
kouan_test_data (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}
