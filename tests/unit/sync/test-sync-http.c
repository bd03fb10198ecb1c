/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/http.h"
#include "app/sync/tus-client.h"
#include "tests/testlib/line.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Whoever answers, a request ends in its time and with no more bytes than it asked for. */

#define PATIENCE_MS 400
#define BOUND_US (5 * G_USEC_PER_SEC)

static KouanHttp *
make_http (void)
{
  KouanHttpOptions options = { .connect_ms = PATIENCE_MS, .answer_ms = PATIENCE_MS };

  return kouan_http_new (&options);
}

static KouanHttpAnswer *
ask (KouanHttp *http, const char *url, gsize answer_max, GError **error)
{
  KouanHttpRequest request = { .method = "GET", .url = url, .answer_max = answer_max };

  return kouan_http_send (http, &request, NULL, error);
}

static void
assert_fails (const char *bytes, KouanTestScriptEnd end, int code)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (bytes, end);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (KouanHttpAnswer) answer = ask (http, url, 1000, &error);

  g_assert_null (answer);
  g_assert_error (error, KOUAN_SYNC_ERROR, code);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, BOUND_US);
}

static void
test_answer (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nUpload-Offset:  7 \r\nX-Y: -1\r\n\r\nok",
    KOUAN_TEST_SCRIPT_HOLD);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer = ask (http, url, 2, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpmem (answer->body->data, answer->body->len, "ok", 2);
  g_assert_true (kouan_http_answer_get_number (answer, "upload-offset", &number));
  g_assert_cmpint (number, ==, 7);
  g_assert_false (kouan_http_answer_get_number (answer, "x-y", &number));
  g_assert_false (kouan_http_answer_get_number (answer, "nothing", &number));
}

static void
test_nobody (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new ("", KOUAN_TEST_SCRIPT_CLOSE);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&script, kouan_test_script_free);
  g_assert_null (ask (http, url, 1000, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY);
}

static void
test_broken_answers (void)
{
  const char *half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

  assert_fails ("", KOUAN_TEST_SCRIPT_RESET, KOUAN_SYNC_ERROR_AWAY);
  assert_fails ("", KOUAN_TEST_SCRIPT_CLOSE, KOUAN_SYNC_ERROR_AWAY);
  assert_fails (half, KOUAN_TEST_SCRIPT_CLOSE, KOUAN_SYNC_ERROR_AWAY);
  assert_fails (half, KOUAN_TEST_SCRIPT_RESET, KOUAN_SYNC_ERROR_AWAY);
}

static void
test_slow_answers (void)
{
  assert_fails ("", KOUAN_TEST_SCRIPT_HOLD, KOUAN_SYNC_ERROR_LATE);
  assert_fails ("HTTP/1.1 200 OK\r\n", KOUAN_TEST_SCRIPT_HOLD, KOUAN_SYNC_ERROR_LATE);
  assert_fails ("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", KOUAN_TEST_SCRIPT_HOLD,
                KOUAN_SYNC_ERROR_LATE);
  assert_fails ("HTTP/1.1 200 OK\r\nX: ", KOUAN_TEST_SCRIPT_DRIP, KOUAN_SYNC_ERROR_LATE);
  assert_fails ("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", KOUAN_TEST_SCRIPT_DRIP,
                KOUAN_SYNC_ERROR_LATE);
  assert_fails ("HTTP/1.1 100 Continue\r\n\r\n", KOUAN_TEST_SCRIPT_HOLD, KOUAN_SYNC_ERROR_LATE);
}

static void
test_nonsense (void)
{
  assert_fails ("\x01\x02\x03 garbage garbage garbage\r\n\r\n", KOUAN_TEST_SCRIPT_CLOSE,
                KOUAN_SYNC_ERROR_NONSENSE);
  assert_fails (
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    KOUAN_TEST_SCRIPT_FLOOD, KOUAN_SYNC_ERROR_NONSENSE);
  assert_fails (
    "HTTP/1.1 200 OK\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    KOUAN_TEST_SCRIPT_FLOOD, KOUAN_SYNC_ERROR_NONSENSE);
  assert_fails ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                KOUAN_TEST_SCRIPT_CLOSE, KOUAN_SYNC_ERROR_AWAY);
}

static void
test_endless_headers (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (
    "HTTP/1.1 200 OK\r\nA: bbbbbbbbbbbbbbbbbbbbbbbbbb\r\n", KOUAN_TEST_SCRIPT_FLOOD);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (http, url, 1000, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE);
}

static void
test_redirect_is_an_answer (void)
{
  g_autoptr (KouanTestScript) thief = kouan_test_script_new (
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", KOUAN_TEST_SCRIPT_CLOSE);
  g_autofree char *thief_url = kouan_test_script_get_url (thief);
  g_autofree char *bytes = g_strdup_printf (
    "HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", thief_url);
  g_autoptr (KouanTestScript) script = kouan_test_script_new (bytes, KOUAN_TEST_SCRIPT_CLOSE);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer = ask (http, url, 1000, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 307);
  g_assert_cmpuint (kouan_test_script_count (thief), ==, 0);
}

static void
test_other_protocols_are_refused (void)
{
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (http, "file:///etc/passwd", 100000, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE);
}

static void
test_cancelled (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new ("", KOUAN_TEST_SCRIPT_HOLD);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KouanHttpRequest request = { .method = "GET", .url = url };

  g_cancellable_cancel (cancellable);
  g_assert_null (kouan_http_send (http, &request, cancellable, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_CANCELLED);
}

static void
assert_creation_fails (const char *answer)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (answer, KOUAN_TEST_SCRIPT_CLOSE);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_auto (KouanTusResult) result = { 0 };
  KouanTusUpload upload = { .url = url, .size = 10 };
  gint64 offset;

  g_assert_false (kouan_tus_create (http, &upload, &result, &offset, NULL, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE);
}

typedef struct
{
  GCancellable *cancellable;
  gint64 sent;
  gint64 sent_before;
  guint holds;
} Held;

static void
on_sent (gint64 bytes, gpointer data)
{
  ((Held *)data)->sent = bytes;
}

static void
on_hold (gpointer data)
{
  Held *held = data;

  held->holds++;
  held->sent_before = held->sent;
  g_cancellable_cancel (held->cancellable);
}

/* The end of a file is held back, and does not go once nobody wants it any more. */
static void
test_last_bytes_are_held_back (void)
{
  const gsize size = 40000;
  g_autoptr (KouanTestScript) script = kouan_test_script_new ("", KOUAN_TEST_SCRIPT_HOLD);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autofree char *zeros = g_malloc0 (size);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("held", MFD_CLOEXEC);
  Held held = { .cancellable = cancellable };
  KouanHttpRequest request = { .method = "PATCH",
                               .url = url,
                               .body_fd = fd,
                               .body_size = size,
                               .sent = on_sent,
                               .sent_data = &held,
                               .before_last = on_hold,
                               .hold_data = &held,
                               .answer_max = 100 };

  g_assert_cmpint (write (fd, zeros, size), ==, size);
  g_assert_null (kouan_http_send (http, &request, cancellable, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_CANCELLED);
  g_assert_cmpuint (held.holds, ==, 1);
  g_assert_cmpint (held.sent_before, <=, size - 16 * 1024);
  g_assert_cmpint (held.sent, <=, size - 16 * 1024);
  close (fd);
}

static void
test_creation_elsewhere (void)
{
  assert_creation_fails ("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  assert_creation_fails ("HTTP/1.1 201 Created\r\nLocation: http://evil.example/records/1\r\n"
                         "Content-Length: 0\r\n\r\n");
  assert_creation_fails ("HTTP/1.1 201 Created\r\nLocation: //127.0.0.1:1/records/1\r\n"
                         "Content-Length: 0\r\n\r\n");
  assert_creation_fails (
    "HTTP/1.1 201 Created\r\nLocation: http://evil.example:@PORT@/records/1\r\n"
    "Content-Length: 0\r\n\r\n");
  assert_creation_fails ("HTTP/1.1 201 Created\r\nLocation: https://127.0.0.1:@PORT@/records/1\r\n"
                         "Content-Length: 0\r\n\r\n");
  assert_creation_fails ("HTTP/1.1 201 Created\r\nLocation: file:///etc/passwd\r\n"
                         "Content-Length: 0\r\n\r\n");
  assert_creation_fails ("HTTP/1.1 201 Created\r\nLocation: /records/1\r\nUpload-Offset: 11\r\n"
                         "Content-Length: 0\r\n\r\n");
}

/* A server that answers every run with the same offset would otherwise be sent the same bytes for
 * ever. */
static void
test_no_progress_ends (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (
    "HTTP/1.1 204 No Content\r\nUpload-Offset: 0\r\nConnection: close\r\n\r\n",
    KOUAN_TEST_SCRIPT_CLOSE);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_auto (KouanTusResult) result = { .location = g_strdup (url) };
  KouanTusUpload upload = { .url = url, .size = 10, .fd = open ("/dev/zero", O_RDONLY) };

  g_assert_false (kouan_tus_send (http, &upload, &result, 0, NULL, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY);
  g_assert_cmpuint (kouan_test_script_count (script), <=, 6);
  close (upload.fd);
}

static void
test_short_file (void)
{
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_auto (KouanTusResult) result = { .location = g_strdup ("http://127.0.0.1:1/") };
  g_autofree char *path = NULL;
  KouanTusUpload upload = { .url = "http://127.0.0.1:1/",
                            .size = 10,
                            .fd = g_file_open_tmp ("kouan-short-XXXXXX", &path, NULL) };

  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_false (kouan_tus_send (http, &upload, &result, 0, NULL, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL);
  close (upload.fd);
}

#define MOST 16000
#define REST 40 /* bytes that drip: twice the patience */

/* A long answer over a slow line takes longer than a short one may. One that all but stops does not
 * get the time that the rest of it would have had. */
static void
test_long_answers_may_take_longer (void)
{
  g_autofree char *most = g_strnfill (MOST, 'x');
  g_autofree char *bytes
    = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", MOST + REST, most);
  g_autoptr (KouanTestScript) script = kouan_test_script_new (bytes, KOUAN_TEST_SCRIPT_DRIP);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer = ask (http, url, 16 * 1024 * 1024, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answer->body->len, ==, MOST + REST);
}

static void
test_a_drip_is_late_however_long_it_would_be (void)
{
  g_autoptr (KouanTestScript) script = kouan_test_script_new (
    "HTTP/1.1 200 OK\r\nContent-Length: 16000000\r\n\r\n", KOUAN_TEST_SCRIPT_DRIP);
  g_autofree char *url = kouan_test_script_get_url (script);
  g_autoptr (KouanHttp) http = make_http ();
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();

  g_assert_null (ask (http, url, 16 * 1024 * 1024, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LATE);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, BOUND_US);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/http/answer", test_answer);
  g_test_add_func ("/sync/http/nobody", test_nobody);
  g_test_add_func ("/sync/http/broken-answers", test_broken_answers);
  g_test_add_func ("/sync/http/slow-answers", test_slow_answers);
  g_test_add_func ("/sync/http/nonsense", test_nonsense);
  g_test_add_func ("/sync/http/endless-headers", test_endless_headers);
  g_test_add_func ("/sync/http/redirect-is-an-answer", test_redirect_is_an_answer);
  g_test_add_func ("/sync/http/other-protocols-are-refused", test_other_protocols_are_refused);
  g_test_add_func ("/sync/http/cancelled", test_cancelled);
  g_test_add_func ("/sync/http/last-bytes-are-held-back", test_last_bytes_are_held_back);
  g_test_add_func ("/sync/tus-client/creation-elsewhere", test_creation_elsewhere);
  g_test_add_func ("/sync/tus-client/no-progress-ends", test_no_progress_ends);
  g_test_add_func ("/sync/tus-client/short-file", test_short_file);
  g_test_add_func ("/sync/http/long-answers-may-take-longer", test_long_answers_may_take_longer);
  g_test_add_func ("/sync/http/a-drip-is-late-however-long-it-would-be",
                   test_a_drip_is_late_however_long_it_would_be);
  return g_test_run ();
}
