/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/run.h"

G_BEGIN_DECLS

/* The audit's head goes up, the hub's word about it comes down; for app/sync alone. */
void kouan_sync_anchor_audit (KouanSyncRun *self, GCancellable *cancellable);
GBytes *kouan_sync_describe_audit (KouanSyncRun *self);
gboolean kouan_sync_take_anchor (KouanSyncRun *self, GBytes *receipt);

G_END_DECLS
