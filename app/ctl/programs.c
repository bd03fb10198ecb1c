/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/programs.h"

/* Where the programs that kouanctl starts are, seen from kouanctl: installed, beside it, or in the
 * tree that all were built in. Never by PATH: what is found there would be given a stranger's
 * files.
 */

/* @place: seen from the folder of kouanctl. Returns: (transfer full) (nullable) */
static char *
look_at (const char *place, GFileTest test)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, place, NULL) : NULL;

  return path != NULL && g_file_test (path, test) ? g_steal_pointer (&path) : NULL;
}

/* @built_in: the folder of app/ that it is built in. Returns: (transfer full) (nullable): its path;
 * NULL if this machine has none, and stderr says so */
static char *
find_program (const char *name, const char *built_in)
{
  const char *const folders[] = { "../libexec/kouan", "../lib/kouan", ".", built_in };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *place = g_build_filename (folders[i], name, NULL);
      char *path = look_at (place, G_FILE_TEST_IS_EXECUTABLE);

      if (path != NULL)
        return path;
    }
  g_printerr ("kouanctl: %s is not installed\n", name);
  return NULL;
}

/* The same for whoever only wants to know. @folder: of app/ */
char *
kouan_ctl_find_program (const char *name, const char *folder)
{
  g_autofree char *built_in = g_build_filename ("..", folder, NULL);

  return find_program (name, built_in);
}

/* Returns: (transfer full) (nullable): as find_program () */
KouanPixels *
kouan_ctl_pixels_new (void)
{
  g_autofree char *program = find_program ("kouan-pixels", "../pixels");

  return program != NULL ? kouan_pixels_new (program) : NULL;
}

/* Returns: (transfer full) (nullable): as find_program () */
KouanCodes *
kouan_ctl_codes_new (void)
{
  g_autofree char *program = find_program ("kouan-codes", "../codes");

  return program != NULL ? kouan_codes_new (program) : NULL;
}

/* Returns: (transfer full) (nullable): the path of kouan-phone, as find_program () */
char *
kouan_ctl_find_phone (void)
{
  return find_program ("kouan-phone", "../phone");
}

/* Returns: (transfer full) (nullable): the path of kouan-voice, as find_program () */
char *
kouan_ctl_find_voice (void)
{
  return find_program ("kouan-voice", "../speech");
}

/* Returns: (transfer full) (nullable): the path of kouan-scan, as find_program (); without it only
 * files can play a scanner */
char *
kouan_ctl_find_scan (void)
{
  return find_program ("kouan-scan", "../devices");
}

/* Returns: (transfer full) (nullable): the path of kouan-sync, as find_program () */
char *
kouan_ctl_find_sync (void)
{
  return find_program ("kouan-sync", "../sync");
}

/* Returns: (transfer full): the folder of translations; where there is none, English is spoken */
char *
kouan_ctl_find_messages (void)
{
  char *folder = look_at ("../share/locale", G_FILE_TEST_IS_DIR);

  if (folder == NULL)
    folder = look_at ("../../assets/po", G_FILE_TEST_IS_DIR);
  return folder != NULL ? folder : g_strdup ("");
}
