/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-portrait"

#include "app/portrait/chip-portrait.h"

/* A chip is a stranger's file like any other: its portrait is decoded by kouan-pixels alone. */

static gboolean
keep_first (KouanPage *page, gpointer data)
{
  KouanPage **kept = data;

  if (*kept == NULL)
    *kept = kouan_page_ref (page);
  return TRUE;
}

/**
 * kouan_chip_portrait_read:
 * @dg2: the file as the chip gave it
 *
 * Blocks until kouan-pixels has answered: for worker threads and terminals.
 *
 * Returns: (transfer full) (nullable): the portrait; %NULL with a KOUAN_LDS_ERROR, a
 * KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
KouanPage *
kouan_chip_portrait_read (KouanPixels *pixels,
                          GBytes *dg2,
                          GCancellable *cancellable,
                          GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (dg2, &size);
  g_autoptr (KouanDg2) portrait = kouan_dg2_parse (data, size, error);
  g_autoptr (KouanPage) page = NULL;

  if (portrait == NULL
      || !kouan_pixels_read (pixels, portrait->picture, keep_first, &page, cancellable, error))
    return NULL;
  return g_steal_pointer (&page);
}
