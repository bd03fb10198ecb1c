/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

#define KOUAN_HUB_ID_SIZE 16     /* a UUID */
#define KOUAN_HUB_DIGEST_SIZE 32 /* SHA-256 */
#define KOUAN_HUB_PIECE_SIZE                                                                       \
  (256 * 1024) /* of sealed bytes in the database; the last is shorter                             \
                */

typedef struct
{
  guint id;           /* 1 to 65535 */
  char *language;     /* BCP 47: the hall's own */
  char *profile;      /* "service", "border", "overseas" */
  GHashTable *names;  /* BCP 47 to name */
  GBytes *sealed_key; /* (nullable): once it is there it never changes */
} KouanHubHall;

/* One enrolment of a kiosk. A kiosk that gets a new disk is revoked and enrolled again, with new
 * keys. */
typedef struct
{
  gint64 enrolment; /* 0 until stored */
  guint id;         /* 1 to 65535 */
  guint hall_id;
  char *record_key; /* SubjectPublicKeyInfo in PEM: what its manifests are signed with */
  guint8 certificate[KOUAN_HUB_DIGEST_SIZE]; /* of the DER of its TLS certificate */
  gint64 enrolled_s;
  gint64 revoked_s; /* 0: in service */
  gint64 seen_s;    /* 0: never */
} KouanHubKiosk;

/* What a kiosk says of a record, once its signature has been checked. */
typedef struct
{
  guint8 id[KOUAN_HUB_ID_SIZE];
  gint64 enrolment;
  guint kiosk_id;
  gint64 sequence; /* the kiosk's own */
  gint64 service;
  gint64 created_ms; /* the kiosk's clock */
  gint64 size;
  guint8 sha256[KOUAN_HUB_DIGEST_SIZE];
  gboolean has_code;
  guint8 code_id[KOUAN_HUB_ID_SIZE]; /* of the appointment */
  GBytes *manifest;                  /* COSE */
} KouanHubOffer;

typedef struct
{
  KouanHubOffer offer;
  gint64 offset; /* bytes that are on the disk for good */
  gint64 expires_s;
} KouanHubUpload;

typedef struct
{
  KouanHubOffer offer;
  gint64 hub_sequence; /* from 1 without a gap */
  gint64 received_s;
  gint64 missing; /* how many of this kiosk's records before it were not here when it came */
  gboolean is_duplicate;
  guint8
    case_id[KOUAN_HUB_ID_SIZE]; /* the first record of the same appointment, if it is a duplicate */
  GBytes *committed;            /* (nullable) the receipt as it was signed first */
  gint64 archived_s;            /* 0: not in every backup */
  GBytes *archived;             /* (nullable) */
} KouanHubRecord;

typedef enum
{
  KOUAN_HUB_ALARM_OTHER_CONTENT, /* a record that is here, offered again with other bytes */
  KOUAN_HUB_ALARM_FORGED, /* a manifest that its kiosk has not signed, or that says something else
                           */
  KOUAN_HUB_ALARM_SEQUENCE_REUSED, /* two records under one number of a kiosk: its disk was rolled
                                      back or copied */
  KOUAN_HUB_ALARM_DAMAGED,   /* the bytes that came are not the ones that the manifest names */
  KOUAN_HUB_ALARM_AUDIT_CUT, /* a kiosk's audit is not the one that was anchored: id and hash are
                                the log's */
  KOUAN_HUB_ALARM_AUDIT_RESTARTED, /* a kiosk's audit began anew */
  KOUAN_HUB_ALARM_BYTES_MISSING,   /* a record's row is here and its sealed bytes are not */
} KouanHubAlarmKind;

/* The same thing happening again raises @count. */
typedef struct
{
  KouanHubAlarmKind kind;
  guint kiosk_id;
  guint8 record_id[KOUAN_HUB_ID_SIZE];
  guint8 sha256[KOUAN_HUB_DIGEST_SIZE]; /* of what was offered */
  gint64 first_s;
  gint64 last_s;
  gint64 count;
} KouanHubAlarm;

/* How a kiosk is, in its own words. */
typedef struct
{
  gint64 reported_s; /* 0: never */
  gint64 captured;
  gint64 waiting;
  gint64 sent;
  gint64 archived;
  gint64 refused;
  gint64 oldest_waiting_s;
  char *troubles; /* a line each */
} KouanHubStatus;

/* The head of a kiosk's audit, as the hub has signed it. */
typedef struct
{
  gint64 enrolment;
  guint8 log_id[KOUAN_HUB_ID_SIZE];
  gint64 sequence;
  guint8 hash[KOUAN_HUB_DIGEST_SIZE];
  gint64 seal;    /* the number of the key in use */
  GBytes *sealed; /* that key as it was first: age */
  gint64 hub_s;
  GBytes *receipt; /* COSE */
} KouanHubAnchor;

typedef enum
{
  KOUAN_HUB_ANCHOR_NEW,
  KOUAN_HUB_ANCHOR_RESTARTED, /* new, and of another log than before */
  KOUAN_HUB_ANCHOR_HAVE,      /* signed already */
  KOUAN_HUB_ANCHOR_CONFLICT,  /* not the log that it was: nothing is touched */
} KouanHubAnchorAnswer;

typedef enum
{
  KOUAN_HUB_STRANGER_WAITS,
  KOUAN_HUB_STRANGER_ANSWERED,
  KOUAN_HUB_STRANGER_REFUSED,
} KouanHubStrangerState;

/* A machine that has asked over the network to be enrolled. */
typedef struct
{
  char *fingerprint; /* of the key that it will sign with: the machine shows the same */
  guint kiosk_id;    /* the number that it wants */
  GBytes *request;   /* as it came, signed */
  char *peer;        /* the network address that it came from */
  gint64 asked_s;
  gint64 decided_s; /* 0: not yet */
  KouanHubStrangerState state;
  GBytes *bundle; /* (nullable): the answer, sealed for it */
} KouanHubStranger;

typedef struct
{
  gint64 total;     /* that may wait at a time */
  gint64 from_peer; /* from one address */
  gint64 since_s;   /* what is older is forgotten */
} KouanHubStrangerLimits;

typedef enum
{
  KOUAN_HUB_HEARING_WAITS,
  KOUAN_HUB_HEARING_ANSWERED, /* it has only to fetch it */
  KOUAN_HUB_HEARING_REFUSED,
  KOUAN_HUB_HEARING_FULL, /* too many wait */
} KouanHubHearing;

/* One enrolment as whoever looks after the fleet sees it. */
typedef struct
{
  KouanHubKiosk kiosk;
  KouanHubStatus status;
  gint64 received; /* records that are here */
  gint64 archived; /* of them, those that every backup has */
  gint64 duplicates;
  gint64 last_received_s;
  gint64 alarms; /* that are of this kiosk's number */
} KouanHubFleetRow;

/* What is handed out of one kind: all its files change together. */
typedef struct
{
  const char *kind;
  guint hall_id; /* 0: for every hall */
  gint64 version;
  GHashTable *files; /* name to GBytes */
} KouanHubPublication;

typedef enum
{
  KOUAN_HUB_OFFER_NEW,      /* send from the offset */
  KOUAN_HUB_OFFER_HAVE,     /* committed already */
  KOUAN_HUB_OFFER_CONFLICT, /* the same id with other content: nothing is touched */
} KouanHubOfferAnswer;

void kouan_hub_hall_free (KouanHubHall *self);
void kouan_hub_kiosk_free (KouanHubKiosk *self);
void kouan_hub_offer_clear (KouanHubOffer *self);
void kouan_hub_offer_copy (const KouanHubOffer *from, KouanHubOffer *to);
void kouan_hub_upload_free (KouanHubUpload *self);
void kouan_hub_record_free (KouanHubRecord *self);
void kouan_hub_alarm_free (KouanHubAlarm *self);
void kouan_hub_fleet_row_free (KouanHubFleetRow *self);
void kouan_hub_anchor_free (KouanHubAnchor *self);
void kouan_hub_stranger_free (KouanHubStranger *self);
const char *kouan_hub_alarm_kind_to_string (KouanHubAlarmKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubHall, kouan_hub_hall_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubKiosk, kouan_hub_kiosk_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanHubOffer, kouan_hub_offer_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubUpload, kouan_hub_upload_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubRecord, kouan_hub_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubAlarm, kouan_hub_alarm_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubFleetRow, kouan_hub_fleet_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubAnchor, kouan_hub_anchor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubStranger, kouan_hub_stranger_free)

/* All that the hub remembers. Each verb is one transaction, durable when it returns TRUE (but for
 * what an upload has got so far, see kouan_hub_store_advance ()); any thread may call. Errors are
 * KOUAN_DATABASE_ERROR's. Several hubs may work on one store. */
typedef GBytes *(*KouanHubSignFunc) (const KouanHubRecord *record,
                                     gpointer data); /* (transfer full) */

#define KOUAN_TYPE_HUB_STORE (kouan_hub_store_get_type ())
G_DECLARE_FINAL_TYPE (KouanHubStore, kouan_hub_store, KOUAN, HUB_STORE, GObject)

KouanHubStore *kouan_hub_store_open (const char *address, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_is_shared (KouanHubStore *self);

gboolean kouan_hub_store_put_hall (KouanHubStore *self,
                                   const KouanHubHall *hall,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubHall *kouan_hub_store_find_hall (KouanHubStore *self,
                                         guint hall_id,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_enrol (KouanHubStore *self,
                                const KouanHubKiosk *kiosk,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_revoke (KouanHubStore *self, guint kiosk_id, gint64 now_s, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_note_seen (KouanHubStore *self,
                                    gint64 enrolment,
                                    gint64 now_s,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubKiosk *kouan_hub_store_find_kiosk (KouanHubStore *self,
                                           const guint8 certificate[static KOUAN_HUB_DIGEST_SIZE],
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_kiosks (KouanHubStore *self,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_offer (KouanHubStore *self,
                                const KouanHubOffer *offer,
                                gint64 now_s,
                                gint64 expires_s,
                                KouanHubOfferAnswer *answer,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_take_again (KouanHubStore *self,
                                     const KouanHubOffer *offer,
                                     gint64 now_s,
                                     gint64 expires_s,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubUpload *kouan_hub_store_find_upload (KouanHubStore *self,
                                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_advance (KouanHubStore *self,
                                  const guint8 id[static KOUAN_HUB_ID_SIZE],
                                  gint64 from,
                                  gint64 to,
                                  gint64 expires_s,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_drop_upload (KouanHubStore *self,
                                      const guint8 id[static KOUAN_HUB_ID_SIZE],
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_expired_uploads (KouanHubStore *self,
                                            gint64 now_s,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanHubRecord *kouan_hub_store_commit (KouanHubStore *self,
                                        const guint8 id[static KOUAN_HUB_ID_SIZE],
                                        gint64 now_s,
                                        KouanHubSignFunc sign,
                                        gpointer data,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_store_find_record (KouanHubStore *self,
                                             const guint8 id[static KOUAN_HUB_ID_SIZE],
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubRecord *kouan_hub_store_find_sequence (KouanHubStore *self,
                                               guint kiosk_id,
                                               gint64 sequence,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_records (KouanHubStore *self,
                                         gint64 after,
                                         guint limit,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_duplicates (KouanHubStore *self,
                                            guint limit,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_store_keep_receipt (KouanHubStore *self,
                                      const guint8 id[static KOUAN_HUB_ID_SIZE],
                                      gboolean archived,
                                      GBytes *receipt,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_unarchived (KouanHubStore *self,
                                            gint64 after,
                                            gint64 up_to,
                                            guint limit,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_archive (KouanHubStore *self,
                                  gint64 up_to,
                                  GPtrArray *but,
                                  gint64 now_s,
                                  gint64 *count,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_raise_alarm (KouanHubStore *self,
                                      KouanHubAlarm *alarm,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_alarms (KouanHubStore *self,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_publish (KouanHubStore *self,
                                  const KouanHubPublication *publication,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_store_find_published (KouanHubStore *self,
                                        const char *kind,
                                        guint hall_id,
                                        const char *name,
                                        gint64 *version,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_put_piece (KouanHubStore *self,
                                    const guint8 id[static KOUAN_HUB_ID_SIZE],
                                    gint64 number,
                                    const guint8 *data,
                                    gsize size,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_store_find_piece (KouanHubStore *self,
                                    const guint8 id[static KOUAN_HUB_ID_SIZE],
                                    gint64 number,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_measure_pieces (KouanHubStore *self,
                                         const guint8 id[static KOUAN_HUB_ID_SIZE],
                                         gint64 *size,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_put_status (KouanHubStore *self,
                                     gint64 enrolment,
                                     const KouanHubStatus *status,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_fleet (KouanHubStore *self,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_put_anchor (KouanHubStore *self,
                                     guint kiosk_id,
                                     KouanHubAnchor *anchor,
                                     KouanHubAnchorAnswer *answer,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_anchors (KouanHubStore *self,
                                         gint64 enrolment,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_hear (KouanHubStore *self,
                               const KouanHubStranger *stranger,
                               const char *record_key,
                               const KouanHubStrangerLimits *limits,
                               KouanHubHearing *hearing,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubStranger *kouan_hub_store_find_stranger (KouanHubStore *self,
                                                 const char *fingerprint,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_hub_store_list_strangers (KouanHubStore *self,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_answer_stranger (KouanHubStore *self,
                                          const char *fingerprint,
                                          const KouanHubKiosk *kiosk,
                                          GBytes *bundle,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_refuse_stranger (KouanHubStore *self,
                                          const char *fingerprint,
                                          gint64 now_s,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_forget_strangers (KouanHubStore *self,
                                           const char *fingerprint,
                                           gint64 *count,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_hub_store_follow (KouanHubStore *self,
                                 const char *who,
                                 gint64 *up_to,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
