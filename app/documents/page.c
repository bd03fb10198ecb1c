/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/page.h"

#include <string.h>

#include "app/pixels/resample.h"

/* A page between its source and the record: pixels and the size of its paper. Shared between
 * threads by reference, which is safe because it does not change. */

#define A4_LONG_SIDE_IN 11.69
#define DPI_MIN 20
#define DPI_MAX 1200

G_DEFINE_BOXED_TYPE (KouanPage, kouan_page, kouan_page_ref, kouan_page_unref)

/* A picture does not say how large its paper was: it is taken to fill a sheet of A4. */
static guint
dpi_of_a4 (guint width, guint height)
{
  return CLAMP ((guint)(MAX (width, height) / A4_LONG_SIDE_IN + 0.5), DPI_MIN, DPI_MAX);
}

/**
 * kouan_page_new:
 * @dpi: dots an inch, 0 for a picture of which nobody knows; it then fills a sheet of A4
 * @pixels: (transfer none): @width * @height * 3 bytes
 */
KouanPage *
kouan_page_new (guint width, guint height, guint dpi, GBytes *pixels)
{
  KouanPage *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (pixels) == (gsize)width * height * 3, NULL);

  self = g_atomic_rc_box_new0 (KouanPage);
  self->width = width;
  self->height = height;
  self->dpi = dpi > 0 ? dpi : dpi_of_a4 (width, height);
  self->paper_known = dpi > 0;
  self->pixels = g_bytes_ref (pixels);
  return self;
}

KouanPage *
kouan_page_ref (KouanPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KouanPage *self = data;

  g_free (self->text);
  g_bytes_unref (self->pixels);
}

void
kouan_page_unref (KouanPage *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static KouanPage *
take_pixels (const KouanPage *self, guint width, guint height, guint dpi, guint8 *pixels)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize)width * height * 3);
  KouanPage *page = kouan_page_new (width, height, dpi, bytes);

  page->paper_known = self->paper_known;
  return page;
}

/**
 * kouan_page_scaled:
 * @width: pixels, at most as many as the page has
 * @height: pixels, at most as many as the page has
 *
 * Returns: (transfer full): the same paper in fewer pixels, by a box filter
 */
KouanPage *
kouan_page_scaled (KouanPage *self, guint width, guint height)
{
  guint8 *target;
  guint dpi;

  g_return_val_if_fail (width > 0 && width <= self->width, NULL);
  g_return_val_if_fail (height > 0 && height <= self->height, NULL);

  if (width == self->width && height == self->height)
    return kouan_page_ref (self);
  target = g_malloc ((gsize)width * height * 3);
  kouan_resample_rgb (g_bytes_get_data (self->pixels, NULL), self->width, self->height, target,
                      width, height);
  dpi = self->dpi * ((double)width / self->width) + 0.5;
  return take_pixels (self, width, height, MAX (1, dpi), target);
}

static KouanPage *
scaled_by (KouanPage *self, double factor)
{
  guint width = self->width * factor + 0.5;
  guint height = self->height * factor + 0.5;

  return kouan_page_scaled (self, CLAMP (width, 1, self->width), CLAMP (height, 1, self->height));
}

/**
 * kouan_page_thumbnail:
 * @side_max: pixels of the longer side
 *
 * Returns: (transfer full): the page, small; itself where it is no larger
 */
KouanPage *
kouan_page_thumbnail (KouanPage *self, guint side_max)
{
  g_return_val_if_fail (side_max > 0, NULL);

  return scaled_by (self, MIN (1.0, (double)side_max / MAX (self->width, self->height)));
}

/**
 * kouan_page_at_dpi:
 *
 * Returns: (transfer full): the page in at most @dpi dots an inch; itself where it has no more
 */
KouanPage *
kouan_page_at_dpi (KouanPage *self, guint dpi)
{
  g_return_val_if_fail (dpi > 0, NULL);

  return scaled_by (self, MIN (1.0, (double)dpi / self->dpi));
}

/* Row @y of the turned page, taken from the columns of the stored one. */
static void
rotate_row (const KouanPage *self, const guint8 *source, guint turns, guint y, guint8 *row)
{
  guint width = turns == 2 ? self->width : self->height;

  for (guint x = 0; x < width; x++)
    {
      gsize from;

      if (turns == 1)
        from = (gsize)(self->height - 1 - x) * self->width + y;
      else if (turns == 2)
        from = (gsize)(self->height - 1 - y) * self->width + (self->width - 1 - x);
      else
        from = (gsize)x * self->width + (self->width - 1 - y);
      memcpy (row + (gsize)x * 3, source + from * 3, 3);
    }
}

/**
 * kouan_page_rotated:
 * @quarter_turns: clockwise
 *
 * Returns: (transfer full): the page, turned
 */
KouanPage *
kouan_page_rotated (KouanPage *self, guint quarter_turns)
{
  guint turns = quarter_turns % 4;
  guint width = turns == 2 ? self->width : self->height;
  guint height = turns == 2 ? self->height : self->width;
  const guint8 *source = g_bytes_get_data (self->pixels, NULL);
  guint8 *target;

  if (turns == 0)
    return kouan_page_ref (self);
  target = g_malloc ((gsize)width * height * 3);
  for (guint y = 0; y < height; y++)
    rotate_row (self, source, turns, y, target + (gsize)y * width * 3);
  return take_pixels (self, width, height, self->dpi, target);
}
