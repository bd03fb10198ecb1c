/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/paper-text.h"

#include <string.h>

/* Dates, names and passport numbers in the text of a paper. Nothing here decides: what is not
 * understood is not found, and what is found is only ever compared with what the person has shown.
 *
 * Dates are taken where they cannot be misread: 2026-05-03, 2026/5/3, 2026.5.3, 2026年5月3日, 3 May
 * 2026, May 3, 2026. 03/05/2026 is March to some and May to others, and is left alone. */

#define YEAR_MIN 1950
#define YEAR_MAX 2100
#define NUMBER_WITHIN 48 /* bytes behind the word "passport" */
#define NUMBER_MIN 6
#define NUMBER_MAX 12
#define DIGITS_MIN 5

static const char *const months[]
  = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

static void
add_date (GArray *dates, guint64 year, guint month, guint64 day)
{
  GDate date;

  if (year < YEAR_MIN || year > YEAR_MAX || day > 31
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  g_array_append_val (dates, date);
}

static guint
month_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_ascii_strncasecmp (name, months[i], 3) == 0)
      return i + 1;
  return 0;
}

typedef enum
{
  ORDER_YEAR_FIRST,  /* three numbers */
  ORDER_DAY_FIRST,   /* 3 May 2026 */
  ORDER_MONTH_FIRST, /* May 3, 2026 */
} Order;

static void
find_dates (const char *text, const char *pattern, Order order, GArray *dates)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *a = g_match_info_fetch (match, 1);
      g_autofree char *b = g_match_info_fetch (match, 2);
      g_autofree char *c = g_match_info_fetch (match, 3);

      if (order == ORDER_YEAR_FIRST)
        add_date (dates, g_ascii_strtoull (a, NULL, 10), (guint)g_ascii_strtoull (b, NULL, 10),
                  g_ascii_strtoull (c, NULL, 10));
      else
        add_date (dates, g_ascii_strtoull (c, NULL, 10),
                  month_of (order == ORDER_DAY_FIRST ? b : a),
                  g_ascii_strtoull (order == ORDER_DAY_FIRST ? a : b, NULL, 10));
      g_match_info_next (match, NULL);
    }
}

/* Returns: (transfer full) (element-type GDate): in no order */
GArray *
kouan_text_dates (const char *text)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (GDate));

  find_dates (text,
              "(?<![0-9])([12][0-9]{3}) ?[-/.年] ?([01]?[0-9]) ?[-/.月] ?([0-3]?[0-9])(?![0-9])",
              ORDER_YEAR_FIRST, dates);
  find_dates (text,
              "(?<![0-9])([0-3]?[0-9])\\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
              "\\.?,?\\s+([12][0-9]{3})(?![0-9])",
              ORDER_DAY_FIRST, dates);
  find_dates (text,
              "(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?\\s+"
              "([0-3]?[0-9]),?\\s+([12][0-9]{3})(?![0-9])",
              ORDER_MONTH_FIRST, dates);
  return dates;
}

/* Returns: (transfer full): capitals and figures without accents, each word between two spaces */
char *
kouan_text_plain (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *plain = g_string_new (" ");

  for (const char *at = ascii; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (plain, g_ascii_toupper (*at));
    else if (plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  if (plain->str[plain->len - 1] != ' ')
    g_string_append_c (plain, ' ');
  return g_string_free (plain, FALSE);
}

/* @plain: from kouan_text_plain (). @name: as a zone has it. Returns: whether all its words are
 * there, in any order */
gboolean
kouan_text_has_name (const char *plain, const char *name)
{
  g_autofree char *words = kouan_text_plain (name);
  g_auto (GStrv) each = g_strsplit (g_strstrip (words), " ", -1);

  for (char **word = each; *word != NULL; word++)
    {
      g_autofree char *bounded = g_strdup_printf (" %s ", *word);

      if (**word != '\0' && strstr (plain, bounded) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_number (const char *word)
{
  gsize length = strlen (word);
  guint digits = 0;

  for (const char *at = word; *at != '\0'; at++)
    digits += g_ascii_isdigit (*at);
  return length >= NUMBER_MIN && length <= NUMBER_MAX && digits >= DIGITS_MIN;
}

/* Returns: (transfer full) (nullable): the first word that could be a number behind @label */
static char *
number_behind (const char *label)
{
  g_autofree char *piece = g_utf8_make_valid (label, MIN (NUMBER_WITHIN, (gssize)strlen (label)));
  g_autofree char *plain = kouan_text_plain (piece);
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (is_number (*word))
      return g_strdup (*word);
  return NULL;
}

/* Returns: the number of the passport that the paper says it is about, where it says so */
char *
kouan_text_passport_number (const char *text)
{
  static const char *const labels[] = { "passport", "护照" };
  g_autofree char *folded = g_utf8_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    for (const char *at = strstr (folded, labels[i]); at != NULL; at = strstr (at + 1, labels[i]))
      {
        char *number = number_behind (at + strlen (labels[i]));

        if (number != NULL)
          return number;
      }
  return NULL;
}
