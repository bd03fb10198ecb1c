/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/keeper.h"

#include "app/audit/key-file.h"
#include "app/audit/seed.h"

#include <string.h>

/* Works inside the transactions of db/kiosk/audit.c. The file is written when a transaction is
 * durable, never before: a key that is older than the log can be led forward, one that is ahead of
 * it cannot be led back. So a key that is ahead means that the log has lost entries, and a key that
 * is not there that somebody took it. Either way the kiosk goes on under a new key, and the log
 * says why. */

struct _KouanAuditKeeper
{
  GObject parent_instance;

  char *path;
  GPtrArray *recipients;
  KouanSecret *key;         /* for the entry of place */
  KouanAuditKeyPlace place; /* sequence 0: nothing read yet */
};

static void kouan_audit_keeper_iface_init (KouanAuditSealerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanAuditKeeper,
                               kouan_audit_keeper,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_AUDIT_SEALER,
                                                      kouan_audit_keeper_iface_init))

static gboolean
begin_key (KouanAuditKeeper *self,
           KouanDatabase *db,
           gint64 sequence,
           const char *why,
           gint64 *number,
           GError **error)
{
  g_autoptr (KouanSecret) seed = kouan_secret_new_random (KOUAN_KEY_SIZE);
  KouanAuditSeal seal = { .first = sequence, .reason = (char *)why };
  g_autoptr (GBytes) sealed = kouan_audit_seed_seal (seed, self->recipients, error);

  if (sealed == NULL)
    return FALSE;
  seal.sealed = sealed;
  kouan_audit_seed_id (sealed, seal.id);
  memcpy (self->place.id, seal.id, sizeof seal.id);
  self->place.sequence = sequence;
  memcpy (kouan_secret_data (self->key), kouan_secret_data (seed), KOUAN_KEY_SIZE);
  if (!kouan_audit_key_add (self->path, &self->place, self->key, error)
      || !kouan_audit_seals_add (db, &seal, error))
    return FALSE;
  *number = seal.number;
  return TRUE;
}

static gboolean
has_key (KouanAuditKeeper *self, const KouanAuditSeal *seal, gint64 sequence)
{
  return self->place.sequence > 0 && self->place.sequence <= sequence
         && memcmp (self->place.id, seal->id, sizeof seal->id) == 0;
}

/* Returns: (nullable): why there has to be a new key */
static const char *
find_key (KouanAuditKeeper *self, const KouanAuditSeal *seal, gint64 sequence)
{
  if (has_key (self, seal, sequence))
    return NULL;
  if (!kouan_audit_key_read (self->path, seal->id, &self->place, self->key))
    return "key-lost";
  return self->place.sequence <= sequence ? NULL : "log-cut";
}

static gboolean
kouan_audit_keeper_prepare (KouanAuditSealer *sealer,
                            KouanDatabase *db,
                            gint64 sequence,
                            gint64 *number,
                            const char **fresh,
                            GError **error)
{
  KouanAuditKeeper *self = KOUAN_AUDIT_KEEPER (sealer);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanAuditSeal) seal = kouan_audit_seals_last (db, &local);

  if (seal == NULL
      && !g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *fresh = seal != NULL ? find_key (self, seal, sequence) : "first";
  if (*fresh != NULL)
    return begin_key (self, db, sequence, *fresh, number, error);
  for (; self->place.sequence < sequence; self->place.sequence++)
    kouan_audit_key_step (self->key);
  *number = seal->number;
  return TRUE;
}

static void
kouan_audit_keeper_seal (KouanAuditSealer *sealer, gint64 sequence, const guint8 *hash, guint8 *tag)
{
  KouanAuditKeeper *self = KOUAN_AUDIT_KEEPER (sealer);

  g_assert (self->place.sequence == sequence);
  kouan_audit_key_tag (self->key, hash, tag);
  kouan_audit_key_step (self->key);
  self->place.sequence++;
}

static void
kouan_audit_keeper_settle (KouanAuditSealer *sealer)
{
  KouanAuditKeeper *self = KOUAN_AUDIT_KEEPER (sealer);
  g_autoptr (GError) error = NULL;

  if (self->place.sequence > 0
      && !kouan_audit_key_replace (self->path, &self->place, self->key, &error))
    g_message ("The audit's old key is still there: %s", error->message);
}

static void
kouan_audit_keeper_iface_init (KouanAuditSealerInterface *iface)
{
  iface->prepare = kouan_audit_keeper_prepare;
  iface->seal = kouan_audit_keeper_seal;
  iface->settle = kouan_audit_keeper_settle;
}

static void
kouan_audit_keeper_finalize (GObject *object)
{
  KouanAuditKeeper *self = KOUAN_AUDIT_KEEPER (object);

  g_free (self->path);
  g_ptr_array_unref (self->recipients);
  kouan_secret_unref (self->key);
  G_OBJECT_CLASS (kouan_audit_keeper_parent_class)->finalize (object);
}

static void
kouan_audit_keeper_class_init (KouanAuditKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_audit_keeper_finalize;
}

static void
kouan_audit_keeper_init (KouanAuditKeeper *self)
{
  self->key = kouan_secret_new (KOUAN_KEY_SIZE);
}

/**
 * kouan_audit_keeper_new:
 * @path: of the key's file, made if it is not there
 * @recipients: (element-type KouanAgeRecipient): for whom the first key is sealed
 */
KouanAuditKeeper *
kouan_audit_keeper_new (const char *path, GPtrArray *recipients)
{
  KouanAuditKeeper *self = g_object_new (KOUAN_TYPE_AUDIT_KEEPER, NULL);

  self->path = g_strdup (path);
  self->recipients = g_ptr_array_ref (recipients);
  return self;
}

/* Every entry that this connection writes is sealed from now on. */
void
kouan_audit_keeper_attach (KouanDatabase *db, KouanStation *station)
{
  g_autofree char *path = NULL;
  g_autoptr (KouanAuditKeeper) keeper = NULL;

  g_return_if_fail (KOUAN_IS_DATABASE (db) && KOUAN_IS_STATION (station));

  path = kouan_station_path (station, KOUAN_STATION_AUDIT_KEY);
  keeper = kouan_audit_keeper_new (path, kouan_station_get_recipients (station));
  kouan_audit_set_sealer (db, KOUAN_AUDIT_SEALER (keeper));
}

/**
 * kouan_audit_keeper_lag:
 * @lag: (out): how many entries the file's key is behind: each of them could be written anew by who
 * takes it. 0 is right; below that entries are gone; G_MAXINT64: there is no such key
 */
gboolean
kouan_audit_keeper_lag (KouanStation *station, KouanDatabase *db, gint64 *lag, GError **error)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_AUDIT_KEY);
  g_autoptr (KouanSecret) key = kouan_secret_new (KOUAN_KEY_SIZE);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanAuditSeal) seal = kouan_audit_seals_last (db, &local);
  KouanAuditKeyPlace place;
  KouanAuditHead head;

  *lag = 0;
  if (seal == NULL && g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    return TRUE;
  if (seal == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!kouan_audit_read_head (db, &head, error))
    return FALSE;
  *lag = kouan_audit_key_read (path, seal->id, &place, key) ? head.sequence + 1 - place.sequence
                                                            : G_MAXINT64;
  return TRUE;
}
