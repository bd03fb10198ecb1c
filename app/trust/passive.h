/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/result.h"
#include "app/lds/sod.h"
#include "app/trust/trust-list.h"

G_BEGIN_DECLS

/* What was read of a chip. */
typedef struct
{
  GBytes *sod;                         /* (nullable): EF.SOD */
  GBytes *files[KOUAN_LDS_GROUPS + 1]; /* (nullable) each, by the number of its data group */
  const char *issuer;                  /* (nullable): as in DG1's zone */
  const GDate *issued;                 /* (nullable): the day that the document was issued */
  gint64 now_s;
} KouanPassiveInput;

/* Why the checks came out as they did, for people and logs: of the signer, never of the holder. */
typedef struct
{
  char *trouble;     /* (nullable): why EF.SOD was not understood, or the path not allowed */
  char *signer;      /* (nullable): subject of the document signer */
  char *serial;      /* (nullable): hexadecimal */
  char *issuer;      /* (nullable): who it says issued it */
  char *country;     /* (nullable): two letters */
  char *authority;   /* (nullable): subject of the authority in the trust list */
  gboolean misnamed; /* the signer was found only because there was no other */
  gint64 signed_s;   /* 0: EF.SOD does not say */
  gint64 not_before_s;
  gint64 not_after_s;
  gint64 list_signed_s; /* of the newest source of the trust list; 0: of none */
} KouanPassiveReport;

void kouan_passive_authenticate (const KouanPassiveInput *input,
                                 KouanTrustList *list,
                                 KouanChecks *checks,
                                 KouanPassiveReport *report);
void kouan_passive_report_clear (KouanPassiveReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanPassiveReport, kouan_passive_report_clear)

G_END_DECLS
