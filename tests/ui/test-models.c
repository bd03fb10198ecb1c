/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/widgets/line-buffer.h"
#include "ui/widgets/mrz-lines.h"
#include "ui/widgets/strokes.h"

#include <string.h>

/* What is typed and drawn, without a display. */

static void
test_buffer_typing (void)
{
  g_autoptr (KouanLineBuffer) buffer = kouan_line_buffer_new (5);

  g_assert_true (kouan_line_buffer_insert (buffer, 'a'));
  g_assert_true (kouan_line_buffer_insert (buffer, 0x4e2d));
  g_assert_true (kouan_line_buffer_insert (buffer, 'c'));
  g_assert_cmpstr (kouan_line_buffer_get_text (buffer), ==, "a中c");
  g_assert_cmpuint (kouan_line_buffer_get_length (buffer), ==, 3);

  kouan_line_buffer_set_caret (buffer, 2);
  g_assert_cmpuint (kouan_line_buffer_get_caret_byte (buffer), ==, 4);
  g_assert_true (kouan_line_buffer_erase_before (buffer));
  g_assert_cmpstr (kouan_line_buffer_get_text (buffer), ==, "ac");
  g_assert_cmpuint (kouan_line_buffer_get_caret (buffer), ==, 1);
  g_assert_true (kouan_line_buffer_erase_after (buffer));
  g_assert_false (kouan_line_buffer_erase_after (buffer));
  g_assert_cmpstr (kouan_line_buffer_get_text (buffer), ==, "a");
}

static void
test_buffer_limits (void)
{
  g_autoptr (KouanLineBuffer) buffer = kouan_line_buffer_new (3);

  kouan_line_buffer_set_text (buffer, "中国人民");
  g_assert_cmpstr (kouan_line_buffer_get_text (buffer), ==, "中国人");
  g_assert_false (kouan_line_buffer_insert (buffer, 'x'));
  kouan_line_buffer_set_caret (buffer, 99);
  g_assert_cmpuint (kouan_line_buffer_get_caret (buffer), ==, 3);
  kouan_line_buffer_set_caret (buffer, 0);
  g_assert_false (kouan_line_buffer_erase_before (buffer));
  kouan_line_buffer_clear (buffer);
  g_assert_false (kouan_line_buffer_insert (buffer, 0));
  g_assert_false (kouan_line_buffer_insert (buffer, 0xd800));
  g_assert_cmpuint (kouan_line_buffer_get_length (buffer), ==, 0);
}

/* What is erased is gone from the memory too, not only from the text. */
static void
test_buffer_forgets (void)
{
  g_autoptr (KouanLineBuffer) buffer = kouan_line_buffer_new (8);
  const char *text;

  kouan_line_buffer_set_text (buffer, "L898902C");
  text = kouan_line_buffer_get_text (buffer);
  kouan_line_buffer_set_caret (buffer, 1);
  for (guint i = 0; i < 7; i++)
    kouan_line_buffer_erase_after (buffer);
  for (gsize i = 1; i < 8; i++)
    g_assert_cmpint (text[i], ==, 0);
}

/* Against the simplest possible model, an array of characters. */
static void
test_buffer_random (void)
{
  g_autoptr (KouanLineBuffer) buffer = kouan_line_buffer_new (20);
  g_autoptr (GString) model = g_string_new (NULL);
  guint caret = 0;

  for (guint i = 0; i < 20000; i++)
    {
      int what = g_test_rand_int_range (0, 4);

      if (what == 0 && model->len < 20)
        {
          char c = (char)g_test_rand_int_range ('a', 'z');

          g_string_insert_c (model, caret, c);
          caret++;
          g_assert_true (kouan_line_buffer_insert (buffer, (gunichar)c));
        }
      else if (what == 1 && caret > 0)
        {
          g_string_erase (model, --caret, 1);
          g_assert_true (kouan_line_buffer_erase_before (buffer));
        }
      else if (what == 2)
        {
          caret = (guint)g_test_rand_int_range (0, (int)model->len + 1);
          kouan_line_buffer_set_caret (buffer, caret);
        }
      else if (what == 3 && caret < model->len)
        {
          g_string_erase (model, caret, 1);
          g_assert_true (kouan_line_buffer_erase_after (buffer));
        }
      g_assert_cmpstr (kouan_line_buffer_get_text (buffer), ==, model->str);
      g_assert_cmpuint (kouan_line_buffer_get_caret (buffer), ==, caret);
    }
}

static void
press (KouanMrzLines *lines, KouanKey key)
{
  gboolean changed;

  g_assert_true (kouan_mrz_lines_press (lines, key, &changed));
}

static void
test_mrz_typing (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (2, 5);

  g_assert_true (kouan_mrz_lines_insert (lines, "p<utoabc"));
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "P<UTO");
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 1), ==, "ABC");
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 1);
  g_assert_false (kouan_mrz_lines_insert (lines, "é -"));
  g_assert_false (kouan_mrz_lines_is_complete (lines));
  g_assert_true (kouan_mrz_lines_insert (lines, "12"));
  g_assert_true (kouan_mrz_lines_is_complete (lines));
  g_assert_false (kouan_mrz_lines_insert (lines, "3"));
}

static void
test_mrz_erase_across_lines (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (2, 3);

  kouan_mrz_lines_insert (lines, "ABCD");
  press (lines, KOUAN_KEY_ERASE);
  press (lines, KOUAN_KEY_ERASE);
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "AB");
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 0);
  press (lines, KOUAN_KEY_ERASE);
  press (lines, KOUAN_KEY_ERASE);
  press (lines, KOUAN_KEY_ERASE);
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "");
}

/* A forgotten character has pulled a filler into the line; typing it pushes the filler out again.
 */
static void
test_mrz_forgotten_character (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (1, 6);

  kouan_mrz_lines_insert (lines, "P<UO<<");
  kouan_mrz_lines_go_to (lines, 0, 3);
  g_assert_true (kouan_mrz_lines_insert (lines, "T"));
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "P<UTO<");
  kouan_mrz_lines_go_to (lines, 0, 0);
  g_assert_true (kouan_mrz_lines_insert (lines, "X"));
  g_assert_false (kouan_mrz_lines_insert (lines, "Y"));
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "XP<UTO");
}

static char *
fill_but_last (guint line, const char *text, gpointer data)
{
  *(guint *)data = line;
  return g_strdup_printf ("%s<", text);
}

static void
test_mrz_fill (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (2, 5);
  guint asked = 99;

  kouan_mrz_lines_insert (lines, "AB");
  press (lines, KOUAN_KEY_FILL);
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "AB<<<");
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 1);

  kouan_mrz_lines_set_fill (lines, fill_but_last, &asked);
  kouan_mrz_lines_insert (lines, "C");
  press (lines, KOUAN_KEY_FILL);
  g_assert_cmpuint (asked, ==, 1);
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 1), ==, "C<");
}

static void
test_mrz_moving (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (2, 3);

  kouan_mrz_lines_insert (lines, "ABCDE");
  press (lines, KOUAN_KEY_HOME);
  press (lines, KOUAN_KEY_LEFT);
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 0);
  g_assert_cmpuint (kouan_mrz_lines_get_caret (lines), ==, 3);
  press (lines, KOUAN_KEY_RIGHT);
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 1);
  g_assert_cmpuint (kouan_mrz_lines_get_caret (lines), ==, 0);
  press (lines, KOUAN_KEY_END);
  press (lines, KOUAN_KEY_RIGHT);
  g_assert_cmpuint (kouan_mrz_lines_get_caret (lines), ==, 2);
  kouan_mrz_lines_go_to (lines, 77, 77);
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 1);
}

static void
test_mrz_format (void)
{
  g_autoptr (KouanMrzLines) lines = kouan_mrz_lines_new (3, 30);

  kouan_mrz_lines_insert (lines, "IDUTO");
  kouan_mrz_lines_go_to (lines, 2, 0);
  kouan_mrz_lines_set_format (lines, 2, 44);
  g_assert_cmpuint (kouan_mrz_lines_get_count (lines), ==, 2);
  g_assert_cmpuint (kouan_mrz_lines_get_columns (lines), ==, 44);
  g_assert_cmpstr (kouan_mrz_lines_get_line (lines, 0), ==, "IDUTO");
  g_assert_cmpuint (kouan_mrz_lines_get_current (lines), ==, 1);
}

static void
test_strokes_svg (void)
{
  g_autoptr (KouanStrokes) strokes = kouan_strokes_new ();
  g_autofree char *svg = NULL;

  kouan_strokes_begin (strokes, 0.1, 0.2);
  kouan_strokes_add (strokes, 0.5, 0.25);
  kouan_strokes_begin (strokes, 0.9, 0.3);
  svg = kouan_strokes_to_svg (strokes, 0.4);
  g_assert_cmpstr (
    svg, ==,
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 400.0\">"
    "<path fill=\"none\" stroke=\"#000\" stroke-width=\"6\" stroke-linecap=\"round\" "
    "stroke-linejoin=\"round\" d=\"M100.0 200.0L500.0 250.0M900.0 300.0L900.0 300.0\"/>"
    "</svg>\n");
}

static void
test_strokes_undo (void)
{
  g_autoptr (KouanStrokes) strokes = kouan_strokes_new ();
  guint n_points;

  kouan_strokes_undo (strokes);
  kouan_strokes_add (strokes, 0.5, 0.5); /* nothing has begun */
  g_assert_cmpuint (kouan_strokes_get_count (strokes), ==, 0);

  kouan_strokes_begin (strokes, 0, 0);
  kouan_strokes_add (strokes, 0.3, 0.4);
  kouan_strokes_begin (strokes, 0.5, 0);
  g_assert_cmpfloat_with_epsilon (kouan_strokes_get_length (strokes), 0.5, 1e-6);
  kouan_strokes_undo (strokes);
  g_assert_cmpuint (kouan_strokes_get_count (strokes), ==, 1);
  (void)kouan_strokes_get (strokes, 0, &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  kouan_strokes_clear (strokes);
  g_assert_cmpfloat (kouan_strokes_get_length (strokes), ==, 0);
}

/* A hand that rests on the glass for an hour. */
static void
test_strokes_limit (void)
{
  g_autoptr (KouanStrokes) strokes = kouan_strokes_new ();
  guint n_points;

  kouan_strokes_begin (strokes, 0, 0);
  for (guint i = 0; i < 100000; i++)
    kouan_strokes_add (strokes, 0.5, 0.1);
  kouan_strokes_begin (strokes, 0, 0);
  (void)kouan_strokes_get (strokes, 0, &n_points);
  g_assert_cmpuint (n_points, <=, 20000);
  g_assert_cmpuint (kouan_strokes_get_count (strokes), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/buffer/typing", test_buffer_typing);
  g_test_add_func ("/models/buffer/limits", test_buffer_limits);
  g_test_add_func ("/models/buffer/forgets", test_buffer_forgets);
  g_test_add_func ("/models/buffer/random", test_buffer_random);
  g_test_add_func ("/models/mrz/typing", test_mrz_typing);
  g_test_add_func ("/models/mrz/erase", test_mrz_erase_across_lines);
  g_test_add_func ("/models/mrz/forgotten", test_mrz_forgotten_character);
  g_test_add_func ("/models/mrz/fill", test_mrz_fill);
  g_test_add_func ("/models/mrz/moving", test_mrz_moving);
  g_test_add_func ("/models/mrz/format", test_mrz_format);
  g_test_add_func ("/models/strokes/svg", test_strokes_svg);
  g_test_add_func ("/models/strokes/undo", test_strokes_undo);
  g_test_add_func ("/models/strokes/limit", test_strokes_limit);
  return g_test_run ();
}
