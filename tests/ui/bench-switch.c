/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/pages.h"
#include "tests/ui/testkit/picture.h"
#include "ui/pages/screens.h"

#include <time.h>

/* How long each page takes to speak another language: from the choice to the next frame on the
 * screen, the best of several switches to and fro. The limit is what a person takes for "at
 * once". Beside it a bare window, without the kiosk's style, whose few lines are made anew. A
 * page's name as the argument leaves out the others. */

#define ROUNDS 9
#define BARE_LINES 8
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

typedef void (*Change) (gpointer data, guint round);

/* From the change to the next frame. */
static Took
change_once (GtkWidget *window, Change change, gpointer data, guint round)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Wait wait = { gdk_frame_clock_get_frame_counter (clock), FALSE };
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &wait);
  gint64 before_us = g_get_monotonic_time ();
  double before_ms = own_ms ();

  change (data, round);
  while (!wait.painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return (Took){ (double)(g_get_monotonic_time () - before_us) / 1000, own_ms () - before_ms };
}

/* The best of several, as it is disturbed by whatever else the machine does. */
static Took
best_of (GtkWidget *window, Change change, gpointer data)
{
  Took best = { G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < ROUNDS; i++)
    {
      Took took = change_once (window, change, data, i);

      best.wall_ms = MIN (best.wall_ms, took.wall_ms);
      best.own_ms = MIN (best.own_ms, took.own_ms);
      kouan_test_wait_for_frame (GTK_WINDOW (window));
    }
  return best;
}

static void
speak_next (gpointer data, guint round)
{
  KouanTestView *view = data;
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);

  g_signal_emit_by_name (view->window, "language-chosen", languages[(round + 1) % count]);
}

static void
fill_bare (gpointer data, guint round)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);

  for (guint i = 0; i < BARE_LINES; i++)
    {
      g_autofree char *text = g_strdup_printf ("Line %u of page %u", i, round);

      gtk_box_append (GTK_BOX (box), gtk_label_new (text));
    }
  gtk_window_set_child (GTK_WINDOW (data), box);
}

static Took
measure_bare (int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  Took best;

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  fill_bare (window, 0);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  best = best_of (window, fill_bare, window);
  gtk_window_destroy (GTK_WINDOW (window));
  return best;
}

static Took
measure_page (const KouanTestPage *page, const KouanSceneSettings *settings)
{
  g_autoptr (KouanTestVisit) visit = kouan_test_page_visit (page);
  KouanTestView *view = kouan_test_view_new (page, visit, settings);
  Took best = best_of (GTK_WIDGET (view->window), speak_next, view);

  kouan_test_view_free (view);
  return best;
}

static gboolean
is_measured (const KouanTestPage *page, const char *only)
{
  return !g_str_has_prefix (page->name, "panel-") && page->state != KOUAN_STATE_PARKED
         && (only == NULL || g_str_equal (only, page->name));
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  guint count;
  const KouanTestPage *pages = kouan_test_pages (&count);
  KouanSceneSettings settings = { .width = 1080, .height = 1920 };
  const char *slowest = "";
  double worst_ms = 0;
  Took bare;

  gtk_test_init (&argc, &argv, NULL);
  bare = measure_bare (settings.width, settings.height);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  settings.language = kouan_language_find ("en");
  for (guint i = 0; i < count; i++)
    {
      Took best;

      if (!is_measured (&pages[i], argc > 1 ? argv[1] : NULL))
        continue;
      best = measure_page (&pages[i], &settings);
      if (best.wall_ms > worst_ms)
        slowest = pages[i].name;
      worst_ms = MAX (worst_ms, best.wall_ms);
      g_print ("{\"page\":\"%s\",\"first_frame_ms\":%.1f,\"processor_ms\":%.1f}\n", pages[i].name,
               best.wall_ms, best.own_ms);
    }
  g_print ("{\"figure\":\"switch\",\"slowest_page\":\"%s\",\"worst_ms\":%.1f,\"target_ms\":%.0f,"
           "\"bare_ms\":%.1f,\"ratio\":%.2f}\n",
           slowest, worst_ms, LIMIT_MS, bare.wall_ms, worst_ms / bare.wall_ms);
  return worst_ms <= LIMIT_MS ? 0 : 1;
}
