/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/follow.h"

#include "app/hub/trouble.h"

/**
 * kouan_hub_follow:
 * @count: (out): how many records became archived
 *
 * Looks how far the database's copies are, where the hub is configured to go by them.
 *
 * Returns: FALSE with MISSING if it is not
 */
gboolean
kouan_hub_follow (KouanHub *hub, gint64 *count, GError **error)
{
  const char *followed;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && count != NULL, FALSE);

  followed = kouan_hub_get_followed (hub);
  if (followed == NULL)
    {
      g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING,
                           KOUAN_HUB_FILE_CONF ": [archive] follow: not there");
      return FALSE;
    }
  return kouan_hub_store_follow (kouan_hub_get_store (hub), followed,
                                 kouan_clock_wall_s (kouan_hub_get_clock (hub)), count, &local)
         || kouan_hub_translate (local, error);
}
