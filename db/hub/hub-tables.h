/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"
#include "db/statement.h"

G_BEGIN_DECLS

/* For hub-sqlite.c alone: the tables, one file each. Whoever calls has begun a transaction where it
 * takes one. */

/* An offer is the head of both an upload's row and a record's: these columns, in this order. */
#define KOUAN_HUB_OFFER_COLUMNS                                                                    \
  "record_id, enrolment, kiosk_id, kiosk_sequence, service, created_ms, size, sha256, code_id, "   \
  "manifest"
#define KOUAN_HUB_OFFER_COUNT 10
void kouan_hub_offer_bind (sqlite3_stmt *stmt, const KouanHubOffer *offer); /* ?1 to ?10 */
gboolean kouan_hub_offer_read (sqlite3_stmt *stmt,
                               KouanHubOffer *offer,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_row_damaged (GError **error); /* FALSE, with CORRUPT */

gboolean kouan_hub_halls_put (KouanDatabase *db,
                              const KouanHubHall *hall,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubHall *
kouan_hub_halls_find (KouanDatabase *db, guint hall_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_kiosks_insert (KouanDatabase *db,
                                  const KouanHubKiosk *kiosk,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_revoke (KouanDatabase *db, guint kiosk_id, gint64 now_s, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_kiosks_seen (KouanDatabase *db, gint64 enrolment, gint64 now_s, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
KouanHubKiosk *kouan_hub_kiosks_find (KouanDatabase *db,
                                      const guint8 *certificate,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_kiosks_list (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_uploads_insert (KouanDatabase *db,
                                   const KouanHubOffer *offer,
                                   gint64 now_s,
                                   gint64 expires_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubUpload *kouan_hub_uploads_find (KouanDatabase *db,
                                        const guint8 *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_uploads_advance (KouanDatabase *db,
                                    const guint8 *id,
                                    gint64 from,
                                    gint64 to,
                                    gint64 expires_s,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_uploads_remove (KouanDatabase *db,
                                   const guint8 *id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_uploads_expired (KouanDatabase *db,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_records_insert (KouanDatabase *db,
                                   const KouanHubOffer *offer,
                                   gint64 now_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_records_find (KouanDatabase *db,
                                        const guint8 *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_records_find_sequence (KouanDatabase *db,
                                                 guint kiosk_id,
                                                 gint64 sequence,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_records_list (KouanDatabase *db, gint64 after, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_sequence_taken (KouanDatabase *db,
                                           const KouanHubOffer *offer,
                                           gboolean *taken,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_keep_receipt (KouanDatabase *db,
                                         const guint8 *id,
                                         gboolean archived,
                                         GBytes *receipt,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_records_archive (KouanDatabase *db,
                                    gint64 up_to,
                                    gint64 now_s,
                                    gint64 *count,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_alarms_raise (KouanDatabase *db,
                                 KouanHubAlarm *alarm,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_alarms_list (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_published_version (KouanDatabase *db,
                                      const char *kind,
                                      guint hall_id,
                                      gint64 *version,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_published_clear (KouanDatabase *db,
                                    const char *kind,
                                    guint hall_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_published_insert (KouanDatabase *db,
                                     const KouanHubPublication *publication,
                                     const char *name,
                                     GBytes *content,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_published_find (KouanDatabase *db,
                                  const char *kind,
                                  guint hall_id,
                                  const char *name,
                                  gint64 *version,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
