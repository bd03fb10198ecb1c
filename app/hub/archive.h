/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_HUB_ARCHIVE_ALL_OR_NONE,
  KOUAN_HUB_ARCHIVE_BUT_LOST, /* what has no bytes here is left out */
} KouanHubArchiveMode;

gboolean kouan_hub_archive (KouanHub *hub,
                            gint64 up_to,
                            KouanHubArchiveMode mode,
                            gint64 *count,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
