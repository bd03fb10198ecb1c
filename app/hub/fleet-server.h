/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* The fleet page, for browsers on this machine and nobody else. */
typedef struct _KouanFleetServer KouanFleetServer;

KouanFleetServer *
kouan_fleet_server_new (KouanHub *hub, guint port, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint kouan_fleet_server_get_port (KouanFleetServer *self);
void kouan_fleet_server_free (KouanFleetServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFleetServer, kouan_fleet_server_free)

G_END_DECLS
