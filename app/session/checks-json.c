/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/checks-json.h"

/* The whole vector of checks, as a draft keeps it until the visit comes back and as the record
 * hands it on. */

static void
add (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* Returns: (transfer full) */
JsonNode *
kouan_checks_to_json (KouanChecks *checks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (checks != NULL, NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; i < kouan_checks_get_count (checks); i++)
    {
      const KouanCheck *check = kouan_checks_get_nth (checks, i);

      json_builder_begin_object (builder);
      add (builder, "id", check->id);
      add (builder, "source", kouan_source_id (check->source));
      add (builder, "result", kouan_result_id (check->result));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static void
read_check (KouanChecks *checks, JsonObject *object)
{
  const char *id = json_object_get_string_member_with_default (object, "id", NULL);
  const char *source_id = json_object_get_string_member_with_default (object, "source", NULL);
  const char *result_id = json_object_get_string_member_with_default (object, "result", NULL);
  KouanSource source;
  KouanResult result;

  if (id != NULL && kouan_source_from_id (source_id, &source)
      && kouan_result_from_id (result_id, &result))
    kouan_checks_set (checks, id, source, result);
}

/* @node: (nullable)
 *
 * Returns: (transfer full) (nullable): %NULL where there is no such list; what is no check in it is
 * left out */
KouanChecks *
kouan_checks_from_json (JsonNode *node)
{
  KouanChecks *checks;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  checks = kouan_checks_new ();
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      read_check (checks, json_array_get_object_element (array, i));
  return checks;
}
