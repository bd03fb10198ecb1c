/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* China's travel permits, whose zones are not those of Doc 9303. Unproven: see cn-permit.c. */
typedef enum
{
  KOUAN_CN_PERMIT_EXIT_HK_MO, /* one line: to Hong Kong and Macao */
  KOUAN_CN_PERMIT_EXIT_TW,    /* one line: to Taiwan */
  KOUAN_CN_PERMIT_RETURN,     /* three lines: of compatriots from Hong Kong, Macao and Taiwan */
} KouanCnPermitKind;

typedef struct
{
  KouanCnPermitKind kind;
  char number[10]; /* without fillers */
  KouanMrzDate birth;
  KouanMrzDate expiry;
  KouanSex sex;        /* three lines only */
  char name[31];       /* three lines only: Latin letters, components with one space between */
  char region_id[10];  /* three lines only: the number of the Hong Kong or Macao identity card */
  gboolean checks_fit; /* every check digit that the permit has */
} KouanCnPermit;

gboolean
kouan_cn_permit_parse (const char *const *lines, const GDate *today, KouanCnPermit *permit);

G_END_DECLS
