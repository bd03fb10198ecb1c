/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/press/bare.h"
#include "tests/ui/press/presser.h"
#include "tests/ui/testkit/pages.h"
#include "tests/ui/testkit/picture.h"
#include "ui/pages/screens.h"
#include "ui/style/style.h"

#include <stdio.h>
#include <string.h>

/* How soon a press is answered: from the moment at which a button goes down on a widget to the
 * first frame on the screen in which it looks another way, for each kind of widget that can be
 * pressed on any page of a visit and on any picture of the gallery, in each theme. Nobody lists the
 * kinds: whatever has a gesture, or is one of the targets that the tests measure, is pressed, and
 * two of the same class and style are of one kind. The pointer is there before, as a finger's
 * feedback must not depend on hovering, and goes away before the button is released, so that
 * nothing is set off.
 *
 * The figure is the median of a kind's presses, and the slowest kind counts. In turns with them a
 * button in a bare window is pressed, in a process of its own that has none of the kiosk's styles.
 * A name of a page or a picture as the argument leaves out the others. */

#define SCREEN_WIDTH 1080
#define SCREEN_HEIGHT 1920
#define PRESSES 5 /* of each kind */
#define LIMIT_MS 50.0

static const struct
{
  const char *name;
  KouanTheme theme;
} THEMES[] = {
  { "light", KOUAN_THEME_LIGHT },
  { "dark", KOUAN_THEME_DARK },
  { "contrast", KOUAN_THEME_CONTRAST },
};

typedef struct
{
  const char *theme;
  KouanSceneSettings settings;
  const char *only; /* (nullable): a page's name */
  GHashTable *kinds;
  KouanBare *bare;
} Round;

typedef struct
{
  char *name;
  char *place; /* where it was pressed first */
  GArray *took_ms;
  GArray *bare_ms;
} Kind;

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_free (kind->name);
  g_free (kind->place);
  g_array_unref (kind->took_ms);
  g_array_unref (kind->bare_ms);
  g_free (kind);
}

static gboolean
is_state (const char *name)
{
  static const char *const states[] = { "listening", "horizontal", "vertical", "text" };
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], name))
      return TRUE;
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (languages[i]->css_class, name) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full): theme, class, style and state, such as "light GtkButton.primary" */
static char *
name_kind (GtkWidget *widget, const char *theme)
{
  g_autoptr (GString) name = g_string_new (theme);
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  g_string_append_printf (name, " %s", G_OBJECT_TYPE_NAME (widget));
  qsort (classes, g_strv_length (classes), sizeof *classes, compare_names);
  for (guint i = 0; classes[i] != NULL; i++)
    if (!is_state (classes[i]))
      g_string_append_printf (name, ".%s", classes[i]);
  if (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)))
    g_string_append (name, ":checked");
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static Kind *
get_kind (Round *round, GtkWidget *widget, const char *place)
{
  g_autofree char *name = name_kind (widget, round->theme);
  Kind *kind = g_hash_table_lookup (round->kinds, name);

  if (kind != NULL)
    return kind;
  kind = g_new0 (Kind, 1);
  kind->name = g_strdup (name);
  kind->place = g_strdup (place);
  kind->took_ms = g_array_new (FALSE, FALSE, sizeof (double));
  kind->bare_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_hash_table_insert (round->kinds, kind->name, kind);
  return kind;
}

/* Presses what is new on this window, until each of its kinds has had its presses. */
static void
press_all (Round *round, KouanWindow *window, const char *place)
{
  g_autoptr (KouanPresser) presser = kouan_presser_new (GTK_WINDOW (window));
  g_autoptr (GPtrArray) targets = kouan_presser_targets (presser);

  for (guint i = 0; i < targets->len; i++)
    {
      GtkWidget *target = targets->pdata[i];
      Kind *kind = get_kind (round, target, place);

      while (kind->took_ms->len < PRESSES)
        {
          double took_ms = kouan_presser_press (presser, target);
          double bare_ms = kouan_bare_press (round->bare);

          g_array_append_val (kind->took_ms, took_ms);
          g_array_append_val (kind->bare_ms, bare_ms);
        }
    }
}

static void
press_pages (Round *round)
{
  guint count;
  const KouanTestPage *pages = kouan_test_pages (&count);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (KouanTestVisit) visit = NULL;
      KouanTestView *view;

      if (round->only != NULL && !g_str_equal (round->only, pages[i].name))
        continue;
      visit = kouan_test_page_visit (&pages[i]);
      view = kouan_test_view_new (&pages[i], visit, &round->settings);
      press_all (round, view->window, pages[i].name);
      kouan_test_view_free (view);
    }
}

static void
press_scenes (Round *round)
{
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  for (guint i = 0; i < count; i++)
    {
      KouanWindow *window;

      if (round->only != NULL && !g_str_equal (round->only, scenes[i].name))
        continue;
      window = kouan_scene_window_new (&scenes[i], &round->settings);
      gtk_window_present (GTK_WINDOW (window));
      kouan_test_wait_for_frame (GTK_WINDOW (window));
      press_all (round, window, scenes[i].name);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, values->len / 2);
}

static int
compare_kinds (gconstpointer a, gconstpointer b)
{
  double left = median ((*(const Kind *const *)a)->took_ms);
  double right = median ((*(const Kind *const *)b)->took_ms);

  return (left < right) - (left > right);
}

static int
judge (GHashTable *kinds)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  GHashTableIter iterator;
  gpointer kind_found;
  double worst;

  g_hash_table_iter_init (&iterator, kinds);
  while (g_hash_table_iter_next (&iterator, NULL, &kind_found))
    g_ptr_array_add (list, kind_found);
  g_ptr_array_sort (list, compare_kinds);
  for (guint i = 0; i < list->len; i++)
    {
      const Kind *kind = list->pdata[i];

      g_print ("{\"kind\":\"%s\",\"on\":\"%s\",\"median_ms\":%.1f,\"slowest_ms\":%.1f}\n",
               kind->name, kind->place, median (kind->took_ms),
               g_array_index (kind->took_ms, double, kind->took_ms->len - 1));
      g_array_append_vals (all, kind->took_ms->data, kind->took_ms->len);
      g_array_append_vals (bare, kind->bare_ms->data, kind->bare_ms->len);
    }
  worst = median (((const Kind *)list->pdata[0])->took_ms);
  g_print ("{\"figure\":\"press\",\"kinds\":%u,\"worst_kind_ms\":%.1f,\"target_ms\":%.0f,"
           "\"median_ms\":%.1f,\"bare_median_ms\":%.1f,\"ratio_of_medians\":%.2f}\n",
           list->len, worst, LIMIT_MS, median (all), median (bare), median (all) / median (bare));
  return worst <= LIMIT_MS ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kind_free);
  KouanBare *bare;
  int status;

  if (argc == 2 && g_str_equal (argv[1], "--bare"))
    return kouan_bare_serve (SCREEN_WIDTH);
  gtk_test_init (&argc, &argv, NULL);
  bare = kouan_bare_new (argv[0]);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  for (guint i = 0; i < G_N_ELEMENTS (THEMES); i++)
    {
      Round round = { .theme = THEMES[i].name, .kinds = kinds, .bare = bare };

      round.only = argc > 1 ? argv[1] : NULL;
      round.settings = (KouanSceneSettings){ .width = SCREEN_WIDTH, .height = SCREEN_HEIGHT };
      round.settings.theme = THEMES[i].theme;
      round.settings.language = kouan_language_find ("en");
      press_pages (&round);
      press_scenes (&round);
    }
  status = judge (kinds);
  kouan_bare_free (bare);
  return status;
}
