/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sane-scanner.h"

#include "app/devices/scan-exit.h"
#include "app/devices/worker.h"
#include "app/documents/child.h"

/* A document scanner through libsane, which runs in kouan-scan: whatever a driver does, this
 * process goes on and can end it. The rows that arrive are the progress. */

#define SCAN_MAX_MS 180000 /* a lamp that warms up, a slow drive, and no more */
#define PROBE_MAX_MS 30000

struct _KouanSaneScanner
{
  GObject parent_instance;

  char *program;
  char *device;
  char *environment;
  KouanDeviceState state;
  gboolean busy;
};

enum
{
  PROP_0,
  PROP_STATE,
};

/* One scan; belongs to the worker until it is done. */
typedef struct
{
  char *program;
  char *device;
  char *environment;
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

  g_free (scan->program);
  g_free (scan->device);
  g_free (scan->environment);
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
take_page (KouanPage *page, gpointer data)
{
  ((Scan *)data)->page = kouan_page_ref (page);
  return TRUE;
}

static gboolean
fail (GError **error, KouanScannerError code, const char *message)
{
  g_set_error_literal (error, KOUAN_SCANNER_ERROR, (int)code, message);
  return FALSE;
}

static gboolean
fail_with_exit_code (GError **error, int exit_code)
{
  int code = exit_code - KOUAN_SCAN_EXIT_ERROR;

  if (code < 0 || code > KOUAN_SCANNER_ERROR_FAILED)
    code = KOUAN_SCANNER_ERROR_FAILED;
  return fail (error, code, "kouan-scan says so");
}

/* On the worker. */
static gboolean
run (const Scan *scan,
     const char *const *argv,
     guint deadline_ms,
     KouanFrames *frames,
     GCancellable *cancellable,
     GError **error)
{
  const KouanChildPlan plan = { argv, deadline_ms, TRUE, scan->environment };
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  int exit_code = 0;

  switch (kouan_child_run (&plan, nothing, frames, cancellable, &exit_code))
    {
    case KOUAN_CHILD_SPOKE:
      return kouan_frames_state (frames) == KOUAN_FRAMES_DONE
             || fail (error, KOUAN_SCANNER_ERROR_FAILED, "kouan-scan said what it may not say");
    case KOUAN_CHILD_EXITED:
      return exit_code == KOUAN_SCAN_EXIT_FOUND || fail_with_exit_code (error, exit_code);
    case KOUAN_CHILD_LATE:
      return fail (error, KOUAN_SCANNER_ERROR_OFFLINE, "the scanner does not go on");
    case KOUAN_CHILD_CANCELLED:
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    case KOUAN_CHILD_NONE:
    case KOUAN_CHILD_CRASHED:
    default:
      return fail (error, KOUAN_SCANNER_ERROR_FAILED, "kouan-scan does not run");
    }
}

/* On the worker. */
static gboolean
scan_page (gpointer data, GCancellable *cancellable, GError **error)
{
  Scan *scan = data;
  const char *argv[] = { scan->program, scan->device, NULL };
  g_autoptr (KouanFrames) frames = kouan_frames_new (KOUAN_PIXELS_AREA_MAX, take_page, scan);

  kouan_frames_set_progress (frames, post_progress);
  if (!run (scan, argv, SCAN_MAX_MS, frames, cancellable, error))
    return FALSE;
  return scan->page != NULL || fail (error, KOUAN_SCANNER_ERROR_FAILED, "kouan-scan gave no page");
}

/* On the worker. */
static gboolean
probe (gpointer data, GCancellable *cancellable, GError **error)
{
  Scan *scan = data;
  const char *argv[] = { scan->program, "--probe", scan->device, NULL };
  g_autoptr (KouanFrames) frames = kouan_frames_new (1, take_page, scan);

  return run (scan, argv, PROBE_MAX_MS, frames, cancellable, error);
}

static void
on_done (gpointer source_object, gpointer data G_GNUC_UNUSED, const GError *error)
{
  KouanSaneScanner *self = KOUAN_SANE_SCANNER (source_object);

  self->busy = FALSE;
  set_state (self, kouan_scanner_state_of_error (error));
}

/* Takes @task. */
static void
start (KouanSaneScanner *self,
       GTask *task,
       KouanWork work,
       KouanScannerProgress progress,
       gpointer progress_data)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->program = g_strdup (self->program);
  scan->device = g_strdup (self->device);
  scan->environment = g_strdup (self->environment);
  scan->context = g_main_context_ref (g_task_get_context (task));
  scan->progress = progress;
  scan->progress_data = progress_data;
  g_task_set_task_data (task, scan, scan_free);
  self->busy = TRUE;
  if (self->state == KOUAN_DEVICE_OFF)
    set_state (self, KOUAN_DEVICE_STARTING);
  kouan_worker_run (task, work, on_done);
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

  if (!self->busy)
    {
      start (self, g_task_new (self, cancellable, on_scanned, answer), scan_page, progress,
             progress_data);
      return;
    }
  g_task_return_new_error (answer, KOUAN_SCANNER_ERROR, KOUAN_SCANNER_ERROR_BUSY,
                           "another scan is under way");
  g_object_unref (answer);
}

static void
sane_scanner_refresh (KouanScanner *scanner)
{
  KouanSaneScanner *self = KOUAN_SANE_SCANNER (scanner);

  if (!self->busy)
    start (self, g_task_new (self, NULL, NULL, NULL), probe, NULL, NULL);
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
  KouanSaneScanner *self = KOUAN_SANE_SCANNER (object);

  g_free (self->program);
  g_free (self->device);
  g_free (self->environment);
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
 * @program: the whole path of kouan-scan
 * @device: as SANE names it, "" for the first, with "#option=value;…" behind it
 */
KouanScanner *
kouan_sane_scanner_new (const char *program, const char *device)
{
  KouanSaneScanner *self = g_object_new (KOUAN_TYPE_SANE_SCANNER, NULL);

  self->program = g_strdup (program);
  self->device = g_strdup (device);
  return KOUAN_SCANNER (self);
}

/* Where SANE's dll.conf lies, if not where the system has it. Before the first scan. */
void
kouan_sane_scanner_set_config_dir (KouanSaneScanner *self, const char *config_dir)
{
  g_return_if_fail (KOUAN_IS_SANE_SCANNER (self));

  g_free (self->environment);
  self->environment = g_strconcat ("SANE_CONFIG_DIR=", config_dir, NULL);
}
