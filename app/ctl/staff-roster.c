/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/staff.h"

#include "app/crypto/durable.h"
#include "app/crypto/password.h"
#include "app/ctl/fields.h"
#include "app/staff/roster.h"
#include "app/sync/list.h"
#include "db/kiosk/lists.h"

#include <string.h>

/* kouanctl staff roster: an operator's file of people, person by person, and what becomes of it.
 * The PIN comes in on stdin, so that it is in no list of processes; what is kept of it is Argon2id.
 *
 * At a hub, "kouan-hub publish HUB roster FILE" signs the file and hands it out. "sign" and
 * "install" do the same for a kiosk that has none. */

#define FILE_MODE 0600
#define FORMAT 1

static JsonObject *
new_roster (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "format", FORMAT);
  json_object_set_array_member (object, "people", json_array_new ());
  json_object_set_array_member (object, "revoked", json_array_new ());
  return object;
}

/* Returns: (transfer full) (nullable): what the file holds, or an empty one if it is not there */
static JsonObject *
load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (KouanRoster) roster = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize size;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return new_roster ();
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  roster = kouan_roster_parse (text, size, error);
  root = roster != NULL ? json_from_string (text, error) : NULL;
  return root != NULL ? json_node_dup_object (root) : NULL;
}

static gboolean
save (const char *path, JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *pretty = NULL;
  g_autofree char *text = NULL;
  g_autoptr (KouanRoster) roster = NULL;

  json_node_set_object (root, object);
  pretty = json_to_string (root, TRUE);
  text = g_strconcat (pretty, "\n", NULL);
  roster = kouan_roster_parse (text, strlen (text), error);
  return roster != NULL
         && kouan_write_file_durably (path, (const guint8 *)text, strlen (text), FILE_MODE, error);
}

static gboolean
remove_person (JsonObject *object, const char *id)
{
  JsonArray *people = json_object_get_array_member (object, "people");

  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonObject *person = json_array_get_object_element (people, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (person, "id", ""), id) != 0)
        continue;
      json_array_remove_element (people, i);
      return TRUE;
    }
  return FALSE;
}

static KouanExit
print_file (const char *path, JsonObject *object)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  JsonArray *revoked = json_object_has_member (object, "revoked")
                         ? json_object_get_array_member (object, "revoked")
                         : NULL;

  kouan_ctl_add_text (line, "roster", path);
  kouan_ctl_add_int (line, "people",
                     json_array_get_length (json_object_get_array_member (object, "people")));
  kouan_ctl_add_int (line, "revoked", revoked != NULL ? json_array_get_length (revoked) : 0);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static KouanExit
finish (const char *path, JsonObject *object)
{
  g_autoptr (GError) error = NULL;

  if (save (path, object, &error))
    return print_file (path, object);
  kouan_ctl_failed (error);
  return error->domain == KOUAN_STAFF_ERROR ? KOUAN_EXIT_NO : KOUAN_EXIT_FAILED;
}

static KouanExit
add (const char *path, const char *id, const char *name, const char *roles)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = load (path, &error);
  g_autofree char *pin = NULL;
  g_autofree char *hash = NULL;
  JsonObject *person;

  if (object == NULL)
    return kouan_ctl_failed (error);
  pin = kouan_ctl_read_pin ("PIN");
  if (pin == NULL || !kouan_pin_is_good (pin))
    return kouan_ctl_usage ("a PIN has %d to %d digits, not all the same, and comes in on stdin",
                            KOUAN_PIN_DIGITS_MIN, KOUAN_PIN_DIGITS_MAX);
  hash = kouan_password_hash (pin, KOUAN_PASSWORD_COST_STAFF);
  kouan_wipe (pin, strlen (pin));
  remove_person (object, id);
  person = json_object_new ();
  json_object_set_string_member (person, "id", id);
  json_object_set_string_member (person, "name", name);
  json_object_set_string_member (person, "roles", roles);
  json_object_set_string_member (person, "pin", hash);
  json_array_add_object_element (json_object_get_array_member (object, "people"), person);
  return finish (path, object);
}

static KouanExit
leave_out (const char *path, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = load (path, &error);

  if (object == NULL)
    return kouan_ctl_failed (error);
  if (remove_person (object, id))
    return finish (path, object);
  g_printerr ("kouanctl: %s is not in %s\n", id, path);
  return KOUAN_EXIT_NO;
}

static KouanExit
revoke_badge (const char *path, const char *badge)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = load (path, &error);

  if (object == NULL)
    return kouan_ctl_failed (error);
  if (!json_object_has_member (object, "revoked"))
    json_object_set_array_member (object, "revoked", json_array_new ());
  json_array_add_string_element (json_object_get_array_member (object, "revoked"), badge);
  return finish (path, object);
}

static KouanExit
sign (const char *path, const char *key_path, gint64 version, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (KouanRoster) roster = NULL;
  g_autoptr (KouanSigningKey) key = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  KouanList list = { .kind = KOUAN_LIST_ROSTER, .version = (guint64)version };
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    return kouan_ctl_failed (error);
  roster = kouan_roster_parse (text, size, &error);
  if (roster == NULL)
    {
      kouan_ctl_failed (error);
      return KOUAN_EXIT_NO;
    }
  key = kouan_signing_key_load (key_path, &error);
  if (key == NULL)
    return kouan_ctl_failed (error);
  list.issued_s = g_get_real_time () / G_USEC_PER_SEC;
  list.content = g_bytes_new_static (text, size);
  message = kouan_list_sign (&list, key);
  g_bytes_unref (list.content);
  if (!kouan_write_file_durably (out, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                 FILE_MODE, &error))
    return kouan_ctl_failed (error);
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "list", out);
  kouan_ctl_add_int (line, "version", version);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return KOUAN_EXIT_OK;
}

static void
print_version (gint64 version)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_int (line, "version", version);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

/* The same checks as when it comes from the hub: signature, whole, newer. */
static KouanExit
install (KouanCtlStore *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (KouanList) list = NULL;
  g_autoptr (KouanRoster) roster = NULL;
  KouanListRow row = { 0 };
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    return kouan_ctl_failed (error);
  message = g_bytes_new_take (g_steal_pointer (&text), size);
  list = kouan_list_verify (message, kouan_station_get_keyring (store->station), KOUAN_LIST_ROSTER,
                            kouan_station_get_hall_id (store->station), &error);
  if (list != NULL)
    roster = kouan_roster_parse (g_bytes_get_data (list->content, NULL),
                                 g_bytes_get_size (list->content), &error);
  if (roster != NULL)
    row = (KouanListRow){ (gint64)list->version, list->issued_s, list->content };
  if (roster == NULL
      || !kouan_lists_replace (store->db, KOUAN_ROSTER_KIND, &row,
                               kouan_clock_wall_s (store->clock), &error))
    {
      kouan_ctl_failed (error);
      return KOUAN_EXIT_NO;
    }
  print_version (row.version);
  return KOUAN_EXIT_OK;
}

static void
print_person (const KouanPerson *person)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autofree char *roles = kouan_roles_to_string (person->roles);

  kouan_ctl_add_text (line, "id", person->id);
  kouan_ctl_add_text (line, "name", person->name);
  kouan_ctl_add_text (line, "roles", roles);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
show (KouanCtlStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRoster) roster = kouan_roster_load (store->db, &error);
  GPtrArray *people;

  if (roster == NULL)
    return kouan_ctl_staff_refused (error);
  print_version ((gint64)kouan_roster_get_version (roster));
  people = kouan_roster_get_people (roster);
  for (guint i = 0; i < people->len; i++)
    print_person (people->pdata[i]);
  return KOUAN_EXIT_OK;
}

static KouanExit
at_station (const char *folder, const char *path)
{
  g_auto (KouanCtlStore) store = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kouan_ctl_store_open (&store, folder, path != NULL, &error))
    return kouan_ctl_failed (error);
  return path != NULL ? install (&store, path) : show (&store);
}

KouanExit
kouan_ctl_staff_roster (int argc, char **argv)
{
  g_autofree char *station = NULL, *id = NULL, *name = NULL, *roles = NULL, *key = NULL,
                  *out = NULL;
  gint64 version = 0;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "id", 0, 0, G_OPTION_ARG_STRING, &id, "Staff id", "ID" },
        { "name", 0, 0, G_OPTION_ARG_STRING, &name, "As colleagues call them", "TEXT" },
        { "roles", 0, 0, G_OPTION_ARG_STRING, &roles,
          "attendant, supervisor, technician, security, with + between", "ROLES" },
        { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, "sign: the roster's key", "PEM" },
        { "version", 0, 0, G_OPTION_ARG_INT64, &version, "sign: larger than the last", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "sign: where to", "FILE" },
        G_OPTION_ENTRY_NULL };
  const char *word;

  if (!kouan_ctl_parse ("staff roster", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  word = argc > 1 ? argv[1] : "";
  if (g_str_equal (word, "add") && argc == 3 && id != NULL && name != NULL && roles != NULL)
    return add (argv[2], id, name, roles);
  if (g_str_equal (word, "remove") && argc == 3 && id != NULL)
    return leave_out (argv[2], id);
  if (g_str_equal (word, "revoke") && argc == 4)
    return revoke_badge (argv[2], argv[3]);
  if (g_str_equal (word, "sign") && argc == 3 && key != NULL && version > 0 && out != NULL)
    return sign (argv[2], key, version, out);
  if (g_str_equal (word, "install") && argc == 3 && station != NULL)
    return at_station (station, argv[2]);
  if (g_str_equal (word, "show") && argc == 2 && station != NULL)
    return at_station (station, NULL);
  return kouan_ctl_usage ("staff roster: add FILE --id ID --name TEXT --roles ROLES (PIN on "
                          "stdin), remove FILE --id ID,\n"
                          "  revoke FILE BADGE, sign FILE --key PEM --version N --out FILE,\n"
                          "  install FILE --station DIR, or show --station DIR");
}
