/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/press/bare.h"

#include "tests/ui/press/presser.h"
#include "tests/ui/testkit/picture.h"

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <unistd.h>

#define WIDTH 600
#define HEIGHT 400

struct _KouanBare
{
  GSubprocess *process;
  GInputStream *said;  /* the process's */
  GOutputStream *asks; /* the process's */
};

/* @program: this one, which serves when it is called with --bare */
KouanBare *
kouan_bare_new (const char *program)
{
  g_autoptr (GError) error = NULL;
  KouanBare *self = g_new0 (KouanBare, 1);

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, program, "--bare", NULL);
  if (self->process == NULL)
    g_error ("%s: %s", program, error->message);
  self->said = g_subprocess_get_stdout_pipe (self->process);
  self->asks = g_subprocess_get_stdin_pipe (self->process);
  return self;
}

void
kouan_bare_free (KouanBare *self)
{
  g_output_stream_close (self->asks, NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}

/* Returns: milliseconds from the press to the frame that shows it */
double
kouan_bare_press (KouanBare *self)
{
  g_autoptr (GError) error = NULL;
  double took_ms;

  if (!g_output_stream_write_all (self->asks, "p", 1, NULL, NULL, &error)
      || !g_input_stream_read_all (self->said, &took_ms, sizeof took_ms, NULL, NULL, &error))
    g_error ("the bare window is gone: %s", error->message);
  return took_ms;
}

static GtkWidget *
show_button (int left)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_button_new_with_label ("Press");
  GtkCssProvider *style = gtk_css_provider_new ();
  GdkSurface *surface;

  gtk_css_provider_load_from_data (style, "button:active { background-color: #888; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (style);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  XMoveWindow (gdk_x11_display_get_xdisplay (gdk_display_get_default ()),
               gdk_x11_surface_get_xid (surface), left, 0);
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  return button;
}

int
kouan_bare_serve (int left)
{
  g_autoptr (KouanPresser) presser = NULL;
  GtkWidget *button;
  char byte;

  gtk_init ();
  button = show_button (left);
  presser = kouan_presser_new (GTK_WINDOW (gtk_widget_get_root (button)));
  while (read (STDIN_FILENO, &byte, 1) == 1)
    {
      double took_ms = kouan_presser_press (presser, button);

      if (write (STDOUT_FILENO, &took_ms, sizeof took_ms) != sizeof took_ms)
        return 1;
    }
  return 0;
}
