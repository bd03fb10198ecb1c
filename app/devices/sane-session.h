/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/scanner.h"

G_BEGIN_DECLS

/* In the thread that scans. */
typedef void (*KouanSaneProgress) (guint percent, gpointer data);

gboolean kouan_sane_probe (const char *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanPage *kouan_sane_scan (const char *device,
                            KouanSaneProgress progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
