/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"
#include "db/hub/link.h"

G_BEGIN_DECLS

/* For the store alone: the tables, one file each. Whoever calls has begun a transaction where it
 * takes one. */

/* An offer is the head of both an upload's row and a record's: these columns, in this order. */
#define KOUAN_HUB_OFFER_COLUMNS                                                                    \
  "record_id, enrolment, kiosk_id, kiosk_sequence, service, created_ms, size, sha256, code_id, "   \
  "manifest"
#define KOUAN_HUB_OFFER_COUNT 10
void kouan_hub_offer_bind (KouanHubQuery *query, const KouanHubOffer *offer); /* ?1 to ?10 */
gboolean kouan_hub_offer_read (KouanHubQuery *query,
                               KouanHubOffer *offer,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_row_damaged (GError **error); /* FALSE, with CORRUPT */

gboolean kouan_hub_halls_put (KouanHubLink *link,
                              const KouanHubHall *hall,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubHall *
kouan_hub_halls_find (KouanHubLink *link, guint hall_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_kiosks_insert (KouanHubLink *link,
                                  const KouanHubKiosk *kiosk,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_in_service (KouanHubLink *link,
                                      const char *record_key,
                                      gboolean *found,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_hold_in_service (KouanHubLink *link, gint64 enrolment, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_revoke (KouanHubLink *link, guint kiosk_id, gint64 now_s, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_seen (KouanHubLink *link, gint64 enrolment, gint64 now_s, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
KouanHubKiosk *kouan_hub_kiosks_find (KouanHubLink *link,
                                      const guint8 *certificate,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_kiosks_list (KouanHubLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_uploads_insert (KouanHubLink *link,
                                   const KouanHubOffer *offer,
                                   gint64 now_s,
                                   gint64 expires_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubUpload *kouan_hub_uploads_find (KouanHubLink *link,
                                        const guint8 *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_uploads_advance (KouanHubLink *link,
                                    const guint8 *id,
                                    gint64 from,
                                    gint64 to,
                                    gint64 expires_s,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_uploads_remove (KouanHubLink *link,
                                   const guint8 *id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_uploads_expired (KouanHubLink *link,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_records_count_missing (KouanHubLink *link,
                                          KouanHubRecord *record,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_count_sequence (KouanHubLink *link,
                                           const KouanHubOffer *offer,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_number (KouanHubLink *link,
                                   KouanHubRecord *record,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_insert (KouanHubLink *link,
                                   const KouanHubRecord *record,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_records_find (KouanHubLink *link,
                                        const guint8 *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_records_find_sequence (KouanHubLink *link,
                                                 guint kiosk_id,
                                                 gint64 sequence,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_records_list (KouanHubLink *link, gint64 after, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_records_list_duplicates (KouanHubLink *link,
                                              guint limit,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_sequence_taken (KouanHubLink *link,
                                           const KouanHubOffer *offer,
                                           gboolean *taken,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_keep_receipt (KouanHubLink *link,
                                         const guint8 *id,
                                         gboolean archived,
                                         GBytes *receipt,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_records_list_unarchived (KouanHubLink *link,
                                              gint64 after,
                                              gint64 up_to,
                                              guint limit,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_whole_again (KouanHubLink *link,
                                        const guint8 *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_archive (KouanHubLink *link,
                                    gint64 from,
                                    gint64 to,
                                    gint64 up_to,
                                    gint64 now_s,
                                    gint64 *count,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_alarms_raise (KouanHubLink *link,
                                 KouanHubAlarm *alarm,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_alarms_list (KouanHubLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_anchors_insert (KouanHubLink *link,
                                   const KouanHubAnchor *anchor,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_anchors_list (KouanHubLink *link,
                                   gint64 enrolment,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_anchors_last (KouanHubLink *link,
                                 gint64 enrolment,
                                 const guint8 *log_id,
                                 KouanHubAnchor **last,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_anchors_count (KouanHubLink *link,
                                  gint64 enrolment,
                                  gint64 *count,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_strangers_put (KouanHubLink *link,
                                  const KouanHubStranger *stranger,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_strangers_decide (KouanHubLink *link,
                                     const char *fingerprint,
                                     KouanHubStrangerState state,
                                     GBytes *bundle,
                                     gint64 now_s,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_strangers_find (KouanHubLink *link,
                                   const char *fingerprint,
                                   KouanHubStranger **stranger,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_strangers_list (KouanHubLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_strangers_count (KouanHubLink *link,
                                    const char *peer,
                                    gint64 *total,
                                    gint64 *from_peer,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_strangers_remove (KouanHubLink *link,
                                     const char *fingerprint,
                                     gint64 before_s,
                                     gint64 *count,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_published_version (KouanHubLink *link,
                                      const char *kind,
                                      guint hall_id,
                                      gint64 *version,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_published_clear (KouanHubLink *link,
                                    const char *kind,
                                    guint hall_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_published_insert (KouanHubLink *link,
                                     const KouanHubPublication *publication,
                                     const char *name,
                                     GBytes *content,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_published_find (KouanHubLink *link,
                                  const char *kind,
                                  guint hall_id,
                                  const char *name,
                                  gint64 *version,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_pieces_put (KouanHubLink *link,
                               const guint8 *id,
                               gint64 number,
                               const guint8 *data,
                               gsize size,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_pieces_find (KouanHubLink *link, const guint8 *id, gint64 number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_pieces_measure (KouanHubLink *link,
                                   const guint8 *id,
                                   gint64 *size,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_pieces_remove (KouanHubLink *link,
                                  const guint8 *id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_statuses_put (KouanHubLink *link,
                                 gint64 enrolment,
                                 const KouanHubStatus *status,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_statuses_list (KouanHubLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
