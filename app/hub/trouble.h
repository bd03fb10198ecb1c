/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* The border where other domains' errors become the hub's. Both return FALSE. */
gboolean kouan_hub_io_failed (GError **error, const char *what, const char *path); /* of errno */
gboolean kouan_hub_translate (GError *cause, GError **error); /* (transfer full) */

G_END_DECLS
