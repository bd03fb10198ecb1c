/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/show-page.h"

#include "app/documents/halves.h"

static void
on_halves_ready (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageView) view = data;
  g_autoptr (GPtrArray) halves = kouan_page_halves_finish (result, NULL);

  for (guint i = 0; halves != NULL && i < halves->len; i++)
    {
      const KouanPage *page = g_ptr_array_index (halves, i);

      if (i == 0)
        kouan_page_view_set_pixels (view, page->pixels, GDK_MEMORY_R8G8B8, (int)page->width,
                                    (int)page->height, (gsize)page->width * 3);
      else
        kouan_page_view_add_smaller (view, page->pixels, (int)page->width, (int)page->height,
                                     (gsize)page->width * 3);
    }
}

/* Puts @page into @view, with smaller pictures of it that are made on a thread first, so that no
 * page stops the screen. */
void
kouan_show_page (KouanPageView *view, KouanPage *page, GCancellable *cancellable)
{
  kouan_page_halves_async (page, cancellable, on_halves_ready, g_object_ref (view));
}
