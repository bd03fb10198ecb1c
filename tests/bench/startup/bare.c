/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <stdlib.h>
#include <unistd.h>

/* The least that GTK can show: one window of the kiosk's size with one word on it. It writes a byte
 * to the descriptor after "--startup-fd" once its first frame is painted, as kouan does. */

static int startup_fd;

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, data);
  if (write (startup_fd, "1", 1) != 1)
    exit (EXIT_FAILURE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window;
  GdkFrameClock *clock;

  if (argc != 3 || !g_str_equal (argv[1], "--startup-fd"))
    return EXIT_FAILURE;
  startup_fd = atoi (argv[2]);
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1080, 1920);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Welcome"));
  gtk_widget_realize (window);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
