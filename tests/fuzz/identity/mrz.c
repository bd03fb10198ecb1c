/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-name.h"
#include "app/identity/mrz-typing.h"
#include "app/identity/result.h"

#include <string.h>

/* Lines as somebody types or pastes them: any bytes. The first line is for a maker of zones too,
 * whose work has to parse. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_sentences (GArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    g_free (kouan_mrz_problem_sentence (&g_array_index (problems, KouanMrzProblem, i)));
}

static void
try_make (const char *name, const GDate *today)
{
  const KouanMrzContent content = { .format = KOUAN_MRZ_TD1,
                                    .document_code = "I",
                                    .issuer = "UTO",
                                    .nationality = "UTO",
                                    .primary = name,
                                    .secondary = "ANNA",
                                    .document_number = "D23145890",
                                    .birth = { 1974, 8, 12 },
                                    .expiry = { 2030, 4, 15 } };
  g_auto (GStrv) lines = kouan_mrz_make (&content, NULL);
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = NULL;

  if (lines == NULL)
    return;
  mrz = kouan_mrz_parse ((const char *const *)lines, today, &problems);
  g_assert_nonnull (mrz);
  g_assert_true (kouan_mrz_checks_fit (mrz));
}

static void
try_names (char **lines)
{
  g_autofree char *primary = kouan_mrz_transliterate (lines[0], "uk");
  g_autofree char *secondary = kouan_mrz_transliterate (lines[1], NULL);
  g_autofree char *field = NULL;

  if (primary == NULL || *primary == '\0' || secondary == NULL)
    return;
  field = kouan_mrz_name_field (primary, secondary, 30);
  g_assert_cmpuint (strlen (field), ==, 30);
  kouan_mrz_name_matches (primary, secondary, field);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *)data : "", size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 4);
  g_auto (GStrv) valid_lines = g_strsplit (valid, "\n", 4);
  const char *const *input = (const char *const *)lines;
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  mrz = kouan_mrz_parse (input, &today, &problems);
  try_sentences (problems);
  if (mrz != NULL)
    kouan_checks_unref (kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, &today));
  kouan_mrz_guess (input);
  for (guint format = 0; format < KOUAN_MRZ_N_FORMATS; format++)
    {
      g_autoptr (GArray) typed = kouan_mrz_check_typed (format, input);

      try_sentences (typed);
    }
  if (valid_lines[0] != NULL)
    {
      try_names (valid_lines);
      try_make (valid_lines[0], &today);
    }
  return 0;
}
