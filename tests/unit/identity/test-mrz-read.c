/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-decode.h"
#include "app/identity/mrz-reader.h"
#include "tests/testlib/specimen.h"

#include <math.h>
#include <string.h>

/* Reading: what is decided from likelihoods, with likelihoods made up here; and what is read in
 * pictures of documents that are drawn here. */

#define TD3_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define TD3_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static const GDate *
today (void)
{
  static GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 23, 11, 2026);
  return &date;
}

static guint
class_of (char character)
{
  return (guint)(strchr (KOUAN_OCR_ALPHABET, character) - KOUAN_OCR_ALPHABET);
}

/* A cell that shows @first with this probability, and else @second. */
static void
set_cell (KouanMrzSight *sight, guint line, guint at, char first, double probability, char second)
{
  KouanOcrCell *cell = &sight->cells[line][at];

  for (guint i = 0; i < KOUAN_OCR_N_CLASSES; i++)
    cell->log[i] = -8;
  cell->log[class_of (first)] = (float)log (probability);
  if (second != first)
    cell->log[class_of (second)] = (float)log (1 - probability);
}

/* Returns: (transfer full): what a clear picture of these lines shows */
static KouanMrzSight *
clear_sight (const char *const *lines)
{
  KouanMrzSight *sight = g_new0 (KouanMrzSight, 1);

  sight->n_lines = g_strv_length ((char **)lines);
  sight->length = (guint)strlen (lines[0]);
  sight->n_frames = 1;
  for (guint line = 0; line < sight->n_lines; line++)
    for (guint i = 0; i < sight->length; i++)
      set_cell (sight, line, i, lines[line][i], 0.99, lines[line][i]);
  return sight;
}

static KouanMrzSight *
clear_passport (void)
{
  return clear_sight ((const char *const[]){ TD3_1, TD3_2, NULL });
}

static void
test_clear (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = kouan_mrz_decode (sight, today ());

  g_assert_cmpstr (reading->raw[1], ==, TD3_2);
  g_assert_cmpstr (reading->corrected[0], ==, TD3_1);
  g_assert_cmpuint (reading->corrections, ==, 0);
  g_assert_true (reading->accepted);
  g_assert_cmpstr (reading->mrz->document_number, ==, "L898902C3");
}

/* The picture says 3, the check digits say 2: the text is put right, and proves nothing. */
static void
test_corrected_is_not_accepted (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = NULL;
  g_autoptr (KouanChecks) checks = NULL;

  set_cell (sight, 1, 18, '3', 0.8, '2');
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpint (reading->raw[1][18], ==, '3');
  g_assert_cmpstr (reading->corrected[1], ==, TD3_2);
  g_assert_cmpuint (reading->corrections, ==, 1);
  g_assert_false (reading->accepted);
  checks = kouan_mrz_reading_check (reading, today ());
  g_assert_cmpint (kouan_checks_get (checks, KOUAN_CHECK_MRZ_BIRTH, KOUAN_SOURCE_OPTICAL)->result,
                   ==, KOUAN_RESULT_UNDETERMINED);
}

/* 8 and S count alike, so that no check digit tells them apart. */
static void
test_alike_is_not_accepted (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = NULL;

  set_cell (sight, 1, 1, '8', 0.8, 'S');
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpstr (reading->corrected[1], ==, TD3_2);
  g_assert_cmpuint (reading->corrections, ==, 0);
  g_assert_true (kouan_mrz_checks_fit (reading->mrz));
  g_assert_cmpfloat (reading->margins[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER], <, 2);
  g_assert_false (reading->accepted);
}

/* What is printed clearly and does not fit is not talked right. */
static void
test_forgery_stays (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = NULL;
  g_autoptr (KouanChecks) checks = NULL;

  set_cell (sight, 1, 16, '5', 0.999, '5');
  set_cell (sight, 1, 24, '9', 0.999, '9');
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpstr (reading->corrected[1], ==, reading->raw[1]);
  g_assert_cmpint (reading->corrected[1][16], ==, '5');
  g_assert_false (reading->accepted);
  checks = kouan_mrz_reading_check (reading, today ());
  g_assert_cmpint (kouan_checks_get (checks, KOUAN_CHECK_MRZ_BIRTH, KOUAN_SOURCE_OPTICAL)->result,
                   ==, KOUAN_RESULT_FAILED);
}

/* O and 0 by their place; a digit that is clear in a code's place stays. */
static void
test_alphabets (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = NULL;

  set_cell (sight, 0, 4, '0', 0.7, 'O');
  set_cell (sight, 1, 15, 'O', 0.7, '0');
  set_cell (sight, 1, 10, '7', 0.9999, '7');
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpint (reading->raw[0][4], ==, 'O');
  g_assert_cmpint (reading->raw[1][15], ==, '0');
  g_assert_cmpint (reading->raw[1][10], ==, '7');
  g_assert_cmpint (reading->corrected[1][10], ==, '7');
}

/* Fillers at the end of a name that look like something else, and a code that nearly exists. */
static void
test_names_and_codes (void)
{
  g_autofree KouanMrzSight *sight = clear_passport ();
  g_autoptr (KouanMrzReading) reading = NULL;
  g_autoptr (KouanChecks) checks = NULL;

  set_cell (sight, 0, 35, 'K', 0.8, '<');
  set_cell (sight, 1, 12, 'Q', 0.8, 'O');
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpint (reading->raw[0][35], ==, 'K');
  g_assert_cmpstr (reading->corrected[0], ==, TD3_1);
  g_assert_cmpstr (reading->corrected[1], ==, TD3_2);
  g_assert_cmpuint (reading->corrections, ==, 2);
  checks = kouan_mrz_reading_check (reading, today ());
  g_assert_cmpint (kouan_checks_get (checks, KOUAN_CHECK_MRZ_COUNTRY, KOUAN_SOURCE_OPTICAL)->result,
                   ==, KOUAN_RESULT_UNDETERMINED);
}

static void
assert_read_and_corrected (const char *const *lines, guint line, guint at, char seen)
{
  g_autofree KouanMrzSight *sight = clear_sight (lines);
  g_autoptr (KouanMrzReading) clear = kouan_mrz_decode (sight, today ());
  g_autoptr (KouanMrzReading) doubtful = NULL;

  g_assert_true (clear->accepted);
  set_cell (sight, line, at, seen, 0.7, lines[line][at]);
  doubtful = kouan_mrz_decode (sight, today ());
  g_assert_cmpint (doubtful->raw[line][at], ==, seen);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpstr (doubtful->corrected[i], ==, lines[i]);
  g_assert_false (doubtful->accepted);
}

static void
test_formats (void)
{
  assert_read_and_corrected ((const char *const[]){ "I<UTOD231458907<<<<<<<<<<<<<<<",
                                                    "7408122F1204159UTO<<<<<<<<<<<6",
                                                    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", NULL },
                             0, 7, '8');
  assert_read_and_corrected ((const char *const[]){ "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                                                    "D231458907UTO7408122F1204159<<<<<<<6", NULL },
                             1, 35, '8');
  assert_read_and_corrected ((const char *const[]){ "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                                    "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<",
                                                    NULL },
                             1, 25, '7');
  assert_read_and_corrected ((const char *const[]){ "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                                                    "L898902C<3UTO6908061F9406236ZE184226", NULL },
                             1, 13, '9');
}

/* The number goes on in the optional data of a card. */
static void
test_long_number (void)
{
  KouanMrzContent content = { .format = KOUAN_MRZ_TD1,
                              .document_code = "ID",
                              .issuer = "UTO",
                              .nationality = "UTO",
                              .primary = "Stevenson",
                              .secondary = "Peter",
                              .document_number = "D23145890734",
                              .birth = { 1934, 7, 12 },
                              .expiry = { 2030, 7, 12 },
                              .optional = "X1" };
  g_auto (GStrv) td1 = kouan_mrz_make (&content, NULL);
  g_auto (GStrv) td2 = NULL;
  g_autofree KouanMrzSight *sight = NULL;
  g_autoptr (KouanMrzReading) reading = NULL;

  assert_read_and_corrected ((const char *const *)td1, 0, 16, '8');
  content.format = KOUAN_MRZ_TD2;
  content.optional = NULL;
  td2 = kouan_mrz_make (&content, NULL);
  sight = clear_sight ((const char *const *)td2);
  reading = kouan_mrz_decode (sight, today ());
  g_assert_cmpstr (reading->mrz->document_number, ==, "D23145890734");
  g_assert_cmpuint (reading->corrections, ==, 0);
}

static void
test_pictures_are_summed (void)
{
  g_autofree KouanMrzSight *sum = clear_passport ();
  g_autofree KouanMrzSight *second = clear_passport ();
  g_autofree KouanMrzSight *other
    = clear_sight ((const char *const[]){ "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                          "X123456<<0CHN8001019M3001019<<<<<<<<<<<<<<<<", NULL });
  g_autoptr (KouanMrzReading) doubtful = NULL;
  g_autoptr (KouanMrzReading) both = NULL;

  set_cell (sum, 1, 18, '3', 0.6, '2');
  doubtful = kouan_mrz_decode (sum, today ());
  g_assert_false (doubtful->accepted);
  g_assert_true (kouan_mrz_sight_add (sum, second));
  both = kouan_mrz_decode (sum, today ());
  g_assert_true (both->accepted);
  g_assert_cmpuint (both->n_frames, ==, 2);
  memset (&other->cells[0], 0, sizeof other->cells[0]);
  g_assert_false (kouan_mrz_sight_add (sum, other));
}

/* The search is exact: against all texts of a short field, tried one by one. */
static void
test_search_is_exact (void)
{
  static const char *const candidates[] = { "7S", "41", "08", "1I", "2Z", "<3", "5S" };
  KouanMrzProgram program = { 0 };
  g_autofree KouanMrzScores *scores = g_new0 (KouanMrzScores, 1);
  guint8 found[KOUAN_MRZ_STEPS_MAX];
  float score, runner_up, best = -1e9f, second = -1e9f;

  for (guint i = 0; i < 7; i++)
    {
      program.steps[program.count++]
        = (KouanMrzStep){ i < 6 ? KOUAN_MRZ_STEP_FIELD : KOUAN_MRZ_STEP_CHECK, 0, (guint8)i };
      for (guint c = 0; c < KOUAN_OCR_N_CHARACTERS; c++)
        scores->cells[0][i][c] = -100;
      scores->cells[0][i][class_of (candidates[i][0])] = -0.3f - 0.11f * (float)i;
      scores->cells[0][i][class_of (candidates[i][1])] = -1.1f + 0.07f * (float)i;
    }
  score = kouan_mrz_search (&program, scores, found, &runner_up);
  for (guint bits = 0; bits < 128; bits++)
    {
      char text[8] = "";
      float sum = 0;

      for (guint i = 0; i < 7; i++)
        {
          text[i] = candidates[i][bits >> i & 1];
          sum += scores->cells[0][i][class_of (text[i])];
        }
      if (kouan_mrz_check_digit (text, 6) != text[6])
        continue;
      second = MAX (second, MIN (sum, best));
      best = MAX (best, sum);
    }
  g_assert_cmpfloat (best, >, -50);
  g_assert_cmpfloat_with_epsilon ((double)score, (double)best, 1e-4);
  g_assert_cmpfloat_with_epsilon ((double)runner_up, (double)second, 1e-4);
}

/* Two zeros of a number that look like the letter: both check digits fit either way. What tells is
 * that the zeros of the dates look like it too; where they do not, these are letters. */
static void
test_twins (void)
{
  static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "X3309J9091KOR4608080M3610077<<<<<<<<<<<<<<02", NULL };
  static const guint zeros[] = { 15, 17, 19, 24, 25, 42 }; /* where only digits stand */

  for (guint alike = 0; alike < 2; alike++)
    {
      g_autofree KouanMrzSight *sight = clear_sight (lines);
      g_autoptr (KouanMrzReading) reading = NULL;

      set_cell (sight, 1, 3, 'O', 0.98, '0');
      set_cell (sight, 1, 7, 'O', 0.98, '0');
      for (guint i = 0; alike == 1 && i < G_N_ELEMENTS (zeros); i++)
        set_cell (sight, 1, zeros[i], 'O', 0.97, '0');
      reading = kouan_mrz_decode (sight, today ());
      g_assert_cmpstr (reading->mrz->document_number, ==, alike == 1 ? "X3309J909" : "X33O9J9O9");
    }
}

/* Lines that go on beyond what was taken for a zone may be another one: nothing is accepted. */
static void
test_goes_on (void)
{
  static const char *const lines[] = { TD3_1, TD3_2, NULL };
  g_autofree KouanMrzSight *sight = clear_sight (lines);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KouanMrzReading) reading = NULL;

      sight->goes_on = i == 1;
      reading = kouan_mrz_decode (sight, today ());
      g_assert_cmpint (reading->accepted, ==, i == 0);
    }
}

static KouanMrzReading *
read_specimen (const KouanMrzReader *reader, KouanMrzPile *pile, const KouanSpecimen *picture)
{
  return kouan_mrz_reader_read (reader, pile, picture->pixels, picture->width, picture->height,
                                picture->width, KOUAN_MRZ_EFFORT_PICTURE, today ());
}

/* Each format in one sight after the other: the text is right to the last character. */
static void
test_specimens (void)
{
  static const KouanSpecimenSight sights[]
    = { KOUAN_SPECIMEN_CLEAN,       KOUAN_SPECIMEN_ASKEW,          KOUAN_SPECIMEN_UPSIDE_DOWN,
        KOUAN_SPECIMEN_SIDEWAYS,    KOUAN_SPECIMEN_LOW_RESOLUTION, KOUAN_SPECIMEN_NOISE,
        KOUAN_SPECIMEN_PERSPECTIVE, KOUAN_SPECIMEN_PHOTOGRAPH,     KOUAN_SPECIMEN_COMPRESSED,
        KOUAN_SPECIMEN_CUT_OUT,     KOUAN_SPECIMEN_FRAMED,         KOUAN_SPECIMEN_SECURITY,
        KOUAN_SPECIMEN_DESK,        KOUAN_SPECIMEN_BENT,           KOUAN_SPECIMEN_STRETCHED,
        KOUAN_SPECIMEN_PALE };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (KouanMrzReader) reader = kouan_mrz_reader_new ();

  if (!kouan_specimen_can_draw ())
    {
      g_test_skip ("fonts-ocr-b is not installed");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sights); i++)
    {
      KouanMrzFormat format = i % 5;
      g_auto (GStrv) lines = kouan_specimen_zone (rand, format);
      g_autoptr (KouanSpecimen) page
        = kouan_specimen_draw_for (rand, (const char *const *)lines, sights[i]);
      g_autoptr (KouanSpecimen) picture = kouan_specimen_see (page, rand, sights[i]);
      g_autoptr (KouanMrzReading) reading = read_specimen (reader, NULL, picture);

      g_test_message ("%s, %s", kouan_mrz_format_id (format),
                      kouan_specimen_sight_name (sights[i]));
      g_assert_nonnull (reading);
      g_assert_cmpint (reading->format, ==, format);
      for (guint line = 0; lines[line] != NULL; line++)
        g_assert_cmpstr (reading->corrected[line], ==, lines[line]);
    }
}

/* A reflection hides different characters in each picture: together they show all. */
static void
test_reflections (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (KouanMrzReader) reader = kouan_mrz_reader_new ();
  g_autoptr (KouanMrzPile) pile = kouan_mrz_pile_new ();
  g_autoptr (KouanSpecimen) page = NULL;
  gboolean accepted = FALSE;

  if (!kouan_specimen_can_draw ())
    {
      g_test_skip ("fonts-ocr-b is not installed");
      return;
    }
  page = kouan_specimen_draw (rand, (const char *const[]){ TD3_1, TD3_2, NULL });
  for (guint i = 0; i < 12 && !accepted; i++)
    {
      g_autoptr (KouanSpecimen) picture = kouan_specimen_see (page, rand, KOUAN_SPECIMEN_GLARE);
      g_autoptr (KouanMrzReading) reading = read_specimen (reader, pile, picture);

      if (reading == NULL || !reading->accepted)
        continue;
      accepted = TRUE;
      g_test_message ("%u pictures, %u of them summed", i + 1, reading->n_frames);
      g_assert_cmpstr (reading->mrz->document_number, ==, "L898902C3");
      g_assert_true (g_str_has_prefix (reading->corrected[1], "L898902C36UTO7408122F1204159"));
    }
  g_assert_true (accepted);
}

/* Pictures without a zone, and sizes that no camera has. */
static void
test_no_zone (void)
{
  g_autoptr (KouanMrzReader) reader = kouan_mrz_reader_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autofree guint8 *noise = g_malloc (600 * 400);
  static const guint sizes[][2] = { { 600, 400 }, { 1, 1 }, { 600, 1 }, { 1, 400 }, { 7, 9 } };

  for (guint i = 0; i < 600 * 400; i++)
    noise[i] = (guint8)g_rand_int (rand);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_assert_null (kouan_mrz_reader_read (reader, NULL, noise, sizes[i][0], sizes[i][1], 600,
                                          KOUAN_MRZ_EFFORT_PICTURE, today ()));
  memset (noise, 255, 600 * 400);
  g_assert_null (
    kouan_mrz_reader_read (reader, NULL, noise, 600, 400, 600, KOUAN_MRZ_EFFORT_FRAME, today ()));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz-decode/clear", test_clear);
  g_test_add_func ("/mrz-decode/corrected", test_corrected_is_not_accepted);
  g_test_add_func ("/mrz-decode/alike", test_alike_is_not_accepted);
  g_test_add_func ("/mrz-decode/forgery", test_forgery_stays);
  g_test_add_func ("/mrz-decode/alphabets", test_alphabets);
  g_test_add_func ("/mrz-decode/names-and-codes", test_names_and_codes);
  g_test_add_func ("/mrz-decode/formats", test_formats);
  g_test_add_func ("/mrz-decode/long-number", test_long_number);
  g_test_add_func ("/mrz-decode/summed", test_pictures_are_summed);
  g_test_add_func ("/mrz-decode/twins", test_twins);
  g_test_add_func ("/mrz-decode/goes-on", test_goes_on);
  g_test_add_func ("/mrz-decode/search", test_search_is_exact);
  g_test_add_func ("/mrz-read/specimens", test_specimens);
  g_test_add_func ("/mrz-read/reflections", test_reflections);
  g_test_add_func ("/mrz-read/no-zone", test_no_zone);
  return g_test_run ();
}
