/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/doctor.h"

G_BEGIN_DECLS

/* One device of the station, asked whether it works: a picture from a camera, the state of a
 * scanner or printer, the reader of chips, the stick. Nothing is printed or scanned. */
const char *const *kouan_probe_keys (void); /* NULL-terminated: "camera", "scanner", … */
void kouan_probe_async (KouanStation *station,
                        const char *key,
                        const KouanDoctorPrograms *programs,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
KouanFinding *kouan_probe_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
