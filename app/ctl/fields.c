/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/fields.h"

#include "app/crypto/primitives.h"

void
kouan_ctl_add_text (JsonBuilder *line, const char *name, const char *text)
{
  json_builder_set_member_name (line, name);
  if (text != NULL)
    json_builder_add_string_value (line, text);
  else
    json_builder_add_null_value (line);
}

void
kouan_ctl_add_int (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

void
kouan_ctl_add_bool (JsonBuilder *line, const char *name, gboolean value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_boolean_value (line, value);
}

void
kouan_ctl_add_hex (JsonBuilder *line, const char *name, const guint8 *data, gsize size)
{
  g_autofree char *hex = kouan_hex (data, size);

  kouan_ctl_add_text (line, name, hex);
}

void
kouan_ctl_add_uuid (JsonBuilder *line, const char *name, const guint8 uuid[static 16])
{
  g_autofree char *text = kouan_uuid_to_string (uuid);

  kouan_ctl_add_text (line, name, text);
}

void
kouan_ctl_add_time (JsonBuilder *line, const char *name, gint64 wall_s)
{
  g_autoptr (GDateTime) time = wall_s != 0 ? g_date_time_new_from_unix_utc (wall_s) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  kouan_ctl_add_text (line, name, text);
}

/* @texts: (element-type utf8) */
void
kouan_ctl_add_texts (JsonBuilder *line, const char *name, GPtrArray *texts)
{
  json_builder_set_member_name (line, name);
  json_builder_begin_array (line);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (line, texts->pdata[i]);
  json_builder_end_array (line);
}
