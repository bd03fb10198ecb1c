/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store-private.h"

#include "db/hub/hub-tables.h"

#include <string.h>

/* The one transaction that a receipt stands on. It ends with a wait for the disk, and only one such
 * transaction is under way at a time, since it gives out the hub's numbers. So whoever comes while
 * one is waiting lines up, and the first of them takes all that stand there into the next one: as
 * many waits for the disk as before, each for more records. If that fails they are tried one by
 * one, so that nobody pays for another's record. */

typedef struct
{
  const guint8 *id;
  gint64 now_s;
  KouanHubSignFunc sign;
  gpointer data;

  gboolean is_done;
  KouanHubRecord *record; /* or an error */
  GError *error;
} Wish;

/* A number that has brought a record before is an alarm, any other is one more. */
static gboolean
note_sequence (KouanHubLink *link, const KouanHubOffer *offer, gint64 now_s, GError **error)
{
  KouanHubAlarm alarm
    = { .kind = KOUAN_HUB_ALARM_SEQUENCE_REUSED, .kiosk_id = offer->kiosk_id, .first_s = now_s };
  gboolean taken;

  if (!kouan_hub_records_sequence_taken (link, offer, &taken, error))
    return FALSE;
  if (!taken)
    return kouan_hub_records_count_sequence (link, offer, error);
  memcpy (alarm.record_id, offer->id, sizeof alarm.record_id);
  memcpy (alarm.sha256, offer->sha256, sizeof alarm.sha256);
  return kouan_hub_alarms_raise (link, &alarm, error);
}

static gboolean
take_over_upload (KouanHubLink *link, const guint8 *id, KouanHubOffer *offer, GError **error)
{
  g_autoptr (KouanHubUpload) upload = kouan_hub_uploads_find (link, id, error);

  if (upload == NULL)
    return FALSE;
  if (upload->offset != upload->offer.size)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                           "the upload is not complete");
      return FALSE;
    }
  kouan_hub_offer_copy (&upload->offer, offer);
  return kouan_hub_uploads_remove (link, id, error);
}

/* Returns: (transfer full): the record that the upload has become. From the lock on no other hub
 * numbers a record, so that the numbers have no gap and stand in the order of the commits: what is
 * said of all records up to one is true of them. */
static KouanHubRecord *
make_record (KouanHubLink *link,
             const guint8 *id,
             gint64 now_s,
             KouanHubSignFunc sign,
             gpointer data,
             GError **error)
{
  g_autoptr (KouanHubRecord) record = g_new0 (KouanHubRecord, 1);

  record->received_s = now_s;
  if (!take_over_upload (link, id, &record->offer, error)
      || !kouan_hub_link_lock (link, KOUAN_HUB_LOCK_SEQUENCE, error)
      || !kouan_hub_kiosks_hold_in_service (link, record->offer.enrolment, error)
      || !kouan_hub_records_count_missing (link, record, error)
      || !note_sequence (link, &record->offer, now_s, error)
      || !kouan_hub_records_number (link, record, error))
    return NULL;
  record->committed = sign (record, data);
  return kouan_hub_records_insert (link, record, error) ? g_steal_pointer (&record) : NULL;
}

/* Where a record had lost its bytes and they have come again, their upload has come to its end. */
static gboolean
note_whole_again (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubUpload) upload = kouan_hub_uploads_find (link, id, &local);
  g_auto (KouanHubOffer) unused = { 0 };

  if (upload == NULL)
    return kouan_hub_store_clear_not_found (&local, error);
  return take_over_upload (link, id, &unused, error)
         && kouan_hub_link_lock (link, KOUAN_HUB_LOCK_SEQUENCE, error)
         && kouan_hub_records_whole_again (link, id, error);
}

static KouanHubRecord *
find_or_make (KouanHubLink *link, const Wish *wish, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubRecord) record = kouan_hub_records_find (link, wish->id, &local);

  if (!kouan_hub_store_clear_not_found (&local, error))
    return NULL;
  if (record != NULL)
    return note_whole_again (link, wish->id, error) ? g_steal_pointer (&record) : NULL;
  return make_record (link, wish->id, wish->now_s, wish->sign, wish->data, error);
}

/* All of them or none. Every record's own lock is taken before the lock of the numbers, in an order
 * that all hubs keep, so that no two wait for each other.
 * @wishes: by id */
static gboolean
commit_together (KouanHubStore *self, GPtrArray *wishes, GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < wishes->len; i++)
    if (!kouan_hub_store_lock_record (link, ((Wish *)wishes->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < wishes->len; i++)
    {
      Wish *wish = wishes->pdata[i];

      wish->record = find_or_make (link, wish, error);
      if (wish->record == NULL)
        return FALSE;
    }
  return kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
commit_alone (KouanHubStore *self, Wish *wish)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, wish);
  if (!commit_together (self, one, &wish->error))
    g_clear_pointer (&wish->record, kouan_hub_record_free);
}

static int
compare_wishes (gconstpointer a, gconstpointer b)
{
  const Wish *one = *(Wish *const *)a, *other = *(Wish *const *)b;

  return memcmp (one->id, other->id, KOUAN_HUB_ID_SIZE);
}

static void
grant (KouanHubStore *self, GPtrArray *wishes)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_sort (wishes, compare_wishes);
  if (wishes->len > 1 && commit_together (self, wishes, &error))
    return;
  if (error != NULL)
    g_message ("%u records are committed one by one: %s", wishes->len, error->message);
  for (guint i = 0; i < wishes->len; i++)
    {
      Wish *wish = wishes->pdata[i];

      g_clear_pointer (&wish->record, kouan_hub_record_free);
      commit_alone (self, wish);
    }
}

/* The lock is held, and is not while the disk is waited for. */
static void
lead (KouanHubStore *self, KouanHubCommits *commits)
{
  g_autoptr (GPtrArray) wishes = g_steal_pointer (&commits->waiting);

  commits->waiting = g_ptr_array_new ();
  commits->is_led = TRUE;
  g_mutex_unlock (&commits->lock);
  grant (self, wishes);
  g_mutex_lock (&commits->lock);
  commits->is_led = FALSE;
  for (guint i = 0; i < wishes->len; i++)
    ((Wish *)wishes->pdata[i])->is_done = TRUE;
  g_cond_broadcast (&commits->changed);
}

/**
 * kouan_hub_store_commit:
 * @sign: makes the record's receipt, which is stored with it, on any thread; nobody may see it
 * before this returns
 *
 * The upload becomes a record, under its id once and for ever. A record that is here already is
 * answered as it is, so the call may be repeated. CONFLICT if its kiosk has been revoked, which is
 * asked in the same transaction; NOT_FOUND if there is neither record nor complete upload. That the
 * content is the one that was offered was seen to by kouan_hub_store_offer().
 *
 * Returns: (transfer full): the record
 */
KouanHubRecord *
kouan_hub_store_commit (KouanHubStore *self,
                        const guint8 id[static KOUAN_HUB_ID_SIZE],
                        gint64 now_s,
                        KouanHubSignFunc sign,
                        gpointer data,
                        GError **error)
{
  KouanHubCommits *commits = kouan_hub_store_get_commits (self);
  Wish wish = { .id = id, .now_s = now_s, .sign = sign, .data = data };

  g_return_val_if_fail (sign != NULL, NULL);

  g_mutex_lock (&commits->lock);
  g_ptr_array_add (commits->waiting, &wish);
  while (!wish.is_done && commits->is_led)
    g_cond_wait (&commits->changed, &commits->lock);
  if (!wish.is_done)
    lead (self, commits);
  g_mutex_unlock (&commits->lock);
  if (wish.error != NULL)
    g_propagate_error (error, wish.error);
  return wish.record;
}
