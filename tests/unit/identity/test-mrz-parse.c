/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/country.h"
#include "app/identity/mrz.h"

#include <string.h>

/* The worked examples of ICAO Doc 9303 and of cards in use, and what becomes of them when a
 * character is off. */

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

static KouanMrz *
parse (const char *first, const char *second, const char *third, GArray **problems)
{
  const char *const lines[] = { first, second, third, NULL };

  return kouan_mrz_parse (lines, today (), problems);
}

static KouanMrz *
parse_well (const char *first, const char *second, const char *third)
{
  g_autoptr (GArray) problems = NULL;
  KouanMrz *mrz = parse (first, second, third, &problems);

  g_assert_nonnull (mrz);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *sentence
        = kouan_mrz_problem_sentence (&g_array_index (problems, KouanMrzProblem, i));

      g_test_message ("%s", sentence);
    }
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (kouan_mrz_checks_fit (mrz));
  return mrz;
}

static void
assert_date (const KouanMrzDate *date, const char *expected)
{
  g_autofree char *text = kouan_mrz_date_to_string (date);

  g_assert_cmpstr (text, ==, expected);
}

/* The only problem there is. */
static KouanMrzProblem
sole_problem (const char *first, const char *second, const char *third)
{
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = parse (first, second, third, &problems);

  g_test_message ("%s", mrz != NULL ? "read" : "not read");
  for (guint i = 0; i < problems->len; i++)
    {
      KouanMrzProblem *problem = &g_array_index (problems, KouanMrzProblem, i);

      g_test_message ("%s: %s, line %u, %u+%u", kouan_mrz_problem_id (problem->code),
                      kouan_mrz_field_id (problem->field), problem->line, problem->start,
                      problem->length);
    }
  g_assert_cmpuint (problems->len, ==, 1);
  return g_array_index (problems, KouanMrzProblem, 0);
}

static void
test_td3 (void)
{
  g_autoptr (KouanMrz) mrz = parse_well (TD3_1, TD3_2, NULL);
  GDate birth;

  g_assert_cmpint (mrz->format, ==, KOUAN_MRZ_TD3);
  g_assert_cmpstr (mrz->document_code, ==, "P");
  g_assert_cmpstr (mrz->issuer, ==, "UTO");
  g_assert_cmpstr (mrz->primary, ==, "ERIKSSON");
  g_assert_cmpstr (mrz->secondary, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz->document_number, ==, "L898902C3");
  g_assert_cmpstr (mrz->nationality, ==, "UTO");
  g_assert_cmpint (mrz->sex, ==, KOUAN_SEX_FEMALE);
  g_assert_cmpstr (mrz->optional, ==, "ZE184226B");
  assert_date (&mrz->birth, "1974-08-12");
  assert_date (&mrz->expiry, "2012-04-15");
  g_assert_true (kouan_mrz_date_to_gdate (&mrz->birth, &birth));
  g_assert_cmpuint (g_date_get_julian (&birth), ==, 720847);
  g_assert_cmpstr (mrz->lines[1], ==, TD3_2);
  g_assert_false (mrz->name_may_be_cut);
}

static void
test_td1 (void)
{
  g_autoptr (KouanMrz) mrz
    = parse_well ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");

  g_assert_cmpint (mrz->format, ==, KOUAN_MRZ_TD1);
  g_assert_cmpstr (mrz->document_number, ==, "D23145890");
  g_assert_cmpstr (mrz->secondary, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz->optional, ==, "");
  g_assert_false (mrz->checks[KOUAN_MRZ_CHECK_OPTIONAL].present);
  g_assert_true (mrz->checks[KOUAN_MRZ_CHECK_COMPOSITE].present);
  g_assert_cmpint (mrz->checks[KOUAN_MRZ_CHECK_COMPOSITE].printed, ==, '6');
}

static void
test_td2 (void)
{
  g_autoptr (KouanMrz) mrz = parse_well ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                                         "D231458907UTO7408122F1204159<<<<<<<6", NULL);

  g_assert_cmpint (mrz->format, ==, KOUAN_MRZ_TD2);
  g_assert_cmpstr (mrz->document_number, ==, "D23145890");
  assert_date (&mrz->expiry, "2012-04-15");
}

/* Part 7, appendix B: visas have no composite check digit. */
static void
test_visas (void)
{
  g_autoptr (KouanMrz) a = parse_well ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<", NULL);
  g_autoptr (KouanMrz) b = parse_well ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                                       "L898902C<3UTO6908061F9406236ZE184226", NULL);

  g_assert_cmpint (a->format, ==, KOUAN_MRZ_MRV_A);
  g_assert_cmpint (b->format, ==, KOUAN_MRZ_MRV_B);
  g_assert_cmpstr (a->document_number, ==, "L898902C");
  g_assert_cmpstr (b->optional, ==, "ZE184226");
  g_assert_false (a->checks[KOUAN_MRZ_CHECK_COMPOSITE].present);
  g_assert_false (b->checks[KOUAN_MRZ_CHECK_COMPOSITE].present);
  assert_date (&a->birth, "1969-08-06");
}

/* Part 3, appendix A. */
static void
test_check_digits (void)
{
  g_autoptr (KouanMrz) td3 = NULL;

  g_assert_cmpint (kouan_mrz_check_digit ("520727", 6), ==, '3');
  g_assert_cmpint (kouan_mrz_check_digit ("AB2134<<<", 9), ==, '5');
  g_assert_cmpint (kouan_mrz_check_digit ("", 0), ==, '0');
  g_assert_cmpint (kouan_mrz_check_digit ("Z", 1), ==, '5');
  td3 = parse ("P<YTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
               "HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08", NULL, NULL);
  g_assert_true (kouan_mrz_checks_fit (td3));
}

/* Cards in use count the filler between the parts of a long number, or do not: both are read, and
 * told apart. */
static void
test_long_number (void)
{
  g_autoptr (KouanMrz) card
    = parse ("IDBEL600001795<0152<<<<<<<<<<<", "1301014F2311207UTO<<<<<<<<<<<0",
             "REINARTZ<<ULRIKE<KATIA<E<<<<<<", NULL);
  g_autoptr (KouanMrz) older
    = parse ("IDBEL000590240<6013<<<<<<<<<<<", "1301014F2311207UTO<<<<<<<<<<<0",
             "ROOVERS<<FRANK<LEONARD<<<<<<<<", NULL);
  g_autoptr (KouanMrz) td2 = NULL;

  g_assert_cmpstr (card->document_number, ==, "600001795015");
  g_assert_true (card->long_number);
  g_assert_false (card->long_number_counts_filler);
  g_assert_true (card->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].fits);
  g_assert_cmpstr (card->optional, ==, "");
  g_assert_cmpstr (older->document_number, ==, "000590240601");
  g_assert_true (older->long_number_counts_filler);
  g_assert_true (older->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].fits);

  td2 = parse ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D23145890<UTO7408122F12041597349<<<8", NULL,
               NULL);
  g_assert_cmpstr (td2->document_number, ==, "D23145890734");
  g_assert_cmpint (td2->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].printed, ==, '9');
}

static void
test_long_number_with_more (void)
{
  g_autoptr (KouanMrz) mrz
    = parse ("I<UTOD23145890<7349<ABC<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<0",
             "STEVENSON<<PETER<JOHN<<<<<<<<<", NULL);

  g_assert_cmpstr (mrz->document_number, ==, "D23145890734");
  g_assert_cmpint (mrz->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].computed, ==, '9');
  g_assert_true (mrz->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].fits);
  g_assert_cmpstr (mrz->optional, ==, "ABC");
}

static void
test_centuries (void)
{
  static const struct
  {
    const char *birth;
    const char *born;
    const char *expiry;
    const char *expires;
  } dates[] = {
    { "261123", "2026-11-23", "261123", "2026-11-23" }, /* today */
    { "261124", "1926-11-24", "161124", "2016-11-24" }, /* no birth is tomorrow */
    { "<<<<<<", "XXXX-XX-XX", "760101", "2076-01-01" },
    { "27<<<<", "1927-XX-XX", "960101", "1996-01-01" },
    { "26<<<<", "2026-XX-XX", "950101", "2095-01-01" },
    { "7408<<", "1974-08-XX", "<<<<<<", "XXXX-XX-XX" },
    { "740000", "1974-XX-XX", "991231", "1999-12-31" },
    { "000229", "2000-02-29", "240229", "2024-02-29" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *line
        = g_strdup_printf ("L898902C36UTO%s%cF%s%c<<<<<<<<<<<<<<<0", dates[i].birth,
                           kouan_mrz_check_digit (dates[i].birth, 6), dates[i].expiry,
                           kouan_mrz_check_digit (dates[i].expiry, 6));
      g_autoptr (KouanMrz) mrz = parse (TD3_1, line, NULL, NULL);

      assert_date (&mrz->birth, dates[i].born);
      assert_date (&mrz->expiry, dates[i].expires);
    }
}

static void
test_unspecified (void)
{
  g_autoptr (KouanMrz) mrz = parse ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                    "L898902C36D<<7408122<1204159<<<<<<<<<<<<<<<8", NULL, NULL);
  GDate day;

  g_assert_cmpint (mrz->sex, ==, KOUAN_SEX_UNSPECIFIED);
  g_assert_cmpstr (mrz->nationality, ==, "D");
  g_assert_true (mrz->checks[KOUAN_MRZ_CHECK_OPTIONAL].fits);
  g_assert_cmpint (mrz->checks[KOUAN_MRZ_CHECK_OPTIONAL].printed, ==, '<');
  g_assert_true (mrz->checks[KOUAN_MRZ_CHECK_COMPOSITE].fits);
  g_assert_false (kouan_mrz_date_to_gdate (&(KouanMrzDate){ 1974, 0, 0 }, &day));
}

static void
test_names (void)
{
  g_autoptr (KouanMrz) single
    = parse_well ("P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3_2, NULL);
  g_autoptr (KouanMrz) cut
    = parse_well ("P<UTONILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU", TD3_2, NULL);
  g_autoptr (KouanMrz) several
    = parse_well ("P<UTOVAN<DER<MUELLEN<<JO<<ANN<<<<<<<<<<<<<<<", TD3_2, NULL);

  g_assert_cmpstr (single->primary, ==, "ARKFREITH");
  g_assert_cmpstr (single->secondary, ==, "");
  g_assert_true (cut->name_may_be_cut);
  g_assert_cmpstr (cut->secondary, ==, "ARNPOL PETCH CHARONGU");
  g_assert_cmpstr (several->primary, ==, "VAN DER MUELLEN");
  g_assert_cmpstr (several->secondary, ==, "JO ANN");
}

/* Typed with blanks and small letters, and the quotation mark that looks like two fillers. */
static void
test_normalised (void)
{
  g_autoptr (KouanMrz) mrz = parse_well (" p<utoeriksson<<anna<maria <<<<<<<<<<<<<<<<<«",
                                         "L898902C36UTO 7408122F 1204159ZE184226B<<<<<10\n", NULL);

  g_assert_cmpstr (mrz->lines[0], ==, TD3_1);
}

static void
test_wrong_digit (void)
{
  KouanMrzProblem number
    = sole_problem (TD3_1, "L898902C46UTO7408122F1204159ZE184226B<<<<<10", NULL);
  KouanMrzProblem birth
    = sole_problem (TD3_1, "L898902C36UTO7408132F1204159ZE184226B<<<<<10", NULL);
  KouanMrzProblem expiry
    = sole_problem (TD3_1, "L898902C36UTO7408122F1204169ZE184226B<<<<<10", NULL);
  KouanMrzProblem optional
    = sole_problem (TD3_1, "L898902C36UTO7408122F1204159ZE184226C<<<<<10", NULL);
  KouanMrzProblem composite
    = sole_problem (TD3_1, "L898902C36UTO7408122F1204159ZE184226B<<<<<11", NULL);
  g_autofree char *sentence = kouan_mrz_problem_sentence (&composite);
  g_autofree char *about_number = kouan_mrz_problem_sentence (&number);

  g_assert_cmpint (number.code, ==, KOUAN_MRZ_PROBLEM_CHECK_DIGIT);
  g_assert_cmpint (number.field, ==, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  g_assert_cmpuint (number.line, ==, 1);
  g_assert_cmpuint (number.start, ==, 0);
  g_assert_cmpuint (number.length, ==, 10);
  g_assert_cmpstr (
    about_number, ==,
    "Document number (line 2, characters 1 to 10): this does not fit its check digit. "
    "Compare each character with your document.");
  g_assert_cmpint (birth.field, ==, KOUAN_MRZ_FIELD_BIRTH);
  g_assert_cmpuint (birth.expected, ==, kouan_mrz_check_digit ("740813", 6));
  g_assert_cmpint (expiry.field, ==, KOUAN_MRZ_FIELD_EXPIRY);
  g_assert_cmpint (optional.field, ==, KOUAN_MRZ_FIELD_OPTIONAL);
  g_assert_cmpint (composite.field, ==, KOUAN_MRZ_FIELD_COMPOSITE_CHECK);
  g_assert_cmpuint (composite.start, ==, 43);
  g_assert_cmpstr (sentence, ==,
                   "The last character of line 2 does not fit. Check the line once more.");
}

static void
test_each_problem (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    KouanMrzProblemCode code;
    KouanMrzField field;
    guint line;
    guint start;
    gboolean read;
    gboolean may_pass;
  } cases[] = {
    { "P<UTOERIKSSON<<ANNA<MARIA", TD3_2, KOUAN_MRZ_PROBLEM_LINE_LENGTH, KOUAN_MRZ_FIELD_NONE, 0,
      25, FALSE, FALSE },
    { TD3_1 "<", TD3_2, KOUAN_MRZ_PROBLEM_LINE_LENGTH, KOUAN_MRZ_FIELD_NONE, 0, 44, FALSE, FALSE },
    { "P<UTOERIKSS.N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_CHARACTER,
      KOUAN_MRZ_FIELD_NAME, 0, 11, FALSE, FALSE },
    { "P<UTOÉRIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_CHARACTER,
      KOUAN_MRZ_FIELD_NAME, 0, 5, FALSE, FALSE },
    { "P<UTOER1KSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_LETTER,
      KOUAN_MRZ_FIELD_NAME, 0, 7, TRUE, FALSE },
    { TD3_1, "L898902C36UTO74O8122F1204159ZE184226B<<<<<10", KOUAN_MRZ_PROBLEM_DIGIT,
      KOUAN_MRZ_FIELD_BIRTH, 1, 15, TRUE, FALSE },
    { TD3_1, "L898902C3GUTO7408122F1204159ZE184226B<<<<<10", KOUAN_MRZ_PROBLEM_DIGIT,
      KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK, 1, 9, TRUE, FALSE },
    { TD3_1, "L898902C36UTO7408122F1204159ZE184226B<<<<<1<", KOUAN_MRZ_PROBLEM_DIGIT,
      KOUAN_MRZ_FIELD_COMPOSITE_CHECK, 1, 43, TRUE, FALSE },
    { "X<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_DOCUMENT_CODE,
      KOUAN_MRZ_FIELD_DOCUMENT_CODE, 0, 0, TRUE, TRUE },
    { "P<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_LETTER,
      KOUAN_MRZ_FIELD_ISSUER, 0, 4, TRUE, FALSE },
    { "P<QQQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_COUNTRY,
      KOUAN_MRZ_FIELD_ISSUER, 0, 2, TRUE, TRUE },
    { TD3_1, "L898902C36U<O7408122F1204159ZE184226B<<<<<10", KOUAN_MRZ_PROBLEM_COUNTRY,
      KOUAN_MRZ_FIELD_NATIONALITY, 1, 10, TRUE, TRUE },
    { "P<UTO<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_NAME,
      KOUAN_MRZ_FIELD_NAME, 0, 5, TRUE, TRUE },
    { "P<UTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3_2, KOUAN_MRZ_PROBLEM_EMPTY,
      KOUAN_MRZ_FIELD_NAME, 0, 5, TRUE, FALSE },
    { TD3_1, "L898902C36UTO7413125F1204159ZE184226B<<<<<19", KOUAN_MRZ_PROBLEM_DATE,
      KOUAN_MRZ_FIELD_BIRTH, 1, 13, TRUE, FALSE },
    { TD3_1, "L898902C36UTO7408122X1204159ZE184226B<<<<<10", KOUAN_MRZ_PROBLEM_SEX,
      KOUAN_MRZ_FIELD_SEX, 1, 20, TRUE, FALSE },
    { TD3_1, "<<<<<<<<<0UTO7408122F1204159ZE184226B<<<<<12", KOUAN_MRZ_PROBLEM_EMPTY,
      KOUAN_MRZ_FIELD_DOCUMENT_NUMBER, 1, 0, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KouanMrzProblem problem = sole_problem (cases[i].first, cases[i].second, NULL);
      g_autoptr (KouanMrz) mrz = parse (cases[i].first, cases[i].second, NULL, NULL);
      g_autofree char *sentence = kouan_mrz_problem_sentence (&problem);

      g_test_message ("%u: %s", i, sentence);
      g_assert_cmpint (problem.code, ==, cases[i].code);
      g_assert_cmpint (problem.field, ==, cases[i].field);
      g_assert_cmpuint (problem.line, ==, cases[i].line);
      g_assert_cmpuint (problem.start, ==, cases[i].start);
      g_assert_cmpint (mrz != NULL, ==, cases[i].read);
      g_assert_cmpint (kouan_mrz_problem_may_pass (&problem), ==, cases[i].may_pass);
      g_assert_true (g_str_has_suffix (sentence, "."));
    }
}

static void
test_line_count (void)
{
  KouanMrzProblem one = sole_problem (TD3_1, NULL, NULL);
  KouanMrzProblem none = sole_problem (NULL, NULL, NULL);
  const char *const four[] = { TD3_1, TD3_2, TD3_1, TD3_2, NULL };

  g_assert_cmpint (one.code, ==, KOUAN_MRZ_PROBLEM_LINE_COUNT);
  g_assert_cmpint (none.code, ==, KOUAN_MRZ_PROBLEM_LINE_COUNT);
  g_assert_null (kouan_mrz_parse (four, today (), NULL));
}

/* Whatever the lines are, a problem points into a line of its format or right behind what is there.
 */
static void
test_random_lines (void)
{
  static const char alphabet[] = "ABCPVI0123456789<<<<. é";
  g_autoptr (GRand) random = g_rand_new_with_seed (9303);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GArray) problems = NULL;
      g_autoptr (KouanMrz) mrz = NULL;
      char lines[3][50];
      guint length = (guint[]){ 30, 36, 44, 43 }[g_rand_int_range (random, 0, 4)];

      for (guint line = 0; line < 3; line++)
        {
          for (guint j = 0; j < length; j++)
            lines[line][j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
          lines[line][length] = '\0';
        }
      mrz = parse (lines[0], lines[1], length == 30 ? lines[2] : NULL, &problems);
      for (guint j = 0; j < problems->len; j++)
        {
          KouanMrzProblem *problem = &g_array_index (problems, KouanMrzProblem, j);
          g_autofree char *sentence = kouan_mrz_problem_sentence (problem);

          g_assert_cmpuint (problem->line, <, 3);
          g_assert_cmpuint (problem->start + problem->length, <=, 50);
          g_assert_nonnull (sentence);
        }
    }
}

static void
test_countries (void)
{
  guint count;
  const KouanCountry *countries = kouan_country_all (&count);
  static const char *const section_5[]
    = { "GBD", "GBN", "GBO", "GBP", "GBS", "D",   "RKS", "EUE", "UNO", "UNA", "UNK",
        "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC",
        "XXA", "XXB", "XXC", "XXX", "ANT", "NTZ", "UTO", "IAO", "CHN", "GBR" };

  g_assert_cmpuint (count, ==, 249 + 30);
  for (guint i = 0; i < count; i++)
    {
      g_assert_true (g_utf8_validate (countries[i].name, -1, NULL));
      g_assert_cmpuint (strlen (countries[i].name), >, 2);
      g_assert_cmpuint (strspn (countries[i].code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), ==,
                        strlen (countries[i].code));
      if (i > 0)
        g_assert_cmpstr (countries[i - 1].code, <, countries[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (section_5); i++)
    g_assert_nonnull (kouan_country_find (section_5[i]));
  g_assert_cmpint (kouan_country_find ("UTO")->kind, ==, KOUAN_COUNTRY_SPECIMEN);
  g_assert_cmpstr (kouan_country_find ("D")->name, ==, "Germany");
  g_assert_null (kouan_country_find ("QQQ"));
  g_assert_null (kouan_country_find (""));
  g_assert_null (kouan_country_find (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/td3", test_td3);
  g_test_add_func ("/mrz/td1", test_td1);
  g_test_add_func ("/mrz/td2", test_td2);
  g_test_add_func ("/mrz/visas", test_visas);
  g_test_add_func ("/mrz/check-digits", test_check_digits);
  g_test_add_func ("/mrz/long-number", test_long_number);
  g_test_add_func ("/mrz/long-number-with-more", test_long_number_with_more);
  g_test_add_func ("/mrz/centuries", test_centuries);
  g_test_add_func ("/mrz/unspecified", test_unspecified);
  g_test_add_func ("/mrz/names", test_names);
  g_test_add_func ("/mrz/normalised", test_normalised);
  g_test_add_func ("/mrz/wrong-digit", test_wrong_digit);
  g_test_add_func ("/mrz/each-problem", test_each_problem);
  g_test_add_func ("/mrz/line-count", test_line_count);
  g_test_add_func ("/mrz/random-lines", test_random_lines);
  g_test_add_func ("/mrz/countries", test_countries);
  return g_test_run ();
}
