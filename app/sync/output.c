/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/output.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <unistd.h>

static void
add_number (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

static void
print_line (JsonBuilder *line)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (line);
  root = json_builder_get_root (line);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

/* On a terminal the sentence writes over itself. */
static void
tell_person (const KouanSyncProgress *progress)
{
  g_autofree char *done = g_format_size ((guint64)progress->bytes_done);
  g_autofree char *total = g_format_size ((guint64)progress->bytes_total);
  g_autofree char *left
    = progress->left_s < 0
        ? g_strdup ("")
        : g_strdup_printf (", %" G_GINT64_FORMAT " min %" G_GINT64_FORMAT " s left",
                           progress->left_s / 60, progress->left_s % 60);

  g_printerr ("\r\033[K%u of %u records, %s of %s%s", progress->records_done,
              progress->records_total, done, total, left);
  if (progress->records_done == progress->records_total)
    g_printerr ("\n");
}

void
kouan_sync_print_progress (const KouanSyncProgress *progress)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  if (isatty (STDERR_FILENO))
    tell_person (progress);
  add_number (line, "records_done", progress->records_done);
  add_number (line, "records_total", progress->records_total);
  add_number (line, "bytes_done", progress->bytes_done);
  add_number (line, "bytes_total", progress->bytes_total);
  if (progress->left_s >= 0)
    add_number (line, "left_s", progress->left_s);
  print_line (line);
}

static void
add_trouble (JsonBuilder *line, const GError *error)
{
  json_builder_set_member_name (line, "trouble");
  if (error != NULL)
    json_builder_add_string_value (line, error->message);
  else
    json_builder_add_null_value (line);
}

void
kouan_sync_print_export (const KouanStickReport *report, const GError *error)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  add_number (line, "exported", report->exported);
  add_number (line, "kept", report->kept);
  add_number (line, "offered", report->offered);
  add_number (line, "full", report->full);
  add_trouble (line, error);
  print_line (line);
}

void
kouan_sync_print_report (const KouanSyncReport *report, const GError *error)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  add_number (line, "committed", report->committed);
  add_number (line, "archived", report->archived);
  add_number (line, "refused", report->refused);
  add_number (line, "later", report->later);
  add_number (line, "waiting", report->waiting);
  add_number (line, "bytes", report->bytes);
  add_number (line, "catalogue", (gint64)report->catalogue);
  add_number (line, "lists", report->lists);
  add_number (line, "visits", report->visits);
  json_builder_set_member_name (line, "hub");
  json_builder_add_string_value (line,
                                 report->away ? report->stranger ? "stranger" : "away" : "reached");
  add_trouble (line, error);
  print_line (line);
}
