/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/receiver.h"

G_BEGIN_DECLS

/* tus 1.0 (core, creation, checksum, expiration, termination) and receipts, over TLS 1.3 for
 * enrolled kiosks only. Serves on threads of its own from new to free. */
typedef struct _KouanHubServer KouanHubServer;

KouanHubServer *kouan_hub_server_new (KouanHub *hub,
                                      guint port,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT; /* 0: any */
guint kouan_hub_server_get_port (KouanHubServer *self);
guint kouan_hub_server_count_connections (KouanHubServer *self);
void kouan_hub_server_free (KouanHubServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubServer, kouan_hub_server_free)

G_END_DECLS
