/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/outline-private.h"

#include <string.h>

/* A page without its print. A grayscale closing (J. Serra, Image Analysis and Mathematical
 * Morphology, 1982) puts the brightest value around each dot, and then the darkest of those: lines
 * thinner than the window vanish, large areas keep their borders. An opening after it does the same
 * to what is thin and bright, such as scratches and the grain of wood. A window of 2^n dots takes n
 * passes, each of which compares a row with itself moved; all three colours at once. */

#define CLOSING 8 /* dots: lines of print of 14 points on A4 */
#define OPENING 4

static void
compare_row (guint8 *row, gsize count, gsize shift, gboolean brightest)
{
  if (brightest)
    for (gsize i = 0; i + shift < count; i++)
      row[i] = MAX (row[i], row[i + shift]);
  else
    for (gsize i = 0; i + shift < count; i++)
      row[i] = MIN (row[i], row[i + shift]);
}

static void
compare_with_row_below (guint8 *row, const guint8 *below, gsize count, gboolean brightest)
{
  if (brightest)
    for (gsize i = 0; i < count; i++)
      row[i] = MAX (row[i], below[i]);
  else
    for (gsize i = 0; i < count; i++)
      row[i] = MIN (row[i], below[i]);
}

/* Every dot becomes the extreme of the @window by @window dots of which it is the top left one. */
static void
spread (KouanGround *ground, int window, gboolean brightest)
{
  gsize row_size = (gsize)ground->width * 3;

  for (int shift = 1; shift < window; shift *= 2)
    {
      for (int y = 0; y < ground->height; y++)
        compare_row (ground->rgb + y * row_size, row_size, (gsize)shift * 3, brightest);
      for (int y = 0; y + shift < ground->height; y++)
        compare_with_row_below (ground->rgb + y * row_size, ground->rgb + (y + shift) * row_size,
                                row_size, brightest);
    }
}

/* Back by as much as two spreads have moved the picture. */
static void
move (KouanGround *ground, int by)
{
  gsize row_size = (gsize)ground->width * 3;

  for (int y = ground->height - 1; y >= 0; y--)
    {
      guint8 *row = ground->rgb + y * row_size;

      memmove (row, ground->rgb + MAX (0, y - by) * row_size, row_size);
      memmove (row + (gsize)by * 3, row, row_size - (gsize)by * 3);
      for (int x = 0; x < by; x++)
        memcpy (row + (gsize)x * 3, row + (gsize)by * 3, 3);
    }
}

static void
close_or_open (KouanGround *ground, int window, gboolean close)
{
  spread (ground, window, close);
  spread (ground, window, !close);
  move (ground, window - 1);
}

/* 1 2 1 along each row and each column: the rim of a sheet becomes a slope, of which each dot can
 * tell the direction; a staircase has only two. */
static void
soften (KouanGround *ground)
{
  gsize row_size = (gsize)ground->width * 3, size = row_size * (gsize)ground->height;
  g_autofree guint8 *before = g_memdup2 (ground->rgb, size);

  for (gsize i = 3; i + 3 < size; i++)
    ground->rgb[i] = (guint8)((before[i - 3] + 2 * before[i] + before[i + 3] + 2) / 4);
  memcpy (before, ground->rgb, size);
  for (gsize i = row_size; i + row_size < size; i++)
    ground->rgb[i]
      = (guint8)((before[i - row_size] + 2 * before[i] + before[i + row_size] + 2) / 4);
}

/* @side_max: dots of the longer side */
KouanGround *
kouan_ground_new (KouanPage *page, guint side_max)
{
  g_autoptr (KouanPage) small = kouan_page_thumbnail (page, side_max);
  KouanGround *self = g_new (KouanGround, 1);

  self->width = (int)small->width;
  self->height = (int)small->height;
  self->rgb = g_memdup2 (g_bytes_get_data (small->pixels, NULL), g_bytes_get_size (small->pixels));
  if (MIN (self->width, self->height) > 2 * CLOSING)
    {
      close_or_open (self, CLOSING, TRUE);
      close_or_open (self, OPENING, FALSE);
      for (guint i = 0; i < 3; i++)
        soften (self);
    }
  return self;
}

void
kouan_ground_free (KouanGround *self)
{
  g_free (self->rgb);
  g_free (self);
}
