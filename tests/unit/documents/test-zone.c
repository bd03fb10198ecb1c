/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/take.h"
#include "app/documents/warp.h"
#include "tests/testlib/papers.h"
#include "tests/testlib/specimen.h"

#define WIDTH 1654 /* A4 at 200 dots an inch */
#define HEIGHT 2339
#define AT_X 90
#define AT_Y 900

/* The page of a passport copied on to white paper, as a scanner or a copier gives it. */
static KouanPage *
copy_new (const KouanSpecimen *specimen)
{
  gsize size = (gsize)WIDTH * HEIGHT * 3;
  guint8 *rows = g_malloc (size);
  g_autoptr (GBytes) pixels = NULL;

  memset (rows, 0xfa, size);
  for (guint y = 0; y < specimen->height && AT_Y + y < HEIGHT; y++)
    for (guint x = 0; x < specimen->width && AT_X + x < WIDTH; x++)
      memset (rows + ((gsize)(AT_Y + y) * WIDTH + AT_X + x) * 3,
              specimen->pixels[(gsize)y * specimen->width + x], 3);
  pixels = g_bytes_new_take (rows, size);
  return kouan_page_new (WIDTH, HEIGHT, 200, pixels);
}

static KouanPage *
copy_of (const char *const *lines)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (KouanSpecimen) specimen = kouan_specimen_draw (rand, lines);

  return copy_new (specimen);
}

static const char *const zone[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                    "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

static void
test_zone (void)
{
  g_autoptr (KouanPage) copy = NULL;
  g_autoptr (KouanTake) take = NULL, plain = NULL;
  g_autofree char *lines = g_strjoinv ("\n", (char **)zone);

  if (!kouan_specimen_can_draw ())
    return g_test_skip ("the font of machine readable zones is not here");
  copy = copy_of (zone);
  take = kouan_take_new (copy, KOUAN_ASKED_ZONE, NULL);
  g_assert_cmpstr (take->sheet->zone, ==, lines);
  plain = kouan_take_new (copy, KOUAN_ASKED_NOTHING, NULL);
  g_assert_null (plain->sheet->zone); /* nobody asked */
}

/* A wrong check digit: what would fit is a guess, and a guess is not kept. */
static void
test_doubtful (void)
{
  static const char *const forged[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                        "L898902C37UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (KouanPage) copy = NULL;
  g_autoptr (KouanTake) take = NULL;

  if (!kouan_specimen_can_draw ())
    return g_test_skip ("the font of machine readable zones is not here");
  copy = copy_of (forged);
  take = kouan_take_new (copy, KOUAN_ASKED_ZONE, NULL);
  g_assert_null (take->sheet->zone);
}

static void
test_none (void)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (3, 150);
  g_autoptr (KouanTake) take = kouan_take_new (letter, KOUAN_ASKED_ZONE, NULL);

  g_assert_null (take->sheet->zone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/zone/read", test_zone);
  g_test_add_func ("/documents/zone/doubtful", test_doubtful);
  g_test_add_func ("/documents/zone/none", test_none);
  return g_test_run ();
}
