/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-reader.h"

#include "app/identity/country.h"
#include "app/identity/mrz-decode.h"

#include <math.h>
#include <string.h>

/* One picture is looked at in several ways, the likeliest first, until one of them gives a zone
 * that is beyond doubt: at other sizes, because print is found best when its characters are ten to
 * thirty pixels wide, with another threshold, and turned, where its neighbours say that it is not
 * level.
 *
 * A zone that is found, with single characters that are doubtful, is looked at in another two ways,
 * and what these say of each cell is averaged: a stroke that the grid of one size cuts off is whole
 * in another one. */

#define SLOPE_LEVEL 0.05  /* radians: as good as level */
#define CLEAR (-0.2f)     /* clarity of a zone that needs no second look */
#define PLAUSIBLE (-0.5f) /* clarity of a zone whose check digits do not fit */
#define DOUBTFUL (-0.55f) /* logarithm of the likeliest character's probability in a cell */
#define AVERAGED 3        /* ways that are averaged */
#define SAME_ZONE 0.8f    /* likeness of what they show; of a window beside it less is alike */
#define FILLERS_MIN 6
#define ENLARGED_MAX 5 /* times that a small picture is enlarged */

struct _KouanMrzReader
{
  KouanOcrNetwork *network;
};

struct _KouanMrzPile
{
  gboolean filled;
  KouanMrzSight sight;
};

typedef struct
{
  guint side;    /* pixels of the longer side */
  guint percent; /* of the surroundings, that dark is below */
} Way;

static const Way ways[] = { { 1200, 84 }, { 1200, 66 }, { 1700, 78 }, { 850, 78 },
                            { 1200, 48 }, { 1200, 93 }, { 2400, 84 } };
#define FRAME_WAYS 2

typedef struct
{
  const KouanMrzReader *reader;
  const GDate *today;
  guint longer;         /* side of the picture that was handed in, in pixels */
  KouanMrzSight *sight; /* the best so far */
  KouanMrzReading *reading;
  float best;
  KouanMrzSight *sum; /* of the ways that show the same zone */
  guint n_summed;
} Look;

/* A picture that was turned, by so many radians, from this one. */
typedef struct
{
  const KouanOcrImage *level;
  double radians;
} Turn;

KouanMrzReader *
kouan_mrz_reader_new (void)
{
  KouanMrzReader *self = g_new0 (KouanMrzReader, 1);

  self->network = kouan_ocr_network_new ();
  return self;
}

void
kouan_mrz_reader_free (KouanMrzReader *self)
{
  g_free (self->network);
  g_free (self);
}

KouanMrzPile *
kouan_mrz_pile_new (void)
{
  return g_new0 (KouanMrzPile, 1);
}

void
kouan_mrz_pile_free (KouanMrzPile *self)
{
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

/* How many check digits fit as they were seen, less those that do not: what was corrected into
 * fitting says nothing about where the zone is. */
static int
count_fitting (const KouanMrzReading *reading)
{
  int count = 0;

  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    if (reading->as_seen->checks[i].present)
      count += reading->as_seen->checks[i].fits ? 1 : -1;
  return count;
}

/* A zone begins with the letter of a document, and then says a state that there is. */
static int
count_signs (const KouanMrzReading *reading)
{
  return (strchr ("PIACV", reading->raw[0][0]) != NULL ? 1 : -1)
         + (kouan_country_find (reading->as_seen->issuer) != NULL ? 1 : -1);
}

/* Corners of a zone in a picture that was turned, as shares of the one it was made from. */
static void
turn_back (KouanMrzSight *sight,
           const KouanOcrImage *image,
           const KouanOcrImage *turned,
           double radians)
{
  for (guint i = 0; i < G_N_ELEMENTS (sight->corners); i++)
    {
      double x = ((double)sight->corners[i][0] - 0.5) * turned->width;
      double y = ((double)sight->corners[i][1] - 0.5) * turned->height;

      sight->corners[i][0] = (float)((x * cos (radians) - y * sin (radians)) / image->width + 0.5);
      sight->corners[i][1] = (float)((x * sin (radians) + y * cos (radians)) / image->height + 0.5);
    }
}

/* Lines of any print give likelihoods; a zone has fillers, and check digits that fit as they were
 * seen. */
static gboolean
is_plausible (const KouanMrzReading *reading)
{
  guint fitting = 0, fillers = 0;

  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    fitting += reading->as_seen->checks[i].present && reading->as_seen->checks[i].fits;
  for (guint line = 0; line < KOUAN_MRZ_LINES_MAX; line++)
    for (const char *p = reading->raw[line]; *p != '\0'; p++)
      fillers += *p == '<';
  return fillers >= FILLERS_MIN && (fitting >= 2 || reading->clarity > PLAUSIBLE);
}

/* How much speaks for a reading, beside how clear it is. */
static float
find_signs (const KouanMrzReading *reading)
{
  return 0.4f * (float)count_fitting (reading) + 0.3f * (float)count_signs (reading)
         - 0.04f * (float)reading->corrections + (reading->accepted ? 1 : 0);
}

static void
keep (Look *self, const KouanMrzSight *sight, KouanMrzReading *reading)
{
  *self->sight = *sight;
  g_clear_pointer (&self->reading, kouan_mrz_reading_unref);
  self->reading = reading;
}

/* Keeps @sight, of a picture of this @side, if it is better than what there was. */
static void
judge (Look *self, KouanMrzSight *sight, guint side)
{
  g_autoptr (KouanMrzReading) reading = NULL;
  float worth;

  sight->pitch *= (float)self->longer / (float)side;
  reading = kouan_mrz_decode (sight, self->today);
  if (!is_plausible (reading))
    return;
  worth = sight->clarity + find_signs (reading);
  if (self->reading != NULL && worth <= self->best)
    return;
  self->best = worth;
  keep (self, sight, g_steal_pointer (&reading));
}

/* Adds the zone that a way shows to those before; what is better than those begins anew. */
static void
add_way (Look *self, const KouanMrzSight *sight)
{
  if (self->n_summed > 0 && kouan_mrz_sight_likeness (self->sum, sight) >= SAME_ZONE
      && kouan_mrz_sight_add (self->sum, sight))
    self->n_summed++;
  else if (self->reading != NULL && kouan_mrz_sight_likeness (self->sight, sight) >= SAME_ZONE)
    {
      *self->sum = *sight;
      self->n_summed = 1;
    }
}

/* Takes the mean of several ways in place of the best one, unless less speaks for it. Their sum
 * would make one picture say the same thing several times. */
static void
take_mean (Look *self)
{
  g_autoptr (KouanMrzReading) reading = NULL;

  if (self->n_summed < 2 || kouan_mrz_sight_likeness (self->sum, self->sight) < SAME_ZONE)
    return;
  for (guint line = 0; line < self->sum->n_lines; line++)
    for (guint i = 0; i < self->sum->length; i++)
      for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
        self->sum->cells[line][i].log[j] /= (float)self->n_summed;
  self->sum->n_frames = 1;
  reading = kouan_mrz_decode (self->sum, self->today);
  if (find_signs (reading) >= find_signs (self->reading))
    keep (self, self->sum, g_steal_pointer (&reading));
}

static gboolean
is_clear (const Look *self)
{
  return self->reading != NULL && self->reading->accepted && self->reading->corrections == 0
         && self->reading->clarity > CLEAR;
}

static gboolean
has_doubt (const KouanMrzSight *sight)
{
  for (guint line = 0; line < sight->n_lines; line++)
    for (guint i = 0; i < sight->length; i++)
      {
        const KouanOcrCell *cell = &sight->cells[line][i];

        if (cell->log[kouan_ocr_cell_best (cell)] < DOUBTFUL)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_enough (const Look *self)
{
  return is_clear (self) && (self->n_summed >= AVERAGED || !has_doubt (self->sight));
}

/* @turn: (nullable): how @image came from a level one */
static void
take_rows (Look *self, const KouanOcrImage *image, const GPtrArray *rows, const Turn *turn)
{
  g_autofree KouanMrzSight *sights = g_new0 (KouanMrzSight, KOUAN_MRZ_SIGHTS_MAX);
  guint n_sights = kouan_mrz_sight_take (sights, self->reader->network, image, rows);
  const KouanOcrImage *level = turn != NULL ? turn->level : image;

  for (guint i = 0; i < n_sights && (i == 0 || !is_clear (self)); i++)
    {
      if (turn != NULL)
        turn_back (&sights[i], level, image, turn->radians);
      judge (self, &sights[i], MAX (level->width, level->height));
      add_way (self, &sights[i]);
    }
}

static void
look_turned (Look *self, const KouanOcrImage *image, double radians, guint percent)
{
  g_autoptr (KouanOcrImage) turned = kouan_ocr_image_turned (image, radians);
  g_autoptr (GArray) blobs
    = kouan_ocr_find_blobs (turned, MAX (MAX (turned->width, turned->height) / 24, 8), percent);
  g_autoptr (GPtrArray) rows = kouan_ocr_find_rows (blobs);

  take_rows (self, turned, rows, &(Turn){ image, radians });
}

static void
look (Look *self, const KouanOcrImage *image, guint percent)
{
  g_autoptr (GArray) blobs
    = kouan_ocr_find_blobs (image, MAX (MAX (image->width, image->height) / 24, 8), percent);
  g_autoptr (GPtrArray) rows = kouan_ocr_find_rows (blobs);
  double slope;

  take_rows (self, image, rows, NULL);
  if (!is_clear (self) && kouan_ocr_find_slope (blobs, &slope) && fabs (slope) > SLOPE_LEVEL)
    look_turned (self, image, slope, percent);
}

static void
look_all_ways (
  Look *self, const guint8 *pixels, guint width, guint height, gsize stride, KouanMrzEffort effort)
{
  guint longer = MAX (width, height);
  guint n_ways = effort == KOUAN_MRZ_EFFORT_FRAME ? FRAME_WAYS : G_N_ELEMENTS (ways);

  for (guint i = 0; i < n_ways && !is_enough (self); i++)
    {
      g_autoptr (KouanOcrImage) image = NULL;

      if (ways[i].side > ENLARGED_MAX * longer)
        continue;
      image = kouan_ocr_image_new (pixels, width, height, stride, ways[i].side);
      look (self, image, ways[i].percent);
    }
  take_mean (self);
}

/**
 * kouan_mrz_reader_read:
 * @pile: (nullable): gets what this picture shows, and the reading is of all that it holds; a
 *   picture of another document begins it anew
 * @pixels: gray, 0 is black: @height rows of @width bytes, @stride bytes apart
 * @today: decides the centuries
 *
 * Looks for the machine readable zone of a travel document: TD1, TD2, TD3, MRV-A and MRV-B, any way
 * up, askew, in perspective. Blocks: a clear picture takes some 20 ms, one without a zone longer.
 *
 * Returns: (transfer full) (nullable): %NULL if there is none
 */
KouanMrzReading *
kouan_mrz_reader_read (const KouanMrzReader *self,
                       KouanMrzPile *pile,
                       const guint8 *pixels,
                       guint width,
                       guint height,
                       gsize stride,
                       KouanMrzEffort effort,
                       const GDate *today)
{
  g_autofree KouanMrzSight *sight = g_new0 (KouanMrzSight, 1);
  g_autofree KouanMrzSight *sum = g_new0 (KouanMrzSight, 1);
  Look look_now
    = { .reader = self, .today = today, .longer = MAX (width, height), .sight = sight, .sum = sum };

  g_return_val_if_fail (self != NULL && pixels != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0 && stride >= width, NULL);

  look_all_ways (&look_now, pixels, width, height, stride, effort);
  if (look_now.reading == NULL || pile == NULL)
    return look_now.reading;
  if (!pile->filled || !kouan_mrz_sight_add (&pile->sight, sight))
    {
      pile->sight = *sight;
      pile->filled = TRUE;
      return look_now.reading;
    }
  kouan_mrz_reading_unref (look_now.reading);
  return kouan_mrz_decode (&pile->sight, today);
}

/* kouan_cn_permit_read() with what this reader has learned. */
gboolean
kouan_mrz_reader_read_permit (const KouanMrzReader *self,
                              const guint8 *pixels,
                              guint width,
                              guint height,
                              gsize stride,
                              const GDate *today,
                              KouanCnPermitReading *reading)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return kouan_cn_permit_read (self->network, pixels, width, height, stride, today, reading);
}
