/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/gray.h"
#include "app/documents/pixels.h"
#include "app/identity/mrz-reader.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/specimen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* How well and how fast machine readable zones are read, beside Tesseract with its default model in
 * the same run: first documents of Utopia in each sight, then, if a folder is named (as an argument
 * or in KOUAN_MRZ_PICTURES), its own pictures. The folder holds truth.tsv: the name of a picture, a
 * tab, the lines with "|" between them. --keep FOLDER leaves the pictures that were not
 * read in such a folder.
 *
 *   exact     every character of every line
 *   CER       characters to change, of all, against the likeliest line
 *   accepted  without asking anybody; wrong: with another number, birth or expiry
 *   ms        median of processor time, one core
 *
 * Times are processor time of one thread, so that a busy machine does not change them much. */

#define PEER_PICTURES 4 /* in each sight */
#define COUNT_MAX 8192

typedef struct
{
  guint count;
  guint exact;
  guint accepted;
  guint wrong;
  guint edits;
  guint characters;
  double ms[COUNT_MAX];
} Score;

typedef struct
{
  KouanMrzReader *reader;
  char *folder;    /* for pictures that Tesseract gets */
  char *tesseract; /* (nullable) */
  GDate today;
  int n_pictures; /* in each sight */
  char *only;     /* (nullable): the one sight */
  char *keep;     /* (nullable): for pictures that were not read */
} Bench;

static double
own_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static double
children_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Levenshtein's distance. */
static guint
edits_between (const char *a, const char *b)
{
  guint width = (guint)strlen (b) + 1;
  g_autofree guint *row = g_new (guint, width);

  for (guint j = 0; j < width; j++)
    row[j] = j;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 1; j < width; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (above, row[j - 1]) + 1, diagonal + (a[i] != b[j - 1]));
          diagonal = above;
        }
    }
  return row[width - 1];
}

/* Each line of @truth against the nearest of @lines. */
static void
count_edits (Score *score, const char *const *truth, const char *const *lines)
{
  guint edits = 0;

  for (guint i = 0; truth[i] != NULL; i++)
    {
      guint least = (guint)strlen (truth[i]);

      for (guint j = 0; lines[j] != NULL; j++)
        least = MIN (least, edits_between (truth[i], lines[j]));
      edits += least;
      score->characters += (guint)strlen (truth[i]);
    }
  score->edits += edits;
  score->exact += edits == 0;
}

static gboolean
proves_another (const KouanMrzReading *reading, const char *const *truth, const GDate *today)
{
  g_autoptr (KouanMrz) mrz = kouan_mrz_parse (truth, today, NULL);

  return mrz == NULL || !g_str_equal (mrz->document_number, reading->mrz->document_number)
         || memcmp (&mrz->birth, &reading->mrz->birth, sizeof mrz->birth) != 0
         || memcmp (&mrz->expiry, &reading->mrz->expiry, sizeof mrz->expiry) != 0;
}

static void
append_truth (const Bench *bench, const char *file, const char *const *truth)
{
  g_autofree char *path = g_build_filename (bench->keep, "truth.tsv", NULL);
  g_autofree char *lines = g_strjoinv ("|", (char **)truth);
  FILE *list = fopen (path, "a");

  if (list == NULL)
    return;
  fprintf (list, "%s\t%s\n", file, lines);
  fclose (list);
}

/* Says what is wrong with a reading, and keeps its picture. */
static void
keep_failure (const Bench *bench,
              const KouanSpecimen *picture,
              const char *name,
              const char *const *truth,
              const KouanMrzReading *reading)
{
  g_autofree char *file
    = g_str_has_suffix (name, ".png") ? g_strdup (name) : g_strdup_printf ("%s.png", name);
  g_autofree char *path = g_build_filename (bench->keep, file, NULL);

  kouan_specimen_save (picture, path);
  append_truth (bench, file, truth);
  g_print ("  %s%s\n", file, reading == NULL ? ": nothing found" : "");
  for (guint i = 0; reading != NULL && truth[i] != NULL; i++)
    if (!g_str_equal (truth[i], reading->corrected[i]))
      g_print ("    is  %s\n    raw %s\n    cor %s\n", truth[i], reading->raw[i],
               reading->corrected[i]);
}

static void
read_own (Bench *bench,
          Score *score,
          const KouanSpecimen *picture,
          const char *name,
          const char *const *truth)
{
  double before = own_ms ();
  g_autoptr (KouanMrzReading) reading
    = kouan_mrz_reader_read (bench->reader, NULL, picture->pixels, picture->width, picture->height,
                             picture->width, KOUAN_MRZ_EFFORT_PICTURE, &bench->today);
  guint exact = score->exact;
  const char *lines[KOUAN_MRZ_LINES_MAX + 1] = { NULL };

  score->ms[score->count++] = own_ms () - before;
  for (guint i = 0; reading != NULL && i < KOUAN_MRZ_LINES_MAX; i++)
    lines[i] = reading->corrected[i][0] != '\0' ? reading->corrected[i] : NULL;
  count_edits (score, truth, lines);
  if (score->exact == exact && bench->keep != NULL)
    keep_failure (bench, picture, name, truth, reading);
  if (reading == NULL || !reading->accepted)
    return;
  score->accepted++;
  score->wrong += proves_another (reading, truth, &bench->today);
}

static void
read_peer (Bench *bench, Score *score, const char *picture, const char *const *truth)
{
  const char *const words[] = { bench->tesseract, picture, "-", "--psm", "6", NULL };
  g_autofree char *text = NULL;
  g_autofree char *narrow = NULL;
  g_auto (GStrv) words_of_line = NULL;
  g_auto (GStrv) lines = NULL;
  double before = children_ms ();

  if (!g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                     NULL, NULL, NULL))
    return;
  score->ms[score->count++] = children_ms () - before;
  words_of_line = g_strsplit (text, " ", -1);
  narrow = g_strjoinv ("", words_of_line);
  lines = g_strsplit (narrow, "\n", -1);
  count_edits (score, truth, (const char *const *)lines);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
median (Score *score)
{
  qsort (score->ms, score->count, sizeof score->ms[0], compare_doubles);
  return score->count > 0 ? score->ms[score->count / 2] : 0;
}

static double
percent (guint part, guint whole)
{
  return whole > 0 ? 100.0 * part / whole : 0;
}

static void
print_score (const char *name, Score *own, Score *peer)
{
  double own_median = median (own), peer_median = median (peer);

  g_print ("%-18s %4u %6.1f %6.2f %9u %6u %7.1f", name, own->count,
           percent (own->exact, own->count), percent (own->edits, own->characters), own->accepted,
           own->wrong, own_median);
  if (peer->count > 0)
    g_print (" | %4u %6.1f %6.2f %7.1f %6.1f", peer->count, percent (peer->exact, peer->count),
             percent (peer->edits, peer->characters), peer_median, peer_median / own_median);
  g_print ("\n");
}

static void
print_head (const Bench *bench)
{
  g_print ("%-18s %4s %6s %6s %9s %6s %7s", "", "n", "exact%", "CER%", "accepted", "wrong", "ms");
  if (bench->tesseract != NULL)
    g_print (" | %4s %6s %6s %7s %6s", "n", "exact%", "CER%", "ms", "times");
  g_print ("\n");
}

static void
add_score (Score *sum, const Score *score)
{
  for (guint i = 0; i < score->count && sum->count < COUNT_MAX; i++)
    sum->ms[sum->count++] = score->ms[i];
  sum->exact += score->exact;
  sum->accepted += score->accepted;
  sum->wrong += score->wrong;
  sum->edits += score->edits;
  sum->characters += score->characters;
}

static void
sweep_sight (Bench *bench, KouanSpecimenSight sight, Score *own, Score *peer)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1000 + sight);
  g_autofree char *path = g_build_filename (bench->folder, "specimen.png", NULL);

  for (guint i = 0; i < (guint)bench->n_pictures; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%02u", kouan_specimen_sight_name (sight), i);
      g_auto (GStrv) lines = kouan_specimen_zone (rand, i % KOUAN_SPECIMEN_N_FORMATS);
      const char *const *truth = (const char *const *)lines;
      g_autoptr (KouanSpecimen) page = kouan_specimen_draw_for (rand, truth, sight);
      g_autoptr (KouanSpecimen) picture = kouan_specimen_see (page, rand, sight);

      read_own (bench, own, picture, name, truth);
      if (bench->tesseract == NULL || i >= PEER_PICTURES)
        continue;
      kouan_specimen_save (picture, path);
      read_peer (bench, peer, path, truth);
    }
}

static void
sweep (Bench *bench)
{
  g_autofree Score *all = g_new0 (Score, 1);
  g_autofree Score *peer_all = g_new0 (Score, 1);

  g_print ("Documents of Utopia\n");
  print_head (bench);
  for (guint sight = 0; sight < KOUAN_SPECIMEN_N_SIGHTS; sight++)
    {
      g_autofree Score *own = g_new0 (Score, 1);
      g_autofree Score *peer = g_new0 (Score, 1);

      if (bench->only != NULL && !g_str_equal (bench->only, kouan_specimen_sight_name (sight)))
        continue;
      sweep_sight (bench, sight, own, peer);
      print_score (kouan_specimen_sight_name (sight), own, peer);
      if (sight == KOUAN_SPECIMEN_GLARE) /* last; not counted in what all sights come to */
        continue;
      add_score (all, own);
      add_score (peer_all, peer);
    }
  print_score ("all but glare", all, peer_all);
}

typedef struct
{
  Bench *bench;
  Score *own;
  const char *name;
  const char *const *truth;
} Picture;

static gboolean
on_page (KouanPage *page, gpointer data)
{
  Picture *picture = data;
  g_autoptr (KouanGray) gray = kouan_gray_new (page, G_MAXUINT);
  const KouanSpecimen seen = { .width = gray->width, .height = gray->height, .pixels = gray->data };

  read_own (picture->bench, picture->own, &seen, picture->name, picture->truth);
  return FALSE; /* the first page alone */
}

static void
read_folder_row (
  Bench *bench, KouanPixels *pixels, const char *folder, const char *row, Score *own, Score *peer)
{
  g_auto (GStrv) columns = g_strsplit (row, "\t", 2);
  g_auto (GStrv) truth = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) file = NULL;
  char *contents;
  gsize size;
  Picture picture = { bench, own, columns[0], NULL };

  if (row[0] == '#' || columns[0] == NULL || columns[1] == NULL || own->count >= COUNT_MAX)
    return;
  truth = g_strsplit (g_strstrip (columns[1]), "|", -1);
  picture.truth = (const char *const *)truth;
  path = g_build_filename (folder, columns[0], NULL);
  if (!g_file_get_contents (path, &contents, &size, NULL))
    return;
  file = g_bytes_new_take (contents, size);
  if (!kouan_pixels_read (pixels, file, on_page, &picture, NULL, NULL))
    g_debug ("%s: one page", path);
  if (bench->tesseract != NULL)
    read_peer (bench, peer, path, (const char *const *)truth);
}

static void
read_folder (Bench *bench, const char *folder)
{
  g_autofree char *list = g_build_filename (folder, "truth.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  g_autofree Score *own = g_new0 (Score, 1);
  g_autofree Score *peer = g_new0 (Score, 1);
  g_autoptr (KouanPixels) pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);

  if (!g_file_get_contents (list, &text, NULL, NULL))
    {
      g_print ("%s is not there\n", list);
      return;
    }
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    read_folder_row (bench, pixels, folder, rows[i], own, peer);
  g_print ("\nPictures of the folder\n");
  print_head (bench);
  print_score ("all", own, peer);
}

int
main (int argc, char **argv)
{
  Bench bench = { .n_pictures = 20 };
  gboolean alone = FALSE;
  const char *folder;
  const GOptionEntry entries[] = {
    { "pictures", 0, 0, G_OPTION_ARG_INT, &bench.n_pictures, "Pictures of each sight", "N" },
    { "sight", 0, 0, G_OPTION_ARG_STRING, &bench.only, "One sight alone", "NAME" },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &bench.keep, "For what was not read", "FOLDER" },
    { "alone", 0, 0, G_OPTION_ARG_NONE, &alone, "Without Tesseract", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (!kouan_specimen_can_draw ())
    {
      g_print ("fonts-ocr-b is not installed: nothing can be drawn\n");
      return 77;
    }
  folder = argc > 1 ? argv[1] : g_getenv ("KOUAN_MRZ_PICTURES");
  g_setenv ("OMP_THREAD_LIMIT", "1", TRUE);
  bench.reader = kouan_mrz_reader_new ();
  bench.folder = kouan_test_folder_new ();
  bench.tesseract = alone ? NULL : g_find_program_in_path ("tesseract");
  g_date_clear (&bench.today, 1);
  g_date_set_dmy (&bench.today, 23, 11, 2026);
  if (bench.tesseract == NULL && !alone)
    g_print ("Tesseract is not installed (tesseract-ocr): nobody to compare with\n");
  if (bench.n_pictures > 0)
    sweep (&bench);
  if (folder != NULL)
    read_folder (&bench, folder);
  kouan_test_folder_remove (bench.folder);
  g_free (bench.tesseract);
  g_free (bench.only);
  g_free (bench.keep);
  kouan_mrz_reader_free (bench.reader);
  return 0;
}
