/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

#define KOUAN_SLIP_MISSING_MAX 32

/* The visitor's receipt, KR1: what was handed in, where and when, and what is still missing.
 * Nothing of the person. */
typedef struct
{
  char *number; /* as kouan_receipt_number () makes it */
  guint8 record_id[KOUAN_UUID_SIZE];
  guint hall_id;
  gint64 service; /* the catalogue's code */
  gint64 time_s;  /* since 1970 UTC */
  guint missing_count;
  guint missing[KOUAN_SLIP_MISSING_MAX]; /* the catalogue's codes of documents */
} KouanSlip;

void kouan_slip_clear (KouanSlip *slip);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanSlip, kouan_slip_clear)

char *kouan_slip_sign (const KouanSlip *slip, KouanSigningKey *key); /* "KR1:…" */
gboolean kouan_slip_verify (const char *text,
                            KouanKeyring *keyring,
                            KouanSlip *slip,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT; /* KOUAN_CRYPTO_ERROR */

G_END_DECLS
