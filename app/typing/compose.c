/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/compose.h"

#include "app/typing/hangul.h"
#include "app/typing/kana.h"
#include "app/typing/romaji.h"
#include "app/typing/vietnamese.h"

/* Keys are composed with what stands before the caret, and nothing is remembered: a person may go
 * back, change the field or the language, and what is seen is what the next key works on. */

static const char *const NAMES[] = {
  [KOUAN_COMPOSE_NONE] = "none",
  [KOUAN_COMPOSE_HANGUL] = "hangul",
  [KOUAN_COMPOSE_VIETNAMESE] = "vietnamese",
  [KOUAN_COMPOSE_KANA] = "kana",
  [KOUAN_COMPOSE_ROMAJI] = "romaji",
  [KOUAN_COMPOSE_PINYIN] = "pinyin",
  [KOUAN_COMPOSE_PINYIN_TRADITIONAL] = "pinyin-traditional",
};

void
kouan_composed_clear (KouanComposed *self)
{
  g_clear_pointer (&self->insert, g_free);
}

/* @name: (nullable). Returns: NONE for what it does not know */
KouanCompose
kouan_compose_from_string (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i], name) == 0)
      return i;
  return KOUAN_COMPOSE_NONE;
}

/**
 * kouan_compose_key:
 * @before: the text before the caret, UTF-8
 * @key: what is on the key
 * @composed: (out): what to do
 */
void
kouan_compose_key (KouanCompose compose,
                   const char *before,
                   const char *key,
                   KouanComposed *composed)
{
  gboolean done = FALSE;

  g_return_if_fail (before != NULL && key != NULL && composed != NULL);

  *composed = (KouanComposed){ 0 };
  if (compose == KOUAN_COMPOSE_HANGUL)
    done = kouan_hangul_key (before, key, composed);
  else if (compose == KOUAN_COMPOSE_VIETNAMESE)
    done = kouan_vietnamese_key (before, key, composed);
  else if (compose == KOUAN_COMPOSE_KANA)
    done = kouan_kana_key (before, key, composed);
  else if (compose == KOUAN_COMPOSE_ROMAJI)
    done = kouan_romaji_key (before, key, composed);
  if (!done)
    *composed = (KouanComposed){ 0, g_strdup (key) };
}

/* The key that deletes: one character, or one stroke of it. */
void
kouan_compose_erase (KouanCompose compose, const char *before, KouanComposed *composed)
{
  g_return_if_fail (before != NULL && composed != NULL);

  *composed = (KouanComposed){ 0 };
  if (compose == KOUAN_COMPOSE_HANGUL && kouan_hangul_erase (before, composed))
    return;
  *composed = (KouanComposed){ 1, g_strdup ("") };
}
