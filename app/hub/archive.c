/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/archive.h"

#include "app/hub/blobs.h"
#include "app/hub/trouble.h"

#include <string.h>

/* ARCHIVED is the word on which kiosks erase, so it is not taken from the rows alone: a hub that
 * was restored from a copy whose files are older than its database has rows without bytes, and the
 * kiosk's are the last ones. */

#define PAGE 500
#define NAMED_MAX 20 /* in the error */
#define TOLD_MAX 100 /* by an alarm each; the others get theirs when their kiosk offers them */

/* Moves them from @page to @lost. */
static gboolean
keep_lost (KouanHubBlobs *blobs, GPtrArray *page, GPtrArray *lost, GError **error)
{
  for (guint i = 0; i < page->len;)
    {
      const KouanHubRecord *record = page->pdata[i];
      gboolean found;

      if (!kouan_hub_blobs_look_for (blobs, record->offer.id, record->offer.size, &found, error))
        return FALSE;
      if (found)
        i++;
      else
        g_ptr_array_add (lost, g_ptr_array_steal_index (page, i));
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type KouanHubRecord): those up to @up_to that have no bytes */
static GPtrArray *
list_lost (KouanHub *hub, gint64 up_to, GError **error)
{
  g_autoptr (GPtrArray) lost
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_record_free);
  g_autoptr (KouanHubBlobs) blobs = kouan_hub_blobs_new (hub, error);
  gint64 after = 0;

  while (blobs != NULL)
    {
      GError *local = NULL;
      g_autoptr (GPtrArray) page
        = kouan_hub_store_list_unarchived (kouan_hub_get_store (hub), after, up_to, PAGE, &local);

      if (page == NULL)
        {
          kouan_hub_translate (local, error);
          return NULL;
        }
      if (page->len == 0)
        return g_steal_pointer (&lost);
      after = ((KouanHubRecord *)page->pdata[page->len - 1])->hub_sequence;
      if (!keep_lost (blobs, page, lost, error))
        return NULL;
    }
  return NULL;
}

static gboolean
raise_alarm (KouanHub *hub, const KouanHubRecord *record, GError **error)
{
  KouanHubAlarm alarm = { .kind = KOUAN_HUB_ALARM_BYTES_MISSING,
                          .kiosk_id = record->offer.kiosk_id,
                          .first_s = kouan_clock_wall_s (kouan_hub_get_clock (hub)) };
  GError *local = NULL;

  memcpy (alarm.record_id, record->offer.id, sizeof alarm.record_id);
  memcpy (alarm.sha256, record->offer.sha256, sizeof alarm.sha256);
  return kouan_hub_store_raise_alarm (kouan_hub_get_store (hub), &alarm, &local)
         || kouan_hub_translate (local, error);
}

/* Returns: (transfer full): "3 records are here without their bytes: ID, ID and 1 more" */
static char *
name_lost (GPtrArray *lost)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%u records are here without their sealed bytes:", lost->len);
  for (guint i = 0; i < MIN (lost->len, NAMED_MAX); i++)
    {
      const KouanHubRecord *record = lost->pdata[i];
      g_autofree char *id = kouan_uuid_to_string (record->offer.id);

      g_string_append_printf (text, "%s %s", i > 0 ? "," : "", id);
    }
  if (lost->len > NAMED_MAX)
    g_string_append_printf (text, " and %u more", lost->len - NAMED_MAX);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
tell_lost (KouanHub *hub, GPtrArray *lost, KouanHubArchiveMode mode, GError **error)
{
  g_autofree char *names = lost->len > 0 ? name_lost (lost) : NULL;

  for (guint i = 0; i < MIN (lost->len, TOLD_MAX); i++)
    if (!raise_alarm (hub, lost->pdata[i], error))
      return FALSE;
  if (names == NULL || mode == KOUAN_HUB_ARCHIVE_BUT_LOST)
    {
      if (names != NULL)
        g_message ("%s", names);
      return TRUE;
    }
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED, "%s; nothing was marked", names);
  return FALSE;
}

/**
 * kouan_hub_archive:
 * @up_to: a hub sequence: every copy that would ever be restored holds the records up to this one
 * @count: (out): how many became archived
 *
 * Marks the records archived whose sealed bytes are here. Raises an alarm for the others.
 *
 * Returns: FALSE with REFUSED, and nothing marked, if there are others and all were asked for
 */
gboolean
kouan_hub_archive (
  KouanHub *hub, gint64 up_to, KouanHubArchiveMode mode, gint64 *count, GError **error)
{
  g_autoptr (GPtrArray) lost = NULL;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && count != NULL, FALSE);

  lost = list_lost (hub, up_to, error);
  if (lost == NULL || !tell_lost (hub, lost, mode, error))
    return FALSE;
  return kouan_hub_store_archive (kouan_hub_get_store (hub), up_to, lost,
                                  kouan_clock_wall_s (kouan_hub_get_clock (hub)), count, &local)
         || kouan_hub_translate (local, error);
}
