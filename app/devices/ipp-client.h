/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/printer.h"

G_BEGIN_DECLS

/* Both block: on a worker thread. */
KouanDeviceState kouan_ipp_ask_state (const char *uri);
gboolean kouan_ipp_print (const char *uri,
                          GBytes *pdf,
                          double height_mm,
                          const char *number,
                          GCancellable *cancellable,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
