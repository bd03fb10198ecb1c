/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-language"

#include "app/language/language.h"
#include "app/language/messages.h"

#include <locale.h>

/* The languages of the kiosk and the live switch between them.
 *
 * gettext keeps one language for the process; the switch is the variable LANGUAGE, which works in
 * the locale C.UTF-8, so no locale has to be generated on the machine. Two things must be known.
 * glibc keeps what it has found until its own counter, _nl_msg_cat_cntr, moves. And GLib decides
 * once, at the first g_dgettext(), whether this process is translated at all: a first call that is
 * answered in English decides that it is not, so the first call here is made while a translated
 * language is set.
 *
 * LANGUAGE is set first in kouan_language_init(), before there are threads; afterwards its value is
 * only ever replaced, which does not move the environment under a thread that reads it. */

#define DOMAIN "kouan"

extern int _nl_msg_cat_cntr;

/* In the order in which the language picker shows them. */
static const KouanLanguage LANGUAGES[] = {
  { "en", "en", "English", "lang-en", FALSE },
  { "zh-Hans", "zh_CN", "简体中文", "lang-zh-hans", FALSE },
  { "zh-Hant", "zh_TW", "繁體中文", "lang-zh-hant", FALSE },
  { "ru", "ru", "Русский", "lang-ru", FALSE },
  { "ko", "ko", "한국어", "lang-ko", FALSE },
  { "ja", "ja", "日本語", "lang-ja", FALSE },
  { "fr", "fr", "Français", "lang-fr", FALSE },
  { "es", "es", "Español", "lang-es", FALSE },
  { "pt", "pt", "Português", "lang-pt", FALSE },
  { "ar", "ar", "العربية", "lang-ar", TRUE },
  { "hi", "hi", "हिन्दी", "lang-hi", FALSE },
  { "vi", "vi", "Tiếng Việt", "lang-vi", FALSE },
};

static const KouanLanguage *offered[G_N_ELEMENTS (LANGUAGES)] = { &LANGUAGES[0] };
static KouanMessages *messages[G_N_ELEMENTS (LANGUAGES)];
static guint n_offered = 1;
static const KouanLanguage *current = &LANGUAGES[0];

static KouanMessages *
load_messages (const char *catalogue_dir, const KouanLanguage *language)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file
    = g_build_filename (catalogue_dir, language->locale, "LC_MESSAGES", DOMAIN ".mo", NULL);
  KouanMessages *loaded = kouan_messages_load (file, &error);

  if (loaded == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_message ("Language %s is left out: %s", language->code, error->message);
  return loaded;
}

/* A language in which some pages would be English is not offered. Whoever adds a text adds it to
 * this catalogue in the same commit, so that it is the one that has all. */
#define COMPLETE "zh-Hans"

static KouanMessages *
find_complete (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    if (g_str_equal (LANGUAGES[i].code, COMPLETE))
      return messages[i];
  g_assert_not_reached ();
}

static void
load_offered (const char *catalogue_dir)
{
  KouanMessages *complete;

  for (guint i = 1; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      g_clear_pointer (&messages[i], kouan_messages_free);
      messages[i] = load_messages (catalogue_dir, &LANGUAGES[i]);
    }
  n_offered = 1;
  complete = find_complete ();
  for (guint i = 1; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      if (messages[i] == NULL)
        continue;
      if (complete == NULL || kouan_messages_cover (messages[i], complete))
        offered[n_offered++] = &LANGUAGES[i];
      else
        g_message ("Language %s is left out: it is not complete", LANGUAGES[i].code);
    }
}

/**
 * kouan_language_init:
 * @catalogue_dir: holds `<locale>/LC_MESSAGES/kouan.mo` for each language
 *
 * To be called once, before any thread and before anything is translated. A language without a
 * complete catalogue is not offered. The language is English afterwards.
 */
void
kouan_language_init (const char *catalogue_dir)
{
  g_return_if_fail (catalogue_dir != NULL);

  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (DOMAIN, catalogue_dir);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  textdomain (DOMAIN);
  load_offered (catalogue_dir);

  kouan_language_set (offered[n_offered - 1]);
  (void)g_dgettext (DOMAIN, "");
  kouan_language_set (&LANGUAGES[0]);
}

/* From now on _() and every new widget from a template speak @language. What is on the screen stays
 * as it is until it is built anew. Only for the main thread. */
void
kouan_language_set (const KouanLanguage *language)
{
  g_return_if_fail (language != NULL);

  current = language;
  g_setenv ("LANGUAGE", language->locale, TRUE);
  ++_nl_msg_cat_cntr;
}

const KouanLanguage *
kouan_language_current (void)
{
  return current;
}

/* Returns: (array length=count) (transfer none): the languages that have all texts, English first
 */
const KouanLanguage *const *
kouan_language_all (guint *count)
{
  g_return_val_if_fail (count != NULL, NULL);

  *count = n_offered;
  return offered;
}

/* Returns: (nullable): one of all that this program has words for; NULL behind the last */
const KouanLanguage *
kouan_language_nth (guint index)
{
  return index < G_N_ELEMENTS (LANGUAGES) ? &LANGUAGES[index] : NULL;
}

/* Returns: (nullable): the language of a BCP 47 @code such as "zh-Hans", offered here or not: a
 * record may have been made on a kiosk that knows more */
const KouanLanguage *
kouan_language_find (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    if (g_str_equal (LANGUAGES[i].code, code))
      return &LANGUAGES[i];
  return NULL;
}

/* Returns: (transfer full): @text in @language whatever the current one is; @text itself where
 * there is no translation. For texts without a number and without a context. Safe in any thread. */
char *
kouan_language_text_in (const KouanLanguage *language, const char *text)
{
  KouanMessages *loaded;
  const char *translated = NULL;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_assert (language >= LANGUAGES && language < LANGUAGES + G_N_ELEMENTS (LANGUAGES));
  loaded = messages[language - LANGUAGES];
  if (loaded != NULL && *text != '\0')
    translated = kouan_messages_find (loaded, text);
  return g_strdup (translated != NULL && *translated != '\0' ? translated : text);
}
