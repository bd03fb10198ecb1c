/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-language"

#include "app/language/language.h"
#include "app/language/messages.h"

/* Names of countries, by the translations that Debian's iso-codes brings (text domain iso_3166). A
 * name that it does not have stays English. */

#define FOLDER "/usr/share/locale"

static GMutex lock;
static GHashTable *loaded; /* locale → KouanMessages, or NULL where there is none */

static KouanMessages *
messages_for (const char *locale)
{
  g_autofree char *path = g_build_filename (FOLDER, locale, "LC_MESSAGES", "iso_3166.mo", NULL);
  KouanMessages *messages;

  if (loaded == NULL)
    loaded = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  if (g_hash_table_lookup_extended (loaded, locale, NULL, (gpointer *)&messages))
    return messages;
  messages = kouan_messages_load (path, NULL);
  g_hash_table_insert (loaded, (gpointer)locale, messages);
  return messages;
}

/**
 * kouan_language_country:
 * @name: in English, as ISO 3166-1 has it
 *
 * Returns: (transfer full): in @language
 */
char *
kouan_language_country (const KouanLanguage *language, const char *name)
{
  g_autoptr (GMutexLocker) locker = NULL;
  KouanMessages *messages;
  const char *found = NULL;

  g_return_val_if_fail (language != NULL && name != NULL, NULL);

  locker = g_mutex_locker_new (&lock);
  messages = messages_for (language->locale);
  if (messages != NULL && *name != '\0')
    found = kouan_messages_find (messages, name);
  return g_strdup (found != NULL && *found != '\0' ? found : name);
}
