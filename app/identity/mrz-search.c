/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-decode.h"

#include <string.h>

/* The most likely text whose check digits are right, and how much less likely the next one is.
 *
 * A check digit is the sum modulo 10 of the characters' values, weighted 7, 3, 1, 7 … (9303-3
 * §4.9). Going through the cells from the left, all that matters of what came before is the sum of
 * the field so far and the sum of the composite check digit so far: a hundred states. Dynamic
 * programming (Viterbi, 1967) keeps the two best texts that lead to each state, so that at the end
 * the best and the second best of all texts with right check digits are known, exactly. Where the
 * two are close, check digits do not help to choose: 8 and S, 6 and G, 0 and O … S, G have values
 * that differ by ten. */

#define N_STATES 100
#define N_KEPT 2
#define HOPELESS (-1e9f)
#define BEAM 16.f /* a character that is so much less likely than the best one is not tried */

typedef struct
{
  float score;
  guint8 character;
  guint8 from_state;
  guint8 from_rank;
} Entry;

typedef Entry Column[N_STATES][N_KEPT];

static guint
value_of (guint character)
{
  return character < 36 ? character : 0; /* in the order of the alphabet; a filler counts nothing */
}

static void
keep (Column column, guint state, Entry entry)
{
  if (entry.score > column[state][0].score)
    {
      column[state][1] = column[state][0];
      column[state][0] = entry;
    }
  else if (entry.score > column[state][1].score)
    column[state][1] = entry;
}

/* Where the check digit of an unused field may be a filler, its sum is 0. */
static gboolean
may_stand (KouanMrzStepKind kind, guint character, guint field_sum, guint composite_sum)
{
  switch (kind)
    {
    case KOUAN_MRZ_STEP_CHECK:
      return character == field_sum;
    case KOUAN_MRZ_STEP_CHECK_OR_FILLER:
      return character == field_sum || (character == 36 && field_sum == 0);
    case KOUAN_MRZ_STEP_COMPOSITE:
      return character == composite_sum;
    case KOUAN_MRZ_STEP_FILLER:
    case KOUAN_MRZ_STEP_FILLER_IN:
      return character == 36;
    case KOUAN_MRZ_STEP_FIELD:
    case KOUAN_MRZ_STEP_BESIDE:
    default:
      return TRUE;
    }
}

typedef struct
{
  guint field; /* weights: 7, 3 or 1 */
  guint composite;
} Weights;

static guint
next_state (KouanMrzStepKind kind, guint state, guint character, Weights weights)
{
  guint field = state / 10, composite = state % 10, value = value_of (character);

  if (kind == KOUAN_MRZ_STEP_COMPOSITE)
    return state;
  composite = (composite + value * weights.composite) % 10;
  if (kind == KOUAN_MRZ_STEP_FIELD)
    field = (field + value * weights.field) % 10;
  else if (kind == KOUAN_MRZ_STEP_CHECK || kind == KOUAN_MRZ_STEP_CHECK_OR_FILLER)
    field = 0;
  return field * 10 + composite;
}

static void
advance (Column from, Column to, KouanMrzStepKind kind, const float *scores, Weights weights)
{
  float best = HOPELESS;

  for (guint c = 0; c < KOUAN_OCR_N_CHARACTERS; c++)
    best = MAX (best, scores[c]);
  for (guint state = 0; state < N_STATES; state++)
    for (guint rank = 0; rank < N_KEPT; rank++)
      to[state][rank].score = HOPELESS;
  for (guint c = 0; c < KOUAN_OCR_N_CHARACTERS; c++)
    for (guint state = 0; scores[c] > best - BEAM && state < N_STATES; state++)
      for (guint rank = 0; rank < N_KEPT && from[state][rank].score > HOPELESS; rank++)
        if (may_stand (kind, c, state / 10, state % 10))
          keep (
            to, next_state (kind, state, c, weights),
            (Entry){ from[state][rank].score + scores[c], (guint8)c, (guint8)state, (guint8)rank });
}

/* The two best of all states; returns the state of the best. */
static guint
find_best (Column column, float *runner_up)
{
  guint best = 0;

  for (guint state = 1; state < N_STATES; state++)
    if (column[state][0].score > column[best][0].score)
      best = state;
  *runner_up = column[best][1].score;
  for (guint state = 0; state < N_STATES; state++)
    if (state != best)
      *runner_up = MAX (*runner_up, column[state][0].score);
  return best;
}

/**
 * kouan_mrz_search:
 * @text: (out): a character for each step
 * @runner_up: (out): as what is returned, of the second best text
 *
 * Returns: the sum of the logarithms of the best text whose check digits are right
 */
float
kouan_mrz_search (const KouanMrzProgram *program,
                  const KouanMrzScores *scores,
                  guint8 text[KOUAN_MRZ_STEPS_MAX],
                  float *runner_up)
{
  static const guint weights[] = { 7, 3, 1 };
  g_autofree Column *columns = g_new (Column, program->count + 1);
  guint field = 0, composite = 0, state, rank = 0;
  float score;

  for (guint i = 0; i < N_STATES; i++)
    for (guint j = 0; j < N_KEPT; j++)
      columns[0][i][j].score = HOPELESS;
  columns[0][0][0].score = 0;
  for (guint i = 0; i < program->count; i++)
    {
      const KouanMrzStep *step = &program->steps[i];

      advance (columns[i], columns[i + 1], step->kind, scores->cells[step->line][step->position],
               (Weights){ weights[field % 3], weights[composite % 3] });
      composite++;
      if (step->kind == KOUAN_MRZ_STEP_FIELD || step->kind == KOUAN_MRZ_STEP_FILLER_IN)
        field++;
      else if (step->kind == KOUAN_MRZ_STEP_CHECK || step->kind == KOUAN_MRZ_STEP_CHECK_OR_FILLER)
        field = 0;
    }
  state = find_best (columns[program->count], runner_up);
  score = columns[program->count][state][0].score;
  for (guint i = program->count; i > 0 && score > HOPELESS; i--)
    {
      Entry entry = columns[i][state][rank];

      text[i - 1] = entry.character;
      state = entry.from_state;
      rank = entry.from_rank;
    }
  return score;
}
