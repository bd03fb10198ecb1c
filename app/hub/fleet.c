/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/fleet.h"

#include "app/hub/trouble.h"

#define SILENT_S (36 * 60 * 60) /* a nightly sync and half a day */
#define DUPLICATES_SHOWN 50

void
kouan_fleet_free (KouanFleet *self)
{
  g_free (self->name);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
  g_clear_pointer (&self->strangers, g_ptr_array_unref);
  g_free (self);
}

/* Returns: (transfer full): how all kiosks are now */
KouanFleet *
kouan_fleet_read (KouanHub *hub, GError **error)
{
  g_autoptr (KouanFleet) self = g_new0 (KouanFleet, 1);
  KouanHubStore *store = kouan_hub_get_store (hub);
  GError *local = NULL;

  self->name = g_strdup (kouan_hub_get_name (hub));
  self->now_s = kouan_clock_wall_s (kouan_hub_get_clock (hub));
  self->rows = kouan_hub_store_list_fleet (store, &local);
  if (self->rows != NULL)
    self->duplicates = kouan_hub_store_list_duplicates (store, DUPLICATES_SHOWN, &local);
  if (self->duplicates != NULL)
    self->strangers = kouan_hub_store_list_strangers (store, &local);
  if (self->strangers != NULL)
    return g_steal_pointer (&self);
  kouan_hub_translate (local, error);
  return NULL;
}

KouanFleetState
kouan_fleet_state (const KouanHubFleetRow *row, gint64 now_s)
{
  if (row->kiosk.revoked_s != 0)
    return KOUAN_FLEET_REVOKED;
  if (now_s - MAX (row->kiosk.seen_s, row->kiosk.enrolled_s) > SILENT_S)
    return KOUAN_FLEET_SILENT;
  if (row->status.refused > 0 || row->alarms > 0 || row->status.troubles[0] != '\0')
    return KOUAN_FLEET_ATTENTION;
  return KOUAN_FLEET_GOOD;
}

const char *
kouan_fleet_state_to_string (KouanFleetState state)
{
  switch (state)
    {
    case KOUAN_FLEET_GOOD:
      return "good";
    case KOUAN_FLEET_ATTENTION:
      return "attention";
    case KOUAN_FLEET_SILENT:
      return "silent";
    case KOUAN_FLEET_REVOKED:
      return "revoked";
    default:
      g_assert_not_reached ();
    }
}
