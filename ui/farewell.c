/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/farewell.h"

#include "app/language/language.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/text.h"

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif
#include <unistd.h>

/* After each visit the process image is replaced, which takes some two thirds of a second. A
 * display takes a program's windows away when the last descriptor of its connection is closed, not
 * when the image goes that painted them. So the connection is left to the next image, which closes
 * it when it has painted a window of its own: until then this page is on the screen, and not a
 * black one. It says nothing of the visit. */

#define DRAWING_HEIGHT 260
#define PAINT_MS_MAX 200 /* a screen that is off asks for no picture */

typedef struct
{
  GMainLoop *loop;
  gboolean painted;
} Painting;

static GtkWidget *
page_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);
  GtkWidget *drawing = kouan_illustration_new ("thank-you", DRAWING_HEIGHT);
  GtkWidget *heading = kouan_heading_new (_ ("One moment"));

  gtk_widget_set_halign (drawing, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (heading, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), drawing);
  gtk_box_append (GTK_BOX (box), heading);
  return box;
}

static void
on_painted (GdkFrameClock *clock G_GNUC_UNUSED, Painting *painting)
{
  painting->painted = TRUE;
  g_main_loop_quit (painting->loop);
}

static gboolean
on_limit (Painting *painting)
{
  g_main_loop_quit (painting->loop);
  return G_SOURCE_CONTINUE; /* kouan_farewell_show() removes it */
}

/**
 * kouan_farewell_show:
 *
 * Runs the main context until the last page of this process image is painted. Nothing of the visit
 * may be in it any more that wants to go on.
 *
 * Returns: FALSE if @window was not painted in time: what it shows may be the visit's, and must not
 * be left up
 */
gboolean
kouan_farewell_show (KouanWindow *window)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Painting painting = { .loop = loop };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint limit = g_timeout_add (PAINT_MS_MAX, G_SOURCE_FUNC (on_limit), &painting);
  gulong handler = 0;

  kouan_window_close_panel (window);
  kouan_window_set_cover (window, page_new ());
  if (clock != NULL)
    handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painting);
  g_main_loop_run (loop);
  if (handler != 0)
    g_signal_handler_disconnect (clock, handler);
  g_source_remove (limit);
  return painting.painted;
}

/**
 * kouan_farewell_leave_up:
 *
 * Sends what has been painted.
 *
 * Returns: the connection's descriptor, for the next process image; -1 where the display is of a
 * kind that has none
 */
int
kouan_farewell_leave_up (KouanWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  int screen_fd = -1;

  gdk_display_flush (display);
#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_DISPLAY (display))
    screen_fd = wl_display_get_fd (gdk_wayland_display_get_wl_display (display));
#endif
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (display))
    screen_fd = ConnectionNumber (gdk_x11_display_get_xdisplay (display));
#endif
  return screen_fd;
}

/* What is painted here is on the screen first, and in no buffer any more.
 * @display: of the window that has been painted
 * @screen_fd: (transfer full): of the process image before, or -1 */
void
kouan_farewell_take_down (GdkDisplay *display, int screen_fd)
{
  if (screen_fd < 0)
    return;
  gdk_display_sync (display);
  close (screen_fd);
}
