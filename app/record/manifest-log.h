/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Every signed manifest a second time, outside of the database. For app/record alone. Errors are
 * G_IO_ERROR's. */
gboolean kouan_manifest_log_append (const char *path,
                                    GBytes *manifest,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_manifest_log_read (const char *path); /* of GBytes, in order; empty if there is
                                                          none */
gboolean kouan_manifest_log_rewrite (const char *path,
                                     GPtrArray *manifests,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
