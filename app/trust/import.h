/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/trust/trust-list.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_TRUST_MASTER_LIST,
  KOUAN_TRUST_CERTIFICATE,
  KOUAN_TRUST_REVOCATIONS,
} KouanTrustKind;

/* Who says that a master list's signer may sign it. */
typedef enum
{
  KOUAN_VOUCHED_ANCHOR,    /* an authority whose fingerprint the caller has given */
  KOUAN_VOUCHED_INSTALLED, /* one that is in the trust list already */
  KOUAN_VOUCHED_ITSELF,    /* one that is in the master list alone: only into an empty trust list */
  KOUAN_VOUCHED_BY_HAND,   /* the caller, who brings a certificate by itself */
} KouanVouched;

typedef struct
{
  gint64 now_s;
  const guint8 *anchor; /* (nullable): KOUAN_SHA256_SIZE bytes, what an authority publishes */
  const char *because;  /* (nullable): why what is older may take the place of what is newer */
} KouanTrustPlan;

/* What came of it. */
typedef struct
{
  KouanTrustKind kind;
  KouanVouched vouched;
  char country[3];
  char *signer;                        /* (nullable): subject, for people */
  guint8 authority[KOUAN_SHA256_SIZE]; /* fingerprint of who vouched */
  gint64 signed_s;
  guint certificates; /* in the file */
  guint unread;       /* entries of the file that are no certificate of an authority */
  guint added;        /* to the trust list */
  guint removed;      /* that no source has any more */
} KouanTrustImport;

gboolean kouan_trust_list_import (KouanTrustList *self,
                                  GBytes *file,
                                  const KouanTrustPlan *plan,
                                  KouanTrustImport *import,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_trust_import_clear (KouanTrustImport *import);

const char *kouan_trust_kind_id (KouanTrustKind kind);
const char *kouan_vouched_id (KouanVouched vouched);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanTrustImport, kouan_trust_import_clear)

G_END_DECLS
