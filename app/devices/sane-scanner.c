/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sane-scanner.h"

#include "app/devices/sane-session.h"
#include "app/devices/worker.h"

/* A document scanner through libsane, each scan in a thread of its own, because drivers block: for
 * seconds while they look for their device, for as long as the paper moves while they read. */

struct _KouanSaneScanner
{
  GObject parent_instance;

  char *device;
  KouanDeviceState state;
};

enum
{
  PROP_0,
  PROP_STATE,
};

/* One scan; belongs to the worker until it is done. */
typedef struct
{
  char *device;
  GMainContext *context;
  KouanScannerProgress progress;
  gpointer progress_data;
  KouanPage *page;
} Scan;

typedef struct
{
  KouanScannerProgress progress;
  gpointer data;
  double fraction;
} Report;

static void
scan_free (gpointer data)
{
  Scan *scan = data;

  g_free (scan->device);
  g_main_context_unref (scan->context);
  g_clear_pointer (&scan->page, kouan_page_unref);
  g_free (scan);
}

static void
set_state (KouanSaneScanner *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static gboolean
on_report (gpointer data)
{
  Report *report = data;

  report->progress (report->fraction, report->data);
  return G_SOURCE_REMOVE;
}

/* On the worker. */
static void
post_progress (guint percent, gpointer data)
{
  Scan *scan = data;
  g_autoptr (GSource) source = NULL;
  Report *report;

  if (scan->progress == NULL)
    return;
  report = g_new (Report, 1);
  *report = (Report){ scan->progress, scan->progress_data, percent / 100.0 };
  source = g_idle_source_new ();
  g_source_set_priority (source,
                         G_PRIORITY_DEFAULT); /* as the answer has, so that it comes before */
  g_source_set_callback (source, on_report, report, g_free);
  g_source_attach (source, scan->context);
}

/* On the worker. */
static gboolean
scan_page (gpointer data, GCancellable *cancellable, GError **error)
{
  Scan *scan = data;

  scan->page = kouan_sane_scan (scan->device, post_progress, scan, cancellable, error);
  return scan->page != NULL;
}

/* On the worker. */
static gboolean
probe (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  return kouan_sane_probe (((Scan *)data)->device, error);
}

static void
on_done (gpointer source_object, gpointer data G_GNUC_UNUSED, const GError *error)
{
  if (!g_error_matches (error, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY))
    set_state (KOUAN_SANE_SCANNER (source_object), kouan_scanner_state_of_error (error));
}

static GTask *
new_task (KouanSaneScanner *self,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Scan *scan = g_new0 (Scan, 1);

  scan->device = g_strdup (self->device);
  scan->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, scan, scan_free);
  if (self->state == KOUAN_DEVICE_OFF)
    set_state (self, KOUAN_DEVICE_STARTING);
  return task;
}

/* Between the worker and the caller: the page that the worker left in the task's data becomes the
 * answer. */
static void
on_scanned (GObject *source_object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Scan *scan = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_steal_pointer (&scan->page), (GDestroyNotify)kouan_page_unref);
  else
    g_task_return_error (task, error);
}

static void
sane_scanner_scan_async (KouanScanner *scanner,
                         KouanScannerProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KouanSaneScanner *self = KOUAN_SANE_SCANNER (scanner);
  GTask *answer = g_task_new (self, cancellable, callback, user_data);
  GTask *work = new_task (self, cancellable, on_scanned, answer);
  Scan *scan = g_task_get_task_data (work);

  scan->progress = progress;
  scan->progress_data = progress_data;
  kouan_worker_run (work, scan_page, on_done);
}

static void
sane_scanner_refresh (KouanScanner *scanner)
{
  KouanSaneScanner *self = KOUAN_SANE_SCANNER (scanner);

  kouan_worker_run (new_task (self, NULL, NULL, NULL), probe, on_done);
}

static void
scanner_iface_init (KouanScannerInterface *iface)
{
  iface->scan_async = sane_scanner_scan_async;
  iface->refresh = sane_scanner_refresh;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanSaneScanner,
                               kouan_sane_scanner,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_SCANNER, scanner_iface_init))

static void
kouan_sane_scanner_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, KOUAN_SANE_SCANNER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
kouan_sane_scanner_finalize (GObject *object)
{
  g_free (KOUAN_SANE_SCANNER (object)->device);
  G_OBJECT_CLASS (kouan_sane_scanner_parent_class)->finalize (object);
}

static void
kouan_sane_scanner_class_init (KouanSaneScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_sane_scanner_get_property;
  object_class->finalize = kouan_sane_scanner_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_sane_scanner_init (KouanSaneScanner *self G_GNUC_UNUSED)
{
}

/**
 * kouan_sane_scanner_new:
 * @device: as SANE names it, "" for the first, with "#option=value;…" behind it
 */
KouanScanner *
kouan_sane_scanner_new (const char *device)
{
  KouanSaneScanner *self = g_object_new (KOUAN_TYPE_SANE_SCANNER, NULL);

  self->device = g_strdup (device);
  return KOUAN_SCANNER (self);
}
