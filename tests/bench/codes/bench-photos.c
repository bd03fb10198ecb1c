/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/engines.h"
#include "tests/bench/codes/photo.h"

#include <stdlib.h>
#include <string.h>

/* How many codes are read in photographs, by kind of trouble, beside raw ZBar and ZXingReader.
 *
 *   bench-photos                  drawn photographs of sixteen kinds
 *   bench-photos --photos N       N of each, in place of 6
 *   bench-photos --only WORD      one kind
 *
 * A row a kind. Percent: of the codes in a picture, the mean over the pictures; "frame" is ours
 * within the budget of a camera's frame, shown the same picture as often as there are ways of
 * looking. Milliseconds of processor time: medians over all pictures, and what 95 of 100 frames
 * stay within. A text that was not there fails the run. */

#define PHOTOS 6
#define FRAMES 6

typedef struct
{
  double percent[KOUAN_N_ENGINES], in_frames;
  GArray *ms[KOUAN_N_ENGINES_INSIDE], *frame_ms;
  guint photos, wrong;
} Row;

static void
row_init (Row *row)
{
  memset (row, 0, sizeof *row);
  for (guint i = 0; i < KOUAN_N_ENGINES_INSIDE; i++)
    row->ms[i] = g_array_new (FALSE, FALSE, sizeof (double));
  row->frame_ms = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
row_clear (Row *row)
{
  for (guint i = 0; i < KOUAN_N_ENGINES_INSIDE; i++)
    g_array_unref (row->ms[i]);
  g_array_unref (row->frame_ms);
}

/* A camera sees it again and again, until it is read. */
static void
ask_frames (Row *row, KouanEngines *engines, const KouanSceneView *view)
{
  guint most = 0;

  for (guint i = 0; i < FRAMES && most < view->texts->len; i++)
    {
      KouanEngineAnswer answer = kouan_engines_ask (engines, KOUAN_ENGINE_OURS, view, TRUE);

      most = MAX (most, answer.right);
      row->wrong += answer.wrong;
      g_array_append_val (row->frame_ms, answer.ms);
    }
  row->in_frames += 100.0 * most / view->texts->len;
}

static void
ask_all (Row *row, KouanEngines *engines, const KouanSceneView *view)
{
  for (KouanEngine engine = KOUAN_ENGINE_OURS; engine < KOUAN_N_ENGINES; engine++)
    {
      KouanEngineAnswer answer = kouan_engines_ask (engines, engine, view, FALSE);

      row->percent[engine] += 100.0 * answer.right / view->texts->len;
      row->wrong += engine == KOUAN_ENGINE_OURS ? answer.wrong : 0;
      if (engine < KOUAN_N_ENGINES_INSIDE)
        g_array_append_val (row->ms[engine], answer.ms);
    }
  ask_frames (row, engines, view);
  row->photos++;
}

static void
print_head (const KouanEngines *engines)
{
  g_print ("percent of codes, and ms a picture%s\n",
           kouan_engines_has_peer (engines) ? "" : "; ZXingReader is not installed");
  g_print ("%-13s %6s %6s %6s %6s | %8s %8s %8s %8s\n", "", "ours", "frames", "ZBar", "ZXing",
           "ours", "ZBar", "a frame", "95 %");
}

static void
print_row (const char *name, Row *row)
{
  double photos = MAX (row->photos, 1);

  g_print ("%-13s %6.1f %6.1f %6.1f %6.1f | %8.1f %8.1f %8.1f %8.1f%s\n", name,
           row->percent[KOUAN_ENGINE_OURS] / photos, row->in_frames / photos,
           row->percent[KOUAN_ENGINE_ZBAR] / photos, row->percent[KOUAN_ENGINE_ZXING] / photos,
           kouan_engines_quantile (row->ms[KOUAN_ENGINE_OURS], 0.5),
           kouan_engines_quantile (row->ms[KOUAN_ENGINE_ZBAR], 0.5),
           kouan_engines_quantile (row->frame_ms, 0.5),
           kouan_engines_quantile (row->frame_ms, 0.95), row->wrong > 0 ? "  WRONG" : "");
}

/* Into the row of all kinds. */
static void
row_add (Row *all, const Row *row)
{
  for (guint i = 0; i < KOUAN_N_ENGINES; i++)
    all->percent[i] += row->percent[i];
  for (guint i = 0; i < KOUAN_N_ENGINES_INSIDE; i++)
    g_array_append_vals (all->ms[i], row->ms[i]->data, row->ms[i]->len);
  g_array_append_vals (all->frame_ms, row->frame_ms->data, row->frame_ms->len);
  all->in_frames += row->in_frames;
  all->photos += row->photos;
  all->wrong += row->wrong;
}

static void
run_kind (KouanEngines *engines, const KouanPhotoKind *kind, guint photos, Row *all)
{
  Row row;

  row_init (&row);
  for (guint i = 0; i < photos; i++)
    {
      g_autoptr (KouanSceneView) view
        = kouan_photo_of_kind (kind, g_str_hash (kind->name) + i * 7919);

      ask_all (&row, engines, view);
    }
  print_row (kind->name, &row);
  row_add (all, &row);
  row_clear (&row);
}

int
main (int argc, char **argv)
{
  g_autoptr (KouanEngines) engines = kouan_engines_new ();
  guint photos = PHOTOS, wrong;
  const char *only = "";
  Row all;

  for (int i = 1; i + 1 < argc; i += 2)
    {
      if (g_str_equal (argv[i], "--photos"))
        photos = (guint)atoi (argv[i + 1]);
      else if (g_str_equal (argv[i], "--only"))
        only = argv[i + 1];
    }
  row_init (&all);
  print_head (engines);
  for (guint i = 0; i < kouan_photo_n_kinds; i++)
    if (strstr (kouan_photo_kinds[i].name, only) != NULL)
      run_kind (engines, kouan_photo_kinds + i, photos, &all);
  print_row ("all", &all);
  wrong = all.wrong;
  row_clear (&all);
  return wrong > 0;
}
