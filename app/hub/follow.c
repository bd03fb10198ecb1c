/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/follow.h"

#include "app/hub/archive.h"
#include "app/hub/trouble.h"

/**
 * kouan_hub_follow:
 * @count: (out): how many records became archived
 *
 * Looks how far the database's copies are, where the hub is configured to go by them, and marks
 * what they have; a record whose bytes are not here is left out.
 *
 * Returns: FALSE with MISSING if it is not
 */
gboolean
kouan_hub_follow (KouanHub *hub, gint64 *count, GError **error)
{
  const char *followed;
  gint64 up_to;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && count != NULL, FALSE);

  followed = kouan_hub_get_followed (hub);
  if (followed == NULL)
    {
      g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING,
                           KOUAN_HUB_FILE_CONF ": [archive] follow: not there");
      return FALSE;
    }
  *count = 0;
  if (!kouan_hub_store_follow (kouan_hub_get_store (hub), followed, &up_to, &local))
    return kouan_hub_translate (local, error);
  return up_to == 0 || kouan_hub_archive (hub, up_to, KOUAN_HUB_ARCHIVE_BUT_LOST, count, error);
}
