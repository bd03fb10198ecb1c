/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/programs.h"

/* Where the programs that kouanctl starts are, seen from kouanctl: installed, beside it, or in the
 * tree that all were built in. Never by PATH: what is found there would be given a stranger's
 * files.
 */

static char *
find (const char *const places[], GFileTest test)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;

  for (guint i = 0; folder != NULL && places[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, test))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): NULL if this machine has none; stderr says so */
KouanPixels *
kouan_ctl_pixels_new (void)
{
  static const char *const places[]
    = { "../libexec/kouan/kouan-pixels", "../lib/kouan/kouan-pixels", "kouan-pixels",
        "../pixels/kouan-pixels", NULL };
  g_autofree char *program = find (places, G_FILE_TEST_IS_EXECUTABLE);

  if (program == NULL)
    g_printerr ("kouanctl: kouan-pixels is not installed\n");
  return program != NULL ? kouan_pixels_new (program) : NULL;
}

/* Returns: (transfer full) (nullable): NULL as above */
KouanCodes *
kouan_ctl_codes_new (void)
{
  static const char *const places[] = { "../libexec/kouan/kouan-codes", "../lib/kouan/kouan-codes",
                                        "kouan-codes", "../codes/kouan-codes", NULL };
  g_autofree char *program = find (places, G_FILE_TEST_IS_EXECUTABLE);

  if (program == NULL)
    g_printerr ("kouanctl: kouan-codes is not installed\n");
  return program != NULL ? kouan_codes_new (program) : NULL;
}

/* Returns: (transfer full) (nullable): the path of kouan-phone; NULL as above */
char *
kouan_ctl_find_phone (void)
{
  static const char *const places[] = { "../libexec/kouan/kouan-phone", "../lib/kouan/kouan-phone",
                                        "kouan-phone", "../phone/kouan-phone", NULL };
  char *program = find (places, G_FILE_TEST_IS_EXECUTABLE);

  if (program == NULL)
    g_printerr ("kouanctl: kouan-phone is not installed\n");
  return program;
}

/* Returns: (transfer full) (nullable): the path of kouan-voice; NULL as above */
char *
kouan_ctl_find_voice (void)
{
  static const char *const places[] = { "../libexec/kouan/kouan-voice", "../lib/kouan/kouan-voice",
                                        "kouan-voice", "../speech/kouan-voice", NULL };
  char *program = find (places, G_FILE_TEST_IS_EXECUTABLE);

  if (program == NULL)
    g_printerr ("kouanctl: kouan-voice is not installed\n");
  return program;
}

/* Returns: (transfer full): the folder of translations; where there is none, English is spoken */
char *
kouan_ctl_find_messages (void)
{
  static const char *const places[] = { "../share/locale", "../../assets/po", NULL };
  char *folder = find (places, G_FILE_TEST_IS_DIR);

  return folder != NULL ? folder : g_strdup ("");
}
