/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/engines.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <string.h>

/* How many codes are read, and how fast, beside raw ZBar and ZXingReader on the same pictures.
 *
 *   bench-codes                    what a camera sees, drawn: one thing gets worse at a time
 *   bench-codes --views N          N pictures a step, in place of 4
 *   bench-codes --only WORD        one of the series
 *   bench-codes FOLDER             pictures of one's own; FOLDER/truth.txt: a picture's name, a tab
 * and what its code says in each line
 *
 * Percent of the codes. Milliseconds of processor time, medians. A text that was not there fails
 * the whole run. */

#define VIEWS 4
#define FRAMES 24
#define STEPS_MAX 6

typedef struct
{
  KouanEngines *engines;
  guint views;
  GArray *hit_ms[KOUAN_N_ENGINES_INSIDE];
  guint read[KOUAN_N_ENGINES], all, wrong;
} Bench;

typedef void (*Setter) (KouanScene *scene, double value);

typedef struct
{
  const char *name;
  Setter set;
  double values[STEPS_MAX];
  guint n_values;
} Series;

#define SETTER(field)                                                                              \
  static void set_##field (KouanScene *scene, double value) { scene->field = value; }

SETTER (module_px)
SETTER (turn_deg)
SETTER (tilt_deg)
SETTER (blur)
SETTER (motion)
SETTER (noise)
SETTER (light)
SETTER (glare)
SETTER (bow)
SETTER (shadow)

static void
set_moire (KouanScene *scene, double value)
{
  scene->moire = value;
  scene->on_screen = TRUE;
}

static void
set_dark_mode (KouanScene *scene, double value)
{
  scene->on_screen = scene->light_on_dark = TRUE;
  scene->tilt_deg = value;
}

static void
set_mirrored (KouanScene *scene, double value)
{
  scene->mirrored = TRUE;
  scene->tilt_deg = value;
}

static void
set_fills (KouanScene *scene, double value)
{
  scene->on_screen = TRUE;
  scene->moire = 0.15;
  scene->tilt_deg = 5;
  scene->module_px = value;
}

static void
set_n_codes (KouanScene *scene, double value)
{
  scene->n_codes = (guint)value;
  scene->characters = 60;
  scene->module_px = value > 4 ? 3.2 : 4;
}

static void
set_characters (KouanScene *scene, double value)
{
  scene->characters = (guint)value;
}

static const Series series[] = {
  { "module px", set_module_px, { 1.5, 2, 2.5, 3, 4, 6 }, 6 },
  { "turn", set_turn_deg, { 0, 10, 20, 30, 40, 45 }, 6 },
  { "tilt", set_tilt_deg, { 0, 20, 35, 45, 55, 62 }, 6 },
  { "out of focus", set_blur, { 0.3, 0.38, 0.44, 0.5, 0.6, 0.7 }, 6 },
  { "motion", set_motion, { 0.5, 1, 1.3, 1.6, 1.8, 2.2 }, 6 },
  { "noise", set_noise, { 8, 16, 24, 32, 48, 64 }, 6 },
  { "low light", set_light, { 160, 100, 70, 55, 48, 44 }, 6 },
  { "moire", set_moire, { 0.15, 0.3, 0.45, 0.6, 0.75, 0.9 }, 6 },
  { "glare", set_glare, { 0.02, 0.04, 0.07, 0.1, 0.15, 0.2 }, 6 },
  { "shadow", set_shadow, { 0.3, 0.5, 0.6, 0.7, 0.8, 0.88 }, 6 },
  { "bowed", set_bow, { 0.3, 0.6, 0.9, 1.1, 1.3, 1.5 }, 6 },
  { "fills frame", set_fills, { 5, 6, 7, 8, 9, 10 }, 6 },
  { "dark mode", set_dark_mode, { 0, 20, 35, 45, 55, 62 }, 6 },
  { "mirrored", set_mirrored, { 0, 20, 35, 45, 55, 62 }, 6 },
  { "codes", set_n_codes, { 1, 2, 4, 6, 9 }, 5 },
  { "characters", set_characters, { 18, 86, 308, 597, 965, 1440 }, 6 },
};

static void
measure (Bench *bench, const KouanSceneView *view, guint right[KOUAN_N_ENGINES])
{
  for (KouanEngine engine = KOUAN_ENGINE_OURS; engine < KOUAN_N_ENGINES; engine++)
    {
      KouanEngineAnswer answer = kouan_engines_ask (bench->engines, engine, view, FALSE);

      right[engine] += answer.right;
      bench->wrong += engine == KOUAN_ENGINE_OURS ? answer.wrong : 0;
      if (engine < KOUAN_N_ENGINES_INSIDE && answer.right > 0)
        g_array_append_val (bench->hit_ms[engine], answer.ms);
    }
}

static void
bench_init (Bench *bench)
{
  bench->engines = kouan_engines_new ();
  for (guint i = 0; i < KOUAN_N_ENGINES_INSIDE; i++)
    bench->hit_ms[i] = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
bench_clear (Bench *bench)
{
  kouan_engines_free (bench->engines);
  for (guint i = 0; i < KOUAN_N_ENGINES_INSIDE; i++)
    g_array_unref (bench->hit_ms[i]);
}

static void
print_sums (Bench *bench)
{
  guint all = MAX (bench->all, 1);

  g_print ("%u codes: ours %.1f %%, ZBar %.1f %%, ZXingReader %.1f %%; wrong texts by ours: %u\n",
           bench->all, 100.0 * bench->read[KOUAN_ENGINE_OURS] / all,
           100.0 * bench->read[KOUAN_ENGINE_ZBAR] / all,
           100.0 * bench->read[KOUAN_ENGINE_ZXING] / all, bench->wrong);
  g_print (
    "a picture that is read, all ways of looking: ours %.1f ms (95 %%: %.1f), ZBar %.1f ms\n",
    kouan_engines_quantile (bench->hit_ms[KOUAN_ENGINE_OURS], 0.5),
    kouan_engines_quantile (bench->hit_ms[KOUAN_ENGINE_OURS], 0.95),
    kouan_engines_quantile (bench->hit_ms[KOUAN_ENGINE_ZBAR], 0.5));
}

/* Returns: (nullable): a picture of one's own as a view without texts */
static KouanSceneView *
load (const char *path)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (path, NULL);
  KouanSceneView *view;

  if (picture == NULL)
    return NULL;
  view = g_new0 (KouanSceneView, 1);
  view->texts = g_ptr_array_new_with_free_func (g_free);
  view->width = gdk_pixbuf_get_width (picture);
  view->height = gdk_pixbuf_get_height (picture);
  view->gray = g_malloc ((gsize)view->width * (gsize)view->height);
  for (int y = 0; y < view->height; y++)
    for (int x = 0; x < view->width; x++)
      {
        const guint8 *rgb = gdk_pixbuf_read_pixels (picture)
                            + y * gdk_pixbuf_get_rowstride (picture)
                            + x * gdk_pixbuf_get_n_channels (picture);

        view->gray[y * view->width + x]
          = (guint8)((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2]) / 256);
      }
  return view;
}

/* Returns: %FALSE if there is no truth, or a text was read that it does not know */
static gboolean
run_folder (Bench *bench, const char *folder)
{
  g_autofree char *truth_path = g_build_filename (folder, "truth.txt", NULL);
  g_autofree char *truth = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (truth_path, &truth, NULL, NULL))
    {
      g_printerr ("%s is missing: a picture's name, a tab and its code's text in each line\n",
                  truth_path);
      return FALSE;
    }
  lines = g_strsplit (truth, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      g_autofree char *path
        = g_strv_length (parts) == 2 ? g_build_filename (folder, parts[0], NULL) : NULL;
      g_autoptr (KouanSceneView) view = path != NULL ? load (path) : NULL;
      guint right[KOUAN_N_ENGINES] = { 0 };

      if (view == NULL)
        continue;
      g_ptr_array_add (view->texts, g_strdup (parts[1]));
      measure (bench, view, right);
      for (guint engine = 0; engine < KOUAN_N_ENGINES; engine++)
        bench->read[engine] += right[engine] > 0;
      bench->all++;
    }
  print_sums (bench);
  return bench->wrong == 0;
}

static KouanScene
scene_at (const Series *one, double value, guint width, guint height)
{
  static const guint characters[] = { 218, 308, 416, 597 };
  static guint turn;
  KouanScene scene = kouan_scene_plain;

  scene.width = (int)width;
  scene.height = (int)height;
  scene.module_px = width > 640 ? 4.5 : 3;
  scene.characters = characters[turn++ % G_N_ELEMENTS (characters)];
  scene.turn_deg = turn * 37 % 31 - 15.0;
  one->set (&scene, value);
  return scene;
}

/* No larger than the frame. */
static void
fit_into_frame (KouanScene *scene)
{
  static const struct
  {
    guint characters, size;
  } sizes[] = { { 18, 21 },  { 60, 33 },  { 86, 33 },  { 218, 49 },  { 308, 57 },
                { 416, 65 }, { 597, 77 }, { 965, 97 }, { 1440, 117 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i].characters >= scene->characters)
      {
        scene->module_px = MIN (scene->module_px, scene->height * 0.92
                                                    / (sizes[i].size
                                                       * (scene->n_codes > 4   ? 3.9
                                                          : scene->n_codes > 1 ? 2.5
                                                                               : 1)));
        return;
      }
}

static void
run_series (Bench *bench, const Series *one, guint width, guint height)
{
  g_print ("%4ux%-4u %-13s", width, height, one->name);
  for (guint step = 0; step < one->n_values; step++)
    {
      guint right[KOUAN_N_ENGINES] = { 0 }, all = 0;

      for (guint i = 0; i < bench->views; i++)
        {
          KouanScene scene = scene_at (one, one->values[step], width, height);
          g_autoptr (KouanSceneView) view = NULL;

          fit_into_frame (&scene);
          view = kouan_scene_view (&scene, g_str_hash (one->name) + step * 977 + i * 31 + width);
          measure (bench, view, right);
          all += view->texts->len;
        }
      g_print (" | %5g: %3u %3u %3u", one->values[step], right[KOUAN_ENGINE_OURS] * 100 / all,
               right[KOUAN_ENGINE_ZBAR] * 100 / all, right[KOUAN_ENGINE_ZXING] * 100 / all);
      for (guint engine = 0; engine < KOUAN_N_ENGINES; engine++)
        bench->read[engine] += right[engine];
      bench->all += all;
    }
  g_print ("\n");
}

/* A camera's frames, one after the other as they come, against ZBar on the same. */
static void
run_frames (Bench *bench, gboolean blank)
{
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) zbar = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < FRAMES; i++)
    {
      KouanScene scene = scene_at (&series[1], i * 7 % 45, 1280, 720);
      g_autoptr (KouanSceneView) view = NULL;

      scene.blank = blank;
      view = kouan_scene_view (&scene, 5000 + i);
      for (KouanEngine engine = KOUAN_ENGINE_OURS; engine < KOUAN_N_ENGINES_INSIDE; engine++)
        {
          KouanEngineAnswer answer = kouan_engines_ask (bench->engines, engine, view, TRUE);

          if (blank || answer.right > 0)
            g_array_append_val (engine == KOUAN_ENGINE_OURS ? ours : zbar, answer.ms);
        }
    }
  g_print (
    "1280x720 %s: ours %.1f ms (95 %%: %.1f, n %u), ZBar %.1f ms (95 %%: %.1f, n %u), ratio %.2f\n",
    blank ? "empty frame" : "hit", kouan_engines_quantile (ours, 0.5),
    kouan_engines_quantile (ours, 0.95), ours->len, kouan_engines_quantile (zbar, 0.5),
    kouan_engines_quantile (zbar, 0.95), zbar->len,
    kouan_engines_quantile (ours, 0.5) / MAX (kouan_engines_quantile (zbar, 0.5), 0.01));
}

int
main (int argc, char **argv)
{
  Bench bench = { .views = VIEWS };
  const char *only = NULL;

  for (int i = 1; i + 1 < argc; i += 2)
    {
      if (g_str_equal (argv[i], "--views"))
        bench.views = (guint)atoi (argv[i + 1]);
      else if (g_str_equal (argv[i], "--only"))
        only = argv[i + 1];
    }
  bench_init (&bench);
  if (argc == 2)
    return run_folder (&bench, argv[1]) ? 0 : 1;
  if (only == NULL || g_str_equal (only, "frames"))
    {
      run_frames (&bench, FALSE);
      run_frames (&bench, TRUE);
    }
  g_print ("percent read: ours, raw ZBar, %s\n",
           kouan_engines_has_peer (bench.engines) ? "ZXingReader" : "ZXingReader (not installed)");
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    if (only == NULL || strstr (series[i].name, only) != NULL)
      run_series (&bench, series + i, 640, 480);
  print_sums (&bench);
  bench_clear (&bench);
  return bench.wrong > 0;
}
