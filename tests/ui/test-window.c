/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/picture.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/language-picker.h"
#include "ui/widgets/text.h"
#include "ui/window/comfort.h"
#include "ui/window/panels.h"

/* The window as a whole: frame, panels, preferences, the live switch of language. */

typedef struct
{
  KouanPreferences *preferences;
  KouanWindow *window;
  KouanPageFrame *frame;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_language_set (kouan_language_find ("en"));
  fixture->preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  fixture->window = kouan_window_new (fixture->preferences);
  fixture->frame = kouan_window_get_frame (fixture->window);
  kouan_window_set_screen (fixture->window, 1080, 1920);
  kouan_page_frame_set_hall (fixture->frame, "Hall");
  kouan_page_frame_set_steps (fixture->frame, 2, 7, "Identity");
  kouan_page_frame_set_title (fixture->frame, "Who are you?");
  kouan_page_frame_set_back (fixture->frame, TRUE, TRUE);
  kouan_page_frame_set_primary (fixture->frame, "Continue");
  gtk_window_present (GTK_WINDOW (fixture->window));
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->preferences);
}

static void
settle (Fixture *fixture)
{
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
}

static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
on_event (GObject *object G_GNUC_UNUSED, guint *count)
{
  (*count)++;
}

static void
test_frame_signals (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint back = 0;
  guint primary = 0;

  g_signal_connect (fixture->frame, "back", G_CALLBACK (on_event), &back);
  g_signal_connect (fixture->frame, "primary", G_CALLBACK (on_event), &primary);
  press (kouan_page_frame_get_back_button (fixture->frame));
  press (kouan_page_frame_get_primary_button (fixture->frame));
  g_assert_cmpuint (back, ==, 1);
  g_assert_cmpuint (primary, ==, 1);

  kouan_page_frame_set_primary (fixture->frame, NULL);
  kouan_page_frame_set_back (fixture->frame, FALSE, FALSE);
  settle (fixture);
  g_assert_false (gtk_widget_get_mapped (kouan_page_frame_get_primary_button (fixture->frame)));
  g_assert_false (gtk_widget_get_mapped (kouan_page_frame_get_back_button (fixture->frame)));
}

static graphene_rect_t
bounds (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t rect;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->window), &rect));
  return rect;
}

/* The buttons of the foot are where they were, whatever the page is. */
static void
test_foot_keeps_place (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *primary = kouan_page_frame_get_primary_button (fixture->frame);
  GtkWidget *back = kouan_page_frame_get_back_button (fixture->frame);
  graphene_rect_t primary_before = bounds (fixture, primary);
  graphene_rect_t back_before = bounds (fixture, back);
  GtkWidget *tall = kouan_text_new ("Much");
  graphene_rect_t primary_after;
  graphene_rect_t back_after;

  gtk_widget_set_size_request (tall, -1, 5000);
  kouan_page_frame_set_body (fixture->frame, tall);
  kouan_page_frame_set_title (fixture->frame,
                              "A title that is so long that it wraps and wraps again");
  settle (fixture);
  primary_after = bounds (fixture, primary);
  back_after = bounds (fixture, back);
  g_assert_true (graphene_rect_equal (&primary_before, &primary_after));
  g_assert_true (graphene_rect_equal (&back_before, &back_after));
}

static GtkWidget *
find_type (GtkWidget *root, const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Two presses show the end of a page, and the arrow that has nothing to show says so. */
static void
test_scrolling (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *arrows = find_type (GTK_WIDGET (fixture->frame), "KouanScrollButtons");
  GtkWidget *tall = kouan_text_new ("Much");
  GtkWidget *up = gtk_widget_get_first_child (arrows);
  GtkWidget *down = gtk_widget_get_last_child (arrows);

  g_assert_false (gtk_widget_get_visible (arrows));
  gtk_widget_set_size_request (tall, -1, 2400);
  kouan_page_frame_set_body (fixture->frame, tall);
  settle (fixture);
  g_assert_true (gtk_widget_get_visible (arrows));
  g_assert_false (gtk_widget_is_sensitive (up));
  press (down);
  press (down);
  settle (fixture);
  g_assert_true (gtk_widget_is_sensitive (up));
  g_assert_false (gtk_widget_is_sensitive (down));

  kouan_page_frame_set_body (fixture->frame, kouan_text_new ("Little"));
  settle (fixture);
  g_assert_false (gtk_widget_get_visible (arrows));
}

static void
test_companion (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_page_frame_set_companion (fixture->frame, "您是谁？");
  g_assert_nonnull (find_type (GTK_WIDGET (fixture->frame), "GtkLabel"));
  kouan_page_frame_set_companion (fixture->frame, "Who are you?");
  kouan_page_frame_set_companion (fixture->frame, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->frame),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Who are you?");
}

/* A keyboard on a low screen leaves the field that it is for in sight. */
static void
test_dock_shows_field (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *stack = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *keyboard = kouan_keyboard_new (KOUAN_KEYBOARD_TEXT);
  GtkWidget *last = NULL;
  graphene_rect_t field;

  kouan_window_set_screen (fixture->window, 1024, 768);
  for (guint i = 0; i < 6; i++)
    {
      last = kouan_field_new ("Question", KOUAN_TEXT_NAME, 40);
      gtk_box_append (GTK_BOX (stack), last);
    }
  kouan_page_frame_set_body (fixture->frame, stack);
  kouan_page_frame_set_dock (fixture->frame, keyboard);
  settle (fixture);
  gtk_widget_grab_focus (last);
  settle (fixture);
  settle (fixture);
  field = bounds (fixture, GTK_WIDGET (kouan_field_get_target (KOUAN_FIELD (last))));
  g_assert_cmpfloat (field.origin.y, >, 60);
  g_assert_cmpfloat (field.origin.y + field.size.height, <, bounds (fixture, keyboard).origin.y);
}

static void
on_language (KouanWindow *window, gpointer language, gpointer data G_GNUC_UNUSED)
{
  kouan_language_set (language);
  kouan_window_set_language (window, language);
}

static void
test_language (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanLanguage *chinese = kouan_language_find ("zh-Hans");
  GtkWidget *picker;

  g_signal_connect (fixture->window, "language-chosen", G_CALLBACK (on_language), NULL);
  press (kouan_page_frame_get_language_button (fixture->frame));
  settle (fixture);
  g_assert_nonnull (kouan_window_get_panel (fixture->window));
  picker = find_type (GTK_WIDGET (fixture->window), "KouanLanguagePicker");
  press (kouan_language_picker_get_button (KOUAN_LANGUAGE_PICKER (picker), chinese));
  settle (fixture);
  g_assert_null (kouan_window_get_panel (fixture->window));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "lang-zh-hans"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "lang-en"));
  g_assert_cmpstr (
    kouan_button_get_label (GTK_BUTTON (kouan_page_frame_get_back_button (fixture->frame))), ==,
    "返回");
}

/* Arabic has no catalogue yet; its direction is a matter of the window. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *back = kouan_page_frame_get_back_button (fixture->frame);
  float before = bounds (fixture, back).origin.x;

  kouan_window_set_language (fixture->window, kouan_language_find ("ar"));
  settle (fixture);
  g_assert_cmpfloat (bounds (fixture, back).origin.x, >, before + 400);
  kouan_window_set_language (fixture->window, kouan_language_find ("en"));
  settle (fixture);
  g_assert_cmpfloat (bounds (fixture, back).origin.x, ==, before);
}

/* While a panel is open, the page cannot be pressed or tabbed into; then the focus is where it was.
 */
static void
test_panel_is_modal (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *primary = kouan_page_frame_get_primary_button (fixture->frame);
  GtkRoot *root = GTK_ROOT (fixture->window);

  gtk_widget_grab_focus (primary);
  press (kouan_page_frame_get_staff_button (fixture->frame));
  settle (fixture);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root),
                                         GTK_WIDGET (kouan_window_get_panel (fixture->window))));
  g_assert_false (gtk_widget_grab_focus (primary));
  for (guint i = 0; i < 12; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
      if (gtk_root_get_focus (root) != NULL)
        g_assert_false (
          gtk_widget_is_ancestor (gtk_root_get_focus (root), GTK_WIDGET (fixture->frame)));
    }
  press (kouan_panel_get_secondary_button (kouan_window_get_panel (fixture->window)));
  settle (fixture);
  g_assert_null (kouan_window_get_panel (fixture->window));
  g_assert_true (gtk_root_get_focus (root) == primary);
}

static void
test_staff (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint called = 0;

  g_signal_connect (fixture->window, "staff-called", G_CALLBACK (on_event), &called);
  press (kouan_page_frame_get_staff_button (fixture->frame));
  g_signal_emit_by_name (kouan_window_get_panel (fixture->window), "cancelled");
  g_assert_cmpuint (called, ==, 0);
  press (kouan_page_frame_get_staff_button (fixture->frame));
  press (kouan_panel_get_primary_button (kouan_window_get_panel (fixture->window)));
  g_assert_cmpuint (called, ==, 1);
}

/* A press beside the card, or Escape, is a sign of life: it extends the time and never ends the
 * visit. */
static void
test_still_there (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint here = 0;
  guint left = 0;

  g_signal_connect (fixture->window, "still-here", G_CALLBACK (on_event), &here);
  g_signal_connect (fixture->window, "leave", G_CALLBACK (on_event), &left);
  kouan_window_set_seconds_left (fixture->window, 9); /* nothing is open: nothing happens */
  kouan_window_ask_still_there (fixture->window, "We keep your answers.", 30);
  kouan_window_set_seconds_left (fixture->window, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (kouan_window_get_panel (fixture->window)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "This visit closes in 1 second.");
  g_signal_emit_by_name (kouan_window_get_panel (fixture->window), "cancelled");
  g_assert_cmpuint (here, ==, 1);
  g_assert_null (kouan_window_get_panel (fixture->window));

  kouan_window_ask_still_there (fixture->window, "We keep your answers.", 30);
  press (kouan_panel_get_secondary_button (kouan_window_get_panel (fixture->window)));
  g_assert_cmpuint (left, ==, 1);
  g_assert_cmpuint (here, ==, 1);
}

static void
test_leave (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint left = 0;

  g_signal_connect (fixture->window, "leave", G_CALLBACK (on_event), &left);
  kouan_window_ask_leave (fixture->window, "We keep your answers.");
  press (kouan_panel_get_secondary_button (kouan_window_get_panel (fixture->window)));
  g_assert_cmpuint (left, ==, 0);
  kouan_window_ask_leave (fixture->window, "We keep your answers.");
  kouan_window_ask_leave (fixture->window, "Twice, and still one panel.");
  press (kouan_panel_get_primary_button (kouan_window_get_panel (fixture->window)));
  g_assert_cmpuint (left, ==, 1);
  g_assert_null (kouan_window_get_panel (fixture->window));
}

static void
test_comfort (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  KouanComfort *comfort;

  press (kouan_page_frame_get_accessibility_button (fixture->frame));
  comfort = KOUAN_COMFORT (find_type (window, "KouanComfort"));
  press (kouan_comfort_get_button (comfort, "text-size", KOUAN_TEXT_LARGER));
  press (kouan_comfort_get_button (comfort, "theme", KOUAN_THEME_CONTRAST));
  press (kouan_comfort_get_button (comfort, "low-reach", TRUE));
  press (kouan_comfort_get_button (comfort, "reduced-motion", TRUE));
  settle (fixture);
  g_assert_true (gtk_widget_has_css_class (window, "text-larger"));
  g_assert_false (gtk_widget_has_css_class (window, "text-normal"));
  g_assert_true (gtk_widget_has_css_class (window, "contrast"));
  g_assert_true (gtk_widget_has_css_class (window, "reduced-motion"));
  gtk_test_accessible_assert_state (
    GTK_ACCESSIBLE (kouan_comfort_get_button (comfort, "theme", KOUAN_THEME_CONTRAST)),
    GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_test_accessible_assert_state (
    GTK_ACCESSIBLE (kouan_comfort_get_button (comfort, "theme", KOUAN_THEME_LIGHT)),
    GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_assert_cmpfloat (bounds (fixture, GTK_WIDGET (comfort)).origin.y, >, 700);
  kouan_window_close_panel (fixture->window);

  kouan_preferences_reset (fixture->preferences);
  settle (fixture);
  g_assert_true (gtk_widget_has_css_class (window, "text-normal"));
  g_assert_false (gtk_widget_has_css_class (window, "contrast"));
  g_assert_false (kouan_preferences_get_low_reach (fixture->preferences));
}

/* The header comes down to where it can be reached; the foot stays. */
static void
test_low_reach (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *language = kouan_page_frame_get_language_button (fixture->frame);
  GtkWidget *primary = kouan_page_frame_get_primary_button (fixture->frame);
  graphene_rect_t foot = bounds (fixture, primary);
  graphene_rect_t after;

  g_assert_cmpfloat (bounds (fixture, language).origin.y, <, 100);
  kouan_preferences_set_low_reach (fixture->preferences, TRUE);
  settle (fixture);
  g_assert_cmpfloat (bounds (fixture, language).origin.y, >=, 800);
  after = bounds (fixture, primary);
  g_assert_true (graphene_rect_equal (&foot, &after));
}

static void
test_cover (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gpointer cover = kouan_text_new ("Welcome");

  g_object_add_weak_pointer (cover, &cover);
  kouan_window_set_cover (fixture->window, cover);
  settle (fixture);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture->frame)));
  kouan_window_set_cover (fixture->window, NULL);
  settle (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->frame)));
  g_assert_null (cover);
}

/* Two hundred pages later there is still one. */
static void
test_pages_do_not_pile_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gpointer first = kouan_text_new ("First");

  g_object_add_weak_pointer (first, &first);
  kouan_page_frame_set_body (fixture->frame, first);
  for (guint i = 0; i < 200; i++)
    {
      kouan_page_frame_set_body (fixture->frame, kouan_field_new ("Next", KOUAN_TEXT_ANY, 10));
      kouan_page_frame_set_dock (fixture->frame, kouan_keyboard_new (KOUAN_KEYBOARD_DIGITS));
    }
  kouan_page_frame_set_body (fixture->frame, NULL);
  kouan_page_frame_set_dock (fixture->frame, NULL);
  settle (fixture);
  g_assert_null (first);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *fixture, gconstpointer data);
} TESTS[] = {
  { "/window/frame/signals", test_frame_signals },
  { "/window/frame/foot", test_foot_keeps_place },
  { "/window/frame/scrolling", test_scrolling },
  { "/window/frame/companion", test_companion },
  { "/window/frame/dock", test_dock_shows_field },
  { "/window/frame/pages", test_pages_do_not_pile_up },
  { "/window/language", test_language },
  { "/window/right-to-left", test_right_to_left },
  { "/window/panel/modal", test_panel_is_modal },
  { "/window/panel/staff", test_staff },
  { "/window/panel/still-there", test_still_there },
  { "/window/panel/leave", test_leave },
  { "/window/comfort", test_comfort },
  { "/window/low-reach", test_low_reach },
  { "/window/cover", test_cover },
};

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
