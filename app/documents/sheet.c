/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/sheet.h"

#include "app/documents/fingerprint.h"
#include "app/documents/work.h"

/* From pixels to a kept page and back: looked at, then written as JPEG, at more than the record
 * will need, since the record's own limit is only known when all pages of a document are there. A
 * file's pages pass one at a time, so that twenty of them take no more memory than one. */

#define KEPT_DPI 300

G_DEFINE_BOXED_TYPE (KouanSheet, kouan_sheet, kouan_sheet_ref, kouan_sheet_unref)

/**
 * kouan_sheet_new:
 * @fingerprint: (nullable)
 *
 * For pages that come back from a draft. None of the arguments is taken.
 */
KouanSheet *
kouan_sheet_new (KouanJpeg *jpeg, KouanFindings findings, GBytes *fingerprint)
{
  KouanSheet *self = g_atomic_rc_box_new0 (KouanSheet);

  self->jpeg = kouan_jpeg_ref (jpeg);
  self->findings = findings;
  self->fingerprint = fingerprint != NULL ? g_bytes_ref (fingerprint) : NULL;
  return self;
}

/* Looks at @page and writes it. Takes up to a fifth of a second: for worker threads. */
KouanSheet *
kouan_sheet_new_from_page (KouanPage *page)
{
  g_autoptr (KouanPage) kept = kouan_page_at_dpi (page, KEPT_DPI);
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (kept, KOUAN_SHEET_QUALITY);
  g_autoptr (GBytes) fingerprint = kouan_fingerprint_new (kept);
  KouanMeasures measures;

  kouan_quality_measure (page, &measures);
  return kouan_sheet_new (jpeg, kouan_quality_judge (&measures), fingerprint);
}

KouanSheet *
kouan_sheet_ref (KouanSheet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KouanSheet *self = data;

  kouan_jpeg_unref (self->jpeg);
  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  g_free (self->file);
}

void
kouan_sheet_unref (KouanSheet *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
kouan_sheet_set_file (KouanSheet *self, const char *file)
{
  g_free (self->file);
  self->file = g_strdup (file);
}

gboolean
kouan_sheet_same (const KouanSheet *self, const KouanSheet *other)
{
  return kouan_fingerprint_same (self->fingerprint, other->fingerprint);
}

static gpointer
make_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return kouan_sheet_new_from_page (data);
}

void
kouan_sheet_from_page_async (KouanPage *page,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, kouan_sheet_from_page_async);
  kouan_work_start (task, make_in_thread, kouan_page_ref (page), (GDestroyNotify)kouan_page_unref,
                    (GDestroyNotify)kouan_sheet_unref);
}

/* Returns: (transfer full): or NULL with %G_IO_ERROR_CANCELLED */
KouanSheet *
kouan_sheet_from_page_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
add_sheet (KouanPage *page, gpointer data)
{
  g_ptr_array_add (data, kouan_sheet_new_from_page (page));
  return TRUE;
}

/**
 * kouan_sheets_from_file:
 *
 * Blocks: for worker threads and terminals.
 *
 * Returns: (transfer full) (element-type KouanSheet): all pages of the file, at least one; or NULL
 * with a %KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
kouan_sheets_from_file (KouanPixels *pixels,
                        GBytes *file,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);

  if (!kouan_pixels_read (pixels, file, add_sheet, sheets, cancellable, error))
    return NULL;
  return g_steal_pointer (&sheets);
}

typedef struct
{
  KouanPixels *pixels;
  GBytes *file;
  KouanSheet *sheet;
} Errand;

static Errand *
errand_new (KouanPixels *pixels)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->pixels = g_object_ref (pixels);
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->pixels);
  g_clear_pointer (&errand->file, g_bytes_unref);
  g_clear_pointer (&errand->sheet, kouan_sheet_unref);
  g_free (errand);
}

static gpointer
read_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Errand *errand = data;

  return kouan_sheets_from_file (errand->pixels, errand->file, cancellable, error);
}

void
kouan_sheets_from_file_async (KouanPixels *pixels,
                              GBytes *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = errand_new (pixels);

  g_task_set_source_tag (task, kouan_sheets_from_file_async);
  errand->file = g_bytes_ref (file);
  kouan_work_start (task, read_in_thread, errand, errand_free, (GDestroyNotify)g_ptr_array_unref);
}

/* Returns: as kouan_sheets_from_file () */
GPtrArray *
kouan_sheets_from_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
take_page (KouanPage *page, gpointer data)
{
  KouanPage **taken = data;

  g_clear_pointer (taken, kouan_page_unref);
  *taken = kouan_page_ref (page);
  return TRUE;
}

/**
 * kouan_sheet_load:
 *
 * Blocks: for worker threads and terminals.
 *
 * Returns: (transfer full): the page with its paper's size; or NULL with a %KOUAN_PIXELS_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
KouanPage *
kouan_sheet_load (const KouanSheet *self,
                  KouanPixels *pixels,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KouanPage) page = NULL;

  if (!kouan_pixels_read (pixels, self->jpeg->bytes, take_page, &page, cancellable, error))
    return NULL;
  return kouan_page_new (page->width, page->height, self->jpeg->dpi, page->pixels);
}

static gpointer
load_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Errand *errand = data;

  return kouan_sheet_load (errand->sheet, errand->pixels, cancellable, error);
}

void
kouan_sheet_load_async (KouanSheet *self,
                        KouanPixels *pixels,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = errand_new (pixels);

  g_task_set_source_tag (task, kouan_sheet_load_async);
  errand->sheet = kouan_sheet_ref (self);
  kouan_work_start (task, load_in_thread, errand, errand_free, (GDestroyNotify)kouan_page_unref);
}

/* Returns: as kouan_sheet_load () */
KouanPage *
kouan_sheet_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
