/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/papers.h"

#include <stdlib.h>
#include <string.h>

#include <cairo.h>

static const char *const words[]
  = { "residence", "permit", "holder", "application", "hall", "employer", "address",  "of",
      "the",       "number", "valid",  "until",       "city", "district", "contract", "and" };

static void
draw_lines (cairo_t *cairo, guint seed, guint dpi)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  cairo_set_source_rgb (cairo, 0.08, 0.09, 0.12);
  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, dpi * 11 / 72.0);
  for (double y = 1.2; y < 10.6; y += g_rand_int_range (rand, 0, 6) == 0 ? 0.5 : 0.25)
    {
      double x = 0.9, end = 4 + g_rand_double_range (rand, 0, 3.2);

      while (x < end)
        {
          cairo_text_extents_t extents;
          const char *word = words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];

          cairo_move_to (cairo, x * dpi, y * dpi);
          cairo_show_text (cairo, word);
          cairo_text_extents (cairo, word, &extents);
          x += extents.x_advance / dpi + 0.08;
        }
    }
}

static KouanPage *
page_of_surface (cairo_surface_t *surface, guint dpi)
{
  guint width = cairo_image_surface_get_width (surface);
  guint height = cairo_image_surface_get_height (surface);
  const guint8 *data;
  guint8 *rgb = g_malloc ((gsize)width * height * 3);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint32 pixel;

        memcpy (&pixel, data + (gsize)y * cairo_image_surface_get_stride (surface) + x * 4, 4);
        rgb[((gsize)y * width + x) * 3] = pixel >> 16;
        rgb[((gsize)y * width + x) * 3 + 1] = pixel >> 8;
        rgb[((gsize)y * width + x) * 3 + 2] = pixel;
      }
  bytes = g_bytes_new_take (rgb, (gsize)width * height * 3);
  return kouan_page_new (width, height, dpi, bytes);
}

KouanPage *
kouan_test_letter (guint seed, guint dpi)
{
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8.27 * dpi + 0.5, 11.69 * dpi + 0.5);
  cairo_t *cairo = cairo_create (surface);
  KouanPage *page;

  cairo_set_source_rgb (cairo, 0.98, 0.98, 0.97);
  cairo_paint (cairo);
  draw_lines (cairo, seed, dpi);
  page = page_of_surface (surface, dpi);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return page;
}

static const guint8 quarters[4][3]
  = { { 250, 10, 10 }, { 10, 250, 10 }, { 10, 10, 250 }, { 250, 250, 250 } };

KouanPage *
kouan_test_quarters (guint width, guint height)
{
  guint8 *rgb = g_malloc ((gsize)width * height * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize)width * height * 3);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memcpy (rgb + ((gsize)y * width + x) * 3, quarters[(y >= height / 2) * 2 + (x >= width / 2)],
              3);
  return kouan_page_new (width, height, 0, bytes);
}

void
kouan_test_assert_quarters (KouanPage *page, guint tolerance)
{
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);

  for (guint i = 0; i < 4; i++)
    {
      guint x = page->width / 4 + (i % 2) * (page->width / 2);
      guint y = page->height / 4 + (i / 2) * (page->height / 2);

      for (guint c = 0; c < 3; c++)
        g_assert_cmpint (abs (rgb[((gsize)y * page->width + x) * 3 + c] - quarters[i][c]), <=,
                         (int)tolerance);
    }
}

GBytes *
kouan_test_cut (GBytes *file, gsize size)
{
  return g_bytes_new (g_bytes_get_data (file, NULL), MIN (size, g_bytes_get_size (file)));
}

static void G_GNUC_PRINTF (3, 4) put_object (GString *pdf, GArray *offsets, const char *format, ...)
{
  gsize offset = pdf->len;
  va_list arguments;

  g_array_append_val (offsets, offset);
  g_string_append_printf (pdf, "%u 0 obj\n", offsets->len);
  va_start (arguments, format);
  g_string_append_vprintf (pdf, format, arguments);
  va_end (arguments);
  g_string_append (pdf, "\nendobj\n");
}

static GBytes *
end_pdf (GString *pdf, GArray *offsets, const char *trailer)
{
  gsize table = pdf->len;

  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010zu 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf, "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
                          offsets->len + 1, trailer, table);
  return g_string_free_to_bytes (pdf);
}

static GBytes *
make_pdf (guint pages, const char *media_box, const char *contents, const char *trailer)
{
  GString *pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < pages; i++)
    g_string_append_printf (kids, " %u 0 R", 5 + i);
  put_object (pdf, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
  put_object (pdf, offsets, "<< /Type /Pages /Count %u /Kids [%s ] >>", pages, kids->str);
  put_object (pdf, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  put_object (pdf, offsets, "<< /Length %zu >>\nstream\n%s\nendstream", strlen (contents),
              contents);
  for (guint i = 0; i < pages; i++)
    put_object (pdf, offsets,
                "<< /Type /Page /Parent 2 0 R /MediaBox [ %s ] /Contents 4 0 R"
                " /Resources << /Font << /F 3 0 R >> >> >>",
                media_box);
  return end_pdf (pdf, offsets, trailer);
}

GBytes *
kouan_test_pdf (guint pages, const char *media_box, const char *contents)
{
  return make_pdf (pages, media_box, contents, "");
}

/* The standard handler with keys that no password fits. */
GBytes *
kouan_test_pdf_encrypted (void)
{
  return make_pdf (1, "0 0 595 842", "BT ET",
                   "/ID [ <00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff> ] "
                   "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44"
                   " /O <1111111111111111111111111111111111111111111111111111111111111111>"
                   " /U <2222222222222222222222222222222222222222222222222222222222222222> >>");
}
