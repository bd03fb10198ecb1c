/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/sheet.h"

#include "app/documents/fingerprint.h"

/* A kept page, and papers made of them. Its JPEG is written at more than the record will need,
 * since the record's own limit is only known when all pages of a document are there. */

#define WRITTEN_DPI 200

G_DEFINE_BOXED_TYPE (KouanSheet, kouan_sheet, kouan_sheet_ref, kouan_sheet_unref)

/**
 * kouan_sheet_new:
 * @fingerprint: (nullable)
 * @text: (nullable)
 * @zone: (nullable)
 *
 * None of the arguments is taken.
 */
KouanSheet *
kouan_sheet_new (KouanJpeg *jpeg,
                 KouanFindings findings,
                 GBytes *fingerprint,
                 const char *text,
                 const char *zone)
{
  KouanSheet *self = g_atomic_rc_box_new0 (KouanSheet);

  self->jpeg = kouan_jpeg_ref (jpeg);
  self->findings = findings;
  self->fingerprint = fingerprint != NULL ? g_bytes_ref (fingerprint) : NULL;
  self->text = g_strdup (text);
  self->zone = g_strdup (zone);
  return self;
}

static KouanSheet *
with_picture (const KouanSheet *sheet, GBytes *bytes)
{
  g_autoptr (KouanJpeg) jpeg
    = kouan_jpeg_new (sheet->jpeg->width, sheet->jpeg->height, sheet->jpeg->dpi, bytes);

  return kouan_sheet_new (jpeg, sheet->findings, sheet->fingerprint, sheet->text, sheet->zone);
}

/* Returns: (transfer full): the same sheet, its picture now lying in @file and not in memory */
KouanSheet *
kouan_sheet_new_kept (const KouanSheet *sheet, const char *file)
{
  KouanSheet *kept = with_picture (sheet, NULL);

  kept->file = g_strdup (file);
  return kept;
}

/* Returns: (transfer full): the same sheet with its picture, @bytes, back in memory */
KouanSheet *
kouan_sheet_new_loaded (const KouanSheet *kept, GBytes *bytes)
{
  KouanSheet *loaded = with_picture (kept, bytes);

  loaded->file = g_strdup (kept->file);
  return loaded;
}

KouanSheet *
kouan_sheet_ref (KouanSheet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KouanSheet *self = data;

  kouan_jpeg_unref (self->jpeg);
  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  g_free (self->file);
  g_free (self->text);
  g_free (self->zone);
}

void
kouan_sheet_unref (KouanSheet *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
kouan_sheet_same (const KouanSheet *self, const KouanSheet *other)
{
  return kouan_fingerprint_same (self->fingerprint, other->fingerprint);
}

/* Returns: what is wrong with the page at @index, by itself and beside the ones before it */
KouanFindings
kouan_sheets_findings (const GPtrArray *sheets, guint index)
{
  const KouanSheet *sheet = g_ptr_array_index (sheets, index);
  KouanFindings findings = sheet->findings;

  for (guint i = 0; i < index; i++)
    if (kouan_sheet_same (sheet, g_ptr_array_index (sheets, i)))
      findings |= KOUAN_FINDING_SAME_PAGE;
  return findings;
}

static gboolean
take_page (KouanPage *page, gpointer data)
{
  KouanPage **taken = data;

  g_clear_pointer (taken, kouan_page_unref);
  *taken = kouan_page_ref (page);
  return TRUE;
}

/**
 * kouan_sheet_load:
 * @self: with its picture
 *
 * Blocks: for worker threads and terminals.
 *
 * Returns: (transfer full): the page with its paper's size; or NULL with a %KOUAN_PIXELS_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
KouanPage *
kouan_sheet_load (const KouanSheet *self,
                  KouanPixels *pixels,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KouanPage) page = NULL;

  g_return_val_if_fail (self->jpeg->bytes != NULL, NULL);

  if (!kouan_pixels_read (pixels, self->jpeg->bytes, take_page, &page, cancellable, error))
    return NULL;
  return kouan_page_new (page->width, page->height, self->jpeg->dpi, page->pixels);
}

/* The kept JPEGs as they are: nothing is lost a second time. */
static GBytes *
write_as_kept (const GPtrArray *sheets, KouanPdfFit *fit)
{
  g_autoptr (GPtrArray) jpegs = g_ptr_array_new ();

  *fit = (KouanPdfFit){ KOUAN_SHEET_QUALITY, 0 };
  for (guint i = 0; i < sheets->len; i++)
    {
      const KouanSheet *sheet = g_ptr_array_index (sheets, i);

      g_ptr_array_add (jpegs, sheet->jpeg);
      fit->dpi_max = MAX (fit->dpi_max, sheet->jpeg->dpi);
    }
  return kouan_pdf_write (jpegs);
}

static GPtrArray *
load_all (const GPtrArray *sheets, KouanPixels *pixels, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);

  for (guint i = 0; i < sheets->len; i++)
    {
      g_autoptr (KouanPage) page
        = kouan_sheet_load (g_ptr_array_index (sheets, i), pixels, cancellable, error);

      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, kouan_page_at_dpi (page, WRITTEN_DPI));
    }
  return g_steal_pointer (&pages);
}

/**
 * kouan_sheets_to_pdf:
 * @sheets: (element-type KouanSheet): at least one, each with its picture
 * @size_max: bytes, usually %KOUAN_PDF_SIZE_MAX
 * @fit: (out) (optional): what it took to fit
 *
 * Blocks, for seconds where many pages have to be made smaller: for worker threads and terminals.
 *
 * Returns: (transfer full): all pages; or NULL with %KOUAN_PDF_ERROR_TOO_LARGE, a
 * %KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
GBytes *
kouan_sheets_to_pdf (const GPtrArray *sheets,
                     KouanPixels *pixels,
                     gsize size_max,
                     KouanPdfFit *fit,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GBytes) as_kept = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  KouanPdfFit ignored;

  g_return_val_if_fail (sheets->len > 0, NULL);

  if (fit == NULL)
    fit = &ignored;
  as_kept = write_as_kept (sheets, fit);
  if (g_bytes_get_size (as_kept) <= size_max)
    return g_steal_pointer (&as_kept);
  pages = load_all (sheets, pixels, cancellable, error);
  return pages != NULL ? kouan_pdf_from_pages (pages, size_max, fit, error) : NULL;
}
