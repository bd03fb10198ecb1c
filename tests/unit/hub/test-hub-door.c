/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/door.h"
#include "app/hub/server.h"
#include "app/hub/stranger.h"
#include "app/sync/ask.h"
#include "app/sync/enrolment.h"
#include "app/sync/http.h"
#include "app/sync/station-enrolment.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"

#include <glib/gstdio.h>
#include <string.h>

/* A machine asks a hub that it does not know, over the line; the hub answers a machine that it does
 * not know. */

#define KIOSK 7
#define SECOND_US G_GINT64_CONSTANT (1000000)

typedef struct
{
  KouanTestHub *world;
  KouanHubDoor *door;
  char *url;
  char *station;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->world = kouan_test_hub_new ();
  fixture->door = kouan_hub_door_new (fixture->world->hub, 0, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_door_get_port (fixture->door));
  fixture->station = g_build_filename (fixture->world->folder, "station", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->door, kouan_hub_door_free);
  g_free (fixture->url);
  g_free (fixture->station);
  kouan_test_hub_free (fixture->world);
}

static KouanAsked *
ask (Fixture *fixture, const char *folder, guint kiosk_id)
{
  g_autoptr (GError) error = NULL;
  KouanAsked *asked = kouan_ask_send (folder, kiosk_id, fixture->url, NULL, &error);

  g_assert_no_error (error);
  return asked;
}

static void
assert_refused_to_ask (Fixture *fixture, const char *folder, guint kiosk_id, KouanAskError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_ask_send (folder, kiosk_id, fixture->url, NULL, &error));
  g_assert_error (error, KOUAN_ASK_ERROR, (int)code);
}

static void
assert_cannot_fetch (Fixture *fixture, KouanAskError code)
{
  g_autoptr (GError) error = NULL;
  GBytes *bundle;

  g_assert_false (kouan_ask_fetch (fixture->station, &bundle, NULL, &error));
  g_assert_error (error, KOUAN_ASK_ERROR, (int)code);
  g_assert_null (bundle);
}

static void
assert_waits (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GBytes *bundle;

  g_assert_true (kouan_ask_fetch (fixture->station, &bundle, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (bundle);
}

/* The operator, who has heard @fingerprint from whoever stands at the machine. */
static KouanHubEnrolled *
enrol (Fixture *fixture, const char *fingerprint, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  return kouan_hub_answer_stranger (fixture->world->hub, fingerprint, &placement, error);
}

static guint
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strangers
    = kouan_hub_store_list_strangers (kouan_hub_get_store (fixture->world->hub), &error);

  g_assert_no_error (error);
  return strangers->len;
}

static void
advance (Fixture *fixture, gint64 seconds)
{
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), seconds * SECOND_US);
}

static void
test_whole_way (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) asked = ask (fixture, fixture->station, KIOSK);
  g_autoptr (KouanAsked) kept = kouan_ask_read (fixture->station);
  g_autofree char *hub_shows = kouan_hub_get_fingerprint (fixture->world->hub, NULL);
  g_autofree char *capitals = g_ascii_strup (asked->fingerprint, -1);
  g_autofree char *hub = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  guint kiosk_id = 0;

  g_assert_cmpstr (kept->url, ==, fixture->url);
  g_assert_cmpstr (kept->hub, ==, hub_shows);
  g_assert_cmpstr (kept->hub_name, ==, "Test hub");
  assert_waits (fixture);
  enrolled = enrol (fixture, g_strdelimit (capitals, "-", ' '), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled->kiosk_fingerprint, ==, asked->fingerprint);
  g_assert_true (kouan_ask_fetch (fixture->station, &bundle, NULL, &error));
  g_assert_nonnull (bundle);
  g_assert_true (
    kouan_station_install (fixture->station, bundle, hub_shows, &hub, &kiosk_id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kiosk_id, ==, KIOSK);
}

/* The same machine is one stranger, however often it asks; its fingerprint stays. */
static void
test_asks_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) first = ask (fixture, fixture->station, KIOSK);
  g_autoptr (KouanAsked) second = ask (fixture, fixture->station, KIOSK + 1);
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (KouanAsked) third = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (first->fingerprint, ==, second->fingerprint);
  g_assert_cmpuint (count (fixture), ==, 1);
  enrolled = enrol (fixture, first->fingerprint, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (enrolled->kiosk_id, ==, KIOSK + 1);
  third = ask (fixture, fixture->station, KIOSK + 1);
  g_assert_cmpstr (third->fingerprint, ==, first->fingerprint);
  g_assert_null (enrol (fixture, first->fingerprint, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
}

static void
test_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) asked = ask (fixture, fixture->station, KIOSK);
  g_autoptr (GError) error = NULL;
  KouanHubStore *store = kouan_hub_get_store (fixture->world->hub);
  gint64 forgotten = 0;

  g_assert_true (kouan_hub_store_refuse_stranger (store, asked->fingerprint, 1, &error));
  assert_cannot_fetch (fixture, KOUAN_ASK_ERROR_REFUSED);
  assert_refused_to_ask (fixture, fixture->station, KIOSK, KOUAN_ASK_ERROR_REFUSED);
  g_assert_null (enrol (fixture, asked->fingerprint, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (kouan_hub_store_forget_strangers (store, asked->fingerprint, &forgotten, &error));
  g_assert_cmpint (forgotten, ==, 1);
  assert_cannot_fetch (fixture, KOUAN_ASK_ERROR_GONE);
}

/* The operator types what a person has read to them; nothing that is not there is enrolled. */
static void
test_wrong_fingerprint (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) asked = ask (fixture, fixture->station, KIOSK);
  g_autoptr (GError) error = NULL;

  asked->fingerprint[0] = asked->fingerprint[0] == 'a' ? 'b' : 'a';
  g_assert_null (enrol (fixture, asked->fingerprint, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  assert_waits (fixture);
}

static void
test_number_is_taken (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *neighbour G_GNUC_UNUSED = kouan_test_hub_enrol (fixture->world, KIOSK);

  assert_refused_to_ask (fixture, fixture->station, KIOSK, KOUAN_ASK_ERROR_TAKEN);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* A number that was free when it asked, and is not when the operator looks: neither is changed. */
static void
test_number_is_taken_meanwhile (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) asked = ask (fixture, fixture->station, KIOSK);
  g_autofree char *neighbour G_GNUC_UNUSED = kouan_test_hub_enrol (fixture->world, KIOSK);
  g_autoptr (GError) error = NULL;

  g_assert_null (enrol (fixture, asked->fingerprint, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS);
  assert_waits (fixture);
}

static void
test_forgotten_after_a_week (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *other = g_build_filename (fixture->world->folder, "other", NULL);
  g_autoptr (KouanAsked) first G_GNUC_UNUSED = ask (fixture, fixture->station, KIOSK);
  g_autoptr (KouanAsked) second = NULL;

  advance (fixture, 7 * 86400 + 1);
  second = ask (fixture, other, KIOSK + 1);
  g_assert_nonnull (second);
  g_assert_cmpuint (count (fixture), ==, 1);
  assert_cannot_fetch (fixture, KOUAN_ASK_ERROR_GONE);
}

/* From one place a few may wait; those that wait already lose nothing by it. */
static void
test_flood_is_bounded (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAsked) first G_GNUC_UNUSED = ask (fixture, fixture->station, KIOSK);
  g_autofree char *last = g_build_filename (fixture->world->folder, "last", NULL);

  for (guint i = 1; i < KOUAN_HUB_STRANGERS_FROM_PEER_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("flood-%u", i);
      g_autofree char *folder = g_build_filename (fixture->world->folder, name, NULL);
      g_autoptr (KouanAsked) asked G_GNUC_UNUSED = ask (fixture, folder, 100 + i);
    }
  g_assert_cmpuint (count (fixture), ==, KOUAN_HUB_STRANGERS_FROM_PEER_MAX);
  assert_refused_to_ask (fixture, last, 99, KOUAN_ASK_ERROR_FULL);
  g_assert_cmpuint (count (fixture), ==, KOUAN_HUB_STRANGERS_FROM_PEER_MAX);
  assert_waits (fixture);
}

/* Not even a machine that is known may have the hub read more than it has time for. */
static void
test_rate_is_bounded (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < KOUAN_HUB_DOOR_BURST; i++)
    {
      g_autoptr (KouanAsked) asked G_GNUC_UNUSED = ask (fixture, fixture->station, KIOSK);
    }
  assert_refused_to_ask (fixture, fixture->station, KIOSK, KOUAN_ASK_ERROR_FULL);
  advance (fixture, KOUAN_HUB_DOOR_EVERY_S);
  {
    g_autoptr (KouanAsked) asked G_GNUC_UNUSED = ask (fixture, fixture->station, KIOSK);
  }
  assert_refused_to_ask (fixture, fixture->station, KIOSK, KOUAN_ASK_ERROR_FULL);
}

static guint
send (Fixture *fixture, const char *method, const char *path, GBytes *body)
{
  const KouanHttpOptions options = { .anybody = TRUE };
  g_autoptr (KouanHttp) http = kouan_http_new (&options);
  g_autofree char *url = g_strconcat (fixture->url, path, NULL);
  KouanHttpRequest request = { .method = method, .url = url, .answer_max = 100000 };
  g_autoptr (KouanHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    request.body = g_bytes_get_data (body, &request.body_size);
  answer = kouan_http_send (http, &request, NULL, &error);
  g_assert_no_error (error);
  return answer->status;
}

static void
test_nonsense (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) request
    = kouan_station_request (fixture->station, KIOSK, &fingerprint, &error);
  g_autofree guint8 *large = g_malloc0 (KOUAN_ENROLMENT_REQUEST_SIZE_MAX + 1);
  g_autoptr (GBytes) too_large = g_bytes_new (large, KOUAN_ENROLMENT_REQUEST_SIZE_MAX + 1);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (request, 0, g_bytes_get_size (request) - 1);
  g_autofree char *long_path = g_strnfill (4000, 'a');
  g_autofree char *long_one = g_strconcat ("/enrolment/", long_path, NULL);

  g_assert_cmpuint (g_bytes_get_size (request), <, KOUAN_ENROLMENT_REQUEST_SIZE_MAX / 2);
  g_assert_cmpuint (send (fixture, "POST", "/enrolment", too_large), ==, 413);
  g_assert_cmpuint (send (fixture, "POST", "/enrolment", cut), ==, 400);
  g_assert_cmpuint (send (fixture, "POST", "/enrolment", NULL), ==, 400);
  g_assert_cmpuint (send (fixture, "PUT", "/enrolment", request), ==, 405);
  g_assert_cmpuint (send (fixture, "POST", "/records", request), ==, 404);
  g_assert_cmpuint (send (fixture, "GET", "/", NULL), ==, 404);
  g_assert_cmpuint (send (fixture, "GET", "/enrolment/", NULL), ==, 404);
  g_assert_cmpuint (send (fixture, "GET", "/enrolment/%ff%00", NULL), ==, 404);
  g_assert_cmpuint (send (fixture, "GET", long_one, NULL), ==, 404);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* Whoever answers later in the hub's place, with the hub's own card, gets nothing. */
static void
test_impostor_at_the_address (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestHub) impostor = kouan_test_hub_new ();
  g_autoptr (KouanAsked) asked G_GNUC_UNUSED = ask (fixture, fixture->station, KIOSK);
  guint port = kouan_hub_door_get_port (fixture->door);
  g_autoptr (KouanHubDoor) in_its_place = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->door, kouan_hub_door_free);
  assert_cannot_fetch (fixture, KOUAN_ASK_ERROR_AWAY);
  in_its_place = kouan_hub_door_new (impostor->hub, port, &error);
  g_assert_no_error (error);
  assert_cannot_fetch (fixture, KOUAN_ASK_ERROR_STRANGER);
}

/* The door of one hub at which the card of another is shown. */
static void
test_card_of_another (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestHub) other = kouan_test_hub_new ();
  g_autofree char *from = kouan_hub_path (other->hub, KOUAN_HUB_FILE_AUTHORITY);
  g_autofree char *to = kouan_hub_path (fixture->world->hub, KOUAN_HUB_FILE_AUTHORITY);
  g_autofree char *pem = NULL;

  g_assert_true (g_file_get_contents (from, &pem, NULL, NULL));
  g_assert_true (g_file_set_contents (to, pem, -1, NULL));
  g_clear_pointer (&fixture->door, kouan_hub_door_free);
  fixture->door = kouan_hub_door_new (fixture->world->hub, 0, NULL);
  g_free (fixture->url);
  fixture->url = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_door_get_port (fixture->door));
  assert_refused_to_ask (fixture, fixture->station, KIOSK, KOUAN_ASK_ERROR_STRANGER);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* The line of known kiosks is no door: it answers with nothing but a handshake that fails. */
static void
test_not_at_the_front (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubServer) front = kouan_hub_server_new (fixture->world->hub, 0, &error);

  g_assert_no_error (error);
  g_free (fixture->url);
  fixture->url = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_server_get_port (front));
  g_assert_null (kouan_ask_send (fixture->station, KIOSK, fixture->url, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_addresses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const bad[] = { "",
                              "hub.example",
                              "http://hub.example:8444",
                              "https://",
                              "https://hub.example:99999",
                              "https://me@hub.example",
                              "https://hub.example/enrolment",
                              "https://hub.example?x",
                              "file:///etc/passwd" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kouan_ask_send (fixture->station, KIOSK, bad[i], NULL, &error));
      g_assert_error (error, KOUAN_ASK_ERROR, KOUAN_ASK_ERROR_ADDRESS);
    }
}

static void
test_fingerprints_are_read (void)
{
  const char *const texts[] = { "1a2b-3c4d-5e6f-7081-92a3-b4c5", "1A2B 3C4D 5E6F 7081 92A3 B4C5",
                                " 1a2b3c4d5e6f708192a3b4c5\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *read = kouan_enrolment_fingerprint_read (texts[i]);

      g_assert_cmpstr (read, ==, texts[0]);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/door/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole-way", test_whole_way);
  ADD ("asks-again", test_asks_again);
  ADD ("refused", test_refused);
  ADD ("wrong-fingerprint", test_wrong_fingerprint);
  ADD ("number-is-taken", test_number_is_taken);
  ADD ("number-is-taken-meanwhile", test_number_is_taken_meanwhile);
  ADD ("forgotten-after-a-week", test_forgotten_after_a_week);
  ADD ("flood-is-bounded", test_flood_is_bounded);
  ADD ("rate-is-bounded", test_rate_is_bounded);
  ADD ("nonsense", test_nonsense);
  ADD ("impostor-at-the-address", test_impostor_at_the_address);
  ADD ("card-of-another", test_card_of_another);
  ADD ("not-at-the-front", test_not_at_the_front);
  ADD ("addresses", test_addresses);
  g_test_add_func ("/hub/door/fingerprints-are-read", test_fingerprints_are_read);
  return g_test_run ();
}
