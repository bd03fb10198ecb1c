/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/calendar-file.h"
#include "app/catalogue/json.h"
#include "app/catalogue/reader.h"

#include <string.h>

/* Any words as the name of a last day. Whatever they are, the calendar file has to be one that RFC
 * 5545 allows, and a reader that unfolds and unescapes it has to find the same words again: a name
 * never becomes a line of its own. */

#define LINE_BYTES 75 /* §3.1 */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static char *
quote (const char *words)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), words);

  return json_to_string (node, FALSE);
}

static KouanService *
service_with (const char *words)
{
  g_autofree char *quoted = quote (words);
  g_autofree char *text = g_strdup_printf (
    "{\"format\":1,\"id\":\"s\",\"code\":900,\"profiles\":[\"service\"],\"languages\":[\"en\"],"
    "\"name\":{\"en\":\"S\"},\"description\":{\"en\":\"S\"},\"audience\":{\"en\":\"S\"},"
    "\"rules\":[{\"id\":\"r\",\"text\":{\"en\":\"R\"},\"source\":{\"en\":%s},"
    "\"as_of\":\"2026-01-01\",\"review_by\":\"2030-01-01\",\"jurisdiction\":\"UTO\","
    "\"grade\":\"law\"}],\"deadlines\":[{\"id\":\"d\",\"name\":{\"en\":%s},\"from\":\"today\","
    "\"last\":\"today + 3 days\",\"after\":{\"en\":%s},\"rules\":[\"r\"]}]}",
    quoted, quoted, quoted);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);

  return kouan_read_service ("s.json", text, strlen (text), NULL, faults);
}

/* What stands in a calendar: no sign that the standard forbids in a text. */
static char *
allowed (const char *words)
{
  GString *kept = g_string_new (NULL);

  for (const char *p = words; *p != '\0'; p++)
    if (*p == '\n' || ((guchar)*p >= 0x20 && *p != 0x7F))
      g_string_append_c (kept, *p);
  return g_string_free (kept, FALSE);
}

static char *
unescape (const char *value)
{
  GString *words = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\\')
        p++;
      g_string_append_c (words, *p == 'n' && p > value && p[-1] == '\\' ? '\n' : *p);
    }
  return g_string_free (words, FALSE);
}

static void
check_lines (const char *file)
{
  g_auto (GStrv) lines = g_strsplit (file, "\r\n", -1);
  guint count = g_strv_length (lines);

  g_assert_true (g_utf8_validate (file, -1, NULL));
  g_assert_cmpstr (lines[count - 1], ==, ""); /* the last line ends too */
  for (guint i = 0; i < count; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, LINE_BYTES);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL)); /* not folded within a character */
      for (const char *p = lines[i]; *p != '\0'; p++)
        g_assert_true ((guchar)*p >= 0x20 && *p != 0x7F);
    }
}

static void
check_summary (const char *file, const char *words)
{
  g_autofree char *kept = allowed (words);
  g_auto (GStrv) folded = g_strsplit (file, "\r\n ", -1);
  g_autofree char *whole = g_strjoinv ("", folded);
  g_auto (GStrv) lines = g_strsplit (whole, "\r\n", -1);
  guint found = 0, begun = 0, ended = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      begun += g_str_has_prefix (lines[i], "BEGIN:");
      ended += g_str_has_prefix (lines[i], "END:");
      if (g_str_has_prefix (lines[i], "SUMMARY:"))
        {
          g_autofree char *read = unescape (lines[i] + strlen ("SUMMARY:"));

          g_assert_cmpstr (read, ==, kept);
          found++;
        }
    }
  g_assert_cmpuint (found, ==, 1);
  g_assert_cmpuint (begun, ==, ended);
  g_assert_true (begun == 2 || begun == 4); /* the calendar, its event, and two reminders or none */
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *words = g_strndup (data != NULL ? (const char *)data : "", size);
  g_autoptr (KouanService) service = NULL;
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  g_autoptr (GArray) states = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *code = NULL;
  KouanContext context;
  GDate today;

  if (!g_utf8_validate (words, -1, NULL) || (service = service_with (words)) == NULL)
    return 0;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 3, 5, 2026);
  kouan_context_init (&context, &today);
  states = kouan_service_deadlines (service, answers, &context);
  g_assert_cmpuint (states->len, ==, 1);
  whole = kouan_deadlines_to_calendar (states, "en", "00001-000001-13", 1796000000);
  code = kouan_deadlines_to_short_calendar (states, "en", "00001-000001-13");
  check_lines (whole);
  check_lines (code);
  check_summary (whole, words);
  check_summary (code, words);
  return 0;
}
