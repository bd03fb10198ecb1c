/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/pixels-program.h"

/* Where kouan-pixels is, seen from kouanctl: installed, beside it, or in the tree that both were
 * built in. Never by PATH: what is found there would be given a stranger's files. */

static const char *const places[] = {
  "../libexec/kouan/kouan-pixels",
  "../lib/kouan/kouan-pixels",
  "kouan-pixels",
  "../pixels/kouan-pixels",
};

/* Returns: (transfer full) (nullable): NULL if this machine has none; stderr says so */
KouanPixels *
kouan_ctl_pixels_new (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *program = g_build_filename (folder, places[i], NULL);

      if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return kouan_pixels_new (program);
    }
  g_printerr ("kouanctl: kouan-pixels is not installed\n");
  return NULL;
}
