/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a thread does with a task's data. Never touches the task. */
typedef gboolean (*KouanWork) (gpointer task_data, GCancellable *cancellable, GError **error);

/* Back on the task's context, before its callback. */
typedef void (*KouanWorkDone) (gpointer source_object, gpointer task_data, const GError *error);

void kouan_worker_run (GTask *task, KouanWork work, KouanWorkDone done);

G_END_DECLS
