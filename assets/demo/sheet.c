/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/sheet.h"

#include <math.h>

/* Paper, ink and a rubber stamp for the demonstration's specimens. */

#define MM_A_POINT (25.4 / 72)
#define RED 0xC8102E
#define INK_BLUE 0x1F3A93

void
kouan_sheet_colour (KouanSheet *self, guint32 colour, double alpha)
{
  cairo_set_source_rgba (self->cr, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
                         (colour & 0xFF) / 255.0, alpha);
}

/* Filled with the colour of the moment. */
void
kouan_sheet_box (KouanSheet *self, double x, double y, double width, double height)
{
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_fill (self->cr);
}

void
kouan_sheet_line (KouanSheet *self, double x1, double y1, double x2, double y2, double thickness)
{
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, x1, y1);
  cairo_line_to (self->cr, x2, y2);
  cairo_stroke (self->cr);
}

static PangoLayout *
layout_new (KouanSheet *self, const KouanSheetFont *font, double width, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoContext *context = pango_layout_get_context (layout);
  PangoFontDescription *description = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_font_description_set_family (description, font->families);
  pango_font_description_set_weight (description, font->weight);
  pango_font_description_set_absolute_size (description, font->size_pt * MM_A_POINT * PANGO_SCALE);
  pango_layout_context_changed (layout);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_alignment (layout, font->align);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (description);
  cairo_font_options_destroy (options);
  return layout;
}

/**
 * kouan_sheet_text:
 * @y: of the top of the first line
 * @width: lines break there; 0: they do not
 *
 * Returns: the height that it took
 */
double
kouan_sheet_text (
  KouanSheet *self, const KouanSheetFont *font, double x, double y, double width, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, font, width, text);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  kouan_sheet_colour (self, font->colour, 1);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  return (double)logical.height / PANGO_SCALE;
}

/* Returns: how far the pen moves */
double
kouan_sheet_text_width (KouanSheet *self, const KouanSheetFont *font, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, font, 0, text);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

/* Across the whole sheet, so that no part of it can be taken for the real thing. */
void
kouan_sheet_specimen (KouanSheet *self, double size_pt, double alpha)
{
  KouanSheetFont font
    = { "Noto Sans, Noto Sans CJK SC", size_pt, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, RED };
  g_autoptr (PangoLayout) layout = layout_new (self, &font, 0, "SPECIMEN 样本");
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  cairo_save (self->cr);
  cairo_translate (self->cr, self->width / 2, self->height / 2);
  cairo_rotate (self->cr, -atan2 (self->height, self->width));
  cairo_move_to (self->cr, -(double)logical.width / PANGO_SCALE / 2,
                 -(double)logical.height / PANGO_SCALE / 2);
  kouan_sheet_colour (self, RED, alpha);
  pango_cairo_show_layout (self->cr, layout);
  cairo_restore (self->cr);
}

static void
draw_star (cairo_t *cr, double x, double y, double radius)
{
  for (int i = 0; i < 10; i++)
    {
      double angle = -G_PI_2 + i * G_PI / 5;
      double reach = i % 2 == 0 ? radius : radius * 0.382;

      cairo_line_to (cr, x + reach * cos (angle), y + reach * sin (angle));
    }
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_arc_letter (
  KouanSheet *self, const KouanSheetFont *font, const char *letter, double radius, double angle)
{
  g_autoptr (PangoLayout) layout = layout_new (self, font, 0, letter);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  cairo_save (self->cr);
  cairo_rotate (self->cr, angle);
  cairo_move_to (self->cr, -(double)logical.width / PANGO_SCALE / 2, -radius);
  pango_cairo_show_layout (self->cr, layout);
  cairo_restore (self->cr);
}

/* A round red stamp with @text along its upper rim. */
void
kouan_sheet_seal (KouanSheet *self, double x, double y, double radius, const char *text)
{
  KouanSheetFont font
    = { "Noto Sans, Noto Sans CJK SC", radius * 0.72, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, RED };
  KouanSheetFont small
    = { font.families, radius * 0.5, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, RED };
  glong length = g_utf8_strlen (text, -1);
  double span = MIN (length * 0.33, 4.2);
  glong i = 0;

  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_rotate (self->cr, -0.12);
  cairo_push_group (self->cr);
  kouan_sheet_colour (self, RED, 1);
  cairo_set_line_width (self->cr, radius * 0.07);
  cairo_new_path (self->cr);
  cairo_arc (self->cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (self->cr);
  draw_star (self->cr, 0, 0, radius * 0.3);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c), i++)
    {
      char letter[8] = { 0 };

      g_utf8_strncpy (letter, c, 1);
      kouan_sheet_colour (self, RED, 1);
      draw_arc_letter (self, &font, letter, radius * 0.93,
                       length > 1 ? span * ((double)i / (double)(length - 1) - 0.5) : 0);
    }
  kouan_sheet_text (self, &small, -radius, radius * 0.42, 2 * radius, "样本 SPECIMEN");
  cairo_pop_group_to_source (self->cr);
  cairo_paint_with_alpha (self->cr, 0.8);
  cairo_restore (self->cr);
}

/* A hand that writes nothing in particular. */
void
kouan_sheet_signature (KouanSheet *self, double x, double y, double width)
{
  double unit = width / 30;

  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, unit, unit);
  kouan_sheet_colour (self, INK_BLUE, 0.9);
  cairo_set_line_width (self->cr, 0.55);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (self->cr, 0, 2);
  cairo_curve_to (self->cr, 3, -9, 6, -7, 4, 0);
  cairo_curve_to (self->cr, 3, 4, 6, 1, 8, -2);
  cairo_curve_to (self->cr, 9, -3, 9, 2, 11, 0);
  cairo_curve_to (self->cr, 13, -2, 12, -4, 11, -1);
  cairo_curve_to (self->cr, 11, 3, 15, 0, 17, -5);
  cairo_curve_to (self->cr, 18, -8, 16, 2, 18, 1);
  cairo_curve_to (self->cr, 21, -1, 22, -3, 23, 0);
  cairo_curve_to (self->cr, 24, 2, 27, -2, 31, -3);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}
