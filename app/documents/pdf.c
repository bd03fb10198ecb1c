/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/pdf.h"

#include <string.h>

/* PDF 1.4 (ISO 32000-1 describes all that is used of it), as plain as can be: a catalogue, the
 * pages, and for each page one JPEG that fills it. No dates, no producer, no identifier: the same
 * pages give the same bytes.
 *
 * To fit a size, quality is given away first and resolution after it, down a ladder whose every
 * step makes the document smaller. The ladder ends where print can just be read; a page is never
 * left out. */

#define POINTS_PER_INCH 72.0
#define FIRST_PAGE_OBJECT 3
#define OBJECTS_PER_PAGE 3 /* page, contents, picture */

G_DEFINE_QUARK (kouan_pdf_error, kouan_pdf_error)

static const KouanPdfFit ladder[] = {
  { 90, 200 }, { 80, 200 }, { 70, 200 }, { 60, 200 }, { 50, 200 }, { 60, 150 }, { 50, 150 },
  { 40, 150 }, { 45, 120 }, { 35, 120 }, { 40, 100 }, { 30, 100 }, { 30, 85 },  { 25, 75 },
};

typedef struct
{
  GByteArray *bytes;
  GArray *offsets; /* of gsize: where each object starts */
} Writer;

static void G_GNUC_PRINTF (2, 3) put (Writer *writer, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (writer->bytes, (const guint8 *)text, strlen (text));
}

static void
begin_object (Writer *writer)
{
  gsize offset = writer->bytes->len;

  g_array_append_val (writer->offsets, offset);
  put (writer, "%u 0 obj\n", writer->offsets->len);
}

/* Points with three decimals, whatever the locale thinks of decimal points. */
static const char *
points (char *buffer, guint pixels, guint dpi)
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.3f", pixels * POINTS_PER_INCH / dpi);
}

static void
put_tree (Writer *writer, guint pages)
{
  begin_object (writer);
  put (writer, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
  begin_object (writer);
  put (writer, "<< /Type /Pages /Count %u /Kids [", pages);
  for (guint i = 0; i < pages; i++)
    put (writer, " %u 0 R", FIRST_PAGE_OBJECT + i * OBJECTS_PER_PAGE);
  put (writer, " ] >>\nendobj\n");
}

static void
put_page (Writer *writer, const KouanJpeg *jpeg)
{
  guint page = writer->offsets->len + 1;
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *contents = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg->bytes, &size);

  points (width, jpeg->width, jpeg->dpi);
  points (height, jpeg->height, jpeg->dpi);
  contents = g_strdup_printf ("q %s 0 0 %s 0 0 cm /P Do Q\n", width, height);
  begin_object (writer);
  put (writer,
       "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 %s %s ] /Contents %u 0 R"
       " /Resources << /XObject << /P %u 0 R >> >> >>\nendobj\n",
       width, height, page + 1, page + 2);
  begin_object (writer);
  put (writer, "<< /Length %zu >>\nstream\n%sendstream\nendobj\n", strlen (contents), contents);
  begin_object (writer);
  put (writer,
       "<< /Type /XObject /Subtype /Image /Width %u /Height %u /ColorSpace /DeviceRGB"
       " /BitsPerComponent 8 /Filter /DCTDecode /Length %zu >>\nstream\n",
       jpeg->width, jpeg->height, size);
  g_byte_array_append (writer->bytes, data, size);
  put (writer, "\nendstream\nendobj\n");
}

static void
put_end (Writer *writer)
{
  gsize table = writer->bytes->len;

  put (writer, "xref\n0 %u\n0000000000 65535 f \n", writer->offsets->len + 1);
  for (guint i = 0; i < writer->offsets->len; i++)
    put (writer, "%010zu 00000 n \n", g_array_index (writer->offsets, gsize, i));
  put (writer, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
       writer->offsets->len + 1, table);
}

/**
 * kouan_pdf_write:
 * @jpegs: (element-type KouanJpeg): one a page, at least one
 *
 * Returns: (transfer full): the document, with the JPEGs in it as they are
 */
GBytes *
kouan_pdf_write (const GPtrArray *jpegs)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  Writer writer = { g_byte_array_new (), offsets };

  g_return_val_if_fail (jpegs->len > 0, NULL);

  put (&writer, "%%PDF-1.4\n%%\xe2\xe3\xcf\xd3\n");
  put_tree (&writer, jpegs->len);
  for (guint i = 0; i < jpegs->len; i++)
    put_page (&writer, g_ptr_array_index (jpegs, i));
  put_end (&writer);
  return g_byte_array_free_to_bytes (writer.bytes);
}

static GBytes *
write_at (const GPtrArray *pages, const KouanPdfFit *fit)
{
  g_autoptr (GPtrArray) jpegs = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_jpeg_unref);

  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr (KouanPage) page = kouan_page_at_dpi (g_ptr_array_index (pages, i), fit->dpi_max);

      g_ptr_array_add (jpegs, kouan_jpeg_encode (page, fit->quality));
    }
  return kouan_pdf_write (jpegs);
}

/**
 * kouan_pdf_from_pages:
 * @pages: (element-type KouanPage): at least one
 * @size_max: bytes that the document may have
 * @fit: (out) (optional): what it took
 *
 * Writes all pages at the best quality that fits, found by halving the ladder: four documents are
 * written at most, of which the last one that fitted is the answer. For worker threads.
 *
 * Returns: (transfer full): the document, or %NULL with %KOUAN_PDF_ERROR_TOO_LARGE
 */
GBytes *
kouan_pdf_from_pages (const GPtrArray *pages, gsize size_max, KouanPdfFit *fit, GError **error)
{
  g_autoptr (GBytes) best = NULL;
  guint from = 0, to = G_N_ELEMENTS (ladder);

  g_return_val_if_fail (pages->len > 0, NULL);

  while (from < to)
    {
      guint step = (from + to) / 2;
      g_autoptr (GBytes) document = write_at (pages, &ladder[step]);

      if (g_bytes_get_size (document) > size_max)
        {
          from = step + 1;
          continue;
        }
      to = step;
      g_clear_pointer (&best, g_bytes_unref);
      best = g_steal_pointer (&document);
      if (fit != NULL)
        *fit = ladder[step];
    }
  if (best == NULL)
    g_set_error_literal (error, KOUAN_PDF_ERROR, KOUAN_PDF_ERROR_TOO_LARGE,
                         "the pages do not fit at the lowest readable quality");
  return g_steal_pointer (&best);
}
