/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/check.h"

#include "app/audit/head.h"
#include "app/audit/seed.h"

#include <string.h>

#define PAGE 2000

/* @identity: (nullable): opens the first key, if it is for them */
void
kouan_audit_add_opened (KouanAuditVerifier *verifier,
                        const KouanAuditSeal *seal,
                        KouanAgeIdentity *identity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSecret) seed
    = identity != NULL ? kouan_audit_seed_open (seal->sealed, identity, &error) : NULL;

  if (error != NULL)
    g_message ("Key %" G_GINT64_FORMAT " of the audit: %s", seal->number, error->message);
  kouan_audit_verifier_add_seal (verifier, seal, seed);
}

/* Returns: whether it is the hub's, and about this log; one that is not is no anchor */
gboolean
kouan_audit_add_signed (KouanAuditVerifier *verifier,
                        GBytes *receipt,
                        KouanKeyring *keyring,
                        guint kiosk_id,
                        const guint8 log_id[static KOUAN_AUDIT_SEAL_ID_SIZE])
{
  g_autoptr (GError) error = NULL;
  KouanAuditSignedAnchor anchor;

  if (!kouan_audit_anchor_verify (receipt, keyring, &anchor, &error))
    g_message ("An anchor of the audit does not count: %s", error->message);
  else if (anchor.kiosk_id != kiosk_id || memcmp (anchor.log_id, log_id, sizeof anchor.log_id) != 0)
    g_message ("An anchor is of another audit");
  else
    {
      kouan_audit_verifier_add_anchor (verifier, anchor.sequence, anchor.hash, anchor.hub_s);
      return TRUE;
    }
  return FALSE;
}

static gboolean
add_seals (KouanAuditVerifier *verifier,
           KouanDatabase *db,
           KouanAgeIdentity *identity,
           guint8 log_id[static KOUAN_AUDIT_SEAL_ID_SIZE],
           GError **error)
{
  g_autoptr (GPtrArray) seals = kouan_audit_seals_list (db, error);

  memset (log_id, 0, KOUAN_AUDIT_SEAL_ID_SIZE);
  if (seals == NULL)
    return FALSE;
  if (seals->len > 0)
    memcpy (log_id, ((KouanAuditSeal *)seals->pdata[0])->id, KOUAN_AUDIT_SEAL_ID_SIZE);
  for (guint i = 0; i < seals->len; i++)
    kouan_audit_add_opened (verifier, seals->pdata[i], identity);
  return TRUE;
}

static gboolean
add_anchors (KouanAuditVerifier *verifier,
             KouanDatabase *db,
             KouanStation *station,
             const guint8 *log_id,
             GError **error)
{
  g_autoptr (GPtrArray) anchors = kouan_audit_anchors_list (db, error);

  for (guint i = 0; anchors != NULL && i < anchors->len; i++)
    kouan_audit_add_signed (verifier, ((KouanAuditAnchor *)anchors->pdata[i])->receipt,
                            kouan_station_get_keyring (station),
                            kouan_station_get_kiosk_id (station), log_id);
  return anchors != NULL;
}

static gboolean
take_all (KouanAuditVerifier *verifier, KouanDatabase *db, GError **error)
{
  gint64 after = 0;
  guint count;

  do
    {
      g_autoptr (GPtrArray) entries = kouan_audit_list (db, after, PAGE, error);

      if (entries == NULL)
        return FALSE;
      count = entries->len;
      for (guint i = 0; i < count; i++)
        if (!kouan_audit_verifier_take (verifier, entries->pdata[i]))
          return TRUE;
      if (count > 0)
        after = ((KouanAuditEntry *)entries->pdata[count - 1])->sequence;
    }
  while (count == PAGE);
  return TRUE;
}

/**
 * kouan_audit_check:
 * @identity: (nullable): of the hub or of who holds the escrow key: the tags are checked as well
 * @verdict: (out)
 *
 * Returns: FALSE only if the log could not be read
 */
gboolean
kouan_audit_check (KouanDatabase *db,
                   KouanStation *station,
                   KouanAgeIdentity *identity,
                   KouanAuditVerdict *verdict,
                   GError **error)
{
  g_autoptr (KouanAuditVerifier) verifier = kouan_audit_verifier_new ();
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  guint8 log_id[KOUAN_AUDIT_SEAL_ID_SIZE];
  KouanAuditHead head;

  if (transaction == NULL || !add_seals (verifier, db, identity, log_id, error)
      || !add_anchors (verifier, db, station, log_id, error) || !take_all (verifier, db, error)
      || !kouan_audit_read_head (db, &head, error))
    return FALSE;
  kouan_audit_verifier_finish (verifier, &head, verdict);
  return TRUE;
}
