/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/document.h"

#include "app/documents/work.h"

/* A document of a visit: pages that can be added, taken out and put in order until it is handed in,
 * and then one PDF. */

#define WRITTEN_DPI 200

struct _KouanDocument
{
  GObject parent_instance;

  char *kind;
  GPtrArray *sheets; /* of KouanSheet */
};

G_DEFINE_FINAL_TYPE (KouanDocument, kouan_document, G_TYPE_OBJECT)

static guint changed_signal;

static void
kouan_document_finalize (GObject *object)
{
  KouanDocument *self = KOUAN_DOCUMENT (object);

  g_free (self->kind);
  g_ptr_array_unref (self->sheets);
  G_OBJECT_CLASS (kouan_document_parent_class)->finalize (object);
}

static void
kouan_document_class_init (KouanDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_document_finalize;
  changed_signal = g_signal_new ("changed", KOUAN_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
kouan_document_init (KouanDocument *self)
{
  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);
}

/* @kind: the catalogue's id of the paper, "passport" */
KouanDocument *
kouan_document_new (const char *kind)
{
  KouanDocument *self = g_object_new (KOUAN_TYPE_DOCUMENT, NULL);

  self->kind = g_strdup (kind);
  return self;
}

const char *
kouan_document_get_kind (KouanDocument *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT (self), NULL);

  return self->kind;
}

guint
kouan_document_get_count (KouanDocument *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT (self), 0);

  return self->sheets->len;
}

/* Returns: (transfer none) */
KouanSheet *
kouan_document_get_nth (KouanDocument *self, guint index)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (index < self->sheets->len, NULL);

  return g_ptr_array_index (self->sheets, index);
}

/* Returns: what is wrong with the page, by itself and beside the ones before it */
KouanFindings
kouan_document_get_findings (KouanDocument *self, guint index)
{
  const KouanSheet *sheet = kouan_document_get_nth (self, index);
  KouanFindings findings;

  g_return_val_if_fail (sheet != NULL, KOUAN_FINDING_NONE);

  findings = sheet->findings;
  for (guint i = 0; i < index; i++)
    if (kouan_sheet_same (sheet, g_ptr_array_index (self->sheets, i)))
      findings |= KOUAN_FINDING_SAME_PAGE;
  return findings;
}

static void
changed (KouanDocument *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Behind the last page. */
void
kouan_document_add (KouanDocument *self, KouanSheet *sheet)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT (self));

  g_ptr_array_add (self->sheets, kouan_sheet_ref (sheet));
  changed (self);
}

/* A page that was taken again. */
void
kouan_document_replace (KouanDocument *self, guint index, KouanSheet *sheet)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT (self));
  g_return_if_fail (index < self->sheets->len);

  g_ptr_array_insert (self->sheets, (int)index, kouan_sheet_ref (sheet));
  g_ptr_array_remove_index (self->sheets, index + 1);
  changed (self);
}

void
kouan_document_remove (KouanDocument *self, guint index)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT (self));
  g_return_if_fail (index < self->sheets->len);

  g_ptr_array_remove_index (self->sheets, index);
  changed (self);
}

/* @to: where the page is afterwards */
void
kouan_document_move (KouanDocument *self, guint from, guint to)
{
  g_return_if_fail (KOUAN_IS_DOCUMENT (self));
  g_return_if_fail (from < self->sheets->len && to < self->sheets->len);

  if (from == to)
    return;
  g_ptr_array_insert (self->sheets, (int)to, g_ptr_array_steal_index (self->sheets, from));
  changed (self);
}

static gpointer
copy_sheet (gconstpointer sheet, gpointer data G_GNUC_UNUSED)
{
  return kouan_sheet_ref ((KouanSheet *)sheet);
}

/* Returns: (transfer full) (element-type KouanSheet): the pages as they are now */
GPtrArray *
kouan_document_get_sheets (KouanDocument *self)
{
  g_return_val_if_fail (KOUAN_IS_DOCUMENT (self), NULL);

  return g_ptr_array_copy (self->sheets, copy_sheet, NULL);
}

/* The kept JPEGs as they are: nothing is lost a second time. */
static GBytes *
write_as_kept (const GPtrArray *sheets, KouanPdfFit *fit)
{
  g_autoptr (GPtrArray) jpegs = g_ptr_array_new ();

  *fit = (KouanPdfFit){ KOUAN_SHEET_QUALITY, 0 };
  for (guint i = 0; i < sheets->len; i++)
    {
      const KouanSheet *sheet = g_ptr_array_index (sheets, i);

      g_ptr_array_add (jpegs, sheet->jpeg);
      fit->dpi_max = MAX (fit->dpi_max, sheet->jpeg->dpi);
    }
  return kouan_pdf_write (jpegs);
}

static GPtrArray *
load_all (const GPtrArray *sheets, KouanPixels *pixels, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);

  for (guint i = 0; i < sheets->len; i++)
    {
      g_autoptr (KouanPage) page
        = kouan_sheet_load (g_ptr_array_index (sheets, i), pixels, cancellable, error);

      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, kouan_page_at_dpi (page, WRITTEN_DPI));
    }
  return g_steal_pointer (&pages);
}

/**
 * kouan_sheets_to_pdf:
 * @sheets: (element-type KouanSheet): at least one
 * @size_max: bytes, usually %KOUAN_PDF_SIZE_MAX
 * @fit: (out) (optional): what it took to fit
 *
 * Blocks, for seconds where many pages have to be made smaller: for worker threads and terminals.
 *
 * Returns: (transfer full): all pages; or NULL with %KOUAN_PDF_ERROR_TOO_LARGE, a
 * %KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
GBytes *
kouan_sheets_to_pdf (const GPtrArray *sheets,
                     KouanPixels *pixels,
                     gsize size_max,
                     KouanPdfFit *fit,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GBytes) as_kept = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  KouanPdfFit ignored;

  g_return_val_if_fail (sheets->len > 0, NULL);

  if (fit == NULL)
    fit = &ignored;
  as_kept = write_as_kept (sheets, fit);
  if (g_bytes_get_size (as_kept) <= size_max)
    return g_steal_pointer (&as_kept);
  pages = load_all (sheets, pixels, cancellable, error);
  return pages != NULL ? kouan_pdf_from_pages (pages, size_max, fit, error) : NULL;
}

typedef struct
{
  GPtrArray *sheets;
  KouanPixels *pixels;
  gsize size_max;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_ptr_array_unref (errand->sheets);
  g_object_unref (errand->pixels);
  g_free (errand);
}

static gpointer
write_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Errand *errand = data;

  return kouan_sheets_to_pdf (errand->sheets, errand->pixels, errand->size_max, NULL, cancellable,
                              error);
}

/* @sheets: must not change any more; kouan_document_get_sheets () gives such a list */
void
kouan_sheets_to_pdf_async (GPtrArray *sheets,
                           KouanPixels *pixels,
                           gsize size_max,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = g_new (Errand, 1);

  g_task_set_source_tag (task, kouan_sheets_to_pdf_async);
  *errand = (Errand){ g_ptr_array_ref (sheets), g_object_ref (pixels), size_max };
  kouan_work_start (task, write_in_thread, errand, errand_free, (GDestroyNotify)g_bytes_unref);
}

/* Returns: as kouan_sheets_to_pdf () */
GBytes *
kouan_sheets_to_pdf_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
