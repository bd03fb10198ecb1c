/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

/* A window with one of each thing that the robot has to cope with: a page that is not shown but has
 * the same words, a button that can be pressed only later, keys, a field to sign on that counts its
 * strokes, a page that slides in, and an end in which the program replaces itself. */

#define KEYS "abc"
#define LATER_MS 300

typedef struct
{
  GtkWindow *window;
  GtkStack *stack;
  GtkLabel *typed;
  GtkLabel *strokes;
  GtkWidget *later;
  GMainLoop *loop;
  char **argv;
  guint n_strokes;
} SelfTest;

static GtkWidget *
add_page (SelfTest *self, const char *name)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_stack_add_named (self->stack, page, name);
  return page;
}

static GtkWidget *
add_button (GtkWidget *page, const char *label, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_box_append (GTK_BOX (page), button);
  g_signal_connect (button, "clicked", callback, data);
  return button;
}

static void
on_key_clicked (GtkButton *button, SelfTest *self)
{
  g_autofree char *text
    = g_strconcat (gtk_label_get_text (self->typed), gtk_button_get_label (button), NULL);

  gtk_label_set_text (self->typed, text);
}

static gboolean
on_later (gpointer data)
{
  SelfTest *self = data;

  gtk_widget_set_sensitive (self->later, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_begin_clicked (GtkButton *button G_GNUC_UNUSED, SelfTest *self)
{
  gtk_stack_set_visible_child_name (self->stack, "keys");
  g_timeout_add (LATER_MS, on_later, self);
}

static void
on_next_clicked (GtkButton *button G_GNUC_UNUSED, SelfTest *self)
{
  gtk_stack_set_visible_child_name (self->stack, "sign");
}

static void
on_stroke_end (GtkGestureDrag *gesture G_GNUC_UNUSED,
               double x,
               double y G_GNUC_UNUSED,
               SelfTest *self)
{
  g_autofree char *text = NULL;

  if (x < 100)
    return;
  text = g_strdup_printf ("%u strokes", ++self->n_strokes);
  gtk_label_set_text (self->strokes, text);
}

static void
on_again_clicked (GtkButton *button G_GNUC_UNUSED, SelfTest *self)
{
  execv ("/proc/self/exe", self->argv);
}

static void
on_end_clicked (GtkButton *button G_GNUC_UNUSED, SelfTest *self)
{
  g_main_loop_quit (self->loop);
}

static void
build_pages (SelfTest *self)
{
  GtkWidget *begin = add_page (self, "begin");
  GtkWidget *keys = add_page (self, "keys");
  GtkWidget *sign = add_page (self, "sign");
  GtkWidget *pad = gtk_drawing_area_new ();
  GtkGesture *stroke = gtk_gesture_drag_new ();

  add_button (begin, "Begin", G_CALLBACK (on_begin_clicked), self);
  add_button (begin, "End", G_CALLBACK (on_end_clicked), self);
  self->typed = GTK_LABEL (gtk_label_new (""));
  gtk_box_append (GTK_BOX (keys), GTK_WIDGET (self->typed));
  for (const char *key = KEYS; *key != '\0'; key++)
    add_button (keys, (const char[]){ *key, '\0' }, G_CALLBACK (on_key_clicked), self);
  self->later = add_button (keys, "Continue", G_CALLBACK (on_next_clicked), self);
  gtk_widget_set_sensitive (self->later, FALSE);
  self->strokes = GTK_LABEL (gtk_label_new ("0 strokes"));
  gtk_box_append (GTK_BOX (sign), GTK_WIDGET (self->strokes));
  gtk_widget_set_vexpand (pad, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pad), GTK_ACCESSIBLE_PROPERTY_LABEL, "Sign here",
                                  -1);
  gtk_widget_add_controller (pad, GTK_EVENT_CONTROLLER (stroke));
  g_signal_connect (stroke, "drag-end", G_CALLBACK (on_stroke_end), self);
  gtk_box_append (GTK_BOX (sign), pad);
  add_button (sign, "Continue", G_CALLBACK (on_again_clicked), self);
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  SelfTest self = { .loop = loop, .argv = argv };

  g_set_prgname ("kouan-robot-window");
  gtk_init ();
  self.window = GTK_WINDOW (gtk_window_new ());
  self.stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self.stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_stack_set_transition_duration (self.stack, 250);
  gtk_window_set_decorated (self.window, FALSE);
  gtk_window_set_default_size (self.window, 1080, 1920);
  gtk_window_set_child (self.window, GTK_WIDGET (self.stack));
  build_pages (&self);
  gtk_window_present (self.window);
  g_main_loop_run (loop);
  return 0;
}
