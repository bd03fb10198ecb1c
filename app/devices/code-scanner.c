/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/code-scanner.h"

#include "app/codes/codes.h"

/* Reads the codes that somebody holds in front of a camera, in kouan-codes. A worker thread hands
 * it one frame at a time; a frame that arrives meanwhile is let go, because the next one is newer.
 * Whatever is being read when the scanner stops belongs to somebody who has left: its generation is
 * over, and it is thrown away. */

struct _KouanCodeScanner
{
  GObject parent_instance;

  KouanCamera *camera;
  KouanCodes *codes; /* used by the one job that is under way */
  GThreadPool *worker;
  gboolean is_busy;
  guint generation;

  /* While it is started. */
  gboolean is_started;
  GCancellable *cancellable;
  GHashTable *seen; /* texts */
};

enum
{
  CODE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanCodeScanner, kouan_code_scanner, G_TYPE_OBJECT)

typedef struct
{
  KouanCodeScanner *scanner;
  guint generation;
  KouanFrame *frame;
  GPtrArray *codes; /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  kouan_frame_unref (job->frame);
  g_clear_pointer (&job->codes, g_ptr_array_unref);
  g_object_unref (job->scanner);
  g_free (job);
}

static void
report (KouanCodeScanner *self, const KouanQrCode *code)
{
  const char *text = code->text != NULL ? code->text : "";

  if (g_hash_table_add (self->seen, g_strdup (text)))
    g_signal_emit (self, signals[CODE], 0, text);
}

static gboolean
on_frame_read (gpointer data)
{
  Job *job = data;
  KouanCodeScanner *self = job->scanner;

  self->is_busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    kouan_code_scanner_stop (self);
  /* Each report may end in a stop. */
  for (guint i = 0;
       job->codes != NULL && i < job->codes->len && job->generation == self->generation; i++)
    report (self, job->codes->pdata[i]);
  return G_SOURCE_REMOVE;
}

static void
read_frame (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->codes
    = kouan_codes_read (job->scanner->codes, kouan_frame_get_pixels (job->frame), job->frame->width,
                        job->frame->height, job->frame->stride, TRUE, &error);
  if (job->codes == NULL
      && !g_error_matches (error, KOUAN_CODES_ERROR, KOUAN_CODES_ERROR_NOT_THERE))
    g_message ("A frame is let go: %s", error->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_frame_read, job, job_free);
}

static void
on_gray (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, gpointer data)
{
  KouanCodeScanner *self = KOUAN_CODE_SCANNER (data);
  Job *job;

  if (g_cancellable_is_cancelled (self->cancellable))
    kouan_code_scanner_stop (self);
  if (!self->is_started || self->is_busy)
    return;
  job = g_new0 (Job, 1);
  job->scanner = g_object_ref (self);
  job->generation = self->generation;
  job->frame = kouan_frame_ref (frame);
  self->is_busy = TRUE;
  g_thread_pool_push (self->worker, job, NULL);
}

static void
kouan_code_scanner_dispose (GObject *object)
{
  KouanCodeScanner *self = KOUAN_CODE_SCANNER (object);

  if (self->camera != NULL)
    kouan_code_scanner_stop (self);
  g_clear_object (&self->camera);
  G_OBJECT_CLASS (kouan_code_scanner_parent_class)->dispose (object);
}

/* A job holds its scanner, so none is under way here. */
static void
kouan_code_scanner_finalize (GObject *object)
{
  KouanCodeScanner *self = KOUAN_CODE_SCANNER (object);

  g_thread_pool_free (self->worker, FALSE, TRUE);
  kouan_codes_free (self->codes);
  g_hash_table_unref (self->seen);
  G_OBJECT_CLASS (kouan_code_scanner_parent_class)->finalize (object);
}

static void
kouan_code_scanner_class_init (KouanCodeScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kouan_code_scanner_dispose;
  object_class->finalize = kouan_code_scanner_finalize;
  signals[CODE] = g_signal_new ("code", KOUAN_TYPE_CODE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kouan_code_scanner_init (KouanCodeScanner *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* A thread of its own, for kouan-codes ends with the thread that started it. */
  self->worker = g_thread_pool_new (read_frame, NULL, 1, TRUE, NULL);
}

/* @program: the whole path of kouan-codes */
KouanCodeScanner *
kouan_code_scanner_new (KouanCamera *camera, const char *program)
{
  KouanCodeScanner *self = g_object_new (KOUAN_TYPE_CODE_SCANNER, NULL);

  self->camera = g_object_ref (camera);
  self->codes = kouan_codes_new (program);
  g_signal_connect_object (camera, "gray", G_CALLBACK (on_gray), self, 0);
  return self;
}

/* Returns: (transfer none): for the screen, whose live picture it is */
KouanCamera *
kouan_code_scanner_get_camera (KouanCodeScanner *self)
{
  g_return_val_if_fail (KOUAN_IS_CODE_SCANNER (self), NULL);

  return self->camera;
}

/**
 * kouan_code_scanner_start:
 * @cancellable: (nullable): once cancelled, it is as if the scanner had been stopped at that moment
 *
 * Starts the camera too. Everything is new: a code that was seen before is reported again.
 */
void
kouan_code_scanner_start (KouanCodeScanner *self, GCancellable *cancellable)
{
  g_return_if_fail (KOUAN_IS_CODE_SCANNER (self));
  g_return_if_fail (!self->is_started);

  self->is_started = TRUE;
  g_set_object (&self->cancellable, cancellable);
  kouan_camera_start (self->camera);
}

/* Stops the camera too. Stopping what is stopped does nothing. */
void
kouan_code_scanner_stop (KouanCodeScanner *self)
{
  g_return_if_fail (KOUAN_IS_CODE_SCANNER (self));

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  self->generation++;
  g_clear_object (&self->cancellable);
  kouan_code_scanner_forget (self);
  kouan_camera_stop (self->camera);
}

/* The same code may be reported again: after a refusal, when the person tries once more. */
void
kouan_code_scanner_forget (KouanCodeScanner *self)
{
  g_return_if_fail (KOUAN_IS_CODE_SCANNER (self));

  g_hash_table_remove_all (self->seen);
}
