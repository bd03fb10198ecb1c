/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/face/compare.h"
#include "tests/testlib/effects.h"
#include "tests/unit/portrait/face.h"

/* Faces that are drawn, by networks that learned from photographs. What is tested is that a drawing
 * is found where it is, and that light, size and place do not make another person of it. */

static const KouanTestFace anna = { .width = 600, .height = 800, .wall = { 244, 244, 242 } };

static KouanFaceEngine *engine; /* (nullable): one for all tests */

static gboolean
can_run (void)
{
  if (engine == NULL)
    g_test_skip ("built without weights");
  return engine != NULL;
}

static KouanFace
find (KouanPage *page)
{
  KouanFace face;

  g_assert_true (kouan_face_find (engine, page, &face));
  g_test_message ("score %.2f, %u faces, %.0f %.0f %.0f %.0f", face.score, face.n_faces, face.left,
                  face.top, face.width, face.height);
  return face;
}

static KouanFaceDescription
describe (KouanPage *page)
{
  KouanFace face = find (page);
  KouanFaceDescription description;

  kouan_face_describe (engine, page, &face, &description);
  return description;
}

static void
test_find (void)
{
  g_autoptr (KouanPage) page = NULL;
  KouanLandmarks drawn;
  KouanFace face;

  if (!can_run ())
    return;
  page = kouan_test_face_draw (&anna);
  kouan_test_face_landmarks (&anna, &drawn);
  face = find (page);
  g_assert_cmpuint (face.n_faces, ==, 1);
  for (guint i = 36; i < 48; i++)
    {
      g_test_message ("%u %.0f %.0f drawn %.0f %.0f", i, face.landmarks.points[i].x,
                      face.landmarks.points[i].y, drawn.points[i].x, drawn.points[i].y);
      g_assert_cmpfloat_with_epsilon (face.landmarks.points[i].x, drawn.points[i].x, 25);
      g_assert_cmpfloat_with_epsilon (face.landmarks.points[i].y, drawn.points[i].y, 25);
    }
}

static void
test_same (void)
{
  KouanTestFace far = anna;
  g_autoptr (KouanPage) page = NULL;
  KouanFaceDescription first, others[4];
  KouanPage *pages[4];

  if (!can_run ())
    return;
  page = kouan_test_face_draw (&anna);
  first = describe (page);
  far.head = 0.4;
  far.aside = 0.1;
  pages[0] = kouan_test_face_draw (&far);
  pages[1] = kouan_test_exposed (page, 0.7, 0);
  pages[2] = kouan_page_scaled (page, 240, 320);
  pages[3] = kouan_page_ref (page);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      double distance;

      others[i] = describe (pages[i]);
      distance = kouan_face_distance (&first, &others[i]);
      g_test_message ("%u: %.3f", i, distance);
      g_assert_cmpint (kouan_face_judge (distance), ==, KOUAN_FACE_THE_SAME);
      kouan_page_unref (pages[i]);
    }
  g_assert_cmpfloat (kouan_face_distance (&first, &others[3]), ==, 0);
}

/* Somebody else, as far as drawings go. */
static void
test_other (void)
{
  KouanTestFace boris = anna;
  g_autoptr (KouanPage) one = NULL;
  g_autoptr (KouanPage) other = NULL;
  KouanFaceDescription first, second;
  double distance;

  if (!can_run ())
    return;
  boris.other = TRUE;
  one = kouan_test_face_draw (&anna);
  other = kouan_test_face_draw (&boris);
  first = describe (one);
  second = describe (other);
  distance = kouan_face_distance (&first, &second);
  g_test_message ("%.3f", distance);
  g_assert_cmpint (kouan_face_judge (distance), !=, KOUAN_FACE_THE_SAME);
}

static void
test_none (void)
{
  g_autofree guint8 *pixels = g_malloc (400 * 300 * 3);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KouanPage) page = NULL;
  g_autoptr (KouanPage) tiny = NULL;
  KouanFace face;

  if (!can_run ())
    return;
  for (guint i = 0; i < 400 * 300 * 3; i++)
    pixels[i] = (guint8)(i / 3 % 400 / 8 * 5);
  bytes = g_bytes_new (pixels, 400 * 300 * 3);
  page = kouan_page_new (400, 300, 300, bytes);
  tiny = kouan_page_scaled (page, 2, 2);
  g_assert_false (kouan_face_find (engine, page, &face));
  g_assert_cmpuint (face.n_faces, ==, 0);
  g_assert_false (kouan_face_find (engine, tiny, &face));
}

static void
test_answers (void)
{
  g_assert_cmpint (kouan_face_judge (0), ==, KOUAN_FACE_THE_SAME);
  g_assert_cmpint (kouan_face_judge (0.499), ==, KOUAN_FACE_THE_SAME);
  g_assert_cmpint (kouan_face_judge (0.5), ==, KOUAN_FACE_ASK_STAFF);
  g_assert_cmpint (kouan_face_judge (0.6), ==, KOUAN_FACE_ASK_STAFF);
  g_assert_cmpint (kouan_face_judge (0.601), ==, KOUAN_FACE_NOT_THE_SAME);
  g_assert_cmpstr (kouan_face_answer_id (KOUAN_FACE_ASK_STAFF), ==, "ask-staff");
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  engine = kouan_face_engine_new ();
  g_assert_true ((engine != NULL) == kouan_face_is_supported ());
  g_test_add_func ("/face/find", test_find);
  g_test_add_func ("/face/same", test_same);
  g_test_add_func ("/face/other", test_other);
  g_test_add_func ("/face/none", test_none);
  g_test_add_func ("/face/answers", test_answers);
  failed = g_test_run ();
  g_clear_pointer (&engine, kouan_face_engine_unref);
  return failed;
}
