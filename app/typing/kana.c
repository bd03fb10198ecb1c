/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/kana.h"

#include <string.h>

/* The marks of kana change the kana before them: ゛ voices it, ゜ makes h a p, 小 makes it small.
 * Pressed again a mark takes itself back. */

#define KATAKANA 0x60 /* from hiragana */

/* Each in the plain and in the changed form, one behind the other. */
static const struct
{
  const char *mark;
  const char *plain;
  const char *changed;
} MARKS[] = {
  { "゛", "うかきくけこさしすせそたちつてとはひふへほ",
    "ゔがぎぐげござじずぜぞだぢづでどばびぶべぼ" },
  { "゜", "はひふへほ", "ぱぴぷぺぽ" },
  { "小", "あいうえおつやゆよわ", "ぁぃぅぇぉっゃゅょゎ" },
};

static gunichar
replace (const char *from, const char *to, gunichar kana)
{
  const char *found = kana != 0 ? g_utf8_strchr (from, -1, kana) : NULL;

  if (found == NULL)
    return 0;
  return g_utf8_get_char (g_utf8_offset_to_pointer (to, g_utf8_pointer_to_offset (from, found)));
}

/* @kana: hiragana. Whatever mark it has gives way: か ゛ ゛ is か again, ば ゜ is ぱ */
static gunichar
change (guint mark, gunichar kana)
{
  gunichar plain = replace (MARKS[mark].changed, MARKS[mark].plain, kana);

  if (plain != 0)
    return plain;
  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    {
      plain = replace (MARKS[i].changed, MARKS[i].plain, kana);
      if (plain != 0)
        break;
    }
  return replace (MARKS[mark].plain, MARKS[mark].changed, plain != 0 ? plain : kana);
}

gboolean
kouan_kana_key (const char *before, const char *key, KouanComposed *composed)
{
  gsize size = strlen (before);
  gunichar kana = size > 0 ? g_utf8_get_char (g_utf8_prev_char (before + size)) : 0;
  gboolean katakana = kana >= 0x30A1 && kana <= 0x30F4;
  char text[7] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    {
      gunichar changed;

      if (!g_str_equal (MARKS[i].mark, key))
        continue;
      changed = change (i, katakana ? kana - KATAKANA : kana);
      if (changed != 0)
        g_unichar_to_utf8 (katakana ? changed + KATAKANA : changed, text);
      /* A mark that nothing before it can take is not typed. */
      *composed = (KouanComposed){ changed != 0 ? 1 : 0, g_strdup (text) };
      return TRUE;
    }
  return FALSE;
}
