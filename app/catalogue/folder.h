/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Inside this folder only: the files of a catalogue. */
#define KOUAN_CATALOGUE_FILES_MAX 256
#define KOUAN_CATALOGUE_FILE_SIZE_MAX (1024 * 1024)
#define KOUAN_CATALOGUE_SCHEMA "schema.json"
#define KOUAN_CATALOGUE_CALENDAR "calendar.json"

GBytes *
kouan_folder_read (const char *folder, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_folder_list (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_folder_is_file_name (const char *name, gsize size);

G_END_DECLS
