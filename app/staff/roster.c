/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/roster.h"

#include "app/catalogue/json.h"
#include "app/crypto/password.h"
#include "app/staff/badge.h"
#include "app/staff/error.h"
#include "db/kiosk/lists.h"

#include <string.h>

/* The roster is one of the lists that the hub signs (app/sync/list.c): whole, versioned, never
 * rolled back. Its content is JSON, so that an operator writes and reads it with any editor:
 *
 *   { "format": 1,
 *     "people": [ { "id": "a-17", "name": "…", "roles": "attendant+supervisor", "pin":
 * "$argon2id$…" } ], "revoked": [ "0193…-…" ] }
 *
 * It is read strictly: a name that is not expected, a role that there is not or the same person
 * twice make the whole of it worthless, and the one in use stays. */

#define FORMAT 1
#define NAME_SIZE_MAX 128

struct _KouanRoster
{
  gatomicrefcount ref_count;
  guint64 version;
  GPtrArray *people;   /* of KouanPerson */
  GHashTable *by_id;   /* their own id to KouanPerson */
  GHashTable *revoked; /* set of UUID texts */
};

static void
person_free (KouanPerson *person)
{
  g_free (person->id);
  g_free (person->name);
  g_free (person->pin);
  g_free (person);
}

/* @pin: digits alone, of which not all are the same */
gboolean
kouan_pin_is_good (const char *pin)
{
  gsize length = strspn (pin, "0123456789");
  char first[2] = { pin[0], '\0' };

  return length >= KOUAN_PIN_DIGITS_MIN && length <= KOUAN_PIN_DIGITS_MAX && pin[length] == '\0'
         && strspn (pin, first) < length;
}

static gboolean
fail (GError **error, const char *where, const char *must)
{
  g_set_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_ROSTER_BROKEN,
               "the roster: %s must be %s", where, must);
  return FALSE;
}

/* Returns: (transfer none) (nullable): the text of that member, and of no other type */
static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
has_only (JsonObject *object, const char *const *names)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_strv_contains (names, item->data))
      return FALSE;
  return TRUE;
}

static gboolean
read_person (KouanRoster *self, JsonNode *node, GError **error)
{
  static const char *const names[] = { "id", "name", "roles", "pin", NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? text_member (object, "id") : NULL;
  const char *name = object != NULL ? text_member (object, "name") : NULL;
  const char *roles_text = object != NULL ? text_member (object, "roles") : NULL;
  const char *pin = object != NULL ? text_member (object, "pin") : NULL;
  KouanPerson *person;
  guint roles = 0;

  if (object == NULL || !has_only (object, names))
    return fail (error, "each of people", "an object with id, name, roles, pin and nothing else");
  if (!kouan_person_is_id (id) || g_hash_table_contains (self->by_id, id))
    return fail (error, "id", "small letters, digits and \"-\", 32 at most, each once");
  if (name == NULL || *name == '\0' || strlen (name) > NAME_SIZE_MAX)
    return fail (error, "name", "a text of at most 128 bytes");
  if (roles_text == NULL || !kouan_roles_from_string (roles_text, &roles))
    return fail (error, "roles",
                 "attendant, supervisor, technician, security, with \"+\" between them");
  if (!kouan_password_is_hash (pin))
    return fail (error, "pin", "Argon2id in its text form");
  person = g_new0 (KouanPerson, 1);
  person->id = g_strdup (id);
  person->name = g_strdup (name);
  person->roles = roles;
  person->pin = g_strdup (pin);
  g_ptr_array_add (self->people, person);
  g_hash_table_insert (self->by_id, person->id, person);
  return TRUE;
}

static gboolean
read_people (KouanRoster *self, JsonArray *array, GError **error)
{
  guint count = array != NULL ? json_array_get_length (array) : 0;

  if (count == 0 || count > KOUAN_ROSTER_PEOPLE_MAX)
    return fail (error, "people", "a list of 1 to 1000");
  for (guint i = 0; i < count; i++)
    if (!read_person (self, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_revoked (KouanRoster *self, JsonArray *array, GError **error)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      guint8 uuid[KOUAN_UUID_SIZE];

      if (json_node_get_value_type (node) != G_TYPE_STRING
          || !kouan_uuid_from_string (json_node_get_string (node), uuid))
        return fail (error, "each of revoked", "the id of a badge");
      g_hash_table_add (self->revoked, kouan_uuid_to_string (uuid));
    }
  return TRUE;
}

static JsonArray *
array_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static KouanRoster *
roster_new (void)
{
  KouanRoster *self = g_new0 (KouanRoster, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify)person_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->revoked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * kouan_roster_parse:
 *
 * Returns: (transfer full): NULL with %KOUAN_STAFF_ERROR_ROSTER_BROKEN, whose message says what
 * would be right
 */
KouanRoster *
kouan_roster_parse (const char *text, gsize size, GError **error)
{
  static const char *const names[] = { "format", "people", "revoked", NULL };
  g_autoptr (KouanRoster) self = roster_new ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = kouan_json_parse (text, size, &cause);
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "it", cause != NULL ? cause->message : "an object");
      return NULL;
    }
  object = json_node_get_object (root);
  if (json_object_get_int_member_with_default (object, "format", 0) != FORMAT
      || !has_only (object, names))
    {
      fail (error, "it", "of format 1, with people, revoked and nothing else");
      return NULL;
    }
  if (!read_people (self, array_member (object, "people"), error)
      || !read_revoked (self, array_member (object, "revoked"), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kouan_roster_load:
 *
 * Returns: (transfer full): the one in use; NULL with %KOUAN_STAFF_ERROR_NO_ROSTER, ROSTER_BROKEN
 * or STORE
 */
KouanRoster *
kouan_roster_load (KouanDatabase *db, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (KouanListRow) row = kouan_lists_find (db, KOUAN_ROSTER_KIND, &cause);
  KouanRoster *self;

  if (g_error_matches (cause, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NO_ROSTER, cause->message);
  else if (row == NULL)
    kouan_staff_fail_store (cause, error);
  if (row == NULL)
    return NULL;
  self = kouan_roster_parse (g_bytes_get_data (row->content, NULL), g_bytes_get_size (row->content),
                             error);
  if (self != NULL)
    self->version = (guint64)row->version;
  return self;
}

KouanRoster *
kouan_roster_ref (KouanRoster *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_roster_unref (KouanRoster *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->revoked);
  g_ptr_array_unref (self->people);
  g_free (self);
}

guint64
kouan_roster_get_version (KouanRoster *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/* Returns: (transfer none) (element-type KouanPerson): never empty */
GPtrArray *
kouan_roster_get_people (KouanRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->people;
}

const KouanPerson *
kouan_roster_find (KouanRoster *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

gboolean
kouan_roster_is_revoked (KouanRoster *self, const guint8 badge[static KOUAN_UUID_SIZE])
{
  g_autofree char *text = kouan_uuid_to_string (badge);

  g_return_val_if_fail (self != NULL, TRUE);

  return g_hash_table_contains (self->revoked, text);
}
