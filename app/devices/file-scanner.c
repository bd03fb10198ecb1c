/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/file-scanner.h"

#include <string.h>

/* A scanner made of files: each scan hands out the next page of a picture, a PDF or a folder of
 * them in the order of their names, and begins again behind the last. For the demonstration, for
 * tests, and for a hall that wants to try its papers. The files go through kouan-pixels like
 * anybody's. */

struct _KouanFileScanner
{
  GObject parent_instance;

  char *path;
  KouanPixels *pixels;
  KouanFileScannerFault fault;
  KouanDeviceState state;

  GQueue pages; /* of KouanPage: read from the file before and not handed out yet */
  guint next_file;
  gboolean busy;
};

enum
{
  PROP_0,
  PROP_STATE,
};

/* One scan, as the data of its task. */
typedef struct
{
  KouanScannerProgress progress;
  gpointer progress_data;
} Scan;

static const struct
{
  KouanScannerError code;
  const char *message;
} faults[] = {
  [KOUAN_FILE_SCANNER_MISSING] = { KOUAN_SCANNER_ERROR_OFFLINE, "pretends to be unplugged" },
  [KOUAN_FILE_SCANNER_EMPTY] = { KOUAN_SCANNER_ERROR_NEEDS_PAPER, "pretends to be empty" },
  [KOUAN_FILE_SCANNER_JAMMED] = { KOUAN_SCANNER_ERROR_JAMMED, "pretends to be jammed" },
  [KOUAN_FILE_SCANNER_FAILING] = { KOUAN_SCANNER_ERROR_FAILED, "pretends to break" },
};

static void
set_state (KouanFileScanner *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static void
report (GTask *task, double fraction)
{
  const Scan *scan = g_task_get_task_data (task);

  if (scan->progress != NULL)
    scan->progress (fraction, scan->progress_data);
}

/* Takes @error. */
static void
end_with_error (GTask *task, GError *error)
{
  KouanFileScanner *self = g_task_get_source_object (task);

  self->busy = FALSE;
  set_state (self, kouan_scanner_state_of_error (error));
  g_task_return_error (task, error);
}

static void
end_with_page (GTask *task)
{
  KouanFileScanner *self = g_task_get_source_object (task);

  self->busy = FALSE;
  report (task, 1);
  set_state (self, KOUAN_DEVICE_READY);
  g_task_return_pointer (task, g_queue_pop_head (&self->pages), (GDestroyNotify)kouan_page_unref);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
nth_of_folder (const char *folder, guint index)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  return g_build_filename (folder, names->pdata[index % names->len], NULL);
}

static GBytes *
load_next (KouanFileScanner *self, GError **error)
{
  g_autofree char *path = g_file_test (self->path, G_FILE_TEST_IS_DIR)
                            ? nth_of_folder (self->path, self->next_file)
                            : g_strdup (self->path);
  char *data;
  gsize size;

  if (path == NULL || !g_file_get_contents (path, &data, &size, NULL))
    {
      g_set_error_literal (error, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_NEEDS_PAPER,
                           "there is no file to play");
      return NULL;
    }
  self->next_file++;
  return g_bytes_new_take (data, size);
}

static void
on_pages_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KouanFileScanner *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  if (pages == NULL)
    {
      end_with_error (task, error);
      return;
    }
  for (guint i = 0; i < pages->len; i++)
    g_queue_push_tail (&self->pages, kouan_page_ref (pages->pdata[i]));
  end_with_page (task);
}

static gboolean
on_late_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  end_with_error (data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

/* Keeps the task until somebody loses patience. */
static void
be_late (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  report (task, 0.1);
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_late_cancelled));
}

static void
pretend_fault (KouanFileScanner *self, GTask *task)
{
  if (self->fault == KOUAN_FILE_SCANNER_LATE)
    {
      be_late (task);
      return;
    }
  if (self->fault == KOUAN_FILE_SCANNER_UNREADABLE)
    {
      end_with_error (task,
                      kouan_pixels_error_new (KOUAN_PIXELS_ERROR_DAMAGED, KOUAN_FILE_KIND_UNKNOWN,
                                              "pretends to be unreadable"));
      return;
    }
  if (self->fault == KOUAN_FILE_SCANNER_FAILING)
    report (task, 0.5);
  end_with_error (task, g_error_new_literal (KOUAN_SCANNER_ERROR, (int)faults[self->fault].code,
                                             faults[self->fault].message));
}

static void
file_scanner_scan_async (KouanScanner *scanner,
                         KouanScannerProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KouanFileScanner *self = KOUAN_FILE_SCANNER (scanner);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) file = NULL;
  Scan *scan = g_new0 (Scan, 1);
  GError *error = NULL;

  scan->progress = progress;
  scan->progress_data = progress_data;
  g_task_set_task_data (task, scan, g_free);
  if (self->busy)
    {
      g_task_return_new_error (task, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY,
                               "another scan is under way");
      return;
    }
  self->busy = TRUE;
  if (self->fault != KOUAN_FILE_SCANNER_WORKS)
    {
      pretend_fault (self, task);
      return;
    }
  report (task, 0.2);
  if (!g_queue_is_empty (&self->pages))
    {
      end_with_page (task);
      return;
    }
  file = load_next (self, &error);
  if (file == NULL)
    end_with_error (task, error);
  else
    kouan_pixels_read_async (self->pixels, file, cancellable, on_pages_read,
                             g_steal_pointer (&task));
}

static void
file_scanner_refresh (KouanScanner *scanner)
{
  KouanFileScanner *self = KOUAN_FILE_SCANNER (scanner);
  gboolean there
    = self->fault != KOUAN_FILE_SCANNER_MISSING && g_file_test (self->path, G_FILE_TEST_EXISTS);

  set_state (self, there ? KOUAN_DEVICE_READY : KOUAN_DEVICE_OFFLINE);
}

static void
scanner_iface_init (KouanScannerInterface *iface)
{
  iface->scan_async = file_scanner_scan_async;
  iface->refresh = file_scanner_refresh;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFileScanner,
                               kouan_file_scanner,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_SCANNER, scanner_iface_init))

static void
kouan_file_scanner_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, KOUAN_FILE_SCANNER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
kouan_file_scanner_finalize (GObject *object)
{
  KouanFileScanner *self = KOUAN_FILE_SCANNER (object);

  g_queue_clear_full (&self->pages, (GDestroyNotify)kouan_page_unref);
  g_object_unref (self->pixels);
  g_free (self->path);
  G_OBJECT_CLASS (kouan_file_scanner_parent_class)->finalize (object);
}

static void
kouan_file_scanner_class_init (KouanFileScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_file_scanner_get_property;
  object_class->finalize = kouan_file_scanner_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_file_scanner_init (KouanFileScanner *self)
{
  g_queue_init (&self->pages);
}

/**
 * kouan_file_scanner_new:
 * @path: a picture, a PDF, or a folder of them
 * @pixels: reads them
 */
KouanScanner *
kouan_file_scanner_new (const char *path, KouanPixels *pixels)
{
  KouanFileScanner *self = g_object_new (KOUAN_TYPE_FILE_SCANNER, NULL);

  self->path = g_strdup (path);
  self->pixels = g_object_ref (pixels);
  return KOUAN_SCANNER (self);
}

/* From the next scan on. */
void
kouan_file_scanner_set_fault (KouanFileScanner *self, KouanFileScannerFault fault)
{
  g_return_if_fail (KOUAN_IS_FILE_SCANNER (self));

  self->fault = fault;
}
