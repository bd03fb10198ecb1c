/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-doctor"

#include "app/doctor/examination.h"

#include "app/doctor/probe.h"

typedef struct
{
  char *folder;
  const KouanDoctorPrograms *programs;
  GPtrArray *findings;
  guint next_device;
} Examination;

static void
examination_free (gpointer data)
{
  Examination *self = data;

  g_free (self->folder);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

static void probe_next (GTask *task);

static void
on_probed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Examination *self = g_task_get_task_data (task);
  GError *error = NULL;
  KouanFinding *finding = kouan_probe_finish (result, &error);

  if (finding == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->findings, finding);
  self->next_device++;
  probe_next (task);
}

/* Takes @task at the end. */
static void
probe_next (GTask *task)
{
  Examination *self = g_task_get_task_data (task);
  const char *key = kouan_probe_keys ()[self->next_device];
  g_autoptr (KouanStation) station = key != NULL ? kouan_station_load (self->folder, NULL) : NULL;

  if (station != NULL)
    {
      kouan_probe_async (station, key, self->programs, g_task_get_cancellable (task), on_probed,
                         task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&self->findings),
                         (GDestroyNotify)g_ptr_array_unref);
  g_object_unref (task);
}

static void
examine_on_thread (GTask *task,
                   gpointer source G_GNUC_UNUSED,
                   gpointer data,
                   GCancellable *cancellable G_GNUC_UNUSED)
{
  const Examination *self = data;
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  g_task_return_pointer (task, kouan_doctor_examine (self->folder, self->programs, clock),
                         (GDestroyNotify)g_ptr_array_unref);
}

static void
on_examined (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Examination *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->findings = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->findings != NULL)
    {
      probe_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static Examination *
examination_new (const char *folder, const KouanDoctorPrograms *programs)
{
  Examination *self = g_new0 (Examination, 1);

  self->folder = g_strdup (folder);
  self->programs = programs;
  return self;
}

void
kouan_examination_async (const char *folder,
                         const KouanDoctorPrograms *programs,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) on_thread = g_task_new (NULL, cancellable, on_examined, task);

  g_task_set_task_data (task, examination_new (folder, programs), examination_free);
  g_task_set_task_data (on_thread, examination_new (folder, programs), examination_free);
  g_task_run_in_thread (on_thread, examine_on_thread);
}

/* Returns: (transfer full) (element-type KouanFinding) */
GPtrArray *
kouan_examination_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
