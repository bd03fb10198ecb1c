/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/cn-permit.h"

#include <string.h>

/* Permits of nobody, made by the rules that cn-permit.c states. */

static const GDate *
today (void)
{
  static GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 23, 11, 2026);
  return &date;
}

static char
digit_of (const char *text)
{
  return kouan_mrz_check_digit (text, strlen (text));
}

static char *
make_one_line (const char *code)
{
  g_autofree char *number = g_strdup_printf ("C12345678%c", digit_of ("C12345678"));
  g_autofree char *expiry = g_strdup_printf ("350401%c", digit_of ("350401"));
  g_autofree char *birth = g_strdup_printf ("900215%c", digit_of ("900215"));
  g_autofree char *whole = g_strconcat (number, expiry, birth, NULL);

  return g_strdup_printf ("%s%s<%s<%s<%c", code, number, expiry, birth, digit_of (whole));
}

static void
test_one_line (void)
{
  g_autofree char *macao = make_one_line ("CS");
  g_autofree char *taiwan = make_one_line ("CD");
  g_autofree char *visa = make_one_line ("VS");
  const char *lines[] = { macao, NULL };
  KouanCnPermit permit;

  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_cmpint (permit.kind, ==, KOUAN_CN_PERMIT_EXIT_HK_MO);
  g_assert_cmpstr (permit.number, ==, "C12345678");
  g_assert_cmpuint (permit.birth.year, ==, 1990);
  g_assert_cmpuint (permit.expiry.year, ==, 2035);
  g_assert_cmpuint (permit.expiry.day, ==, 1);
  g_assert_true (permit.checks_fit);

  macao[5] = '7';
  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_false (permit.checks_fit);

  lines[0] = taiwan;
  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_cmpint (permit.kind, ==, KOUAN_CN_PERMIT_EXIT_TW);
  taiwan[29] = taiwan[29] == '9' ? '0' : taiwan[29] + 1;
  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_false (permit.checks_fit);

  lines[0] = visa;
  g_assert_false (kouan_cn_permit_parse (lines, today (), &permit));
}

static void
test_three_lines (void)
{
  g_autofree char *head = g_strdup_printf ("H12345678%c01%c350401%c", digit_of ("H12345678"),
                                           digit_of ("01"), digit_of ("350401"));
  g_autofree char *birth = g_strdup_printf ("900215%c", digit_of ("900215"));
  g_autofree char *region = g_strdup_printf ("A1234563<%c", digit_of ("A1234563<"));
  g_autofree char *whole = g_strconcat (head, birth, region, NULL);
  g_autofree char *upper = g_strdup_printf ("CR%sF%s", head, birth);
  g_autofree char *middle = g_strdup_printf ("123456789012345678B%s%c", region, digit_of (whole));
  const char *const lines[] = { upper, middle, "CHAN<<SIU<MING<<<<<<<<<<<<<<<<", NULL };
  KouanCnPermit permit;

  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_cmpint (permit.kind, ==, KOUAN_CN_PERMIT_RETURN);
  g_assert_cmpstr (permit.number, ==, "H12345678");
  g_assert_cmpstr (permit.region_id, ==, "A1234563");
  g_assert_cmpstr (permit.name, ==, "CHAN SIU MING");
  g_assert_cmpint (permit.sex, ==, KOUAN_SEX_FEMALE);
  g_assert_cmpuint (permit.birth.month, ==, 2);
  g_assert_true (permit.checks_fit);
  middle[20] = '2';
  g_assert_true (kouan_cn_permit_parse (lines, today (), &permit));
  g_assert_false (permit.checks_fit);
}

static void
test_not_a_permit (void)
{
  static const char *const cases[][5] = {
    { NULL },
    { "CS", NULL },
    { "CSC123456785350401<<900215<<<<", NULL }, /* fillers in the wrong place */
    { "CSC123456785<359901<<900215<<0", NULL }, /* no such day */
    { "CSC12345678?<350401<<900215<<0", NULL },
    { "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
      "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", NULL },
  };
  KouanCnPermit permit;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_false (kouan_cn_permit_parse (cases[i], today (), &permit));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cn-permit/one-line", test_one_line);
  g_test_add_func ("/cn-permit/three-lines", test_three_lines);
  g_test_add_func ("/cn-permit/not-a-permit", test_not_a_permit);
  return g_test_run ();
}
