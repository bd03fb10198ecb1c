/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/hand.h"
#include "assets/demo/output.h"
#include "assets/demo/papers.h"
#include "assets/demo/passport.h"
#include "assets/demo/portrait.h"
#include "assets/demo/tray.h"

#include <glib/gstdio.h>
#include <locale.h>

/* kouan-specimens: draws everything that the demonstration's applicant brings along. */

#define PASSPORT_DPI 300
#define PAGE_DPI 200
#define PHOTO_WIDTH_MM 33.0
#define PHOTO_HEIGHT_MM 44.0 /* 3 : 4, as the exit-entry offices take it by computer */
#define PHOTO_DPI 300
#define SCAN_QUALITY 85
#define PHOTO_QUALITY 97
#define PHOTO_GRAIN 2 /* 40 to 80 KB are asked for; a drawing alone is too small */
#define SCAN_GRAIN 3
#define BLUR_PX 9

static gboolean
save_scan (
  const char *folder, const char *name, const KouanPaper *paper, guint blur_px, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *page
    = kouan_demo_paint (KOUAN_A4_WIDTH_MM, KOUAN_A4_HEIGHT_MM, PAGE_DPI, kouan_paper_draw, paper);
  gboolean saved;

  if (blur_px > 0)
    kouan_demo_blur (page, blur_px);
  if (g_str_has_suffix (name, ".jpg"))
    kouan_demo_grain (page, SCAN_GRAIN, 1);
  saved = g_str_has_suffix (name, ".jpg")
            ? kouan_demo_save_jpeg (page, path, SCAN_QUALITY, PAGE_DPI, error)
            : kouan_demo_save_png (page, path, error);
  cairo_surface_destroy (page);
  return saved;
}

static gboolean
save_pdf (const char *folder, const char *name, const KouanPaper *paper, GError **error)
{
  static const KouanSheetDraw page[] = { kouan_paper_draw };
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return kouan_demo_save_pdf (path, KOUAN_A4_WIDTH_MM, KOUAN_A4_HEIGHT_MM, page, 1, paper, error);
}

static void
draw_lease (KouanSheet *sheet, gconstpointer data)
{
  g_autoptr (KouanPaper) paper = kouan_demo_lease (data);

  kouan_paper_draw (sheet, paper);
}

static void
draw_lease_terms (KouanSheet *sheet, gconstpointer data)
{
  g_autoptr (KouanPaper) paper = kouan_demo_lease_terms (data);

  kouan_paper_draw (sheet, paper);
}

static gboolean
save_lease (const char *folder, const KouanApplicant *applicant, GError **error)
{
  static const KouanSheetDraw pages[] = { draw_lease, draw_lease_terms };
  g_autofree char *path = g_build_filename (folder, "lease.pdf", NULL);

  return kouan_demo_save_pdf (path, KOUAN_A4_WIDTH_MM, KOUAN_A4_HEIGHT_MM, pages,
                              G_N_ELEMENTS (pages), applicant, error);
}

static gboolean
save_on_tray (const char *folder, const char *name, const KouanPaper *paper, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *page
    = kouan_demo_paint (KOUAN_A4_WIDTH_MM, KOUAN_A4_HEIGHT_MM, PAGE_DPI, kouan_paper_draw, paper);
  cairo_surface_t *frame = kouan_demo_lay_on_tray (page);
  gboolean saved = kouan_demo_save_jpeg (frame, path, PHOTO_QUALITY, 0, error);

  cairo_surface_destroy (page);
  cairo_surface_destroy (frame);
  return saved;
}

static gboolean
save_papers (const char *folder, const KouanApplicant *applicant, GError **error)
{
  g_autoptr (KouanPaper) notice = kouan_demo_work_permit_notice (applicant);
  g_autoptr (KouanPaper) registration = kouan_demo_accommodation_registration (applicant);
  g_autoptr (KouanPaper) consent = kouan_demo_employer_consent (applicant);
  g_autoptr (KouanPaper) health = kouan_demo_health_certificate (applicant);

  return save_pdf (folder, "work-permit-notice.pdf", notice, error)
         && save_scan (folder, "accommodation-registration.png", registration, 0, error)
         && save_on_tray (folder, "on-tray.jpg", registration, error)
         && save_scan (folder, "employer-consent.jpg", consent, 0, error)
         && save_pdf (folder, "health-certificate.pdf", health, error)
         && save_scan (folder, "bad-blurred.jpg", health, BLUR_PX, error)
         && save_lease (folder, applicant, error);
}

static void
draw_photo (KouanSheet *sheet, gconstpointer data G_GNUC_UNUSED)
{
  static const KouanSheetFont small
    = { "Noto Sans, Noto Sans CJK SC", 5, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, 0xC8102E };

  kouan_demo_draw_portrait (sheet, 0, 0, sheet->width, sheet->height);
  kouan_sheet_colour (sheet, 0xFFFFFF, 0.85);
  kouan_sheet_box (sheet, 0, sheet->height - 3, sheet->width, 3);
  kouan_sheet_text (sheet, &small, 0, sheet->height - 2.7, sheet->width, "SPECIMEN 样本");
}

static void
draw_blank (KouanSheet *sheet, gconstpointer data G_GNUC_UNUSED)
{
  kouan_sheet_colour (sheet, 0xFBFAF5, 1);
  cairo_paint (sheet->cr);
}

static gboolean
save_pictures (const char *folder, const KouanApplicant *applicant, GError **error)
{
  g_autofree char *passport_path = g_build_filename (folder, "passport.png", NULL);
  g_autofree char *photo_path = g_build_filename (folder, "photo.jpg", NULL);
  g_autofree char *blank_path = g_build_filename (folder, "bad-blank.jpg", NULL);
  cairo_surface_t *passport = kouan_demo_paint (KOUAN_PASSPORT_WIDTH_MM, KOUAN_PASSPORT_HEIGHT_MM,
                                                PASSPORT_DPI, kouan_demo_draw_passport, applicant);
  cairo_surface_t *photo
    = kouan_demo_paint (PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM, PHOTO_DPI, draw_photo, NULL);
  cairo_surface_t *blank
    = kouan_demo_paint (KOUAN_A4_WIDTH_MM, KOUAN_A4_HEIGHT_MM, PAGE_DPI, draw_blank, NULL);
  gboolean saved;

  kouan_demo_grain (photo, PHOTO_GRAIN, 3);
  kouan_demo_grain (blank, SCAN_GRAIN, 2);
  saved = kouan_demo_save_png (passport, passport_path, error)
          && kouan_demo_save_jpeg (photo, photo_path, PHOTO_QUALITY, PHOTO_DPI, error)
          && kouan_demo_save_jpeg (blank, blank_path, SCAN_QUALITY, PAGE_DPI, error);
  cairo_surface_destroy (passport);
  cairo_surface_destroy (photo);
  cairo_surface_destroy (blank);
  return saved;
}

/* What the camera sees before anything is held up, and when the passport is. */
static gboolean
save_views (const char *folder, const KouanApplicant *applicant, GError **error)
{
  g_autofree char *hall_path = g_build_filename (folder, "hall.png", NULL);
  g_autofree char *passport_path = g_build_filename (folder, "passport-in-hand.png", NULL);
  g_autofree char *face_path = g_build_filename (folder, "face.png", NULL);
  cairo_surface_t *page = kouan_demo_paint (KOUAN_PASSPORT_WIDTH_MM, KOUAN_PASSPORT_HEIGHT_MM,
                                            PASSPORT_DPI, kouan_demo_draw_passport, applicant);
  cairo_surface_t *hall = kouan_demo_see_hall ();
  cairo_surface_t *held = kouan_demo_hold_up_passport (page);
  cairo_surface_t *person = kouan_demo_stand_before ();
  gboolean saved = kouan_demo_save_png (hall, hall_path, error)
                   && kouan_demo_save_png (held, passport_path, error)
                   && kouan_demo_save_png (person, face_path, error);

  cairo_surface_destroy (page);
  cairo_surface_destroy (hall);
  cairo_surface_destroy (held);
  cairo_surface_destroy (person);
  return saved;
}

static gboolean
save_code_in_hand (const char *folder, const char *code_path, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "code-in-hand.png", NULL);
  cairo_surface_t *code = cairo_image_surface_create_from_png (code_path);
  cairo_surface_t *frame;
  gboolean saved;

  if (cairo_surface_status (code) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s is no PNG that can be read",
                   code_path);
      cairo_surface_destroy (code);
      return FALSE;
    }
  frame = kouan_demo_hold_up_code (code);
  saved = kouan_demo_save_png (frame, path, error);
  cairo_surface_destroy (code);
  cairo_surface_destroy (frame);
  return saved;
}

/* @badge: the beginning of the files' names */
static gboolean
save_badge (const char *folder,
            const char *badge,
            const char *code_path,
            const char *name,
            const char *role,
            GError **error)
{
  g_autofree char *card_path = g_strdup_printf ("%s/%s.png", folder, badge);
  g_autofree char *held_path = g_strdup_printf ("%s/%s-in-hand.png", folder, badge);
  cairo_surface_t *code = cairo_image_surface_create_from_png (code_path);
  cairo_surface_t *card, *held;
  gboolean saved;

  if (cairo_surface_status (code) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s is no PNG that can be read",
                   code_path);
      cairo_surface_destroy (code);
      return FALSE;
    }
  card = kouan_demo_draw_badge (code, name, role);
  held = kouan_demo_hold_up_badge (code, name, role);
  saved
    = kouan_demo_save_png (card, card_path, error) && kouan_demo_save_png (held, held_path, error);
  cairo_surface_destroy (code);
  cairo_surface_destroy (card);
  cairo_surface_destroy (held);
  return saved;
}

static gboolean
draw_all (const char *folder, const GDate *today, GError **error)
{
  g_autoptr (KouanApplicant) applicant = kouan_applicant_new (today);
  g_autofree char *facts_path = g_build_filename (folder, "applicant.ini", NULL);

  if (!kouan_demo_has_ocr_b ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "the font OCR B is missing: install fonts-ocr-b");
      return FALSE;
    }
  return save_pictures (folder, applicant, error) && save_views (folder, applicant, error)
         && save_papers (folder, applicant, error)
         && kouan_applicant_save (applicant, facts_path, error);
}

int
main (int argc, char **argv)
{
  g_autofree char *code_path = NULL;
  g_autofree char *date = NULL, *badge = NULL, *name = NULL, *role = NULL;
  GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, "The day on which the papers are shown",
      "YYYY-MM-DD" },
    { "code", 0, 0, G_OPTION_ARG_FILENAME, &code_path, "Only draw this code, held up to a camera",
      "PNG" },
    { "badge", 0, 0, G_OPTION_ARG_STRING, &badge,
      "With --code: draw a staff badge, flat and held up, in files that begin so", "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "Who wears the badge", "TEXT" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, "As which", "TEXT" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GError) error = NULL;
  guint year = 2026, month = 11, day = 24;
  GDate today;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2
      || (date != NULL && sscanf (date, "%4u-%2u-%2u", &year, &month, &day) != 3)
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    {
      g_printerr ("usage: kouan-specimens [--date YYYY-MM-DD] [--code PNG] FOLDER\n");
      return 2;
    }
  g_date_set_dmy (&today, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  g_mkdir_with_parents (argv[1], 0755);
  if (badge != NULL && code_path != NULL && name != NULL && role != NULL)
    {
      if (save_badge (argv[1], badge, code_path, name, role, &error))
        return 0;
      g_printerr ("kouan-specimens: %s\n", error->message);
      return 3;
    }
  if (code_path != NULL ? save_code_in_hand (argv[1], code_path, &error)
                        : draw_all (argv[1], &today, &error))
    return 0;
  g_printerr ("kouan-specimens: %s\n", error->message);
  return 3;
}
