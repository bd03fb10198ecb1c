/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs in a thread of its own. Returns: (transfer full): the answer, or %NULL and an error */
typedef gpointer (*KouanWorkFunc) (gpointer data, GCancellable *cancellable, GError **error);

void kouan_work_start (GTask *task,
                       KouanWorkFunc func,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_answer);

G_END_DECLS
