/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-decode.h"

#include "app/identity/country.h"
#include "app/identity/mrz-name.h"
#include "app/identity/mrz-zone.h"

#include <string.h>

/* From what the pictures show to what they say.
 *
 * raw takes of each cell the likeliest character. A character that the format does not have there
 * is taken only where the picture is sure of it: there are cards with a digit where a letter
 * belongs, and it is not ours to put them right, but O and 0 are told apart by their place before
 * they are told apart by their shape, and by what zeros of this picture look like where only digits
 * stand.
 *
 * corrected then looks for text that is a zone: country codes that exist, names whose fillers stand
 * as they do in names, and check digits that fit (mrz-search.c). Each has a budget: what the
 * picture denies flatly is not corrected. */

#define OUTSIDE 6.f /* logarithm that a character has against it where its kind does not stand */
#define UNLIKELY 3.5f
#define BUDGET_ZONE 10.f
#define BUDGET_FIELD 7.f
#define BUDGET_COUNTRY 5.f
#define MARGIN_MIN 3.f
#define FILLER 36
#define BETWEEN 2.5f  /* logarithm against a letter between digits */
#define TWIN_LEAD 2.f /* logarithm by which a letter has to beat what digits of this picture do */

typedef struct
{
  const KouanMrzSight *sight;
  KouanMrzFormat format;
  KouanMrzScores scores;
  guint8 raw[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX];
  guint8 text[KOUAN_MRZ_LINES_MAX][KOUAN_MRZ_LENGTH_MAX];
} Decoder;

static guint
class_of (char character)
{
  return (guint)(strchr (KOUAN_OCR_ALPHABET, character) - KOUAN_OCR_ALPHABET);
}

static gboolean
is_in_alphabet (guint character, KouanMrzAlphabet alphabet)
{
  if (character == FILLER)
    return (alphabet & KOUAN_MRZ_FILLER) != 0;
  return (alphabet & (character < 10 ? KOUAN_MRZ_DIGITS : KOUAN_MRZ_LETTERS)) != 0;
}

static guint
likeliest (const float scores[KOUAN_OCR_N_CHARACTERS])
{
  guint best = 0;

  for (guint i = 1; i < KOUAN_OCR_N_CHARACTERS; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

/* Takes off @amount from all that are not among @likely. */
static void
prefer (float scores[KOUAN_OCR_N_CHARACTERS], const char *likely, float amount)
{
  for (guint i = 0; i < KOUAN_OCR_N_CHARACTERS; i++)
    if (strchr (likely, KOUAN_OCR_ALPHABET[i]) == NULL)
      scores[i] -= amount;
}

static KouanMrzFormat
choose_format (const KouanMrzSight *sight)
{
  const float *first = sight->cells[0][0].log;
  float other = MAX (MAX (first[class_of ('P')], first[class_of ('I')]),
                     MAX (first[class_of ('A')], first[class_of ('C')]));
  gboolean visa = first[class_of ('V')] > other;

  if (sight->n_lines == 3)
    return KOUAN_MRZ_TD1;
  if (sight->length == 44)
    return visa ? KOUAN_MRZ_MRV_A : KOUAN_MRZ_TD3;
  return visa ? KOUAN_MRZ_MRV_B : KOUAN_MRZ_TD2;
}

/* Letters and digits that one printer makes nearly alike. Numbers may have either in any place. */
static const char twins[][2]
  = { { 'O', '0' }, { 'I', '1' }, { 'Z', '2' }, { 'S', '5' }, { 'B', '8' } };

/* Returns: the mean of by how much the letter is likelier than the digit, over cells where only
 * digits may stand and this digit does; very low if there are none */
static float
find_lead (const Decoder *self, guint letter, guint digit)
{
  float sum = 0;
  guint count = 0;

  for (guint line = 0; line < self->sight->n_lines; line++)
    for (guint i = 0; i < self->sight->length; i++)
      if ((kouan_mrz_alphabet_at (self->format, line, i) & KOUAN_MRZ_LETTERS) == 0
          && self->raw[line][i] == digit)
        {
          const float *log = self->sight->cells[line][i].log;

          sum += CLAMP (log[letter] - log[digit], -8.f, 8.f);
          count++;
        }
  return count > 0 ? sum / (float)count : -8;
}

/* Whether a cell of optional data, which may have no check digit, stands between two digits: there
 * are letters at the ends of such numbers, hardly one in the middle. */
static gboolean
is_between_digits (const Decoder *self, guint line, guint position)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_OPTIONAL);

  return line == slot->line && position > slot->start && position + 1 < slot->start + slot->length
         && self->raw[line][position - 1] < 10 && self->raw[line][position + 1] < 10;
}

/* Whether an O is a zero, the dates know: there are zeros in nearly all of them, by the same
 * printer, in the same light. Where they look like letters, letters have to look more like it. */
static void
weigh_twins (Decoder *self)
{
  for (guint t = 0; t < G_N_ELEMENTS (twins); t++)
    {
      guint letter = class_of (twins[t][0]), digit = class_of (twins[t][1]);
      float lead = MAX (find_lead (self, letter, digit) + TWIN_LEAD, 0);

      for (guint line = 0; line < self->sight->n_lines; line++)
        for (guint i = 0; i < self->sight->length; i++)
          {
            KouanMrzAlphabet alphabet = kouan_mrz_alphabet_at (self->format, line, i);
            float *scores = self->scores.cells[line][i];

            if ((alphabet & KOUAN_MRZ_LETTERS) == 0 || (alphabet & KOUAN_MRZ_DIGITS) == 0)
              continue;
            scores[letter] -= lead + (is_between_digits (self, line, i) ? BETWEEN : 0);
            self->raw[line][i] = (guint8)likeliest (scores);
          }
    }
}

static void
score_cells (Decoder *self)
{
  for (guint line = 0; line < self->sight->n_lines; line++)
    for (guint i = 0; i < self->sight->length; i++)
      {
        KouanMrzAlphabet alphabet = kouan_mrz_alphabet_at (self->format, line, i);
        float *scores = self->scores.cells[line][i];

        for (guint c = 0; c < KOUAN_OCR_N_CHARACTERS; c++)
          scores[c]
            = self->sight->cells[line][i].log[c] - (is_in_alphabet (c, alphabet) ? 0 : OUTSIDE);
        self->raw[line][i] = (guint8)likeliest (scores);
      }
  weigh_twins (self);
  memcpy (self->text, self->raw, sizeof self->text);
}

/* What is known of single cells beside their alphabet. */
static void
prefer_likely (Decoder *self)
{
  static const char *const codes[KOUAN_MRZ_N_FORMATS] = { "IAC", "IAC", "P", "V", "V" };
  static const KouanMrzField dates[] = { KOUAN_MRZ_FIELD_BIRTH, KOUAN_MRZ_FIELD_EXPIRY };
  const KouanMrzSlot *sex = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_SEX);

  prefer (self->scores.cells[0][0], codes[self->format], UNLIKELY);
  prefer (self->scores.cells[sex->line][sex->start], "MF<", UNLIKELY);
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const KouanMrzSlot *slot = kouan_mrz_slot (self->format, dates[i]);

      prefer (self->scores.cells[slot->line][slot->start + 2], "01<", UNLIKELY);
      prefer (self->scores.cells[slot->line][slot->start + 4], "0123<", UNLIKELY);
    }
  self->text[0][0] = (guint8)likeliest (self->scores.cells[0][0]);
  self->text[sex->line][sex->start] = (guint8)likeliest (self->scores.cells[sex->line][sex->start]);
}

/* How likely the picture alone makes @text. */
static float
log_of_text (const Decoder *self, const KouanMrzSlot *slot, const char *text)
{
  gsize size = strlen (text);
  float sum = 0;

  for (guint i = 0; i < slot->length; i++)
    sum += self->sight->cells[slot->line][slot->start + i]
             .log[i < size ? class_of (text[i]) : FILLER];
  return sum;
}

static void
put_text (Decoder *self, const KouanMrzSlot *slot, const char *text)
{
  gsize size = strlen (text);

  for (guint i = 0; i < slot->length; i++)
    self->text[slot->line][slot->start + i] = (guint8)(i < size ? class_of (text[i]) : FILLER);
}

/* The likeliest code that exists, unless the picture is sure of one that does not. */
static void
correct_country (Decoder *self, KouanMrzField field)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, field);
  guint count;
  const KouanCountry *countries = kouan_country_all (&count);
  const char *best = NULL;
  float best_log = 0, raw_log = 0;

  for (guint i = 0; i < slot->length; i++)
    raw_log += self->sight->cells[slot->line][slot->start + i]
                 .log[self->raw[slot->line][slot->start + i]];
  for (guint i = 0; i < count; i++)
    {
      float log = log_of_text (self, slot, countries[i].code);

      if (best == NULL || log > best_log)
        {
          best = countries[i].code;
          best_log = log;
        }
    }
  if (best != NULL && raw_log - best_log < BUDGET_COUNTRY)
    put_text (self, slot, best);
}

/* Where in a name a cell can be: letters and single fillers of the primary identifier, the two
 * fillers after it, the secondary one, and the fillers up to the end. */
enum
{
  PRIMARY,
  PRIMARY_FILLER,
  DIVIDER,
  SECONDARY,
  SECONDARY_FILLER,
  END,
  N_PARTS
};

/* Returns: the part after one more character; @cost: (out): what it has against it */
static guint
next_part (guint part, gboolean filler, float *cost)
{
  static const guint8 after_filler[N_PARTS]
    = { PRIMARY_FILLER, DIVIDER, END, SECONDARY_FILLER, END, END };
  static const guint8 after_letter[N_PARTS]
    = { PRIMARY, PRIMARY, SECONDARY, SECONDARY, SECONDARY, SECONDARY };

  *cost = !filler && part == END ? OUTSIDE : 0;
  return filler ? after_filler[part] : after_letter[part];
}

static void
correct_name (Decoder *self)
{
  const KouanMrzSlot *slot = kouan_mrz_slot (self->format, KOUAN_MRZ_FIELD_NAME);
  float sums[KOUAN_MRZ_LENGTH_MAX + 1][N_PARTS];
  guint8 from[KOUAN_MRZ_LENGTH_MAX + 1][N_PARTS], characters[KOUAN_MRZ_LENGTH_MAX + 1][N_PARTS];
  guint part = 0;

  for (guint i = 0; i <= slot->length; i++)
    for (guint j = 0; j < N_PARTS; j++)
      sums[i][j] = i == 0 && j == PRIMARY ? 0 : -G_MAXFLOAT;
  for (guint i = 0; i < slot->length; i++)
    for (guint j = 0; j < N_PARTS; j++)
      for (guint c = 0; sums[i][j] > -G_MAXFLOAT && c < KOUAN_OCR_N_CHARACTERS; c++)
        {
          float cost;
          guint next = next_part (j, c == FILLER, &cost);
          float sum = sums[i][j] + self->scores.cells[slot->line][slot->start + i][c] - cost;

          if (sum > sums[i + 1][next])
            {
              sums[i + 1][next] = sum;
              from[i + 1][next] = (guint8)j;
              characters[i + 1][next] = (guint8)c;
            }
        }
  for (guint j = 1; j < N_PARTS; j++)
    if (sums[slot->length][j] > sums[slot->length][part])
      part = j;
  for (guint i = slot->length; i > 0; i--)
    {
      self->text[slot->line][slot->start + i - 1] = characters[i][part];
      part = from[i][part];
    }
}

/* What the cells of a program would be worth if check digits did not matter. */
static float
free_score (const Decoder *self, const KouanMrzProgram *program)
{
  float score = 0;

  for (guint i = 0; i < program->count; i++)
    {
      const float *scores = self->scores.cells[program->steps[i].line][program->steps[i].position];

      score += scores[likeliest (scores)];
    }
  return score;
}

static void
put_found (Decoder *self, const KouanMrzProgram *program, const guint8 *found)
{
  for (guint i = 0; i < program->count; i++)
    self->text[program->steps[i].line][program->steps[i].position] = found[i];
}

/* All check digits together, the composite one too. Returns: FALSE if that costs too much */
static gboolean
correct_zone (Decoder *self)
{
  g_autofree KouanMrzProgram *programs = g_new (KouanMrzProgram, KOUAN_MRZ_PROGRAMS_MAX);
  guint count = kouan_mrz_programs (self->format, programs);
  guint8 best_text[KOUAN_MRZ_STEPS_MAX];
  float best_cost = G_MAXFLOAT;
  guint best = 0;

  for (guint i = 0; i < count; i++)
    {
      guint8 text[KOUAN_MRZ_STEPS_MAX];
      float runner_up, cost;

      cost = free_score (self, &programs[i])
             - kouan_mrz_search (&programs[i], &self->scores, text, &runner_up);
      if (cost >= best_cost)
        continue;
      best_cost = cost;
      best = i;
      memcpy (best_text, text, sizeof best_text);
    }
  if (best_cost > BUDGET_ZONE)
    return FALSE;
  put_found (self, &programs[best], best_text);
  return TRUE;
}

/* Each field for itself. */
static void
correct_fields (Decoder *self, float margins[KOUAN_MRZ_N_CHECKS], gboolean put)
{
  for (guint check = 0; check < KOUAN_MRZ_N_CHECKS; check++)
    {
      KouanMrzProgram program;
      guint8 text[KOUAN_MRZ_STEPS_MAX];
      float score, runner_up;

      if (!kouan_mrz_field_program (self->format, check, &program))
        continue;
      score = kouan_mrz_search (&program, &self->scores, text, &runner_up);
      margins[check] = score - runner_up;
      if (put && free_score (self, &program) - score <= BUDGET_FIELD)
        put_found (self, &program, text);
    }
}

static void
write_reading (const Decoder *self, KouanMrzReading *reading)
{
  for (guint line = 0; line < self->sight->n_lines; line++)
    for (guint i = 0; i < self->sight->length; i++)
      {
        reading->raw[line][i] = KOUAN_OCR_ALPHABET[self->raw[line][i]];
        reading->corrected[line][i] = KOUAN_OCR_ALPHABET[self->text[line][i]];
        reading->corrections += self->raw[line][i] != self->text[line][i];
      }
}

/* Whether the cells that check digits count are as the pictures show them. */
static gboolean
is_uncorrected (const Decoder *self)
{
  g_autofree KouanMrzProgram *programs = g_new (KouanMrzProgram, KOUAN_MRZ_PROGRAMS_MAX);

  kouan_mrz_programs (self->format, programs);
  for (guint i = 0; i < programs[0].count; i++)
    {
      KouanMrzStep step = programs[0].steps[i];

      if (self->raw[step.line][step.position] != self->text[step.line][step.position])
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_be_accepted (const Decoder *self, const KouanMrzReading *reading, GArray *problems)
{
  if (!kouan_mrz_checks_fit (reading->mrz) || !is_uncorrected (self) || self->sight->goes_on)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    if (!kouan_mrz_problem_may_pass (&g_array_index (problems, KouanMrzProblem, i)))
      return FALSE;
  return reading->margins[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER] >= MARGIN_MIN
         && reading->margins[KOUAN_MRZ_CHECK_BIRTH] >= MARGIN_MIN
         && reading->margins[KOUAN_MRZ_CHECK_EXPIRY] >= MARGIN_MIN;
}

/**
 * kouan_mrz_decode:
 * @today: decides the centuries
 *
 * Returns: (transfer full): the reading; there always is one
 */
KouanMrzReading *
kouan_mrz_decode (const KouanMrzSight *sight, const GDate *today)
{
  g_autofree Decoder *decoder = g_new0 (Decoder, 1);
  KouanMrzReading *reading = g_atomic_rc_box_new0 (KouanMrzReading);
  g_autoptr (GArray) problems = NULL;
  const char *lines[KOUAN_MRZ_LINES_MAX + 1] = { NULL };
  gboolean whole;

  decoder->sight = sight;
  decoder->format = choose_format (sight);
  score_cells (decoder);
  prefer_likely (decoder);
  correct_country (decoder, KOUAN_MRZ_FIELD_ISSUER);
  correct_country (decoder, KOUAN_MRZ_FIELD_NATIONALITY);
  correct_name (decoder);
  whole = correct_zone (decoder);
  correct_fields (decoder, reading->margins, !whole);
  reading->format = decoder->format;
  reading->n_frames = sight->n_frames;
  reading->clarity = sight->clarity;
  reading->pitch = sight->pitch;
  memcpy (reading->corners, sight->corners, sizeof reading->corners);
  write_reading (decoder, reading);
  for (guint i = 0; i < sight->n_lines; i++)
    lines[i] = reading->corrected[i];
  reading->mrz = kouan_mrz_parse (lines, today, &problems);
  for (guint i = 0; i < sight->n_lines; i++)
    lines[i] = reading->raw[i];
  reading->as_seen = kouan_mrz_parse (lines, today, NULL);
  reading->accepted = may_be_accepted (decoder, reading, problems);
  explicit_bzero (decoder, sizeof *decoder);
  return reading;
}
