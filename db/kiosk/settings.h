/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* What staff have set at this kiosk and what must outlive a power cut: name and value. What is not
 * set has no row. The meaning of each name is its writer's. */
gboolean kouan_settings_get (KouanDatabase *db,
                             const char *name,
                             char **value, /* (out) (nullable) (transfer full) */
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_settings_set (KouanDatabase *db,
                             const char *name,
                             const char *value, /* (nullable) */
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_settings_list (KouanDatabase *db,
                                const char *prefix,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of char*: names */

/* The latest moment that this database knows to have been: no clock that is right shows less. */
gboolean kouan_settings_latest_s (KouanDatabase *db,
                                  gint64 limit_s,
                                  gint64 *latest_s,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
