/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "ui/voice/voice-keys.h"

/* Keypads are keyboards to the kernel, and each maker sends other keys. Tab works beside them. */

#define DEFAULT_KEYS "Down,Up,Return,Escape,KP_Multiply"

/**
 * kouan_voice_keys_parse:
 * @text: (nullable): five names as GDK has them, in the order of KouanVoiceKey, with commas between
 * them: "Down,Up,Return,Escape,KP_Multiply", which is what %NULL stands for
 *
 * Returns: FALSE if @text is no such list; then @self is what %NULL stands for
 */
gboolean
kouan_voice_keys_parse (KouanVoiceKeys *self, const char *text)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : DEFAULT_KEYS, ",", -1);
  gboolean good = g_strv_length (names) == KOUAN_VOICE_N_KEYS;

  for (guint i = 0; good && i < KOUAN_VOICE_N_KEYS; i++)
    {
      self->keyvals[i] = gdk_keyval_from_name (g_strstrip (names[i]));
      good = self->keyvals[i] != GDK_KEY_VoidSymbol && self->keyvals[i] != 0;
      for (guint j = 0; j < i; j++)
        good = good && self->keyvals[j] != self->keyvals[i];
    }
  if (!good && text != NULL)
    (void)kouan_voice_keys_parse (self, NULL);
  return good;
}

/* Returns: %KOUAN_VOICE_N_KEYS if it is none of them */
KouanVoiceKey
kouan_voice_keys_find (const KouanVoiceKeys *self, guint keyval)
{
  if (keyval == GDK_KEY_Tab)
    return KOUAN_VOICE_KEY_NEXT;
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return KOUAN_VOICE_KEY_PREVIOUS;
  for (guint i = 0; i < KOUAN_VOICE_N_KEYS; i++)
    if (self->keyvals[i] == keyval)
      return i;
  return KOUAN_VOICE_N_KEYS;
}
