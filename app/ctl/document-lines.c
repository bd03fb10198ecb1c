/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/document-lines.h"

#include "app/ctl/fields.h"

static const char *const codes[] = {
  [KOUAN_PIXELS_ERROR_NOT_SUPPORTED] = "not-supported",
  [KOUAN_PIXELS_ERROR_TOO_LARGE] = "too-large",
  [KOUAN_PIXELS_ERROR_TOO_MANY_PAGES] = "too-many-pages",
  [KOUAN_PIXELS_ERROR_DAMAGED] = "damaged",
  [KOUAN_PIXELS_ERROR_ENCRYPTED_PDF] = "encrypted-pdf",
  [KOUAN_PIXELS_ERROR_TIMED_OUT] = "timed-out",
  [KOUAN_PIXELS_ERROR_FAILED] = "failed",
};

JsonBuilder *
kouan_ctl_document_line_new (const char *path)
{
  JsonBuilder *line = json_builder_new ();
  g_autofree char *shown = g_filename_display_name (path);

  json_builder_begin_object (line);
  kouan_ctl_add_text (line, "file", shown);
  return line;
}

static void
add_findings (JsonBuilder *line, KouanFindings findings)
{
  json_builder_set_member_name (line, "findings");
  json_builder_begin_array (line);
  for (guint bit = 1; bit <= KOUAN_FINDING_LAST; bit <<= 1)
    if (findings & bit)
      json_builder_add_string_value (line, kouan_finding_id (bit));
  json_builder_end_array (line);
}

/* Only where one was looked for and can be read. */
static void
add_zone (JsonBuilder *line, const KouanSheet *sheet)
{
  if (sheet->zone != NULL)
    kouan_ctl_add_text (line, "zone", sheet->zone);
}

/* @sheets: (element-type KouanSheet) */
void
kouan_ctl_document_line_add_pages (JsonBuilder *line, const GPtrArray *sheets)
{
  json_builder_set_member_name (line, "pages");
  json_builder_begin_array (line);
  for (guint i = 0; i < sheets->len; i++)
    {
      const KouanSheet *sheet = g_ptr_array_index (sheets, i);

      json_builder_begin_object (line);
      kouan_ctl_add_int (line, "width", sheet->jpeg->width);
      kouan_ctl_add_int (line, "height", sheet->jpeg->height);
      kouan_ctl_add_int (line, "dpi", sheet->jpeg->dpi);
      kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (sheet->jpeg->bytes));
      add_findings (line, kouan_sheets_findings (sheets, i));
      add_zone (line, sheet);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

/* @written: (nullable): where the PDF is, if anywhere */
void
kouan_ctl_document_line_add_pdf (JsonBuilder *line,
                                 GBytes *pdf,
                                 const KouanPdfFit *fit,
                                 const char *written)
{
  g_autofree char *shown = written != NULL ? g_filename_display_name (written) : NULL;

  json_builder_set_member_name (line, "pdf");
  json_builder_begin_object (line);
  kouan_ctl_add_text (line, "file", shown);
  kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (pdf));
  kouan_ctl_add_int (line, "quality", fit->quality);
  kouan_ctl_add_int (line, "dpi", fit->dpi_max);
  json_builder_end_object (line);
}

void
kouan_ctl_document_line_end (JsonBuilder *line)
{
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

/* A file that is refused is an answer; one that cannot be read, or no working kouan-pixels, is
 * none. */
static KouanExit
exit_of (const GError *error)
{
  if (error->domain == KOUAN_PDF_ERROR)
    return KOUAN_EXIT_NO;
  if (error->domain == KOUAN_PIXELS_ERROR && error->code != KOUAN_PIXELS_ERROR_FAILED)
    return KOUAN_EXIT_NO;
  return KOUAN_EXIT_FAILED;
}

KouanExit
kouan_ctl_document_line_end_with_error (JsonBuilder *line, const GError *error)
{
  g_printerr ("kouanctl: %s\n", error->message);
  if (error->domain == KOUAN_PIXELS_ERROR)
    {
      kouan_ctl_add_text (line, "error", codes[error->code]);
      kouan_ctl_add_text (line, "kind", kouan_file_kind_name (kouan_pixels_error_kind (error)));
      kouan_ctl_add_text (line, "title", kouan_pixels_error_title (error));
      kouan_ctl_add_text (line, "remedy", kouan_pixels_error_remedy (error));
    }
  else
    kouan_ctl_add_text (line, "error",
                        error->domain == KOUAN_PDF_ERROR ? "pdf-too-large" : "unreadable");
  kouan_ctl_document_line_end (line);
  return exit_of (error);
}

static void
add_number (JsonBuilder *line, const char *name, double value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_double_value (line, value);
}

static void
add_measures (JsonBuilder *line, const KouanMeasures *measures)
{
  kouan_ctl_add_int (line, "dpi", measures->dpi);
  kouan_ctl_add_int (line, "paper", measures->paper);
  kouan_ctl_add_int (line, "contrast", measures->contrast);
  add_number (line, "sharpness", measures->sharpness);
  add_number (line, "glare_percent", measures->glare);
  add_number (line, "finger_percent", measures->finger);
  kouan_ctl_add_int (line, "colour", measures->colour);
  kouan_ctl_add_int (line, "cut", measures->cut);
  add_number (line, "upright", measures->upright);
}

static void
add_what_was_done (JsonBuilder *line, const KouanReadable *how)
{
  json_builder_set_member_name (line, "made_readable");
  json_builder_begin_object (line);
  kouan_ctl_add_bool (line, "cut_out", how->found);
  kouan_ctl_add_int (line, "turned_degrees", how->quarter_turns * 90);
  add_number (line, "skew_degrees", how->skew_degrees);
  kouan_ctl_add_bool (line, "light_evened", how->light_evened);
  json_builder_end_object (line);
}

/**
 * kouan_ctl_document_print_take:
 * @number: of the page, from 1
 * @findings: by itself and beside the pages before it
 * @written: (nullable): where the page is that was made of it
 */
void
kouan_ctl_document_print_take (const char *path,
                               guint number,
                               const KouanTake *take,
                               KouanFindings findings,
                               const char *written)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  g_autofree char *shown = written != NULL ? g_filename_display_name (written) : NULL;

  kouan_ctl_add_int (line, "page", number);
  kouan_ctl_add_int (line, "width", take->sheet->jpeg->width);
  kouan_ctl_add_int (line, "height", take->sheet->jpeg->height);
  add_measures (line, &take->measures);
  add_what_was_done (line, &take->how);
  add_findings (line, findings);
  add_zone (line, take->sheet);
  if (written != NULL)
    kouan_ctl_add_text (line, "written", shown);
  kouan_ctl_document_line_end (line);
}
