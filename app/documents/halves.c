/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/halves.h"

#include "app/documents/work.h"

/* A page in several sizes, to be looked at. A screen without a graphics card makes a page smaller
 * in the thread that answers to touches, from all of its pixels, every time that it is drawn: a
 * third of a second for a photograph. With a half, a quarter and so on at hand it never has to
 * start from more than four times what is to be seen. */

#define SIDE_MIN 800 /* pixels of the longer side: smaller ones are not worth having */

/**
 * kouan_page_halves:
 *
 * For worker threads.
 *
 * Returns: (transfer full) (element-type KouanPage): the page itself, and then each half as wide
 * and high as the one before it
 */
GPtrArray *
kouan_page_halves (KouanPage *page)
{
  GPtrArray *halves = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);

  g_ptr_array_add (halves, kouan_page_ref (page));
  while (MIN (page->width, page->height) > 1 && MAX (page->width, page->height) / 2 >= SIDE_MIN)
    {
      page = kouan_page_scaled (page, page->width / 2, page->height / 2);
      g_ptr_array_add (halves, page);
    }
  return halves;
}

static gpointer
halve_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return kouan_page_halves (data);
}

void
kouan_page_halves_async (KouanPage *page,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, kouan_page_halves_async);
  kouan_work_start (task, halve_in_thread, kouan_page_ref (page), (GDestroyNotify)kouan_page_unref,
                    (GDestroyNotify)g_ptr_array_unref);
}

/* Returns: (transfer full) (element-type KouanPage): or NULL with %G_IO_ERROR_CANCELLED */
GPtrArray *
kouan_page_halves_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
