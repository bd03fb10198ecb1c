/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* Where a hub answers those that it does not know: a port of its own, with a thread and limits of
 * its own, so that whatever happens there no kiosk's line is the slower for it. A hub has it only
 * if its operator says so. */
typedef struct _KouanHubDoor KouanHubDoor;

#define KOUAN_HUB_DOOR_CONNECTIONS_MAX 32
#define KOUAN_HUB_DOOR_BURST 20  /* requests that are read at once */
#define KOUAN_HUB_DOOR_EVERY_S 3 /* and then one in so many seconds */

KouanHubDoor *
kouan_hub_door_new (KouanHub *hub, guint port, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_door_free (KouanHubDoor *self);
guint kouan_hub_door_get_port (KouanHubDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubDoor, kouan_hub_door_free)

G_END_DECLS
