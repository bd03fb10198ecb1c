/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <stdio.h>

#include "app/devices/sane-scanner.h"
#include "app/devices/scanner.h"

/* scan-tool SOURCE KOUAN-SCAN KOUAN-PIXELS TIMES, with the drivers of $SANE_CONFIG_DIR: scans as
 * the kiosk does, and prints of each scan the size of the page, or what the screen would say. */

static void
on_ready (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
on_progress (double fraction, gpointer data)
{
  *(double *)data = MAX (*(double *)data, fraction);
}

static void
scan (KouanScanner *scanner)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KouanPage) page = NULL;
  g_autoptr (GError) error = NULL;
  double progress = 0;

  kouan_scanner_scan_async (scanner, on_progress, &progress, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  page = kouan_scanner_scan_finish (scanner, result, &error);
  if (page != NULL)
    printf ("page %ux%u at %u dpi, progress to %.0f %%\n", page->width, page->height, page->dpi,
            progress * 100);
  else
    printf ("%s | %s\n", kouan_scanner_error_title (error), kouan_scanner_error_remedy (error));
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (KouanPixels) pixels = NULL;
  g_autoptr (KouanScanner) scanner = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 5);
  pixels = kouan_pixels_new (argv[3]);
  scanner = kouan_scanner_new_for_source (argv[1], argv[2], pixels, &error);
  g_assert_no_error (error);
  kouan_sane_scanner_set_config_dir (KOUAN_SANE_SCANNER (scanner), g_getenv ("SANE_CONFIG_DIR"));
  for (guint64 i = 0; i < g_ascii_strtoull (argv[4], NULL, 10); i++)
    scan (scanner);
  return 0;
}
