/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/doctor.h"

G_BEGIN_DECLS

/* The whole machine: what stands in files on a thread, then the devices one by one on this one,
 * because they answer by signals. */
void kouan_examination_async (const char *folder,
                              const KouanDoctorPrograms *programs, /* must live until the end */
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *kouan_examination_finish (GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT; /* KouanFinding */

G_END_DECLS
