/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/output.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "app/pixels/resample.h"

/* The frames, written. A reader that went away ends the process: there is nobody left to tell. */

#define PAPER_DPI_MIN 100
#define PAPER_LENGTH_MAX_IN 17.0 /* A3 */
#define PAPER_LENGTH_MIN_IN 0.9

static gboolean started; /* the one standard output of this process has its first frame */

static void
write_all (const void *data, gsize size)
{
  const guint8 *at = data;

  while (size > 0)
    {
      ssize_t count = write (STDOUT_FILENO, at, size);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        _exit (KOUAN_PIXELS_EXIT_OUTPUT);
      at += count;
      size -= count;
    }
}

static void
write_frame (const char *tag, guint32 a, guint32 b, guint32 c, guint32 d)
{
  guint8 frame[KOUAN_PIXELS_FRAME_SIZE];
  const guint32 words[]
    = { GUINT32_TO_BE (a), GUINT32_TO_BE (b), GUINT32_TO_BE (c), GUINT32_TO_BE (d) };

  memcpy (frame, tag, 4);
  memcpy (frame + 4, words, sizeof words);
  write_all (frame, sizeof frame);
}

void
kouan_output_start (guint pages)
{
  started = TRUE;
  write_frame (KOUAN_PIXELS_TAG_START, pages, 0, 0, 0);
}

/* Of the page that comes next: as much of it as may be said, cut between two letters. */
void
kouan_output_text (const char *text)
{
  const char *end = text;

  while (*end != '\0' && g_utf8_next_char (end) - text <= KOUAN_PIXELS_TEXT_MAX)
    end = g_utf8_next_char (end);
  if (end == text)
    return;
  write_frame (KOUAN_PIXELS_TAG_TEXT, (guint32)(end - text), 0, 0, 0);
  write_all (text, (gsize)(end - text));
}

void
kouan_output_page (guint width, guint height, guint dpi)
{
  write_frame (KOUAN_PIXELS_TAG_PAGE, width, height, KOUAN_PIXELS_FORMAT_RGB8, dpi);
}

void
kouan_output_rows (const guint8 *rgb, gsize size)
{
  write_all (rgb, size);
}

void
kouan_output_end (KouanPixelsStatus status, KouanFileKind kind)
{
  if (!started)
    kouan_output_start (0);
  write_frame (KOUAN_PIXELS_TAG_END, status, kind, 0, 0);
}

/* Where the pixel that belongs at (@x, @y) of the upright picture lies in the stored one. The eight
 * cases are those of Exif: 2 to 4 mirror and turn by halves, 5 to 8 have rows and columns
 * exchanged. */
static gsize
stored_index (guint orientation, guint x, guint y, guint width, guint height)
{
  guint column = orientation >= 5 ? y : x;
  guint row = orientation >= 5 ? x : y;

  if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
    column = width - 1 - column;
  if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
    row = height - 1 - row;
  return ((gsize)row * width + column) * 3;
}

static void
write_turned (const guint8 *rgb, guint width, guint height, guint orientation)
{
  guint upright_width = orientation >= 5 ? height : width;
  guint upright_height = orientation >= 5 ? width : height;
  g_autofree guint8 *row = g_malloc ((gsize)upright_width * 3);

  for (guint y = 0; y < upright_height; y++)
    {
      for (guint x = 0; x < upright_width; x++)
        memcpy (row + (gsize)x * 3, rgb + stored_index (orientation, x, y, width, height), 3);
      write_all (row, (gsize)upright_width * 3);
    }
}

/* Scanners say how large their paper was, and it fits. Cameras write 72 or nothing, screens 96:
 * then nobody knows. */
static guint
believable_dpi (double dpi, guint width, guint height)
{
  double longest = MAX (width, height);

  if (dpi < PAPER_DPI_MIN || dpi > KOUAN_PIXELS_DPI_MAX || longest / dpi > PAPER_LENGTH_MAX_IN
      || longest / dpi < PAPER_LENGTH_MIN_IN)
    return 0;
  return (guint)lround (dpi);
}

/**
 * kouan_output_picture:
 * @rgb: @width * @height pixels as they are stored; overwritten
 * @orientation: as Exif counts it, 1 being upright
 * @dpi: what the file says, in dots an inch; 0 where it does not
 *
 * Writes one page: made smaller where it is larger than was asked for, and turned upright.
 */
void
kouan_output_picture (const KouanPixelsOptions *options,
                      guint8 *rgb,
                      guint width,
                      guint height,
                      guint orientation,
                      double dpi)
{
  g_autofree guint8 *smaller = NULL;
  guint fit_width = width, fit_height = height;
  guint paper_dpi;

  kouan_resample_fit (&fit_width, &fit_height, options->area_fit);
  if (fit_width != width || fit_height != height)
    {
      smaller = g_malloc ((gsize)fit_width * fit_height * 3);
      kouan_resample_rgb (rgb, width, height, smaller, fit_width, fit_height);
      rgb = smaller;
    }
  paper_dpi = believable_dpi (dpi * fit_width / width, fit_width, fit_height);
  if (orientation >= 5)
    kouan_output_page (fit_height, fit_width, paper_dpi);
  else
    kouan_output_page (fit_width, fit_height, paper_dpi);
  if (orientation == 1)
    write_all (rgb, (gsize)fit_width * fit_height * 3);
  else
    write_turned (rgb, fit_width, fit_height, orientation);
}

gboolean
kouan_output_can_hold (const KouanPixelsOptions *options, guint64 width, guint64 height)
{
  return width <= KOUAN_PIXELS_SIDE_MAX && height <= KOUAN_PIXELS_SIDE_MAX
         && width * height <= options->area_max;
}
