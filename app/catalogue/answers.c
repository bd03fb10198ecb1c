/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/answers.h"

#include "app/catalogue/json.h"

#include <string.h>

struct _KouanAnswers
{
  gatomicrefcount refs;
  GHashTable *values; /* id → value */
};

static void
free_value (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

KouanAnswers *
kouan_answers_new (void)
{
  KouanAnswers *self = g_new0 (KouanAnswers, 1);

  g_atomic_ref_count_init (&self->refs);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
  return self;
}

KouanAnswers *
kouan_answers_ref (KouanAnswers *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_answers_unref (KouanAnswers *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * kouan_answers_set:
 * @value: (nullable): %NULL or "" takes the answer out
 *
 * At most KOUAN_ANSWERS_MAX answers of KOUAN_ANSWER_SIZE_MAX bytes; the page that asks bounds what
 * is typed.
 */
void
kouan_answers_set (KouanAnswers *self, const char *id, const char *value)
{
  g_return_if_fail (self != NULL && id != NULL);

  if (value == NULL || *value == '\0')
    {
      g_hash_table_remove (self->values, id);
      return;
    }
  g_return_if_fail (strlen (value) <= KOUAN_ANSWER_SIZE_MAX);
  g_return_if_fail (g_hash_table_size (self->values) < KOUAN_ANSWERS_MAX
                    || g_hash_table_contains (self->values, id));
  g_hash_table_insert (self->values, g_strdup (id), g_strdup (value));
}

/* Returns: (transfer none) (nullable): valid until this answer changes */
const char *
kouan_answers_get (KouanAnswers *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->values, id);
}

guint
kouan_answers_get_count (KouanAnswers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->values);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Returns: (transfer full) (element-type utf8): sorted */
GPtrArray *
kouan_answers_list_ids (KouanAnswers *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (self != NULL, ids);

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

void
kouan_answers_clear (KouanAnswers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->values);
}

/* Returns: (transfer full): an object of strings, its members sorted */
JsonNode *
kouan_answers_to_json (KouanAnswers *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GPtrArray) ids = NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (self != NULL, node);

  ids = kouan_answers_list_ids (self);
  for (guint i = 0; i < ids->len; i++)
    json_object_set_string_member (object, ids->pdata[i], kouan_answers_get (self, ids->pdata[i]));
  json_node_set_object (node, object);
  return node;
}

/**
 * kouan_answers_from_json:
 * @error: of KOUAN_JSON_ERROR: it is no object of strings, or beyond the limits of answers
 *
 * Returns: (transfer full) (nullable): the answers
 */
KouanAnswers *
kouan_answers_from_json (JsonNode *node, GError **error)
{
  g_autoptr (KouanAnswers) self = kouan_answers_new ();
  JsonObjectIter iter;
  const char *id;
  JsonNode *member;
  gboolean good = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                  && json_object_get_size (json_node_get_object (node)) <= KOUAN_ANSWERS_MAX;

  if (good)
    json_object_iter_init (&iter, json_node_get_object (node));
  while (good && json_object_iter_next (&iter, &id, &member))
    {
      good = JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING
             && strlen (json_node_get_string (member)) <= KOUAN_ANSWER_SIZE_MAX;
      if (good)
        kouan_answers_set (self, id, json_node_get_string (member));
    }
  if (good)
    return g_steal_pointer (&self);
  g_set_error (error, KOUAN_JSON_ERROR, KOUAN_JSON_ERROR_SYNTAX,
               "answers are an object of at most %d strings", KOUAN_ANSWERS_MAX);
  return NULL;
}
