/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/work.h"

/* A GTask whose work blocks. GTask's own threads let go of the source object wherever they happen
 * to be; here the thread touches nothing but the work's own data, and task, answer and data go back
 * together to the context that asked, where the callback runs and where all of it is freed. */

typedef struct
{
  GTask *task;
  GCancellable *cancellable;
  KouanWorkFunc func;
  gpointer data;
  GDestroyNotify free_data;
  gpointer answer;
  GDestroyNotify free_answer;
  GError *error;
} Work;

static gboolean
on_work_done (gpointer data)
{
  Work *work = data;

  if (work->error != NULL)
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  else
    g_task_return_pointer (work->task, work->answer, work->free_answer);
  if (work->free_data != NULL)
    work->free_data (work->data);
  g_object_unref (work->task);
  g_free (work);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Work *work = data;
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (work->task));
  g_autoptr (GSource) source = g_idle_source_new ();

  work->answer = work->func (work->data, work->cancellable, &work->error);
  g_source_set_priority (source, g_task_get_priority (work->task));
  g_source_set_callback (source, on_work_done, work, NULL);
  g_source_attach (source, context);
  return NULL;
}

/**
 * kouan_work_start:
 * @task: (transfer full): returned in its own context when @func is over
 * @func: must not touch anything that another thread changes
 * @data: (transfer full): handed to @func, freed in the task's context
 * @free_answer: for an answer that nobody fetched
 */
void
kouan_work_start (GTask *task,
                  KouanWorkFunc func,
                  gpointer data,
                  GDestroyNotify free_data,
                  GDestroyNotify free_answer)
{
  Work *work = g_new0 (Work, 1);

  work->task = task;
  work->cancellable = g_task_get_cancellable (task); /* kept by the task */
  work->func = func;
  work->data = data;
  work->free_data = free_data;
  work->free_answer = free_answer;
  g_thread_unref (g_thread_new ("kouan-work", run, work));
}
