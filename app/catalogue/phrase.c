/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/phrase.h"

#include <string.h>

typedef struct
{
  char *language;
  char *words;
} Version;

struct _KouanText
{
  GArray *versions; /* of Version, in the order of the file */
};

static void
clear_version (gpointer data)
{
  Version *version = data;

  g_free (version->language);
  g_free (version->words);
}

KouanPhrase *
kouan_phrase_new (void)
{
  KouanPhrase *self = g_new0 (KouanPhrase, 1);

  self->versions = g_array_new (FALSE, FALSE, sizeof (Version));
  g_array_set_clear_func (self->versions, clear_version);
  return self;
}

void
kouan_phrase_free (KouanPhrase *self)
{
  g_array_unref (self->versions);
  g_free (self);
}

void
kouan_phrase_add (KouanPhrase *self, const char *language, const char *words)
{
  Version version = { g_strdup (language), g_strdup (words) };

  g_array_append_val (self->versions, version);
}

static const char *
find (KouanPhrase *self, const char *language, gsize size)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      Version *version = &g_array_index (self->versions, Version, i);

      if (strlen (version->language) == size
          && g_ascii_strncasecmp (version->language, language, size) == 0)
        return version->words;
    }
  return NULL;
}

gboolean
kouan_phrase_has (KouanPhrase *self, const char *language)
{
  return find (self, language, strlen (language)) != NULL;
}

/**
 * kouan_phrase_get:
 * @self: (nullable)
 * @language: (nullable)
 *
 * Falls back as RFC 4647 §3.4 does, a subtag at a time from the right, then to English, then to the
 * first.
 *
 * Returns: (transfer none) (nullable): %NULL only if there is no text at all
 */
const char *
kouan_phrase_get (KouanPhrase *self, const char *language)
{
  if (self == NULL || self->versions->len == 0)
    return NULL;
  for (gsize size = language != NULL ? strlen (language) : 0; size > 0; size--)
    {
      const char *words
        = language[size] == '\0' || language[size] == '-' ? find (self, language, size) : NULL;

      if (words != NULL)
        return words;
    }
  if (kouan_phrase_has (self, "en"))
    return find (self, "en", 2);
  return g_array_index (self->versions, Version, 0).words;
}
