/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store.h"

#include <string.h>

/* What the hub has to remember, said without a word of how. The embedded store is SQLite; a hall
 * that runs several hubs side by side gives them one database server, and nothing above this line
 * can tell. That is why a verb here is a whole transaction of the protocol ("this upload is
 * complete: make it a record") and never a row to be read, changed and written back. */

G_DEFINE_INTERFACE (KouanHubStore, kouan_hub_store, G_TYPE_OBJECT)

static void
kouan_hub_store_default_init (KouanHubStoreInterface *iface G_GNUC_UNUSED)
{
}

void
kouan_hub_hall_free (KouanHubHall *self)
{
  g_free (self->language);
  g_free (self->profile);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

void
kouan_hub_kiosk_free (KouanHubKiosk *self)
{
  g_free (self->record_key);
  g_free (self);
}

void
kouan_hub_offer_clear (KouanHubOffer *self)
{
  g_clear_pointer (&self->manifest, g_bytes_unref);
}

void
kouan_hub_offer_copy (const KouanHubOffer *from, KouanHubOffer *to)
{
  *to = *from;
  to->manifest = g_bytes_ref (from->manifest);
}

void
kouan_hub_upload_free (KouanHubUpload *self)
{
  kouan_hub_offer_clear (&self->offer);
  g_free (self);
}

void
kouan_hub_record_free (KouanHubRecord *self)
{
  kouan_hub_offer_clear (&self->offer);
  g_clear_pointer (&self->committed, g_bytes_unref);
  g_clear_pointer (&self->archived, g_bytes_unref);
  g_free (self);
}

void
kouan_hub_alarm_free (KouanHubAlarm *self)
{
  g_free (self);
}

/* Returns: the word that lists and the database use */
const char *
kouan_hub_alarm_kind_to_string (KouanHubAlarmKind kind)
{
  switch (kind)
    {
    case KOUAN_HUB_ALARM_OTHER_CONTENT:
      return "other-content";
    case KOUAN_HUB_ALARM_FORGED:
      return "forged";
    case KOUAN_HUB_ALARM_SEQUENCE_REUSED:
      return "sequence-reused";
    case KOUAN_HUB_ALARM_DAMAGED:
      return "damaged";
    default:
      g_assert_not_reached ();
    }
}

/* A hall as it is from now on: its names, its language, its profile. */
gboolean
kouan_hub_store_put_hall (KouanHubStore *self, const KouanHubHall *hall, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (hall != NULL && hall->id > 0, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->put_hall (self, hall, error);
}

/* Returns: (transfer full): NOT_FOUND if no kiosk of that hall has ever been enrolled */
KouanHubHall *
kouan_hub_store_find_hall (KouanHubStore *self, guint hall_id, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_hall (self, hall_id, error);
}

/* CONFLICT if a kiosk of this number is in service: it has to be revoked first. */
gboolean
kouan_hub_store_enrol (KouanHubStore *self, const KouanHubKiosk *kiosk, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (kiosk != NULL && kiosk->id > 0 && kiosk->record_key != NULL, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->enrol (self, kiosk, error);
}

/* Takes a kiosk out of service; what it has sent stays. NOT_FOUND if it is not in service. */
gboolean
kouan_hub_store_revoke (KouanHubStore *self, guint kiosk_id, gint64 now_s, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->revoke (self, kiosk_id, now_s, error);
}

gboolean
kouan_hub_store_note_seen (KouanHubStore *self, gint64 enrolment, gint64 now_s, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->note_seen (self, enrolment, now_s, error);
}

/**
 * kouan_hub_store_find_kiosk:
 * @certificate: SHA-256 of the DER of the certificate that the kiosk has shown
 *
 * Returns: (transfer full): the enrolment, in service or revoked; NOT_FOUND
 */
KouanHubKiosk *
kouan_hub_store_find_kiosk (KouanHubStore *self,
                            const guint8 certificate[static KOUAN_HUB_DIGEST_SIZE],
                            GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_kiosk (self, certificate, error);
}

/* Returns: (transfer full) (element-type KouanHubKiosk): every enrolment, in the order of enrolling
 */
GPtrArray *
kouan_hub_store_list_kiosks (KouanHubStore *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->list_kiosks (self, error);
}

/**
 * kouan_hub_store_offer:
 * @offer: what a kiosk wants to send
 * @expires_s: until when the hub keeps what has come of it
 * @answer: (out): NEW also for an upload that is under way already, which then goes on from its
 * offset
 */
gboolean
kouan_hub_store_offer (KouanHubStore *self,
                       const KouanHubOffer *offer,
                       gint64 now_s,
                       gint64 expires_s,
                       KouanHubOfferAnswer *answer,
                       GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (offer != NULL && offer->manifest != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->offer (self, offer, now_s, expires_s, answer, error);
}

/* Returns: (transfer full): NOT_FOUND if nothing of that record is under way */
KouanHubUpload *
kouan_hub_store_find_upload (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_upload (self, id, error);
}

/* The bytes up to @to are on the disk. After a power cut the offset may be one that was true
 * earlier. CONFLICT if the offset is not @from: somebody else has moved it. */
gboolean
kouan_hub_store_advance (KouanHubStore *self,
                         const guint8 id[static KOUAN_HUB_ID_SIZE],
                         gint64 from,
                         gint64 to,
                         gint64 expires_s,
                         GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (from >= 0 && to >= 0, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->advance (self, id, from, to, expires_s, error);
}

/* Forgets an upload; its file is the caller's. Not an error if there is none. */
gboolean
kouan_hub_store_drop_upload (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->drop_upload (self, id, error);
}

/* Returns: (transfer full) (element-type KouanHubUpload): those that nobody has gone on with in
 * time */
GPtrArray *
kouan_hub_store_expired_uploads (KouanHubStore *self, gint64 now_s, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->expired_uploads (self, now_s, error);
}

/**
 * kouan_hub_store_commit:
 *
 * The one transaction that a receipt stands on: the upload becomes a record, under its id once and
 * for ever. A record that is here already with the same content is answered as it is, so the call
 * may be repeated. CONFLICT if it is here with other content; NOT_FOUND if there is neither record
 * nor complete upload.
 *
 * Returns: (transfer full): the record
 */
KouanHubRecord *
kouan_hub_store_commit (KouanHubStore *self,
                        const guint8 id[static KOUAN_HUB_ID_SIZE],
                        gint64 now_s,
                        GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->commit (self, id, now_s, error);
}

/* Returns: (transfer full): NOT_FOUND */
KouanHubRecord *
kouan_hub_store_find_record (KouanHubStore *self,
                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                             GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_record (self, id, error);
}

/* What a receipt number names: the newest record of any enrolment of that kiosk.
 * Returns: (transfer full): NOT_FOUND */
KouanHubRecord *
kouan_hub_store_find_sequence (KouanHubStore *self, guint kiosk_id, gint64 sequence, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_sequence (self, kiosk_id, sequence, error);
}

/* Returns: (transfer full) (element-type KouanHubRecord): by hub sequence, those behind @after */
GPtrArray *
kouan_hub_store_list_records (KouanHubStore *self, gint64 after, guint limit, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->list_records (self, after, limit, error);
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
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);
  g_return_val_if_fail (receipt != NULL, NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->keep_receipt (self, id, archived, receipt, error);
}

/**
 * kouan_hub_store_archive:
 * @up_to: a hub sequence: the operator says that every backup that would ever be restored holds the
 * records up to this one
 * @count: (out) (optional): how many were not marked before
 */
gboolean
kouan_hub_store_archive (
  KouanHubStore *self, gint64 up_to, gint64 now_s, gint64 *count, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->archive (self, up_to, now_s, count, error);
}

/* @alarm: (inout): its times and count come back as they are stored now */
gboolean
kouan_hub_store_raise_alarm (KouanHubStore *self, KouanHubAlarm *alarm, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (alarm != NULL, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->raise_alarm (self, alarm, error);
}

/* Returns: (transfer full) (element-type KouanHubAlarm): the oldest first */
GPtrArray *
kouan_hub_store_list_alarms (KouanHubStore *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->list_alarms (self, error);
}

/* Replaces what is handed out of that kind for that hall, all of it or nothing. CONFLICT if what is
 * there is as new or newer: nothing is ever rolled back. */
gboolean
kouan_hub_store_publish (KouanHubStore *self,
                         const KouanHubPublication *publication,
                         GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (publication != NULL && publication->version > 0, FALSE);

  return KOUAN_HUB_STORE_GET_IFACE (self)->publish (self, publication, error);
}

/**
 * kouan_hub_store_find_published:
 * @version: (out) (optional)
 *
 * Returns: (transfer full): NOT_FOUND if nothing of that name is handed out
 */
GBytes *
kouan_hub_store_find_published (KouanHubStore *self,
                                const char *kind,
                                guint hall_id,
                                const char *name,
                                gint64 *version,
                                GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), NULL);
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  return KOUAN_HUB_STORE_GET_IFACE (self)->find_published (self, kind, hall_id, name, version,
                                                           error);
}
