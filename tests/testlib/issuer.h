/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/hash.h"
#include "app/lds/lds.h"

G_BEGIN_DECLS

/* The passport office of a country that is not there: it signs what chips hold, lists of
 * certificates and of what is taken back. Its keys are new each time. */
typedef struct _KouanTestIssuer KouanTestIssuer;

/* What does not say otherwise is Utopia's: country UT, P-256, SHA-256, valid from 2020 to 2040. */
typedef struct
{
  const char *country;       /* two letters */
  const char *curve;         /* as OpenSSL names it; "RSA" for a key of 2048 bits */
  gboolean written_out;      /* the curve's parameters in full, as Doc 9303-12 demands */
  const char *digest;        /* of all signatures, as OpenSSL names it */
  const char *signer_issuer; /* another name for the signer's issuer than the authority's */
  gint64 not_before_s;       /* of the signer */
  gint64 not_after_s;
  gint64 signed_s; /* the signing time in EF.SOD; 0: when it is made */
} KouanTestIssuerOptions;

/* What may be wrong with an EF.SOD or a master list. */
typedef enum
{
  KOUAN_TEST_ISSUER_SOUND = 0,
  KOUAN_TEST_ISSUER_CONTENT_TYPE = 1 << 0, /* signed as something else */
  KOUAN_TEST_ISSUER_VERSION_1 = 1 << 1,    /* of SignedData */
  KOUAN_TEST_ISSUER_VERSION_4 = 1 << 2,
  KOUAN_TEST_ISSUER_LDS_2 = 1 << 3, /* a version of the security object that there is not */
  KOUAN_TEST_ISSUER_CONTENT_ALTERED = 1 << 4, /* after it was signed */
  KOUAN_TEST_ISSUER_SIGNATURE_ALTERED = 1 << 5,
  KOUAN_TEST_ISSUER_TRAILING_BYTE = 1 << 6,
  KOUAN_TEST_ISSUER_OUTER_TYPE = 1 << 7, /* a message that is plain data */
  KOUAN_TEST_ISSUER_NO_CERTIFICATE = 1 << 8,
  KOUAN_TEST_ISSUER_MISNAMED = 1 << 9,       /* the signer by an issuer that is not its own */
  KOUAN_TEST_ISSUER_NO_ATTRIBUTES = 1 << 10, /* the signature is over the content itself */
  KOUAN_TEST_ISSUER_LDS_0 = 1 << 11,         /* no fault: the older security object */
  KOUAN_TEST_ISSUER_FAULT_LAST = KOUAN_TEST_ISSUER_LDS_0,
} KouanTestIssuerFaults;

KouanTestIssuer *kouan_test_issuer_new (const KouanTestIssuerOptions *options); /* (nullable) */
void kouan_test_issuer_free (KouanTestIssuer *self);

GBytes *kouan_test_issuer_get_authority (KouanTestIssuer *self); /* (transfer none): DER */
GBytes *kouan_test_issuer_get_signer (KouanTestIssuer *self);    /* (transfer none): DER */

/* @files: each (nullable), by the number of its data group. */
GBytes *kouan_test_issuer_make_sod (KouanTestIssuer *self,
                                    GBytes *const files[static KOUAN_LDS_GROUPS + 1],
                                    guint faults);
/* @certificates: (element-type GBytes): beside its own. */
GBytes *kouan_test_issuer_make_master_list (KouanTestIssuer *self,
                                            GPtrArray *certificates,
                                            gint64 signed_s,
                                            guint faults);
GBytes *kouan_test_issuer_make_revocations (KouanTestIssuer *self,
                                            gint64 issued_s,
                                            gint64 next_s,
                                            gboolean signer_too);
/* (element-type GBytes): certificates of other countries' authorities. */
GPtrArray *kouan_test_issuer_make_authorities (guint count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTestIssuer, kouan_test_issuer_free)

G_END_DECLS
