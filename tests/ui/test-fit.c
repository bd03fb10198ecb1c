/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/scenes.h"
#include "tests/ui/testkit/walk.h"

/* Every scene of the gallery on every screen of the kiosk in small and large text, in every
 * language that is there on one of them: it fits, a finger hits it, a screen reader names it, and
 * nothing of it stays behind. */

#define LANGUAGES_A_LOOK 2 /* of twelve: each comes up once */

static const struct
{
  int width;
  int height;
} SCREENS[] = { { 1080, 1920 }, { 1920, 1080 }, { 1024, 768 } };

static void
check (const KouanScene *scene, const KouanSceneSettings *settings)
{
  KouanWindow *window = kouan_scene_window_new (scene, settings);

  g_test_message ("%s, %d × %d, text %d, %s", scene->name, settings->width, settings->height,
                  (int)settings->text_size, settings->language->code);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  kouan_test_check_fits (GTK_WINDOW (window), settings->width, settings->height);
  kouan_test_check_touch (GTK_WIDGET (window));
  kouan_test_check_names (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_scene (gconstpointer data)
{
  const KouanScene *scene = data;
  const guint looks = 2 * G_N_ELEMENTS (SCREENS);
  guint n_languages;
  const KouanLanguage *const *languages = kouan_language_all (&n_languages);
  guint step = MAX (1, n_languages / LANGUAGES_A_LOOK);

  for (guint look = 0; look < looks; look++)
    for (guint language = look % step; language < n_languages; language += step)
      {
        guint screen = look % G_N_ELEMENTS (SCREENS);
        KouanSceneSettings settings = { .width = SCREENS[screen].width,
                                        .height = SCREENS[screen].height,
                                        .language = languages[language] };

        settings.text_size = look < G_N_ELEMENTS (SCREENS) ? KOUAN_TEXT_NORMAL : KOUAN_TEXT_LARGER;
        check (scene, &settings);
      }
}

static void
test_leaks (gconstpointer data)
{
  const KouanScene *scene = data;
  KouanSceneSettings settings = { .width = 1080, .height = 1920 };
  KouanWindow *window = kouan_scene_window_new (scene, &settings);
  gpointer frame = kouan_window_get_frame (window);
  gpointer seen = window;

  g_object_add_weak_pointer (G_OBJECT (window), &seen);
  g_object_add_weak_pointer (G_OBJECT (frame), &frame);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (seen);
  g_assert_null (frame);
}

static void
add (const char *group, const KouanScene *scene, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/%s/%s", group, scene->name);

  g_test_add_data_func (path, scene, test);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (guint i = 0; i < count; i++)
    add ("fit", &scenes[i], test_scene);
  for (guint i = 0; i < count; i++)
    add ("leaks", &scenes[i], test_leaks);
  return g_test_run ();
}
