/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <stdlib.h>

/* The least that GTK can do for a change of the page: a window of the kiosk's size, with a heading,
 * lines of text and a button, all of which are made anew when the button is pressed. */

#define LINES 24

static void show_page (GtkWindow *window, int number);

static void
on_clicked (GtkButton *button, GtkWindow *window)
{
  show_page (window, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "number")) + 1);
}

static void
append_text (GtkWidget *box, const char *words, int number)
{
  g_autofree char *text = g_strdup_printf ("%s %d", words, number);

  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
}

static void
show_page (GtkWindow *window, int number)
{
  static const char *const lines[] = {
    "A line of text that belongs to the page with the number",
    "Another one, so that no line of the next page is where it was on this one, page",
    "And a short one",
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 32);
  GtkWidget *button = gtk_button_new_with_label ("Next");

  append_text (box, "Page", number);
  for (int i = 0; i < LINES; i++)
    append_text (box, lines[(number + i) % G_N_ELEMENTS (lines)], number);
  g_object_set_data (G_OBJECT (button), "number", GINT_TO_POINTER (number));
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE); /* over all of the window, as a page is */
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), window);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (window, box);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window;

  if (argc != 1)
    {
      g_printerr ("usage: %s\n", argv[0]);
      return 2;
    }
  g_set_prgname ("kouan-bare");
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1080, 1920);
  show_page (GTK_WINDOW (window), 1);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
