/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store-private.h"

#include "db/hub/hub-tables.h"

#include <string.h>

/* The way of a record through the store: offered, on its way, committed, archived. */

/* Returns: whether @local was NOT_FOUND, or no error at all; any other becomes @error */
gboolean
kouan_hub_store_clear_not_found (GError **local, GError **error)
{
  if (*local == NULL
      || g_error_matches (*local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      g_clear_error (local);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (local));
  return FALSE;
}

/* The same bytes from the same disk of the same kiosk. */
static gboolean
is_same (const KouanHubOffer *a, const KouanHubOffer *b)
{
  return a->enrolment == b->enrolment && a->size == b->size
         && memcmp (a->sha256, b->sha256, sizeof a->sha256) == 0;
}

/* One lock for each record, whichever hub it comes to. */
gboolean
kouan_hub_store_lock_record (KouanHubLink *link, const guint8 *id, GError **error)
{
  gint64 key;

  memcpy (&key, id + KOUAN_HUB_ID_SIZE - sizeof key, sizeof key); /* of a UUID, the random half */
  return kouan_hub_link_lock (link, GINT64_FROM_BE (key), error);
}

static gboolean
take_offer (KouanHubLink *link,
            const KouanHubOffer *offer,
            gint64 now_s,
            gint64 expires_s,
            KouanHubOfferAnswer *answer,
            GError **error)
{
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_transaction_begin (link, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubRecord) record = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;

  if (transaction == NULL || !kouan_hub_store_lock_record (link, offer->id, error))
    return FALSE;
  record = kouan_hub_records_find (link, offer->id, &local);
  if (!kouan_hub_store_clear_not_found (&local, error))
    return FALSE;
  if (record != NULL)
    {
      *answer = is_same (&record->offer, offer) ? KOUAN_HUB_OFFER_HAVE : KOUAN_HUB_OFFER_CONFLICT;
      return TRUE;
    }
  upload = kouan_hub_uploads_find (link, offer->id, &local);
  if (!kouan_hub_store_clear_not_found (&local, error))
    return FALSE;
  *answer = upload != NULL && !is_same (&upload->offer, offer) ? KOUAN_HUB_OFFER_CONFLICT
                                                               : KOUAN_HUB_OFFER_NEW;
  if (upload != NULL)
    return TRUE;
  return kouan_hub_uploads_insert (link, offer, now_s, expires_s, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_hub_store_offer:
 * @offer: what a kiosk wants to send
 * @expires_s: until when the hub keeps what has come of it
 * @answer: (out): NEW also for an upload that is under way already, which then goes on from its
 * offset
 *
 * An offer that a power cut takes back is made again, so this does not wait for the disk.
 */
gboolean
kouan_hub_store_offer (KouanHubStore *self,
                       const KouanHubOffer *offer,
                       gint64 now_s,
                       gint64 expires_s,
                       KouanHubOfferAnswer *answer,
                       GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_impatient (self, error);

  g_return_val_if_fail (offer != NULL && offer->manifest != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  return link != NULL && take_offer (link, offer, now_s, expires_s, answer, error);
}

static gboolean
begin_again (
  KouanHubLink *link, const KouanHubOffer *offer, gint64 now_s, gint64 expires_s, GError **error)
{
  KouanHubAlarm alarm
    = { .kind = KOUAN_HUB_ALARM_BYTES_MISSING, .kiosk_id = offer->kiosk_id, .first_s = now_s };

  memcpy (alarm.record_id, offer->id, sizeof alarm.record_id);
  memcpy (alarm.sha256, offer->sha256, sizeof alarm.sha256);
  return kouan_hub_pieces_remove (link, offer->id, error)
         && kouan_hub_uploads_insert (link, offer, now_s, expires_s, error)
         && kouan_hub_alarms_raise (link, &alarm, error);
}

/* The record's row is here, and its sealed bytes are not: raises an alarm and opens an upload for
 * them, unless one is under way. When that is whole, kouan_hub_store_commit() leaves the row and
 * its number as they are. */
gboolean
kouan_hub_store_take_again (
  KouanHubStore *self, const KouanHubOffer *offer, gint64 now_s, gint64 expires_s, GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;

  g_return_val_if_fail (offer != NULL && offer->manifest != NULL, FALSE);

  if (transaction == NULL || !kouan_hub_store_lock_record (link, offer->id, error))
    return FALSE;
  upload = kouan_hub_uploads_find (link, offer->id, &local);
  if (!kouan_hub_store_clear_not_found (&local, error))
    return FALSE;
  return (upload != NULL || begin_again (link, offer, now_s, expires_s, error))
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full): NOT_FOUND if nothing of that record is under way */
KouanHubUpload *
kouan_hub_store_find_upload (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL ? kouan_hub_uploads_find (link, id, error) : NULL;
}

static gboolean
advance (
  KouanHubLink *link, const guint8 *id, gint64 from, gint64 to, gint64 expires_s, GError **error)
{
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_transaction_begin (link, error);

  return transaction != NULL && kouan_hub_store_lock_record (link, id, error)
         && kouan_hub_uploads_advance (link, id, from, to, expires_s, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* The bytes up to @to are where they belong. After a power cut the offset may be one that was true
 * earlier: that costs bytes that are sent twice, and no more, since the record's own commit syncs
 * all that came before it. So this alone does not wait for the disk, which would be asked twice for
 * every run otherwise. CONFLICT if the offset is not @from: somebody else has moved it. */
gboolean
kouan_hub_store_advance (KouanHubStore *self,
                         const guint8 id[static KOUAN_HUB_ID_SIZE],
                         gint64 from,
                         gint64 to,
                         gint64 expires_s,
                         GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_impatient (self, error);

  g_return_val_if_fail (from >= 0 && to >= 0, FALSE);

  return link != NULL && advance (link, id, from, to, expires_s, error);
}

/* Forgets an upload and its pieces; a file is the caller's. Not an error if there is none: what has
 * become a record meanwhile stays. */
gboolean
kouan_hub_store_drop_upload (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;

  if (transaction == NULL || !kouan_hub_store_lock_record (link, id, error))
    return FALSE;
  upload = kouan_hub_uploads_find (link, id, &local);
  if (!kouan_hub_store_clear_not_found (&local, error))
    return FALSE;
  return upload == NULL
         || (kouan_hub_uploads_remove (link, id, error) && kouan_hub_pieces_remove (link, id, error)
             && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error));
}

/* Returns: (transfer full) (element-type KouanHubUpload): those that nobody has gone on with in
 * time */
GPtrArray *
kouan_hub_store_expired_uploads (KouanHubStore *self, gint64 now_s, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_uploads_expired (link, now_s, error) : NULL;
}

/* Returns: (transfer full): NOT_FOUND */
KouanHubRecord *
kouan_hub_store_find_record (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL ? kouan_hub_records_find (link, id, error) : NULL;
}

/* What a receipt number names: the newest record of any enrolment of that kiosk.
 * Returns: (transfer full): NOT_FOUND */
KouanHubRecord *
kouan_hub_store_find_sequence (KouanHubStore *self, guint kiosk_id, gint64 sequence, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_records_find_sequence (link, kiosk_id, sequence, error) : NULL;
}

/* Returns: (transfer full) (element-type KouanHubRecord): by hub sequence, those behind @after */
GPtrArray *
kouan_hub_store_list_records (KouanHubStore *self, gint64 after, guint limit, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_records_list (link, after, limit, error) : NULL;
}

/* Returns: (transfer full) (element-type KouanHubRecord): those whose appointment had brought a
 * record before, the newest first */
GPtrArray *
kouan_hub_store_list_duplicates (KouanHubStore *self, guint limit, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_records_list_duplicates (link, limit, error) : NULL;
}

/**
 * kouan_hub_store_keep_receipt:
 * @archived: which of the record's two receipts
 * @receipt: as it has been signed now
 *
 * Returns: (transfer full): the one that was kept first, which is what everybody is to be told
 */
GBytes *
kouan_hub_store_keep_receipt (KouanHubStore *self,
                              const guint8 id[static KOUAN_HUB_ID_SIZE],
                              gboolean archived,
                              GBytes *receipt,
                              GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  g_autoptr (KouanHubRecord) record = NULL;
  GBytes *kept;

  g_return_val_if_fail (receipt != NULL, NULL);

  if (transaction == NULL || !kouan_hub_records_keep_receipt (link, id, archived, receipt, error))
    return NULL;
  record = kouan_hub_records_find (link, id, error);
  if (record == NULL || !kouan_hub_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  kept = archived ? record->archived : record->committed;
  return kept != NULL ? g_bytes_ref (kept) : NULL;
}

/**
 * kouan_hub_store_list_unarchived:
 * @up_to: as for kouan_hub_store_archive()
 *
 * Returns: (transfer full) (element-type KouanHubRecord): by hub sequence, those behind @after that
 * it would mark
 */
GPtrArray *
kouan_hub_store_list_unarchived (
  KouanHubStore *self, gint64 after, gint64 up_to, guint limit, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_records_list_unarchived (link, after, up_to, limit, error) : NULL;
}

/**
 * kouan_hub_store_archive:
 * @up_to: a hub sequence: every backup that would ever be restored holds the records up to this one
 * @but: (nullable) (element-type KouanHubRecord): those that are left as they are, by hub sequence
 * @count: (out) (optional): how many were not marked before
 *
 * Bytes that came a second time are in those backups only if a later record is: until one is, their
 * record is not marked.
 */
gboolean
kouan_hub_store_archive (
  KouanHubStore *self, gint64 up_to, GPtrArray *but, gint64 now_s, gint64 *count, GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  gint64 from = 1, marked = 0, more = 0;

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; but != NULL && i < but->len; i++)
    {
      gint64 left = ((KouanHubRecord *)but->pdata[i])->hub_sequence;

      if (!kouan_hub_records_archive (link, from, left - 1, up_to, now_s, &more, error))
        return FALSE;
      marked += more;
      from = left + 1;
    }
  if (!kouan_hub_records_archive (link, from, up_to, up_to, now_s, &more, error)
      || !kouan_hub_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (count != NULL)
    *count = marked + more;
  return TRUE;
}

static gboolean
put_piece (KouanHubLink *link,
           const guint8 *id,
           gint64 number,
           const guint8 *data,
           gsize size,
           GError **error)
{
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_transaction_begin (link, error);

  return transaction != NULL && kouan_hub_store_lock_record (link, id, error)
         && kouan_hub_pieces_put (link, id, number, data, size, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_hub_store_put_piece:
 * @number: from 0
 *
 * Keeps a piece of a record's sealed bytes in the database, in place of an earlier one. As with
 * kouan_hub_store_advance() the record's own commit is what makes it durable. CONFLICT for a piece
 * that counts already: another line has gone on meanwhile.
 */
gboolean
kouan_hub_store_put_piece (KouanHubStore *self,
                           const guint8 id[static KOUAN_HUB_ID_SIZE],
                           gint64 number,
                           const guint8 *data,
                           gsize size,
                           GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_impatient (self, error);

  g_return_val_if_fail (number >= 0 && data != NULL && size > 0, FALSE);

  return link != NULL && put_piece (link, id, number, data, size, error);
}

/* Returns: (transfer full): NOT_FOUND */
GBytes *
kouan_hub_store_find_piece (KouanHubStore *self,
                            const guint8 id[static KOUAN_HUB_ID_SIZE],
                            gint64 number,
                            GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL ? kouan_hub_pieces_find (link, id, number, error) : NULL;
}

/* @size: (out): of the sealed bytes that the database holds of a record; 0 while they come in */
gboolean
kouan_hub_store_measure_pieces (KouanHubStore *self,
                                const guint8 id[static KOUAN_HUB_ID_SIZE],
                                gint64 *size,
                                GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL && kouan_hub_pieces_measure (link, id, size, error);
}
