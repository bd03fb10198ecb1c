/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/picture.h"

#define WAIT_S 20
#define TRIES 20

typedef struct
{
  guint painted;
  gboolean late;
} Wait;

static void
on_after_paint (GdkFrameClock *clock G_GNUC_UNUSED, Wait *wait)
{
  wait->painted++;
}

static gboolean
on_late (gpointer data)
{
  ((Wait *)data)->late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Two frames, as what the first one changes (adjustments that show buttons) is seen in the second.
 */
void
kouan_test_wait_for_frame (GtkWindow *window)
{
  GdkFrameClock *clock;
  Wait wait = { 0 };
  guint timeout = g_timeout_add_seconds (WAIT_S, on_late, &wait);
  gulong handler;

  gtk_widget_realize (GTK_WIDGET (window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &wait);
  for (guint frame = 1; frame <= 3; frame++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      while (wait.painted < frame)
        {
          g_assert_false (wait.late);
          g_main_context_iteration (NULL, TRUE);
        }
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_handler_disconnect (clock, handler);
  g_source_remove (timeout);
}

/* Returns: (nullable): nothing while the window waits to give out room, as when a live page has
 * just changed */
static GskRenderNode *
draw (GtkWindow *window, int width, int height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  return gtk_snapshot_free_to_node (snapshot);
}

GdkTexture *
kouan_test_picture_take (GtkWindow *window)
{
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  GskRenderNode *node = draw (window, width, height);
  GdkTexture *texture;

  for (guint tries = 0; node == NULL && tries < TRIES; tries++)
    {
      kouan_test_wait_for_frame (window);
      node = draw (window, width, height);
    }
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gsk_render_node_unref (node);
  return texture;
}

void
kouan_test_picture_save (GtkWindow *window, const char *path)
{
  g_autoptr (GdkTexture) texture = NULL;

  kouan_test_wait_for_frame (window);
  texture = kouan_test_picture_take (window);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
