/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* How a kiosk does, from what it has said and from what has come of it. */
typedef enum
{
  KOUAN_FLEET_GOOD,
  KOUAN_FLEET_ATTENTION, /* something is refused or broken: a person should look */
  KOUAN_FLEET_SILENT,    /* no night without a word: longer than a night and a day ago, or never */
  KOUAN_FLEET_REVOKED,
} KouanFleetState;

/* What the page shows. */
typedef struct
{
  char *name;            /* of the hub */
  GPtrArray *rows;       /* of KouanHubFleetRow, by the kiosk's number */
  GPtrArray *duplicates; /* of KouanHubRecord, the newest first */
  GPtrArray *strangers;  /* of KouanHubStranger: those that wait among them are shown */
  gint64 now_s;
} KouanFleet;

KouanFleet *kouan_fleet_read (KouanHub *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_fleet_free (KouanFleet *self);
KouanFleetState kouan_fleet_state (const KouanHubFleetRow *row, gint64 now_s);
const char *kouan_fleet_state_to_string (KouanFleetState state);
char *kouan_fleet_page (const KouanFleet *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFleet, kouan_fleet_free)

G_END_DECLS
