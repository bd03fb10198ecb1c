/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A thread that does something every so often until it is freed. */
typedef struct _KouanHubKeeper KouanHubKeeper;
typedef void (*KouanHubKeeperFunc) (gpointer data); /* on the keeper's thread */

KouanHubKeeper *
kouan_hub_keeper_new (const char *name, gint64 every_ms, KouanHubKeeperFunc func, gpointer data);
void kouan_hub_keeper_free (KouanHubKeeper *self); /* waits for a call that is under way */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubKeeper, kouan_hub_keeper_free)

G_END_DECLS
