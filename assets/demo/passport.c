/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/passport.h"

#include "assets/demo/applicant.h"
#include "assets/demo/portrait.h"

#include <math.h>
#include <string.h>

/* The data page of a passport of Utopia, laid out as ICAO Doc 9303-4 has it: the visual zone above,
 * the machine readable zone in the lowest 23.2 mm, in OCR-B of ten characters an inch. */

#define MRZ_ZONE_HEIGHT 23.2
#define MRZ_LEFT 6.6
#define MRZ_PITCH 2.54
#define MRZ_BASE_1 (KOUAN_PASSPORT_HEIGHT_MM - 15.0)
#define MRZ_BASE_2 (KOUAN_PASSPORT_HEIGHT_MM - 8.65)
#define OCR_B "OCR B"
#define OCR_B_TRIAL_PT 10.0

#define PAPER 0xF5F2E8
#define TEAL 0x2E7D73
#define ROSE 0xB5657A
#define INK 0x1B2330

#define FACES "Noto Sans, Noto Sans CJK SC"

static const KouanSheetFont STATE = { FACES, 15, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, TEAL };
static const KouanSheetFont KIND = { FACES, 6.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, TEAL };
static const KouanSheetFont LABEL = { FACES, 4.6, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, TEAL };
static const KouanSheetFont VALUE = { FACES, 8.6, PANGO_WEIGHT_SEMIBOLD, PANGO_ALIGN_LEFT, INK };

/* Whether the font of the machine readable zone is installed; any other would be a wrong specimen.
 */
gboolean
kouan_demo_has_ocr_b (void)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoFontDescription *wanted = pango_font_description_from_string (OCR_B " 10");
  g_autoptr (PangoFont) font = pango_font_map_load_font (map, context, wanted);
  PangoFontDescription *got = font != NULL ? pango_font_describe (font) : NULL;
  gboolean found = got != NULL && g_str_has_prefix (pango_font_description_get_family (got), OCR_B);

  g_object_unref (context);
  pango_font_description_free (wanted);
  pango_font_description_free (got);
  return found;
}

static void
draw_wave (KouanSheet *sheet, double y, double phase, guint32 colour)
{
  cairo_t *cr = sheet->cr;

  for (double x = 0; x <= sheet->width; x += 0.5)
    cairo_line_to (cr, x, y + 3.2 * sin (x / 9 + phase) + 1.1 * sin (x / 3.1 - 2 * phase));
  kouan_sheet_colour (sheet, colour, 0.33);
  cairo_set_line_width (cr, 0.09);
  cairo_stroke (cr);
}

static void
draw_rosette (KouanSheet *sheet, double x, double y, double radius)
{
  for (int turn = 0; turn < 12; turn++)
    for (int step = 0; step <= 120; step++)
      {
        double angle = step * G_PI / 60;
        double reach = radius * (0.72 + 0.28 * sin (6 * angle + turn * G_PI / 6));

        if (step == 0)
          cairo_new_sub_path (sheet->cr);
        cairo_line_to (sheet->cr, x + reach * cos (angle), y + reach * sin (angle));
      }
  kouan_sheet_colour (sheet, TEAL, 0.22);
  cairo_set_line_width (sheet->cr, 0.09);
  cairo_stroke (sheet->cr);
}

static void
draw_background (KouanSheet *sheet)
{
  kouan_sheet_colour (sheet, PAPER, 1);
  kouan_sheet_box (sheet, 0, 0, sheet->width, sheet->height);
  for (int i = 0; i < 34; i++)
    draw_wave (sheet, i * 2.6, i * 0.21, i % 2 == 0 ? TEAL : ROSE);
  draw_rosette (sheet, 84, 36, 22);
  kouan_sheet_colour (sheet, 0xFFFFFF, 0.82);
  kouan_sheet_box (sheet, 0, sheet->height - MRZ_ZONE_HEIGHT, sheet->width, MRZ_ZONE_HEIGHT);
}

static void
draw_field (KouanSheet *sheet, double x, double y, const char *label, const char *value)
{
  kouan_sheet_text (sheet, &LABEL, x, y, 0, label);
  kouan_sheet_text (sheet, &VALUE, x, y + 1.9, 0, value);
}

/* As 9303-3 writes dates in the visual zone, in English and in French. Returns: (transfer full) */
static char *
visual_date (const GDate *date)
{
  static const char *const months[]
    = { "JAN/JAN",  "FEB/FÉV",  "MAR/MARS", "APR/AVR", "MAY/MAI", "JUN/JUIN",
        "JUL/JUIL", "AUG/AOÛT", "SEP/SEP",  "OCT/OCT", "NOV/NOV", "DEC/DÉC" };

  return g_strdup_printf ("%02d %s %d", g_date_get_day (date), months[g_date_get_month (date) - 1],
                          g_date_get_year (date));
}

static void
draw_visual_zone (KouanSheet *sheet, const KouanApplicant *applicant)
{
  g_autofree char *birth = visual_date (&applicant->birth);
  g_autofree char *issued = visual_date (&applicant->issued);
  g_autofree char *expiry = visual_date (&applicant->expiry);

  kouan_sheet_text (sheet, &STATE, 6, 3.4, 0, "UTOPIA");
  kouan_sheet_text (sheet, &KIND, 6, 10, 0, "Passport · Passeport · 护照");
  draw_field (sheet, 46, 4.6, "Type", "P");
  draw_field (sheet, 60, 4.6, "Code of issuing State", "UTO");
  draw_field (sheet, 90, 4.6, "Passport No. / No du passeport", applicant->passport_number);
  draw_field (sheet, 46, 13.2, "Surname / Nom", applicant->surname);
  draw_field (sheet, 46, 20.6, "Given names / Prénoms", applicant->given_names);
  draw_field (sheet, 46, 28, "Nationality / Nationalité", applicant->nationality);
  draw_field (sheet, 46, 35.4, "Date of birth / Date de naissance", birth);
  draw_field (sheet, 84, 35.4, "Sex / Sexe", applicant->sex);
  draw_field (sheet, 46, 42.8, "Place of birth / Lieu de naissance", "AMAUROT");
  draw_field (sheet, 84, 42.8, "Authority / Autorité", "PASSPORT OFFICE");
  draw_field (sheet, 46, 50.2, "Date of issue / Date de délivrance", issued);
  draw_field (sheet, 84, 50.2, "Date of expiry / Date d'expiration", expiry);
}

static void
draw_portraits (KouanSheet *sheet)
{
  kouan_demo_draw_portrait (sheet, 6, 16, 33, 43);
  kouan_sheet_colour (sheet, TEAL, 0.6);
  cairo_set_line_width (sheet->cr, 0.15);
  cairo_rectangle (sheet->cr, 6, 16, 33, 43);
  cairo_stroke (sheet->cr);
  cairo_push_group (sheet->cr);
  kouan_demo_draw_portrait (sheet, 105, 14, 14, 18);
  cairo_pop_group_to_source (sheet->cr);
  cairo_paint_with_alpha (sheet->cr, 0.3);
}

/* The size at which this font has ten characters an inch. */
static void
draw_mrz_line (KouanSheet *sheet, const char *line, double baseline)
{
  KouanSheetFont font = { OCR_B, OCR_B_TRIAL_PT, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, 0x101010 };

  font.size_pt *= MRZ_PITCH / kouan_sheet_text_width (sheet, &font, "<");
  for (guint i = 0; line[i] != '\0'; i++)
    {
      char letter[] = { line[i], '\0' };

      kouan_sheet_text (sheet, &font, MRZ_LEFT + i * MRZ_PITCH, baseline - MRZ_PITCH, 0, letter);
    }
}

void
kouan_demo_draw_passport (KouanSheet *sheet, gconstpointer data)
{
  const KouanApplicant *applicant = data;
  KouanSheet visual = { sheet->cr, sheet->width, sheet->height - MRZ_ZONE_HEIGHT };

  draw_background (sheet);
  draw_portraits (sheet);
  draw_visual_zone (sheet, applicant);
  kouan_sheet_specimen (&visual, 44, 0.16);
  draw_mrz_line (sheet, applicant->mrz[0], MRZ_BASE_1);
  draw_mrz_line (sheet, applicant->mrz[1], MRZ_BASE_2);
}
