/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/identity/mrz-reading.h"
#include "app/identity/mrz-sight.h"

G_BEGIN_DECLS

/* Inside this folder only: from likelihoods to text. */
KouanMrzReading *kouan_mrz_decode (const KouanMrzSight *sight, const GDate *today);

/* One check digit's search; see mrz-search.c. A program is the cells that check digits count, in
 * the order of the composite one. */
typedef enum
{
  KOUAN_MRZ_STEP_FIELD,     /* counts for the field's check digit and for the composite one */
  KOUAN_MRZ_STEP_BESIDE,    /* for the composite one alone */
  KOUAN_MRZ_STEP_FILLER,    /* a filler, which counts nothing but moves the composite's weight */
  KOUAN_MRZ_STEP_FILLER_IN, /* a filler that moves the field's weight as well */
  KOUAN_MRZ_STEP_CHECK,     /* the field's check digit; the next field begins */
  KOUAN_MRZ_STEP_CHECK_OR_FILLER, /* that of a field that may be unused */
  KOUAN_MRZ_STEP_COMPOSITE,
} KouanMrzStepKind;

typedef struct
{
  KouanMrzStepKind kind;
  guint8 line;
  guint8 position;
} KouanMrzStep;

#define KOUAN_MRZ_STEPS_MAX 64
#define KOUAN_MRZ_PROGRAMS_MAX 32

typedef struct
{
  guint count;
  KouanMrzStep steps[KOUAN_MRZ_STEPS_MAX];
} KouanMrzProgram;

/* For each cell and character: the logarithm of its probability and of what the format says. */
typedef struct
{
  float cells[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX][KOUAN_OCR_N_CHARACTERS];
} KouanMrzScores;

guint kouan_mrz_programs (KouanMrzFormat format, KouanMrzProgram *programs);
gboolean
kouan_mrz_field_program (KouanMrzFormat format, KouanMrzCheckDigit check, KouanMrzProgram *program);
float kouan_mrz_search (const KouanMrzProgram *program,
                        const KouanMrzScores *scores,
                        guint8 text[KOUAN_MRZ_STEPS_MAX],
                        float *runner_up);

G_END_DECLS
