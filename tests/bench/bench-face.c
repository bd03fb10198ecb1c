/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/face/compare.h"
#include "tests/unit/portrait/face.h"

#include <stdlib.h>
#include <time.h>

/* How long it takes to tell whether two pictures show one person, on one core: both faces are
 * found, pointed at and described. The limit is 60 ms. */

#define LIMIT_MS 60.0
#define RUNS 21

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return (one > other) - (one < other);
}

static double
median (double *times)
{
  qsort (times, RUNS, sizeof *times, compare_doubles);
  return times[RUNS / 2];
}

/* Of this thread on its core, in milliseconds: others may use the machine too. */
static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

int
main (void)
{
  const KouanTestFace near = { .width = 600, .height = 800, .wall = { 244, 244, 242 } };
  const KouanTestFace live
    = { .width = 960, .height = 1280, .wall = { 230, 232, 236 }, .head = 0.55, .aside = 0.03 };
  g_autoptr (KouanFaceEngine) engine = kouan_face_engine_new ();
  KouanPage *pages[2];
  double whole[RUNS], find[RUNS], describe[RUNS], distance = 0;

  if (engine == NULL)
    {
      g_print ("faces are not compared: built without weights\n");
      return 77;
    }
  pages[0] = kouan_test_face_draw (&near);
  pages[1] = kouan_test_face_draw (&live);
  for (guint run = 0; run < RUNS; run++)
    {
      KouanFaceDescription descriptions[2];
      double begin_ms = now_ms ();

      for (guint i = 0; i < 2; i++)
        {
          KouanFace face;
          double from_ms = now_ms ();

          g_assert_true (kouan_face_find (engine, pages[i], &face));
          find[run] = now_ms () - from_ms;
          from_ms = now_ms ();
          kouan_face_describe (engine, pages[i], &face, &descriptions[i]);
          describe[run] = now_ms () - from_ms;
        }
      distance = kouan_face_distance (&descriptions[0], &descriptions[1]);
      whole[run] = now_ms () - begin_ms;
    }
  g_print ("find and point   %6.1f ms (median of %d)\n", median (find), RUNS);
  g_print ("describe         %6.1f ms\n", median (describe));
  g_print ("compare two      %6.1f ms, distance %.3f\n", median (whole), distance);
  g_print ("limit            %6.1f ms; ratio %.2f\n", LIMIT_MS, median (whole) / LIMIT_MS);
  kouan_page_unref (pages[0]);
  kouan_page_unref (pages[1]);
  return median (whole) < LIMIT_MS ? 0 : 1;
}
