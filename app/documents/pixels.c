/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/pixels.h"

#include "app/documents/child.h"
#include "app/documents/work.h"

/* The kiosk's side of kouan-pixels: a file in, pages out. Nothing that a visitor brings is parsed
 * in this process, the kiosk's own kept pages included: they come back through the same door. */

#define AREA_FIT 16000000 /* pixels of a page: A4 at 400 dpi; what is larger arrives smaller */
#define COLLECTED_MAX                                                                              \
  (G_GUINT64_CONSTANT (512) << 20) /* bytes that all pages of one answer may take */

struct _KouanPixels
{
  GObject parent_instance;

  char *program;
  guint deadline_ms;
};

G_DEFINE_FINAL_TYPE (KouanPixels, kouan_pixels, G_TYPE_OBJECT)

static void
kouan_pixels_finalize (GObject *object)
{
  KouanPixels *self = KOUAN_PIXELS (object);

  g_free (self->program);
  G_OBJECT_CLASS (kouan_pixels_parent_class)->finalize (object);
}

static void
kouan_pixels_class_init (KouanPixelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_pixels_finalize;
}

static void
kouan_pixels_init (KouanPixels *self)
{
  self->deadline_ms = KOUAN_PIXELS_TIME_MAX_S * 1000;
}

/**
 * kouan_pixels_new:
 * @program: the whole path of kouan-pixels
 */
KouanPixels *
kouan_pixels_new (const char *program)
{
  KouanPixels *self = g_object_new (KOUAN_TYPE_PIXELS, NULL);

  self->program = g_strdup (program);
  return self;
}

/* Before the first reading: how long a file may take from its start to its last pixel. */
void
kouan_pixels_set_deadline_ms (KouanPixels *self, guint deadline_ms)
{
  g_return_if_fail (KOUAN_IS_PIXELS (self));

  self->deadline_ms = deadline_ms;
}

static GError *
error_of_status (KouanPixelsStatus status, KouanFileKind kind)
{
  switch (status)
    {
    case KOUAN_PIXELS_STATUS_NOT_SUPPORTED:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_NOT_SUPPORTED, kind,
                                     "a kind of file that is not taken");
    case KOUAN_PIXELS_STATUS_TOO_LARGE:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TOO_LARGE, kind,
                                     "a page of too many pixels");
    case KOUAN_PIXELS_STATUS_TOO_MANY_PAGES:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TOO_MANY_PAGES, kind,
                                     "a file of too many pages");
    case KOUAN_PIXELS_STATUS_ENCRYPTED:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_ENCRYPTED_PDF, kind,
                                     "a PDF with a password");
    case KOUAN_PIXELS_STATUS_OK:
    case KOUAN_PIXELS_STATUS_DAMAGED:
    default:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_DAMAGED, kind, "a damaged file");
    }
}

static GError *
error_of_frames (const KouanFrames *frames)
{
  KouanFileKind kind;
  KouanPixelsStatus status = kouan_frames_status (frames, &kind);

  switch (kouan_frames_state (frames))
    {
    case KOUAN_FRAMES_DONE:
      return status == KOUAN_PIXELS_STATUS_OK ? NULL : error_of_status (status, kind);
    case KOUAN_FRAMES_STOPPED:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no more pages wanted");
    case KOUAN_FRAMES_BROKEN:
    case KOUAN_FRAMES_MORE:
    default:
      g_message ("kouan-pixels said what it may not say");
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_FAILED, KOUAN_FILE_KIND_UNKNOWN,
                                     "broken frames");
    }
}

static GError *
error_of_end (KouanChildEnd end, const KouanFrames *frames)
{
  switch (end)
    {
    case KOUAN_CHILD_SPOKE:
      return error_of_frames (frames);
    case KOUAN_CHILD_LATE:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TIMED_OUT, KOUAN_FILE_KIND_UNKNOWN,
                                     "out of time");
    case KOUAN_CHILD_CRASHED:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_DAMAGED, KOUAN_FILE_KIND_UNKNOWN,
                                     "a file that ended kouan-pixels");
    case KOUAN_CHILD_CANCELLED:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    case KOUAN_CHILD_NONE:
    case KOUAN_CHILD_EXITED:
    default:
      return kouan_pixels_error_new (KOUAN_PIXELS_ERROR_FAILED, KOUAN_FILE_KIND_UNKNOWN,
                                     "kouan-pixels does not run");
    }
}

/**
 * kouan_pixels_read:
 * @file: what a visitor brought, up to 25 MB
 * @page_func: gets each page as it is complete, in this thread; pages that came before a failure do
 * not count
 *
 * Blocks, up to the deadline and what @page_func adds to it: for worker threads and terminals.
 *
 * Returns: %FALSE with a KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
kouan_pixels_read (KouanPixels *self,
                   GBytes *file,
                   KouanPixelsPageFunc page_func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (KouanFrames) frames = kouan_frames_new (AREA_FIT, page_func, data);
  g_autofree char *dpi = g_strdup_printf ("%d", KOUAN_PIXELS_DPI);
  g_autofree char *fit = g_strdup_printf ("%d", AREA_FIT);
  const char *argv[] = { self->program, "--dpi", dpi, "--fit-pixels", fit, NULL };
  const KouanChildPlan plan = { argv, self->deadline_ms, FALSE, NULL };
  KouanChildEnd end;
  GError *failure;
  int exit_code = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_bytes_get_size (file) > KOUAN_PIXELS_INPUT_MAX)
    {
      g_propagate_error (error, kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TOO_LARGE,
                                                        KOUAN_FILE_KIND_UNKNOWN,
                                                        "a file of too many bytes"));
      return FALSE;
    }
  end = kouan_child_run (&plan, file, frames, cancellable, &exit_code);
  if (end == KOUAN_CHILD_EXITED)
    g_message ("kouan-pixels ended with %d", exit_code);
  failure = error_of_end (end, frames);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

typedef struct
{
  KouanPixels *pixels;
  GBytes *file;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->pixels);
  g_bytes_unref (reading->file);
  g_free (reading);
}

typedef struct
{
  GPtrArray *pages;
  guint64 size;
} Collection;

static gboolean
collect (KouanPage *page, gpointer data)
{
  Collection *collection = data;

  collection->size += g_bytes_get_size (page->pixels);
  if (collection->size > COLLECTED_MAX)
    return FALSE;
  g_ptr_array_add (collection->pages, kouan_page_ref (page));
  return TRUE;
}

static gpointer
read_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
  Collection collection = { pages, 0 };
  gboolean read
    = kouan_pixels_read (reading->pixels, reading->file, collect, &collection, cancellable, error);

  if (collection.size > COLLECTED_MAX)
    {
      g_clear_error (error);
      g_propagate_error (error, kouan_pixels_error_new (KOUAN_PIXELS_ERROR_TOO_LARGE,
                                                        KOUAN_FILE_KIND_UNKNOWN,
                                                        "pages of too many pixels together"));
      return NULL;
    }
  return read ? g_steal_pointer (&pages) : NULL;
}

/**
 * kouan_pixels_read_async:
 *
 * Reads all pages of a file and keeps them in memory together, up to 512 MB of them.
 */
void
kouan_pixels_read_async (KouanPixels *self,
                         GBytes *file,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Reading *reading;

  g_return_if_fail (KOUAN_IS_PIXELS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kouan_pixels_read_async);
  reading = g_new (Reading, 1);
  reading->pixels = g_object_ref (self);
  reading->file = g_bytes_ref (file);
  kouan_work_start (task, read_in_thread, reading, reading_free, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * kouan_pixels_read_finish:
 *
 * Returns: (transfer full) (element-type KouanPage): at least one page, or %NULL with a
 * KOUAN_PIXELS_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
kouan_pixels_read_finish (KouanPixels *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
