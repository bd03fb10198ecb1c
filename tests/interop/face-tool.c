/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/face/networks.h"
#include "tests/unit/portrait/face.h"

/* face-tool FOLDER: draws a face as large as each network sees it, so that no scaling comes in
 * between, writes it as raw R G B, and prints what each network of ours makes of it, one line a
 * network. */

static KouanPage *
draw (const char *folder, guint side)
{
  const KouanTestFace face
    = { .width = side, .height = side, .wall = { 236, 240, 244 }, .head = 0.8 };
  KouanPage *page = kouan_test_face_draw (&face);
  g_autofree char *name = g_strdup_printf ("%u.rgb", side);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (page->pixels, NULL),
                                      (gssize)g_bytes_get_size (page->pixels), NULL));
  return page;
}

static KouanFacePicture
picture_of (KouanPage *page)
{
  return (KouanFacePicture){ g_bytes_get_data (page->pixels, NULL), page->width, page->height };
}

static void
print_sight (const char *folder, const KouanFaceWeights *weights)
{
  g_autoptr (KouanPage) page = draw (folder, 224);
  KouanFacePicture picture = picture_of (page);
  KouanFaceDetector detector;
  g_autoptr (GArray) sights = NULL;
  const KouanFaceSight *best;

  kouan_face_detector_load (&detector, weights);
  sights = kouan_face_detector_run (&detector, &picture, 224);
  kouan_face_detector_clear (&detector);
  g_assert_cmpuint (sights->len, >, 0);
  best = &g_array_index (sights, KouanFaceSight, 0);
  g_print ("%f %f %f %f %f\n", (double)best->score, best->box.left, best->box.top, best->box.width,
           best->box.height);
}

static void
print_points (const char *folder, const KouanFaceWeights *weights)
{
  g_autoptr (KouanPage) page = draw (folder, 112);
  KouanFacePicture picture = picture_of (page);
  const KouanFaceBox box = { 0, 0, 112, 112 };
  KouanFacePointer pointer;
  double points[2 * KOUAN_FACE_POINTS];

  kouan_face_pointer_load (&pointer, weights);
  kouan_face_pointer_run (&pointer, &picture, &box, points);
  kouan_face_pointer_clear (&pointer);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    g_print ("%f%c", points[i], i + 1 < G_N_ELEMENTS (points) ? ' ' : '\n');
}

static void
print_description (const char *folder, const KouanFaceWeights *weights)
{
  g_autoptr (KouanPage) page = draw (folder, 150);
  KouanFacePicture picture = picture_of (page);
  const KouanFaceBox box = { 0, 0, 150, 150 };
  KouanFaceDescriber describer;
  float values[KOUAN_FACE_VALUES];

  kouan_face_describer_load (&describer, weights);
  kouan_face_describer_run (&describer, &picture, &box, values);
  kouan_face_describer_clear (&describer);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_print ("%f%c", (double)values[i], i + 1 < G_N_ELEMENTS (values) ? ' ' : '\n');
}

int
main (int argc, char **argv)
{
  KouanFaceWeights weights = kouan_face_weights_built_in ();

  if (argc != 2 || weights.size == 0)
    return 77;
  print_sight (argv[1], &weights);
  print_points (argv[1], &weights);
  print_description (argv[1], &weights);
  return 0;
}
