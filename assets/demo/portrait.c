/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/portrait.h"

/* A drawn face, nobody's. Its measures are those that exit-entry offices ask of a photo of 33 × 48
 * mm: head 28 to 33 mm tall and 21 to 24 mm wide, on white. Coordinates are in widths of the
 * picture. */

#define SKIN 0xE9C3A4
#define SKIN_SHADE 0xD9AC8B
#define HAIR 0x3A2A22
#define JACKET 0x27364A
#define SHIRT 0xF4F4F1
#define LINE 0x7A5643
#define LIP 0xB9746A

static void
fill (KouanSheet *sheet, guint32 colour)
{
  kouan_sheet_colour (sheet, colour, 1);
  cairo_fill (sheet->cr);
}

static void
ellipse (KouanSheet *sheet, double x, double y, double rx, double ry, guint32 colour)
{
  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, x, y);
  cairo_scale (sheet->cr, rx, ry);
  cairo_new_sub_path (sheet->cr);
  cairo_arc (sheet->cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (sheet->cr);
  fill (sheet, colour);
}

static void
stroke (KouanSheet *sheet, guint32 colour, double thickness)
{
  kouan_sheet_colour (sheet, colour, 1);
  cairo_set_line_width (sheet->cr, thickness);
  cairo_set_line_cap (sheet->cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (sheet->cr);
}

static void
draw_shoulders (KouanSheet *sheet)
{
  cairo_t *cr = sheet->cr;

  cairo_move_to (cr, -0.02, 1.45);
  cairo_curve_to (cr, 0.0, 1.2, 0.1, 1.14, 0.34, 1.06);
  cairo_line_to (cr, 0.66, 1.06);
  cairo_curve_to (cr, 0.9, 1.14, 1.0, 1.2, 1.02, 1.45);
  cairo_close_path (cr);
  fill (sheet, JACKET);
  cairo_move_to (cr, 0.36, 1.06);
  cairo_line_to (cr, 0.5, 1.36);
  cairo_line_to (cr, 0.64, 1.06);
  cairo_close_path (cr);
  fill (sheet, SHIRT);
  cairo_move_to (cr, 0.38, 0.8);
  cairo_line_to (cr, 0.38, 1.07);
  cairo_curve_to (cr, 0.44, 1.17, 0.56, 1.17, 0.62, 1.07);
  cairo_line_to (cr, 0.62, 0.8);
  cairo_close_path (cr);
  fill (sheet, SKIN_SHADE);
}

static void
draw_head (KouanSheet *sheet)
{
  cairo_t *cr = sheet->cr;

  ellipse (sheet, 0.5, 0.49, 0.35, 0.385, HAIR);
  ellipse (sheet, 0.19, 0.575, 0.04, 0.075, SKIN_SHADE);
  ellipse (sheet, 0.81, 0.575, 0.04, 0.075, SKIN_SHADE);
  cairo_move_to (cr, 0.205, 0.5);
  cairo_curve_to (cr, 0.21, 0.8, 0.33, 0.945, 0.5, 0.945);
  cairo_curve_to (cr, 0.67, 0.945, 0.79, 0.8, 0.795, 0.5);
  cairo_curve_to (cr, 0.79, 0.2, 0.21, 0.2, 0.205, 0.5);
  fill (sheet, SKIN);
  /* Hair over the forehead, off the eyes. */
  cairo_move_to (cr, 0.18, 0.53);
  cairo_curve_to (cr, 0.22, 0.36, 0.36, 0.34, 0.44, 0.265);
  cairo_curve_to (cr, 0.56, 0.36, 0.76, 0.34, 0.82, 0.53);
  cairo_curve_to (cr, 0.88, 0.12, 0.12, 0.12, 0.18, 0.53);
  fill (sheet, HAIR);
}

static void
draw_eye (KouanSheet *sheet, double x)
{
  cairo_t *cr = sheet->cr;

  cairo_move_to (cr, x - 0.07, 0.565);
  cairo_curve_to (cr, x - 0.03, 0.525, x + 0.03, 0.525, x + 0.07, 0.565);
  cairo_curve_to (cr, x + 0.03, 0.59, x - 0.03, 0.59, x - 0.07, 0.565);
  fill (sheet, 0xFFFFFF);
  ellipse (sheet, x, 0.561, 0.026, 0.026, 0x5B4636);
  ellipse (sheet, x, 0.561, 0.012, 0.012, 0x15100D);
  ellipse (sheet, x + 0.009, 0.552, 0.005, 0.005, 0xFFFFFF);
  cairo_move_to (cr, x - 0.073, 0.566);
  cairo_curve_to (cr, x - 0.03, 0.524, x + 0.03, 0.524, x + 0.073, 0.566);
  stroke (sheet, HAIR, 0.009);
  cairo_move_to (cr, x - 0.08, 0.5);
  cairo_curve_to (cr, x - 0.04, 0.475, x + 0.04, 0.475, x + 0.08, 0.5);
  stroke (sheet, HAIR, 0.017);
}

static void
draw_nose_and_mouth (KouanSheet *sheet)
{
  cairo_t *cr = sheet->cr;

  cairo_move_to (cr, 0.485, 0.58);
  cairo_curve_to (cr, 0.475, 0.65, 0.455, 0.69, 0.465, 0.705);
  cairo_curve_to (cr, 0.48, 0.722, 0.52, 0.722, 0.537, 0.707);
  stroke (sheet, LINE, 0.008);
  cairo_move_to (cr, 0.41, 0.805);
  cairo_curve_to (cr, 0.45, 0.785, 0.48, 0.787, 0.5, 0.793);
  cairo_curve_to (cr, 0.52, 0.787, 0.55, 0.785, 0.59, 0.805);
  cairo_curve_to (cr, 0.55, 0.84, 0.45, 0.84, 0.41, 0.805);
  fill (sheet, LIP);
  cairo_move_to (cr, 0.415, 0.806);
  cairo_curve_to (cr, 0.46, 0.812, 0.54, 0.812, 0.585, 0.806);
  stroke (sheet, 0x8F5049, 0.006);
}

/* Fills the box, white behind the head; the height is at least 1.28 widths. */
void
kouan_demo_draw_portrait (KouanSheet *sheet, double x, double y, double width, double height)
{
  cairo_save (sheet->cr);
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_clip (sheet->cr);
  cairo_translate (sheet->cr, x, y);
  cairo_scale (sheet->cr, width, width);
  cairo_rectangle (sheet->cr, 0, 0, 1, 2);
  fill (sheet, 0xFFFFFF);
  draw_shoulders (sheet);
  draw_head (sheet);
  draw_eye (sheet, 0.36);
  draw_eye (sheet, 0.64);
  draw_nose_and_mouth (sheet);
  cairo_restore (sheet->cr);
}
