/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-reader.h"
#include "tests/testlib/specimen.h"

#include <string.h>

/* Permits that are drawn by the rules that they are read by: what is tested is the reading, not the
 * rules. */

#define N_DRAWN 12

static KouanMrzReader *reader;

static const GDate *
today (void)
{
  static GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 27, 11, 2026);
  return &date;
}

static char
digit_of (const char *text)
{
  return kouan_mrz_check_digit (text, strlen (text));
}

/* Returns: (transfer full): a permit to Hong Kong and Macao, or to Taiwan */
static char **
one_line_new (GRand *rand, const char *code)
{
  g_autofree char *number = g_strdup_printf ("C%08d", g_rand_int_range (rand, 0, 100000000));
  g_autofree char *expiry = g_strdup_printf ("35%02d%02d", g_rand_int_range (rand, 1, 13),
                                             g_rand_int_range (rand, 1, 29));
  g_autofree char *birth
    = g_strdup_printf ("9%d%02d%02d", g_rand_int_range (rand, 0, 10),
                       g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
  g_autofree char *fields = g_strdup_printf ("%s%c%s%c%s%c", number, digit_of (number), expiry,
                                             digit_of (expiry), birth, digit_of (birth));
  g_auto (GStrv) lines = g_new0 (char *, 2);

  lines[0] = g_strdup_printf ("%s%.10s<%.7s<%.7s<%c", code, fields, fields + 10, fields + 17,
                              digit_of (fields));
  return g_steal_pointer (&lines);
}

static char **
three_lines_new (void)
{
  g_autofree char *head = g_strdup_printf ("H12345678%c01%c350401%c", digit_of ("H12345678"),
                                           digit_of ("01"), digit_of ("350401"));
  g_autofree char *birth = g_strdup_printf ("900215%c", digit_of ("900215"));
  g_autofree char *region = g_strdup_printf ("A1234563<%c", digit_of ("A1234563<"));
  g_autofree char *whole = g_strconcat (head, birth, region, NULL);
  g_auto (GStrv) lines = g_new0 (char *, 4);

  lines[0] = g_strdup_printf ("CR%sF%s", head, birth);
  lines[1] = g_strdup_printf ("123456789012345678B%s%c", region, digit_of (whole));
  lines[2] = g_strdup ("CHAN<<SIU<MING<<<<<<<<<<<<<<<<");
  return g_steal_pointer (&lines);
}

static gboolean
read_seen (GRand *rand, char **lines, KouanSpecimenSight sight, KouanCnPermitReading *reading)
{
  g_autoptr (KouanSpecimen) drawn = kouan_specimen_draw (rand, (const char *const *)lines);
  g_autoptr (KouanSpecimen) seen = kouan_specimen_see (drawn, rand, sight);

  return kouan_mrz_reader_read_permit (reader, seen->pixels, seen->width, seen->height, seen->width,
                                       today (), reading);
}

/* What is read is what was drawn, or nothing. */
static void
test_one_line (void)
{
  static const KouanSpecimenSight sights[]
    = { KOUAN_SPECIMEN_CLEAN, KOUAN_SPECIMEN_LEVEL, KOUAN_SPECIMEN_UPSIDE_DOWN };
  g_autoptr (GRand) rand = g_rand_new_with_seed (18);
  guint read = 0;

  for (guint i = 0; i < N_DRAWN; i++)
    {
      g_auto (GStrv) lines = one_line_new (rand, i % 2 == 0 ? "CS" : "CD");
      KouanCnPermitReading reading = { 0 };

      if (!read_seen (rand, lines, sights[i % G_N_ELEMENTS (sights)], &reading))
        {
          g_test_message ("%s, %s: %s, %.2f", lines[0],
                          kouan_specimen_sight_name (sights[i % G_N_ELEMENTS (sights)]),
                          reading.lines[0], (double)reading.clarity);
          continue;
        }
      g_assert_cmpuint (reading.n_lines, ==, 1);
      g_assert_cmpstr (reading.lines[0], ==, lines[0]);
      g_assert_true (reading.permit.checks_fit);
      g_assert_cmpint (reading.permit.kind, ==,
                       i % 2 == 0 ? KOUAN_CN_PERMIT_EXIT_HK_MO : KOUAN_CN_PERMIT_EXIT_TW);
      read++;
    }
  g_test_message ("%u of %u", read, N_DRAWN);
  g_assert_cmpuint (read, >=, N_DRAWN - 2);
}

static void
test_three_lines (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (19);
  g_auto (GStrv) lines = three_lines_new ();
  KouanCnPermitReading reading;

  g_assert_true (read_seen (rand, lines, KOUAN_SPECIMEN_CLEAN, &reading));
  g_assert_cmpuint (reading.n_lines, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (reading.lines[i], ==, lines[i]);
  g_assert_cmpstr (reading.permit.number, ==, "H12345678");
  g_assert_cmpstr (reading.permit.name, ==, "CHAN SIU MING");
}

/* A digit that was changed is not mended: such a permit is not read. */
static void
test_forged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  g_auto (GStrv) lines = one_line_new (rand, "CS");
  KouanCnPermitReading reading;

  lines[0][5] = lines[0][5] == '7' ? '1' : '7';
  g_assert_false (read_seen (rand, lines, KOUAN_SPECIMEN_CLEAN, &reading));
}

/* Documents of Doc 9303 are none, and a permit is no document of Doc 9303. */
static void
test_told_apart (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);
  g_auto (GStrv) permit = three_lines_new ();
  g_autoptr (KouanSpecimen) drawn = kouan_specimen_draw (rand, (const char *const *)permit);
  g_autoptr (KouanMrzReading) zone
    = kouan_mrz_reader_read (reader, NULL, drawn->pixels, drawn->width, drawn->height, drawn->width,
                             KOUAN_MRZ_EFFORT_PICTURE, today ());
  KouanCnPermitReading reading;

  g_assert_true (zone == NULL || !zone->accepted);
  for (guint format = 0; format < KOUAN_SPECIMEN_N_FORMATS; format++)
    {
      g_auto (GStrv) lines = kouan_specimen_zone (rand, format);

      g_assert_false (read_seen (rand, lines, KOUAN_SPECIMEN_CLEAN, &reading));
    }
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  if (!kouan_specimen_can_draw ())
    {
      g_print ("1..0 # SKIP fonts-ocr-b is not installed\n");
      return 0;
    }
  reader = kouan_mrz_reader_new ();
  g_test_add_func ("/cn-permit-read/one-line", test_one_line);
  g_test_add_func ("/cn-permit-read/three-lines", test_three_lines);
  g_test_add_func ("/cn-permit-read/forged", test_forged);
  g_test_add_func ("/cn-permit-read/told-apart", test_told_apart);
  failed = g_test_run ();
  kouan_mrz_reader_free (reader);
  return failed;
}
