/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/language/language.h"
#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "ui/style/style.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/column.h"
#include "ui/widgets/field.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/key-target.h"
#include "ui/widgets/mrz-entry.h"
#include "ui/widgets/page-frame.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"
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
  int least;

  g_assert_cmpint (own, >, WIDTH / 2);
  kouan_column_set_room (KOUAN_COLUMN (column), own - 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, own - 100);
  kouan_column_set_room (KOUAN_COLUMN (column), own + 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, own);
  /* Where even the lowest picture does not fit, it may be a quarter of the room higher. */
  gtk_widget_measure (column, GTK_ORIENTATION_VERTICAL, WIDTH, &least, NULL, NULL, NULL);
  kouan_column_set_room (KOUAN_COLUMN (column), 100);
  g_assert_cmpint (natural_height (column, WIDTH), ==, least + 25);
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

static graphene_point_t
place_of (GtkWidget *widget, GtkWidget *row)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, row, &bounds));
  return bounds.origin;
}

static int
top_of (GtkWidget *widget, GtkWidget *row)
{
  return (int)place_of (widget, row).y;
}

static int
left_of (GtkWidget *widget, GtkWidget *row)
{
  return (int)place_of (widget, row).x;
}

/* Whether @widget stands to the right of all of @other. */
static gboolean
begins_after (GtkWidget *widget, GtkWidget *other, GtkWidget *halves)
{
  return left_of (widget, halves) >= left_of (other, halves) + gtk_widget_get_width (other);
}

/* On a wide screen the first half begins at the top, and what leads into both is above the other.
 */
static void
test_lead (void)
{
  GtkWidget *lead = block_new (200, 50), *first = block_new (200, 300),
            *second = block_new (200, 100);
  GtkWidget *halves = g_object_ref_sink (
    g_object_new (KOUAN_TYPE_HALVES, "lead", lead, "first", first, "second", second, NULL));
  int stacked;

  g_assert_cmpint (natural_height (halves, KOUAN_HALVES_WIDTH), ==, 300);
  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, KOUAN_HALVES_WIDTH, 300 }, -1);
  g_assert_cmpint (top_of (first, halves), ==, 0);
  g_assert_cmpint (top_of (lead, halves), ==, 0);
  g_assert_true (begins_after (lead, first, halves));
  g_assert_true (begins_after (second, first, halves));
  gtk_widget_set_direction (halves, GTK_TEXT_DIR_RTL);
  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, KOUAN_HALVES_WIDTH, 301 }, -1);
  g_assert_true (begins_after (first, lead, halves));
  g_assert_true (begins_after (first, second, halves));
  g_assert_cmpint (top_of (second, halves), >=, 50);

  stacked = natural_height (halves, KOUAN_HALVES_WIDTH - 1);
  g_assert_cmpint (stacked, >, 450);
  gtk_widget_size_allocate (halves, &(GtkAllocation){ 0, 0, KOUAN_HALVES_WIDTH - 1, stacked }, -1);
  g_assert_cmpint (top_of (lead, halves), ==, 0);
  g_assert_cmpint (top_of (first, halves), >=, 50);
  g_assert_cmpint (top_of (second, halves), >=, 350);
  gtk_widget_set_visible (lead, FALSE);
  g_assert_cmpint (natural_height (halves, KOUAN_HALVES_WIDTH - 1), <, stacked - 50);
  g_object_unref (halves);
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

static void
press_at (GtkWidget *widget, double x, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "pressed", 1, x, y);
    }
}

/* A telephone number in groups ends at its right, whichever way the page is written. */
static void
test_mirrored (void)
{
  GtkWindow *window;
  GtkWidget *field, *answer;
  GtkWidget *box;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = GTK_WINDOW (gtk_window_new ());
  field = kouan_field_new ("رقم الهاتف", KOUAN_TEXT_PHONE, 30);
  kouan_field_set_text (KOUAN_FIELD (field), "131 0000 5550");
  gtk_window_set_child (window, field);
  gtk_window_present (window);
  kouan_test_wait_for_frame (window);
  box = GTK_WIDGET (kouan_field_get_target (KOUAN_FIELD (field)));
  press_at (box, gtk_widget_get_width (box) - 1, 5);
  g_assert_true (kouan_key_target_insert (KOUAN_KEY_TARGET (box), "9"));
  g_assert_cmpstr (kouan_field_get_text (KOUAN_FIELD (field)), ==, "131 0000 55509");
  press_at (box, 0, 5);
  g_assert_true (kouan_key_target_insert (KOUAN_KEY_TARGET (box), "8"));
  g_assert_cmpstr (kouan_field_get_text (KOUAN_FIELD (field)), ==, "8131 0000 55509");
  gtk_window_destroy (window);

  answer = g_object_ref_sink (kouan_answer_new ("131 0000 5550"));
  g_assert_cmpint (pango_layout_get_direction (gtk_label_get_layout (GTK_LABEL (answer)), 0), ==,
                   PANGO_DIRECTION_LTR);
  g_object_unref (answer);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* What may be broken anywhere is as narrow as its widest letter, however high it gets. */
static void
test_narrow (void)
{
  GtkWidget *text = g_object_ref_sink (kouan_text_new ("L898902C3"));
  int least, high;

  gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, 1 << 20, &high, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, high);
  g_object_unref (text);
}

static GtkWidget *
sized_new (int width, gboolean expands)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (widget, width, 10);
  gtk_widget_set_hexpand (widget, expands);
  return widget;
}

/* A mark, words that take the rest, and a button, from the side where the page begins. */
static void
test_row (void)
{
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      GtkWidget *row, *mark, *words, *button;

      gtk_widget_set_default_direction (mirrored ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      row = g_object_ref_sink (kouan_row_new (10, GTK_ACCESSIBLE_ROLE_GROUP));
      mark = sized_new (40, FALSE);
      words = sized_new (20, TRUE);
      button = sized_new (100, FALSE);
      gtk_box_append (GTK_BOX (row), mark);
      gtk_box_append (GTK_BOX (row), words);
      gtk_box_append (GTK_BOX (row), button);
      g_assert_cmpint (natural_height (row, 400), ==, 10);
      gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, 400, 10 }, -1);
      g_assert_cmpint (gtk_widget_get_width (words), ==, 400 - 40 - 100 - 20);
      g_assert_cmpint (left_of (mark, row), ==, mirrored ? 360 : 0);
      g_assert_cmpint (left_of (words, row), ==, mirrored ? 110 : 50);
      g_assert_cmpint (left_of (button, row), ==, mirrored ? 0 : 300);

      /* What is not there takes no room, and neither does the gap beside it. */
      gtk_widget_set_visible (button, FALSE);
      g_assert_cmpint (natural_height (row, 400), ==, 10);
      gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, 400, 10 }, -1);
      g_assert_cmpint (gtk_widget_get_width (words), ==, 400 - 40 - 10);
      g_object_unref (row);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* A button that would leave the words less than half of the row stands below them, where they
 * begin. */
static void
test_row_folds (void)
{
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      GtkWidget *row, *mark, *words, *button;

      gtk_widget_set_default_direction (mirrored ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
      gtk_widget_set_layout_manager (row, kouan_row_layout_new_folding (10));
      mark = sized_new (40, FALSE);
      words = sized_new (20, TRUE);
      button = sized_new (200, FALSE);
      gtk_box_append (GTK_BOX (row), mark);
      gtk_box_append (GTK_BOX (row), words);
      gtk_box_append (GTK_BOX (row), button);

      g_assert_cmpint (natural_height (row, 600), ==, 10);
      gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, 600, 10 }, -1);
      g_assert_cmpint (top_of (button, row), ==, 0);
      g_assert_cmpint (gtk_widget_get_width (words), ==, 600 - 40 - 200 - 20);

      g_assert_cmpint (natural_height (row, 400), ==, 10 + 10 + 10);
      gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, 400, 30 }, -1);
      g_assert_cmpint (gtk_widget_get_width (words), ==, 400 - 40 - 10);
      g_assert_cmpint (gtk_widget_get_height (words), ==, 10);
      g_assert_cmpint (top_of (button, row), ==, 20);
      g_assert_cmpint (left_of (button, row), ==, mirrored ? 400 - 50 - 200 : 50);
      g_object_unref (row);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define LINE_WIDTH 900
#define LINE_HEIGHT 200
#define COUNTER_HEIGHT 50 /* more than the words above the line take */

/* Returns: (transfer full): what a line of fillers looks like in a page of this direction */
static guint32 *
fillers_in (GtkTextDirection direction)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *entry;
  g_autoptr (GdkTexture) picture = NULL;
  guint32 *pixels = g_new0 (guint32, LINE_WIDTH * LINE_HEIGHT);

  gtk_widget_set_default_direction (direction);
  entry = kouan_mrz_entry_new (1, 8);
  kouan_key_target_insert (KOUAN_KEY_TARGET (entry), "<<<<<<<<");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), LINE_WIDTH, LINE_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  picture = kouan_test_picture_take (GTK_WINDOW (window));
  g_assert_cmpint (gdk_texture_get_width (picture), ==, LINE_WIDTH);
  g_assert_cmpint (gdk_texture_get_height (picture), ==, LINE_HEIGHT);
  gdk_texture_download (picture, (guchar *)pixels, LINE_WIDTH * 4);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  return pixels;
}

/* A filler is "<" on the passport, and so it is in Arabic. */
static void
test_fillers (void)
{
  g_autofree guint32 *left_to_right = fillers_in (GTK_TEXT_DIR_LTR);
  g_autofree guint32 *right_to_left = fillers_in (GTK_TEXT_DIR_RTL);
  guint32 ground = left_to_right[LINE_WIDTH * LINE_HEIGHT - 1];
  guint inked = 0;

  for (guint i = LINE_WIDTH * COUNTER_HEIGHT; i < LINE_WIDTH * LINE_HEIGHT; i++)
    {
      g_assert_cmphex (left_to_right[i], ==, right_to_left[i]);
      inked += left_to_right[i] != ground;
    }
  g_assert_cmpuint (inked, >, 500);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  kouan_style_load (gdk_display_get_default ());
  g_test_add_func ("/layout/picture-gives-way", test_picture_gives_way);
  g_test_add_func ("/layout/halves", test_halves);
  g_test_add_func ("/layout/lead", test_lead);
  g_test_add_func ("/layout/two-columns", test_two_columns);
  g_test_add_func ("/layout/tiles", test_tiles);
  g_test_add_func ("/layout/fonts", test_fonts);
  g_test_add_func ("/layout/row", test_row);
  g_test_add_func ("/layout/row-folds", test_row_folds);
  g_test_add_func ("/layout/fillers", test_fillers);
  g_test_add_func ("/layout/mirrored", test_mirrored);
  g_test_add_func ("/layout/narrow", test_narrow);
  return g_test_run ();
}
