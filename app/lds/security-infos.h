/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a chip says it can do, in EF.CardAccess and DG14: a set of SecurityInfo (Doc 9303-11 §9.2).
 */
typedef enum
{
  KOUAN_SECURITY_PACE,
  KOUAN_SECURITY_PACE_PARAMETERS, /* a PACEDomainParameterInfo: parameters that no table has */
  KOUAN_SECURITY_CHIP_AUTHENTICATION,
  KOUAN_SECURITY_CHIP_AUTHENTICATION_KEY,
  KOUAN_SECURITY_ACTIVE_AUTHENTICATION,
  KOUAN_SECURITY_TERMINAL_AUTHENTICATION,
  KOUAN_SECURITY_OTHER, /* an object that is not known here; it says nothing about the rest */
} KouanSecurityKind;

typedef enum
{
  KOUAN_AGREEMENT_DH,
  KOUAN_AGREEMENT_ECDH,
} KouanAgreement;

typedef enum
{
  KOUAN_MAPPING_GENERIC,
  KOUAN_MAPPING_INTEGRATED,
  KOUAN_MAPPING_CHIP_AUTHENTICATION,
} KouanMapping;

typedef enum
{
  KOUAN_CHIP_CIPHER_3DES,
  KOUAN_CHIP_CIPHER_AES_128,
  KOUAN_CHIP_CIPHER_AES_192,
  KOUAN_CHIP_CIPHER_AES_256,
} KouanChipCipher;

#define KOUAN_SECURITY_NO_ID -1

/* One of them; what its kind does not have is zero, or KOUAN_SECURITY_NO_ID. */
typedef struct
{
  KouanSecurityKind kind;
  char *oid; /* of the protocol, "0.4.0.127.0.7.2.2.4.2.2" */
  KouanAgreement agreement;
  KouanMapping mapping;   /* PACE */
  KouanChipCipher cipher; /* PACE, chip authentication */
  guint version;
  gint64 parameter_id; /* PACE: a row of Doc 9303-11 table 6 below 32, else a PACE_PARAMETERS */
  gint64 key_id;       /* chip authentication and its key */
  GBytes *key;         /* the key, as SubjectPublicKeyInfo; of parameters the AlgorithmIdentifier */
  char *signature_algorithm; /* active authentication over ECDSA: an OID */
} KouanSecurityInfo;

GPtrArray *kouan_security_infos_parse_card_access (const guint8 *data,
                                                   gsize size,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_security_infos_parse_dg14 (const guint8 *data,
                                            gsize size,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *kouan_security_kind_id (KouanSecurityKind kind); /* "pace", for JSON */

G_END_DECLS
