/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/pages.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/sheet.h"
#include "tests/ui/testkit/text.h"
#include "tests/ui/testkit/walk.h"
#include "ui/pages/screens.h"
#include "ui/widgets/key-target.h"
#include "ui/widgets/keyboard.h"

#include <glib/gstdio.h>

/* Every page of the kiosk as a picture: it fits the screen, a finger hits everything, a screen
 * reader names it, no text is cut or faint, and no language shows English.
 *
 * Without more each page is looked at three times, in languages, screens, text sizes and themes
 * that change from page to page. In the environment:
 *
 *   KOUAN_PICTURES=FOLDER         keeps the pictures and a sheet, FOLDER/index.html
 *   KOUAN_PICTURES_ALL=1          every page × language × screen × text size × contrast
 *   KOUAN_PICTURES_ONLY=GLOB,…    of those only the ones with such a name: review/ar-*-light.png
 *   KOUAN_PICTURES_BEFORE=FOLDER  holds them against those kept before, and fails for each that is
 *                                 another */

#define SAMPLES 3
#define LINE_HEIGHT 80 /* px: of what is typed, with its frame */

typedef struct
{
  int width;
  int height;
  KouanTextSize text_size;
  KouanTheme theme;
} Look;

static const Look LOOKS[] = {
  { 1080, 1920, KOUAN_TEXT_NORMAL, KOUAN_THEME_LIGHT },
  { 1920, 1080, KOUAN_TEXT_LARGER, KOUAN_THEME_LIGHT },
  { 1024, 768, KOUAN_TEXT_NORMAL, KOUAN_THEME_CONTRAST },
  { 1080, 1920, KOUAN_TEXT_LARGER, KOUAN_THEME_CONTRAST },
  { 1920, 1080, KOUAN_TEXT_NORMAL, KOUAN_THEME_DARK },
  { 1280, 1024, KOUAN_TEXT_NORMAL, KOUAN_THEME_LIGHT },
  { 1080, 1920, KOUAN_TEXT_LARGER, KOUAN_THEME_LIGHT },
  { 1080, 1920, KOUAN_TEXT_NORMAL, KOUAN_THEME_CONTRAST },
  { 1920, 1080, KOUAN_TEXT_NORMAL, KOUAN_THEME_LIGHT },
  { 1920, 1080, KOUAN_TEXT_NORMAL, KOUAN_THEME_CONTRAST },
  { 1920, 1080, KOUAN_TEXT_LARGER, KOUAN_THEME_CONTRAST },
};

static const char *pictures; /* (nullable) */
static const char *before;   /* (nullable) */
static GPtrArray *only;      /* (nullable) (element-type GPatternSpec) */
static gboolean all;

static char *
name_of (const KouanTestPage *page, const KouanSceneSettings *s)
{
  static const char *const texts[] = { "normal", "large", "larger" };
  static const char *const themes[] = { "light", "dark", "contrast" };

  return g_strdup_printf ("%s/%s-%dx%d-%s-%s.png", page->name, s->language->code, s->width,
                          s->height, texts[s->text_size], themes[s->theme]);
}

static void
keep (GdkTexture *picture, const char *name)
{
  g_autofree char *path = g_build_filename (pictures, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (picture, path));
}

static void
hold_against (GdkTexture *picture, const char *name)
{
  g_autofree char *path = g_build_filename (before, name, NULL);
  int differing = kouan_test_picture_differs (picture, path);

  if (differing == 0)
    return;
  if (differing < 0)
    g_test_message ("%s was not there before", name);
  else
    g_test_message ("%s is another in %d pixels", name, differing);
  g_test_fail ();
}

static gboolean
is_wanted (const char *name)
{
  for (guint i = 0; only != NULL && i < only->len; i++)
    if (g_pattern_spec_match_string (only->pdata[i], name))
      return TRUE;
  return only == NULL;
}

static void
read_only (const char *text)
{
  g_auto (GStrv) globs = g_strsplit (text, ",", -1);

  only = g_ptr_array_new_with_free_func ((GDestroyNotify)g_pattern_spec_free);
  for (guint i = 0; globs[i] != NULL; i++)
    g_ptr_array_add (only, g_pattern_spec_new (globs[i]));
}

/* What has a translation is not shown in English. */
static void
check_title (KouanTestView *view, const KouanSceneSettings *settings)
{
  const char *title = kouan_page_frame_get_title (kouan_window_get_frame (view->window));
  KouanScreen *screen = kouan_shell_get_screen (view->shell);
  g_autofree char *once_more = NULL;

  if (title == NULL || *title == '\0' || g_str_equal (settings->language->code, "en"))
    return;
  once_more = kouan_language_text_in (settings->language, title);
  g_assert_cmpstr (kouan_screen_get_title (screen), ==, title);
  if (g_str_equal (once_more, title))
    return;
  g_test_message ("The title is \"%s\", which could be \"%s\"", title, once_more);
  g_test_fail ();
}

static GtkWidget *
find_keyboard (GtkWidget *widget)
{
  GtkWidget *found = KOUAN_IS_KEYBOARD (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_keyboard (child);
  return found;
}

/* What is typed with a keyboard on the screen is seen: it has the focus, and the page is scrolled
 * to it where the keyboard has left little of the page. */
static void
check_caret (KouanTestView *view)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (view->window));
  GtkWidget *viewport;
  graphene_rect_t area;
  graphene_point_t top;

  if (find_keyboard (GTK_WIDGET (view->window)) == NULL
      || kouan_window_get_panel (view->window) != NULL)
    return;
  g_assert_nonnull (focus);
  if (!KOUAN_IS_KEY_TARGET (focus))
    g_error ("the keyboard is there, and the focus is on %s", G_OBJECT_TYPE_NAME (focus));
  viewport = gtk_widget_get_ancestor (focus, GTK_TYPE_VIEWPORT);
  KOUAN_KEY_TARGET_GET_IFACE (KOUAN_KEY_TARGET (focus))
    ->caret_area (KOUAN_KEY_TARGET (focus), &area);
  g_assert_true (gtk_widget_compute_point (focus, viewport, &area.origin, &top));
  if (top.y + area.size.height > gtk_widget_get_height (viewport) + 0.5f)
    {
      g_test_message ("The caret stands %.0f px below the page",
                      (double)(top.y + area.size.height) - gtk_widget_get_height (viewport));
      g_test_fail ();
    }
  if (top.y + area.size.height < MIN (area.size.height, LINE_HEIGHT) - 0.5f)
    {
      g_test_message ("Of what is typed %.0f px are seen", (double)(top.y + area.size.height));
      g_test_fail ();
    }
}

static void
look_at (const KouanTestPage *page, KouanTestVisit *visit, const KouanSceneSettings *settings)
{
  g_autofree char *name = name_of (page, settings);
  KouanTestView *view;
  g_autoptr (GdkTexture) picture = NULL;
  KouanPanel *panel;

  if (!is_wanted (name))
    return;
  g_test_message ("%s", name);
  view = kouan_test_view_new (page, visit, settings);
  panel = kouan_window_get_panel (view->window);
  picture = kouan_test_picture_take (GTK_WINDOW (view->window));
  kouan_test_check_fits (GTK_WINDOW (view->window), settings->width, settings->height);
  kouan_test_check_touch (GTK_WIDGET (view->window));
  kouan_test_check_names (GTK_WIDGET (view->window));
  kouan_test_check_texts (panel != NULL ? GTK_WIDGET (panel) : GTK_WIDGET (view->window), picture);
  check_title (view, settings);
  check_caret (view);
  if (pictures != NULL)
    keep (picture, name);
  if (before != NULL)
    hold_against (picture, name);
  kouan_test_view_free (view);
}

static void
look_in (const KouanTestPage *page, KouanTestVisit *visit, const Look *look, guint language)
{
  guint n_languages;
  const KouanLanguage *const *languages = kouan_language_all (&n_languages);
  KouanSceneSettings settings = { .width = look->width,
                                  .height = look->height,
                                  .text_size = look->text_size,
                                  .theme = look->theme,
                                  .language = languages[language % n_languages] };

  look_at (page, visit, &settings);
}

static void
test_page (gconstpointer data)
{
  const KouanTestPage *page = data;
  guint n_pages;
  guint index = (guint)(page - kouan_test_pages (&n_pages));
  g_autoptr (KouanTestVisit) visit = kouan_test_page_visit (page);
  guint n_languages;

  (void)kouan_language_all (&n_languages);
  for (guint language = 0; all && language < n_languages; language++)
    for (guint look = 0; look < G_N_ELEMENTS (LOOKS); look++)
      look_in (page, visit, &LOOKS[look], language);
  for (guint sample = 0; !all && sample < SAMPLES; sample++)
    look_in (page, visit, &LOOKS[sample == 0 ? 0 : (index + sample) % G_N_ELEMENTS (LOOKS)],
             index * SAMPLES + sample);
}

/* Without this, holding pictures against earlier ones would say nothing. */
static void
test_same_twice (void)
{
  const KouanTestPage *page;
  guint n_pages;
  g_autoptr (KouanTestVisit) visit = NULL;
  g_autoptr (GdkTexture) first = NULL;
  g_autofree char *path = NULL;
  KouanSceneSettings settings = { .width = 1080, .height = 1920 };
  KouanTestView *view;

  page = &kouan_test_pages (&n_pages)[2];
  settings.language = kouan_language_find ("en");
  visit = kouan_test_page_visit (page);
  path = g_build_filename (visit->folder, "first.png", NULL);
  view = kouan_test_view_new (page, visit, &settings);
  first = kouan_test_picture_take (GTK_WINDOW (view->window));
  g_assert_true (gdk_texture_save_to_png (first, path));
  kouan_test_view_free (view);

  view = kouan_test_view_new (page, visit, &settings);
  g_clear_object (&first);
  first = kouan_test_picture_take (GTK_WINDOW (view->window));
  g_assert_cmpint (kouan_test_picture_differs (first, path), ==, 0);
  kouan_test_view_free (view);

  settings.theme = KOUAN_THEME_DARK;
  view = kouan_test_view_new (page, visit, &settings);
  g_clear_object (&first);
  first = kouan_test_picture_take (GTK_WINDOW (view->window));
  g_assert_cmpint (kouan_test_picture_differs (first, path), >, 1080 * 1920 / 2);
  kouan_test_view_free (view);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  guint count;
  const KouanTestPage *pages = kouan_test_pages (&count);
  int status;

  gtk_test_init (&argc, &argv, NULL);
  pictures = g_getenv ("KOUAN_PICTURES");
  before = g_getenv ("KOUAN_PICTURES_BEFORE");
  all = g_getenv ("KOUAN_PICTURES_ALL") != NULL;
  if (g_getenv ("KOUAN_PICTURES_ONLY") != NULL)
    read_only (g_getenv ("KOUAN_PICTURES_ONLY"));
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/pictures/same-twice", test_same_twice);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *path = g_strdup_printf ("/pages/%s", pages[i].name);

      g_test_add_data_func (path, &pages[i], test_page);
    }
  status = g_test_run ();
  if (pictures != NULL)
    kouan_test_sheet_write (pictures);
  g_clear_pointer (&only, g_ptr_array_unref);
  return status;
}
