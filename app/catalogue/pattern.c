/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/pattern.h"

#include "app/catalogue/model.h"

#include "app/language/language.h"

#include <string.h>

/* What a typed text may be. A catalogue names one of these instead of writing an expression of its
 * own: each has a sentence that says what to do, and none can take for ever. */

static gboolean
is_name (const char *text)
{
  gboolean letter = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalpha (character) || g_unichar_ismark (character))
        letter = TRUE;
      else if (g_unichar_type (character) != G_UNICODE_DASH_PUNCTUATION
               && strchr (" '.,()", (int)character) == NULL && character != 0x2019
               && character != 0x00B7 && character != 0x3000)
        return FALSE;
    }
  return letter;
}

static gboolean
is_digits (const char *text)
{
  return text[strspn (text, "0123456789")] == '\0';
}

static gboolean
is_letters_digits (const char *text)
{
  return text[strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

/* ITU-T E.164 has at most 15 digits; the shortest numbers in use have five or so. */
static gboolean
is_phone (const char *text)
{
  guint digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits++;
    else if (!(*p == '+' && p == text) && strchr (" -()", *p) == NULL)
      return FALSE;
  return digits >= 5 && digits <= 15;
}

/* Something, one @, a name with a dot in it: what is typed wrong by accident. Whether mail arrives
 * no pattern can tell. */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL || dot == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (*p <= ' ' || *p >= 0x7f || strchr ("()<>,;:\\\"[]", *p) != NULL)
      return FALSE;
  return dot > at + 1 && strlen (dot + 1) >= 2 && strstr (at, "..") == NULL;
}

/* GB 32100-2015: seventeen characters, then one that makes the weighted sum a multiple of 31; the
 * weights are the powers of three. The letters I, O, S, V and Z are not used. */
static gboolean
is_credit_code (const char *text)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  guint sum = 0, weight = 1;

  if (strlen (text) != 18)
    return FALSE;
  for (guint i = 0; i < 18; i++)
    {
      const char *found = strchr (alphabet, text[i]);

      if (found == NULL)
        return FALSE;
      sum += (guint)(found - alphabet) * (i < 17 ? weight : 1);
      weight = weight * 3 % 31;
    }
  return sum % 31 == 0;
}

static gboolean
is_any (const char *text G_GNUC_UNUSED)
{
  return TRUE;
}

static const struct
{
  const char *id;
  gboolean (*fits) (const char *text);
  const char *remedy;
} patterns[] = {
  [KOUAN_PATTERN_ANY] = { "any", is_any, "" },
  [KOUAN_PATTERN_NAME]
  = { "name", is_name,
      N_ ("A name has letters, spaces, hyphens and apostrophes only. Take out the rest.") },
  [KOUAN_PATTERN_DIGITS] = { "digits", is_digits, N_ ("Type the digits 0 to 9 only.") },
  [KOUAN_PATTERN_LETTERS_DIGITS] = { "letters-digits", is_letters_digits,
                                     N_ ("Type the letters A to Z and the digits 0 to 9 only.") },
  [KOUAN_PATTERN_PHONE]
  = { "phone", is_phone,
      N_ ("A phone number has 5 to 15 digits and may begin with +. Check it once more.") },
  [KOUAN_PATTERN_EMAIL]
  = { "email", is_email,
      N_ ("An email address looks like name@example.com. Check what is before and after the @.") },
  [KOUAN_PATTERN_CREDIT_CODE] = { "gb32100", is_credit_code,
                                  N_ ("The code has 18 characters, and these do not fit together. "
                                      "Compare each one with the business licence.") },
};

/* @id: as a catalogue file has it. Returns: FALSE if there is no such pattern */
gboolean
kouan_pattern_parse (const char *id, KouanPattern *pattern)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (g_str_equal (patterns[i].id, id))
      {
        *pattern = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kouan_pattern_problem:
 * @text: valid UTF-8
 *
 * Returns: (transfer none) (nullable): what to do, in the language of the screen; %NULL if it fits
 */
const char *
kouan_pattern_problem (KouanPattern pattern, const char *text)
{
  g_return_val_if_fail (pattern < G_N_ELEMENTS (patterns) && text != NULL, NULL);

  return patterns[pattern].fits (text) ? NULL : _ (patterns[pattern].remedy);
}
