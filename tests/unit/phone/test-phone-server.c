/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "app/crypto/primitives.h"
#include "app/phone/protocol.h"
#include "app/phone/served-phone.h"
#include "tests/testlib/fixture.h"

/* The real server, as a process, asked by a client that says whatever it likes. */

typedef struct
{
  KouanPhone *phone;
  guint here;
  GPtrArray *files; /* of KouanPhoneFile copies */
  GError *error;
} Fixture;

static void
on_here (KouanPhone *phone G_GNUC_UNUSED, Fixture *fixture)
{
  fixture->here++;
}

static void
on_file (KouanPhone *phone G_GNUC_UNUSED, KouanPhoneFile *file, Fixture *fixture)
{
  g_ptr_array_add (fixture->files,
                   kouan_phone_file_new (file->bytes, file->code, file->index, file->count));
}

static void
on_trouble (KouanPhone *phone G_GNUC_UNUSED, const GError *error, Fixture *fixture)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static gboolean
has_address (gpointer data)
{
  return kouan_phone_get_address (((Fixture *)data)->phone) != NULL;
}

static gboolean
has_error (gpointer data)
{
  return ((Fixture *)data)->error != NULL;
}

static gboolean
has_file (gpointer data)
{
  return ((Fixture *)data)->files->len > 0;
}

static gboolean
has_been_here (gpointer data)
{
  return ((Fixture *)data)->here > 0;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_phone_file_free);
  fixture->phone = kouan_served_phone_new ("127.0.0.1", 0, KOUAN_PHONE_PROGRAM, KOUAN_MESSAGES);
  g_signal_connect (fixture->phone, "here", G_CALLBACK (on_here), fixture);
  g_signal_connect (fixture->phone, "file", G_CALLBACK (on_file), fixture);
  g_signal_connect (fixture->phone, "trouble", G_CALLBACK (on_trouble), fixture);
}

static void
set_up_started (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  kouan_phone_start (fixture->phone, "en");
  kouan_test_wait_for (has_address, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->phone);
  g_ptr_array_unref (fixture->files);
  g_clear_error (&fixture->error);
}

/* The address of the page, taken apart as a browser does it. */
typedef struct
{
  guint16 port;
  char *path;
  KouanSecret *key;
} Address;

static void
address_clear (Address *address)
{
  g_free (address->path);
  kouan_secret_unref (address->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Address, address_clear)

static Address
parse_address (Fixture *fixture)
{
  g_autoptr (GUri) uri
    = g_uri_parse (kouan_phone_get_address (fixture->phone), G_URI_FLAGS_NONE, NULL);
  g_autofree char *fragment = g_strconcat (g_uri_get_fragment (uri), "=", NULL);
  g_autofree guint8 *key = NULL;
  gsize size;

  g_strdelimit (fragment, "-", '+');
  g_strdelimit (fragment, "_", '/');
  key = g_base64_decode (fragment, &size);
  g_assert_cmpuint (size, ==, KOUAN_PHONE_KEY_SIZE);
  return (Address){ (guint16)g_uri_get_port (uri), g_strdup (g_uri_get_path (uri)),
                    kouan_secret_new_copy (key, size) };
}

typedef struct
{
  guint16 port;
  GBytes *said;
  const char *from; /* (nullable): the client's address */
  char *answer;
  gboolean done;
} Call;

/* On a thread of its own: says all of it, and hears until the other side closes. */
static gpointer
call_thread (gpointer data)
{
  Call *call = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GSocketAddress) local
    = call->from != NULL ? g_inet_socket_address_new_from_string (call->from, 0) : NULL;
  GString *answer = g_string_new (NULL);
  char buffer[4096];
  gssize count;

  g_socket_client_set_timeout (client, 20);
  g_socket_client_set_local_address (client, local);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", call->port, NULL, NULL);
  if (connection != NULL)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 g_bytes_get_data (call->said, NULL), g_bytes_get_size (call->said),
                                 NULL, NULL, NULL);
      while ((count = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                           buffer, sizeof buffer, NULL, NULL))
             > 0)
        g_string_append_len (answer, buffer, count);
    }
  call->answer = g_string_free (answer, FALSE);
  g_atomic_int_set (&call->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
is_done (gpointer data)
{
  return g_atomic_int_get (&((Call *)data)->done);
}

/* Returns: (transfer full): the whole answer, "" where there was none */
static char *
call_from (const char *from, guint16 port, GBytes *said)
{
  Call call = { port, said, from, NULL, FALSE };
  GThread *thread = g_thread_new ("call", call_thread, &call);

  kouan_test_wait_for (is_done, &call);
  g_thread_join (thread);
  return call.answer;
}

static char *
ask_from (
  const char *from, const Address *address, const char *method, const char *path, const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "%s %s HTTP/1.1\r\nHost: kiosk\r\nConnection: close\r\n%s\r\n", method, path, more);
  g_autoptr (GBytes) said = g_bytes_new (text, strlen (text));

  return call_from (from, address->port, said);
}

static void
assert_status (
  const Address *address, const char *method, const char *path, const char *more, guint status)
{
  g_autofree char *answer = ask_from (NULL, address, method, path, more);
  g_autofree char *expected = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, expected))
    g_error ("%s %s: not %u but: %.40s", method, path, status, answer);
}

/* A PUT of @body behind a header that may lie. */
static char *
put (const Address *address, const char *length_line, GBytes *body)
{
  GByteArray *all = g_byte_array_new ();
  g_autofree char *head
    = g_strdup_printf ("PUT %s/file HTTP/1.1\r\nHost: kiosk\r\nConnection: close\r\n%s\r\n",
                       address->path, length_line);
  g_autoptr (GBytes) said = NULL;

  g_byte_array_append (all, (const guint8 *)head, strlen (head));
  g_byte_array_append (all, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  said = g_byte_array_free_to_bytes (all);
  return call_from (NULL, address->port, said);
}

static GBytes *
envelope_of (const Address *address, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (KouanPhoneFile) file = kouan_phone_file_new (bytes, 1234, 0, 1);

  return kouan_phone_envelope_seal (address->key, file);
}

static char *
put_whole (const Address *address, GBytes *body)
{
  g_autofree char *line
    = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT "\r\n", g_bytes_get_size (body));

  return put (address, line, body);
}

static void
test_page (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *answer = ask_from (NULL, &address, "GET", address.path, "");
  static const char *const headers[]
    = { "Content-Security-Policy: default-src 'none'", "Cache-Control: no-store",
        "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY" };

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_nonnull (strstr (answer, headers[i]));
  g_assert_nonnull (strstr (answer, "Send a paper to the kiosk"));
  kouan_test_wait_for (has_been_here, fixture);
}

static void
test_nothing_else (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *near = g_strdup (address.path);
  g_autofree char *here = g_strconcat (address.path, "/here", NULL);
  g_autofree char *file = g_strconcat (address.path, "/file", NULL);
  g_autofree char *deeper = g_strconcat (address.path, "/../../etc/passwd", NULL);

  near[1] = near[1] == '0' ? '1' : '0';
  assert_status (&address, "GET", "/", "", 404);
  assert_status (&address, "GET", "/favicon.ico", "", 404);
  assert_status (&address, "GET", near, "", 404);
  assert_status (&address, "GET", deeper, "", 404);
  assert_status (&address, "GET", file, "", 404);
  assert_status (&address, "POST", file, "Content-Length: 0\r\n", 404);
  assert_status (&address, "PUT", address.path, "Content-Length: 0\r\n", 404);
  assert_status (&address, "DELETE", file, "", 404);
  assert_status (&address, "GET", here, "", 200);
}

static void
test_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autoptr (GBytes) body = envelope_of (&address, "%PDF-1.4 a paper");
  g_autofree char *answer = put_whole (&address, body);
  const KouanPhoneFile *file;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  kouan_test_wait_for (has_file, fixture);
  file = fixture->files->pdata[0];
  g_assert_cmpmem (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes),
                   "%PDF-1.4 a paper", 16);
  g_assert_cmpuint (file->code, ==, 1234);
  g_assert_no_error (fixture->error);
}

/* Who has the token from the air has no key: it came by light. */
static void
test_not_sealed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *zeros = g_strnfill (100, '0');
  g_autoptr (GBytes) body = g_bytes_new (zeros, 100);
  g_autofree char *answer = put_whole (&address, body);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CUT);
  g_assert_cmpuint (fixture->files->len, ==, 0);
}

static void
assert_put_refused (const Address *address, const char *length_line, guint status)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autofree char *answer = put (address, length_line, nothing);
  g_autofree char *expected = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, expected))
    g_error ("%s: not %u but: %.40s", length_line, status, answer);
}

static void
test_lengths (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *one_more = g_strdup_printf ("Content-Length: %d\r\n", KOUAN_PHONE_BODY_MAX + 1);

  assert_put_refused (&address, "", 411);
  assert_put_refused (&address, "Transfer-Encoding: chunked\r\n", 411);
  assert_put_refused (&address, one_more, 413);
  assert_put_refused (&address, "Content-Length: 0\r\n", 400);
  assert_put_refused (&address, "Content-Length: 31\r\n", 400);
  assert_put_refused (&address, "Content-Length: -1\r\n", 400);
  g_assert_cmpuint (fixture->files->len, ==, 0);
}

/* More than was declared is not read; the kiosk gets what was declared, which nobody sealed. */
static void
test_longer_than_declared (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autoptr (GBytes) body = envelope_of (&address, "%PDF-1.4 a paper, and more");
  g_autofree char *answer = put (&address, "Content-Length: 40\r\n", body);

  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CUT);
  g_assert_cmpuint (fixture->files->len, ==, 0);
}

typedef struct
{
  GSocketClient *client;
  GSocketConnection *connection;
} Line;

static Line
open_line (guint16 port)
{
  GSocketClient *client = g_socket_client_new ();

  g_socket_client_set_timeout (client, 20);
  return (Line){ client, g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL) };
}

static void
say (const Line *line, const char *text)
{
  g_assert_true (
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (line->connection)), text,
                               strlen (text), NULL, NULL, NULL));
}

static void
close_line (Line *line)
{
  g_clear_object (&line->connection);
  g_clear_object (&line->client);
}

static void
test_broken_off (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *text = g_strdup_printf (
    "PUT %s/file HTTP/1.1\r\nHost: kiosk\r\nContent-Length: 1000\r\n\r\nhalf", address.path);
  g_autoptr (GBytes) body = envelope_of (&address, "%PDF-1.4 again");
  g_autofree char *answer = NULL;
  Line line = open_line (address.port);

  say (&line, text);
  close_line (&line);
  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CUT);
  answer = put_whole (&address, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  kouan_test_wait_for (has_file, fixture);
}

static void
test_too_many_files (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autoptr (GBytes) body = envelope_of (&address, "x");

  for (guint i = 0; i <= KOUAN_PHONE_FILES_MAX; i++)
    {
      g_autofree char *answer = put_whole (&address, body);

      g_assert_true (
        g_str_has_prefix (answer, i < KOUAN_PHONE_FILES_MAX ? "HTTP/1.1 204 " : "HTTP/1.1 429 "));
    }
}

/* From the first that has the token on, the page belongs to one phone. */
static void
test_one_phone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *stranger = ask_from ("127.0.0.2", &address, "GET", "/", "");
  g_autofree char *first = ask_from ("127.0.0.3", &address, "GET", address.path, "");
  g_autofree char *second = ask_from ("127.0.0.2", &address, "GET", address.path, "");
  g_autofree char *again = ask_from ("127.0.0.3", &address, "GET", address.path, "");

  g_assert_true (g_str_has_prefix (stranger, "HTTP/1.1 404 "));
  g_assert_true (g_str_has_prefix (first, "HTTP/1.1 200 "));
  g_assert_cmpstr (second, ==, "");
  g_assert_true (g_str_has_prefix (again, "HTTP/1.1 200 "));
}

static void
test_large_header (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *filling = g_strnfill (64 * 1024, 'a');
  g_autofree char *line = g_strdup_printf ("X-Large: %s\r\n", filling);
  g_autofree char *answer = ask_from (NULL, &address, "GET", address.path, line);

  g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  assert_status (&address, "GET", address.path, "", 200);
}

/* A crowd of connections that say nothing: the one with the code still gets in, or is told no at
 * once, and none of them is held for ever. */
static void
test_many_connections (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *answer = NULL;
  Line lines[40];

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = open_line (address.port);
  answer = ask_from ("127.0.0.3", &address, "GET", address.path, "");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    close_line (&lines[i]);
}

static void
test_garbage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  static const char *const garbage[]
    = { "\r\n\r\n\r\n", "GET\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "GET / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      Line line = open_line (address.port);

      say (&line, garbage[i]);
      close_line (&line);
    }
  assert_status (&address, "GET", address.path, "", 200);
}

/* Stopping it takes the door away with it, and the next start has another token. */
static void
test_stopped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);
  g_autofree char *answer = NULL;
  g_autofree char *old = NULL;

  kouan_phone_stop (fixture->phone);
  g_assert_null (kouan_phone_get_address (fixture->phone));
  kouan_phone_start (fixture->phone, "en");
  kouan_test_wait_for (has_address, fixture);
  {
    g_auto (Address) next = parse_address (fixture);

    g_assert_cmpstr (next.path, !=, address.path);
    assert_status (&next, "GET", address.path, "", 404);
    assert_status (&next, "GET", next.path, "", 200);
  }
  g_assert_no_error (fixture->error);
}

static void
test_time_over (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_served_phone_set_time (KOUAN_SERVED_PHONE (fixture->phone), 1);
  kouan_phone_start (fixture->phone, "en");
  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_TIME_OVER);
  g_assert_null (kouan_phone_get_address (fixture->phone));
}

static void
assert_start_fails (Fixture *fixture, KouanPhone *phone, KouanPhoneError code)
{
  g_autoptr (KouanPhone) owned = phone;

  g_clear_error (&fixture->error);
  g_signal_connect (owned, "trouble", G_CALLBACK (on_trouble), fixture);
  kouan_phone_start (owned, "en");
  kouan_test_wait_for (has_error, fixture);
  g_assert_error (fixture->error, KOUAN_PHONE_ERROR, (int)code);
}

static void
test_cannot_serve (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Address) address = parse_address (fixture);

  assert_start_fails (fixture,
                      kouan_served_phone_new ("192.0.2.1", 0, KOUAN_PHONE_PROGRAM, KOUAN_MESSAGES),
                      KOUAN_PHONE_ERROR_OFFLINE);
  assert_start_fails (fixture, kouan_served_phone_new ("127.0.0.1", 0, "/nowhere/kouan-phone", ""),
                      KOUAN_PHONE_ERROR_FAILED);
  assert_start_fails (fixture, kouan_served_phone_new ("127.0.0.1", 0, "/bin/echo", ""),
                      KOUAN_PHONE_ERROR_FAILED);
}

#ifndef KOUAN_SANITIZED
/* Without one of its locks it answers nobody and says nothing. */
static void
test_not_locked (gconstpointer lock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                          | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        &error, WITHOUT_LOCK, (const char *)lock, KOUAN_PHONE_PROGRAM, "--address",
                        "127.0.0.1", "--port", "0", NULL);
  g_autoptr (GBytes) token = g_bytes_new_static ("00112233445566778899aabbccddeeff\n", 33);
  g_autoptr (GBytes) said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, token, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (said), ==, 0);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, KOUAN_PHONE_EXIT_NOT_LOCKED);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifndef KOUAN_SANITIZED
  g_test_add_data_func ("/phone/server/without-landlock", "landlock", test_not_locked);
  g_test_add_data_func ("/phone/server/without-seccomp", "seccomp", test_not_locked);
#endif
#define ADD(name, func)                                                                            \
  g_test_add ("/phone/server/" name, Fixture, NULL, set_up_started, func, tear_down)
  ADD ("page", test_page);
  ADD ("nothing-else", test_nothing_else);
  ADD ("file", test_file);
  ADD ("not-sealed", test_not_sealed);
  ADD ("lengths", test_lengths);
  ADD ("longer-than-declared", test_longer_than_declared);
  ADD ("broken-off", test_broken_off);
  ADD ("too-many-files", test_too_many_files);
  ADD ("one-phone", test_one_phone);
  ADD ("large-header", test_large_header);
  ADD ("many-connections", test_many_connections);
  ADD ("garbage", test_garbage);
  ADD ("stopped", test_stopped);
  ADD ("cannot-serve", test_cannot_serve);
  g_test_add ("/phone/server/time-over", Fixture, NULL, set_up, test_time_over, tear_down);
  return g_test_run ();
}
