/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/vietnamese.h"

#include <string.h>

/* The five tones are keys of their own, pressed anywhere after the vowel, as people write: Nguyên
 * and then the tone is Nguyễn. Where it goes: to a vowel that has a mark already, the last of them;
 * else to the second of two where consonants or another vowel follow, else to the first. "qu" and
 * "gi" before a vowel are consonants. Pressed again, or another: it replaces the one that is there.
 */

static const char TONES[]
  = "\xCC\x80\xCC\x81\xCC\x89\xCC\x83\xCC\xA3"; /* grave acute hook tilde dot */
static const char VOWELS[] = "aăâeêioôơuưy";
static const char MARKED[] = "ăâêôơư";

#define WORD_MAX 12

typedef struct
{
  gunichar base; /* without the tone, as it was written */
  gunichar tone; /* 0: none */
  gboolean vowel;
} Letter;

/* ễ is ê and a tilde; ê stays whole. */
static Letter
take_apart (gunichar character)
{
  Letter letter = { character, 0, FALSE };
  gunichar parts[4];
  gsize count = g_unichar_fully_decompose (character, FALSE, parts, G_N_ELEMENTS (parts));
  gunichar composed;

  letter.base = parts[0];
  for (gsize i = 1; i < count && i < G_N_ELEMENTS (parts); i++)
    if (g_utf8_strchr (TONES, -1, parts[i]) != NULL)
      letter.tone = parts[i];
    else if (g_unichar_compose (letter.base, parts[i], &composed))
      letter.base = composed;
  letter.vowel = g_utf8_strchr (VOWELS, -1, g_unichar_tolower (letter.base)) != NULL;
  return letter;
}

/* Returns: how many letters the word before the caret has, at most %WORD_MAX */
static guint
read_word (const char *before, Letter *letters)
{
  const char *at = before + strlen (before);
  guint count = 0;

  while (at > before && count < WORD_MAX)
    {
      gunichar character = g_utf8_get_char (g_utf8_prev_char (at));

      if (!g_unichar_isalpha (character))
        break;
      letters[count++] = take_apart (character);
      at = g_utf8_prev_char (at);
    }
  for (guint i = 0; i < count / 2; i++)
    {
      Letter swapped = letters[i];

      letters[i] = letters[count - 1 - i];
      letters[count - 1 - i] = swapped;
    }
  return count;
}

static gboolean
is_letter (const Letter *letter, gunichar wanted)
{
  return g_unichar_tolower (letter->base) == wanted;
}

/* "qu" and "gi" with a vowel behind them. */
static gboolean
is_glide (const Letter *letters, guint at, guint end)
{
  if (at == 0 || at + 1 >= end)
    return FALSE;
  return (is_letter (&letters[at], 'u') && is_letter (&letters[at - 1], 'q'))
         || (is_letter (&letters[at], 'i') && is_letter (&letters[at - 1], 'g'));
}

/* Returns: the letter that takes the tone, or -1 */
static int
find_place (const Letter *letters, guint count)
{
  guint end = count, start;
  int place = -1;

  while (end > 0 && !letters[end - 1].vowel)
    end--;
  start = end;
  while (start > 0 && letters[start - 1].vowel)
    start--;
  if (start < end && is_glide (letters, start, end))
    start++;
  if (start == end)
    return -1;
  for (guint i = start; i < end; i++)
    if (g_utf8_strchr (MARKED, -1, g_unichar_tolower (letters[i].base)) != NULL)
      place = (int)i;
  if (place >= 0)
    return place;
  if (end - start == 1)
    return (int)start;
  return (int)(end - start == 3 || end < count ? start + 1 : start);
}

static void
append (GString *text, const Letter *letter)
{
  gunichar composed;

  if (letter->tone == 0)
    g_string_append_unichar (text, letter->base);
  else if (g_unichar_compose (letter->base, letter->tone, &composed))
    g_string_append_unichar (text, composed);
  else
    {
      g_string_append_unichar (text, letter->base);
      g_string_append_unichar (text, letter->tone);
    }
}

gboolean
kouan_vietnamese_key (const char *before, const char *key, KouanComposed *composed)
{
  gunichar tone = g_utf8_get_char (key);
  Letter letters[WORD_MAX];
  guint count;
  int place;
  gboolean again;
  g_autoptr (GString) text = NULL;

  if (g_utf8_strchr (TONES, -1, tone) == NULL)
    return FALSE;
  *composed = (KouanComposed){ 0, g_strdup ("") }; /* a tone on nothing is nothing */
  count = read_word (before, letters);
  place = find_place (letters, count);
  if (place < 0)
    return TRUE;
  again = letters[place].tone == tone;
  for (guint i = 0; i < count; i++)
    letters[i].tone = 0;
  letters[place].tone = again ? 0 : tone;
  text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    append (text, &letters[i]);
  g_free (composed->insert);
  *composed = (KouanComposed){ count, g_string_free (g_steal_pointer (&text), FALSE) };
  return TRUE;
}
