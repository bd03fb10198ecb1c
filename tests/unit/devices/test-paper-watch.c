/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

#include "app/devices/paper-watch.h"

#define WIDTH 640
#define HEIGHT 480

typedef struct
{
  guint8 tray;
  guint8 paper;
  guint left, top, width, height;
  guint8 spot; /* a bright one in the middle of the paper; 0: none */
} Scene;

static const Scene good = { 50, 210, 160, 30, 300, 420, 0 };

static KouanFrame *
draw (const Scene *scene)
{
  guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  memset (pixels, scene->tray, WIDTH * HEIGHT);
  for (guint y = scene->top; y < scene->top + scene->height; y++)
    memset (pixels + y * WIDTH + scene->left, scene->paper, scene->width);
  for (guint y = scene->top + scene->height / 4;
       scene->spot > 0 && y < scene->top + scene->height / 2; y++)
    memset (pixels + y * WIDTH + scene->left + scene->width / 4, scene->spot, scene->width / 2);
  return kouan_frame_new (g_bytes_new_take (pixels, WIDTH * HEIGHT), WIDTH, HEIGHT, WIDTH,
                          KOUAN_FRAME_GRAY);
}

static KouanPaperSight
look (KouanPaperWatch *watch, const Scene *scene)
{
  g_autoptr (KouanFrame) frame = draw (scene);

  return kouan_paper_watch_look (watch, frame);
}

static void
assert_sight (Scene scene, KouanPaperSight expected)
{
  g_autoptr (KouanPaperWatch) watch = kouan_paper_watch_new ();

  for (guint i = 0; i < 3; i++)
    look (watch, &scene);
  g_assert_cmpint (look (watch, &scene), ==, expected);
}

static void
test_sights (void)
{
  Scene scene = good;

  assert_sight (good, KOUAN_PAPER_READY);
  scene.paper = scene.tray;
  scene.tray = scene.paper = 120;
  assert_sight (scene, KOUAN_PAPER_NONE);
  assert_sight ((Scene){ 12, 12, 160, 30, 300, 420, 0 }, KOUAN_PAPER_DARK);
  assert_sight ((Scene){ 50, 50, 160, 30, 300, 420, 0 }, KOUAN_PAPER_NONE);
  assert_sight ((Scene){ 10, 60, 160, 30, 300, 420, 0 }, KOUAN_PAPER_DARK);
  assert_sight ((Scene){ 50, 210, 250, 150, 150, 200, 0 }, KOUAN_PAPER_FAR);
  assert_sight ((Scene){ 50, 210, 300, 150, 40, 60, 0 }, KOUAN_PAPER_NONE);
  assert_sight ((Scene){ 50, 210, 160, 0, 300, 480, 0 }, KOUAN_PAPER_CUT);
  assert_sight ((Scene){ 50, 180, 160, 30, 300, 420, 255 }, KOUAN_PAPER_GLARE);
  assert_sight ((Scene){ 50, 254, 160, 30, 300, 420, 0 },
                KOUAN_PAPER_READY); /* bright, not mirrored */
}

static void
test_still (void)
{
  g_autoptr (KouanPaperWatch) watch = kouan_paper_watch_new ();
  Scene scene = good;

  g_assert_cmpint (look (watch, &scene), ==, KOUAN_PAPER_MOVING);
  g_assert_cmpint (look (watch, &scene), ==, KOUAN_PAPER_MOVING);
  g_assert_cmpint (look (watch, &scene), ==, KOUAN_PAPER_READY);
  scene.left += 80;
  g_assert_cmpint (look (watch, &scene), ==, KOUAN_PAPER_MOVING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/paper-watch/sights", test_sights);
  g_test_add_func ("/devices/paper-watch/still", test_still);
  return g_test_run ();
}
