/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store.h"

#include "db/hub/hub-store-private.h"
#include "db/hub/hub-tables.h"

/* What the hub has to remember. The embedded database is SQLite; halls that run several hubs side
 * by side give them one PostgreSQL, and nothing above this folder can tell. That is why a verb here
 * is a whole transaction of the protocol ("this upload is complete: make it a record") and never a
 * row to be read, changed and written back.
 *
 * A connection belongs to one thread, and the hub serves from a handful of them, so each thread
 * that comes gets a connection of its own and keeps it. */

struct _KouanHubStore
{
  GObject parent_instance;

  char *address;
  GMutex lock;       /* guards links */
  GHashTable *links; /* GThread to KouanHubLink */
  KouanHubCommits commits;
};

G_DEFINE_FINAL_TYPE (KouanHubStore, kouan_hub_store, G_TYPE_OBJECT)

static gboolean
is_postgres_address (const char *address)
{
  return g_str_has_prefix (address, "postgresql://") || g_str_has_prefix (address, "postgres://");
}

/* For what changes nothing: one round trip less than kouan_hub_store_link() where the last thing
 * that this thread wrote did not wait for the disk.
 *
 * Returns: (transfer none): this thread's connection, which lives as long as @self */
KouanHubLink *
kouan_hub_store_link_to_read (KouanHubStore *self, GError **error)
{
  KouanHubLink *link;

  g_mutex_lock (&self->lock);
  link = g_hash_table_lookup (self->links, g_thread_self ());
  g_mutex_unlock (&self->lock);
  if (link != NULL)
    return link;
  /* Nobody else makes one for this thread. */
  link = is_postgres_address (self->address) ? kouan_hub_link_postgres (self->address, error)
                                             : kouan_hub_link_sqlite (self->address, error);
  if (link == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->links, g_thread_self (), link);
  g_mutex_unlock (&self->lock);
  return link;
}

static KouanHubLink *
get_link (KouanHubStore *self, gboolean patient, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL && kouan_hub_link_set_patient (link, patient, error) ? link : NULL;
}

/* Returns: (transfer none): this thread's connection; what it commits is on the disk */
KouanHubLink *
kouan_hub_store_link (KouanHubStore *self, GError **error)
{
  return get_link (self, TRUE, error);
}

/* Returns: (transfer none): this thread's connection; what it commits is on the disk once something
 * later is that waited for it */
KouanHubLink *
kouan_hub_store_link_impatient (KouanHubStore *self, GError **error)
{
  return get_link (self, FALSE, error);
}

KouanHubCommits *
kouan_hub_store_get_commits (KouanHubStore *self)
{
  return &self->commits;
}

/* @link: (out) */
KouanHubTransaction *
kouan_hub_store_begin (KouanHubStore *self, KouanHubLink **link, GError **error)
{
  *link = kouan_hub_store_link (self, error);
  return *link != NULL ? kouan_hub_transaction_begin (*link, error) : NULL;
}

static void
kouan_hub_store_finalize (GObject *object)
{
  KouanHubStore *self = KOUAN_HUB_STORE (object);

  g_clear_pointer (&self->links, g_hash_table_unref);
  g_ptr_array_unref (self->commits.waiting);
  g_cond_clear (&self->commits.changed);
  g_mutex_clear (&self->commits.lock);
  g_mutex_clear (&self->lock);
  g_free (self->address);
  G_OBJECT_CLASS (kouan_hub_store_parent_class)->finalize (object);
}

static void
kouan_hub_store_class_init (KouanHubStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_hub_store_finalize;
}

static void
kouan_hub_store_init (KouanHubStore *self)
{
  g_mutex_init (&self->lock);
  g_mutex_init (&self->commits.lock);
  g_cond_init (&self->commits.changed);
  self->commits.waiting = g_ptr_array_new ();
  self->links = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)kouan_hub_link_close);
}

/**
 * kouan_hub_store_open:
 * @address: "postgresql://…", or the path of a SQLite file, which is made if it is not there
 *
 * The tables are made or brought up to date. The last reference must be dropped when no thread is
 * in a call any more.
 *
 * Returns: (transfer full): the store
 */
KouanHubStore *
kouan_hub_store_open (const char *address, GError **error)
{
  g_autoptr (KouanHubStore) self = g_object_new (KOUAN_TYPE_HUB_STORE, NULL);

  g_return_val_if_fail (address != NULL, NULL);

  self->address = g_strdup (address);
  return kouan_hub_store_link (self, error) != NULL ? g_steal_pointer (&self) : NULL;
}

/* Whether other machines may work on the same store. */
gboolean
kouan_hub_store_is_shared (KouanHubStore *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB_STORE (self), FALSE);

  return is_postgres_address (self->address);
}

/* A hall as it is from now on: its names, its language, its profile. A key is taken for a hall that
 * has none yet; one that has keeps its own. */
gboolean
kouan_hub_store_put_hall (KouanHubStore *self, const KouanHubHall *hall, GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);

  g_return_val_if_fail (hall != NULL && hall->id > 0, FALSE);

  return transaction != NULL && kouan_hub_link_lock (link, KOUAN_HUB_LOCK_HALLS, error)
         && kouan_hub_halls_put (link, hall, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full): NOT_FOUND if no kiosk of that hall has ever been enrolled */
KouanHubHall *
kouan_hub_store_find_hall (KouanHubStore *self, guint hall_id, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_halls_find (link, hall_id, error) : NULL;
}

/* CONFLICT if a kiosk of this number is in service: it has to be revoked first. */
gboolean
kouan_hub_store_enrol (KouanHubStore *self, const KouanHubKiosk *kiosk, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  g_return_val_if_fail (kiosk != NULL && kiosk->id > 0 && kiosk->record_key != NULL, FALSE);

  return link != NULL && kouan_hub_kiosks_insert (link, kiosk, error);
}

/* Takes a kiosk out of service; what it has sent stays. NOT_FOUND if it is not in service. */
gboolean
kouan_hub_store_revoke (KouanHubStore *self, guint kiosk_id, gint64 now_s, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL && kouan_hub_kiosks_revoke (link, kiosk_id, now_s, error);
}

gboolean
kouan_hub_store_note_seen (KouanHubStore *self, gint64 enrolment, gint64 now_s, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL && kouan_hub_kiosks_seen (link, enrolment, now_s, error);
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
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL ? kouan_hub_kiosks_find (link, certificate, error) : NULL;
}

/* Returns: (transfer full) (element-type KouanHubKiosk): every enrolment, in the order of enrolling
 */
GPtrArray *
kouan_hub_store_list_kiosks (KouanHubStore *self, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_kiosks_list (link, error) : NULL;
}

/* @alarm: (inout): its times and count come back as they are stored now */
gboolean
kouan_hub_store_raise_alarm (KouanHubStore *self, KouanHubAlarm *alarm, GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);

  g_return_val_if_fail (alarm != NULL, FALSE);

  return transaction != NULL && kouan_hub_alarms_raise (link, alarm, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full) (element-type KouanHubAlarm): the oldest first */
GPtrArray *
kouan_hub_store_list_alarms (KouanHubStore *self, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_alarms_list (link, error) : NULL;
}

static gboolean
replace_published (KouanHubLink *link, const KouanHubPublication *publication, GError **error)
{
  GHashTableIter iter;
  gpointer name, content;

  if (!kouan_hub_published_clear (link, publication->kind, publication->hall_id, error))
    return FALSE;
  g_hash_table_iter_init (&iter, publication->files);
  while (g_hash_table_iter_next (&iter, &name, &content))
    if (!kouan_hub_published_insert (link, publication, name, content, error))
      return FALSE;
  return TRUE;
}
/* Replaces what is handed out of that kind for that hall, all of it or nothing. CONFLICT if what is
 * there is as new or newer: nothing is ever rolled back. */
gboolean
kouan_hub_store_publish (KouanHubStore *self,
                         const KouanHubPublication *publication,
                         GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  gint64 version;

  g_return_val_if_fail (publication != NULL && publication->version > 0, FALSE);

  if (transaction == NULL || !kouan_hub_link_lock (link, KOUAN_HUB_LOCK_PUBLISHED, error)
      || !kouan_hub_published_version (link, publication->kind, publication->hall_id, &version,
                                       error))
    return FALSE;
  if (version >= publication->version)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                   "%s: version %" G_GINT64_FORMAT " is published already", publication->kind,
                   version);
      return FALSE;
    }
  return replace_published (link, publication, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
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
  KouanHubLink *link = kouan_hub_store_link (self, error);

  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  return link != NULL ? kouan_hub_published_find (link, kind, hall_id, name, version, error) : NULL;
}

/* Its last word replaces the one before. */
gboolean
kouan_hub_store_put_status (KouanHubStore *self,
                            gint64 enrolment,
                            const KouanHubStatus *status,
                            GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  g_return_val_if_fail (status != NULL && status->troubles != NULL, FALSE);

  return link != NULL && kouan_hub_statuses_put (link, enrolment, status, error);
}

/* Returns: (transfer full) (element-type KouanHubFleetRow): every enrolment, by the kiosk's number
 */
GPtrArray *
kouan_hub_store_list_fleet (KouanHubStore *self, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_statuses_list (link, error) : NULL;
}
