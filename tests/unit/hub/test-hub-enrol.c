/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/secret-file.h"
#include "app/sync/enrolment.h"
#include "app/sync/station-enrolment.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  KouanTestHub *world;
  char *station; /* asks for number 7, has not been answered */
  GBytes *request;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;

  fixture->world = kouan_test_hub_new ();
  fixture->station = g_build_filename (fixture->world->folder, "station", NULL);
  fixture->request = kouan_station_request (fixture->station, 7, &fingerprint, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_bytes_unref (fixture->request);
  g_free (fixture->station);
  kouan_test_hub_free (fixture->world);
}

static KouanHubEnrolled *
enrol (Fixture *fixture, guint hall_id, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement
    = { .hall_id = hall_id, .hall_language = "en", .profile = "border", .hall_names = names };

  g_hash_table_insert (names, (gpointer) "en", (gpointer) "North hall");
  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "北厅");
  return kouan_hub_enrol (fixture->world->hub, fixture->request, &placement, error);
}

static gboolean
install (const char *folder, GBytes *bundle, GError **error)
{
  g_autofree char *hub = NULL;
  guint kiosk_id;

  return kouan_station_install (folder, bundle, NULL, &hub, &kiosk_id, error);
}

static gboolean
has (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->station, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_never_overwrites (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const hosts[] = { "localhost", NULL };
  KouanHubSetup setup
    = { .id = 1, .name = "Other", .hosts = hosts, .listen = "127.0.0.1", .port = 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = kouan_hub_path (fixture->world->hub, KOUAN_HUB_FILE_RECEIPT_KEY);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GDir) dir = NULL;
  guint entries = 0;

  g_assert_true (g_file_get_contents (path, &before, NULL, &error));
  g_assert_false (kouan_hub_create (fixture->world->hub_folder, &setup, 1, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &after, NULL, &error));
  g_assert_cmpstr (before, ==, after);
  dir = g_dir_open (fixture->world->folder, 0, &error);
  while (g_dir_read_name (dir) != NULL)
    entries++;
  g_assert_cmpuint (entries, ==, 2);
}

static void
test_bad_setup (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const hosts[] = { "localhost", NULL };
  const char *const bad_hosts[] = { "local host", NULL };
  const KouanHubSetup setups[] = {
    { .id = 0, .name = "x", .hosts = hosts, .listen = "127.0.0.1", .port = 1 },
    { .id = 65536, .name = "x", .hosts = hosts, .listen = "127.0.0.1", .port = 1 },
    { .id = 1, .name = "x", .hosts = hosts, .listen = "everywhere", .port = 1 },
    { .id = 1, .name = "x", .hosts = hosts, .listen = "127.0.0.1", .port = 0 },
    { .id = 1, .name = "x", .hosts = bad_hosts, .listen = "127.0.0.1", .port = 1 },
  };
  g_autofree char *folder = g_build_filename (fixture->world->folder, "new", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (setups); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kouan_hub_create (folder, &setups[i], 1, &error));
      g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED);
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    }
}

static void
test_hub_without_a_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const files[] = { KOUAN_HUB_FILE_CONF, KOUAN_HUB_FILE_RECEIPT_KEY };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (fixture->world->hub_folder, files[i], NULL);
      g_autofree char *aside = g_strconcat (path, ".aside", NULL);

      g_assert_cmpint (g_rename (path, aside), ==, 0);
      g_assert_null (kouan_hub_open (fixture->world->hub_folder, fixture->world->clock, &error));
      g_assert_true (error->domain == KOUAN_HUB_ERROR);
      g_assert_cmpint (g_rename (aside, path), ==, 0);
    }
}

static void
test_station_is_complete (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = enrol (fixture, 3, &error);
  g_autoptr (KouanStation) station = NULL;
  g_autoptr (KouanSecret) hall_key = NULL;
  g_autofree char *hall_path = kouan_hub_path (fixture->world->hub, "halls/3.key");

  g_assert_no_error (error);
  g_assert_true (install (fixture->station, enrolled->bundle, &error));
  g_assert_no_error (error);
  station = kouan_station_load (fixture->station, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kouan_station_get_kiosk_id (station), ==, 7);
  g_assert_cmpuint (kouan_station_get_hall_id (station), ==, 3);
  g_assert_cmpstr (kouan_station_get_hall_language (station), ==, "en");
  g_assert_cmpstr (kouan_station_get_hall_name (station, "zh-Hans"), ==, "北厅");
  g_assert_cmpstr (kouan_station_get_profile (station), ==, "border");
  g_assert_cmpstr (kouan_station_get_value (station, "hub", "url"), ==, "https://127.0.0.1:8443");
  hall_key = kouan_secret_load (hall_path, 32, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_secret_equal (hall_key, kouan_station_get_hall_key (station)));
  g_assert_false (has (fixture, KOUAN_STATION_ENROLMENT_KEY));
}

static void
test_halls_have_different_keys (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first_path = kouan_hub_path (fixture->world->hub, "halls/3.key");
  g_autofree char *second_path = kouan_hub_path (fixture->world->hub, "halls/4.key");
  g_autoptr (KouanSecret) first = NULL;
  g_autoptr (KouanSecret) second = NULL;
  g_autoptr (KouanHubEnrolled) here G_GNUC_UNUSED = enrol (fixture, 3, &error);
  g_autoptr (KouanHubEnrolled) there = NULL;

  g_assert_true (kouan_hub_store_revoke (kouan_hub_get_store (fixture->world->hub), 7, 1, &error));
  there = enrol (fixture, 4, &error);
  g_assert_no_error (error);
  first = kouan_secret_load (first_path, 32, &error);
  second = kouan_secret_load (second_path, 32, &error);
  g_assert_no_error (error);
  g_assert_false (kouan_secret_equal (first, second));
}

/* A second hub on the database of the first, with what docs/HUB.md says that hubs share. */
static KouanHub *
open_beside (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->world->folder, "beside", NULL);
  g_autofree char *conf = g_build_filename (folder, KOUAN_HUB_FILE_CONF, NULL);
  g_autofree char *database = kouan_hub_path (fixture->world->hub, KOUAN_HUB_FILE_DATABASE);
  const char *const shared[] = { KOUAN_HUB_FILE_CONF, "tls", "keys", "age" };
  g_autoptr (GKeyFile) settings = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  KouanHub *hub;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *from = kouan_hub_path (fixture->world->hub, shared[i]);
      const char *words[] = { "cp", "-r", from, folder, NULL };

      g_assert_true (g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                   NULL, NULL, NULL, &error));
    }
  g_assert_true (g_key_file_load_from_file (settings, conf, G_KEY_FILE_NONE, &error));
  g_key_file_set_string (settings, "store", "database", database);
  g_assert_true (g_key_file_save_to_file (settings, conf, &error));
  hub = kouan_hub_open (folder, fixture->world->clock, &error);
  g_assert_no_error (error);
  return hub;
}

static KouanSecret *
install_and_get_key (const char *folder, const KouanHubEnrolled *enrolled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = NULL;

  g_assert_true (install (folder, enrolled->bundle, &error));
  g_assert_no_error (error);
  station = kouan_station_load (folder, &error);
  g_assert_no_error (error);
  return kouan_secret_ref (kouan_station_get_hall_key (station));
}

/* Whoever enrols it, and also where an earlier version has left the key in a file alone. */
static void
test_hall_has_one_key (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHub *first = fixture->world->hub;
  g_autofree char *path = kouan_hub_path (first, "halls/3.key");
  g_autofree char *other_folder = g_build_filename (fixture->world->folder, "other", NULL);
  g_autofree char *fingerprint = NULL;
  g_autoptr (KouanSecret) earlier = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) second = open_beside (fixture);
  g_autoptr (KouanHubEnrolled) here = NULL;
  g_autoptr (KouanHubEnrolled) there = NULL;
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (KouanSecret) other_key = NULL;
  g_autoptr (KouanHubHall) row = NULL;

  g_assert_true (kouan_secret_save (earlier, path, &error));
  here = enrol (fixture, 3, &error);
  g_assert_no_error (error);
  key = install_and_get_key (fixture->station, here);
  g_bytes_unref (fixture->request);
  fixture->request = kouan_station_request (other_folder, 8, &fingerprint, &error);
  fixture->world->hub = second;
  there = enrol (fixture, 3, &error);
  fixture->world->hub = first;
  g_assert_no_error (error);
  other_key = install_and_get_key (other_folder, there);
  g_assert_true (kouan_secret_equal (key, earlier));
  g_assert_true (kouan_secret_equal (key, other_key));
  row = kouan_hub_store_find_hall (kouan_hub_get_store (first), 3, &error);
  g_assert_null (memmem (g_bytes_get_data (row->sealed_key, NULL),
                         g_bytes_get_size (row->sealed_key), kouan_secret_data (key),
                         KOUAN_KEY_SIZE));
}

/* Two hubs that have given out two keys are not made one behind the operator's back. */
static void
test_other_key_is_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHub *first = fixture->world->hub;
  g_autoptr (KouanHub) second = open_beside (fixture);
  g_autofree char *halls = kouan_hub_path (second, KOUAN_HUB_FOLDER_HALLS);
  g_autofree char *path = kouan_hub_path (second, "halls/3.key");
  g_autoptr (KouanSecret) earlier = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) here G_GNUC_UNUSED = enrol (fixture, 3, &error);
  g_autoptr (KouanSecret) after = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (halls, 0700), ==, 0);
  g_assert_true (kouan_secret_save (earlier, path, &error));
  fixture->world->hub = second;
  g_assert_null (enrol (fixture, 3, &error));
  fixture->world->hub = first;
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
  g_clear_error (&error);
  after = kouan_secret_load (path, KOUAN_KEY_SIZE, &error);
  g_assert_true (kouan_secret_equal (earlier, after));
}

static void
test_neighbours_are_trusted (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *neighbour G_GNUC_UNUSED = kouan_test_hub_enrol (fixture->world, 8);
  g_autoptr (KouanHubEnrolled) enrolled = enrol (fixture, KOUAN_TEST_HALL, &error);

  g_assert_no_error (error);
  g_assert_true (install (fixture->station, enrolled->bundle, &error));
  g_assert_true (has (fixture, "keys/trusted/kiosk-8.walk-in+slip.pem"));
  g_assert_true (has (fixture, "keys/trusted/hub.hub-receipt.pem"));
  g_assert_false (has (fixture, "keys/trusted/kiosk-7.walk-in+slip.pem"));
}

static void
test_one_number_one_kiosk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) first G_GNUC_UNUSED = enrol (fixture, 3, &error);
  g_autoptr (KouanHubEnrolled) second = NULL;

  g_assert_no_error (error);
  second = enrol (fixture, 3, &error);
  g_assert_null (second);
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
}

static void
test_hall_needs_a_name (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  KouanHubPlacement placement = { .hall_id = 3 };

  g_assert_null (kouan_hub_enrol (fixture->world->hub, fixture->request, &placement, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED);
}

static void
test_request_again_is_the_same_kiosk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (GBytes) again = kouan_station_request (fixture->station, 7, &fingerprint, &error);
  g_autoptr (KouanEnrolmentRequest) one = NULL;
  g_autoptr (KouanEnrolmentRequest) two = NULL;

  g_assert_no_error (error);
  one = kouan_enrolment_request_verify (fixture->request, &error);
  two = kouan_enrolment_request_verify (again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (one->record_key, ==, two->record_key);
  g_assert_cmpstr (one->recipient, ==, two->recipient);
  g_assert_cmpuint (one->kiosk_id, ==, 7);
}

static void
test_damaged_requests (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gsize size = g_bytes_get_size (fixture->request);

  for (gsize i = 0; i < size; i += 3)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (fixture->request, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fixture->request, 0, i);

      copy[i] ^= 0x04;
      changed = g_bytes_new (copy, size);
      g_assert_null (kouan_enrolment_request_verify (changed, NULL));
      g_assert_null (kouan_enrolment_request_verify (cut, NULL));
    }
}

static void
test_damaged_bundle (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = enrol (fixture, 3, &error);
  gsize size = g_bytes_get_size (enrolled->bundle);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (enrolled->bundle, NULL), size);
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (enrolled->bundle, 0, size - 1);

  copy[size / 2] ^= 1;
  changed = g_bytes_new (copy, size);
  g_assert_false (install (fixture->station, changed, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (install (fixture->station, cut, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_assert_false (has (fixture, KOUAN_STATION_CONFIG));
}

static void
test_bundle_is_for_one_station (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = enrol (fixture, 3, &error);
  g_autofree char *stranger = g_build_filename (fixture->world->folder, "stranger", NULL);
  g_autofree char *fingerprint = NULL;
  g_autoptr (GBytes) request G_GNUC_UNUSED
    = kouan_station_request (stranger, 7, &fingerprint, &error);

  g_assert_no_error (error);
  g_assert_false (install (stranger, enrolled->bundle, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (install (fixture->world->folder, enrolled->bundle, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING);
}

/* Somebody who got hold of the request makes a bundle of their own. */
static void
test_other_hub_is_noticed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestHub) impostor = kouan_test_hub_new ();
  g_autofree char *expected = kouan_hub_get_fingerprint (fixture->world->hub, &error);
  g_autofree char *hub = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = 3, .hall_names = names };
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  guint kiosk_id;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "大厅");
  enrolled = kouan_hub_enrol (impostor->hub, fixture->request, &placement, &error);
  g_assert_no_error (error);
  g_assert_false (
    kouan_station_install (fixture->station, enrolled->bundle, expected, &hub, &kiosk_id, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_assert_false (has (fixture, KOUAN_STATION_CONFIG));
}

static void
test_configuration_is_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubEnrolled) first = enrol (fixture, 3, &error);
  g_autoptr (KouanHubEnrolled) moved = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *path = g_build_filename (fixture->station, KOUAN_STATION_CONFIG, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (install (fixture->station, first->bundle, &error));
  g_assert_true (g_file_get_contents (path, &before, NULL, &error));
  g_assert_true (kouan_hub_store_revoke (kouan_hub_get_store (fixture->world->hub), 7, 1, &error));
  request = kouan_station_request (fixture->station, 7, &fingerprint, &error);
  g_bytes_unref (fixture->request);
  fixture->request = g_steal_pointer (&request);
  moved = enrol (fixture, 4, &error);
  g_assert_no_error (error);
  g_assert_false (install (fixture->station, moved->bundle, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &after, NULL, &error));
  g_assert_cmpstr (before, ==, after);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/enrol/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("never-overwrites", test_never_overwrites);
  ADD ("bad-setup", test_bad_setup);
  ADD ("hub-without-a-file", test_hub_without_a_file);
  ADD ("station-is-complete", test_station_is_complete);
  ADD ("halls-have-different-keys", test_halls_have_different_keys);
  ADD ("hall-has-one-key", test_hall_has_one_key);
  ADD ("other-key-is-refused", test_other_key_is_refused);
  ADD ("neighbours-are-trusted", test_neighbours_are_trusted);
  ADD ("one-number-one-kiosk", test_one_number_one_kiosk);
  ADD ("hall-needs-a-name", test_hall_needs_a_name);
  ADD ("request-again-is-the-same-kiosk", test_request_again_is_the_same_kiosk);
  ADD ("damaged-requests", test_damaged_requests);
  ADD ("damaged-bundle", test_damaged_bundle);
  ADD ("bundle-is-for-one-station", test_bundle_is_for_one_station);
  ADD ("other-hub-is-noticed", test_other_hub_is_noticed);
  ADD ("configuration-is-kept", test_configuration_is_kept);
  return g_test_run ();
}
