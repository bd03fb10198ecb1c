/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/take.h"

#include "app/documents/fingerprint.h"
#include "app/documents/work.h"
#include "app/documents/zone.h"

/* From a device's page to one that could be kept. What the device gave stays at hand until the
 * person has decided, because the kiosk may have cut or turned it wrongly. */

#define KEPT_DPI 300

G_DEFINE_BOXED_TYPE (KouanTake, kouan_take, kouan_take_ref, kouan_take_unref)

static KouanSheet *
write_sheet (const KouanTake *self, KouanAsked asked)
{
  g_autoptr (KouanPage) kept = kouan_page_at_dpi (self->page, KEPT_DPI);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (kept, KOUAN_SHEET_QUALITY);
  g_autoptr (GBytes) fingerprint = kouan_fingerprint_new (kept);
  KouanFindings findings = kouan_quality_judge (&self->measures, (asked & KOUAN_ASKED_COLOUR) != 0);
  g_autofree char *zone
    = (asked & KOUAN_ASKED_ZONE) != 0 ? kouan_page_read_zone (self->page) : NULL;

  return kouan_sheet_new (jpeg, findings, fingerprint, self->source->text, zone);
}

/**
 * kouan_take_new:
 * @asked: what the catalogue asks of this paper
 * @wish: (nullable): what the person asks for, in place of what the kiosk would do by itself
 *
 * Takes up to half a second: for worker threads and terminals.
 */
KouanTake *
kouan_take_new (KouanPage *source, KouanAsked asked, const KouanReadable *wish)
{
  KouanTake *self = g_atomic_rc_box_new0 (KouanTake);

  self->source = kouan_page_ref (source);
  if (wish != NULL)
    self->how = *wish;
  self->page = kouan_page_readable (source, &self->how, &self->measures);
  self->sheet = write_sheet (self, asked);
  return self;
}

KouanTake *
kouan_take_ref (KouanTake *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KouanTake *self = data;

  g_clear_pointer (&self->source, kouan_page_unref);
  g_clear_pointer (&self->page, kouan_page_unref);
  kouan_sheet_unref (self->sheet);
}

void
kouan_take_unref (KouanTake *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

typedef struct
{
  KouanPage *source;
  KouanAsked asked;
  KouanReadable wish;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  kouan_page_unref (errand->source);
  g_free (errand);
}

static gpointer
make_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return kouan_take_new (errand->source, errand->asked, &errand->wish);
}

void
kouan_take_new_async (KouanPage *source,
                      KouanAsked asked,
                      const KouanReadable *wish,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  g_task_set_source_tag (task, kouan_take_new_async);
  errand->source = kouan_page_ref (source);
  errand->asked = asked;
  if (wish != NULL)
    errand->wish = *wish;
  kouan_work_start (task, make_in_thread, errand, errand_free, (GDestroyNotify)kouan_take_unref);
}

/* Returns: (transfer full): or NULL with %G_IO_ERROR_CANCELLED */
KouanTake *
kouan_take_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *takes;
  KouanAsked asked;
} Collection;

static gboolean
add_take (KouanPage *page, gpointer data)
{
  Collection *collection = data;
  KouanTake *take = kouan_take_new (page, collection->asked, NULL);

  g_clear_pointer (&take->source, kouan_page_unref);
  g_clear_pointer (&take->page, kouan_page_unref);
  g_ptr_array_add (collection->takes, take);
  return TRUE;
}

/**
 * kouan_takes_from_file:
 *
 * Blocks: for worker threads and terminals.
 *
 * Returns: (transfer full) (element-type KouanTake): all pages of the file, at least one, without
 * their pixels, so that twenty of them take no more memory than one; or NULL
 * with a %KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
kouan_takes_from_file (
  KouanPixels *pixels, GBytes *file, KouanAsked asked, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_take_unref);
  Collection collection = { takes, asked };

  if (!kouan_pixels_read (pixels, file, add_take, &collection, cancellable, error))
    return NULL;
  return g_steal_pointer (&takes);
}
