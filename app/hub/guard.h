/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"

G_BEGIN_DECLS

/* Total deadlines for connections: whoever is late is cut off, however busily it drips. Any thread
 * may call. */
typedef struct _KouanHubGuard KouanHubGuard;
typedef struct _KouanHubWatch KouanHubWatch; /* one connection */

KouanHubGuard *kouan_hub_guard_new (KouanClock *clock);
void kouan_hub_guard_free (KouanHubGuard *self);
KouanHubWatch *kouan_hub_guard_watch (KouanHubGuard *self, int socket, gint64 time_ms);
void kouan_hub_guard_allow (KouanHubGuard *self, KouanHubWatch *watch, gint64 time_ms);
void kouan_hub_guard_forget (KouanHubGuard *self, KouanHubWatch *watch);
guint kouan_hub_guard_sweep (KouanHubGuard *self);
guint kouan_hub_guard_count (KouanHubGuard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubGuard, kouan_hub_guard_free)

G_END_DECLS
