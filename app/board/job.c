/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/job.h"

#include <json-glib/json-glib.h>

/* What the program prints is read line by line: lines with "records_total" say how far it is, the
 * last one says what came of it. The bar is therefore as true as the program is. */

struct _KouanJob
{
  GObject parent_instance;

  GSubprocess *process;
  GDataInputStream *lines;
  KouanSyncProgress progress;
  JsonObject *last; /* (nullable) */
  gboolean lines_over;
  gboolean process_over;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanJob, kouan_job, G_TYPE_OBJECT)

static void read_next (KouanJob *self);

static gint64
member (JsonObject *object, const char *name, gint64 fallback)
{
  return json_object_get_int_member_with_default (object, name, fallback);
}

static void
take_line (KouanJob *self, const char *line)
{
  g_autoptr (JsonNode) root = json_from_string (line, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  g_clear_pointer (&self->last, json_object_unref);
  self->last = json_node_dup_object (root);
  if (!json_object_has_member (self->last, "records_total"))
    return;
  self->progress.records_done = (guint)member (self->last, "records_done", 0);
  self->progress.records_total = (guint)member (self->last, "records_total", 0);
  self->progress.bytes_done = member (self->last, "bytes_done", 0);
  self->progress.bytes_total = member (self->last, "bytes_total", 0);
  self->progress.left_s = member (self->last, "left_s", -1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
finish_if_over (KouanJob *self)
{
  if (self->lines_over && self->process_over)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanJob) self = data;
  g_autofree char *line
    = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line != NULL)
    {
      take_line (self, line);
      read_next (self);
      return;
    }
  self->lines_over = TRUE;
  finish_if_over (self);
}

static void
read_next (KouanJob *self)
{
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, on_line,
                                       g_object_ref (self));
}

static void
on_process_over (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanJob) self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->process_over = TRUE;
  finish_if_over (self);
}

const KouanSyncProgress *
kouan_job_get_progress (KouanJob *self)
{
  return &self->progress;
}

gboolean
kouan_job_is_finished (KouanJob *self)
{
  return self->lines_over && self->process_over;
}

int
kouan_job_get_exit (KouanJob *self)
{
  return self->process_over && g_subprocess_get_if_exited (self->process)
           ? g_subprocess_get_exit_status (self->process)
           : -1;
}

gint64
kouan_job_get_number (KouanJob *self, const char *name)
{
  return self->last != NULL ? member (self->last, name, 0) : 0;
}

const char *
kouan_job_get_text (KouanJob *self, const char *name)
{
  return self->last != NULL ? json_object_get_string_member_with_default (self->last, name, NULL)
                            : NULL;
}

static void
kouan_job_finalize (GObject *object)
{
  KouanJob *self = KOUAN_JOB (object);

  g_clear_object (&self->lines);
  g_clear_object (&self->process);
  g_clear_pointer (&self->last, json_object_unref);
  G_OBJECT_CLASS (kouan_job_parent_class)->finalize (object);
}

static void
kouan_job_class_init (KouanJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_job_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_job_init (KouanJob *self)
{
  self->progress.left_s = -1;
}

KouanJob *
kouan_job_new (const char *const *words, GError **error)
{
  g_autoptr (GSubprocess) process
    = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  KouanJob *self;

  if (process == NULL)
    return NULL;
  self = g_object_new (KOUAN_TYPE_JOB, NULL);
  self->process = g_steal_pointer (&process);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_subprocess_wait_async (self->process, NULL, on_process_over, g_object_ref (self));
  read_next (self);
  return self;
}
