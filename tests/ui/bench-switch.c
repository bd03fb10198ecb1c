/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/pages.h"
#include "tests/ui/testkit/picture.h"
#include "ui/pages/screens.h"

#include <time.h>

/* How long each page takes to speak another language: from the choice to the next frame on the
 * screen, the best of several switches to and fro. The limit is what a person takes for "at
 * once". A page's name as the argument leaves out the others. */

#define ROUNDS 9
#define LIMIT_MS 100.0

typedef struct
{
  gint64 before; /* the frame that was the last one when the language was chosen */
  gboolean painted;
} Wait;

static void
on_after_paint (GdkFrameClock *clock, Wait *wait)
{
  wait->painted = gdk_frame_clock_get_frame_counter (clock) > wait->before;
}

typedef struct
{
  double wall_ms;
  double own_ms; /* of a processor, which does not depend on what else the machine does */
} Took;

static double
own_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static Took
switch_once (KouanTestView *view, const KouanLanguage *language)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (view->window));
  Wait wait = { gdk_frame_clock_get_frame_counter (clock), FALSE };
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &wait);
  gint64 before_us = g_get_monotonic_time ();
  double before_ms = own_ms ();

  g_signal_emit_by_name (view->window, "language-chosen", language);
  while (!wait.painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return (Took){ (double)(g_get_monotonic_time () - before_us) / 1000, own_ms () - before_ms };
}

/* The best of several, as it is disturbed by whatever else the machine does. */
static Took
best_of (KouanTestView *view)
{
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);
  Took best = { G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < ROUNDS; i++)
    {
      Took took = switch_once (view, languages[(i + 1) % count]);

      best.wall_ms = MIN (best.wall_ms, took.wall_ms);
      best.own_ms = MIN (best.own_ms, took.own_ms);
      kouan_test_wait_for_frame (GTK_WINDOW (view->window));
    }
  return best;
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  guint count;
  const KouanTestPage *pages = kouan_test_pages (&count);
  KouanSceneSettings settings = { .width = 1080, .height = 1920 };
  double worst = 0;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  settings.language = kouan_language_find ("en");
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (KouanTestVisit) visit = NULL;
      KouanTestView *view;
      Took best;

      if (g_str_has_prefix (pages[i].name, "panel-") || pages[i].state == KOUAN_STATE_PARKED
          || (argc > 1 && !g_str_equal (argv[1], pages[i].name)))
        continue;
      visit = kouan_test_page_visit (&pages[i]);
      view = kouan_test_view_new (&pages[i], visit, &settings);
      best = best_of (view);
      worst = MAX (worst, best.wall_ms);
      g_print ("%-20s %6.1f ms, %6.1f ms of a processor\n", pages[i].name, best.wall_ms,
               best.own_ms);
      kouan_test_view_free (view);
    }
  g_print ("the slowest page    %6.1f ms, limit %.0f ms\n", worst, LIMIT_MS);
  return worst <= LIMIT_MS ? 0 : 1;
}
