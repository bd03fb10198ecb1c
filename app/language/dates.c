/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-language"

#include "app/language/language.h"

/* Dates and times as a person reads them in each language. The month is a word wherever the
 * language has one for it, because 3/5 and 5/3 are the same day to different readers. The forms are
 * the "long" ones of the Unicode CLDR; C.UTF-8 knows none of them. */

typedef struct
{
  const char *code;
  const char *form;          /* %d day, %m month, %y year */
  const char *const *months; /* NULL: the month is its number */
} Form;

static const char *const MONTHS_EN[]
  = { "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December" };
static const char *const MONTHS_RU[]
  = { "января", "февраля", "марта",    "апреля",  "мая",    "июня",
      "июля",   "августа", "сентября", "октября", "ноября", "декабря" };
static const char *const MONTHS_FR[]
  = { "janvier", "février", "mars",      "avril",   "mai",      "juin",
      "juillet", "août",    "septembre", "octobre", "novembre", "décembre" };
static const char *const MONTHS_ES[]
  = { "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre" };
static const char *const MONTHS_PT[]
  = { "janeiro", "fevereiro", "março",    "abril",   "maio",     "junho",
      "julho",   "agosto",    "setembro", "outubro", "novembro", "dezembro" };
static const char *const MONTHS_AR[]
  = { "يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
      "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" };
static const char *const MONTHS_HI[] = { "जनवरी", "फ़रवरी", "मार्च",  "अप्रैल",  "मई",   "जून",
                                         "जुलाई",  "अगस्त",  "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर" };

static const Form FORMS[] = {
  { "en", "%d %m %y", MONTHS_EN },       { "zh-Hans", "%y年%m月%d日", NULL },
  { "zh-Hant", "%y年%m月%d日", NULL },   { "ru", "%d %m %y", MONTHS_RU },
  { "ko", "%y년 %m월 %d일", NULL },      { "ja", "%y年%m月%d日", NULL },
  { "fr", "%d %m %y", MONTHS_FR },       { "es", "%d de %m de %y", MONTHS_ES },
  { "pt", "%d de %m de %y", MONTHS_PT }, { "ar", "%d %m %y", MONTHS_AR },
  { "hi", "%d %m %y", MONTHS_HI },       { "vi", "%d tháng %m, %y", NULL },
};

static const Form *
find_form (const KouanLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (g_str_equal (FORMS[i].code, language->code))
      return &FORMS[i];
  g_assert_not_reached ();
}

static void
append_day (GString *out, const Form *form, int day)
{
  gboolean first_of_french_month = day == 1 && form->months == MONTHS_FR;

  g_string_append_printf (out, "%d%s", day, first_of_french_month ? "er" : "");
}

static void
append_part (GString *out, const Form *form, char part, int year, int month, int day)
{
  if (part == 'd')
    append_day (out, form, day);
  else if (part == 'y')
    g_string_append_printf (out, "%d", year);
  else if (form->months != NULL)
    g_string_append (out, form->months[month - 1]);
  else
    g_string_append_printf (out, "%d", month);
}

/**
 * kouan_language_date:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * Returns: (transfer full): "3 May 2026", "2026年5月3日"
 */
char *
kouan_language_date (const KouanLanguage *language, int year, int month, int day)
{
  const Form *form;
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (month >= 1 && month <= 12 && day >= 1 && day <= 31, NULL);

  form = find_form (language);
  for (const char *at = form->form; *at != '\0'; at++)
    {
      if (*at == '%')
        append_part (out, form, *++at, year, month, day);
      else
        g_string_append_c (out, *at);
    }
  return kouan_language_digits (language, out->str);
}

/**
 * kouan_language_time:
 * @wall_s: seconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): "09:05" in the time zone of the machine, which is the hall's
 */
char *
kouan_language_time (const KouanLanguage *language, gint64 wall_s)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (wall_s);
  g_autofree char *text = NULL;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (when != NULL, NULL);

  text = g_date_time_format (when, "%H:%M");
  return kouan_language_digits (language, text);
}

/* Returns: (transfer full): "3 May 2026, 09:05", "2026年5月3日 09:05" */
char *
kouan_language_date_time (const KouanLanguage *language, gint64 wall_s)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (wall_s);
  g_autofree char *time = NULL;
  g_autofree char *date = NULL;
  const char *between;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (when != NULL, NULL);

  date = kouan_language_date (language, g_date_time_get_year (when), g_date_time_get_month (when),
                              g_date_time_get_day_of_month (when));
  time = kouan_language_time (language, wall_s);
  between = find_form (language)->months == NULL ? " " : ", ";
  if (g_str_equal (language->code, "ar"))
    between = "، ";
  return g_strconcat (date, between, time, NULL);
}
