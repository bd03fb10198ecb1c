/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/hand.h"

#include "assets/demo/output.h"
#include "assets/demo/portrait.h"

/* What a kiosk's camera sees: a hall, out of focus, and before it what a person holds up, a little
 * askew, with a thumb on its edge and the grain of the sensor: a sheet with a code, or a passport
 * that is open at the page with the photo. */

#define FRAME_WIDTH 1280
#define FRAME_HEIGHT 720
#define SHEET_WIDTH 560.0
#define SHEET_HEIGHT 640.0
#define CODE_SIDE 400.0
#define SHEET_TILT (-6 * G_PI / 180)
#define PASSPORT_WIDTH 1060.0
#define PASSPORT_TILT (1.5 * G_PI / 180)
#define PERSON_WIDTH 440.0
#define PERSON_HEIGHT 600.0
#define BLUR_OF_HALL 22
#define BLUR_OF_LENS 1
#define GRAIN 5
#define SEED 9303

#define FACES "Noto Sans, Noto Sans CJK SC"

static void
draw_hall (KouanSheet *sheet)
{
  static const struct
  {
    double x, y, width, height;
    guint32 colour;
  } shapes[] = {
    { 0, 470, 1280, 250, 0xB9B4AA },  { 60, 120, 190, 380, 0x8FA3AD },
    { 300, 60, 120, 120, 0xF4EFD8 },  { 700, 40, 420, 70, 0xF1EEE2 },
    { 980, 180, 210, 330, 0x7E8C83 }, { 1120, 260, 90, 300, 0x4E5A66 },
    { 470, 200, 110, 330, 0xA08C7B },
  };

  kouan_sheet_colour (sheet, 0xCFCCC4, 1);
  cairo_paint (sheet->cr);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      kouan_sheet_colour (sheet, shapes[i].colour, 1);
      kouan_sheet_box (sheet, shapes[i].x, shapes[i].y, shapes[i].width, shapes[i].height);
    }
}

/* Of something of this size around the origin. */
static void
draw_shadow (cairo_t *cr, double width, double height)
{
  for (int i = 8; i > 0; i--)
    {
      cairo_set_source_rgba (cr, 0, 0, 0, 0.025);
      cairo_rectangle (cr, -width / 2 - i * 2, -height / 2 - i, width + i * 4, height + i * 4);
      cairo_fill (cr);
    }
}

static void
draw_code (cairo_t *cr, cairo_surface_t *code, double top)
{
  double scale = CODE_SIDE / cairo_image_surface_get_width (code);

  cairo_save (cr);
  cairo_translate (cr, -CODE_SIDE / 2, top);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, code, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
draw_thumb (cairo_t *cr, double tip_x, double tip_y)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 74);
  cairo_set_source_rgb (cr, 0.84, 0.66, 0.54);
  cairo_move_to (cr, tip_x, tip_y);
  cairo_curve_to (cr, tip_x + 60, tip_y + 15, tip_x + 110, tip_y + 40, tip_x + 160, tip_y + 90);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 150);
  cairo_move_to (cr, tip_x + 190, tip_y + 150);
  cairo_line_to (cr, tip_x + 420, tip_y + 520);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 40);
  cairo_set_source_rgb (cr, 0.92, 0.78, 0.7);
  cairo_move_to (cr, tip_x - 8, tip_y - 2);
  cairo_line_to (cr, tip_x + 14, tip_y + 4);
  cairo_stroke (cr);
}

/* What stands on a sheet: above the code in two lines, and below it. */
typedef struct
{
  const char *title;
  const char *words;
  const char *foot;
} SheetTexts;

static const SheetTexts appointment_texts = { "预约凭证", "Your appointment", "样本 SPECIMEN" };

/* Around the origin. */
static void
draw_face (KouanSheet *sheet, cairo_surface_t *code, const SheetTexts *texts)
{
  /* A pixel is a millimetre here, so type is large in points. */
  KouanSheetFont title = { FACES, 82, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, 0x20262E };
  KouanSheetFont words = { FACES, 54, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, 0x20262E };
  double left = -SHEET_WIDTH / 2;
  double top = -SHEET_HEIGHT / 2;

  kouan_sheet_colour (sheet, 0xF3F2EE, 1);
  kouan_sheet_box (sheet, left, top, SHEET_WIDTH, SHEET_HEIGHT);
  kouan_sheet_text (sheet, &title, left, top + 36, SHEET_WIDTH, texts->title);
  kouan_sheet_text (sheet, &words, left, top + 86, SHEET_WIDTH, texts->words);
  draw_code (sheet->cr, code, top + 128);
  kouan_sheet_text (sheet, &words, left, top + 548, SHEET_WIDTH, texts->foot);
}

static void
draw_sheet (KouanSheet *sheet, cairo_surface_t *code, const SheetTexts *texts)
{
  cairo_translate (sheet->cr, FRAME_WIDTH / 2.0 + 15, FRAME_HEIGHT / 2.0 + 12);
  cairo_rotate (sheet->cr, SHEET_TILT);
  draw_shadow (sheet->cr, SHEET_WIDTH, SHEET_HEIGHT);
  draw_face (sheet, code, texts);
  draw_thumb (sheet->cr, SHEET_WIDTH / 2 - 30, SHEET_HEIGHT / 2 - 190);
}

/* The upper edge of the page is out of sight: a zone that fills the picture's width is what is
 * read. */
static void
draw_passport (KouanSheet *sheet, cairo_surface_t *page, const SheetTexts *texts G_GNUC_UNUSED)
{
  double scale = PASSPORT_WIDTH / cairo_image_surface_get_width (page);
  double height = scale * cairo_image_surface_get_height (page);

  cairo_translate (sheet->cr, FRAME_WIDTH / 2.0 - 10, FRAME_HEIGHT - 40 - height / 2);
  cairo_rotate (sheet->cr, PASSPORT_TILT);
  draw_shadow (sheet->cr, PASSPORT_WIDTH, height);
  cairo_save (sheet->cr);
  cairo_scale (sheet->cr, scale, scale);
  cairo_set_source_surface (sheet->cr, page, -cairo_image_surface_get_width (page) / 2.0,
                            -cairo_image_surface_get_height (page) / 2.0);
  cairo_pattern_set_filter (cairo_get_source (sheet->cr), CAIRO_FILTER_GOOD);
  cairo_paint (sheet->cr);
  cairo_restore (sheet->cr);
  draw_thumb (sheet->cr, PASSPORT_WIDTH / 2 - 20, -40);
}

/* Whoever stands before the camera, and a white wall behind them. */
static void
draw_person (KouanSheet *sheet,
             cairo_surface_t *held G_GNUC_UNUSED,
             const SheetTexts *texts G_GNUC_UNUSED)
{
  kouan_sheet_colour (sheet, 0xFFFFFF, 1);
  cairo_paint (sheet->cr);
  kouan_demo_draw_portrait (sheet, (FRAME_WIDTH - PERSON_WIDTH) / 2, FRAME_HEIGHT - PERSON_HEIGHT,
                            PERSON_WIDTH, PERSON_HEIGHT);
}

/* @held: (nullable): what @draw puts before the hall */
static cairo_surface_t *
see (void (*draw) (KouanSheet *sheet, cairo_surface_t *held, const SheetTexts *texts),
     cairo_surface_t *held,
     const SheetTexts *texts)
{
  cairo_surface_t *frame
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, FRAME_WIDTH, FRAME_HEIGHT);
  KouanSheet sheet = { cairo_create (frame), FRAME_WIDTH, FRAME_HEIGHT };

  draw_hall (&sheet);
  cairo_surface_flush (frame);
  kouan_demo_blur (frame, BLUR_OF_HALL);
  if (draw != NULL)
    draw (&sheet, held, texts);
  cairo_destroy (sheet.cr);
  cairo_surface_flush (frame);
  kouan_demo_blur (frame, BLUR_OF_LENS);
  kouan_demo_grain (frame, GRAIN, SEED);
  return frame;
}

/* Returns: (transfer full): what the camera sees when nobody holds anything up */
cairo_surface_t *
kouan_demo_see_hall (void)
{
  return see (NULL, NULL, NULL);
}

/* Returns: (transfer full): what the camera sees of the person themselves */
cairo_surface_t *
kouan_demo_stand_before (void)
{
  return see (draw_person, NULL, NULL);
}

/* @code: drawn with its quiet zone, square */
cairo_surface_t *
kouan_demo_hold_up_code (cairo_surface_t *code)
{
  return see (draw_sheet, code, &appointment_texts);
}

/* @page: the page with the photo and the machine readable zone */
cairo_surface_t *
kouan_demo_hold_up_passport (cairo_surface_t *page)
{
  return see (draw_passport, page, NULL);
}

/* @code: as above; @name: of who wears it; @role: as which */
cairo_surface_t *
kouan_demo_hold_up_badge (cairo_surface_t *code, const char *name, const char *role)
{
  const SheetTexts texts = { name, role, "样本 SPECIMEN · UTO" };

  return see (draw_sheet, code, &texts);
}

/* The same badge to print and cut out. */
cairo_surface_t *
kouan_demo_draw_badge (cairo_surface_t *code, const char *name, const char *role)
{
  const SheetTexts texts = { name, role, "样本 SPECIMEN · UTO" };
  cairo_surface_t *card
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)SHEET_WIDTH, (int)SHEET_HEIGHT);
  KouanSheet sheet = { cairo_create (card), SHEET_WIDTH, SHEET_HEIGHT };

  cairo_translate (sheet.cr, SHEET_WIDTH / 2, SHEET_HEIGHT / 2);
  draw_face (&sheet, code, &texts);
  cairo_destroy (sheet.cr);
  cairo_surface_flush (card);
  return card;
}
