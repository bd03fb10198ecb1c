/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store-private.h"
#include "db/hub/hub-tables.h"

/* A machine that wants to be a kiosk, and that nobody has looked at yet. It can be anybody, so how
 * many wait is bounded, in all and from one place, and what is old goes. What waits is never put
 * out by what comes later: a flood keeps new ones away and harms none that are there. */

void
kouan_hub_stranger_free (KouanHubStranger *self)
{
  g_free (self->fingerprint);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_free (self->peer);
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_free (self);
}

/* An answer to a machine that has been revoked since is none: with it, it would get nowhere. */
static gboolean
has_answer (KouanHubLink *link,
            const KouanHubStranger *known,
            const char *record_key,
            gboolean *answered,
            GError **error)
{
  *answered = FALSE;
  return known == NULL || known->state != KOUAN_HUB_STRANGER_ANSWERED
         || kouan_hub_kiosks_in_service (link, record_key, answered, error);
}

static gboolean
judge (KouanHubLink *link,
       const KouanHubStranger *stranger,
       const char *record_key,
       const KouanHubStrangerLimits *limits,
       KouanHubHearing *hearing,
       GError **error)
{
  g_autoptr (KouanHubStranger) known = NULL;
  gint64 total, from_peer;
  gboolean answered;

  if (!kouan_hub_strangers_find (link, stranger->fingerprint, &known, error)
      || !kouan_hub_strangers_count (link, stranger->peer, &total, &from_peer, error)
      || !has_answer (link, known, record_key, &answered, error))
    return FALSE;
  if (answered)
    *hearing = KOUAN_HUB_HEARING_ANSWERED;
  else if (known != NULL && known->state == KOUAN_HUB_STRANGER_REFUSED)
    *hearing = KOUAN_HUB_HEARING_REFUSED;
  else if ((known == NULL || known->state == KOUAN_HUB_STRANGER_ANSWERED)
           && (total >= limits->total || from_peer >= limits->from_peer))
    *hearing = KOUAN_HUB_HEARING_FULL;
  else
    *hearing = KOUAN_HUB_HEARING_WAITS;
  return TRUE;
}

/**
 * kouan_hub_store_hear:
 * @stranger: its signature has been checked; what waits under its fingerprint gives way to it
 * @record_key: that @stranger's fingerprint is of; an answer counts as long as a kiosk with that
 * key is in service, and is then no answer any more
 * @hearing: (out): only with WAITS is it kept
 *
 * What last changed before @limits->since_s is forgotten first.
 */
gboolean
kouan_hub_store_hear (KouanHubStore *self,
                      const KouanHubStranger *stranger,
                      const char *record_key,
                      const KouanHubStrangerLimits *limits,
                      KouanHubHearing *hearing,
                      GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  gint64 forgotten;

  g_return_val_if_fail (stranger != NULL && stranger->fingerprint != NULL, FALSE);
  g_return_val_if_fail (record_key != NULL, FALSE);

  if (transaction == NULL || !kouan_hub_link_lock (link, KOUAN_HUB_LOCK_STRANGERS, error)
      || !kouan_hub_strangers_remove (link, NULL, limits->since_s, &forgotten, error)
      || !judge (link, stranger, record_key, limits, hearing, error))
    return FALSE;
  return (*hearing != KOUAN_HUB_HEARING_WAITS || kouan_hub_strangers_put (link, stranger, error))
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full): NOT_FOUND if nobody has asked under that fingerprint, or it is long ago
 */
KouanHubStranger *
kouan_hub_store_find_stranger (KouanHubStore *self, const char *fingerprint, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);
  KouanHubStranger *stranger = NULL;

  g_return_val_if_fail (fingerprint != NULL, NULL);

  if (link == NULL || !kouan_hub_strangers_find (link, fingerprint, &stranger, error))
    return NULL;
  if (stranger == NULL)
    g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                 "nobody has asked under the fingerprint %s", fingerprint);
  return stranger;
}

/* Returns: (transfer full) (element-type KouanHubStranger): in the order in which they asked */
GPtrArray *
kouan_hub_store_list_strangers (KouanHubStore *self, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link_to_read (self, error);

  return link != NULL ? kouan_hub_strangers_list (link, error) : NULL;
}

/* The kiosk is in service and its answer can be fetched, both or neither. CONFLICT if a kiosk of
 * this number is in service, NOT_FOUND if no request waits under @fingerprint. */
gboolean
kouan_hub_store_answer_stranger (KouanHubStore *self,
                                 const char *fingerprint,
                                 const KouanHubKiosk *kiosk,
                                 GBytes *bundle,
                                 GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);

  g_return_val_if_fail (fingerprint != NULL && kiosk != NULL && bundle != NULL, FALSE);

  return transaction != NULL && kouan_hub_link_lock (link, KOUAN_HUB_LOCK_STRANGERS, error)
         && kouan_hub_strangers_decide (link, fingerprint, KOUAN_HUB_STRANGER_ANSWERED, bundle,
                                        kiosk->enrolled_s, error)
         && kouan_hub_kiosks_insert (link, kiosk, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
kouan_hub_store_refuse_stranger (KouanHubStore *self,
                                 const char *fingerprint,
                                 gint64 now_s,
                                 GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL
         && kouan_hub_strangers_decide (link, fingerprint, KOUAN_HUB_STRANGER_REFUSED, NULL, now_s,
                                        error);
}

/* @fingerprint: (nullable): NULL: all of them. @count: (out): how many are forgotten */
gboolean
kouan_hub_store_forget_strangers (KouanHubStore *self,
                                  const char *fingerprint,
                                  gint64 *count,
                                  GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL && kouan_hub_strangers_remove (link, fingerprint, G_MAXINT64, count, error);
}
