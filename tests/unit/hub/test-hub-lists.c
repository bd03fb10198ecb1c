/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/publish.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <string.h>

#define TEXT "0123456789abcdef0123456789abcdef\n"

typedef struct
{
  KouanTestKiosk *kiosk;
  KouanHttp *http;
  char *base;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *authority = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  KouanHttpOptions options = { 0 };

  fixture->kiosk = kouan_test_kiosk_new ();
  authority = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_HUB_CA);
  certificate = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_TLS_CERTIFICATE);
  key = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_TLS_KEY);
  options = (KouanHttpOptions){ .authority = authority, .certificate = certificate, .key = key };
  fixture->http = kouan_http_new (&options);
  fixture->base = g_strdup_printf ("https://127.0.0.1:%u/lists/",
                                   kouan_hub_server_get_port (fixture->kiosk->server));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_http_free (fixture->http);
  g_free (fixture->base);
  kouan_test_kiosk_free (fixture->kiosk);
}

/* @known: (nullable): a header */
static KouanHttpAnswer *
get (Fixture *fixture, const char *kind, const char *known)
{
  g_autofree char *url = g_strconcat (fixture->base, kind, NULL);
  const char *headers[] = { known, NULL };
  KouanHttpRequest request
    = { .method = "GET", .url = url, .headers = headers, .answer_max = 10000 };
  g_autoptr (GError) error = NULL;
  KouanHttpAnswer *answer = kouan_http_send (fixture->http, &request, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static gint64
now_s (Fixture *fixture)
{
  return kouan_clock_wall_s (fixture->kiosk->world->clock);
}

static void
publish (Fixture *fixture, KouanListKind kind, guint hall_id, const char *text, gint64 expected)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  guint64 version = 0;

  g_assert_true (
    kouan_hub_publish_list (fixture->kiosk->world->hub, kind, hall_id, content, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpint ((gint64)version, ==, expected);
}

/* What the kiosk gets is what its own keyring believes. */
static KouanList *
take (Fixture *fixture, KouanListKind kind, GError **error)
{
  g_autoptr (KouanHttpAnswer) answer = get (fixture, kouan_list_kind_to_string (kind), NULL);
  g_autoptr (GBytes) message = NULL;
  KouanStation *station = fixture->kiosk->station;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (kouan_http_answer_get_header (answer, "content-type"), ==, "application/cose");
  message = g_bytes_new (answer->body->data, answer->body->len);
  return kouan_list_verify (message, kouan_station_get_keyring (station), kind,
                            kouan_station_get_hall_id (station), error);
}

static void
test_comes_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanListKind kinds[]
    = { KOUAN_LIST_APPOINTMENTS, KOUAN_LIST_REVOKED, KOUAN_LIST_TRUST, KOUAN_LIST_ROSTER };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint hall_id = kouan_list_kind_is_of_a_hall (kinds[i]) ? KOUAN_TEST_HALL : 0;
      g_autoptr (KouanHttpAnswer) none = get (fixture, kouan_list_kind_to_string (kinds[i]), NULL);
      g_autoptr (KouanList) list = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (none->status, ==, 404);
      publish (fixture, kinds[i], hall_id, "old", now_s (fixture));
      publish (fixture, kinds[i], hall_id, TEXT, now_s (fixture) + 1);
      list = take (fixture, kinds[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint ((gint64)list->version, ==, now_s (fixture) + 1);
      g_assert_cmpuint (list->hall_id, ==, hall_id);
      g_assert_cmpint (list->issued_s, ==, kouan_clock_wall_s (fixture->kiosk->world->clock));
      g_assert_cmpmem (g_bytes_get_data (list->content, NULL), g_bytes_get_size (list->content),
                       TEXT, strlen (TEXT));
    }
}

static void
test_known_is_not_sent_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *tag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", now_s (fixture));
  g_autofree char *known = g_strconcat ("If-None-Match: ", tag, NULL);
  g_autoptr (KouanHttpAnswer) same = NULL;
  g_autoptr (KouanHttpAnswer) newer = NULL;

  publish (fixture, KOUAN_LIST_REVOKED, 0, TEXT, now_s (fixture));
  same = get (fixture, "revoked", known);
  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (same->body->len, ==, 0);
  g_assert_cmpstr (kouan_http_answer_get_header (same, "etag"), ==, tag);
  /* A clock that is set back makes no list older. */
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->kiosk->world->clock),
                               (now_s (fixture) - 1) * G_USEC_PER_SEC);
  publish (fixture, KOUAN_LIST_REVOKED, 0, "", now_s (fixture) + 2);
  newer = get (fixture, "revoked", known);
  g_assert_cmpuint (newer->status, ==, 200);
  g_assert_cmpstr (kouan_http_answer_get_header (newer, "etag"), !=, tag);
}

static void
test_other_hall_is_not_told (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHttpAnswer) answer = NULL;
  g_autoptr (KouanHttpAnswer) unknown = NULL;

  publish (fixture, KOUAN_LIST_APPOINTMENTS, KOUAN_TEST_HALL + 1, TEXT, now_s (fixture));
  answer = get (fixture, "appointments", NULL);
  g_assert_cmpuint (answer->status, ==, 404);
  unknown = get (fixture, "../hub.conf", NULL);
  g_assert_cmpuint (unknown->status, ==, 404);
}

static GBytes *
make_list (KouanSigningKey *key, KouanListKind kind, guint hall_id)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEXT, strlen (TEXT));
  KouanList list = { kind, hall_id, 1, 1000, content };

  return kouan_list_sign (&list, key);
}

/* A key that may speak for one kind does not speak for another, nor a list for another hall. */
static void
test_only_what_is_meant (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (GBytes) appointments = make_list (key, KOUAN_LIST_APPOINTMENTS, 3);
  g_autoptr (GBytes) roster = make_list (key, KOUAN_LIST_ROSTER, 0);
  g_autoptr (KouanList) good = NULL;
  g_autoptr (GError) error = NULL;

  kouan_keyring_add (keyring, kouan_signing_key_get_public (key), KOUAN_PURPOSE_APPOINTMENT, "x");
  good = kouan_list_verify (appointments, keyring, KOUAN_LIST_APPOINTMENTS, 3, &error);
  g_assert_no_error (error);
  g_assert_nonnull (good);
  g_assert_null (kouan_list_verify (appointments, keyring, KOUAN_LIST_APPOINTMENTS, 4, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (kouan_list_verify (appointments, keyring, KOUAN_LIST_REVOKED, 3, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (kouan_list_verify (roster, keyring, KOUAN_LIST_ROSTER, 3, &error));
  g_assert_nonnull (error);
}

static void
test_too_long (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) content
    = g_bytes_new_take (g_malloc0 (KOUAN_LIST_SIZE_MAX), KOUAN_LIST_SIZE_MAX);
  g_autoptr (GError) error = NULL;
  guint64 version;

  g_assert_false (kouan_hub_publish_list (fixture->kiosk->world->hub, KOUAN_LIST_TRUST, 0, content,
                                          &version, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/lists/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("comes-down", test_comes_down);
  ADD ("known-is-not-sent-again", test_known_is_not_sent_again);
  ADD ("other-hall-is-not-told", test_other_hall_is_not_told);
  ADD ("only-what-is-meant", test_only_what_is_meant);
  ADD ("too-long", test_too_long);
  return g_test_run ();
}
