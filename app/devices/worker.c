/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/worker.h"

/* One blocking piece of work on a thread of its own, and its answer as the end of a GTask. The task
 * is returned and let go on its own context: g_task_run_in_thread may drop the last reference of
 * the source object on the worker, and our objects belong to the main thread. */

typedef struct
{
  GTask *task;
  KouanWork work;
  KouanWorkDone done;
  GError *error;
} Job;

static gboolean
on_done (gpointer data)
{
  Job *job = data;

  if (job->done != NULL)
    job->done (g_task_get_source_object (job->task), g_task_get_task_data (job->task), job->error);
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->task);
  g_free (job);
}

static gpointer
run (gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  if (!job->work (g_task_get_task_data (job->task), g_task_get_cancellable (job->task),
                  &job->error))
    g_assert (job->error != NULL);
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, on_done, job, job_free);
  g_source_attach (source, g_task_get_context (job->task));
  return NULL;
}

/**
 * kouan_worker_run:
 * @task: (transfer full): returns a boolean
 * @work: answers FALSE and an error, or TRUE
 * @done: (nullable)
 */
void
kouan_worker_run (GTask *task, KouanWork work, KouanWorkDone done)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->work = work;
  job->done = done;
  g_thread_unref (g_thread_new ("device", run, job));
}
