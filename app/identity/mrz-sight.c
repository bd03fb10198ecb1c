/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-sight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From lines of print to a machine readable zone. Of each line a few cells are read both ways up:
 * what does not look like OCR-B is out, and what does shows which way up it is. Lines that run
 * beside each other at the distance of a zone's lines (a quarter of an inch, where characters are a
 * tenth of an inch apart; 9303-3 §4.2) are taken together, and the window of 30, 36 or 44
 * characters is laid where the characters begin and end. */

#define N_SAMPLED 9
#define SAMPLE_MIN (-1.5f)  /* mean logarithm: below it is not our print */
#define CLARITY_MIN (-1.3f) /* of a zone */
#define REFINE_BELOW (-0.12f)
#define LINES_MAX 24
#define EXTRA_MAX 16      /* where they turn out to be characters */
#define GOES_ON 2         /* cells at an end that are characters: it goes on */
#define CHARACTER (-0.7f) /* logarithm of the likeliest character's probability: it is one */
#define EXTRA 5           /* cells that are read beyond each end of a line */
#define BLANK 0.3f        /* of a line's usual contrast: nothing is printed there */
#define SPACING_MIN 1.5f  /* between lines, in pitches */
#define SPACING_MAX 3.7f
#define MORE 0.004f        /* mean logarithm that a character more makes up for */
#define OFF_LINE 3.f       /* logarithm against lines that do not begin below each other */
#define SAME_DOCUMENT 0.6f /* likeness of its pictures */
#define CUT (-7.f)         /* what one picture may say against a character */

typedef struct
{
  KouanOcrLine line;
  KouanOcrSampling sampling;
  guint first_place; /* the leftmost that was read */
  guint n_cells;     /* places that were read; the cells are in reading order */
  KouanOcrCell cells[G_N_ELEMENTS (((KouanOcrLine *)NULL)->places)];
} ReadLine;

typedef struct
{
  const KouanOcrNetwork *network;
  const KouanOcrImage *image;
  GPtrArray *lines;      /* of ReadLine */
  KouanMrzSight *sights; /* [KOUAN_MRZ_SIGHTS_MAX]: the best so far, the best first */
  float worths[KOUAN_MRZ_SIGHTS_MAX];
  guint n_sights;
  guint only_lines; /* 0: the shapes of Doc 9303; else the one that is looked for */
  guint only_length;
  char begins; /* what it begins with; a zero: anything */
} Search;

static float
best_log (const KouanOcrCell *cell)
{
  return cell->log[kouan_ocr_cell_best (cell)];
}

/* Mean logarithm of the best character over cells spread over the line. */
static float
sample_line (const Search *self, const KouanOcrLine *line, const KouanOcrSampling *sampling)
{
  float sum = 0;

  for (guint i = 0; i < N_SAMPLED; i++)
    {
      guint place = KOUAN_OCR_LINE_MARGIN + (line->count - 1) * (2 * i + 1) / (2 * N_SAMPLED);
      KouanOcrCell cell;

      kouan_ocr_read_cell (self->network, self->image, line, place, sampling, &cell);
      sum += MAX (best_log (&cell), -4);
    }
  return sum / N_SAMPLED;
}

/* Tries the cells a little higher, lower, taller and flatter. */
static float
refine_sampling (const Search *self, ReadLine *read, float score)
{
  static const float shifts[] = { -0.09f, 0.09f, 0, 0 };
  static const float stretches[] = { 0, 0, -0.1f, 0.1f };
  KouanOcrSampling base = read->sampling;

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      KouanOcrSampling sampling = base;
      float other;

      sampling.shift = shifts[i];
      sampling.stretch = stretches[i];
      other = sample_line (self, &read->line, &sampling);
      if (other > score + 0.02f)
        {
          score = other;
          read->sampling = sampling;
        }
    }
  return score;
}

static void
read_places (const Search *self, ReadLine *read, guint before, guint after)
{
  guint last = KOUAN_OCR_LINE_MARGIN + read->line.count + after;

  read->first_place = KOUAN_OCR_LINE_MARGIN - before;
  read->n_cells = last - read->first_place;
  for (guint i = 0; i < read->n_cells; i++)
    kouan_ocr_read_cell (self->network, self->image, &read->line,
                         read->sampling.upside_down ? last - 1 - i : read->first_place + i,
                         &read->sampling, &read->cells[i]);
}

/* Whether a line seems to go on: the cells at its left end, or its right end, are characters. */
static gboolean
goes_on (const ReadLine *read, gboolean at_left)
{
  gboolean at_first = at_left != read->sampling.upside_down;

  for (guint i = 0; i < GOES_ON; i++)
    if (best_log (&read->cells[at_first ? i : read->n_cells - 1 - i]) < CHARACTER)
      return FALSE;
  return TRUE;
}

/* Some places beyond each end, because the first and last characters may hang together with
 * something and be no blobs of their own; many, where they turn out to be characters. */
static void
read_line (const Search *self, ReadLine *read)
{
  guint before = EXTRA, after = EXTRA;

  read_places (self, read, before, after);
  if (goes_on (read, TRUE))
    before = KOUAN_OCR_LINE_MARGIN;
  if (goes_on (read, FALSE))
    after = MIN (EXTRA_MAX, KOUAN_OCR_LINE_MAX + KOUAN_OCR_LINE_MARGIN - read->line.count);
  if (before > EXTRA || after > EXTRA)
    read_places (self, read, before, after);
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *)a, y = *(const float *)b;

  return x < y ? -1 : x > y;
}

/* Beyond its ends a line has paper. Whatever the network makes of it, what has hardly any contrast
 * is no print. */
static void
blank_ends (ReadLine *read)
{
  float contrasts[G_N_ELEMENTS (read->cells)];
  float usual;

  for (guint i = 0; i < read->n_cells; i++)
    contrasts[i] = read->cells[i].contrast;
  qsort (contrasts, read->n_cells, sizeof *contrasts, compare_floats);
  usual = contrasts[read->n_cells / 2];
  for (guint i = 0; i < read->n_cells; i++)
    if ((i < EXTRA || i >= read->n_cells - EXTRA) && read->cells[i].contrast < BLANK * usual)
      kouan_ocr_cell_blank (&read->cells[i]);
}

static void
take_line (Search *self, const KouanOcrRow *row)
{
  g_autofree ReadLine *read = g_new0 (ReadLine, 1);
  KouanOcrSampling turned = { .upside_down = TRUE };
  float upright, upside_down, score;

  if (!kouan_ocr_line_fit (row, &read->line) || read->line.count < 17)
    return;
  upright = sample_line (self, &read->line, &read->sampling);
  upside_down = sample_line (self, &read->line, &turned);
  if (upside_down > upright)
    read->sampling = turned;
  score = MAX (upright, upside_down);
  if (score < SAMPLE_MIN - 0.7f)
    return;
  if (score < REFINE_BELOW)
    score = refine_sampling (self, read, score);
  if (score < SAMPLE_MIN)
    return;
  read_line (self, read);
  blank_ends (read);
  g_ptr_array_add (self->lines, g_steal_pointer (&read));
}

/* How well a window of @length lies at @first: characters inside, none outside. */
static float
window_score (const ReadLine *read, guint first, guint length)
{
  float score = 0;

  for (guint i = 0; i < length; i++)
    score += MAX (best_log (&read->cells[first + i]), CUT);
  for (guint i = 0; i < read->n_cells; i++)
    if (i < first || i >= first + length)
      score += MAX (read->cells[i].log[KOUAN_OCR_NONE], -4);
  return score;
}

/* The place of the n-th cell that was read. */
static const KouanOcrPlace *
place_of_cell (const ReadLine *read, guint cell)
{
  guint along = read->sampling.upside_down ? read->n_cells - 1 - cell : cell;

  return &read->line.places[read->first_place + along];
}

/* Which cell of @read lies below or above a cell of another line: that which is nearest along the
 * lines' direction. */
static guint
cell_beside (const ReadLine *read, const KouanOcrPlace *place)
{
  float nearest = G_MAXFLOAT;
  guint found = 0;

  for (guint i = 0; i < read->n_cells; i++)
    {
      const KouanOcrPlace *other = place_of_cell (read, i);
      float along = fabsf (other->x - place->x + read->line.slope * (other->y - place->y));

      if (along < nearest)
        {
          nearest = along;
          found = i;
        }
    }
  return found;
}

static float
mean_log (const ReadLine *read, guint first, guint length)
{
  float sum = 0;

  for (guint i = 0; i < length; i++)
    sum += MAX (best_log (&read->cells[first + i]), CUT);
  return sum / (float)length;
}

/* The best window of a line whose first cell should be near @expected. Returns: its score, very low
 * if the line is too short */
static float
find_window (const ReadLine *read, guint expected, guint reach, guint length, guint *first)
{
  float best = -G_MAXFLOAT;

  for (guint i = expected > reach ? expected - reach : 0;
       i <= expected + reach && i + length <= read->n_cells; i++)
    {
      float score = window_score (read, i, length) - (i == expected ? 0 : OFF_LINE);

      if (score > best)
        {
          best = score;
          *first = i;
        }
    }
  return best;
}

/* The lines of a zone begin below each other: the windows are laid together.
 *
 * @firsts: (inout): where the first line's begins; (out): where the others do
 *
 * Returns: the sum of their scores, very low if a line is too short */
static float
lay_windows (ReadLine *const *lines, guint n_lines, guint length, guint *firsts)
{
  float score = window_score (lines[0], firsts[0], length);

  for (guint k = 1; k < n_lines && score > -G_MAXFLOAT; k++)
    {
      guint expected = cell_beside (lines[k], place_of_cell (lines[k - 1], firsts[k - 1]));
      float other = find_window (lines[k], expected, 1, length, &firsts[k]);

      score = other > -G_MAXFLOAT ? score + other : -G_MAXFLOAT;
    }
  return score;
}

static void
set_corner (const Search *self,
            KouanMrzSight *sight,
            guint corner,
            const ReadLine *read,
            guint cell,
            float above)
{
  const KouanOcrPlace *place = place_of_cell (read, cell);
  float turn = read->sampling.upside_down ? -1 : 1;

  sight->corners[corner][0] = place->x / (float)self->image->width;
  sight->corners[corner][1]
    = (place->y - turn * above * place->height) / (float)self->image->height;
}

/* Makes room among the best for one of this @worth. Returns: (transfer none) (nullable): where */
static KouanMrzSight *
insert_sight (Search *self, float worth)
{
  guint at = 0;

  while (at < self->n_sights && self->worths[at] >= worth)
    at++;
  if (at == KOUAN_MRZ_SIGHTS_MAX)
    return NULL;
  self->n_sights = MIN (self->n_sights + 1, KOUAN_MRZ_SIGHTS_MAX);
  for (guint i = self->n_sights - 1; i > at; i--)
    {
      self->sights[i] = self->sights[i - 1];
      self->worths[i] = self->worths[i - 1];
    }
  self->worths[at] = worth;
  return &self->sights[at];
}

static gboolean
is_character (const ReadLine *read, guint cell)
{
  return cell < read->n_cells && best_log (&read->cells[cell]) > CHARACTER;
}

/* Whether a line has more characters than its window. */
static gboolean
exceeds (const ReadLine *read, guint first, guint length)
{
  return (first >= 2 && is_character (read, first - 1) && is_character (read, first - 2))
         || (is_character (read, first + length) && is_character (read, first + length + 1));
}

static void
fill_sight (const Search *self,
            ReadLine *const *lines,
            guint n_lines,
            guint length,
            const guint *firsts,
            KouanMrzSight *sight)
{
  *sight = (KouanMrzSight){ .n_lines = n_lines,
                            .length = length,
                            .n_frames = 1,
                            .pitch = kouan_ocr_line_middle (&lines[0]->line)->pitch };
  for (guint i = 0; i < n_lines; i++)
    {
      sight->goes_on = sight->goes_on || exceeds (lines[i], firsts[i], length);
      sight->clarity += mean_log (lines[i], firsts[i], length) / (float)n_lines;
      memcpy (sight->cells[i], lines[i]->cells + firsts[i], length * sizeof (KouanOcrCell));
    }
  set_corner (self, sight, 0, lines[0], firsts[0], 1);
  set_corner (self, sight, 1, lines[0], firsts[0] + length - 1, 1);
  set_corner (self, sight, 2, lines[n_lines - 1], firsts[n_lines - 1] + length - 1, -1);
  set_corner (self, sight, 3, lines[n_lines - 1], firsts[n_lines - 1], -1);
}

/* @lines: from the top, as they are read; @first: cell in which the window on the first begins */
static void
try_window (Search *self, ReadLine *const *lines, guint n_lines, guint length, guint first)
{
  guint firsts[KOUAN_MRZ_LINES_MAX] = { first }, n_cells = 0;
  float worth = lay_windows (lines, n_lines, length, firsts);
  float clarity = 0;
  KouanMrzSight *sight;

  if (worth <= -G_MAXFLOAT
      || (self->begins != '\0'
          && KOUAN_OCR_ALPHABET[kouan_ocr_cell_best (&lines[0]->cells[first])] != self->begins))
    return;
  for (guint i = 0; i < n_lines; i++)
    {
      clarity += mean_log (lines[i], firsts[i], length) / (float)n_lines;
      n_cells += lines[i]->n_cells;
    }
  /* A zone of more characters explains more of the picture. */
  worth = worth / (float)n_cells + MORE * (float)(n_lines * length);
  sight = clarity >= CLARITY_MIN ? insert_sight (self, worth) : NULL;
  if (sight != NULL)
    fill_sight (self, lines, n_lines, length, firsts, sight);
}

/* How far @lower is below @upper as they are read, in pitches; 0 if they do not belong together. */
static float
distance_between (const ReadLine *upper, const ReadLine *lower)
{
  const KouanOcrPlace *a = kouan_ocr_line_middle (&upper->line);
  const KouanOcrPlace *b = kouan_ocr_line_middle (&lower->line);
  float turn = upper->sampling.upside_down ? -1 : 1;
  float length = sqrtf (1 + upper->line.slope * upper->line.slope);
  float across = (b->y - a->y - upper->line.slope * (b->x - a->x)) / length;
  float along = (b->x - a->x + upper->line.slope * (b->y - a->y)) / length;
  float distance = turn * across / a->pitch;

  if (upper->sampling.upside_down != lower->sampling.upside_down
      || fabsf (a->pitch - b->pitch) > 0.08f * a->pitch
      || fabsf (upper->line.slope - lower->line.slope) > 0.06f || fabsf (along) > 14 * a->pitch
      || distance < SPACING_MIN || distance > SPACING_MAX)
    return 0;
  return distance;
}

/* Whether a zone of so many lines has lines of this length. */
static gboolean
is_shape (const Search *self, guint n_lines, guint length)
{
  if (self->only_lines != 0)
    return n_lines == self->only_lines && length == self->only_length;
  return n_lines > 1 && (n_lines == 3) == (length == 30);
}

static void
try_lengths (Search *self, ReadLine *const *lines, guint n_lines)
{
  static const guint lengths[] = { 44, 36, 30 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      gboolean fits = is_shape (self, n_lines, lengths[i]);

      for (guint j = 0; j < n_lines; j++)
        fits
          = fits && lines[j]->line.count <= lengths[i] + 6 && lines[j]->n_cells + 4 >= lengths[i];
      for (guint first = 0; fits && first + lengths[i] <= lines[0]->n_cells; first++)
        try_window (self, lines, n_lines, lengths[i], first);
    }
}

static void
try_groups (Search *self)
{
  ReadLine *const *lines = (ReadLine *const *)self->lines->pdata;

  for (guint i = 0; i < self->lines->len; i++)
    try_lengths (self, &lines[i], 1);
  for (guint i = 0; i < self->lines->len; i++)
    for (guint j = 0; j < self->lines->len; j++)
      {
        ReadLine *group[3] = { lines[i], lines[j], NULL };
        float distance = i != j ? distance_between (lines[i], lines[j]) : 0;

        if (distance <= 0)
          continue;
        try_lengths (self, group, 2);
        for (guint k = 0; k < self->lines->len; k++)
          {
            float next = k != i && k != j ? distance_between (lines[j], lines[k]) : 0;

            group[2] = lines[k];
            if (next > 0 && fabsf (next - distance) < 0.6f)
              try_lengths (self, group, 3);
          }
      }
}

/**
 * kouan_mrz_sight_take:
 * @sights: (out): where the likeliest zones come, the likeliest first: the same lines may be one
 *   with its window a character further on
 * @rows: (element-type KouanOcrRow)
 *
 * Returns: how many there are
 */
guint
kouan_mrz_sight_take (KouanMrzSight sights[KOUAN_MRZ_SIGHTS_MAX],
                      const KouanOcrNetwork *network,
                      const KouanOcrImage *image,
                      const GPtrArray *rows)
{
  return kouan_mrz_sight_take_lines (sights, network, image, rows, 0, 0, '\0');
}

/* The same of one shape alone, which may be one that no zone has: a single line.
 *
 * @n_lines: 0: the shapes of Doc 9303
 * @length: 30, 36 or 44
 * @begins: the first character; a zero: any. Print beside a single line would often be likelier */
guint
kouan_mrz_sight_take_lines (KouanMrzSight sights[KOUAN_MRZ_SIGHTS_MAX],
                            const KouanOcrNetwork *network,
                            const KouanOcrImage *image,
                            const GPtrArray *rows,
                            guint n_lines,
                            guint length,
                            char begins)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Search search = { .network = network,
                    .image = image,
                    .lines = lines,
                    .sights = sights,
                    .only_lines = n_lines,
                    .only_length = length,
                    .begins = begins };

  for (guint i = 0; i < rows->len && lines->len < LINES_MAX; i++)
    take_line (&search, rows->pdata[i]);
  try_groups (&search);
  return search.n_sights;
}

static guint
count_alike (const KouanMrzSight *a, const KouanMrzSight *b)
{
  guint count = 0;

  for (guint line = 0; line < a->n_lines; line++)
    for (guint i = 0; i < a->length; i++)
      count += kouan_ocr_cell_best (&a->cells[line][i]) == kouan_ocr_cell_best (&b->cells[line][i]);
  return count;
}

/* Returns: the share of cells that show the same; 0 if the zones are not of one shape */
float
kouan_mrz_sight_likeness (const KouanMrzSight *self, const KouanMrzSight *other)
{
  if (self->n_lines != other->n_lines || self->length != other->length || self->n_lines == 0)
    return 0;
  return (float)count_alike (self, other) / (float)(self->n_lines * self->length);
}

/**
 * kouan_mrz_sight_add:
 * @other: of one more picture
 *
 * Adds up, cell by cell, what pictures of the same document say: a reflection wanders when a
 * document is held in the hand, and what one picture hides another one shows.
 *
 * Returns: FALSE, and nothing is added, if @other is not of the same document
 */
gboolean
kouan_mrz_sight_add (KouanMrzSight *self, const KouanMrzSight *other)
{
  if (kouan_mrz_sight_likeness (self, other) < SAME_DOCUMENT)
    return FALSE;
  for (guint line = 0; line < self->n_lines; line++)
    for (guint i = 0; i < self->length; i++)
      for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
        self->cells[line][i].log[j] += MAX (other->cells[line][i].log[j], CUT);
  self->clarity = MAX (self->clarity, other->clarity);
  self->goes_on = self->goes_on && other->goes_on;
  self->pitch = other->pitch;
  self->n_frames += other->n_frames;
  memcpy (self->corners, other->corners, sizeof self->corners);
  return TRUE;
}
