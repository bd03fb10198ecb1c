/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/hangul.h"

#include <string.h>

/* Syllables of Hangul out of letters, as the Unicode standard counts them (section 3.12): syllable
 * = 0xAC00 + (initial × 21 + vowel) × 28 + final. Letters are those of the compatibility block,
 * which is what keys have on them. A final that is followed by a vowel becomes the initial of the
 * next syllable, and of two finals the second. */

#define SYLLABLE_FIRST 0xAC00
#define SYLLABLES (19 * 21 * 28)
#define VOWELS 21
#define FINALS 28

static const char INITIAL[] = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
static const char VOWEL[] = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
static const char FINAL[] = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"; /* from 1 */

/* Two letters that are written as one. */
static const char *const PAIRS[][3] = {
  { "ㅗ", "ㅏ", "ㅘ" }, { "ㅗ", "ㅐ", "ㅙ" }, { "ㅗ", "ㅣ", "ㅚ" }, { "ㅜ", "ㅓ", "ㅝ" },
  { "ㅜ", "ㅔ", "ㅞ" }, { "ㅜ", "ㅣ", "ㅟ" }, { "ㅡ", "ㅣ", "ㅢ" }, { "ㄱ", "ㅅ", "ㄳ" },
  { "ㄴ", "ㅈ", "ㄵ" }, { "ㄴ", "ㅎ", "ㄶ" }, { "ㄹ", "ㄱ", "ㄺ" }, { "ㄹ", "ㅁ", "ㄻ" },
  { "ㄹ", "ㅂ", "ㄼ" }, { "ㄹ", "ㅅ", "ㄽ" }, { "ㄹ", "ㅌ", "ㄾ" }, { "ㄹ", "ㅍ", "ㄿ" },
  { "ㄹ", "ㅎ", "ㅀ" }, { "ㅂ", "ㅅ", "ㅄ" },
};

/* A syllable, or a part of one: letters, 0 where there is none. */
typedef struct
{
  gunichar initial;
  gunichar vowel;
  gunichar final;
} Syllable;

/* Returns: the place of the letter in the list, or -1 */
static int
place_of (const char *list, gunichar letter)
{
  const char *found = letter != 0 ? g_utf8_strchr (list, -1, letter) : NULL;

  return found != NULL ? (int)g_utf8_pointer_to_offset (list, found) : -1;
}

static gunichar
letter_at (const char *list, int place)
{
  return g_utf8_get_char (g_utf8_offset_to_pointer (list, place));
}

/* Returns: 0 where the two are not written as one */
static gunichar
pair (gunichar first, gunichar second)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    if (g_utf8_get_char (PAIRS[i][0]) == first && g_utf8_get_char (PAIRS[i][1]) == second)
      return g_utf8_get_char (PAIRS[i][2]);
  return 0;
}

/* Returns: FALSE where the letter is not two */
static gboolean
split (gunichar both, gunichar *first, gunichar *second)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    if (g_utf8_get_char (PAIRS[i][2]) == both)
      {
        *first = g_utf8_get_char (PAIRS[i][0]);
        *second = g_utf8_get_char (PAIRS[i][1]);
        return TRUE;
      }
  return FALSE;
}

static Syllable
take_apart (gunichar character)
{
  Syllable syllable = { 0 };
  guint index = character - SYLLABLE_FIRST;

  if (character >= SYLLABLE_FIRST && index < SYLLABLES)
    {
      syllable.initial = letter_at (INITIAL, (int)(index / (VOWELS * FINALS)));
      syllable.vowel = letter_at (VOWEL, (int)(index / FINALS % VOWELS));
      if (index % FINALS > 0)
        syllable.final = letter_at (FINAL, (int)(index % FINALS) - 1);
    }
  else if (place_of (INITIAL, character) >= 0)
    syllable.initial = character;
  else if (place_of (VOWEL, character) >= 0)
    syllable.vowel = character;
  return syllable;
}

static void
append (GString *text, const Syllable *syllable)
{
  int initial = place_of (INITIAL, syllable->initial);
  int vowel = place_of (VOWEL, syllable->vowel);
  int final = place_of (FINAL, syllable->final) + 1;

  if (initial >= 0 && vowel >= 0)
    g_string_append_unichar (
      text, (gunichar)(SYLLABLE_FIRST + (initial * VOWELS + vowel) * FINALS + final));
  else if (initial >= 0)
    g_string_append_unichar (text, syllable->initial);
  else if (vowel >= 0)
    g_string_append_unichar (text, syllable->vowel);
}

/* Returns: FALSE where the vowel begins something new. @next: the syllable that the final leaves
 * for */
static gboolean
add_vowel (Syllable *syllable, Syllable *next, gunichar vowel)
{
  gunichar first, second;

  if (syllable->final != 0)
    {
      gboolean two = split (syllable->final, &first, &second);

      *next = (Syllable){ two ? second : syllable->final, vowel, 0 };
      syllable->final = two ? first : 0;
      return TRUE;
    }
  if (syllable->vowel != 0)
    {
      syllable->vowel = pair (syllable->vowel, vowel);
      return syllable->vowel != 0;
    }
  syllable->vowel = vowel;
  return TRUE;
}

static gboolean
add_consonant (Syllable *syllable, gunichar consonant)
{
  if (syllable->initial == 0 || syllable->vowel == 0)
    return FALSE;
  syllable->final = syllable->final != 0 ? pair (syllable->final, consonant) : consonant;
  return place_of (FINAL, syllable->final) >= 0;
}

static gunichar
last_of (const char *before)
{
  gsize size = strlen (before);

  return size > 0 ? g_utf8_get_char (g_utf8_prev_char (before + size)) : 0;
}

gboolean
kouan_hangul_key (const char *before, const char *key, KouanComposed *composed)
{
  gunichar letter = g_utf8_get_char (key);
  Syllable syllable = take_apart (last_of (before));
  Syllable next = { 0 };
  g_autoptr (GString) text = NULL;
  gboolean added;

  if (syllable.initial == 0 && syllable.vowel == 0)
    return FALSE;
  if (place_of (VOWEL, letter) >= 0)
    added = add_vowel (&syllable, &next, letter);
  else
    added = place_of (INITIAL, letter) >= 0 && add_consonant (&syllable, letter);
  if (!added)
    return FALSE;
  text = g_string_new (NULL);
  append (text, &syllable);
  append (text, &next);
  *composed = (KouanComposed){ 1, g_string_free (g_steal_pointer (&text), FALSE) };
  return TRUE;
}

/* Takes the last letter off a syllable. Returns: FALSE where there is none before the caret */
gboolean
kouan_hangul_erase (const char *before, KouanComposed *composed)
{
  Syllable syllable = take_apart (last_of (before));
  g_autoptr (GString) text = NULL;
  gunichar first, second;

  if (syllable.initial == 0 || syllable.vowel == 0)
    return FALSE;
  if (syllable.final != 0)
    syllable.final = split (syllable.final, &first, &second) ? first : 0;
  else
    syllable.vowel = split (syllable.vowel, &first, &second) ? first : 0;
  text = g_string_new (NULL);
  append (text, &syllable);
  *composed = (KouanComposed){ 1, g_string_free (g_steal_pointer (&text), FALSE) };
  return TRUE;
}
