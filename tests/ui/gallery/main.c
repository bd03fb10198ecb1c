/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/scenes.h"
#include "tests/ui/testkit/sheet.h"
#include "ui/window/panels.h"

#include <stdlib.h>

/* kouan-gallery: every widget of the kit in every state, theme, size and direction.
 *
 *   kouan-gallery --list
 *   kouan-gallery --scene choices --size 1920x1080 --text 2 --theme dark --language ar
 *   kouan-gallery --pictures FOLDER     saves each scene as a PNG and ends
 *   kouan-gallery --pictures FOLDER --all     the same in every theme, text size, direction and
 * screen, with FOLDER/index.html to leaf through */

static char *option_scene;
static char *option_size;
static char *option_theme;
static char *option_language;
static char *option_pictures;
static char *option_catalogues;
static int option_text;
static gboolean option_low_reach;
static gboolean option_list;
static gboolean option_all;
static gboolean option_right_to_left;

static const GOptionEntry ENTRIES[] = {
  { "list", 0, 0, G_OPTION_ARG_NONE, &option_list, "Names the scenes", NULL },
  { "scene", 0, 0, G_OPTION_ARG_STRING, &option_scene, "Shows this scene", "NAME" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &option_size, "Size of the screen", "WxH" },
  { "theme", 0, 0, G_OPTION_ARG_STRING, &option_theme, "light, dark or contrast", "THEME" },
  { "text", 0, 0, G_OPTION_ARG_INT, &option_text, "0 normal, 1 large, 2 largest", "N" },
  { "low-reach", 0, 0, G_OPTION_ARG_NONE, &option_low_reach, "Buttons lower down", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &option_right_to_left, "Right to left", NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, &option_language, "BCP 47 code", "CODE" },
  { "catalogues", 0, 0, G_OPTION_ARG_FILENAME, &option_catalogues, "Where the .mo files are",
    "DIR" },
  { "all", 0, 0, G_OPTION_ARG_NONE, &option_all, "In every setting", NULL },
  { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &option_pictures, "Saves pictures here and ends",
    "DIR" },
  G_OPTION_ENTRY_NULL,
};

static KouanTheme
theme (void)
{
  if (g_strcmp0 (option_theme, "dark") == 0)
    return KOUAN_THEME_DARK;
  return g_strcmp0 (option_theme, "contrast") == 0 ? KOUAN_THEME_CONTRAST : KOUAN_THEME_LIGHT;
}

static KouanSceneSettings
settings (void)
{
  KouanSceneSettings s = { .width = 1080, .height = 1920, .theme = theme () };

  if (option_size != NULL && sscanf (option_size, "%dx%d", &s.width, &s.height) != 2)
    g_error ("--size is not WxH: %s", option_size);
  s.text_size = CLAMP (option_text, KOUAN_TEXT_NORMAL, KOUAN_TEXT_LARGER);
  s.low_reach = option_low_reach;
  s.language = option_language != NULL ? kouan_language_find (option_language) : NULL;
  return s;
}

static GtkWindow *
open_scene (const KouanScene *scene)
{
  KouanSceneSettings s = settings ();
  GtkWindow *window = GTK_WINDOW (kouan_scene_window_new (scene, &s));

  if (option_right_to_left)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gtk_window_present (window);
  return window;
}

static void
save_pictures (void)
{
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *name = g_strconcat (scenes[i].name, ".png", NULL);
      g_autofree char *path = g_build_filename (option_pictures, name, NULL);
      GtkWindow *window;

      if (option_scene != NULL && !g_str_equal (option_scene, scenes[i].name))
        continue;
      window = open_scene (&scenes[i]);
      kouan_test_picture_save (window, path);
      gtk_window_destroy (window);
    }
}

static void
save_setting (const KouanScene *scene, const KouanSceneSettings *s, gboolean right_to_left)
{
  static const char *const themes[] = { "light", "dark", "contrast" };
  g_autofree char *folder = g_build_filename (option_pictures, scene->name, NULL);
  g_autofree char *name
    = g_strdup_printf ("%dx%d-%s-text%d-%s.png", s->width, s->height, themes[s->theme],
                       (int)s->text_size, right_to_left ? "rtl" : "ltr");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GtkWindow *window;

  g_mkdir_with_parents (folder, 0755);
  window = GTK_WINDOW (kouan_scene_window_new (scene, s));
  gtk_widget_set_default_direction (right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  gtk_window_present (window);
  kouan_test_picture_save (window, path);
  gtk_window_destroy (window);
}

static void
save_all (void)
{
  static const int screens[][2] = { { 1080, 1920 }, { 1920, 1080 } };
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  for (guint i = 0; i < count * G_N_ELEMENTS (screens); i++)
    for (KouanTheme look = KOUAN_THEME_LIGHT; look <= KOUAN_THEME_CONTRAST; look++)
      for (KouanTextSize text = KOUAN_TEXT_NORMAL; text <= KOUAN_TEXT_LARGER; text++)
        for (guint direction = 0; direction < 2; direction++)
          {
            const KouanScene *scene = &scenes[i / G_N_ELEMENTS (screens)];
            const int *screen = screens[i % G_N_ELEMENTS (screens)];
            KouanSceneSettings s = { .width = screen[0], .height = screen[1], .theme = look };

            s.text_size = text;
            if (option_scene == NULL || g_str_equal (option_scene, scene->name))
              save_setting (scene, &s, direction == 1);
          }
  kouan_test_sheet_write (option_pictures);
}

static void
list_scenes (void)
{
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  for (guint i = 0; i < count; i++)
    g_print ("%s\n", scenes[i].name);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, ENTRIES, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (option_list)
    {
      list_scenes ();
      return EXIT_SUCCESS;
    }

  kouan_language_init (option_catalogues != NULL ? option_catalogues : KOUAN_CATALOGUES);
  gtk_init ();
  kouan_style_load (gdk_display_get_default ());
  if (option_pictures != NULL)
    {
      if (option_all)
        save_all ();
      else
        save_pictures ();
      return EXIT_SUCCESS;
    }

  if (option_scene == NULL || kouan_scene_find (option_scene) == NULL)
    {
      g_printerr ("--scene is not one of --list\n");
      return EXIT_FAILURE;
    }
  open_scene (kouan_scene_find (option_scene));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
