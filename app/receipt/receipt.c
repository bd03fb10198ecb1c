/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-receipt"

#include "app/receipt/receipt.h"

#include "app/qr/matrix.h"
#include "app/receipt/roll.h"

#include <cairo-pdf.h>

/* The receipt that a person takes home. It says in their language, and under it in the hall's, what
 * was handed in, what is still missing and how to get it, and what happens next. The number is
 * large because it is read out over a counter; the code beside it is the same receipt, signed. It
 * names nobody: receipts are lost. */

#define MM (72.0 / 25.4)
#define PAPER_WIDTH (KOUAN_RECEIPT_WIDTH_MM * MM)
#define TOP (5 * MM)
#define BOTTOM (9 * MM) /* for the cutter */
#define PROBE_HEIGHT 5000.0

#define CODE_SIDE_MM 40.0
#define LIST_SIDE_MM 60.0 /* 900 bytes: 14 papers in two languages */
#define DOT_MM 0.125      /* of a printer of 203 dots an inch */

#define NUMBER_SIZE 23.0
#define NUMBER_SIZE_MIN 12.0
#define ITEM_INDENT 15.0
#define GAP_SMALL 3.0
#define GAP 6.0
#define GAP_SECTION 9.0

static const KouanRollStyle HALL = { 13, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, 0 };
static const KouanRollStyle HALL_SECOND = { 10, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, 0 };
static const KouanRollStyle BANNER = { 13, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, 0 };
static const KouanRollStyle LABEL = { 8.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, 0 };
static const KouanRollStyle CAPTION = { 8.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, 0 };
static const KouanRollStyle VALUE = { 11, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, 0 };
static const KouanRollStyle VALUE_SECOND = { 9, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, 0 };
static const KouanRollStyle HEADING = { 12, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, 0 };
static const KouanRollStyle ITEM = { 10, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, ITEM_INDENT };
static const KouanRollStyle ITEM_TEXT = { 9.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, ITEM_INDENT };
static const KouanRollStyle ITEM_SECOND
  = { 8.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, ITEM_INDENT };

static gboolean
is_bilingual (const KouanReceiptContent *content)
{
  return content->visitor_language != content->hall_language;
}

/* The visitor's text, and the hall's below it where that is another. */
static void
write_text (KouanRoll *roll,
            const KouanReceiptContent *content,
            const KouanReceiptText *text,
            const KouanRollStyle *first,
            const KouanRollStyle *second)
{
  kouan_roll_text (roll, first, content->visitor_language, text->visitor);
  if (is_bilingual (content) && text->hall != NULL && g_strcmp0 (text->hall, text->visitor) != 0)
    kouan_roll_text (roll, second, content->hall_language, text->hall);
}

/* One of our own sentences, in both languages, each on its line. */
static void
write_own (KouanRoll *roll,
           const KouanReceiptContent *content,
           const char *message,
           const KouanRollStyle *first,
           const KouanRollStyle *second)
{
  g_autofree char *visitor = kouan_language_text_in (content->visitor_language, message);
  g_autofree char *hall = kouan_language_text_in (content->hall_language, message);
  KouanReceiptText text = { visitor, hall };

  write_text (roll, content, &text, first, second);
}

/* One of our own words, in both languages on one line: "Service · 办理事项". (transfer full) */
static char *
join_own (const KouanReceiptContent *content, const char *message)
{
  g_autofree char *visitor = kouan_language_text_in (content->visitor_language, message);
  g_autofree char *hall = kouan_language_text_in (content->hall_language, message);

  if (!is_bilingual (content) || g_str_equal (visitor, hall))
    return g_steal_pointer (&visitor);
  return g_strdup_printf ("%s · %s", visitor, hall);
}

static void
write_joined (KouanRoll *roll,
              const KouanReceiptContent *content,
              const char *message,
              const KouanRollStyle *style)
{
  g_autofree char *joined = join_own (content, message);

  kouan_roll_text (roll, style, content->visitor_language, joined);
}

static void
write_head (KouanRoll *roll, const KouanReceiptContent *content)
{
  g_autofree char *title = join_own (content, content->group != NULL ? N_ ("Receipt of the group")
                                              : content->is_copy     ? N_ ("Receipt (copy)")
                                                                     : N_ ("Receipt"));

  write_text (roll, content, &content->hall_name, &HALL, &HALL_SECOND);
  kouan_roll_skip (roll, GAP);
  kouan_roll_banner (roll, &BANNER, content->visitor_language, title);
  kouan_roll_skip (roll, GAP);
}

/* As large as the paper allows. */
static KouanRollStyle
style_of_number (const char *number)
{
  KouanRollStyle style = { NUMBER_SIZE, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, 0 };
  /* A digit of Noto Sans Bold is 0.57 em wide; the widest of our letters is 0.7. */
  double width_em = 0.66 * (double)g_utf8_strlen (number, -1);

  style.size = CLAMP (kouan_roll_width () / width_em, NUMBER_SIZE_MIN, NUMBER_SIZE);
  return style;
}

static void
write_number (KouanRoll *roll, const KouanReceiptContent *content)
{
  KouanRollStyle style = style_of_number (content->number);

  write_joined (roll, content, N_ ("Receipt number"), &CAPTION);
  kouan_roll_text (roll, &style, kouan_language_find ("en"), content->number);
  kouan_roll_skip (roll, GAP_SMALL);
  kouan_roll_rule (roll);
  kouan_roll_skip (roll, GAP);
}

static void
write_facts (KouanRoll *roll, const KouanReceiptContent *content)
{
  write_joined (roll, content, N_ ("Service"), &LABEL);
  write_text (roll, content, &content->service, &VALUE, &VALUE_SECOND);
  kouan_roll_skip (roll, GAP);
  write_joined (roll, content, N_ ("Handed in"), &LABEL);
  write_text (roll, content, &content->handed_in, &VALUE, &VALUE_SECOND);
  kouan_roll_skip (roll, GAP_SECTION);
}

static void
fill_modules (cairo_t *cr, const KouanQrMatrix *matrix)
{
  guint size = kouan_qr_matrix_get_size (matrix);

  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      {
        guint from = x;

        while (x < size && kouan_qr_matrix_is_dark (matrix, x, y))
          x++;
        if (x > from)
          cairo_rectangle (cr, from, y, x - from, 1);
      }
  cairo_fill (cr);
}

/* In modules of whole dots of the printer: a module that is now five and now six dots wide reads
 * badly. */
static void
write_code (KouanRoll *roll,
            const KouanReceiptContent *content,
            const KouanQrMatrix *matrix,
            double side_mm,
            const char *caption)
{
  guint size = kouan_qr_matrix_get_size (matrix);
  guint dots = MAX (1, (guint)(side_mm / size / DOT_MM));
  double module = dots * DOT_MM * MM;
  double side = size * module;

  kouan_roll_skip (roll, KOUAN_QR_QUIET_MODULES * module - GAP_SECTION);
  cairo_save (roll->cr);
  cairo_translate (roll->cr, (PAPER_WIDTH - side) / 2, roll->y);
  cairo_scale (roll->cr, module, module);
  fill_modules (roll->cr, matrix);
  cairo_restore (roll->cr);
  kouan_roll_skip (roll, side + KOUAN_QR_QUIET_MODULES * module);
  write_own (roll, content, caption, &CAPTION, &CAPTION);
  kouan_roll_skip (roll, GAP_SECTION);
}

static void
write_heading (KouanRoll *roll, const KouanReceiptContent *content, const char *message)
{
  kouan_roll_rule (roll);
  kouan_roll_skip (roll, GAP_SMALL);
  write_joined (roll, content, message, &HEADING);
  kouan_roll_skip (roll, GAP_SMALL);
}

/* The same list for a telephone, which can translate it and show it at the next counter. */
static void
write_missing_code (KouanRoll *roll, const KouanReceiptContent *content)
{
  g_autoptr (KouanQrMatrix) matrix = NULL;

  if (content->missing_text == NULL)
    return;
  matrix = kouan_qr_matrix_new (content->missing_text, KOUAN_QR_LEVEL_L, NULL);
  if (matrix == NULL)
    return;
  kouan_roll_skip (roll, GAP_SECTION);
  write_code (roll, content, matrix, LIST_SIDE_MM,
              N_ ("This code is the list of what is missing."));
}

/* Everybody's own number: the group has no other. */
static void
write_group (KouanRoll *roll, const KouanReceiptContent *content)
{
  write_heading (roll, content, N_ ("Receipts in this group"));
  for (guint i = 0; content->group[i] != NULL; i++)
    kouan_roll_step (roll, &ITEM, kouan_language_find ("en"), i + 1, content->group[i]);
  kouan_roll_skip (roll, GAP_SECTION);
}

static void
write_missing (KouanRoll *roll, const KouanReceiptContent *content)
{
  if (content->group != NULL)
    {
      write_group (roll, content);
      return;
    }
  if (content->n_missing == 0)
    {
      kouan_roll_rule (roll);
      kouan_roll_skip (roll, GAP_SMALL);
      write_own (roll, content, N_ ("Nothing is missing."), &VALUE, &VALUE_SECOND);
      kouan_roll_skip (roll, GAP_SECTION);
      return;
    }
  write_heading (roll, content, N_ ("Still missing"));
  for (guint i = 0; i < content->n_missing; i++)
    {
      const KouanReceiptMissing *missing = &content->missing[i];

      kouan_roll_box (roll, &ITEM, content->visitor_language, missing->what.visitor);
      kouan_roll_text (roll, &ITEM_TEXT, content->visitor_language, missing->how.visitor);
      if (is_bilingual (content) && missing->what.hall != NULL)
        kouan_roll_text (roll, &ITEM_SECOND, content->hall_language, missing->what.hall);
      if (is_bilingual (content) && missing->how.hall != NULL)
        kouan_roll_text (roll, &ITEM_SECOND, content->hall_language, missing->how.hall);
      kouan_roll_skip (roll, GAP);
    }
  write_missing_code (roll, content);
  kouan_roll_skip (roll, GAP_SECTION - GAP);
}

static void
write_next (KouanRoll *roll, const KouanReceiptContent *content)
{
  if (content->n_next == 0)
    return;
  write_heading (roll, content, N_ ("What happens next"));
  for (guint i = 0; i < content->n_next; i++)
    {
      const KouanReceiptText *step = &content->next[i];

      kouan_roll_step (roll, &ITEM_TEXT, content->visitor_language, i + 1, step->visitor);
      if (is_bilingual (content) && step->hall != NULL)
        kouan_roll_text (roll, &ITEM_SECOND, content->hall_language, step->hall);
      kouan_roll_skip (roll, GAP);
    }
  kouan_roll_skip (roll, GAP_SECTION - GAP);
}

static void
write_all (KouanRoll *roll, const KouanReceiptContent *content, const KouanQrMatrix *matrix)
{
  kouan_roll_skip (roll, TOP);
  write_head (roll, content);
  write_number (roll, content);
  write_facts (roll, content);
  if (matrix != NULL)
    write_code (roll, content, matrix, CODE_SIDE_MM,
                N_ ("Staff find your application with this code."));
  write_missing (roll, content);
  write_next (roll, content);
  kouan_roll_rule (roll);
  kouan_roll_skip (roll, GAP_SMALL);
  write_own (roll, content,
             N_ ("Keep this receipt. With its number you can ask about your application."),
             &CAPTION, &CAPTION);
  kouan_roll_skip (roll, BOTTOM);
}

/* Writes on nothing, to see how far it takes. Returns: points */
static double
measure (const KouanReceiptContent *content, const KouanQrMatrix *matrix)
{
  cairo_rectangle_t extents = { 0, 0, PAPER_WIDTH, PROBE_HEIGHT };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  KouanRoll roll = { cairo_create (surface), 0, content->visitor_language->right_to_left };

  write_all (&roll, content, matrix);
  cairo_destroy (roll.cr);
  cairo_surface_destroy (surface);
  return roll.y;
}

static cairo_status_t
on_pdf_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * kouan_receipt_render_pdf:
 * @height_mm: (out): of the one page, which is %KOUAN_RECEIPT_WIDTH_MM wide
 *
 * Fonts are embedded. A code that is too long for a QR code is left out rather than the receipt.
 *
 * Returns: (transfer full): a PDF, the same bytes for the same content
 */
GBytes *
kouan_receipt_render_pdf (const KouanReceiptContent *content, double *height_mm)
{
  g_autoptr (KouanQrMatrix) matrix = NULL;
  GByteArray *pdf = g_byte_array_new ();
  KouanRoll roll = { 0 };
  cairo_surface_t *surface;
  double height;

  g_return_val_if_fail (content != NULL && height_mm != NULL, NULL);

  matrix = kouan_qr_matrix_new (content->code, KOUAN_QR_LEVEL_M, NULL);
  height = measure (content, matrix);
  surface = cairo_pdf_surface_create_for_stream (on_pdf_bytes, pdf, PAPER_WIDTH, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, content->number);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, content->created);
  roll.cr = cairo_create (surface);
  roll.right_to_left = content->visitor_language->right_to_left;
  write_all (&roll, content, matrix);
  cairo_destroy (roll.cr);
  cairo_surface_finish (surface);
  g_assert (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  *height_mm = height / MM;
  return g_byte_array_free_to_bytes (pdf);
}
