/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/ctl.h"

#include <gio/gio.h>
#include <string.h>

static JsonObject *
parse_line (const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  if (*text == '\0')
    return NULL;
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1); /* one line */
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  return json_node_dup_object (root);
}

int
kouan_test_ctl (JsonObject **answer, const char *input, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_autofree char *messages = NULL;
  g_autoptr (GError) error = NULL;
  va_list list;

  g_ptr_array_add (words, (gpointer)g_getenv ("KOUANCTL"));
  g_assert_nonnull (g_ptr_array_index (words, 0));
  va_start (list, input);
  for (const char *word = va_arg (list, const char *); word != NULL;
       word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer)word);
  va_end (list);
  g_ptr_array_add (words, NULL);

  process = g_subprocess_newv ((const char *const *)words->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, &messages, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (*messages != '\0')
    g_test_message ("%s", messages);
  if (answer != NULL)
    *answer = parse_line (out);
  return g_subprocess_get_exit_status (process);
}
