/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/forms.h"

#include <cairo.h>
#include <string.h>

/* All names, numbers and offices on these papers are made up. */

static const char *const latin[]
  = { "residence", "permit",  "holder",   "application", "hall", "employer", "address",
      "of",        "the",     "number",   "valid",       "city", "district", "contract",
      "and",       "public",  "security", "bureau",      "work", "family",   "passport",
      "engineer",  "monthly", "salary",   "lodging",     "by",   "register", "hereby" };

static const char *const chinese[]
  = { "兹证明",   "上述人员",   "系我公司员工", "申请工作类居留证件",
      "在华期间", "工作情况",   "住宿登记",     "有效期",
      "公安局",   "出入境管理", "姓名",         "护照号码",
      "国籍",     "地址",       "，",           "。",
      "同意",     "办理",       "本市",         "合同" };

typedef struct
{
  cairo_t *cairo;
  GRand *rand;
  double width; /* millimetres */
  double height;
} Sheet;

static void
ink (Sheet *sheet, double r, double g, double b)
{
  cairo_set_source_rgb (sheet->cairo, r, g, b);
}

static void
font (Sheet *sheet, const char *family, double points, gboolean bold)
{
  cairo_select_font_face (sheet->cairo, family, CAIRO_FONT_SLANT_NORMAL,
                          bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (sheet->cairo, points * 25.4 / 72);
}

static double
write_at (Sheet *sheet, double x, double y, const char *text)
{
  cairo_text_extents_t extents;

  cairo_move_to (sheet->cairo, x, y);
  cairo_show_text (sheet->cairo, text);
  cairo_text_extents (sheet->cairo, text, &extents);
  return x + extents.x_advance;
}

static const char *
any_word (Sheet *sheet, gboolean is_chinese)
{
  return is_chinese ? chinese[g_rand_int_range (sheet->rand, 0, G_N_ELEMENTS (chinese))]
                    : latin[g_rand_int_range (sheet->rand, 0, G_N_ELEMENTS (latin))];
}

/* Paragraphs, from @top to @bottom, ragged at the right. */
static void
write_lines (
  Sheet *sheet, gboolean is_chinese, double points, double left, double top, double bottom)
{
  double leading = points * 0.56, end_of_lines = sheet->width - left;

  font (sheet, is_chinese ? "Noto Sans CJK SC" : "DejaVu Sans", points, FALSE);
  for (double y = top; y < bottom; y += leading)
    {
      gboolean last = g_rand_int_range (sheet->rand, 0, 5) == 0;
      double end = last ? left + (end_of_lines - left) * g_rand_double_range (sheet->rand, 0.2, 0.8)
                        : end_of_lines - g_rand_double_range (sheet->rand, 0, 12);
      double x = left;

      while (x < end - 22)
        x = write_at (sheet, x, y, any_word (sheet, is_chinese)) + (is_chinese ? 0 : points * 0.1);
      y += last ? leading * 0.7 : 0;
    }
}

static void
draw_seal (Sheet *sheet, double x, double y)
{
  cairo_set_source_rgba (sheet->cairo, 0.82, 0.1, 0.12, 0.8);
  cairo_set_line_width (sheet->cairo, 1.1);
  cairo_new_sub_path (sheet->cairo);
  cairo_arc (sheet->cairo, x, y, 19, 0, 2 * G_PI);
  cairo_stroke (sheet->cairo);
  font (sheet, "Noto Sans CJK SC", 14, TRUE);
  write_at (sheet, x - 12, y + 2, "云港专用");
}

static void
draw_signature (Sheet *sheet, double x, double y)
{
  ink (sheet, 0.1, 0.15, 0.5);
  cairo_set_line_width (sheet->cairo, 0.5);
  cairo_move_to (sheet->cairo, x, y);
  for (guint i = 0; i < 6; i++)
    cairo_rel_curve_to (sheet->cairo, 2, -g_rand_double_range (sheet->rand, 3, 9), 4, 6,
                        g_rand_double_range (sheet->rand, 3, 8), -1);
  cairo_stroke (sheet->cairo);
}

static void
draw_letter (Sheet *sheet, gboolean is_chinese)
{
  ink (sheet, 0.08, 0.09, 0.12);
  font (sheet, is_chinese ? "Noto Sans CJK SC" : "DejaVu Sans", 17, TRUE);
  write_at (sheet, 60, 32, is_chinese ? "单位公函" : "Letter of consent");
  write_lines (sheet, is_chinese, g_rand_double_range (sheet->rand, 9.5, 12), 22, 50,
               g_rand_double_range (sheet->rand, 150, 260));
  if (g_rand_boolean (sheet->rand))
    draw_signature (sheet, 120, 272);
}

static void
draw_form (Sheet *sheet)
{
  ink (sheet, 0.1, 0.1, 0.1);
  font (sheet, "Noto Sans CJK SC", 16, TRUE);
  write_at (sheet, 50, 26, "外国人签证证件申请表");
  font (sheet, "DejaVu Sans", 10, FALSE);
  write_at (sheet, 52, 34, "Visa and Permit Application Form");
  for (guint row = 0; row < 16; row++)
    {
      double y = 44 + row * 12;

      ink (sheet, 0.1, 0.1, 0.1);
      cairo_set_line_width (sheet->cairo, 0.3);
      cairo_rectangle (sheet->cairo, 18, y, 58, 12);
      cairo_rectangle (sheet->cairo, 76, y, sheet->width - 94, 12);
      cairo_stroke (sheet->cairo);
      font (sheet, "DejaVu Sans", 9, FALSE);
      write_at (sheet, write_at (sheet, 20, y + 7.5, any_word (sheet, FALSE)) + 1.5, y + 7.5,
                any_word (sheet, FALSE));
      font (sheet, "DejaVu Sans Mono", 10, FALSE);
      ink (sheet, 0.1, 0.15, 0.45);
      write_at (sheet, write_at (sheet, 80, y + 8, any_word (sheet, FALSE)) + 2, y + 8,
                any_word (sheet, row % 3 == 0));
    }
  draw_seal (sheet, 160, 258);
  draw_signature (sheet, 40, 266);
}

static void
draw_diploma (Sheet *sheet)
{
  ink (sheet, 0.55, 0.38, 0.12);
  cairo_set_line_width (sheet->cairo, 5);
  cairo_rectangle (sheet->cairo, 12, 12, sheet->width - 24, sheet->height - 24);
  cairo_stroke (sheet->cairo);
  ink (sheet, 0.15, 0.12, 0.1);
  font (sheet, "DejaVu Serif", 34, TRUE);
  write_at (sheet, 56, 70, "Diploma");
  write_lines (sheet, FALSE, 15, 32, 100, 190);
  draw_seal (sheet, 105, 240);
}

static void
draw_portrait (Sheet *sheet, double x, double y, double width, double height)
{
  cairo_save (sheet->cairo);
  cairo_rectangle (sheet->cairo, x, y, width, height);
  cairo_clip (sheet->cairo);
  ink (sheet, 0.86, 0.88, 0.9);
  cairo_paint (sheet->cairo);
  ink (sheet, 0.2, 0.22, 0.3);
  cairo_arc (sheet->cairo, x + width / 2, y + height * 1.15, width * 0.52, 0, 2 * G_PI);
  cairo_fill (sheet->cairo);
  ink (sheet, 0.86, 0.68, 0.56);
  cairo_arc (sheet->cairo, x + width / 2, y + height * 0.45, width * 0.27, 0, 2 * G_PI);
  cairo_fill (sheet->cairo);
  ink (sheet, 0.2, 0.14, 0.1);
  cairo_arc (sheet->cairo, x + width / 2, y + height * 0.38, width * 0.29, G_PI, 2 * G_PI);
  cairo_fill (sheet->cairo);
  cairo_restore (sheet->cairo);
}

static void
draw_passport (Sheet *sheet)
{
  static const char *const labels[] = { "Surname",       "Given names",    "Nationality",
                                        "Date of birth", "Place of birth", "Date of expiry" };
  static const char *const values[]
    = { "SPECIMEN", "ADA MARIA", "UTOPIAN", "12 MAY 1988", "Yungang", "11 MAY 2031" };
  double colour = g_rand_double_range (sheet->rand, 0.78, 0.95);

  ink (sheet, colour, 0.9, 0.88);
  cairo_paint (sheet->cairo);
  cairo_set_source_rgba (sheet->cairo, 0.5, 0.7, 0.75, 0.5);
  cairo_set_line_width (sheet->cairo, 0.2);
  for (double y = 2; y < sheet->height; y += 2.4)
    {
      cairo_move_to (sheet->cairo, 0, y);
      cairo_curve_to (sheet->cairo, 40, y + 9, 80, y - 9, sheet->width, y);
      cairo_stroke (sheet->cairo);
    }
  draw_portrait (sheet, 6, 16, 34, 45);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      ink (sheet, 0.25, 0.3, 0.45);
      font (sheet, "DejaVu Sans", 5.5, FALSE);
      write_at (sheet, 46, 16 + i * 8.2, labels[i]);
      ink (sheet, 0.08, 0.08, 0.1);
      font (sheet, "DejaVu Sans", 8, TRUE);
      write_at (sheet, 46, 19.4 + i * 8.2, values[i]);
    }
  font (sheet, "OCR B", 9.6, FALSE);
  write_at (sheet, 4, 74, "P<UTOSPECIMEN<<ADA<MARIA<<<<<<<<<<<<<<<<<<<<");
  write_at (sheet, 4, 81, "L898902C36UTO8805121F3105119<<<<<<<<<<<<<<06");
}

static void
draw_cards (Sheet *sheet)
{
  for (guint i = 0; i < 2; i++)
    {
      double x = 62, y = 50 + i * 90;

      ink (sheet, 0.75, 0.83, 0.9);
      cairo_rectangle (sheet->cairo, x, y, 86, 54);
      cairo_fill (sheet->cairo);
      if (i == 0)
        draw_portrait (sheet, x + 58, y + 10, 24, 32);
      ink (sheet, 0.1, 0.1, 0.15);
      font (sheet, "DejaVu Sans", 7, FALSE);
      for (guint line = 0; line < 6; line++)
        write_at (sheet, write_at (sheet, x + 5, y + 12 + line * 7, any_word (sheet, FALSE)) + 1.5,
                  y + 12 + line * 7, any_word (sheet, FALSE));
    }
  ink (sheet, 0.1, 0.1, 0.12);
  write_lines (sheet, FALSE, 10, 25, 225, 250);
}

static KouanPage *
take (cairo_surface_t *surface, guint dpi)
{
  guint width = cairo_image_surface_get_width (surface);
  guint height = cairo_image_surface_get_height (surface);
  const guint8 *data;
  guint8 *rgb = g_malloc ((gsize)width * height * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize)width * height * 3);

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < 3; c++)
        rgb[((gsize)y * width + x) * 3 + c]
          = data[(gsize)y * cairo_image_surface_get_stride (surface) + x * 4 + 2 - c];
  cairo_surface_destroy (surface);
  return kouan_page_new (width, height, dpi, bytes);
}

static void
draw (Sheet *sheet, KouanTestPaper kind)
{
  switch (kind)
    {
    case KOUAN_TEST_LETTER:
    case KOUAN_TEST_CHINESE:
      draw_letter (sheet, kind == KOUAN_TEST_CHINESE);
      break;
    case KOUAN_TEST_FORM:
      draw_form (sheet);
      break;
    case KOUAN_TEST_DIPLOMA:
      draw_diploma (sheet);
      break;
    case KOUAN_TEST_PASSPORT:
      draw_passport (sheet);
      break;
    case KOUAN_TEST_CARD_ON_PAGE:
      draw_cards (sheet);
      break;
    }
}

KouanPage *
kouan_test_paper (KouanTestPaper kind, guint seed, guint dpi)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + 3);
  gboolean small = kind == KOUAN_TEST_PASSPORT;
  Sheet sheet = { NULL, rand, small ? 125 : 210, small ? 88 : 297 };
  double scale = dpi / 25.4;
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int)(sheet.width * scale + 0.5), (int)(sheet.height * scale + 0.5));

  sheet.cairo = cairo_create (surface);
  cairo_scale (sheet.cairo, scale, scale);
  cairo_set_source_rgb (sheet.cairo, 0.98, 0.98, 0.97);
  cairo_paint (sheet.cairo);
  draw (&sheet, kind);
  cairo_destroy (sheet.cairo);
  return take (surface, dpi);
}

KouanPage *
kouan_test_paper_any (guint seed, guint dpi)
{
  return kouan_test_paper (seed % KOUAN_TEST_PAPERS, seed, dpi);
}

/* A copy in black and white. */
KouanPage *
kouan_test_gray (KouanPage *page)
{
  gsize size;
  const guint8 *from = g_bytes_get_data (page->pixels, &size);
  guint8 *rgb = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, size);

  for (gsize i = 0; i < size; i += 3)
    memset (rgb + i, (77 * from[i] + 150 * from[i + 1] + 29 * from[i + 2]) >> 8, 3);
  return kouan_page_new (page->width, page->height, page->dpi, bytes);
}
