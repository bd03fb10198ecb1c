/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/offers.h"

#include "app/lds/security-infos.h"

#include <string.h>

/* Chips offer more than one way, and some that came after this program: each function takes the
 * best that is known here, and passes over the rest. */

#define CA_ECDH_3DES "0.4.0.127.0.7.2.2.3.2.1"
#define CA_DH_3DES "0.4.0.127.0.7.2.2.3.1.1"
#define ECDSA_PLAIN "0.4.0.127.0.7.1.1.4.1."
#define PACE_VERSION 2
#define CHIP_AUTHENTICATION_VERSION 1

static gboolean
to_offer (const KouanSecurityInfo *info, KouanPaceOffer *offer, KouanBlockCipher *cipher)
{
  if (info->kind != KOUAN_SECURITY_PACE || info->version != PACE_VERSION || info->parameter_id < 0
      || info->parameter_id >= 32)
    return FALSE;
  *offer = (KouanPaceOffer){ .protocol = info->oid, .parameters = (guint)info->parameter_id };
  return kouan_pace_supports (offer, cipher);
}

/* The first in the chip's own order, but AES before triple DES. */
gboolean
kouan_chip_find_pace (GPtrArray *infos, KouanPaceOffer *offer)
{
  KouanBlockCipher best = KOUAN_BLOCK_CIPHER_3DES, cipher;
  gboolean found = FALSE;
  KouanPaceOffer one;

  for (guint i = 0; i < infos->len; i++)
    {
      if (!to_offer (infos->pdata[i], &one, &cipher))
        continue;
      if (found && g_str_equal (one.protocol, offer->protocol))
        offer->ambiguous = TRUE;
      else if (!found || (best == KOUAN_BLOCK_CIPHER_3DES && cipher != best))
        {
          *offer = one;
          best = cipher;
          found = TRUE;
        }
    }
  return found;
}

gboolean
kouan_chip_offers_pace (GPtrArray *infos)
{
  for (guint i = 0; i < infos->len; i++)
    if (((const KouanSecurityInfo *)infos->pdata[i])->kind == KOUAN_SECURITY_PACE)
      return TRUE;
  return FALSE;
}

static const KouanSecurityInfo *
find_chip_key (GPtrArray *infos)
{
  for (guint i = 0; i < infos->len; i++)
    if (((const KouanSecurityInfo *)infos->pdata[i])->kind
        == KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY)
      return infos->pdata[i];
  return NULL;
}

static gboolean
is_for_key (const KouanSecurityInfo *info, const KouanSecurityInfo *key)
{
  return info->kind == KOUAN_SECURITY_CHIP_AUTHENTICATION
         && info->version == CHIP_AUTHENTICATION_VERSION && info->agreement == key->agreement
         && (info->key_id == key->key_id || info->key_id == KOUAN_SECURITY_NO_ID
             || key->key_id == KOUAN_SECURITY_NO_ID);
}

/* The first key, and of what is said about it the strongest cipher. A chip that has a key and says
 * no more means triple DES (§9.2.5). */
gboolean
kouan_chip_find_authentication (GPtrArray *infos, KouanChipAuthenticationOffer *offer)
{
  const KouanSecurityInfo *key = find_chip_key (infos);

  if (key == NULL)
    return FALSE;
  offer->protocol = key->agreement == KOUAN_AGREEMENT_ECDH ? CA_ECDH_3DES : CA_DH_3DES;
  offer->public_key = key->key;
  offer->has_key_id = key->key_id != KOUAN_SECURITY_NO_ID;
  offer->key_id = offer->has_key_id ? (guint64)key->key_id : 0;
  for (guint i = 0; i < infos->len; i++)
    {
      const KouanSecurityInfo *info = infos->pdata[i];

      if (is_for_key (info, key) && strcmp (info->oid, offer->protocol) > 0)
        offer->protocol = info->oid;
    }
  return TRUE;
}

/* The hash of "ecdsa-plain-…" (TR-03111 §5.2.1). */
gboolean
kouan_chip_find_active_hash (GPtrArray *infos, KouanHash *hash)
{
  for (guint i = 0; i < infos->len; i++)
    {
      const KouanSecurityInfo *info = infos->pdata[i];
      const char *last;

      if (info->kind != KOUAN_SECURITY_ACTIVE_AUTHENTICATION || info->signature_algorithm == NULL
          || !g_str_has_prefix (info->signature_algorithm, ECDSA_PLAIN))
        continue;
      last = info->signature_algorithm + strlen (ECDSA_PLAIN);
      if (*last < '1' || *last > '5' || last[1] != '\0')
        continue;
      *hash = KOUAN_HASH_SHA1 + (KouanHash)(*last - '1');
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_same (const KouanSecurityInfo *a, const KouanSecurityInfo *b)
{
  return a->kind == b->kind && g_str_equal (a->oid, b->oid) && a->version == b->version
         && a->parameter_id == b->parameter_id && a->key_id == b->key_id
         && (a->key == NULL) == (b->key == NULL)
         && (a->key == NULL || g_bytes_equal (a->key, b->key));
}

static gboolean
contains (GPtrArray *whole, const KouanSecurityInfo *wanted)
{
  for (guint i = 0; i < whole->len; i++)
    if (is_same (whole->pdata[i], wanted))
      return TRUE;
  return FALSE;
}

gboolean
kouan_chip_infos_contain (GPtrArray *whole, GPtrArray *part)
{
  for (guint i = 0; i < part->len; i++)
    if (!contains (whole, part->pdata[i]))
      return FALSE;
  return TRUE;
}
