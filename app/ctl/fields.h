/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One member of the object at hand. */
void kouan_ctl_add_text (JsonBuilder *line, const char *name, const char *text); /* NULL: null */
void kouan_ctl_add_int (JsonBuilder *line, const char *name, gint64 value);
void kouan_ctl_add_bool (JsonBuilder *line, const char *name, gboolean value);
void kouan_ctl_add_hex (JsonBuilder *line, const char *name, const guint8 *data, gsize size);
void kouan_ctl_add_uuid (JsonBuilder *line, const char *name, const guint8 uuid[static 16]);
void kouan_ctl_add_time (JsonBuilder *line,
                         const char *name,
                         gint64 wall_s); /* RFC 3339, UTC; 0: null */
void kouan_ctl_add_texts (JsonBuilder *line, const char *name, GPtrArray *texts);

G_END_DECLS
