/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/pages.h"
#include "tests/ui/testkit/walk.h"
#include "ui/pages/screens.h"
#include "ui/style/style.h"

#include <string.h>

/* Every page of the kiosk as a screen reader has it: tests/robot/reader.c asks through the
 * accessibility bus, from a process of its own, and what it finds is held against the widgets. The
 * title is a heading, every text on the page is in the tree, and as many widgets can have the focus
 * there as on the page, each with a name and a role. The reader is named by KOUAN_READER. */

typedef struct
{
  char *text; /* (nullable): until it is there */
  GHashTable *names;
  GHashTable *headings;
  guint n_focusable;
} Reading;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &reading->text, NULL,
                                        &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (G_SUBPROCESS (source)));
}

static gboolean
has_text (gpointer data)
{
  return ((Reading *)data)->text != NULL;
}

static void
take_line (Reading *reading, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 3);

  if (g_strv_length (fields) != 3)
    return;
  g_hash_table_add (reading->names, g_strdup (fields[2]));
  if (g_str_equal (fields[0], "heading"))
    g_hash_table_add (reading->headings, g_strdup (fields[2]));
  reading->n_focusable += g_str_equal (fields[1], "focus");
  if (g_str_equal (fields[0], "fault"))
    {
      g_test_message ("%s", fields[2]);
      g_test_fail ();
    }
}

static void
read_page (Reading *reading)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) reader = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("KOUAN_READER"), g_get_prgname (), NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (reader, NULL, NULL, on_read, reading);
  kouan_test_wait_for (has_text, reading);
  reading->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lines = g_strsplit (reading->text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (reading, lines[i]);
}

static void
reading_clear (Reading *reading)
{
  g_free (reading->text);
  g_hash_table_unref (reading->names);
  g_hash_table_unref (reading->headings);
}

static void
miss (const char *what, const char *text)
{
  g_test_message ("%s is not in the tree: \"%s\"", what, text);
  g_test_fail ();
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0
         && gtk_widget_get_height (widget) > 0;
}

/* @n_focusable: (inout): those that a reader stops at */
static void
compare_widgets (GtkWidget *root, const Reading *reading, guint *n_focusable)
{
  if (!is_shown (root))
    return;
  if (GTK_IS_LABEL (root))
    {
      g_autofree char *text
        = g_strdelimit (g_strdup (gtk_label_get_text (GTK_LABEL (root))), "\t\n", ' ');

      if (*text != '\0' && !g_hash_table_contains (reading->names, text))
        miss ("A text", text);
    }
  *n_focusable += gtk_widget_get_focusable (root) && !GTK_IS_ROOT (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    compare_widgets (child, reading, n_focusable);
}

static void
test_page (gconstpointer data)
{
  const KouanTestPage *page = data;
  g_autoptr (KouanTestVisit) visit = kouan_test_page_visit (page);
  const KouanSceneSettings settings
    = { .width = 1080, .height = 1920, .language = kouan_language_find ("en") };
  KouanTestView *view = kouan_test_view_new (page, visit, &settings);
  const char *title = kouan_page_frame_get_title (kouan_window_get_frame (view->window));
  Reading reading = { 0 };
  guint n_focusable = 0;

  read_page (&reading);
  if (kouan_window_get_panel (view->window) == NULL && title != NULL && *title != '\0'
      && !g_hash_table_contains (reading.headings, title))
    miss ("The heading", title);
  compare_widgets (GTK_WIDGET (view->window), &reading, &n_focusable);
  if (reading.n_focusable != n_focusable)
    {
      g_test_message ("%u of %u can have the focus in the tree", reading.n_focusable, n_focusable);
      g_test_fail ();
    }
  reading_clear (&reading);
  kouan_test_view_free (view);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  const KouanTestPage *pages;
  guint n_pages;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  pages = kouan_test_pages (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *path = g_strdup_printf ("/tree/%s", pages[i].name);

      g_test_add_data_func (path, &pages[i], test_page);
    }
  return g_test_run ();
}
