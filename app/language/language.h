/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <libintl.h>

G_BEGIN_DECLS

/* gettext's own marks, so that xgettext finds them: _() translates now, N_() only marks. A text
 * with a number in it uses ngettext(). C_() and NC_() carry a context where one English word has
 * two meanings. */
#define _(text) g_dgettext (NULL, text)
#define N_(text) (text)
#define C_(context, text) g_dpgettext (NULL, context "\004" text, sizeof context)
#define NC_(context, text) (text)

typedef struct
{
  const char *code;      /* BCP 47, what records and catalogues use: "en", "zh-Hans" */
  const char *locale;    /* what gettext calls it: "en", "zh_CN" */
  const char *own_name;  /* "简体中文" */
  const char *css_class; /* chooses the named fonts of its script */
  gboolean right_to_left;
} KouanLanguage;

const KouanLanguage *const *kouan_language_all (guint *count);
const KouanLanguage *kouan_language_nth (guint index); /* (nullable): offered here or not */
const KouanLanguage *kouan_language_find (const char *code);
const KouanLanguage *kouan_language_current (void);

void kouan_language_init (const char *catalogue_dir);
void kouan_language_set (const KouanLanguage *language);

char *kouan_language_text_in (const KouanLanguage *language,
                              const char *text) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_language_country (const KouanLanguage *language,
                              const char *name) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_language_date (const KouanLanguage *language, int year, int month, int day);
char *kouan_language_time (const KouanLanguage *language, gint64 wall_s);
char *kouan_language_date_time (const KouanLanguage *language, gint64 wall_s);
char *kouan_language_number (const KouanLanguage *language, guint64 number);
char *kouan_language_digits (const KouanLanguage *language, const char *text);
char *kouan_language_name (const KouanLanguage *language, const char *family, const char *given);

G_END_DECLS
