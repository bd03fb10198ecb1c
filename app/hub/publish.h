/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"
#include "app/sync/list.h"

G_BEGIN_DECLS

/* What the hub hands out to kiosks: the catalogue, and lists; all signed. Errors are
 * KOUAN_HUB_ERROR's. */
gboolean kouan_hub_publish_catalogue (KouanHub *hub,
                                      const char *folder,
                                      guint64 *version,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_publish_list (KouanHub *hub,
                                 KouanListKind kind,
                                 guint hall_id,
                                 GBytes *content,
                                 guint64 *version,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

GBytes *kouan_hub_read_catalogue (KouanHub *hub,
                                  const char *name,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_read_list (KouanHub *hub,
                             KouanListKind kind,
                             guint hall_id,
                             gint64 *version,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
