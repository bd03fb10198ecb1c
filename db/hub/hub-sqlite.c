/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-sqlite.h"

#include "db/hub/hub-tables.h"

#include <string.h>

/* The hub's embedded store: one SQLite file. A connection belongs to one thread, and the hub serves
 * from a handful of them, so each thread that comes gets a connection of its own and keeps it. */

struct _KouanHubSqlite
{
  GObject parent_instance;

  char *path;
  GMutex lock;             /* guards connections */
  GHashTable *connections; /* GThread to KouanDatabase */
};

static const char *const migrations[] = {
  "CREATE TABLE halls (hall_id INTEGER PRIMARY KEY, language TEXT NOT NULL, profile TEXT NOT NULL) "
  "STRICT;"
  "CREATE TABLE hall_names (hall_id INTEGER NOT NULL REFERENCES halls, language TEXT NOT NULL,"
  " name TEXT NOT NULL, PRIMARY KEY (hall_id, language)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE kiosks (enrolment INTEGER PRIMARY KEY AUTOINCREMENT, kiosk_id INTEGER NOT NULL,"
  " hall_id INTEGER NOT NULL REFERENCES halls, record_key TEXT NOT NULL,"
  " certificate BLOB NOT NULL UNIQUE, enrolled_s INTEGER NOT NULL,"
  " revoked_s INTEGER NOT NULL DEFAULT 0, seen_s INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE UNIQUE INDEX kiosks_in_service ON kiosks (kiosk_id) WHERE revoked_s = 0;"
  "CREATE TABLE uploads (record_id BLOB PRIMARY KEY, enrolment INTEGER NOT NULL REFERENCES kiosks,"
  " kiosk_id INTEGER NOT NULL, kiosk_sequence INTEGER NOT NULL, service INTEGER NOT NULL,"
  " created_ms INTEGER NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL, code_id BLOB,"
  " manifest BLOB NOT NULL, offset INTEGER NOT NULL, created_s INTEGER NOT NULL,"
  " expires_s INTEGER NOT NULL) STRICT;"
  "CREATE INDEX uploads_by_expiry ON uploads (expires_s);"
  /* The record's id is the idempotency key: it stands in the row itself, so the two cannot part. */
  "CREATE TABLE records (hub_sequence INTEGER PRIMARY KEY, record_id BLOB NOT NULL UNIQUE,"
  " enrolment INTEGER NOT NULL REFERENCES kiosks, kiosk_id INTEGER NOT NULL,"
  " kiosk_sequence INTEGER NOT NULL, service INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
  " size INTEGER NOT NULL, sha256 BLOB NOT NULL, code_id BLOB, manifest BLOB NOT NULL,"
  " received_s INTEGER NOT NULL, missing INTEGER NOT NULL, case_id BLOB, committed BLOB,"
  " archived_s INTEGER NOT NULL DEFAULT 0, archived BLOB) STRICT;"
  "CREATE INDEX records_by_kiosk ON records (enrolment, kiosk_sequence);"
  "CREATE INDEX records_by_code ON records (code_id) WHERE code_id IS NOT NULL;"
  "CREATE INDEX records_by_number ON records (kiosk_id, kiosk_sequence);"
  "CREATE INDEX records_to_archive ON records (hub_sequence) WHERE archived_s = 0;"
  "CREATE TABLE alarms (kind TEXT NOT NULL, kiosk_id INTEGER NOT NULL, record_id BLOB NOT NULL,"
  " sha256 BLOB NOT NULL, first_s INTEGER NOT NULL, last_s INTEGER NOT NULL, count INTEGER NOT "
  "NULL,"
  " PRIMARY KEY (kind, kiosk_id, record_id, sha256)) STRICT, WITHOUT ROWID",
  "CREATE TABLE published (kind TEXT NOT NULL, hall_id INTEGER NOT NULL, name TEXT NOT NULL,"
  " version INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, hall_id, name)) STRICT",
  NULL,
};

static const KouanSchema schema = { 0x4b48554f /* "KHUO" */, migrations };

static void kouan_hub_sqlite_store_init (KouanHubStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanHubSqlite,
                               kouan_hub_sqlite,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_HUB_STORE,
                                                      kouan_hub_sqlite_store_init))

/* Returns: (transfer none): this thread's connection, which lives as long as @store */
static KouanDatabase *
connection (KouanHubStore *store, GError **error)
{
  KouanHubSqlite *self = KOUAN_HUB_SQLITE (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  KouanDatabase *db = g_hash_table_lookup (self->connections, g_thread_self ());

  if (db != NULL)
    return db;
  db = kouan_database_open (self->path, &schema, error);
  if (db != NULL)
    g_hash_table_insert (self->connections, g_thread_self (), db);
  return db;
}

static KouanTransaction *
begin (KouanHubStore *store, KouanDatabase **db, GError **error)
{
  *db = connection (store, error);
  return *db != NULL ? kouan_transaction_begin (*db, error) : NULL;
}

static gboolean
sqlite_put_hall (KouanHubStore *store, const KouanHubHall *hall, GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);

  return transaction != NULL && kouan_hub_halls_put (db, hall, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static KouanHubHall *
sqlite_find_hall (KouanHubStore *store, guint hall_id, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_halls_find (db, hall_id, error) : NULL;
}

static gboolean
sqlite_enrol (KouanHubStore *store, const KouanHubKiosk *kiosk, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL && kouan_hub_kiosks_insert (db, kiosk, error);
}

static gboolean
sqlite_revoke (KouanHubStore *store, guint kiosk_id, gint64 now_s, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL && kouan_hub_kiosks_revoke (db, kiosk_id, now_s, error);
}

static gboolean
sqlite_note_seen (KouanHubStore *store, gint64 enrolment, gint64 now_s, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL && kouan_hub_kiosks_seen (db, enrolment, now_s, error);
}

static KouanHubKiosk *
sqlite_find_kiosk (KouanHubStore *store, const guint8 *certificate, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_kiosks_find (db, certificate, error) : NULL;
}

static GPtrArray *
sqlite_list_kiosks (KouanHubStore *store, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_kiosks_list (db, error) : NULL;
}

/* @there: whether @error was something else than NOT_FOUND, or no error at all */
static gboolean
clear_not_found (GError **local, GError **error)
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

static gboolean
sqlite_offer (KouanHubStore *store,
              const KouanHubOffer *offer,
              gint64 now_s,
              gint64 expires_s,
              KouanHubOfferAnswer *answer,
              GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubRecord) record = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;

  if (transaction == NULL)
    return FALSE;
  record = kouan_hub_records_find (db, offer->id, &local);
  if (!clear_not_found (&local, error))
    return FALSE;
  if (record != NULL)
    {
      *answer = is_same (&record->offer, offer) ? KOUAN_HUB_OFFER_HAVE : KOUAN_HUB_OFFER_CONFLICT;
      return TRUE;
    }
  upload = kouan_hub_uploads_find (db, offer->id, &local);
  if (!clear_not_found (&local, error))
    return FALSE;
  *answer = upload != NULL && !is_same (&upload->offer, offer) ? KOUAN_HUB_OFFER_CONFLICT
                                                               : KOUAN_HUB_OFFER_NEW;
  if (upload != NULL)
    return TRUE;
  return kouan_hub_uploads_insert (db, offer, now_s, expires_s, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static KouanHubUpload *
sqlite_find_upload (KouanHubStore *store, const guint8 *id, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_uploads_find (db, id, error) : NULL;
}

/* An offset that a power cut sets back costs bytes that are sent twice, and no more: the record's
 * own commit syncs all that came before it. So it alone does not wait for the disk, which would be
 * asked twice for every run otherwise. */
static gboolean
sqlite_advance (
  KouanHubStore *store, const guint8 *id, gint64 from, gint64 to, gint64 expires_s, GError **error)
{
  KouanDatabase *db = connection (store, error);
  gboolean advanced;

  if (db == NULL || !kouan_database_run (db, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  advanced = kouan_hub_uploads_advance (db, id, from, to, expires_s, error);
  return kouan_database_run (db, "PRAGMA synchronous = FULL", advanced ? error : NULL) && advanced;
}

static gboolean
sqlite_drop_upload (KouanHubStore *store, const guint8 *id, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL && kouan_hub_uploads_remove (db, id, error);
}

static GPtrArray *
sqlite_expired_uploads (KouanHubStore *store, gint64 now_s, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_uploads_expired (db, now_s, error) : NULL;
}

static gboolean
note_reused_sequence (KouanDatabase *db, const KouanHubOffer *offer, gint64 now_s, GError **error)
{
  KouanHubAlarm alarm
    = { .kind = KOUAN_HUB_ALARM_SEQUENCE_REUSED, .kiosk_id = offer->kiosk_id, .first_s = now_s };
  gboolean taken;

  if (!kouan_hub_records_sequence_taken (db, offer, &taken, error))
    return FALSE;
  memcpy (alarm.record_id, offer->id, sizeof alarm.record_id);
  memcpy (alarm.sha256, offer->sha256, sizeof alarm.sha256);
  return !taken || kouan_hub_alarms_raise (db, &alarm, error);
}

static gboolean
make_record (KouanDatabase *db, const guint8 *id, gint64 now_s, GError **error)
{
  g_autoptr (KouanHubUpload) upload = kouan_hub_uploads_find (db, id, error);

  if (upload == NULL)
    return FALSE;
  if (upload->offset != upload->offer.size)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                           "the upload is not complete");
      return FALSE;
    }
  return note_reused_sequence (db, &upload->offer, now_s, error)
         && kouan_hub_records_insert (db, &upload->offer, now_s, error)
         && kouan_hub_uploads_remove (db, id, error);
}

static KouanHubRecord *
sqlite_commit (KouanHubStore *store, const guint8 *id, gint64 now_s, GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanHubRecord) record = NULL;

  if (transaction == NULL)
    return NULL;
  record = kouan_hub_records_find (db, id, &local);
  if (!clear_not_found (&local, error))
    return NULL;
  if (record == NULL && make_record (db, id, now_s, error))
    record = kouan_hub_records_find (db, id, error);
  if (record == NULL || !kouan_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  return g_steal_pointer (&record);
}

static KouanHubRecord *
sqlite_find_record (KouanHubStore *store, const guint8 *id, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_records_find (db, id, error) : NULL;
}

static KouanHubRecord *
sqlite_find_sequence (KouanHubStore *store, guint kiosk_id, gint64 sequence, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_records_find_sequence (db, kiosk_id, sequence, error) : NULL;
}

static GPtrArray *
sqlite_list_records (KouanHubStore *store, gint64 after, guint limit, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_records_list (db, after, limit, error) : NULL;
}

static GBytes *
sqlite_keep_receipt (
  KouanHubStore *store, const guint8 *id, gboolean archived, GBytes *receipt, GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);
  g_autoptr (KouanHubRecord) record = NULL;
  GBytes *kept;

  if (transaction == NULL || !kouan_hub_records_keep_receipt (db, id, archived, receipt, error))
    return NULL;
  record = kouan_hub_records_find (db, id, error);
  if (record == NULL || !kouan_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  kept = archived ? record->archived : record->committed;
  return kept != NULL ? g_bytes_ref (kept) : NULL;
}

static gboolean
sqlite_archive (KouanHubStore *store, gint64 up_to, gint64 now_s, gint64 *count, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL && kouan_hub_records_archive (db, up_to, now_s, count, error);
}

static gboolean
sqlite_raise_alarm (KouanHubStore *store, KouanHubAlarm *alarm, GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);

  return transaction != NULL && kouan_hub_alarms_raise (db, alarm, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static GPtrArray *
sqlite_list_alarms (KouanHubStore *store, GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_alarms_list (db, error) : NULL;
}

static gboolean
replace_published (KouanDatabase *db, const KouanHubPublication *publication, GError **error)
{
  GHashTableIter iter;
  gpointer name, content;

  if (!kouan_hub_published_clear (db, publication->kind, publication->hall_id, error))
    return FALSE;
  g_hash_table_iter_init (&iter, publication->files);
  while (g_hash_table_iter_next (&iter, &name, &content))
    if (!kouan_hub_published_insert (db, publication, name, content, error))
      return FALSE;
  return TRUE;
}

static gboolean
sqlite_publish (KouanHubStore *store, const KouanHubPublication *publication, GError **error)
{
  KouanDatabase *db;
  g_autoptr (KouanTransaction) transaction = begin (store, &db, error);
  gint64 version;

  if (transaction == NULL
      || !kouan_hub_published_version (db, publication->kind, publication->hall_id, &version,
                                       error))
    return FALSE;
  if (version >= publication->version)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                   "%s: version %" G_GINT64_FORMAT " is published already", publication->kind,
                   version);
      return FALSE;
    }
  return replace_published (db, publication, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static GBytes *
sqlite_find_published (KouanHubStore *store,
                       const char *kind,
                       guint hall_id,
                       const char *name,
                       gint64 *version,
                       GError **error)
{
  KouanDatabase *db = connection (store, error);

  return db != NULL ? kouan_hub_published_find (db, kind, hall_id, name, version, error) : NULL;
}

static void
kouan_hub_sqlite_store_init (KouanHubStoreInterface *iface)
{
  iface->put_hall = sqlite_put_hall;
  iface->find_hall = sqlite_find_hall;
  iface->enrol = sqlite_enrol;
  iface->revoke = sqlite_revoke;
  iface->note_seen = sqlite_note_seen;
  iface->find_kiosk = sqlite_find_kiosk;
  iface->list_kiosks = sqlite_list_kiosks;
  iface->offer = sqlite_offer;
  iface->find_upload = sqlite_find_upload;
  iface->advance = sqlite_advance;
  iface->drop_upload = sqlite_drop_upload;
  iface->expired_uploads = sqlite_expired_uploads;
  iface->commit = sqlite_commit;
  iface->find_record = sqlite_find_record;
  iface->find_sequence = sqlite_find_sequence;
  iface->list_records = sqlite_list_records;
  iface->keep_receipt = sqlite_keep_receipt;
  iface->archive = sqlite_archive;
  iface->raise_alarm = sqlite_raise_alarm;
  iface->list_alarms = sqlite_list_alarms;
  iface->publish = sqlite_publish;
  iface->find_published = sqlite_find_published;
}

static void
kouan_hub_sqlite_finalize (GObject *object)
{
  KouanHubSqlite *self = KOUAN_HUB_SQLITE (object);

  g_clear_pointer (&self->connections, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  G_OBJECT_CLASS (kouan_hub_sqlite_parent_class)->finalize (object);
}

static void
kouan_hub_sqlite_class_init (KouanHubSqliteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_hub_sqlite_finalize;
}

static void
kouan_hub_sqlite_init (KouanHubSqlite *self)
{
  g_mutex_init (&self->lock);
  self->connections = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

/**
 * kouan_hub_sqlite_open:
 * @path: the file; it is made if it is not there
 *
 * The last reference must be dropped when no thread is in a call any more.
 *
 * Returns: (transfer full): the store
 */
KouanHubStore *
kouan_hub_sqlite_open (const char *path, GError **error)
{
  g_autoptr (KouanHubSqlite) self = g_object_new (KOUAN_TYPE_HUB_SQLITE, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (connection (KOUAN_HUB_STORE (self), error) == NULL)
    return NULL;
  return KOUAN_HUB_STORE (g_steal_pointer (&self));
}
