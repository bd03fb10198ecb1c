/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* What the hub hands out to every kiosk: the catalogue, signed. Errors are KOUAN_HUB_ERROR's. */
gboolean kouan_hub_publish (KouanHub *hub, const char *folder, guint64 *version, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_read_published (KouanHub *hub,
                                  const char *name,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
