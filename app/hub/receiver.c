/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/receiver.h"

#include "app/hub/manifest.h"
#include "app/hub/receiver-private.h"
#include "app/hub/trouble.h"
#include "app/sync/hub-receipt.h"

#include <string.h>

/* A record comes in by these steps, each of which may be the last before the power fails:
 *
 *   offer     the manifest is checked, a row says that an upload is under way
 *   write     bytes are appended and synced, then the row's offset moves
 *   complete  the whole is read back and hashed and put in its place, then one transaction turns
 *             the upload's row into a record's row together with its receipt, COMMITTED
 *
 * Whoever asks next goes on from where the rows say; nothing is remembered anywhere else. The table
 * of writers only keeps two connections of one kiosk from writing over each other. */

#define DAY_S (24 * 60 * 60)
#define UPLOAD_DAYS 7

G_DEFINE_FINAL_TYPE (KouanHubReceiver, kouan_hub_receiver, G_TYPE_OBJECT)

static void
kouan_hub_receiver_finalize (GObject *object)
{
  KouanHubReceiver *self = KOUAN_HUB_RECEIVER (object);

  g_thread_pool_free (self->syncers, FALSE, TRUE);
  g_clear_pointer (&self->writers, g_hash_table_unref);
  g_clear_pointer (&self->blobs, kouan_hub_blobs_free);
  g_clear_object (&self->hub);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (kouan_hub_receiver_parent_class)->finalize (object);
}

static void
kouan_hub_receiver_class_init (KouanHubReceiverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_hub_receiver_finalize;
}

static void
kouan_hub_receiver_init (KouanHubReceiver *self)
{
  g_mutex_init (&self->lock);
  self->writers
    = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  self->syncers = kouan_hub_writer_new_syncers ();
}

/* Returns: (transfer full): the receiver; the last reference must be dropped when no writer is left
 */
KouanHubReceiver *
kouan_hub_receiver_new (KouanHub *hub, GError **error)
{
  g_autoptr (KouanHubReceiver) self = g_object_new (KOUAN_TYPE_HUB_RECEIVER, NULL);

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  self->hub = g_object_ref (hub);
  self->store = kouan_hub_get_store (hub);
  self->clock = kouan_hub_get_clock (hub);
  self->blobs = kouan_hub_blobs_new (hub, error);
  return self->blobs != NULL ? g_steal_pointer (&self) : NULL;
}

/* Until when an upload that is touched now is kept. */
gint64
kouan_hub_receiver_expiry (KouanHubReceiver *self)
{
  return kouan_clock_wall_s (self->clock)
         + kouan_hub_get_limit (self->hub, "upload-days", UPLOAD_DAYS) * DAY_S;
}

static gboolean
set_missing (GError **error)
{
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING, "no such record");
  return FALSE;
}

/* A kiosk learns nothing of what other kiosks have sent, not even that it is there. */
static gboolean
is_own (const KouanHubKiosk *kiosk, const KouanHubOffer *offer)
{
  return kiosk->enrolment == offer->enrolment;
}

KouanHubUpload *
kouan_hub_receiver_find_upload (KouanHubReceiver *self,
                                const KouanHubKiosk *kiosk,
                                const guint8 *id,
                                GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanHubUpload) upload = kouan_hub_store_find_upload (self->store, id, &local);

  if (upload == NULL)
    kouan_hub_translate (local, error);
  else if (is_own (kiosk, &upload->offer))
    return g_steal_pointer (&upload);
  else
    set_missing (error);
  return NULL;
}

static KouanHubRecord *
find_record (KouanHubReceiver *self, const KouanHubKiosk *kiosk, const guint8 *id, GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanHubRecord) record = kouan_hub_store_find_record (self->store, id, &local);

  if (record == NULL)
    kouan_hub_translate (local, error);
  else if (is_own (kiosk, &record->offer))
    return g_steal_pointer (&record);
  else
    set_missing (error);
  return NULL;
}

/* A record may have been copied without its bytes, and restored so. ARCHIVED was said of it only if
 * they are in every copy. */
static gboolean
is_whole (KouanHubReceiver *self, const KouanHubRecord *record, gboolean *whole, GError **error)
{
  *whole = record->archived_s != 0;
  return *whole
         || kouan_hub_blobs_look_for (self->blobs, record->offer.id, record->offer.size, whole,
                                      error);
}

/* As find_record(); MISSING too for one whose bytes have to be sent again. */
static KouanHubRecord *
find_whole (KouanHubReceiver *self, const KouanHubKiosk *kiosk, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubRecord) record = find_record (self, kiosk, id, error);
  gboolean whole;

  if (record == NULL || !is_whole (self, record, &whole, error))
    return NULL;
  if (whole)
    return g_steal_pointer (&record);
  set_missing (error);
  return NULL;
}

static gboolean
raise_alarm (KouanHubReceiver *self,
             KouanHubAlarmKind kind,
             const KouanHubKiosk *kiosk,
             const KouanHubClaim *claim,
             gint64 *first_s,
             GError **error)
{
  KouanHubAlarm alarm
    = { .kind = kind, .kiosk_id = kiosk->id, .first_s = kouan_clock_wall_s (self->clock) };
  GError *local = NULL;

  memcpy (alarm.record_id, claim->record_id, sizeof alarm.record_id);
  memcpy (alarm.sha256, claim->sha256, sizeof alarm.sha256);
  g_message ("kiosk %u: alarm: %s", kiosk->id, kouan_hub_alarm_kind_to_string (kind));
  if (!kouan_hub_store_raise_alarm (self->store, &alarm, &local))
    return kouan_hub_translate (local, error);
  *first_s = alarm.first_s;
  return TRUE;
}

/* The refusal carries the time of the first one, so that asking again gets the same bytes. */
static gboolean
refuse (KouanHubReceiver *self,
        const KouanHubKiosk *kiosk,
        const KouanHubClaim *claim,
        KouanHubAlarmKind kind,
        GBytes **receipt,
        GError **error)
{
  KouanHubReceipt refusal = { .state = KOUAN_HUB_RECEIPT_REFUSED,
                              .hub_id = kouan_hub_get_id (self->hub),
                              .kiosk_id = kiosk->id };

  if (!raise_alarm (self, kind, kiosk, claim, &refusal.time_s, error))
    return FALSE;
  memcpy (refusal.record_id, claim->record_id, sizeof refusal.record_id);
  memcpy (refusal.sha256, claim->sha256, sizeof refusal.sha256);
  *receipt = kouan_hub_receipt_sign (&refusal, kouan_hub_get_receipt_key (self->hub));
  if (kind == KOUAN_HUB_ALARM_OTHER_CONTENT)
    g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                         "this record is here with other content");
  else
    g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED,
                         "the manifest is not this kiosk's, or not of this record");
  return FALSE;
}

static gboolean
claim_holds (const KouanHubClaim *claim, const KouanHubKiosk *kiosk, KouanHubOffer *offer)
{
  g_autoptr (GError) local = NULL;

  if (!kouan_hub_manifest_read (claim->manifest, kiosk, offer, &local))
    {
      g_message ("kiosk %u: manifest: %s", kiosk->id, local->message);
      return FALSE;
    }
  return memcmp (offer->id, claim->record_id, sizeof offer->id) == 0
         && memcmp (offer->sha256, claim->sha256, sizeof offer->sha256) == 0
         && offer->size == claim->size;
}

static gboolean
check_size (KouanHubReceiver *self, gint64 size, GError **error)
{
  if (size <= kouan_hub_get_limit (self->hub, "record-size-max", KOUAN_HUB_RECORD_SIZE_MAX))
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_TOO_LARGE,
                       "larger than any record may be");
  return FALSE;
}

static gboolean
store_offer (KouanHubReceiver *self,
             const KouanHubOffer *offer,
             KouanHubOfferAnswer *answer,
             GError **error)
{
  GError *local = NULL;

  return kouan_hub_store_offer (self->store, offer, kouan_clock_wall_s (self->clock),
                                kouan_hub_receiver_expiry (self), answer, &local)
         || kouan_hub_translate (local, error);
}

/* The hub vouches for bytes that it has, and asks again for others. */
static gboolean
take_again (KouanHubReceiver *self,
            const KouanHubKiosk *kiosk,
            const KouanHubOffer *offer,
            GError **error)
{
  g_autoptr (KouanHubRecord) record = find_record (self, kiosk, offer->id, error);
  GError *local = NULL;
  gboolean whole;

  if (record == NULL || !is_whole (self, record, &whole, error))
    return FALSE;
  if (whole)
    return TRUE;
  g_message ("kiosk %u: record %" G_GINT64_FORMAT " is here without its bytes, and is asked for",
             kiosk->id, record->hub_sequence);
  if (!kouan_hub_store_take_again (self->store, offer, kouan_clock_wall_s (self->clock),
                                   kouan_hub_receiver_expiry (self), &local))
    return kouan_hub_translate (local, error);
  return kouan_hub_blobs_stage (self->blobs, offer->id, offer->size, error);
}

/**
 * kouan_hub_receiver_offer:
 * @kiosk: who says so, as its certificate proves
 * @progress: (out): from where to send
 * @receipt: (out): the hub has the record already, or, with CONFLICT or REFUSED, its signed refusal
 *
 * A record that is whole but was not committed before the last stop of the hub is committed here.
 * One that is committed but whose bytes are gone comes in again, under its number.
 */
gboolean
kouan_hub_receiver_offer (KouanHubReceiver *self,
                          const KouanHubKiosk *kiosk,
                          const KouanHubClaim *claim,
                          KouanHubProgress *progress,
                          GBytes **receipt,
                          GError **error)
{
  g_auto (KouanHubOffer) offer = { 0 };
  KouanHubOfferAnswer answer;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (self), FALSE);
  g_return_val_if_fail (kiosk != NULL && claim != NULL && receipt != NULL, FALSE);

  *receipt = NULL;
  if (!check_size (self, claim->size, error))
    return FALSE;
  if (!claim_holds (claim, kiosk, &offer))
    return refuse (self, kiosk, claim, KOUAN_HUB_ALARM_FORGED, receipt, error);
  if (!store_offer (self, &offer, &answer, error))
    return FALSE;
  if (answer == KOUAN_HUB_OFFER_CONFLICT)
    return refuse (self, kiosk, claim, KOUAN_HUB_ALARM_OTHER_CONTENT, receipt, error);
  if (answer == KOUAN_HUB_OFFER_NEW
        ? !kouan_hub_blobs_stage (self->blobs, offer.id, offer.size, error)
        : !take_again (self, kiosk, &offer, error))
    return FALSE;
  if (!kouan_hub_receiver_progress (self, kiosk, offer.id, progress, error))
    return FALSE;
  if (progress->offset == progress->size)
    *receipt = kouan_hub_receiver_receipt (self, kiosk, offer.id, error);
  return progress->offset < progress->size || *receipt != NULL;
}

static gboolean
drop_damaged (KouanHubReceiver *self, const KouanHubUpload *upload, GError **error)
{
  KouanHubKiosk kiosk = { .id = upload->offer.kiosk_id };
  KouanHubClaim claim = { 0 };
  GError *local = NULL;
  gint64 first_s;

  memcpy (claim.record_id, upload->offer.id, sizeof claim.record_id);
  memcpy (claim.sha256, upload->offer.sha256, sizeof claim.sha256);
  kouan_hub_blobs_drop_staged (self->blobs, upload->offer.id);
  if (!raise_alarm (self, KOUAN_HUB_ALARM_DAMAGED, &kiosk, &claim, &first_s, error))
    return FALSE;
  if (!kouan_hub_store_drop_upload (self->store, upload->offer.id, &local))
    return kouan_hub_translate (local, error);
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED,
                       "the bytes that came are not the ones that the manifest names");
  return FALSE;
}

static GBytes *
sign_receipt (const KouanHubRecord *record, gpointer data)
{
  KouanHubReceiver *self = data;
  KouanHubReceiptState stored
    = record->is_duplicate ? KOUAN_HUB_RECEIPT_DUPLICATE : KOUAN_HUB_RECEIPT_COMMITTED;
  gboolean archived = record->archived_s != 0;
  KouanHubReceipt receipt = { .state = archived ? KOUAN_HUB_RECEIPT_ARCHIVED : stored,
                              .hub_id = kouan_hub_get_id (self->hub),
                              .kiosk_id = record->offer.kiosk_id,
                              .hub_sequence = record->hub_sequence,
                              .time_s = archived ? record->archived_s : record->received_s };

  memcpy (receipt.record_id, record->offer.id, sizeof receipt.record_id);
  memcpy (receipt.sha256, record->offer.sha256, sizeof receipt.sha256);
  return kouan_hub_receipt_sign (&receipt, kouan_hub_get_receipt_key (self->hub));
}

static gboolean
refuse_revoked (GError **local, GError **error)
{
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED, (*local)->message);
  g_clear_error (local);
  return FALSE;
}

/* Makes a record out of an upload that has all its bytes. DAMAGED if they are the wrong ones: then
 * all of them are dropped, since nobody knows which. REFUSED if its kiosk has been revoked. May be
 * repeated, and by two threads at once.
 * @blob: (nullable): through which the last of them have come */
gboolean
kouan_hub_receiver_complete (KouanHubReceiver *self,
                             const KouanHubUpload *upload,
                             KouanHubBlob *blob,
                             GError **error)
{
  const KouanHubOffer *offer = &upload->offer;
  g_autoptr (KouanHubRecord) record = NULL;
  GError *local = NULL;

  if (!kouan_hub_blobs_promote (self->blobs, offer->id, blob, offer->size, offer->sha256, &local))
    {
      if (!g_error_matches (local, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED))
        return kouan_hub_translate (local, error);
      g_clear_error (&local);
      return drop_damaged (self, upload, error);
    }
  record = kouan_hub_store_commit (self->store, offer->id, kouan_clock_wall_s (self->clock),
                                   sign_receipt, self, &local);
  if (g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT))
    return refuse_revoked (&local, error);
  if (record == NULL)
    return kouan_hub_translate (local, error);
  g_message ("kiosk %u: record %" G_GINT64_FORMAT " committed%s", offer->kiosk_id,
             record->hub_sequence, record->is_duplicate ? ", a case that is here already" : "");
  return TRUE;
}

/* The row is the truth but for one thing: a power cut may have taken the name of a file whose bytes
 * were synced. Then the upload begins anew. */
static gboolean
match_bytes (KouanHubReceiver *self, KouanHubUpload *upload, GError **error)
{
  const guint8 *id = upload->offer.id;
  GError *local = NULL;

  if (kouan_hub_blobs_measure (self->blobs, id) >= upload->offset)
    return TRUE;
  g_message ("kiosk %u: what had come of a record is gone, and is asked for again",
             upload->offer.kiosk_id);
  if (!kouan_hub_store_advance (self->store, id, upload->offset, 0,
                                kouan_hub_receiver_expiry (self), &local))
    return kouan_hub_translate (local, error);
  upload->offset = 0;
  return kouan_hub_blobs_stage (self->blobs, id, upload->offer.size, error);
}

/**
 * kouan_hub_receiver_look:
 * @progress: (out): what is here of a record
 * @upload: (out) (transfer full) (nullable): NULL if all of it is
 *
 * As kouan_hub_receiver_progress().
 */
gboolean
kouan_hub_receiver_look (KouanHubReceiver *self,
                         const KouanHubKiosk *kiosk,
                         const guint8 *id,
                         KouanHubProgress *progress,
                         KouanHubUpload **upload,
                         GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubUpload) found = NULL;
  g_autoptr (KouanHubRecord) record = NULL;

  *upload = NULL;
  kouan_hub_receiver_displace (self, id);
  found = kouan_hub_receiver_find_upload (self, kiosk, id, &local);
  if (found == NULL && !g_error_matches (local, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (found != NULL && !match_bytes (self, found, error))
    return FALSE;
  if (found != NULL && found->offset < found->offer.size)
    {
      *progress = (KouanHubProgress){ found->offset, found->offer.size, found->expires_s };
      *upload = g_steal_pointer (&found);
      return TRUE;
    }
  if (found != NULL && !kouan_hub_receiver_complete (self, found, NULL, error))
    return FALSE;
  record = find_whole (self, kiosk, id, error);
  if (record != NULL)
    *progress = (KouanHubProgress){ record->offer.size, record->offer.size, 0 };
  return record != NULL;
}

/* HEAD, and the start of everything else: what is here of a record. MISSING if nothing is. */
gboolean
kouan_hub_receiver_progress (KouanHubReceiver *self,
                             const KouanHubKiosk *kiosk,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             KouanHubProgress *progress,
                             GError **error)
{
  g_autoptr (KouanHubUpload) upload = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (self), FALSE);

  return kouan_hub_receiver_look (self, kiosk, id, progress, &upload, error);
}

/* Forgets an upload. REFUSED for a record: what is committed stays. */
gboolean
kouan_hub_receiver_drop (KouanHubReceiver *self,
                         const KouanHubKiosk *kiosk,
                         const guint8 id[static KOUAN_HUB_ID_SIZE],
                         GError **error)
{
  KouanHubProgress progress;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (self), FALSE);

  if (!kouan_hub_receiver_progress (self, kiosk, id, &progress, error))
    return FALSE;
  if (progress.offset == progress.size)
    {
      g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED,
                           "a committed record stays");
      return FALSE;
    }
  if (!kouan_hub_store_drop_upload (self->store, id, &local))
    return kouan_hub_translate (local, error);
  kouan_hub_blobs_drop_staged (self->blobs, id);
  return TRUE;
}

/**
 * kouan_hub_receiver_receipt:
 *
 * The best that can be said of a record of this kiosk: ARCHIVED, else COMMITTED (or DUPLICATE). The
 * first answer of each kind is kept, and is the answer from then on. MISSING if the record is not
 * committed, or its bytes are gone and it is not archived.
 *
 * Returns: (transfer full): COSE
 */
GBytes *
kouan_hub_receiver_receipt (KouanHubReceiver *self,
                            const KouanHubKiosk *kiosk,
                            const guint8 id[static KOUAN_HUB_ID_SIZE],
                            GError **error)
{
  g_autoptr (KouanHubRecord) record = NULL;
  g_autoptr (GBytes) receipt = NULL;
  GBytes *kept;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (self), NULL);

  record = find_whole (self, kiosk, id, error);
  if (record == NULL)
    return NULL;
  kept = record->archived_s != 0 ? record->archived : record->committed;
  if (kept != NULL)
    return g_bytes_ref (kept);
  receipt = sign_receipt (record, self);
  kept = kouan_hub_store_keep_receipt (self->store, id, record->archived_s != 0, receipt, &local);
  if (kept == NULL)
    kouan_hub_translate (local, error);
  return kept;
}

/**
 * kouan_hub_receiver_recover:
 *
 * At the start, before anybody is served: files that no row speaks of are removed. Only the one hub
 * that owns the folder may do that.
 */
gboolean
kouan_hub_receiver_recover (KouanHubReceiver *self, GError **error)
{
  g_autoptr (GPtrArray) staged = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (self), FALSE);

  staged = kouan_hub_blobs_list_staged (self->blobs);
  for (guint i = 0; i < staged->len; i++)
    {
      const guint8 *id = g_bytes_get_data (staged->pdata[i], NULL);
      g_autoptr (KouanHubUpload) upload = NULL;
      g_autoptr (GError) local = NULL;

      upload = kouan_hub_store_find_upload (self->store, id, &local);
      if (upload != NULL)
        continue;
      if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
        return kouan_hub_translate (g_steal_pointer (&local), error);
      kouan_hub_blobs_drop_staged (self->blobs, id);
    }
  return TRUE;
}

/* Returns: whether it is a record now, or may yet become one */
static gboolean
complete_late (KouanHubReceiver *self, const KouanHubUpload *upload)
{
  g_autoptr (GError) local = NULL;

  if (upload->offset < upload->offer.size
      || kouan_hub_blobs_measure (self->blobs, upload->offer.id) < upload->offset)
    return FALSE;
  if (kouan_hub_receiver_complete (self, upload, NULL, &local))
    return TRUE;
  g_message ("an upload could not be completed: %s", local->message);
  return !g_error_matches (local, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED);
}

static void
expire_one (KouanHubReceiver *self, const KouanHubUpload *upload)
{
  g_autoptr (GError) local = NULL;

  kouan_hub_receiver_displace (self, upload->offer.id);
  if (complete_late (self, upload))
    return;
  if (kouan_hub_store_drop_upload (self->store, upload->offer.id, &local))
    kouan_hub_blobs_drop_staged (self->blobs, upload->offer.id);
  else
    g_message ("an expired upload could not be dropped: %s", local->message);
}

/* Now and then: drops what nobody has gone on with in time. */
void
kouan_hub_receiver_expire (KouanHubReceiver *self)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) uploads = NULL;

  g_return_if_fail (KOUAN_IS_HUB_RECEIVER (self));

  uploads = kouan_hub_store_expired_uploads (self->store, kouan_clock_wall_s (self->clock), &local);
  if (uploads == NULL)
    g_message ("expired uploads could not be listed: %s", local->message);
  for (guint i = 0; uploads != NULL && i < uploads->len; i++)
    expire_one (self, uploads->pdata[i]);
}
