/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How keys become writing where one key is not one character. */
typedef enum
{
  KOUAN_COMPOSE_NONE,
  KOUAN_COMPOSE_HANGUL,     /* ㅎ ㅏ ㄴ is 한 */
  KOUAN_COMPOSE_VIETNAMESE, /* a tone goes to the vowel of the syllable that has it */
  KOUAN_COMPOSE_KANA,       /* か ゛ is が */
  KOUAN_COMPOSE_ROMAJI,     /* k a is か */
  KOUAN_COMPOSE_PINYIN,     /* a to z are spelled, and a person chooses */
  KOUAN_COMPOSE_PINYIN_TRADITIONAL,
} KouanCompose;

/* What a key does to the text before the caret. */
typedef struct
{
  guint erase; /* characters before the caret, first */
  char *insert;
} KouanComposed;

void kouan_composed_clear (KouanComposed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanComposed, kouan_composed_clear)

void kouan_compose_key (KouanCompose compose, const char *before, const char *key, KouanComposed *composed);
void kouan_compose_erase (KouanCompose compose, const char *before, KouanComposed *composed);
KouanCompose kouan_compose_from_string (const char *name);

G_END_DECLS
