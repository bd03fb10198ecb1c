/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/run-private.h"
#include "app/trust/trust-list.h"

#include <string.h>

/* Whose signatures on chips count comes down as the content of a trust list, under the hub's
 * signature, and takes the place of the kiosk's own, whole: what was imported at the kiosk and is
 * not in it is gone. But no country's list is put back behind the one in use: then all of it is
 * left. */

static const KouanTrustSource *
find_source (KouanTrustList *list, const char *country)
{
  GPtrArray *sources = kouan_trust_list_get_sources (list);

  for (guint i = 0; i < sources->len; i++)
    if (strcmp (((KouanTrustSource *)sources->pdata[i])->country, country) == 0)
      return sources->pdata[i];
  return NULL;
}

static gboolean
check_not_older (KouanTrustList *list, KouanTrustList *in_use, GError **error)
{
  GPtrArray *sources = kouan_trust_list_get_sources (in_use);

  for (guint i = 0; i < sources->len; i++)
    {
      const KouanTrustSource *now = sources->pdata[i];
      const KouanTrustSource *then = find_source (list, now->country);

      if (then == NULL || g_str_equal (now->country, KOUAN_TRUST_BY_HAND)
          || then->signed_s >= now->signed_s)
        continue;
      g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                   "the list of %s in it is older than the one in use", now->country);
      return FALSE;
    }
  return TRUE;
}

static gboolean
replace (KouanSyncRun *self, KouanTrustList *list, const char *path, GError **error)
{
  KouanStation *station = self->station;
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanTrustList) in_use
    = kouan_trust_list_load (path, kouan_station_get_keyring (station), &local);

  /* One that cannot be read is no reason to stay without. */
  if (in_use == NULL)
    g_message ("the trust list in use is put aside: %s", local->message);
  else if (!check_not_older (list, in_use, error))
    return FALSE;
  return kouan_trust_list_save (list, path, kouan_station_get_signing_key (station), error);
}

/**
 * kouan_sync_take_trust:
 * @content: of a list of that kind, whose signature has been checked
 *
 * Returns: FALSE with an error for what is no trust list or holds an older one
 */
gboolean
kouan_sync_take_trust (KouanSyncRun *self, GBytes *content, GError **error)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_TRUST_LIST);
  g_autoptr (KouanTrustList) list = kouan_trust_list_decode (content, error);
  g_autoptr (KouanStationLock) lock = NULL;

  if (list == NULL)
    return FALSE;
  lock = kouan_station_lock (self->station, KOUAN_STATION_LOCK_TRUST, FALSE, TRUE);
  if (lock != NULL)
    return replace (self, list, path, error);
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                       "the station's folder cannot be written");
  return FALSE;
}

/* Whether there is a trust list to be used. */
gboolean
kouan_sync_has_trust (KouanSyncRun *self)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_TRUST_LIST);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}
