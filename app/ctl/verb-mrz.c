/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/fields.h"
#include "app/ctl/mrz-lines.h"

#include <string.h>

/* kouanctl mrz parse: what machine readable zones say, a JSON object for each. A zone is two or
 * three lines, given with "|" between them, in a file, or on stdin; in a file zones are parted by
 * empty lines. Lines and characters are counted from 1 in what is printed. */

/* Lines of 30 characters that fit no document of Doc 9303 may be a permit of China's.
 *
 * @fits: (out): whether its check digits do
 *
 * Returns: whether it is one */
static gboolean
parse_permit (const char *const *lines, const GDate *today, gboolean *fits)
{
  g_autoptr (JsonBuilder) builder = NULL;
  KouanCnPermit permit;

  if (!kouan_cn_permit_parse (lines, today, &permit))
    return FALSE;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  kouan_ctl_add_bool (builder, "fits", permit.checks_fit);
  kouan_ctl_add_permit (builder, &permit);
  json_builder_end_object (builder);
  kouan_ctl_print (builder);
  *fits = permit.checks_fit;
  return TRUE;
}

/* Returns: whether the zone is as it should be */
static gboolean
parse_zone (const char *const *lines, const GDate *today)
{
  g_autoptr (GArray) problems = NULL;
  g_autoptr (KouanMrz) mrz = kouan_mrz_parse (lines, today, &problems);
  g_autoptr (KouanChecks) checks
    = mrz != NULL ? kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, today) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean fits = mrz != NULL;

  for (guint i = 0; i < problems->len; i++)
    fits = fits && kouan_mrz_problem_may_pass (&g_array_index (problems, KouanMrzProblem, i));
  if (!fits && parse_permit (lines, today, &fits))
    return fits;
  json_builder_begin_object (builder);
  kouan_ctl_add_bool (builder, "fits", fits);
  if (mrz != NULL)
    kouan_ctl_add_mrz (builder, mrz, checks);
  kouan_ctl_add_mrz_problems (builder, problems);
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
static KouanExit
parse (int argc, char **argv)
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

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (!kouan_ctl_choose_today (today_option, &today))
    return kouan_ctl_usage ("--today: a day such as 2026-05-03");
  return parse_arguments (arguments, &today);
}

KouanExit
kouan_ctl_mrz (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "parse"))
    return parse (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "read"))
    return kouan_ctl_mrz_read (argc - 1, argv + 1);
  return kouan_ctl_usage ("mrz parse [TEXT | FILE | -]… or mrz read IMAGE…");
}
