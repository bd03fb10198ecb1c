/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/fleet-server.h"
#include "app/hub/fleet.h"
#include "app/sync/status.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <string.h>

#define NOW_S 1800000000
#define HOUR_S 3600

static KouanHubFleetRow *
add_row (KouanFleet *fleet, guint kiosk_id, const char *troubles)
{
  KouanHubFleetRow *row = g_new0 (KouanHubFleetRow, 1);

  row->kiosk = (KouanHubKiosk){ .id = kiosk_id, .hall_id = 3, .seen_s = NOW_S - HOUR_S };
  row->status.troubles = g_strdup (troubles);
  g_ptr_array_add (fleet->rows, row);
  return row;
}

static KouanFleet *
new_fleet (const char *name)
{
  KouanFleet *fleet = g_new0 (KouanFleet, 1);

  fleet->name = g_strdup (name);
  fleet->now_s = NOW_S;
  fleet->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_fleet_row_free);
  fleet->duplicates = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_record_free);
  fleet->strangers = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_stranger_free);
  return fleet;
}

static void
test_states (void)
{
  g_autoptr (KouanFleet) fleet = new_fleet ("Hub");
  KouanHubFleetRow *row = add_row (fleet, 7, "");

  g_assert_cmpint (kouan_fleet_state (row, NOW_S), ==, KOUAN_FLEET_GOOD);
  row->status.refused = 1;
  g_assert_cmpint (kouan_fleet_state (row, NOW_S), ==, KOUAN_FLEET_ATTENTION);
  g_assert_cmpint (kouan_fleet_state (row, NOW_S + 40 * HOUR_S), ==, KOUAN_FLEET_SILENT);
  row->kiosk.revoked_s = 1;
  g_assert_cmpint (kouan_fleet_state (row, NOW_S + 40 * HOUR_S), ==, KOUAN_FLEET_REVOKED);
}

/* Nothing that comes from outside is ever a tag, not even if the database were made to say so. */
static void
test_everything_is_escaped (void)
{
  g_autoptr (KouanFleet) fleet = new_fleet ("A & B <b>hub</b>");
  g_autofree char *page = NULL;

  add_row (fleet, 7, "<script>alert(1)</script>\n\"quoted\"");
  page = kouan_fleet_page (fleet, "en");
  g_assert_nonnull (strstr (page, "A &amp; B &lt;b&gt;hub&lt;/b&gt;"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "style="));
}

static void
test_counts (void)
{
  g_autoptr (KouanFleet) fleet = new_fleet ("Hub");
  g_autofree char *page = NULL;

  add_row (fleet, 7, "")->received = 41;
  add_row (fleet, 8, "printer needs-paper")->received = 1;
  page = kouan_fleet_page (fleet, NULL);
  g_assert_nonnull (strstr (page, "<b>2</b> kiosks in service"));
  g_assert_nonnull (strstr (page, "<b>1</b> to look after"));
  g_assert_nonnull (strstr (page, "<b>42</b> received"));
  g_assert_nonnull (strstr (page, "printer needs-paper"));
  g_assert_null (strstr (page, "used more than once"));
}

static void
add_stranger (KouanFleet *fleet, guint kiosk_id, const char *peer, KouanHubStrangerState state)
{
  KouanHubStranger *stranger = g_new0 (KouanHubStranger, 1);

  *stranger = (KouanHubStranger){ .fingerprint = g_strdup ("4F2A-77B0-1C3D"),
                                  .kiosk_id = kiosk_id,
                                  .peer = g_strdup (peer),
                                  .asked_s = NOW_S - HOUR_S,
                                  .state = state };
  g_ptr_array_add (fleet->strangers, stranger);
}

/* Who waits is shown, by no more of the fingerprint than tells one from the other. */
static void
test_who_asks (void)
{
  g_autoptr (KouanFleet) fleet = new_fleet ("Hub");
  g_autofree char *nobody = NULL;
  g_autofree char *page = NULL;

  add_stranger (fleet, 12, "10.0.0.2", KOUAN_HUB_STRANGER_REFUSED);
  nobody = kouan_fleet_page (fleet, "en");
  g_assert_null (strstr (nobody, "ask to be enrolled"));
  add_stranger (fleet, 13, "<10.0.0.3>", KOUAN_HUB_STRANGER_WAITS);
  page = kouan_fleet_page (fleet, "en");
  g_assert_nonnull (strstr (page, "ask to be enrolled"));
  g_assert_nonnull (strstr (page, "<th scope=\"row\">13</th>"));
  g_assert_nonnull (strstr (page, "&lt;10.0.0.3&gt;"));
  g_assert_null (strstr (page, "10.0.0.2"));
  g_assert_nonnull (strstr (page, "4F2A-…"));
  g_assert_null (strstr (page, "77B0"));
}

static KouanHttpAnswer *
get (KouanFleetServer *server, const char *method, const char *path, const char *host)
{
  g_autofree char *url
    = g_strdup_printf ("http://127.0.0.1:%u%s", kouan_fleet_server_get_port (server), path);
  const char *headers[] = { host, NULL };
  const KouanHttpOptions options = { 0 };
  g_autoptr (KouanHttp) http = kouan_http_new (&options);
  KouanHttpRequest request
    = { .method = method, .url = url, .headers = headers, .answer_max = 100000 };
  g_autoptr (GError) error = NULL;
  KouanHttpAnswer *answer = kouan_http_send (http, &request, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static void
assert_status (
  KouanFleetServer *server, const char *method, const char *path, const char *host, guint status)
{
  g_autoptr (KouanHttpAnswer) answer = get (server, method, path, host);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_nonnull (kouan_http_answer_get_header (answer, "content-security-policy"));
}

static void
test_server (void)
{
  g_autoptr (KouanTestHub) world = kouan_test_hub_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanFleetServer) server = kouan_fleet_server_new (world->hub, 0, &error);
  g_autoptr (KouanHttpAnswer) page = get (server, "GET", "/", NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpstr (kouan_http_answer_get_header (page, "content-type"), ==,
                   "text/html; charset=utf-8");
  g_assert_cmpstr (kouan_http_answer_get_header (page, "cache-control"), ==, "no-store");
  g_assert_true (g_str_has_prefix (kouan_http_answer_get_header (page, "content-security-policy"),
                                   "default-src 'none';"));
  assert_status (server, "GET", "/style.css", NULL, 200);
  assert_status (server, "GET", "/records", NULL, 404);
  assert_status (server, "GET", "/../hub.conf", NULL, 404);
  assert_status (server, "POST", "/", NULL, 405);
  assert_status (server, "DELETE", "/", NULL, 405);
  assert_status (server, "GET", "/", "Host: kouan.example", 421);
  assert_status (server, "GET", "/", "Host: 127.0.0.1.example", 421);
  assert_status (server, "GET", "/", "Host: localhost:8444", 200);
}

/* From the kiosk's own sync to the page. */
static void
test_kiosk_reports (void)
{
  KouanTestKiosk *kiosk = kouan_test_kiosk_new ();
  g_autofree char *noted = kouan_station_path (kiosk->station, KOUAN_STATION_TROUBLES);
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 1000, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanFleet) fleet = NULL;
  const KouanHubFleetRow *row;
  KouanSyncReport report;

  g_assert_nonnull (submitted);
  g_assert_true (g_file_set_contents (
    noted, "printer needs-paper\n<b>scanner</b>\nscanner offline\n", -1, &error));
  g_assert_true (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_no_error (error);
  fleet = kouan_fleet_read (kiosk->world->hub, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fleet->rows->len, ==, 1);
  row = fleet->rows->pdata[0];
  g_assert_cmpint (row->status.captured, ==, 1);
  g_assert_cmpint (row->status.sent, ==, 1);
  g_assert_cmpint (row->status.waiting, ==, 0);
  g_assert_cmpint (row->received, ==, 1);
  g_assert_nonnull (strstr (row->status.troubles, "printer needs-paper\nscanner offline"));
  g_assert_null (strstr (row->status.troubles, "<b>"));
  g_assert_cmpint (kouan_fleet_state (row, fleet->now_s), ==, KOUAN_FLEET_ATTENTION);
  kouan_test_kiosk_free (kiosk);
}

static void
test_status_has_one_spelling (void)
{
  const char *troubles[] = { "disk low", NULL };
  const KouanStatus status = { 5, 1, 2, 1, 1, NOW_S, (char **)troubles };
  g_autoptr (GBytes) message = kouan_status_encode (&status);
  g_autoptr (KouanStatus) read = kouan_status_decode (message);
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_nonnull (read);
  g_assert_cmpint (read->captured, ==, 5);
  g_assert_cmpint (read->oldest_waiting_s, ==, NOW_S);
  g_assert_cmpstrv (read->troubles, troubles);
  g_byte_array_append (bytes, g_bytes_get_data (message, NULL), (guint)g_bytes_get_size (message));
  g_byte_array_append (bytes, (const guint8 *)"", 1);
  longer = g_bytes_new (bytes->data, bytes->len);
  g_assert_null (kouan_status_decode (longer));
  g_assert_false (kouan_status_is_trouble (""));
  g_assert_false (kouan_status_is_trouble ("a\nb"));
  g_assert_false (kouan_status_is_trouble ("<b>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/fleet/states", test_states);
  g_test_add_func ("/hub/fleet/everything-is-escaped", test_everything_is_escaped);
  g_test_add_func ("/hub/fleet/counts", test_counts);
  g_test_add_func ("/hub/fleet/who-asks", test_who_asks);
  g_test_add_func ("/hub/fleet/server", test_server);
  g_test_add_func ("/hub/fleet/kiosk-reports", test_kiosk_reports);
  g_test_add_func ("/hub/fleet/status-has-one-spelling", test_status_has_one_spelling);
  return g_test_run ();
}
