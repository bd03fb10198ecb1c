/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz-typing.h"

G_BEGIN_DECLS

/* Inside this folder only: where each field stands, and the text of a zone on its way to being
 * parsed. */
typedef struct
{
  KouanMrzField field;
  guint line;
  guint start;
  guint length;
  KouanMrzAlphabet alphabet;
} KouanMrzSlot;

const KouanMrzSlot *kouan_mrz_slots (KouanMrzFormat format, guint *count);
const KouanMrzSlot *kouan_mrz_slot (KouanMrzFormat format, KouanMrzField field); /* (nullable) */

typedef struct
{
  KouanMrzFormat format;
  char lines[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX + 1];
  guint typed[KOUAN_MRZ_LINES_MAX]; /* characters there are, never more than the line has */
} KouanMrzZone;

/* A document number, and where it stands: a long one goes on in the optional data. */
typedef struct
{
  char number[KOUAN_MRZ_LENGTH_MAX + 1]; /* fillers at its end taken off */
  gboolean is_long;
  gboolean counts_filler; /* a long number whose check digit counts the filler between its parts */
  guint start;            /* of the number, and of the cells up to its check digit */
  guint length;
  guint rest; /* first position of what is optional data indeed */
  KouanMrzCheck check;
} KouanMrzNumber;

gboolean kouan_mrz_zone_init (KouanMrzZone *self,
                              KouanMrzFormat format,
                              const char *const *lines,
                              GArray *problems);
gboolean kouan_mrz_zone_has (const KouanMrzZone *self, KouanMrzField field);
char *kouan_mrz_zone_dup (const KouanMrzZone *self, KouanMrzField field);
void kouan_mrz_zone_number (const KouanMrzZone *self, KouanMrzNumber *number);
KouanMrzCheck kouan_mrz_zone_check (const KouanMrzZone *self, KouanMrzCheckDigit check);
gboolean kouan_mrz_zone_birth (const KouanMrzZone *self, const GDate *today, KouanMrzDate *date);
gboolean kouan_mrz_zone_expiry (const KouanMrzZone *self, const GDate *today, KouanMrzDate *date);
void kouan_mrz_zone_examine (const KouanMrzZone *self, const GDate *today, GArray *problems);

void kouan_mrz_problems_add (GArray *problems,
                             KouanMrzProblemCode code,
                             KouanMrzField field,
                             guint line,
                             guint start,
                             guint length,
                             guint expected);

G_END_DECLS
