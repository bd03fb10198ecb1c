/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>

#include "app/documents/pdf.h"
#include "app/documents/pixels.h"
#include "app/documents/take.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

/* A page of a PDF to pixels through the locked room, beside poppler's own pdftoppm doing the same
 * page at the same resolution; and what a scanned page costs until it is kept. The best of several,
 * as both are disturbed by whatever else the machine does. */

#define ROUNDS 15

static double
best_ms (void (*run) (gpointer data), gpointer data)
{
  gint64 best_us = G_MAXINT64;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 before_us = g_get_monotonic_time ();

      run (data);
      best_us = MIN (best_us, g_get_monotonic_time () - before_us);
    }
  return (double)best_us / 1000;
}

typedef struct
{
  KouanPixels *pixels;
  GBytes *file;
  char *path;
  char *prefix;
  KouanPage *page;
} Work;

static gboolean
take (KouanPage *page G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return TRUE;
}

static void
run_pixels (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (!kouan_pixels_read (work->pixels, work->file, take, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static void
run_pdftoppm (gpointer data)
{
  Work *work = data;
  const char *argv[] = { "pdftoppm", "-r", "200", work->path, work->prefix, NULL };
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                     &error))
    g_error ("%s", error->message);
}

static void
run_take (gpointer data)
{
  Work *work = data;
  g_autoptr (KouanTake) take = kouan_take_new (work->page, FALSE, NULL);

  g_assert (take->sheet->jpeg->width > 0);
}

/* Takes @file. */
static void
compare (const char *name, Work *work, GBytes *file)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  double ours, theirs;

  work->file = file;
  g_file_set_contents (work->path, data, (gssize)size, NULL);
  ours = best_ms (run_pixels, work);
  theirs = best_ms (run_pdftoppm, work);
  g_print ("%-14s %6.1f ms, pdftoppm %6.1f ms: %.2f times\n", name, ours, theirs, ours / theirs);
  g_bytes_unref (file);
}

static GBytes *
scanned_pdf (KouanPage *page)
{
  g_autoptr (GPtrArray) jpegs = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_jpeg_unref);

  g_ptr_array_add (jpegs, kouan_jpeg_encode (page, 85));
  return kouan_pdf_write (jpegs);
}

int
main (void)
{
  g_autofree char *folder = kouan_test_folder_new ();
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_autoptr (KouanPage) letter = kouan_test_letter (1, 200);
  g_autoptr (KouanPage) page = kouan_test_grainy (letter, 1, 4);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *prefix = g_build_filename (folder, "page", NULL);
  g_autoptr (GString) text = g_string_new ("BT /F 11 Tf 14 TL 60 780 Td ");
  Work work = { pixels, NULL, path, prefix, page };

  for (guint i = 0; i < 50; i++)
    g_string_append (text,
                     "(The holder of this permit lives and works in the city named above.) Tj T* ");
  g_string_append (text, "ET");
  compare ("scanned page", &work, scanned_pdf (page));
  compare ("text page", &work, kouan_test_pdf (1, "0 0 595 842", text->str));
  g_print ("%-14s %6.1f ms from pixels to a kept page\n", "A4 at 200 dpi",
           best_ms (run_take, &work));
  kouan_test_folder_remove (g_steal_pointer (&folder));
  return 0;
}
