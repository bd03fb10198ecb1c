/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/chip-reader.h"

#include "app/chip/evaluate.h"
#include "app/clock/date.h"
#include "app/devices/worker.h"

/* A reading runs on a worker. Its progress comes back as idle sources of the same priority as its
 * end, so none arrives after it. */

#define STEP 0.01

struct _KouanChipReader
{
  GObject parent_instance;

  KouanChipTransport *transport;
  KouanClock *clock;
  KouanChipPassword *can; /* (nullable): for the next reading */

  gboolean is_busy;
  KouanChipReading *kept; /* (nullable): of a document that was lifted */
  KouanChipDetails details;
};

/* One reading, as the data of its task. The worker has it until it is done. */
typedef struct
{
  KouanChipReading *reading;
  KouanChipTransport *transport;
  KouanMrz *known; /* (nullable) */
  GDate today;
  KouanDocumentReading *result;

  KouanReadProgress progress;
  gpointer progress_data;
  GMainContext *context;
  KouanReadStage stage;
  double fraction;
} Job;

typedef struct
{
  KouanReadProgress progress;
  gpointer progress_data;
  KouanReadStage stage;
  double fraction;
} News;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->reading, kouan_chip_reading_free);
  g_clear_pointer (&job->known, kouan_mrz_unref);
  g_clear_pointer (&job->result, kouan_document_reading_unref);
  g_object_unref (job->transport);
  g_main_context_unref (job->context);
  g_free (job);
}

static gboolean
on_news (gpointer data)
{
  const News *news = data;

  news->progress (news->stage, news->fraction, news->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell (Job *job, KouanReadStage stage, double fraction)
{
  g_autoptr (GSource) source = NULL;
  News *news;

  if (job->progress == NULL
      || (stage == job->stage && fraction < job->fraction + STEP && fraction < 1))
    return;
  job->stage = stage;
  job->fraction = fraction;
  news = g_new (News, 1);
  *news = (News){ job->progress, job->progress_data, stage, fraction };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, news, g_free);
  g_source_attach (source, job->context);
}

static void
on_chip_progress (KouanChipStage stage, double fraction, gpointer data)
{
  static const KouanReadStage stages[] = { [KOUAN_CHIP_STAGE_WAITING] = KOUAN_READ_WAITING,
                                           [KOUAN_CHIP_STAGE_OPENING] = KOUAN_READ_OPENING,
                                           [KOUAN_CHIP_STAGE_READING] = KOUAN_READ_READING };

  tell (data, stages[stage], fraction);
}

/* On the worker. */
static gboolean
read_chip (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (!kouan_chip_reading_run (job->reading, job->transport, on_chip_progress, job, cancellable,
                               error))
    return FALSE;
  tell (job, KOUAN_READ_CHECKING, -1);
  job->result = kouan_chip_evaluate (job->reading, job->known, &job->today, error);
  return job->result != NULL;
}

static void
on_chip_read (gpointer source_object, gpointer task_data, const GError *error)
{
  KouanChipReader *self = KOUAN_CHIP_READER (source_object);
  Job *job = task_data;

  self->is_busy = FALSE;
  self->details.access = kouan_chip_reading_get_access (job->reading);
  self->details.commands = kouan_chip_reading_get_command_count (job->reading);
  self->details.own_us = kouan_chip_reading_get_own_us (job->reading);
  self->details.whole_us = kouan_chip_reading_get_whole_us (job->reading);
  self->details.error = error != NULL && error->domain == KOUAN_CHIP_ERROR ? error->code : -1;
  if (g_error_matches (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_REMOVED))
    self->kept = g_steal_pointer (&job->reading);
}

/* Takes what was kept of the same document, or begins anew. */
static KouanChipReading *
take_reading (KouanChipReader *self, const KouanMrz *known)
{
  g_autoptr (KouanChipPassword) password = NULL;
  g_autoptr (KouanChipReading) kept = g_steal_pointer (&self->kept);
  KouanChipPassword *earlier = kept != NULL ? kouan_chip_reading_get_password (kept) : NULL;

  if (self->can != NULL)
    password = g_steal_pointer (&self->can);
  else if (known != NULL)
    password = kouan_chip_password_new_mrz (known);
  if (earlier != NULL && password != NULL && kouan_chip_password_equal (earlier, password))
    return g_steal_pointer (&kept);
  return kouan_chip_reading_new (password);
}

static KouanSource
chip_reader_get_source (KouanDocumentReader *reader G_GNUC_UNUSED)
{
  return KOUAN_SOURCE_ELECTRONIC;
}

static void
chip_reader_read_async (KouanDocumentReader *reader,
                        const KouanMrz *known,
                        KouanReadProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  KouanChipReader *self = KOUAN_CHIP_READER (reader);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job;

  g_return_if_fail (!self->is_busy);

  g_task_set_source_tag (task, chip_reader_read_async);
  job = g_new0 (Job, 1);
  job->reading = take_reading (self, known);
  job->transport = g_object_ref (self->transport);
  job->known = known != NULL ? kouan_mrz_ref ((KouanMrz *)known) : NULL;
  kouan_date_today (self->clock, &job->today);
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref (g_task_get_context (task));
  job->fraction = -2;
  g_task_set_task_data (task, job, job_free);
  self->is_busy = TRUE;
  kouan_worker_run (task, read_chip, on_chip_read);
}

static int
translate (int code)
{
  switch ((KouanChipError)code)
    {
    case KOUAN_CHIP_ERROR_SERVICE:
    case KOUAN_CHIP_ERROR_NO_READER:
    case KOUAN_CHIP_ERROR_READER:
      return KOUAN_DOCUMENT_READER_ERROR_DEVICE;
    case KOUAN_CHIP_ERROR_REMOVED:
      return KOUAN_DOCUMENT_READER_ERROR_REMOVED;
    case KOUAN_CHIP_ERROR_ACCESS_DENIED:
      return KOUAN_DOCUMENT_READER_ERROR_LOCKED;
    case KOUAN_CHIP_ERROR_NOT_A_DOCUMENT:
    case KOUAN_CHIP_ERROR_MUTE:
      return KOUAN_DOCUMENT_READER_ERROR_NO_CHIP;
    case KOUAN_CHIP_ERROR_TAMPERED:
      return KOUAN_DOCUMENT_READER_ERROR_TAMPERED;
    default:
      return KOUAN_DOCUMENT_READER_ERROR_UNREADABLE;
    }
}

static KouanDocumentReading *
chip_reader_read_finish (KouanDocumentReader *reader, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, reader), NULL);

  job = g_task_get_task_data (G_TASK (result));
  if (g_task_propagate_boolean (G_TASK (result), &local))
    return g_steal_pointer (&job->result);
  if (local->domain == KOUAN_CHIP_ERROR)
    g_set_error_literal (error, KOUAN_DOCUMENT_READER_ERROR, translate (local->code),
                         local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
document_reader_iface_init (KouanDocumentReaderInterface *iface)
{
  iface->get_source = chip_reader_get_source;
  iface->read_async = chip_reader_read_async;
  iface->read_finish = chip_reader_read_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanChipReader,
                               kouan_chip_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_DOCUMENT_READER,
                                                      document_reader_iface_init))

static void
kouan_chip_reader_finalize (GObject *object)
{
  KouanChipReader *self = KOUAN_CHIP_READER (object);

  g_clear_pointer (&self->kept, kouan_chip_reading_free);
  g_clear_pointer (&self->can, kouan_chip_password_unref);
  g_object_unref (self->transport);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (kouan_chip_reader_parent_class)->finalize (object);
}

static void
kouan_chip_reader_class_init (KouanChipReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_chip_reader_finalize;
}

static void
kouan_chip_reader_init (KouanChipReader *self)
{
  self->details.error = -1;
}

/* @transport: used by this reader alone; @clock: says what day it is */
KouanChipReader *
kouan_chip_reader_new (KouanChipTransport *transport, KouanClock *clock)
{
  KouanChipReader *self = g_object_new (KOUAN_TYPE_CHIP_READER, NULL);

  self->transport = g_object_ref (transport);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * kouan_chip_reader_new_for_source:
 * @source: what kouan.conf says: see kouan_chip_transport_new_for_source()
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanChipReader *
kouan_chip_reader_new_for_source (const char *source, KouanClock *clock, GError **error)
{
  g_autoptr (KouanChipTransport) transport = kouan_chip_transport_new_for_source (source, error);

  return transport != NULL ? kouan_chip_reader_new (transport, clock) : NULL;
}

gboolean
kouan_chip_reader_set_can (KouanChipReader *self, const char *can)
{
  g_return_val_if_fail (KOUAN_IS_CHIP_READER (self), FALSE);

  g_clear_pointer (&self->can, kouan_chip_password_unref);
  if (can != NULL)
    self->can = kouan_chip_password_new_can (can);
  return can == NULL || self->can != NULL;
}

const KouanChipDetails *
kouan_chip_reader_get_details (KouanChipReader *self)
{
  g_return_val_if_fail (KOUAN_IS_CHIP_READER (self), NULL);

  return &self->details;
}
