/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/romaji.h"

#include <string.h>

/* Kana out of Latin letters, Hepburn and Kunrei alike, for screens that have no room for fifty
 * kana. A vowel ends a syllable: the letters before it go and the kana stands in their place. A
 * doubled consonant is っ, an n before a consonant is ん, and "nn" is ん too. */

#define LETTERS_MAX 3 /* before the vowel */

static const struct
{
  const char *consonants;
  const char *kana[5]; /* with a, i, u, e, o */
} SYLLABLES[] = {
  { "", { "あ", "い", "う", "え", "お" } },
  { "k", { "か", "き", "く", "け", "こ" } },
  { "g", { "が", "ぎ", "ぐ", "げ", "ご" } },
  { "s", { "さ", "し", "す", "せ", "そ" } },
  { "z", { "ざ", "じ", "ず", "ぜ", "ぞ" } },
  { "t", { "た", "ち", "つ", "て", "と" } },
  { "d", { "だ", "ぢ", "づ", "で", "ど" } },
  { "n", { "な", "に", "ぬ", "ね", "の" } },
  { "h", { "は", "ひ", "ふ", "へ", "ほ" } },
  { "b", { "ば", "び", "ぶ", "べ", "ぼ" } },
  { "p", { "ぱ", "ぴ", "ぷ", "ぺ", "ぽ" } },
  { "m", { "ま", "み", "む", "め", "も" } },
  { "y", { "や", "い", "ゆ", "いぇ", "よ" } },
  { "r", { "ら", "り", "る", "れ", "ろ" } },
  { "w", { "わ", "うぃ", "う", "うぇ", "を" } },
  { "f", { "ふぁ", "ふぃ", "ふ", "ふぇ", "ふぉ" } },
  { "j", { "じゃ", "じ", "じゅ", "じぇ", "じょ" } },
  { "v", { "ゔぁ", "ゔぃ", "ゔ", "ゔぇ", "ゔぉ" } },
  { "sh", { "しゃ", "し", "しゅ", "しぇ", "しょ" } },
  { "ch", { "ちゃ", "ち", "ちゅ", "ちぇ", "ちょ" } },
  { "ts", { "つぁ", "つぃ", "つ", "つぇ", "つぉ" } },
  { "ky", { "きゃ", "きぃ", "きゅ", "きぇ", "きょ" } },
  { "gy", { "ぎゃ", "ぎぃ", "ぎゅ", "ぎぇ", "ぎょ" } },
  { "sy", { "しゃ", "しぃ", "しゅ", "しぇ", "しょ" } },
  { "zy", { "じゃ", "じぃ", "じゅ", "じぇ", "じょ" } },
  { "jy", { "じゃ", "じぃ", "じゅ", "じぇ", "じょ" } },
  { "ty", { "ちゃ", "ちぃ", "ちゅ", "ちぇ", "ちょ" } },
  { "dy", { "ぢゃ", "ぢぃ", "ぢゅ", "ぢぇ", "ぢょ" } },
  { "ny", { "にゃ", "にぃ", "にゅ", "にぇ", "にょ" } },
  { "hy", { "ひゃ", "ひぃ", "ひゅ", "ひぇ", "ひょ" } },
  { "by", { "びゃ", "びぃ", "びゅ", "びぇ", "びょ" } },
  { "py", { "ぴゃ", "ぴぃ", "ぴゅ", "ぴぇ", "ぴょ" } },
  { "my", { "みゃ", "みぃ", "みゅ", "みぇ", "みょ" } },
  { "ry", { "りゃ", "りぃ", "りゅ", "りぇ", "りょ" } },
};

static gboolean
is_consonant (char letter)
{
  return letter >= 'a' && letter <= 'z' && strchr ("aiueo", letter) == NULL;
}

/* Returns: how many of the letters before the caret are consonants that wait for a vowel */
static guint
count_waiting (const char *before)
{
  gsize size = strlen (before);
  guint count = 0;

  while (count < LETTERS_MAX && count < size && is_consonant (before[size - 1 - count]))
    count++;
  return count;
}

static const char *
find (const char *consonants, char vowel)
{
  const char *place = strchr ("aiueo", vowel);

  for (guint i = 0; i < G_N_ELEMENTS (SYLLABLES); i++)
    if (g_str_equal (SYLLABLES[i].consonants, consonants))
      return SYLLABLES[i].kana[place - "aiueo"];
  return NULL;
}

/* A consonant behind one that it cannot stand with. */
static gboolean
double_consonant (const char *waiting, guint count, char letter, KouanComposed *composed)
{
  char last = count > 0 ? waiting[count - 1] : '\0';

  if (last == 'n' && letter == 'n')
    {
      *composed = (KouanComposed){ 1, g_strdup ("ん") };
      return TRUE;
    }
  if (last == 'n' && letter != 'y')
    {
      *composed = (KouanComposed){ 1, g_strdup_printf ("ん%c", letter) };
      return TRUE;
    }
  if (last == letter)
    {
      *composed = (KouanComposed){ 1, g_strdup_printf ("っ%c", letter) };
      return TRUE;
    }
  return FALSE;
}

gboolean
kouan_romaji_key (const char *before, const char *key, KouanComposed *composed)
{
  guint count = count_waiting (before);
  const char *waiting = before + strlen (before) - count;
  const char *kana;

  if (key[0] == '\0' || key[1] != '\0')
    return FALSE;
  if (key[0] == '-')
    {
      *composed = (KouanComposed){ 0, g_strdup ("ー") };
      return TRUE;
    }
  if (is_consonant (key[0]))
    return double_consonant (waiting, count, key[0], composed);
  if (strchr ("aiueo", key[0]) == NULL)
    return FALSE;
  for (; (kana = find (waiting, key[0])) == NULL; waiting++)
    count--; /* letters that make no syllable with it stay */
  *composed = (KouanComposed){ count, g_strdup (kana) };
  return TRUE;
}
