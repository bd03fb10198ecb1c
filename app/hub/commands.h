/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What kouan-hub's process ends with: the same meanings as kouanctl's. */
typedef enum
{
  KOUAN_HUB_EXIT_OK = 0,
  KOUAN_HUB_EXIT_NO = 1,
  KOUAN_HUB_EXIT_USAGE = 2,
  KOUAN_HUB_EXIT_FAILED = 3,
} KouanHubExit;

/* One subcommand each; argv[0] is its name. For the files of the program kouan-hub alone. */
KouanHubExit kouan_hub_command_init (int argc, char **argv);
KouanHubExit kouan_hub_command_enrol (int argc, char **argv);
KouanHubExit kouan_hub_command_requests (int argc, char **argv);
KouanHubExit kouan_hub_command_revoke (int argc, char **argv);
KouanHubExit kouan_hub_command_kiosks (int argc, char **argv);
KouanHubExit kouan_hub_command_publish (int argc, char **argv);
KouanHubExit kouan_hub_command_import (int argc, char **argv);
KouanHubExit kouan_hub_command_export (int argc, char **argv);
KouanHubExit kouan_hub_command_serve (int argc, char **argv);
KouanHubExit kouan_hub_command_fleet (int argc, char **argv);
KouanHubExit kouan_hub_command_list (int argc, char **argv);
KouanHubExit kouan_hub_command_open (int argc, char **argv);
KouanHubExit kouan_hub_command_archive (int argc, char **argv);
KouanHubExit kouan_hub_command_alarms (int argc, char **argv);
KouanHubExit kouan_hub_command_audit (int argc, char **argv);

/* Reads the options away; on a mistake says so, and the command ends with USAGE. @words: how many
 * are left, the command's name not counted; -1: the command counts them itself. */
gboolean kouan_hub_parse (int *argc,
                          char ***argv,
                          const GOptionEntry *entries,
                          const char *usage,
                          int words) G_GNUC_WARN_UNUSED_RESULT;
KouanHubExit
kouan_hub_failed (const GError *error); /* of any domain; NO for what is not there or refused */
KouanHub *kouan_hub_open_folder (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One JSON object a line on stdout. begin … add … end. */
JsonBuilder *kouan_hub_line_begin (void);
void
kouan_hub_line_add_text (JsonBuilder *line, const char *name, const char *value); /* (nullable) */
void kouan_hub_line_add_number (JsonBuilder *line, const char *name, gint64 value);
void kouan_hub_line_add_time (JsonBuilder *line, const char *name, gint64 time_s); /* 0: null */
void kouan_hub_line_add_id (JsonBuilder *line, const char *name, const guint8 *id);
void kouan_hub_line_end (JsonBuilder *line); /* prints it, takes it */

G_END_DECLS
