/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/receipt-number.h"

#include <string.h>

static const struct
{
  guint kiosk_id;
  gint64 sequence;
} samples[] = {
  { 7, 123 },        { 1, 1 },       { 65535, 999999 },
  { 12345, 678901 }, { 9, 1000000 }, { 100, 7654321 },
  { 4711, 200002 },  { 42, 98 },     { 65535, KOUAN_RECEIPT_SEQUENCE_MAX },
};

static gboolean
is_number (const char *text)
{
  guint kiosk_id;
  gint64 sequence;

  return kouan_receipt_number_parse (text, &kiosk_id, &sequence);
}

static void
test_known (void)
{
  g_autofree char *number = kouan_receipt_number (7, 123);
  g_autofree char *longer = kouan_receipt_number (65535, 1234567);

  /* 98 - (700012300 mod 97), and the like: worked out with bc */
  g_assert_cmpstr (number, ==, "00007-000123-35");
  g_assert_cmpstr (longer, ==, "65535-1234567-48");
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *number = kouan_receipt_number (samples[i].kiosk_id, samples[i].sequence);
      guint kiosk_id;
      gint64 sequence;

      g_assert_true (kouan_receipt_number_parse (number, &kiosk_id, &sequence));
      g_assert_cmpuint (kiosk_id, ==, samples[i].kiosk_id);
      g_assert_cmpint (sequence, ==, samples[i].sequence);
    }
}

/* Every digit at every place: among the check digits too. */
static void
test_every_wrong_digit (void)
{
  for (gint64 sequence = 1; sequence < 3000; sequence += 7)
    {
      g_autofree char *number = kouan_receipt_number (7 + (guint)sequence * 21, sequence);

      for (char *c = number; *c != '\0'; c++)
        {
          char right = *c;

          for (char wrong = '0'; right != '-' && wrong <= '9'; wrong++)
            {
              *c = wrong;
              g_assert_cmpint (is_number (number), ==, wrong == right);
            }
          *c = right;
        }
    }
}

/* Every pair of neighbouring digits, hyphens apart. */
static void
test_every_swapped_pair (void)
{
  for (gint64 sequence = 1; sequence < 30000; sequence += 7)
    {
      g_autofree char *number = kouan_receipt_number (7 + (guint)sequence * 2, sequence);
      g_auto (GStrv) parts = g_strsplit (number, "-", -1);
      g_autofree char *digits = g_strjoinv ("", parts);

      for (char *c = digits; c[1] != '\0'; c++)
        {
          char first = c[0], second = c[1];

          if (first == second)
            continue;
          c[0] = second;
          c[1] = first;
          g_assert_false (is_number (digits));
          c[0] = first;
          c[1] = second;
        }
    }
}

static void
test_separators_do_not_matter (void)
{
  g_assert_true (is_number ("0000700012335"));
  g_assert_true (is_number ("00007 000123 35"));
  g_assert_true (is_number ("0000-7000123-35"));
  g_assert_true (is_number (" 00007-000123-35 "));
}

static void
test_what_is_none (void)
{
  g_autofree char *endless = g_strnfill (100000, '0');
  const char *const none[] = {
    "",
    "-",
    "00007-000123-3",
    "00007-000123-K",
    "00007-000123-350",
    "0007-000123-35",
    "00007-000123-35\n",
    "00007-000123-３５",
    "00000-000123-20",  /* kiosk 0 */
    "00007-000000-16",  /* record 0 */
    "65536-000001-04",  /* no such kiosk */
    "00007-0000123-73", /* the same number written longer */
    "00007-1000000000000-21",
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (is_number (none[i]));
  g_assert_false (is_number (endless));
}

/* 00, 01 and 99 leave the remainders of 97, 98 and 02: a number has one way to be written. */
static void
test_check_digits_are_unique (void)
{
  for (gint64 sequence = 1; sequence < 2000; sequence++)
    {
      g_autofree char *number = kouan_receipt_number (7, sequence);
      guint accepted = 0;

      for (guint check = 0; check < 100; check++)
        {
          g_autofree char *text = g_strdup_printf ("00007-%06d-%02u", (int)sequence, check);

          accepted += is_number (text) ? 1 : 0;
        }
      g_assert_cmpuint (accepted, ==, 1);
      g_assert_true (is_number (number));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/receipt-number/known", test_known);
  g_test_add_func ("/record/receipt-number/round-trip", test_round_trip);
  g_test_add_func ("/record/receipt-number/every-wrong-digit", test_every_wrong_digit);
  g_test_add_func ("/record/receipt-number/every-swapped-pair", test_every_swapped_pair);
  g_test_add_func ("/record/receipt-number/separators", test_separators_do_not_matter);
  g_test_add_func ("/record/receipt-number/what-is-none", test_what_is_none);
  g_test_add_func ("/record/receipt-number/check-digits-are-unique", test_check_digits_are_unique);
  return g_test_run ();
}
