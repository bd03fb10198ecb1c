/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_HUB_RECEIPT_COMMITTED = 1, /* the hub has it */
  KOUAN_HUB_RECEIPT_ARCHIVED = 2,  /* every backup has it: the kiosk may erase */
  KOUAN_HUB_RECEIPT_REFUSED = 3,   /* the hub will never take it: a person must look */
  KOUAN_HUB_RECEIPT_DUPLICATE
  = 4, /* as COMMITTED, and the appointment has brought a record before */
} KouanHubReceiptState;

/* Of the hub's answer to a record's last byte: the receipt, in base64. In lower case. */
#define KOUAN_HUB_RECEIPT_HEADER "kouan-receipt"

/* What the hub signs about one record of one kiosk. */
typedef struct
{
  KouanHubReceiptState state;
  guint hub_id;
  guint kiosk_id;
  guint8 record_id[KOUAN_UUID_SIZE];
  guint8 sha256[KOUAN_SHA256_SIZE]; /* of the sealed file */
  gint64 hub_sequence;              /* 0 for what is refused */
  gint64 time_s;                    /* seconds since 1970 UTC, the hub's clock */
} KouanHubReceipt;

GBytes *kouan_hub_receipt_sign (const KouanHubReceipt *receipt, KouanSigningKey *key);
gboolean kouan_hub_receipt_verify (GBytes *message,
                                   KouanKeyring *keyring,
                                   KouanHubReceipt *receipt,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receipt_is_for (const KouanHubReceipt *receipt,
                                   guint kiosk_id,
                                   const guint8 record_id[static KOUAN_UUID_SIZE],
                                   const guint8 sha256[static KOUAN_SHA256_SIZE]);
const char *kouan_hub_receipt_state_to_string (KouanHubReceiptState state);

G_END_DECLS
