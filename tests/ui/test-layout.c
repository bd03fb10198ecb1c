/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "ui/style/style.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/column.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/page-frame.h"
#include "ui/widgets/tiles.h"

/* How a page gives out its room: two halves beside each other or not, and a live picture that is
 * lower where the page would not fit otherwise. */

#define WIDTH 836

static int
natural_height (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkWidget *
block_new (int width, int height)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (block, width, height);
  return block;
}

static void
test_picture_gives_way (void)
{
  GtkWidget *view = kouan_camera_view_new (KOUAN_AIM_CODE, "Hold it up");
  GtkWidget *column = g_object_ref_sink (kouan_column_new (view, WIDTH));
  int own = natural_height (column, WIDTH);

  g_assert_cmpint (own, >, WIDTH / 2);
  kouan_column_set_room (KOUAN_COLUMN (column), own - 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, own - 100);
  kouan_column_set_room (KOUAN_COLUMN (column), own + 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, own);
  kouan_column_set_room (KOUAN_COLUMN (column), 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, own);
  g_object_unref (column);
}

static void
test_halves (void)
{
  GtkWidget *halves
    = g_object_ref_sink (kouan_halves_new (block_new (200, 300), block_new (200, 100)));
  GtkWidget *broad
    = g_object_ref_sink (kouan_halves_new (block_new (700, 300), block_new (200, 100)));

  g_assert_cmpint (natural_height (halves, KOUAN_HALVES_WIDTH), ==, 300);
  g_assert_cmpint (natural_height (halves, KOUAN_HALVES_WIDTH - 1), >, 400);
  g_assert_cmpint (natural_height (broad, KOUAN_HALVES_WIDTH), >, 400);
  g_object_unref (halves);
  g_object_unref (broad);
}

/* Returns: how wide a page's body is on a screen of @width by @height */
static int
body_width (int width, int height, gboolean wide, gboolean docked)
{
  GtkWidget *frame = kouan_page_frame_new ();
  GtkWidget *body = block_new (10, 10);
  GtkWidget *window = gtk_window_new ();
  int found;

  kouan_page_frame_fit (KOUAN_PAGE_FRAME (frame), width, height);
  kouan_page_frame_set_wide (KOUAN_PAGE_FRAME (frame), wide);
  kouan_page_frame_set_body (KOUAN_PAGE_FRAME (frame), body);
  if (docked)
    kouan_page_frame_set_dock (KOUAN_PAGE_FRAME (frame), block_new (10, 10));
  gtk_window_set_child (GTK_WINDOW (window), frame);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  found = gtk_widget_get_width (body);
  gtk_window_destroy (GTK_WINDOW (window));
  return found;
}

static void
test_two_columns (void)
{
  int one = body_width (1920, 1080, FALSE, FALSE);

  g_assert_cmpint (one, <, KOUAN_HALVES_WIDTH);
  g_assert_cmpint (body_width (1920, 1080, TRUE, FALSE), >=, KOUAN_HALVES_WIDTH);
  g_assert_cmpint (body_width (1280, 1024, TRUE, FALSE), >=, KOUAN_HALVES_WIDTH);
  g_assert_cmpint (body_width (1080, 1920, TRUE, FALSE), ==, one);
  g_assert_cmpint (body_width (1024, 768, TRUE, FALSE), ==, one);
  g_assert_cmpint (body_width (1280, 1024, TRUE, TRUE), <, KOUAN_HALVES_WIDTH);
}

/* Fontconfig alone picks Japanese shapes for Chinese; and a language shows itself in its own shapes
 * wherever it stands. */
static void
test_fonts (void)
{
  static const struct
  {
    const char *code;
    const char *family;
  } cases[] = {
    { "en", "Noto Sans" },
    { "zh-Hans", "Noto Sans CJK SC" },
    { "zh-Hant", "Noto Sans CJK TC" },
    { "ja", "Noto Sans CJK JP" },
    { "ko", "Noto Sans CJK KR" },
    { "ar", "Noto Sans Arabic" },
    { "hi", "Noto Sans Devanagari" },
    { "ru", "Noto Sans" },
    { "vi", "Noto Sans" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      const KouanLanguage *language = kouan_language_find (cases[i / 2].code);
      GtkWidget *window = gtk_window_new ();
      GtkWidget *label = gtk_label_new (language->own_name);
      PangoLayoutIter *runs;

      gtk_widget_add_css_class (label, language->css_class);
      gtk_widget_add_css_class (window, i % 2 == 0 ? "lang-ja" : "lang-ar");
      gtk_window_set_child (GTK_WINDOW (window), label);
      runs = pango_layout_get_iter (gtk_label_get_layout (GTK_LABEL (label)));
      do
        {
          PangoLayoutRun *run = pango_layout_iter_get_run_readonly (runs);
          PangoFontDescription *font;

          if (run == NULL)
            continue;
          font = pango_font_describe (run->item->analysis.font);
          g_assert_cmpstr (pango_font_description_get_family (font), ==, cases[i / 2].family);
          pango_font_description_free (font);
        }
      while (pango_layout_iter_next_run (runs));
      pango_layout_iter_free (runs);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* As many columns as the widest word allows; the rest below. */
static void
test_tiles (void)
{
  GtkWidget *tiles = g_object_ref_sink (kouan_tiles_new (3));

  for (guint i = 0; i < 4; i++)
    kouan_tiles_append (KOUAN_TILES (tiles), block_new (i == 1 ? 200 : 100, 50));
  g_assert_cmpint (natural_height (tiles, 3 * 200 + 2 * KOUAN_TOUCH_GAP), ==,
                   2 * 50 + KOUAN_TOUCH_GAP);
  g_assert_cmpint (natural_height (tiles, 3 * 200 + 2 * KOUAN_TOUCH_GAP - 1), ==,
                   2 * 50 + KOUAN_TOUCH_GAP);
  g_assert_cmpint (natural_height (tiles, 2 * 200 + KOUAN_TOUCH_GAP - 1), ==,
                   4 * 50 + 3 * KOUAN_TOUCH_GAP);
  g_object_unref (tiles);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  kouan_style_load (gdk_display_get_default ());
  g_test_add_func ("/layout/picture-gives-way", test_picture_gives_way);
  g_test_add_func ("/layout/halves", test_halves);
  g_test_add_func ("/layout/two-columns", test_two_columns);
  g_test_add_func ("/layout/tiles", test_tiles);
  g_test_add_func ("/layout/fonts", test_fonts);
  return g_test_run ();
}
