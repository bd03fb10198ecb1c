/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The five keys of the keypad. */
typedef enum
{
  KOUAN_VOICE_KEY_NEXT,
  KOUAN_VOICE_KEY_PREVIOUS,
  KOUAN_VOICE_KEY_CHOOSE,
  KOUAN_VOICE_KEY_BACK,
  KOUAN_VOICE_KEY_REPEAT,
  KOUAN_VOICE_N_KEYS,
} KouanVoiceKey;

/* What the keypad sends for each. */
typedef struct
{
  guint keyvals[KOUAN_VOICE_N_KEYS];
} KouanVoiceKeys;

gboolean kouan_voice_keys_parse (KouanVoiceKeys *self, const char *text);
KouanVoiceKey kouan_voice_keys_find (const KouanVoiceKeys *self, guint keyval);

G_END_DECLS
