/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-scan"

#include <sane/sane.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/devices/sane-image.h"
#include "app/devices/sane-options.h"
#include "app/devices/scan-exit.h"
#include "app/devices/scanner.h"
#include "app/pixels/output.h"

/* kouan-scan: one page from a scanner to standard output, in the frames of kouan-pixels, its rows
 * as they come.
 *
 * A process of its own because of the drivers. They block for as long as they like, they crash, and
 * SANE stops its reading thread by cancelling it wherever it stands: seen with SANE's own test
 * driver, one cancelled inside malloc () left the whole process waiting for a lock, once in forty
 * scans. Here that costs a page, not the visit. */

#define READ_AT_ONCE 32768

#define PARK_MAX_S 3

static SANE_Handle handle; /* of the one scanner of this process, for who interrupts it */
static int exit_code;
static gboolean page_is_out; /* all rows are written, and the scanner had its last word */

static const struct
{
  SANE_Status status;
  KouanScannerError code;
} meanings[] = {
  { SANE_STATUS_NO_DOCS, KOUAN_SCANNER_ERROR_NEEDS_PAPER },
  { SANE_STATUS_JAMMED, KOUAN_SCANNER_ERROR_JAMMED },
  { SANE_STATUS_COVER_OPEN, KOUAN_SCANNER_ERROR_COVER_OPEN },
  { SANE_STATUS_DEVICE_BUSY, KOUAN_SCANNER_ERROR_BUSY },
};

/* The drivers' own ends are not waited for: the kernel takes everything back. Also the answer to an
 * alarm, where parking takes too long. */
static void
end (int number G_GNUC_UNUSED)
{
  if (page_is_out)
    kouan_output_end (KOUAN_PIXELS_STATUS_OK, KOUAN_FILE_KIND_UNKNOWN);
  _exit (exit_code);
}

/* Lets the drive go home. */
static void
park (void)
{
  signal (SIGALRM, end);
  alarm (PARK_MAX_S);
  if (handle != NULL)
    sane_cancel (handle);
}

/* Ends the process without a page. */
static void G_GNUC_NORETURN
fail (const char *what, SANE_Status status, KouanScannerError otherwise)
{
  KouanScannerError code = otherwise;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].status == status)
      code = meanings[i].code;
  g_printerr ("kouan-scan: %s: %s\n", what, sane_strstatus (status));
  exit_code = KOUAN_SCAN_EXIT_ERROR + (int)code;
  park ();
  end (0);
  abort ();
}

/* The one call of SANE that may be made at any moment; reading then ends with CANCELLED. */
static void
on_signal (int number G_GNUC_UNUSED)
{
  if (handle != NULL)
    sane_cancel (handle);
}

/* "" is the first scanner that SANE finds. */
static void
open_scanner (const char *name)
{
  const SANE_Device **devices = NULL;
  SANE_Status status;

  if (*name == '\0')
    {
      status = sane_get_devices (&devices, SANE_TRUE);
      if (status != SANE_STATUS_GOOD || devices == NULL || devices[0] == NULL)
        fail ("looking for a scanner", SANE_STATUS_INVAL, KOUAN_SCANNER_ERROR_OFFLINE);
      name = devices[0]->name;
    }
  status = sane_open (name, &handle);
  if (status != SANE_STATUS_GOOD)
    fail ("opening the scanner", status, KOUAN_SCANNER_ERROR_OFFLINE);
}

static void
write_rows (GByteArray *rgb)
{
  kouan_output_rows (rgb->data, rgb->len);
  g_byte_array_set_size (rgb, 0);
}

/* Rows go out as they come where the scanner knows how many there will be; else all of them at the
 * end. */
static void
read_rows (KouanSaneImage *image, gboolean at_once, GByteArray *rgb)
{
  guint8 buffer[READ_AT_ONCE];

  for (;;)
    {
      SANE_Int size = 0;
      SANE_Status status = sane_read (handle, buffer, sizeof buffer, &size);

      if (status == SANE_STATUS_EOF)
        return;
      if (status != SANE_STATUS_GOOD)
        fail ("reading the page", status, KOUAN_SCANNER_ERROR_FAILED);
      if (size < 0 || !kouan_sane_image_append (image, buffer, (gsize)size, rgb))
        fail ("a longer page than the scanner said", SANE_STATUS_INVAL, KOUAN_SCANNER_ERROR_FAILED);
      if (at_once)
        write_rows (rgb);
    }
}

static void
scan (void)
{
  g_autoptr (GByteArray) rgb = g_byte_array_new ();
  g_autoptr (KouanSaneImage) image = NULL;
  guint dpi = kouan_sane_options_dpi (handle);
  SANE_Parameters parameters = { 0 };
  SANE_Status status = sane_start (handle);

  if (status == SANE_STATUS_GOOD)
    status = sane_get_parameters (handle, &parameters);
  if (status != SANE_STATUS_GOOD)
    fail ("starting to read", status, KOUAN_SCANNER_ERROR_FAILED);
  image = kouan_sane_image_new (&parameters);
  if (image == NULL || dpi > KOUAN_PIXELS_DPI_MAX)
    fail ("a page of a kind that is not taken", SANE_STATUS_UNSUPPORTED,
          KOUAN_SCANNER_ERROR_FAILED);
  kouan_output_start (1);
  if (parameters.lines > 0)
    kouan_output_page (parameters.pixels_per_line, parameters.lines, dpi);
  read_rows (image, parameters.lines > 0, rgb);
  if (!kouan_sane_image_is_whole (image))
    fail ("half a page", SANE_STATUS_EOF, KOUAN_SCANNER_ERROR_FAILED);
  if (parameters.lines <= 0)
    {
      kouan_output_page (parameters.pixels_per_line, kouan_sane_image_lines (image), dpi);
      write_rows (rgb);
    }
  page_is_out = TRUE;
  park ();
}

int
main (int argc, char **argv)
{
  gboolean probe = argc == 3 && g_str_equal (argv[1], "--probe");
  g_auto (GStrv) words = NULL;

  if (!probe && argc != 2)
    {
      g_printerr ("usage: kouan-scan [--probe] DEVICE[#OPTION=VALUE;…] > PIXELS\n");
      return KOUAN_SCAN_EXIT_USAGE;
    }
  g_log_writer_default_set_use_stderr (TRUE); /* standard output belongs to the frames */
  words = g_strsplit (argv[argc - 1], "#", 2);
  signal (SIGTERM, on_signal);
  if (sane_init (NULL, NULL) != SANE_STATUS_GOOD)
    fail ("starting SANE", SANE_STATUS_INVAL, KOUAN_SCANNER_ERROR_OFFLINE);
  open_scanner (words[0] != NULL ? words[0] : "");
  if (!probe)
    {
      kouan_sane_options_set_up (handle, words[0] != NULL ? words[1] : NULL);
      scan ();
    }
  sane_close (handle);
  end (0);
}
