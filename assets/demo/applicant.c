/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/applicant.h"

#include "app/identity/mrz.h"

/* The demonstration's applicant. Everything that a visit asks for can be read off her papers; the
 * same facts are written beside them for whoever plays her without eyes. */

#define DAYS_BEFORE_ISSUE 730
#define YEARS_VALID 10

static KouanMrzDate
mrz_date (const GDate *date)
{
  return (KouanMrzDate){ g_date_get_year (date), g_date_get_month (date), g_date_get_day (date) };
}

static char **
make_lines (KouanMrzContent *content)
{
  g_autoptr (GError) error = NULL;
  char **lines;

  content->format = KOUAN_MRZ_TD3;
  content->document_code = "P";
  content->issuer = "UTO";
  content->nationality = "UTO";
  lines = kouan_mrz_make (content, &error);
  g_assert_no_error (error);
  return lines;
}

static char **
make_mrz (const KouanApplicant *self)
{
  KouanMrzContent content = {
    .primary = self->surname,
    .secondary = self->given_names,
    .document_number = self->passport_number,
    .birth = mrz_date (&self->birth),
    .expiry = mrz_date (&self->expiry),
    .sex = KOUAN_SEX_FEMALE,
  };

  return make_lines (&content);
}

/* Who comes along, by the two lines alone: her husband's passport is over, their daughter's is not.
 */
static void
save_family (const KouanApplicant *self, GKeyFile *file)
{
  const struct
  {
    const char *who, *given_names, *number;
    KouanMrzDate birth;
    int valid_days;
    KouanSex sex;
  } family[] = {
    { "husband", "THEO", "X72940171", { 1990, 2, 2 }, -30, KOUAN_SEX_MALE },
    { "daughter", "IVY ROSE", "X72940189", { 2015, 1, 31 }, 700, KOUAN_SEX_FEMALE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (family); i++)
    {
      GDate expiry = kouan_demo_day (&self->today, family[i].valid_days);
      KouanMrzContent content = {
        .primary = self->surname,
        .secondary = family[i].given_names,
        .document_number = family[i].number,
        .birth = family[i].birth,
        .expiry = mrz_date (&expiry),
        .sex = family[i].sex,
      };
      g_auto (GStrv) lines = make_lines (&content);

      for (guint line = 0; line < 2; line++)
        {
          g_autofree char *key = g_strdup_printf ("%s-mrz-%u", family[i].who, line + 1);

          g_key_file_set_string (file, "applicant", key, lines[line]);
        }
    }
}

/* @today: the passport was issued two years before it, and is valid for ten */
KouanApplicant *
kouan_applicant_new (const GDate *today)
{
  KouanApplicant *self = g_new0 (KouanApplicant, 1);

  self->surname = "MARLOWE";
  self->given_names = "ADA JUNE";
  self->nationality = "UTOPIAN";
  self->passport_number = "X72940163";
  self->sex = "F";
  self->today = *today;
  g_date_set_dmy (&self->birth, 14, G_DATE_MAY, 1993);
  self->issued = kouan_demo_day (today, -DAYS_BEFORE_ISSUE);
  self->expiry = self->issued;
  g_date_add_years (&self->expiry, YEARS_VALID);
  g_date_subtract_days (&self->expiry, 1);
  self->mrz = make_mrz (self);
  return self;
}

void
kouan_applicant_free (KouanApplicant *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->mrz);
  g_free (self);
}

/* Returns: (transfer full): "MARLOWE ADA JUNE" */
char *
kouan_applicant_full_name (const KouanApplicant *self)
{
  return g_strdup_printf ("%s %s", self->surname, self->given_names);
}

static void
set_date (GKeyFile *file, const char *key, const GDate *date)
{
  g_autofree char *text = kouan_demo_date_iso (date);

  g_key_file_set_string (file, "applicant", key, text);
}

/* A key file that scripts can read. */
gboolean
kouan_applicant_save (const KouanApplicant *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, "applicant", "surname", self->surname);
  g_key_file_set_string (file, "applicant", "given-names", self->given_names);
  g_key_file_set_string (file, "applicant", "nationality", "UTO");
  g_key_file_set_string (file, "applicant", "document-number", self->passport_number);
  g_key_file_set_string (file, "applicant", "sex", self->sex);
  set_date (file, "birth", &self->birth);
  set_date (file, "expiry", &self->expiry);
  g_key_file_set_string (file, "applicant", "mrz-1", self->mrz[0]);
  g_key_file_set_string (file, "applicant", "mrz-2", self->mrz[1]);
  save_family (self, file);
  return g_key_file_save_to_file (file, path, error);
}

char *
kouan_demo_date_en (const GDate *date)
{
  static const char *const months[]
    = { "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December" };

  return g_strdup_printf ("%d %s %d", g_date_get_day (date), months[g_date_get_month (date) - 1],
                          g_date_get_year (date));
}

char *
kouan_demo_date_zh (const GDate *date)
{
  return g_strdup_printf ("%d年%d月%d日", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

char *
kouan_demo_date_iso (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

GDate
kouan_demo_day (const GDate *date, int days_later)
{
  GDate day = *date;

  if (days_later >= 0)
    g_date_add_days (&day, (guint)days_later);
  else
    g_date_subtract_days (&day, (guint)-days_later);
  return day;
}
