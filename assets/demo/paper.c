/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/paper.h"

/* The look that such papers share, whoever issues them. */

#define FACES "Noto Sans, Noto Sans CJK SC"
#define LEFT 25.0
#define WIDTH (KOUAN_A4_WIDTH_MM - 2 * LEFT)
#define LABEL_WIDTH 56.0
#define CELL_PADDING 2.2
#define ROW_HEIGHT_MIN 12.0
#define LINE 0.25
#define INK 0x1B1F24
#define SOFT 0x5A626B

static const KouanSheetFont ISSUER = { FACES, 13, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, INK };
static const KouanSheetFont ISSUER_EN = { FACES, 9, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, INK };
static const KouanSheetFont TITLE = { FACES, 20, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, INK };
static const KouanSheetFont TITLE_EN
  = { FACES, 12, PANGO_WEIGHT_SEMIBOLD, PANGO_ALIGN_CENTER, INK };
static const KouanSheetFont REFERENCE = { FACES, 9, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_RIGHT, SOFT };
static const KouanSheetFont LABEL_ZH = { FACES, 10.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, INK };
static const KouanSheetFont LABEL_EN = { FACES, 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, SOFT };
static const KouanSheetFont VALUE = { FACES, 11, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, INK };
static const KouanSheetFont WORDS = { FACES, 10.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, INK };
static const KouanSheetFont SIGNED = { FACES, 10.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_RIGHT, INK };
static const KouanSheetFont FOOT = { FACES, 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, SOFT };

KouanPaper *
kouan_paper_new (const char *issuer_zh,
                 const char *issuer_en,
                 const char *title_zh,
                 const char *title_en)
{
  KouanPaper *self = g_new0 (KouanPaper, 1);

  self->issuer_zh = issuer_zh;
  self->issuer_en = issuer_en;
  self->title_zh = title_zh;
  self->title_en = title_en;
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
kouan_paper_free (KouanPaper *self)
{
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->words);
  g_free (self->reference);
  g_free (self->date);
  g_free (self);
}

void
kouan_paper_add_row (KouanPaper *self, const char *zh, const char *en, const char *value)
{
  g_ptr_array_add (self->rows, g_strdup (zh));
  g_ptr_array_add (self->rows, g_strdup (en));
  g_ptr_array_add (self->rows, g_strdup (value));
}

void
kouan_paper_add_words (KouanPaper *self, const char *words)
{
  g_ptr_array_add (self->words, g_strdup (words));
}

static double
draw_head (KouanSheet *sheet, const KouanPaper *paper)
{
  double y = 20;

  y += kouan_sheet_text (sheet, &ISSUER, LEFT, y, WIDTH, paper->issuer_zh);
  y += kouan_sheet_text (sheet, &ISSUER_EN, LEFT, y, WIDTH, paper->issuer_en) + 3;
  kouan_sheet_colour (sheet, 0xC8102E, 1);
  kouan_sheet_box (sheet, LEFT, y, WIDTH, 0.7);
  y += 9;
  y += kouan_sheet_text (sheet, &TITLE, LEFT, y, WIDTH, paper->title_zh);
  y += kouan_sheet_text (sheet, &TITLE_EN, LEFT, y, WIDTH, paper->title_en) + 3;
  if (paper->reference != NULL)
    y += kouan_sheet_text (sheet, &REFERENCE, LEFT, y, WIDTH, paper->reference) + 2;
  return y + 2;
}

static double
draw_row (KouanSheet *sheet, const KouanPaper *paper, guint row, double y)
{
  double value_x = LEFT + LABEL_WIDTH + CELL_PADDING;
  double value_height
    = kouan_sheet_text (sheet, &VALUE, value_x, y + CELL_PADDING + 0.6,
                        LEFT + WIDTH - CELL_PADDING - value_x, paper->rows->pdata[row + 2]);
  double label_height = kouan_sheet_text (sheet, &LABEL_ZH, LEFT + CELL_PADDING, y + 1.4,
                                          LABEL_WIDTH, paper->rows->pdata[row]);
  double height;

  label_height += kouan_sheet_text (sheet, &LABEL_EN, LEFT + CELL_PADDING, y + 1.2 + label_height,
                                    LABEL_WIDTH - 2 * CELL_PADDING, paper->rows->pdata[row + 1]);
  height = MAX (ROW_HEIGHT_MIN, MAX (value_height + 2 * CELL_PADDING, label_height + 2.6));
  kouan_sheet_line (sheet, LEFT, y + height, LEFT + WIDTH, y + height, LINE);
  return height;
}

static double
draw_table (KouanSheet *sheet, const KouanPaper *paper, double top)
{
  double y = top;

  kouan_sheet_colour (sheet, INK, 1);
  for (guint row = 0; row + 2 < paper->rows->len; row += 3)
    y += draw_row (sheet, paper, row, y);
  if (y > top)
    {
      cairo_set_line_width (sheet->cr, LINE);
      cairo_rectangle (sheet->cr, LEFT, top, WIDTH, y - top);
      cairo_stroke (sheet->cr);
      kouan_sheet_line (sheet, LEFT + LABEL_WIDTH, top, LEFT + LABEL_WIDTH, y, LINE);
      y += 7;
    }
  return y;
}

static void
draw_foot (KouanSheet *sheet, const KouanPaper *paper, double y)
{
  double right = LEFT + WIDTH;

  if (paper->is_signed)
    kouan_sheet_signature (sheet, LEFT + 8, y + 16, 38);
  if (paper->date != NULL)
    kouan_sheet_text (sheet, &SIGNED, LEFT, y + 6, WIDTH, paper->date);
  if (paper->seal != NULL)
    kouan_sheet_seal (sheet, right - 56, y + 20, 18, paper->seal);
  kouan_sheet_text (
    sheet, &FOOT, LEFT, KOUAN_A4_HEIGHT_MM - 16, WIDTH,
    "样本，仅供演示 · Specimen drawn for the Kouan demonstration; no authority issued it");
}

void
kouan_paper_draw (KouanSheet *sheet, gconstpointer data)
{
  const KouanPaper *paper = data;
  double y;

  kouan_sheet_colour (sheet, 0xFEFDFA, 1);
  kouan_sheet_box (sheet, 0, 0, sheet->width, sheet->height);
  y = draw_head (sheet, paper);
  y = draw_table (sheet, paper, y);
  for (guint i = 0; i < paper->words->len; i++)
    y += kouan_sheet_text (sheet, &WORDS, LEFT, y, WIDTH, paper->words->pdata[i]) + 3.4;
  draw_foot (sheet, paper, y);
  kouan_sheet_specimen (sheet, 92, 0.1);
}
