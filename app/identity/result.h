/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* The five values of BSI TR-03135; a colour and a symbol each. */
typedef enum
{
  KOUAN_RESULT_SUCCESSFUL,
  KOUAN_RESULT_FAILED,
  KOUAN_RESULT_UNDETERMINED,
  KOUAN_RESULT_NOT_SUPPORTED, /* or not performed */
  KOUAN_RESULT_ABORTED,
} KouanResult;

typedef enum
{
  KOUAN_SOURCE_TYPED,
  KOUAN_SOURCE_OPTICAL,
  KOUAN_SOURCE_ELECTRONIC,
  KOUAN_SOURCE_COMBINED,
} KouanSource;

/* What is checked. The names stay as they are once a record holds them. */
#define KOUAN_CHECK_MRZ_DOCUMENT_NUMBER "mrz.document-number"
#define KOUAN_CHECK_MRZ_BIRTH "mrz.birth"
#define KOUAN_CHECK_MRZ_EXPIRY "mrz.expiry"
#define KOUAN_CHECK_MRZ_OPTIONAL "mrz.optional"
#define KOUAN_CHECK_MRZ_COMPOSITE "mrz.composite"
#define KOUAN_CHECK_MRZ_COUNTRY "mrz.country" /* issuer and nationality are codes that exist */
#define KOUAN_CHECK_EXPIRY "document.expiry"  /* against today */
#define KOUAN_CHECK_CHIP_ACCESS "chip.access" /* it opened to the zone, and not to anybody */
#define KOUAN_CHECK_CHIP_CARD_ACCESS "chip.card-access" /* what it said before is what it signed   \
                                                         */
#define KOUAN_CHECK_CHIP_AUTHENTICATION "chip.authentication" /* no copy: it has the key of DG14   \
                                                               */
#define KOUAN_CHECK_CHIP_ACTIVE_AUTHENTICATION                                                     \
  "chip.active-authentication"          /* no copy: it signs with the key of DG15 */
#define KOUAN_CHECK_CHIP_MRZ "chip.mrz" /* the zone on the page is the one in the chip */
#define KOUAN_CHECK_BIND                                                                           \
  "appointment.bind" /* the document is the one that the code was issued for */

/* Of the person: whether the picture that was taken shows who the chip does, and what it is worth. */
#define KOUAN_CHECK_FACE_MATCH "face.match"
#define KOUAN_CHECK_FACE_QUALITY "face.quality"

/* Of the chip: whether it is what a country signed (app/trust/passive.c). */
#define KOUAN_CHECK_PA_SOD "pa.sod"
#define KOUAN_CHECK_PA_SIGNATURE "pa.signature"
#define KOUAN_CHECK_PA_ALGORITHM "pa.algorithm"
#define KOUAN_CHECK_PA_HASH "pa.hash.dg" /* and the number of the data group */
#define KOUAN_CHECK_PA_CHAIN "pa.chain"
#define KOUAN_CHECK_PA_COUNTRY "pa.country"
#define KOUAN_CHECK_PA_VALIDITY "pa.validity"
#define KOUAN_CHECK_PA_REVOCATION "pa.revocation"

typedef struct
{
  const char *id; /* interned */
  KouanSource source;
  KouanResult result;
} KouanCheck;

/* A vector of checks, one for each id and source, in the order in which they came. */
typedef struct _KouanChecks KouanChecks;

KouanChecks *kouan_checks_new (void);
KouanChecks *kouan_checks_new_for_mrz (const KouanMrz *mrz, KouanSource source, const GDate *today);
KouanChecks *kouan_checks_ref (KouanChecks *self);
void kouan_checks_unref (KouanChecks *self);
void kouan_checks_set (KouanChecks *self, const char *id, KouanSource source, KouanResult result);
const KouanCheck *
kouan_checks_get (KouanChecks *self, const char *id, KouanSource source); /* (nullable) */
void kouan_checks_set_all (KouanChecks *self, KouanChecks *others);
guint kouan_checks_get_count (KouanChecks *self);
const KouanCheck *kouan_checks_get_nth (KouanChecks *self, guint index);
const char *kouan_checks_id_of_digit (KouanMrzCheckDigit check);
KouanResult kouan_checks_summary (KouanChecks *self, const KouanSource *source);

const char *kouan_result_id (KouanResult result);     /* "successful", for a record */
const char *kouan_result_symbol (KouanResult result); /* one character of Unicode */
const char *kouan_result_text (KouanResult result);   /* translated */
const char *kouan_source_id (KouanSource source);
gboolean kouan_result_from_id (const char *id, KouanResult *result);
gboolean kouan_source_from_id (const char *id, KouanSource *source);
const char *kouan_check_text (const char *id); /* translated: what was checked */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanChecks, kouan_checks_unref)

G_END_DECLS
