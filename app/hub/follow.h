/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

gboolean kouan_hub_follow (KouanHub *hub, gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
