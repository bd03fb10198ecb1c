/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/head.h"
#include "app/sync/status.h"

#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIZE 1000
#define SECOND_US G_GINT64_CONSTANT (1000000)

typedef struct
{
  KouanTestKiosk *kiosk;
  KouanTestRecord *record;
  KouanHttp *http;
  char *base, *url;        /* of the hub, of the record */
  KouanHttpAnswer *answer; /* to the last request */
} Fixture;

static KouanHttp *
connect_as (const char *folder)
{
  g_autofree char *authority = g_build_filename (folder, KOUAN_STATION_HUB_CA, NULL);
  g_autofree char *certificate = g_build_filename (folder, KOUAN_STATION_TLS_CERTIFICATE, NULL);
  g_autofree char *key = g_build_filename (folder, KOUAN_STATION_TLS_KEY, NULL);
  KouanHttpOptions options = { .authority = authority, .certificate = certificate, .key = key };

  return kouan_http_new (&options);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *id = NULL;

  fixture->kiosk = kouan_test_kiosk_new ();
  fixture->record = kouan_test_record_new (fixture->kiosk->station, 1, SIZE, 0);
  fixture->http = connect_as (fixture->kiosk->station_folder);
  fixture->base
    = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_server_get_port (fixture->kiosk->server));
  id = kouan_uuid_to_string (fixture->record->claim.record_id);
  fixture->url = g_strdup_printf ("%s/records/%s", fixture->base, id);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->answer, kouan_http_answer_free);
  kouan_http_free (fixture->http);
  kouan_test_record_free (fixture->record);
  g_free (fixture->url);
  g_free (fixture->base);
  kouan_test_kiosk_free (fixture->kiosk);
}

/* @...: headers, then NULL. Returns: the status */
static guint G_GNUC_NULL_TERMINATED
ask (Fixture *fixture, const char *method, const char *path, GBytes *body, ...)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autofree char *url = g_strconcat (fixture->base, path, NULL);
  g_autoptr (GError) error = NULL;
  KouanHttpRequest request
    = { .method = method, .url = path != NULL ? url : fixture->url, .answer_max = 10000 };
  const char *header;
  va_list list;

  va_start (list, body);
  while ((header = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (headers, (gpointer)header);
  va_end (list);
  g_ptr_array_add (headers, NULL);
  request.headers = (const char *const *)headers->pdata;
  if (body != NULL)
    request.body = g_bytes_get_data (body, &request.body_size);
  g_clear_pointer (&fixture->answer, kouan_http_answer_free);
  fixture->answer = kouan_http_send (fixture->http, &request, NULL, &error);
  g_assert_no_error (error);
  return fixture->answer->status;
}

static const char *
header (Fixture *fixture, const char *name)
{
  return kouan_http_answer_get_header (fixture->answer, name);
}

#define TUS "Tus-Resumable: 1.0.0"
#define RUN "Content-Type: application/offset+octet-stream"

static guint
create (Fixture *fixture)
{
  g_autofree char *text = kouan_test_record_metadata (fixture->record);

  return ask (fixture, "POST", "/records", NULL, TUS, "Upload-Length: 1000", text, NULL);
}

static void
test_options (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpuint (ask (fixture, "OPTIONS", "/records", NULL, NULL), ==, 204);
  g_assert_cmpstr (header (fixture, "tus-version"), ==, "1.0.0");
  g_assert_cmpstr (header (fixture, "tus-extension"), ==,
                   "creation,checksum,expiration,termination");
  g_assert_cmpstr (header (fixture, "tus-checksum-algorithm"), ==, "sha1,sha256");
  g_assert_cmpstr (header (fixture, "tus-max-size"), ==, "67108864");
  g_assert_cmpstr (header (fixture, "tus-resumable"), ==, "1.0.0");
}

static void
test_version (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpuint (ask (fixture, "POST", "/records", NULL, NULL), ==, 412);
  g_assert_cmpstr (header (fixture, "tus-version"), ==, "1.0.0");
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, "Tus-Resumable: 0.2.2", NULL), ==, 412);
}

static void
test_creation (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpuint (create (fixture), ==, 201);
  g_assert_true (g_str_has_suffix (fixture->url, header (fixture, "location")));
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "0");
  g_assert_true (g_regex_match_simple ("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} "
                                       "[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$",
                                       header (fixture, "upload-expires"), 0, 0));
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 200);
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "0");
  g_assert_cmpstr (header (fixture, "upload-length"), ==, "1000");
  g_assert_cmpstr (header (fixture, "cache-control"), ==, "no-store");
}

static void
test_bad_creations (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *good = kouan_test_record_metadata (fixture->record);
  g_autofree char *cut = g_strndup (good, strlen (good) / 5);
  const char *const bad[] = { "Upload-Metadata: ", "Upload-Metadata: record", "X: y",
                              "Upload-Metadata: record !!!!,sha256 ,manifest ,,,,", cut };
  const char *const lengths[]
    = { "Upload-Length: -1", "Upload-Length: ", "Upload-Length: 1e3", "Upload-Defer-Length: 1" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (
      ask (fixture, "POST", "/records", NULL, TUS, "Upload-Length: 1000", bad[i], NULL), ==, 400);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_assert_cmpuint (ask (fixture, "POST", "/records", NULL, TUS, lengths[i], good, NULL), ==,
                      400);
  g_assert_cmpuint (
    ask (fixture, "POST", "/records", NULL, TUS, "Upload-Length: 99999999999", good, NULL), ==,
    413);
  g_assert_cmpuint (ask (fixture, "POST", "/records", NULL, TUS, "Upload-Length: 1001", good, NULL),
                    ==, 403);
  g_assert_cmpstr (header (fixture, "content-type"), ==, "application/cose");
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 404);
}

static void
test_upload (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (fixture->record->bytes, 0, 400);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (fixture->record->bytes, 400, 600);

  create (fixture);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, first, TUS, RUN, "Upload-Offset: 0", NULL), ==,
                    204);
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "400");
  g_assert_nonnull (header (fixture, "upload-expires"));
  g_assert_cmpuint (ask (fixture, "GET", "/records", NULL, NULL), ==, 405);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, rest, TUS, RUN, "Upload-Offset: 400", NULL), ==,
                    204);
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "1000");
  g_assert_null (header (fixture, "upload-expires"));
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 200);
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "1000");
  g_assert_cmpuint (create (fixture), ==, 200);
  g_assert_cmpstr (header (fixture, "content-type"), ==, "application/cose");
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 1);
}

static void
test_method_override (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  create (fixture);
  g_assert_cmpuint (ask (fixture, "POST", NULL, fixture->record->bytes, TUS, RUN,
                         "X-HTTP-Method-Override: PATCH", "Upload-Offset: 0", NULL),
                    ==, 204);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 1);
}

static void
test_receipt (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_strconcat (fixture->url + strlen (fixture->base), "/receipt", NULL);
  g_autoptr (GByteArray) first = NULL;

  create (fixture);
  g_assert_cmpuint (ask (fixture, "GET", path, NULL, NULL), ==, 404);
  ask (fixture, "PATCH", NULL, fixture->record->bytes, TUS, RUN, "Upload-Offset: 0", NULL);
  g_assert_cmpuint (ask (fixture, "GET", path, NULL, NULL), ==, 200);
  first = g_byte_array_ref (fixture->answer->body);
  g_assert_cmpuint (ask (fixture, "GET", path, NULL, NULL), ==, 200);
  g_assert_cmpmem (first->data, first->len, fixture->answer->body->data,
                   fixture->answer->body->len);
}

/* Revoked while a body is on its way: the rest of it is read and does not count for anything. */
typedef struct
{
  KouanHubStore *store;
  gint64 sent; /* when it was revoked; 0: not yet */
} Revocation;

static void
revoke_in_the_middle (gint64 sent, gpointer data)
{
  Revocation *revocation = data;
  g_autoptr (GError) error = NULL;

  if (revocation->sent > 0)
    return;
  revocation->sent = sent;
  g_assert_true (kouan_hub_store_revoke (revocation->store, 7, 1, &error));
  g_assert_no_error (error);
}

static void
test_revoked_in_the_middle_of_a_body (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gint64 size = 8000000;
  g_autoptr (KouanTestRecord) record
    = kouan_test_record_new (fixture->kiosk->station, 2, (gsize)size, 0);
  g_autoptr (KouanTestClient) client = kouan_test_client_new (
    fixture->kiosk->station, kouan_hub_server_get_port (fixture->kiosk->server));
  g_autoptr (KouanHttpAnswer) offered = kouan_test_client_offer (client, record);
  g_autofree char *id = kouan_uuid_to_string (record->claim.record_id);
  g_autofree char *url = g_strdup_printf ("%s/records/%s", fixture->base, id);
  g_autofree char *path = g_build_filename (fixture->kiosk->world->folder, "body", NULL);
  const char *headers[] = { TUS, RUN, "Upload-Offset: 0", NULL };
  Revocation revocation = { .store = kouan_hub_get_store (fixture->kiosk->world->hub) };
  KouanHttpRequest request = { .method = "PATCH",
                               .url = url,
                               .headers = headers,
                               .body_size = (gsize)size,
                               .sent = revoke_in_the_middle,
                               .sent_data = &revocation,
                               .answer_max = 1000 };
  g_autoptr (KouanHttpAnswer) answer = NULL;
  g_autoptr (KouanHubRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (offered->status, ==, 201);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (record->bytes, NULL), size, &error));
  request.body_fd = open (path, O_RDONLY | O_CLOEXEC);
  answer = kouan_http_send (client->http, &request, NULL, &error);
  g_assert_no_error (error);
  close (request.body_fd);
  g_assert_cmpint (revocation.sent, >, 0);
  g_assert_cmpint (revocation.sent, <, size);
  g_assert_cmpuint (answer->status, ==, 403);
  g_assert_cmpuint (answer->body->len, ==, 0);
  found = kouan_hub_store_find_record (revocation.store, record->claim.record_id, &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  g_assert_null (kouan_test_client_receipt (client, record));
}

/* Each of what a kiosk puts here has a bound of its own: what is larger is not even looked at. */
static void
test_bounds_of_what_is_put (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *path;
    gsize size_max;
    guint status; /* of as many bytes that say nothing */
  } puts[]
    = { { "/status", KOUAN_STATUS_SIZE_MAX, 400 }, { "/audit", KOUAN_AUDIT_HEAD_SIZE_MAX, 403 } };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      g_autofree char *zeros = g_malloc0 (puts[i].size_max + 1);
      g_autoptr (GBytes) most = g_bytes_new (zeros, puts[i].size_max);
      g_autoptr (GBytes) more = g_bytes_new (zeros, puts[i].size_max + 1);

      g_assert_cmpuint (ask (fixture, "PUT", puts[i].path, most, NULL), ==, puts[i].status);
      g_assert_cmpuint (ask (fixture, "PUT", puts[i].path, more, NULL), ==, 413);
      g_assert_cmpuint (ask (fixture, "POST", puts[i].path, most, NULL), ==, 405);
    }
}

static void
test_bad_runs (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) whole = g_bytes_ref (fixture->record->bytes);
  g_autofree char *zeros = g_malloc0 (1001);
  g_autoptr (GBytes) more = g_bytes_new (zeros, 1001);
  g_autoptr (GBytes) wrong = g_bytes_new (zeros, 1000);

  create (fixture);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, "Upload-Offset: 1", NULL), ==,
                    409);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, "Upload-Offset: x", NULL), ==,
                    400);
  g_assert_cmpuint (
    ask (fixture, "PATCH", NULL, whole, TUS, "Content-Type: text/plain", "Upload-Offset: 0", NULL),
    ==, 415);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, more, TUS, RUN, "Upload-Offset: 0", NULL), ==,
                    413);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, "Upload-Offset: 0",
                         "Upload-Checksum: md5 AAAA", NULL),
                    ==, 400);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, "Upload-Offset: 0",
                         "Upload-Checksum: sha1 AAAA", NULL),
                    ==, 400);
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, whole, TUS, RUN, "Upload-Offset: 0",
                         "Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL),
                    ==, 460);
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 200);
  g_assert_cmpstr (header (fixture, "upload-offset"), ==, "0");
  g_assert_cmpuint (ask (fixture, "PATCH", NULL, wrong, TUS, RUN, "Upload-Offset: 0", NULL), ==,
                    422);
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 404);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 0);
}

static void
test_checksums (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const GChecksumType types[] = { G_CHECKSUM_SHA1, G_CHECKSUM_SHA256 };
  const char *const names[] = { "sha1", "sha256" };

  create (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (fixture->record->bytes, i * 500, 500);
      g_autoptr (GChecksum) checksum = g_checksum_new (types[i]);
      guint8 digest[32];
      gsize size = sizeof digest;
      g_autofree char *text = NULL;
      g_autofree char *line = NULL;

      g_checksum_update (checksum, g_bytes_get_data (part, NULL), 500);
      g_checksum_get_digest (checksum, digest, &size);
      text = g_base64_encode (digest, size);
      line = g_strdup_printf ("Upload-Checksum: %s %s", names[i], text);
      g_assert_cmpuint (ask (fixture, "PATCH", NULL, part, TUS, RUN,
                             i == 0 ? "Upload-Offset: 0" : "Upload-Offset: 500", line, NULL),
                        ==, 204);
    }
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 1);
}

static void
test_termination (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  create (fixture);
  g_assert_cmpuint (ask (fixture, "DELETE", NULL, NULL, TUS, NULL), ==, 204);
  g_assert_cmpuint (ask (fixture, "HEAD", NULL, NULL, TUS, NULL), ==, 404);
  g_assert_cmpuint (ask (fixture, "DELETE", NULL, NULL, TUS, NULL), ==, 404);
  create (fixture);
  ask (fixture, "PATCH", NULL, fixture->record->bytes, TUS, RUN, "Upload-Offset: 0", NULL);
  g_assert_cmpuint (ask (fixture, "DELETE", NULL, NULL, TUS, NULL), ==, 403);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 1);
}

static void
test_strange_paths (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const paths[] = {
    "/",  "/record",          "/records/x", "/records/../hub.db", "/records/%2e%2e/%2e%2e/hub.conf",
    "//", "/records//receipt"
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (ask (fixture, "GET", paths[i], NULL, TUS, NULL), ==, 404);
  g_assert_cmpuint (ask (fixture, "PUT", NULL, NULL, TUS, NULL), ==, 405);
  g_assert_nonnull (header (fixture, "allow"));
}

static void
test_large_header (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *filler = g_strnfill (60000, 'x');
  g_autofree char *line = g_strconcat ("X-Filler: ", filler, NULL);
  const char *const headers[] = { line, line, NULL };
  KouanHttpRequest request
    = { .method = "OPTIONS", .url = fixture->base, .headers = headers, .answer_max = 10000 };
  g_autoptr (KouanHttpAnswer) answer = kouan_http_send (fixture->http, &request, NULL, NULL);

  g_assert_true (answer == NULL || answer->status >= 400);
  g_assert_cmpuint (create (fixture), ==, 201);
}

static void
test_without_certificate (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *authority
    = g_build_filename (fixture->kiosk->station_folder, KOUAN_STATION_HUB_CA, NULL);
  KouanHttpOptions options = { .authority = authority };
  g_autoptr (KouanHttp) http = kouan_http_new (&options);
  KouanHttpRequest request = { .method = "OPTIONS", .url = fixture->base };
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_http_send (http, &request, NULL, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY);
}

/* Signed by our authority, but the hub has never heard of it: the database was restored, say. */
static void
test_unknown_certificate (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *other G_GNUC_UNUSED = kouan_test_hub_enrol (fixture->kiosk->world, 8);
  g_autofree char *database = g_build_filename (fixture->kiosk->world->hub_folder, "hub.db", NULL);
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *index = g_strconcat (database, "-shm", NULL);

  g_assert_cmpuint (ask (fixture, "OPTIONS", "/records", NULL, NULL), ==, 204);
  kouan_test_kiosk_stop (fixture->kiosk);
  g_clear_object (&fixture->kiosk->world->hub);
  unlink (database);
  unlink (log);
  unlink (index);
  kouan_test_hub_reopen (fixture->kiosk->world);
  kouan_test_kiosk_serve (fixture->kiosk);
  g_free (fixture->base);
  fixture->base
    = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_server_get_port (fixture->kiosk->server));
  g_assert_cmpuint (ask (fixture, "OPTIONS", "/records", NULL, NULL), ==, 403);
}

static int
connect_bare (Fixture *fixture)
{
  struct sockaddr_in address
    = { .sin_family = AF_INET,
        .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
        .sin_port = htons ((guint16)kouan_hub_server_get_port (fixture->kiosk->server)) };
  struct timeval patience = { .tv_sec = 20 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return fd;
}

static gboolean
is_watched (gpointer data)
{
  Fixture *fixture = data;

  return kouan_hub_server_count_connections (fixture->kiosk->server) > 0;
}

static gboolean
on_tick (gpointer data G_GNUC_UNUSED)
{
  return G_SOURCE_CONTINUE;
}

/* It says nothing, or one byte now and then: an idle time-out alone would never end it. */
static void
test_slow_peer_is_cut_off (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  int fd = connect_bare (fixture);
  guint tick = g_timeout_add (10, on_tick, NULL);
  char byte;

  kouan_test_wait_for (is_watched, fixture);
  g_source_remove (tick);
  for (guint second = 0; second < 31; second++)
    {
      kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->kiosk->world->clock), SECOND_US);
      send (fd, "\x16", 1, MSG_NOSIGNAL);
    }
  g_assert_cmpint (recv (fd, &byte, 1, 0), <=, 0);
  g_assert_cmpint (errno, !=, EAGAIN);
  close (fd);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static gboolean
is_alone (gpointer data)
{
  Fixture *fixture = data;

  return kouan_hub_server_count_connections (fixture->kiosk->server) == 0;
}

static void
test_connections_leave_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint before = count_descriptors ();
  guint tick = g_timeout_add (10, on_tick, NULL);

  for (guint i = 0; i < 200; i++)
    close (connect_bare (fixture));
  g_assert_cmpuint (create (fixture), ==, 201);
  g_clear_pointer (&fixture->http, kouan_http_free);
  fixture->http = connect_as (fixture->kiosk->station_folder);
  kouan_test_wait_for (is_alone, fixture);
  g_source_remove (tick);
  g_assert_cmpuint (count_descriptors (), <=, before + 12); /* connections to the database */
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/server/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("options", test_options);
  ADD ("version", test_version);
  ADD ("creation", test_creation);
  ADD ("bad-creations", test_bad_creations);
  ADD ("upload", test_upload);
  ADD ("method-override", test_method_override);
  ADD ("receipt", test_receipt);
  ADD ("revoked-in-the-middle-of-a-body", test_revoked_in_the_middle_of_a_body);
  ADD ("bounds-of-what-is-put", test_bounds_of_what_is_put);
  ADD ("bad-runs", test_bad_runs);
  ADD ("checksums", test_checksums);
  ADD ("termination", test_termination);
  ADD ("strange-paths", test_strange_paths);
  ADD ("large-header", test_large_header);
  ADD ("without-certificate", test_without_certificate);
  ADD ("unknown-certificate", test_unknown_certificate);
  ADD ("slow-peer-is-cut-off", test_slow_peer_is_cut_off);
  ADD ("connections-leave-nothing", test_connections_leave_nothing);
  return g_test_run ();
}
