/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/mrz-typing.h"

#include "app/identity/mrz-zone.h"

#include <string.h>

/* For a screen on which a person types the lines: what may come next, what a line is filled with,
 * and what is wrong so far. */

/**
 * kouan_mrz_normalise:
 * @text: (nullable): a line as it was typed or pasted
 *
 * Returns: (transfer full): valid UTF-8, in capitals, without blanks; "«" and full-width letters
 * are what they look like. Nothing is guessed: an O stays an O.
 */
char *
kouan_mrz_normalise (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *narrow = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *normal = g_string_new (NULL);

  for (const char *p = narrow; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == 0x00AB)
        g_string_append (normal, "<<");
      else if (character == 0x2039)
        g_string_append_c (normal, '<');
      else if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
        g_string_append_unichar (normal, character < 0x80 ? (gunichar)g_ascii_toupper (character)
                                                          : character);
    }
  return g_string_free (normal, FALSE);
}

/**
 * kouan_mrz_fill:
 * @text: what of the line there is
 *
 * Returns: (transfer full): the line with "<" up to its end, or up to where it goes on on every
 * document: the check digits of line 2 are never filled over
 */
char *
kouan_mrz_fill (KouanMrzFormat format, guint line, const char *text)
{
  GString *filled = g_string_new (text);
  guint length = kouan_mrz_line_length (format);

  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = g_utf8_strlen (text, -1); i < length; i++)
    {
      if (!(kouan_mrz_alphabet_at (format, line, i) & KOUAN_MRZ_FILLER))
        break;
      g_string_append_c (filled, '<');
    }
  return g_string_free (filled, FALSE);
}

static gboolean
may_become (KouanMrzFormat format, const char *const *lines)
{
  guint i;

  for (i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *text = kouan_mrz_normalise (lines[i]);
      gboolean last = lines[i + 1] == NULL || *lines[i + 1] == '\0';
      gsize size = strlen (text);

      if (size == 0)
        continue;
      if (i >= kouan_mrz_line_count (format) || size > kouan_mrz_line_length (format))
        return FALSE;
      if (!last && size != kouan_mrz_line_length (format))
        return FALSE;
      if (i == 0 && (text[0] == 'V') != (format == KOUAN_MRZ_MRV_A || format == KOUAN_MRZ_MRV_B))
        return FALSE;
      if (i == 0 && (text[0] == 'P') != (format == KOUAN_MRZ_TD3))
        return FALSE;
    }
  return TRUE;
}

/**
 * kouan_mrz_guess:
 * @lines: (array zero-terminated=1): what is typed; a line counts as done when a further one has
 * text
 *
 * Returns: bit 1 << format for each format that this may still become; 0 if it can become none. A
 * passport begins with P, a visa with V; cards of two and of three lines show only where line 1
 * ends.
 */
guint
kouan_mrz_guess (const char *const *lines)
{
  guint formats = 0;

  g_return_val_if_fail (lines != NULL, 0);

  for (guint format = 0; format < KOUAN_MRZ_N_FORMATS; format++)
    if (may_become (format, lines))
      formats |= 1u << format;
  return formats;
}

/**
 * kouan_mrz_check_typed:
 * @lines: (array zero-terminated=1): what is typed of each line, "" where there is nothing yet
 *
 * Returns: (transfer full) (element-type KouanMrzProblem): what is wrong so far. A field is looked
 * at once its last character is there, a check digit as soon as it is typed; that a line is short
 * is no problem.
 */
GArray *
kouan_mrz_check_typed (KouanMrzFormat format, const char *const *lines)
{
  GArray *problems = g_array_new (FALSE, FALSE, sizeof (KouanMrzProblem));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) normal = NULL;
  KouanMrzZone zone;

  g_return_val_if_fail (lines != NULL, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = kouan_mrz_normalise (lines[i]);

      g_strv_builder_add (builder, line);
    }
  normal = g_strv_builder_end (builder);
  kouan_mrz_zone_init (&zone, format, (const char *const *)normal, problems);
  kouan_mrz_zone_examine (&zone, NULL, problems);
  explicit_bzero (&zone, sizeof zone);
  return problems;
}
