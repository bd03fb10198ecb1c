/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

/* Every fuzz target is an ordinary test too: this main hands it each file of the folders that are named, and
 * each of their prefixes of up to 64 bytes, so that what fuzzing once found stays found. */

#define PREFIX_MAX 64

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
replay_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, NULL))
        continue;
      for (gsize prefix = 0; prefix < MIN (size, PREFIX_MAX); prefix++)
        {
          g_autofree guint8 *copy = g_memdup2 (data, prefix); /* exact, so that a read beyond it is seen */

          LLVMFuzzerTestOneInput (copy, prefix);
        }
      LLVMFuzzerTestOneInput ((const guint8 *) data, size);
      count++;
    }
  return count;
}

int
main (int argc, char **argv)
{
  guint count = 0;

  for (int i = 1; i < argc; i++)
    count += replay_folder (argv[i]);
  g_print ("%u inputs replayed\n", count);
  return count > 0 ? 0 : 1;
}
