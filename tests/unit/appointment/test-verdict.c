/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/verdict.h"

#include <string.h>

#define COUNT (KOUAN_VERDICT_MOVED + 1)

static void
test_words (void)
{
  /* LOOK, the words. */
  const char *unwanted[] = { "invalid", "error", "submit", "please" };

  for (int i = 0; i < COUNT; i++)
    {
      const KouanVerdictWords *words = kouan_verdict_words (i);
      g_autofree char *both = g_strconcat (words->title, " ", words->remedy, NULL);
      g_autofree char *lower = g_ascii_strdown (both, -1);

      g_assert_cmpuint (strlen (words->title), >, 0);
      g_assert_cmpuint (strlen (words->remedy), >, 0);
      for (guint j = 0; j < G_N_ELEMENTS (unwanted); j++)
        g_assert_null (strstr (lower, unwanted[j]));
      for (int other = 0; other < i; other++)
        {
          g_assert_cmpstr (words->title, !=, kouan_verdict_words (other)->title);
          g_assert_cmpstr (words->remedy, !=, kouan_verdict_words (other)->remedy);
          g_assert_cmpstr (words->name, !=, kouan_verdict_words (other)->name);
        }
    }
}

/* Every place that a sentence has is one that is filled. */
static void
test_places (void)
{
  for (int i = 0; i < COUNT; i++)
    {
      const KouanVerdictWords *words = kouan_verdict_words (i);
      g_autofree char *title = kouan_verdict_fill (words->title, "H", "T");
      g_autofree char *remedy = kouan_verdict_fill (words->remedy, "H", "T");

      g_assert_null (strpbrk (title, "{}"));
      g_assert_null (strpbrk (remedy, "{}"));
    }
}

static void
assert_filled (const char *text, const char *hall, const char *time, const char *expected)
{
  g_autofree char *filled = kouan_verdict_fill (text, hall, time);

  g_assert_cmpstr (filled, ==, expected);
}

static void
test_fill (void)
{
  assert_filled ("", "H", "T", "");
  assert_filled ("no place", "H", "T", "no place");
  assert_filled ("{time}{hall}", "H", "T", "TH");
  assert_filled ("请于{time}前往{hall}。", "二号厅", "9:00", "请于9:00前往二号厅。");
  assert_filled ("{hall} {hall}", "{time}", "T",
                 "{time} {time}"); /* what is filled in is not read again */
  assert_filled ("{other} {", "H", "T", "{other} {");
  assert_filled ("on {time}", NULL, NULL, "on {time}");
  assert_filled ("100 % {time}", "H", "%s", "100 % %s");
}

static void
test_of_error (void)
{
  g_autoptr (GError) not_ours
    = g_error_new (KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_NOT_OURS, "x");
  g_autoptr (GError) damaged
    = g_error_new (KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_DAMAGED, "x");

  g_assert_cmpint (kouan_verdict_of_error (not_ours), ==, KOUAN_VERDICT_NOT_OURS);
  g_assert_cmpint (kouan_verdict_of_error (damaged), ==, KOUAN_VERDICT_DAMAGED);
  g_assert_cmpstr (kouan_verdict_words (KOUAN_VERDICT_TOO_EARLY)->name, ==, "too-early");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/words", test_words);
  g_test_add_func ("/verdict/places", test_places);
  g_test_add_func ("/verdict/fill", test_fill);
  g_test_add_func ("/verdict/of-error", test_of_error);
  return g_test_run ();
}
