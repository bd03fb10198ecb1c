/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz.h"
#include "app/language/language.h"

/* What is said about a zone: to a person in sentences, to a record and a script in words that stay.
 */

const char *
kouan_mrz_problem_id (KouanMrzProblemCode code)
{
  static const char *const ids[] = {
    [KOUAN_MRZ_PROBLEM_LINE_COUNT] = "line-count",
    [KOUAN_MRZ_PROBLEM_LINE_LENGTH] = "line-length",
    [KOUAN_MRZ_PROBLEM_CHARACTER] = "character",
    [KOUAN_MRZ_PROBLEM_LETTER] = "letter",
    [KOUAN_MRZ_PROBLEM_DIGIT] = "digit",
    [KOUAN_MRZ_PROBLEM_DOCUMENT_CODE] = "document-code",
    [KOUAN_MRZ_PROBLEM_COUNTRY] = "country",
    [KOUAN_MRZ_PROBLEM_NAME] = "name",
    [KOUAN_MRZ_PROBLEM_DATE] = "date",
    [KOUAN_MRZ_PROBLEM_SEX] = "sex",
    [KOUAN_MRZ_PROBLEM_EMPTY] = "empty",
    [KOUAN_MRZ_PROBLEM_CHECK_DIGIT] = "check-digit",
  };

  g_return_val_if_fail (code < G_N_ELEMENTS (ids), NULL);
  return ids[code];
}

const char *
kouan_mrz_field_id (KouanMrzField field)
{
  static const char *const ids[] = {
    [KOUAN_MRZ_FIELD_NONE] = "none",
    [KOUAN_MRZ_FIELD_DOCUMENT_CODE] = "document-code",
    [KOUAN_MRZ_FIELD_ISSUER] = "issuer",
    [KOUAN_MRZ_FIELD_NAME] = "name",
    [KOUAN_MRZ_FIELD_DOCUMENT_NUMBER] = "document-number",
    [KOUAN_MRZ_FIELD_DOCUMENT_NUMBER_CHECK] = "document-number-check",
    [KOUAN_MRZ_FIELD_NATIONALITY] = "nationality",
    [KOUAN_MRZ_FIELD_BIRTH] = "birth",
    [KOUAN_MRZ_FIELD_BIRTH_CHECK] = "birth-check",
    [KOUAN_MRZ_FIELD_SEX] = "sex",
    [KOUAN_MRZ_FIELD_EXPIRY] = "expiry",
    [KOUAN_MRZ_FIELD_EXPIRY_CHECK] = "expiry-check",
    [KOUAN_MRZ_FIELD_OPTIONAL] = "optional",
    [KOUAN_MRZ_FIELD_OPTIONAL_CHECK] = "optional-check",
    [KOUAN_MRZ_FIELD_OPTIONAL_2] = "optional-2",
    [KOUAN_MRZ_FIELD_COMPOSITE_CHECK] = "composite-check",
  };

  g_return_val_if_fail (field < G_N_ELEMENTS (ids), NULL);
  return ids[field];
}

const char *
kouan_mrz_format_id (KouanMrzFormat format)
{
  static const char *const ids[] = { "TD1", "TD2", "TD3", "MRV-A", "MRV-B" };

  g_return_val_if_fail (format < G_N_ELEMENTS (ids), NULL);
  return ids[format];
}

const char *
kouan_mrz_check_id (KouanMrzCheckDigit check)
{
  static const char *const ids[]
    = { "document-number", "birth", "expiry", "optional", "composite" };

  g_return_val_if_fail (check < G_N_ELEMENTS (ids), NULL);
  return ids[check];
}

/* Codes, document kinds and names that Doc 9303 does not have exist on documents all the same, and
 * a state may be younger than this program. */
gboolean
kouan_mrz_problem_may_pass (const KouanMrzProblem *problem)
{
  g_return_val_if_fail (problem != NULL, FALSE);

  return problem->code == KOUAN_MRZ_PROBLEM_DOCUMENT_CODE
         || problem->code == KOUAN_MRZ_PROBLEM_COUNTRY || problem->code == KOUAN_MRZ_PROBLEM_NAME;
}

static const char *
field_text (KouanMrzField field)
{
  switch (field)
    {
    case KOUAN_MRZ_FIELD_DOCUMENT_NUMBER:
      return _ ("Document number");
    case KOUAN_MRZ_FIELD_BIRTH:
      return _ ("Date of birth");
    case KOUAN_MRZ_FIELD_EXPIRY:
      return _ ("Date of expiry");
    case KOUAN_MRZ_FIELD_OPTIONAL:
      return _ ("Personal number");
    case KOUAN_MRZ_FIELD_NAME:
      return _ ("Name");
    default:
      return _ ("Code");
    }
}

static char *
check_digit_sentence (const KouanMrzProblem *problem)
{
  if (problem->field == KOUAN_MRZ_FIELD_COMPOSITE_CHECK)
    return g_strdup_printf (
      _ ("The last character of line %u does not fit. Check the line once more."),
      problem->line + 1);
  return g_strdup_printf (_ ("%s (line %u, characters %u to %u): this does not fit its check "
                             "digit. Compare each character "
                             "with your document."),
                          field_text (problem->field), problem->line + 1, problem->start + 1,
                          problem->start + problem->length);
}

static char *
length_sentence (const KouanMrzProblem *problem)
{
  if (problem->start >= problem->expected)
    return g_strdup_printf (
      _ ("Line %u should end after character %u. Take out what is there twice."), problem->line + 1,
      problem->expected);
  return g_strdup_printf (
    _ ("Line %u ends after character %u and should have %u. Fill it up with “<”, "
       "or look for what is missing."),
    problem->line + 1, problem->start, problem->expected);
}

/**
 * kouan_mrz_problem_sentence:
 *
 * Returns: (transfer full): for the person in front of the screen, in the language of the screen:
 * where it is, what it is, what to do
 */
char *
kouan_mrz_problem_sentence (const KouanMrzProblem *problem)
{
  guint line, cell;

  g_return_val_if_fail (problem != NULL, NULL);

  line = problem->line + 1;
  cell = problem->start + 1;
  switch (problem->code)
    {
    case KOUAN_MRZ_PROBLEM_LINE_COUNT:
      return g_strdup (
        _ ("We need the two or three lines at the bottom of your document. Type each of "
           "them in a line of its own."));
    case KOUAN_MRZ_PROBLEM_LINE_LENGTH:
      return length_sentence (problem);
    case KOUAN_MRZ_PROBLEM_CHARACTER:
      return g_strdup_printf (
        _ ("Character %u of line %u can only be A to Z, 0 to 9 or “<”. Look at it "
           "once more."),
        cell, line);
    case KOUAN_MRZ_PROBLEM_LETTER:
      return g_strdup_printf (
        _ ("Character %u of line %u is a letter on every document. Type O for 0, "
           "I for 1, or look once more."),
        cell, line);
    case KOUAN_MRZ_PROBLEM_DIGIT:
      return g_strdup_printf (
        _ ("Character %u of line %u is a number on every document. Type 0 for O, "
           "1 for I, or look once more."),
        cell, line);
    case KOUAN_MRZ_PROBLEM_DOCUMENT_CODE:
      return g_strdup (
        _ ("We do not know this kind of document. Check the first two characters of line 1."));
    case KOUAN_MRZ_PROBLEM_COUNTRY:
      return g_strdup_printf (
        _ ("We do not know the country code in line %u, characters %u to %u. Check "
           "the three letters."),
        line, cell, problem->start + problem->length);
    case KOUAN_MRZ_PROBLEM_NAME:
      return g_strdup_printf (_ ("The name in line %u begins with “<”. Check where it begins."),
                              line);
    case KOUAN_MRZ_PROBLEM_DATE:
      return g_strdup_printf (_ ("%s (line %u, characters %u to %u): this is no day of a calendar. "
                                 "It is written year, month, "
                                 "day, two digits each."),
                              field_text (problem->field), line, cell,
                              problem->start + problem->length);
    case KOUAN_MRZ_PROBLEM_SEX:
      return g_strdup_printf (_ ("Character %u of line %u is F, M or “<”. Look at it once more."),
                              cell, line);
    case KOUAN_MRZ_PROBLEM_EMPTY:
      return g_strdup_printf (
        _ ("%s (line %u): nothing is there. Type it as it stands on your document."),
        field_text (problem->field), line);
    case KOUAN_MRZ_PROBLEM_CHECK_DIGIT:
      return check_digit_sentence (problem);
    default:
      g_return_val_if_reached (NULL);
    }
}
