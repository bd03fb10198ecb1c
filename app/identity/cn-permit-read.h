/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/cn-permit.h"
#include "app/ocr/network.h"

G_BEGIN_DECLS

#define KOUAN_CN_PERMIT_LINES_MAX 3
#define KOUAN_CN_PERMIT_LENGTH 30

/* What a picture of one of China's travel permits shows. Unproven: see cn-permit.c. */
typedef struct
{
  guint n_lines;
  char lines[KOUAN_CN_PERMIT_LINES_MAX][KOUAN_CN_PERMIT_LENGTH + 1]; /* as they were seen */
  float clarity; /* mean logarithm of a character's probability: 0 is perfectly clear */
  KouanCnPermit permit;
} KouanCnPermitReading;

gboolean kouan_cn_permit_read (const KouanOcrNetwork *network,
                               const guint8 *pixels,
                               guint width,
                               guint height,
                               gsize stride,
                               const GDate *today,
                               KouanCnPermitReading *reading);

G_END_DECLS
