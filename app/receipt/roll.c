/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-receipt"

#include "app/receipt/roll.h"

#include "app/receipt/fonts.h"

/* The hand that writes on a receipt: text in its own script and direction, one thing under the
 * other. A thermal head knows black and nothing else, so there is no gray; what matters less is
 * smaller. */

#define MM (72.0 / 25.4)
#define PAPER_WIDTH (80 * MM)
#define MARGIN (4 * MM) /* a printer of 80 mm paper prints on 72 */
#define LINE_SPACING 1.08f
#define RULE_HEIGHT 0.7
#define BANNER_PADDING 3.0
#define BOX_LINE 0.9
#define BOX_OF_SIZE 0.8

/* Returns: points between the margins */
double
kouan_roll_width (void)
{
  return PAPER_WIDTH - 2 * MARGIN;
}

void
kouan_roll_skip (KouanRoll *self, double points)
{
  self->y += points;
}

static PangoLayout *
layout_new (KouanRoll *self,
            const KouanRollStyle *style,
            const KouanLanguage *language,
            const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Without this, letters are placed for a screen of 72 dots an inch and words fall apart on paper.
   */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_font_description_set_family_static (font, kouan_receipt_font_families (language));
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->weight);
  pango_context_set_language (pango_layout_get_context (layout),
                              pango_language_from_string (language->code));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int)((kouan_roll_width () - style->indent) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, style->align);
  pango_layout_set_line_spacing (layout, LINE_SPACING);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  pango_layout_context_changed (layout);
  cairo_font_options_destroy (options);
  pango_font_description_free (font);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.height / PANGO_SCALE;
}

static double
left_of (KouanRoll *self, const KouanRollStyle *style)
{
  return MARGIN + (self->right_to_left ? 0 : style->indent);
}

static void
show_at (KouanRoll *self, PangoLayout *layout, double x, double y)
{
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
}

/* @text: as many lines as it needs */
void
kouan_roll_text (KouanRoll *self,
                 const KouanRollStyle *style,
                 const KouanLanguage *language,
                 const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, style, language, text);

  show_at (self, layout, left_of (self, style), self->y);
  self->y += height_of (layout);
}

/* A line across. */
void
kouan_roll_rule (KouanRoll *self)
{
  cairo_rectangle (self->cr, MARGIN, self->y, kouan_roll_width (), RULE_HEIGHT);
  cairo_fill (self->cr);
  self->y += RULE_HEIGHT;
}

/* White on a black bar, which nobody takes for anything else. */
void
kouan_roll_banner (KouanRoll *self,
                   const KouanRollStyle *style,
                   const KouanLanguage *language,
                   const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, style, language, text);
  double height = height_of (layout) + 2 * BANNER_PADDING;

  cairo_rectangle (self->cr, MARGIN, self->y, kouan_roll_width (), height);
  cairo_fill (self->cr);
  cairo_save (self->cr);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  show_at (self, layout, MARGIN, self->y + BANNER_PADDING);
  cairo_restore (self->cr);
  self->y += height;
}

/* Text beside an empty box to tick. */
void
kouan_roll_box (KouanRoll *self,
                const KouanRollStyle *style,
                const KouanLanguage *language,
                const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, style, language, text);
  double baseline = self->y + (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
  double side = style->size * BOX_OF_SIZE;
  double left = self->right_to_left ? PAPER_WIDTH - MARGIN - side : MARGIN;

  cairo_set_line_width (self->cr, BOX_LINE);
  cairo_rectangle (self->cr, left + BOX_LINE / 2, baseline - side + BOX_LINE / 2, side - BOX_LINE,
                   side - BOX_LINE);
  cairo_stroke (self->cr);
  show_at (self, layout, left_of (self, style), self->y);
  self->y += height_of (layout);
}

/* Text beside its number. */
void
kouan_roll_step (KouanRoll *self,
                 const KouanRollStyle *style,
                 const KouanLanguage *language,
                 guint step,
                 const char *text)
{
  KouanRollStyle bold = { style->size, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, 0 };
  /* A right-to-left mark keeps the full stop behind the number. */
  g_autofree char *number = g_strdup_printf (self->right_to_left ? "\u200f%u." : "%u.", step);
  g_autoptr (PangoLayout) mark = layout_new (self, &bold, language, number);
  g_autoptr (PangoLayout) layout = layout_new (self, style, language, text);
  int drop = pango_layout_get_baseline (layout) - pango_layout_get_baseline (mark);

  show_at (self, mark, MARGIN, self->y + (double)drop / PANGO_SCALE);
  show_at (self, layout, left_of (self, style), self->y);
  self->y += height_of (layout);
}
