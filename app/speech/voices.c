/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/voices.h"

#include <string.h>

/* BCP 47 to the names of espeak-ng 1.51. Its own search would take "zh-Hant" for Cantonese; who
 * reads traditional characters in a hall of the mainland is spoken to in Mandarin. */

static const struct
{
  const char *language;
  const char *voice;
} VOICES[] = {
  { "en", "en-us" }, { "zh-Hans", "cmn" }, { "zh-Hant", "cmn" }, { "zh", "cmn" },
  { "yue", "yue" },  { "ru", "ru" },       { "ko", "ko" },       { "ja", "ja" },
  { "fr", "fr" },    { "es", "es-419" },   { "pt", "pt-br" },    { "ar", "ar" },
  { "hi", "hi" },    { "vi", "vi" },
};

static gboolean
speaks (const char *known, const char *language)
{
  gsize length = strlen (known);

  return g_ascii_strncasecmp (language, known, length) == 0
         && (language[length] == '\0' || language[length] == '-');
}

/* @language: BCP 47; the longest tag of the table that it begins with counts. Returns: (nullable):
 * NULL where there is no voice */
const char *
kouan_voice_find (const char *language)
{
  const char *voice = NULL;
  gsize longest = 0;

  g_return_val_if_fail (language != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (VOICES); i++)
    if (speaks (VOICES[i].language, language) && strlen (VOICES[i].language) > longest)
      {
        longest = strlen (VOICES[i].language);
        voice = VOICES[i].voice;
      }
  return voice;
}
