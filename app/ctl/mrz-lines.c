/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/mrz-lines.h"

#include "app/clock/date.h"
#include "app/ctl/fields.h"
#include "app/identity/country.h"

static void
add_country (JsonBuilder *builder, const char *name, const char *code)
{
  const KouanCountry *country = kouan_country_find (code);
  g_autofree char *label = g_strconcat (name, "_name", NULL);

  kouan_ctl_add_text (builder, name, code);
  if (country != NULL)
    kouan_ctl_add_text (builder, label, country->name);
}

static void
add_date (JsonBuilder *builder, const char *name, const KouanMrzDate *date)
{
  g_autofree char *text = kouan_mrz_date_to_string (date);

  kouan_ctl_add_text (builder, name, text);
}

static void
add_fields (JsonBuilder *builder, const KouanMrz *mrz)
{
  static const char *const sexes[] = { "unspecified", "female", "male" };

  kouan_ctl_add_text (builder, "document_code", mrz->document_code);
  add_country (builder, "issuer", mrz->issuer);
  kouan_ctl_add_text (builder, "document_number", mrz->document_number);
  kouan_ctl_add_bool (builder, "long_number", mrz->long_number);
  add_country (builder, "nationality", mrz->nationality);
  kouan_ctl_add_text (builder, "primary", mrz->primary);
  kouan_ctl_add_text (builder, "secondary", mrz->secondary);
  kouan_ctl_add_bool (builder, "name_may_be_cut", mrz->name_may_be_cut);
  add_date (builder, "birth", &mrz->birth);
  kouan_ctl_add_text (builder, "sex", sexes[mrz->sex]);
  add_date (builder, "expiry", &mrz->expiry);
  kouan_ctl_add_text (builder, "optional", mrz->optional);
  if (mrz->format == KOUAN_MRZ_TD1)
    kouan_ctl_add_text (builder, "optional_2", mrz->optional_2);
}

static void
add_check (JsonBuilder *builder, const char *name, const KouanMrzCheck *check)
{
  char printed[] = { check->printed, '\0' };
  char computed[] = { check->computed, '\0' };

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kouan_ctl_add_bool (builder, "fits", check->fits);
  kouan_ctl_add_text (builder, "printed", printed);
  kouan_ctl_add_text (builder, "computed", computed);
  json_builder_end_object (builder);
}

/* What a zone says, and what its checks came to. */
void
kouan_ctl_add_mrz (JsonBuilder *builder, const KouanMrz *mrz, KouanChecks *checks)
{
  kouan_ctl_add_text (builder, "format", kouan_mrz_format_id (mrz->format));
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && mrz->lines[i][0] != '\0'; i++)
    json_builder_add_string_value (builder, mrz->lines[i]);
  json_builder_end_array (builder);
  add_fields (builder, mrz);
  json_builder_set_member_name (builder, "check_digits");
  json_builder_begin_object (builder);
  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    if (mrz->checks[i].present)
      add_check (builder, kouan_mrz_check_id (i), &mrz->checks[i]);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_object (builder);
  for (guint i = 0; i < kouan_checks_get_count (checks); i++)
    kouan_ctl_add_text (builder, kouan_checks_get_nth (checks, i)->id,
                        kouan_result_id (kouan_checks_get_nth (checks, i)->result));
  json_builder_end_object (builder);
}

/* One of China's travel permits, by rules that nobody has published. */
void
kouan_ctl_add_permit (JsonBuilder *builder, const KouanCnPermit *permit)
{
  static const char *const kinds[] = { "exit-hong-kong-macao", "exit-taiwan", "return" };
  static const char *const sexes[] = { "unspecified", "female", "male" };

  json_builder_set_member_name (builder, "permit");
  json_builder_begin_object (builder);
  kouan_ctl_add_text (builder, "kind", kinds[permit->kind]);
  kouan_ctl_add_bool (builder, "unproven", TRUE);
  kouan_ctl_add_bool (builder, "check_digits_fit", permit->checks_fit);
  kouan_ctl_add_text (builder, "number", permit->number);
  add_date (builder, "birth", &permit->birth);
  add_date (builder, "expiry", &permit->expiry);
  if (permit->kind == KOUAN_CN_PERMIT_RETURN)
    {
      kouan_ctl_add_text (builder, "sex", sexes[permit->sex]);
      kouan_ctl_add_text (builder, "name", permit->name);
      kouan_ctl_add_text (builder, "region_id", permit->region_id);
    }
  json_builder_end_object (builder);
}

void
kouan_ctl_add_mrz_problems (JsonBuilder *builder, GArray *problems)
{
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const KouanMrzProblem *problem = &g_array_index (problems, KouanMrzProblem, i);
      g_autofree char *sentence = kouan_mrz_problem_sentence (problem);

      json_builder_begin_object (builder);
      kouan_ctl_add_text (builder, "problem", kouan_mrz_problem_id (problem->code));
      kouan_ctl_add_text (builder, "field", kouan_mrz_field_id (problem->field));
      kouan_ctl_add_int (builder, "line", problem->line + 1);
      kouan_ctl_add_int (builder, "character", problem->start + 1);
      kouan_ctl_add_int (builder, "length", problem->length);
      kouan_ctl_add_bool (builder, "may_pass", kouan_mrz_problem_may_pass (problem));
      kouan_ctl_add_text (builder, "sentence", sentence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* @option: (nullable). Returns: FALSE if it is no day */
gboolean
kouan_ctl_choose_today (const char *option, GDate *today)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  if (option != NULL)
    return kouan_date_parse (option, today);
  kouan_date_today (clock, today);
  return TRUE;
}
