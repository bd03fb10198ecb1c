/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-language"

#include "app/language/language.h"

#include <string.h>

/* Numbers and names as a person reads them: groups of digits as the Unicode CLDR has them, the
 * digits of the script, and which name comes first. */

#define ARABIC_ZERO 0x0660
#define NO_BREAK_SPACE "\u00a0"
#define NARROW_SPACE "\u202f"

typedef struct
{
  const char *code;
  const char *separator;
  guint ungrouped_max; /* a number of at most so many digits stands in one piece */
  gboolean indian;     /* three digits, then two and two: 12,34,567 */
  gboolean family_first;
} Form;

static const Form FORMS[] = {
  { "en", ",", 3, FALSE, FALSE },          { "zh-Hans", ",", 3, FALSE, TRUE },
  { "zh-Hant", ",", 3, FALSE, TRUE },      { "ru", NO_BREAK_SPACE, 3, FALSE, FALSE },
  { "ko", ",", 3, FALSE, TRUE },           { "ja", ",", 3, FALSE, TRUE },
  { "fr", NARROW_SPACE, 3, FALSE, FALSE }, { "es", ".", 4, FALSE, FALSE },
  { "pt", ".", 3, FALSE, FALSE },          { "ar", "٬", 3, FALSE, FALSE },
  { "hi", ",", 3, TRUE, FALSE },           { "vi", ".", 3, FALSE, TRUE },
};

static const Form *
find_form (const KouanLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (g_str_equal (FORMS[i].code, language->code))
      return &FORMS[i];
  g_assert_not_reached ();
}

/**
 * kouan_language_digits:
 * @text: with Western digits
 *
 * Not for what has to be compared with a document or read out to somebody: a number of a passport,
 * of a receipt, of a telephone.
 *
 * Returns: (transfer full): @text with the digits of @language. Arabic text has its own, U+0660 to
 * U+0669; the other languages use the Western ones.
 */
char *
kouan_language_digits (const KouanLanguage *language, const char *text)
{
  GString *out;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!g_str_equal (language->code, "ar"))
    return g_strdup (text);

  out = g_string_new (NULL);
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        g_string_append_unichar (out, ARABIC_ZERO + (gunichar)g_ascii_digit_value (*text));
      else
        g_string_append_c (out, *text);
    }
  return g_string_free (out, FALSE);
}

/* Whether a separator stands before the last @left digits. */
static gboolean
is_boundary (const Form *form, guint left)
{
  if (form->indian && left > 3)
    return (left - 3) % 2 == 0;
  return left > 0 && left % 3 == 0;
}

/* Returns: (transfer full): "12,345", "12 345", "١٢٬٣٤٥" */
char *
kouan_language_number (const KouanLanguage *language, guint64 number)
{
  const Form *form;
  g_autofree char *plain = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  g_autoptr (GString) grouped = g_string_new (NULL);
  guint length = (guint)strlen (plain);

  g_return_val_if_fail (language != NULL, NULL);

  form = find_form (language);
  for (guint i = 0; i < length; i++)
    {
      if (i > 0 && length > form->ungrouped_max && is_boundary (form, length - i))
        g_string_append (grouped, form->separator);
      g_string_append_c (grouped, plain[i]);
    }
  return kouan_language_digits (language, grouped->str);
}

/* Returns: (transfer full): both names in the order of @language; either may be empty */
char *
kouan_language_name (const KouanLanguage *language, const char *family, const char *given)
{
  gboolean family_first;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (family != NULL && given != NULL, NULL);

  family_first = find_form (language)->family_first;
  return g_strstrip (
    g_strconcat (family_first ? family : given, " ", family_first ? given : family, NULL));
}
