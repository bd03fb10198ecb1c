/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/halves.h"
#include "ui/pages/documents/show-page.h"
#include "ui/style/style.h"
#include "tests/ui/testkit/picture.h"

#include <time.h>

/* How long the screen does not answer while a page of 16 megapixels, the largest that a visitor can
 * hand in, is looked at: put up, enlarged step by step, and moved about. The longest time between
 * two turns of the main loop is measured, against the 200 ms that nobody should wait, and against
 * the same page without smaller pictures of it. */

#define WIDTH 3464
#define HEIGHT 4618
#define LIMIT_MS 200.0
#define ROUNDS 5

typedef struct
{
  gint64 last_us;
  gint64 longest_us;
} Pulse;

/* What this thread has worked: other programs of the machine do not count. */
static gint64
worked_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
beat (gpointer data)
{
  Pulse *pulse = data;
  gint64 now_us = worked_us ();

  pulse->longest_us = MAX (pulse->longest_us, now_us - pulse->last_us);
  pulse->last_us = now_us;
  return G_SOURCE_CONTINUE;
}

static KouanPage *
page_new (void)
{
  gsize size = (gsize)WIDTH * HEIGHT * 3;
  guint8 *rows = g_malloc (size);
  g_autoptr (GBytes) pixels = NULL;

  for (gsize i = 0; i < size; i++)
    rows[i] = (guint8)((i * 2654435761u) >> 13); /* grain, as of a camera in the evening */
  pixels = g_bytes_new_take (rows, size);
  return kouan_page_new (WIDTH, HEIGHT, 0, pixels);
}

static GtkWidget *
find_button (GtkWidget *widget, guint *skip)
{
  if (GTK_IS_BUTTON (widget) && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, skip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Presses the @index-th button of @view and lets the screen draw what that changes. */
static void
press (GtkWindow *window, GtkWidget *view, guint index)
{
  GtkWidget *button = find_button (view, &index);

  g_signal_emit_by_name (button, "clicked");
  kouan_test_wait_for_frame (window);
}

static gboolean
has_picture (KouanPageView *view)
{
  return gtk_widget_get_mapped (GTK_WIDGET (view)) && kouan_page_view_has_page (view);
}

/* Returns: the longest silence of one look at @page, in milliseconds */
static double
look_at (GtkWindow *window, KouanPage *page, gboolean with_halves)
{
  GtkWidget *view = kouan_page_view_new ("Page 1");
  Pulse pulse = { 0, 0 };
  guint source;

  gtk_window_set_child (window, view);
  kouan_test_wait_for_frame (window);
  pulse.last_us = worked_us ();
  source = g_timeout_add_full (G_PRIORITY_HIGH, 1, beat, &pulse, NULL);
  if (with_halves)
    kouan_show_page (KOUAN_PAGE_VIEW (view), page, NULL);
  else
    kouan_page_view_set_pixels (KOUAN_PAGE_VIEW (view), page->pixels, GDK_MEMORY_R8G8B8, WIDTH,
                                HEIGHT, (gsize)WIDTH * 3);
  while (!has_picture (KOUAN_PAGE_VIEW (view)))
    g_main_context_iteration (NULL, TRUE);
  kouan_test_wait_for_frame (window);
  for (guint i = 0; i < 3; i++)
    {
      press (window, view, 1);
      press (window, view, 2);
      press (window, view, 5);
    }
  g_source_remove (source);
  return (double)pulse.longest_us / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static double
median_of (GtkWindow *window, KouanPage *page, gboolean with_halves)
{
  double silences[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    silences[i] = look_at (window, page, with_halves);
  qsort (silences, ROUNDS, sizeof *silences, compare);
  return silences[ROUNDS / 2];
}

int
main (void)
{
  g_autoptr (KouanPage) page = page_new ();
  GtkWindow *window;
  double ours, plain;

  gtk_init ();
  kouan_style_load (gdk_display_get_default ());
  window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 1080, 1600);
  gtk_window_present (window);
  kouan_test_wait_for_frame (window);
  plain = median_of (window, page, FALSE);
  ours = median_of (window, page, TRUE);
  g_print ("longest silence of the screen over a page of %.0f megapixels, median of %d looks:\n",
           WIDTH * HEIGHT / 1e6, ROUNDS);
  g_print ("  as it is shown          %6.1f ms   %.2f of the %.0f ms that nobody should wait\n",
           ours, ours / LIMIT_MS, LIMIT_MS);
  g_print ("  without smaller sizes   %6.1f ms   ratio %.2f\n", plain, ours / plain);
  gtk_window_destroy (window);
  return 0;
}
