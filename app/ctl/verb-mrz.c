/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/clock/date.h"
#include "app/ctl/ctl.h"
#include "app/identity/country.h"
#include "app/identity/mrz.h"
#include "app/identity/result.h"

#include <string.h>

/* kouanctl mrz parse: what machine readable zones say, a JSON object for each. A zone is two or
 * three lines, given with "|" between them, in a file, or on stdin; in a file zones are parted by
 * empty lines. Lines and characters are counted from 1 in what is printed. */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_truth (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_country (JsonBuilder *builder, const char *name, const char *code)
{
  const KouanCountry *country = kouan_country_find (code);
  g_autofree char *label = g_strconcat (name, "_name", NULL);

  add_string (builder, name, code);
  if (country != NULL)
    add_string (builder, label, country->name);
}

static void
add_date (JsonBuilder *builder, const char *name, const KouanMrzDate *date)
{
  g_autofree char *text = kouan_mrz_date_to_string (date);

  add_string (builder, name, text);
}

static void
add_fields (JsonBuilder *builder, const KouanMrz *mrz)
{
  static const char *const sexes[] = { "unspecified", "female", "male" };

  add_string (builder, "document_code", mrz->document_code);
  add_country (builder, "issuer", mrz->issuer);
  add_string (builder, "document_number", mrz->document_number);
  add_truth (builder, "long_number", mrz->long_number);
  add_country (builder, "nationality", mrz->nationality);
  add_string (builder, "primary", mrz->primary);
  add_string (builder, "secondary", mrz->secondary);
  add_truth (builder, "name_may_be_cut", mrz->name_may_be_cut);
  add_date (builder, "birth", &mrz->birth);
  add_string (builder, "sex", sexes[mrz->sex]);
  add_date (builder, "expiry", &mrz->expiry);
  add_string (builder, "optional", mrz->optional);
  if (mrz->format == KOUAN_MRZ_TD1)
    add_string (builder, "optional_2", mrz->optional_2);
}

static void
add_check (JsonBuilder *builder, const char *name, const KouanMrzCheck *check)
{
  char printed[] = { check->printed, '\0' };
  char computed[] = { check->computed, '\0' };

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_truth (builder, "fits", check->fits);
  add_string (builder, "printed", printed);
  add_string (builder, "computed", computed);
  json_builder_end_object (builder);
}

static void
add_mrz (JsonBuilder *builder, const KouanMrz *mrz, const GDate *today)
{
  g_autoptr (KouanChecks) checks = kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, today);

  add_string (builder, "format", kouan_mrz_format_id (mrz->format));
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
    add_string (builder, kouan_checks_get_nth (checks, i)->id,
                kouan_result_id (kouan_checks_get_nth (checks, i)->result));
  json_builder_end_object (builder);
}

static void
add_problems (JsonBuilder *builder, GArray *problems)
{
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const KouanMrzProblem *problem = &g_array_index (problems, KouanMrzProblem, i);
      g_autofree char *sentence = kouan_mrz_problem_sentence (problem);

      json_builder_begin_object (builder);
      add_string (builder, "problem", kouan_mrz_problem_id (problem->code));
      add_string (builder, "field", kouan_mrz_field_id (problem->field));
      add_number (builder, "line", problem->line + 1);
      add_number (builder, "character", problem->start + 1);
      add_number (builder, "length", problem->length);
      add_truth (builder, "may_pass", kouan_mrz_problem_may_pass (problem));
      add_string (builder, "sentence", sentence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Returns: whether the zone is as it should be */
static gboolean
parse_zone (const char *const *lines, const GDate *today)
{
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = kouan_mrz_parse (lines, today, &problems);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean fits = mrz != NULL;

  for (guint i = 0; i < problems->len; i++)
    fits = fits && kouan_mrz_problem_may_pass (&g_array_index (problems, KouanMrzProblem, i));
  json_builder_begin_object (builder);
  add_truth (builder, "fits", fits);
  if (mrz != NULL)
    add_mrz (builder, mrz, today);
  add_problems (builder, problems);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  return fits;
}

/* Zones in @text: lines by line breaks or "|", zones by empty lines. */
static gboolean
parse_text (const char *text, const GDate *today)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n|", -1);
  g_autoptr (GPtrArray) zone = g_ptr_array_new ();
  gboolean fits = TRUE, any = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean last = lines[i + 1] == NULL;

      g_strstrip (lines[i]);
      if (*lines[i] != '\0' && *lines[i] != '#')
        g_ptr_array_add (zone, lines[i]);
      if ((*lines[i] == '\0' || last) && zone->len > 0)
        {
          g_ptr_array_add (zone, NULL);
          fits = parse_zone ((const char *const *)zone->pdata, today) && fits;
          g_ptr_array_set_size (zone, 0);
          any = TRUE;
        }
    }
  return fits && any;
}

static char *
read_stdin (GError **error)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  char *text = NULL;

  g_io_channel_set_encoding (channel, NULL, NULL);
  if (g_io_channel_read_to_end (channel, &text, NULL, error) != G_IO_STATUS_NORMAL)
    return NULL;
  return text;
}

/* An argument is "-", a file that is there, or the text itself. */
static KouanExit
parse_argument (const char *argument, const GDate *today)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_str_equal (argument, "-"))
    text = read_stdin (&error);
  else if (g_file_test (argument, G_FILE_TEST_EXISTS))
    g_file_get_contents (argument, &text, NULL, &error);
  else
    text = g_strdup (argument);
  if (text == NULL)
    return error != NULL ? kouan_ctl_failed (error) : KOUAN_EXIT_NO;
  return parse_text (text, today) ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static gboolean
choose_today (const char *option, GDate *today)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  if (option != NULL)
    return kouan_date_parse (option, today);
  kouan_date_today (clock, today);
  return TRUE;
}

static KouanExit
parse_arguments (char **arguments, const GDate *today)
{
  KouanExit result = KOUAN_EXIT_OK;

  if (arguments == NULL || arguments[0] == NULL)
    return parse_argument ("-", today);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      KouanExit one = parse_argument (arguments[i], today);

      result = MAX (result, one);
    }
  return result;
}

/* kouanctl mrz parse [--today DATE] [TEXT | FILE | -]… */
KouanExit
kouan_ctl_mrz (int argc, char **argv)
{
  g_autofree char *today_option = NULL;
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
    { "today", 0, 0, G_OPTION_ARG_STRING, &today_option, "The day that decides centuries", "DATE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments, NULL, "[TEXT | FILE | -]…" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  GDate today;

  if (argc < 2 || !g_str_equal (argv[1], "parse"))
    return kouan_ctl_usage ("mrz parse [--today DATE] [TEXT | FILE | -]…");
  argc--;
  argv++;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (!choose_today (today_option, &today))
    return kouan_ctl_usage ("--today: a day such as 2026-05-03");
  return parse_arguments (arguments, &today);
}
