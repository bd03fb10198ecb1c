/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/qr/draw.h"
#include "app/qr/kind.h"
#include "app/qr/reader.h"
#include "tests/testlib/picture.h"

#include <string.h>

#define APPOINTMENT "KA1:6BFOXN%TS3DHC8OWQ0C1TTFN-VBU3GN8LJQS54DPS3WZE:FVLK6GA7F0%5/L:TB*0"

static void
assert_reads (const KouanTestPicture *picture, const char *text)
{
  g_autoptr (GPtrArray) codes
    = kouan_qr_read (picture->gray, picture->width, picture->height, picture->width);

  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_cmpstr (((KouanQrCode *)codes->pdata[0])->text, ==, text);
}

static KouanTestPicture *
picture_of (const char *text, KouanQrLevel level, guint module_px)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, level, &error);

  g_assert_no_error (error);
  return kouan_test_picture_of_code (matrix, module_px);
}

static void
test_every_level_reads_back (void)
{
  for (KouanQrLevel level = KOUAN_QR_LEVEL_L; level <= KOUAN_QR_LEVEL_H; level++)
    {
      g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, level, 4);

      assert_reads (picture, APPOINTMENT);
    }
}

static void
test_texts_read_back (void)
{
  static const char *const texts[] = {
    "1", "0123456789", "KW1:A", "https://example.org/?a=b&c=d", "口岸 · ограничение", "a\tb\nc"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KouanTestPicture) picture = picture_of (texts[i], KOUAN_QR_LEVEL_M, 5);

      assert_reads (picture, texts[i]);
    }
}

static void
test_turned_and_inverted (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, KOUAN_QR_LEVEL_M, 4);

  for (guint quarter = 0; quarter < 4; quarter++)
    {
      g_autoptr (KouanTestPicture) turned = kouan_test_picture_turn (picture, quarter);

      assert_reads (turned, APPOINTMENT);
      kouan_test_picture_invert (turned);
      assert_reads (turned, APPOINTMENT);
    }
}

static void
test_noise (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, KOUAN_QR_LEVEL_M, 6);

  kouan_test_picture_add_noise (picture, 40, 7);
  assert_reads (picture, APPOINTMENT);
}

static void
test_rows_with_padding (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, KOUAN_QR_LEVEL_M, 4);
  guint stride = picture->width + 13;
  g_autofree guint8 *padded = g_malloc0 ((gsize)stride * picture->height);
  g_autoptr (GPtrArray) codes = NULL;

  for (guint y = 0; y < picture->height; y++)
    memcpy (padded + y * stride, picture->gray + y * picture->width, picture->width);
  codes = kouan_qr_read (padded, picture->width, picture->height, stride);
  g_assert_cmpuint (codes->len, ==, 1);
}

static void
test_middle_of_a_code (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, KOUAN_QR_LEVEL_M, 4);
  g_autoptr (GPtrArray) codes
    = kouan_qr_read (picture->gray, picture->width, picture->height, picture->width);
  const KouanQrCode *code = codes->pdata[0];

  g_assert_cmpint (ABS (code->x - (int)picture->width / 2), <=, 4);
  g_assert_cmpint (ABS (code->y - (int)picture->height / 2), <=, 4);
}

static void
test_two_codes_in_view (void)
{
  g_autoptr (KouanTestPicture) left = picture_of ("KA1:LEFT", KOUAN_QR_LEVEL_M, 5);
  g_autoptr (KouanTestPicture) right = picture_of ("KB1:RIGHT", KOUAN_QR_LEVEL_M, 5);
  g_autoptr (KouanTestPicture) both = kouan_test_picture_beside (left, right);
  g_autoptr (KouanQrReader) reader = kouan_qr_reader_new ();
  g_autoptr (GPtrArray) codes
    = kouan_qr_reader_read (reader, both->gray, both->width, both->height, both->width);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_cmpuint (codes->len, ==, 2);
  again = kouan_qr_reader_read (reader, left->gray, left->width, left->height, left->width);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
test_the_same_code_twice_is_one (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of ("KA1:SAME", KOUAN_QR_LEVEL_M, 5);
  g_autoptr (KouanTestPicture) both = kouan_test_picture_beside (picture, picture);

  assert_reads (both, "KA1:SAME");
}

static void
test_nothing_to_read (void)
{
  g_autoptr (KouanTestPicture) blank = kouan_test_picture_new (320, 240);
  g_autoptr (KouanTestPicture) point = kouan_test_picture_new (1, 1);
  g_autoptr (KouanTestPicture) noise = kouan_test_picture_new (320, 240);
  const KouanTestPicture *pictures[] = { blank, point, noise };

  kouan_test_picture_add_noise (noise, 255, 3);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (GPtrArray) codes = kouan_qr_read (pictures[i]->gray, pictures[i]->width,
                                                   pictures[i]->height, pictures[i]->width);

      g_assert_cmpuint (codes->len, ==, 0);
    }
}

static void
test_half_a_code_is_none (void)
{
  g_autoptr (KouanTestPicture) picture = picture_of (APPOINTMENT, KOUAN_QR_LEVEL_M, 4);
  g_autoptr (GPtrArray) codes
    = kouan_qr_read (picture->gray, picture->width, picture->height / 2, picture->width);

  g_assert_cmpuint (codes->len, ==, 0);
}

/* An appointment code of 181 characters of Base45 must stay at version 8 (DESIGN, the formats). */
static void
test_base45_is_packed (void)
{
  g_autoptr (GString) text = g_string_new ("KA1:");
  g_autoptr (KouanQrMatrix) matrix = NULL;

  while (text->len < 181)
    g_string_append_c (text, "0AZ $%*+-./:"[text->len % 12]);
  matrix = kouan_qr_matrix_new (text->str, KOUAN_QR_LEVEL_M, NULL);
  g_assert_cmpuint (kouan_qr_matrix_get_version (matrix), ==, 8);
  g_assert_cmpuint (kouan_qr_matrix_get_size (matrix), ==, 49);
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (2954, 'a');
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_L, &error);

  g_assert_null (matrix);
  g_assert_error (error, KOUAN_QR_ERROR, KOUAN_QR_ERROR_TOO_LONG);
  text[2953] = '\0';
  matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_L, NULL);
  g_assert_cmpuint (kouan_qr_matrix_get_version (matrix), ==, 40);
}

static void
test_finder_patterns_are_where_they_belong (void)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new ("KOUAN", KOUAN_QR_LEVEL_M, NULL);
  guint last = kouan_qr_matrix_get_size (matrix) - 1;

  g_assert_true (kouan_qr_matrix_is_dark (matrix, 0, 0));
  g_assert_true (kouan_qr_matrix_is_dark (matrix, last, 0));
  g_assert_true (kouan_qr_matrix_is_dark (matrix, 0, last));
  g_assert_true (kouan_qr_matrix_is_dark (matrix, 3, 3));
  g_assert_false (kouan_qr_matrix_is_dark (matrix, 1, 1));
  g_assert_false (kouan_qr_matrix_is_dark (matrix, 7, 0));
}

static void
test_pictures_are_the_same_each_time (void)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (APPOINTMENT, KOUAN_QR_LEVEL_M, NULL);
  g_autoptr (GBytes) png = kouan_qr_draw_png (matrix, 8);
  g_autoptr (GBytes) png_again = kouan_qr_draw_png (matrix, 8);
  g_autoptr (GBytes) svg = kouan_qr_draw_svg (matrix);
  g_autoptr (GBytes) svg_again = kouan_qr_draw_svg (matrix);

  g_assert_true (g_bytes_equal (png, png_again));
  g_assert_true (g_bytes_equal (svg, svg_again));
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
}

static void
test_kinds (void)
{
  g_assert_cmpint (kouan_qr_kind_of ("KA1:X"), ==, KOUAN_QR_KIND_APPOINTMENT);
  g_assert_cmpint (kouan_qr_kind_of ("KR1:X"), ==, KOUAN_QR_KIND_RECEIPT);
  g_assert_cmpint (kouan_qr_kind_of ("KB1:"), ==, KOUAN_QR_KIND_BADGE);
  g_assert_cmpint (kouan_qr_kind_of ("KW1:X"), ==, KOUAN_QR_KIND_WALK_IN);
  g_assert_cmpint (kouan_qr_kind_of ("ka1:X"), ==, KOUAN_QR_KIND_OTHER);
  g_assert_cmpint (kouan_qr_kind_of (""), ==, KOUAN_QR_KIND_OTHER);
  g_assert_cmpint (kouan_qr_kind_of (NULL), ==, KOUAN_QR_KIND_OTHER);
  g_assert_cmpstr (kouan_qr_kind_to_string (KOUAN_QR_KIND_WALK_IN), ==, "walk-in");
  g_assert_cmpstr (kouan_qr_kind_to_string (KOUAN_QR_KIND_OTHER), ==, "other");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/read/every-level", test_every_level_reads_back);
  g_test_add_func ("/qr/read/texts", test_texts_read_back);
  g_test_add_func ("/qr/read/turned-and-inverted", test_turned_and_inverted);
  g_test_add_func ("/qr/read/noise", test_noise);
  g_test_add_func ("/qr/read/padded-rows", test_rows_with_padding);
  g_test_add_func ("/qr/read/middle", test_middle_of_a_code);
  g_test_add_func ("/qr/read/two-codes", test_two_codes_in_view);
  g_test_add_func ("/qr/read/same-twice", test_the_same_code_twice_is_one);
  g_test_add_func ("/qr/read/nothing", test_nothing_to_read);
  g_test_add_func ("/qr/read/half", test_half_a_code_is_none);
  g_test_add_func ("/qr/matrix/base45", test_base45_is_packed);
  g_test_add_func ("/qr/matrix/too-long", test_too_long);
  g_test_add_func ("/qr/matrix/finders", test_finder_patterns_are_where_they_belong);
  g_test_add_func ("/qr/draw/same", test_pictures_are_the_same_each_time);
  g_test_add_func ("/qr/kind", test_kinds);
  return g_test_run ();
}
