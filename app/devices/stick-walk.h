/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/stick.h"

G_BEGIN_DECLS

GPtrArray *kouan_stick_walk (const char *folder,
                             gboolean *complete,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_stick_load (const char *folder,
                          const char *path,
                          GCancellable *cancellable,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
