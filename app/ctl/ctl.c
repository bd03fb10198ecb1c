/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include <stdio.h>

void
kouan_ctl_print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *line = json_to_string (root, FALSE);

  puts (line);
  fflush (stdout);
}

KouanExit
kouan_ctl_usage (const char *format, ...)
{
  va_list words;
  g_autofree char *message = NULL;

  va_start (words, format);
  message = g_strdup_vprintf (format, words);
  va_end (words);
  g_printerr ("kouanctl: %s\n", message);
  return KOUAN_EXIT_USAGE;
}

KouanExit
kouan_ctl_failed (const GError *error)
{
  g_printerr ("kouanctl: %s\n", error->message);
  return KOUAN_EXIT_FAILED;
}
