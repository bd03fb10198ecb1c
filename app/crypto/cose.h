/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cbor.h"
#include "app/crypto/keys.h"

G_BEGIN_DECLS

/* COSE_Sign1 (RFC 9052), tag 18, protected header {1: alg, 4: kid}, no unprotected header, no
 * external data. */
GBytes *kouan_cose_sign (KouanSigningKey *key, GBytes *payload);
GBytes *kouan_cose_verify (KouanKeyring *keyring,
                           KouanPurpose purpose,
                           GBytes *message,
                           KouanVerifyingKey **signer, /* (out) (optional) (transfer full) */
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first element of every signed payload; the second is the version of that type. */
typedef enum
{
  KOUAN_SIGNED_APPOINTMENT = 1,
  KOUAN_SIGNED_WALK_IN = 2,
  KOUAN_SIGNED_SLIP = 3,
  KOUAN_SIGNED_BADGE = 4,
  KOUAN_SIGNED_RECORD = 5,
  KOUAN_SIGNED_HUB_RECEIPT = 6,
  KOUAN_SIGNED_CATALOGUE = 7,
  KOUAN_SIGNED_ROSTER = 8,
  KOUAN_SIGNED_TRUST_LIST = 9,
  KOUAN_SIGNED_ENROLMENT_REQUEST = 10, /* by a kiosk's record key */
  KOUAN_SIGNED_ENROLMENT_BUNDLE = 11,  /* by the roster key */
  KOUAN_SIGNED_LIST = 12,              /* what the hub sends down, see app/sync/list.c */
  KOUAN_SIGNED_UNLOCK = 13,            /* lets one person try again, see app/staff/unlock.c */
  KOUAN_SIGNED_DECLARATION = 14,       /* by a kiosk, see app/record/declaration.c */
  KOUAN_SIGNED_ENROLMENT_CARD = 15,    /* by the roster key, see app/sync/enrolment-card.c */
  KOUAN_SIGNED_AUDIT_HEAD = 20,        /* by a kiosk's record key, see app/audit/head.c */
  KOUAN_SIGNED_AUDIT_ANCHOR = 21,      /* by the hub's receipt key */
  KOUAN_SIGNED_AUDIT_EXPORT = 22,      /* by a kiosk's record key, see app/audit/export.c */
} KouanSignedType;

void kouan_signed_write_head (GByteArray *out, KouanSignedType type, guint version, gsize count);
gboolean kouan_signed_read_head (KouanCborReader *reader,
                                 KouanSignedType type,
                                 guint version,
                                 gsize count) G_GNUC_WARN_UNUSED_RESULT;

/* Signed bytes as the text of a QR code: a prefix of four characters, then Base45 (RFC 9285). */
#define KOUAN_CODE_APPOINTMENT "KA1:"
#define KOUAN_CODE_RECEIPT "KR1:"
#define KOUAN_CODE_BADGE "KB1:"
#define KOUAN_CODE_WALK_IN "KW1:"
#define KOUAN_CODE_UNLOCK "KU1:"
#define KOUAN_CODE_DECLARATION "KD1:"
#define KOUAN_CODE_SIZE_MAX 512 /* bytes of COSE that a code may carry */

char *kouan_code_to_text (const char *prefix, GBytes *message);
GBytes *kouan_code_from_text (const char *prefix,
                              const char *text,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_base45_encode (const guint8 *data, gsize size);
GBytes *kouan_base45_decode (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
