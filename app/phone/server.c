/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/server.h"

#include <errno.h>
#include <gio/gio.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Everything that a stranger on the Wi-Fi can make many, large or long has a bound here:
 *
 *   who          the token, compared in constant time; from the first phone that has it on, only
 * that phone's address is even accepted connections  16, of one address 8; 10 s to say something
 * sensible, 30 s to the next thing header       what fits into 16 KiB requests     20 a second;
 * what is over is cut off body         its length is declared and held to while it is read; one at
 * a time; memory is taken as bytes come files        their number, their size together, and the
 * time until all of it ends
 *
 * One thread, no files, no names looked up, and nothing parsed but HTTP: bodies are handed on as
 * they are, and only who knows the key can open them. */

#define CONNECTIONS_MAX 16
#define CONNECTIONS_OF_ONE_MAX 8
#define HEADER_SIZE_MAX (16 * 1024)
#define FIRST_WORD_US (10 * G_USEC_PER_SEC)
#define NEXT_WORD_US (30 * G_USEC_PER_SEC)
#define IDLE_S 15
#define SWEEP_MS 250
#define REQUESTS_A_SECOND 20
#define REQUESTS_AT_ONCE 40
#define HERE_EVERY_US G_USEC_PER_SEC

typedef struct
{
  int socket; /* -1: this place is free */
  gint64 until_us;
} Connection;

typedef struct
{
  GByteArray *body;
  gsize size;
  guint percent;
  gboolean is_whole;
} Upload;

struct _KouanPhoneServer
{
  struct MHD_Daemon *daemon;
  struct MHD_Response *page;
  char *token;
  char *policy;
  int output;
  gint64 end_us;

  Connection connections[CONNECTIONS_MAX];
  GBytes *phone; /* (nullable): the address of the one that has the page */
  double requests_left;
  gint64 counted_us;
  gint64 here_us;

  Upload *upload; /* (nullable): the one that is under way */
  guint files;
  gsize bytes;
};

static gboolean
write_all (int fd, const void *bytes, gsize size)
{
  const char *at = bytes;

  while (size > 0)
    {
      ssize_t count = write (fd, at, size);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        return FALSE;
      at += count;
      size -= (gsize)count;
    }
  return TRUE;
}

/* Whoever does not listen any more has no use for us either. */
static void
tell (KouanPhoneServer *self, const char *tag, guint32 a, guint32 b)
{
  guint8 frame[KOUAN_PHONE_FRAME_SIZE];
  const guint32 words[] = { GUINT32_TO_BE (a), GUINT32_TO_BE (b) };

  memcpy (frame, tag, 4);
  memcpy (frame + 4, words, sizeof words);
  if (!write_all (self->output, frame, sizeof frame))
    _exit (0);
}

static void
tell_file (KouanPhoneServer *self, const GByteArray *body)
{
  tell (self, KOUAN_PHONE_TAG_FILE, body->len, 0);
  if (!write_all (self->output, body->data, body->len))
    _exit (0);
}

static void
tell_here (KouanPhoneServer *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (now_us - self->here_us < HERE_EVERY_US)
    return;
  self->here_us = now_us;
  tell (self, KOUAN_PHONE_TAG_HERE, 0, 0);
}

/* Returns: (transfer full) (nullable): the bytes of an IP address, without the port */
static GBytes *
address_bytes (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return g_bytes_new (&((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
  if (address->sa_family == AF_INET6)
    return g_bytes_new (&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
  return NULL;
}

static enum MHD_Result
on_accept (void *data, const struct sockaddr *address, socklen_t size G_GNUC_UNUSED)
{
  KouanPhoneServer *self = data;
  g_autoptr (GBytes) bytes = address_bytes (address);

  return bytes != NULL && (self->phone == NULL || g_bytes_equal (bytes, self->phone)) ? MHD_YES
                                                                                      : MHD_NO;
}

static Connection *
connection_of (struct MHD_Connection *connection)
{
  return MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void
on_connection (void *data,
               struct MHD_Connection *connection,
               void **context,
               enum MHD_ConnectionNotificationCode code)
{
  KouanPhoneServer *self = data;
  Connection *place = *context;

  if (code == MHD_CONNECTION_NOTIFY_CLOSED)
    {
      if (place != NULL)
        place->socket = -1;
      return;
    }
  for (guint i = 0; i < CONNECTIONS_MAX; i++)
    if (self->connections[i].socket < 0)
      {
        place = &self->connections[i];
        place->socket
          = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        place->until_us = g_get_monotonic_time () + FIRST_WORD_US;
        *context = place;
        return;
      }
  /* The library holds to the same number; if it ever counts otherwise, this one is not served. */
  shutdown (MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
            SHUT_RDWR);
}

/* An idle time-out starts anew with every byte, and a byte a second costs nothing. */
static void
cut_off_the_slow (KouanPhoneServer *self)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < CONNECTIONS_MAX; i++)
    if (self->connections[i].socket >= 0 && self->connections[i].until_us < now_us)
      shutdown (self->connections[i].socket, SHUT_RDWR);
}

static gboolean
is_too_often (KouanPhoneServer *self)
{
  gint64 now_us = g_get_monotonic_time ();
  double more = (double)(now_us - self->counted_us) / G_USEC_PER_SEC * REQUESTS_A_SECOND;

  self->requests_left = MIN (self->requests_left + more, REQUESTS_AT_ONCE);
  self->counted_us = now_us;
  if (self->requests_left < 1)
    return TRUE;
  self->requests_left--;
  return FALSE;
}

static gboolean
equal_in_constant_time (const char *a, const char *b, gsize size)
{
  guint8 differs = 0;

  for (gsize i = 0; i < size; i++)
    differs |= (guint8)(a[i] ^ b[i]);
  return differs == 0;
}

/* Returns: (nullable): what stands behind the token; NULL without it */
static const char *
path_behind_token (const KouanPhoneServer *self, const char *path)
{
  if (path[0] != '/' || strlen (path) < 1 + KOUAN_PHONE_TOKEN_SIZE
      || !equal_in_constant_time (path + 1, self->token, KOUAN_PHONE_TOKEN_SIZE))
    return NULL;
  return path + 1 + KOUAN_PHONE_TOKEN_SIZE;
}

static void
add_headers (const KouanPhoneServer *self, struct MHD_Response *response)
{
  const char *const headers[][2] = {
    { "Content-Security-Policy", self->policy },
    { "Cache-Control", "no-store" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    MHD_add_response_header (response, headers[i][0], headers[i][1]);
}

/* @text: (nullable) */
static enum MHD_Result
answer (const KouanPhoneServer *self,
        struct MHD_Connection *connection,
        guint status,
        const char *text)
{
  gsize size = text != NULL ? strlen (text) : 0;
  struct MHD_Response *response
    = MHD_create_response_from_buffer (size, (void *)text, MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result;

  add_headers (self, response);
  if (text != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain");
  if (status >= 400)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

/* From now on it is this one's: nobody else's connections are accepted. */
static void
note_phone (KouanPhoneServer *self, struct MHD_Connection *connection)
{
  if (self->phone == NULL)
    self->phone = address_bytes (
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
}

static gboolean
is_the_phone (const KouanPhoneServer *self, struct MHD_Connection *connection)
{
  g_autoptr (GBytes) address = address_bytes (
    MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);

  return self->phone == NULL || (address != NULL && g_bytes_equal (address, self->phone));
}

static enum MHD_Result
answer_here (KouanPhoneServer *self, struct MHD_Connection *connection)
{
  gint64 left_s = MAX (self->end_us - g_get_monotonic_time (), 0) / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, left_s);

  return answer (self, connection, MHD_HTTP_OK, text);
}

/* Returns: 0, or the status of the refusal */
static guint
why_not (const KouanPhoneServer *self, struct MHD_Connection *connection, guint64 *size)
{
  const char *length
    = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);

  if (length == NULL || !g_ascii_string_to_unsigned (length, 10, 0, G_MAXUINT64, size, NULL)
      || MHD_lookup_connection_value (connection, MHD_HEADER_KIND,
                                      MHD_HTTP_HEADER_TRANSFER_ENCODING)
           != NULL)
    return MHD_HTTP_LENGTH_REQUIRED;
  if (*size > KOUAN_PHONE_BODY_MAX)
    return MHD_HTTP_CONTENT_TOO_LARGE;
  if (*size < KOUAN_PHONE_ENVELOPE_SIZE)
    return MHD_HTTP_BAD_REQUEST;
  if (self->upload != NULL)
    return MHD_HTTP_CONFLICT;
  if (self->files >= KOUAN_PHONE_FILES_MAX || self->bytes + *size > KOUAN_PHONE_BYTES_MAX)
    return MHD_HTTP_TOO_MANY_REQUESTS;
  return 0;
}

static enum MHD_Result
start_upload (KouanPhoneServer *self, struct MHD_Connection *connection, void **context)
{
  guint64 size = 0;
  guint refusal = why_not (self, connection, &size);

  if (refusal != 0)
    return answer (self, connection, refusal, NULL);
  self->upload = g_new0 (Upload, 1);
  self->upload->body = g_byte_array_new ();
  self->upload->size = size;
  self->bytes += size;
  *context = self->upload;
  connection_of (connection)->until_us = self->end_us;
  tell (self, KOUAN_PHONE_TAG_PART, 0, (guint32)size);
  return MHD_YES;
}

/* More than was declared cannot come: the server does not read on. Held to all the same. */
static enum MHD_Result
take_body (KouanPhoneServer *self, Upload *upload, const char *bytes, size_t *size)
{
  guint percent;

  if (*size > upload->size - upload->body->len)
    return MHD_NO;
  g_byte_array_append (upload->body, (const guint8 *)bytes, (guint)*size);
  *size = 0;
  percent = (guint)(100 * (guint64)upload->body->len / upload->size);
  if (percent != upload->percent)
    tell (self, KOUAN_PHONE_TAG_PART, upload->body->len, (guint32)upload->size);
  upload->percent = percent;
  return MHD_YES;
}

static enum MHD_Result
end_upload (KouanPhoneServer *self, struct MHD_Connection *connection, Upload *upload)
{
  if (upload->body->len != upload->size)
    return MHD_NO;
  upload->is_whole = TRUE;
  self->files++;
  tell_file (self, upload->body);
  connection_of (connection)->until_us = g_get_monotonic_time () + NEXT_WORD_US;
  return answer (self, connection, MHD_HTTP_NO_CONTENT, NULL);
}

static enum MHD_Result
route (KouanPhoneServer *self,
       struct MHD_Connection *connection,
       const char *path,
       const char *method,
       void **context)
{
  const char *rest = path_behind_token (self, path);
  gboolean is_get = g_str_equal (method, MHD_HTTP_METHOD_GET);

  if (connection_of (connection) == NULL || is_too_often (self))
    return MHD_NO;
  if (rest == NULL || !is_the_phone (self, connection))
    return answer (self, connection, MHD_HTTP_NOT_FOUND, NULL);
  note_phone (self, connection);
  connection_of (connection)->until_us = g_get_monotonic_time () + NEXT_WORD_US;
  if (is_get && (*rest == '\0' || g_str_equal (rest, "/here")))
    tell_here (self);
  if (is_get && *rest == '\0')
    return MHD_queue_response (connection, MHD_HTTP_OK, self->page);
  if (is_get && g_str_equal (rest, "/here"))
    return answer_here (self, connection);
  if (g_str_equal (method, MHD_HTTP_METHOD_PUT) && g_str_equal (rest, "/file"))
    return start_upload (self, connection, context);
  return answer (self, connection, MHD_HTTP_NOT_FOUND, NULL);
}

static enum MHD_Result
on_request (void *data,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version G_GNUC_UNUSED,
            const char *upload_data,
            size_t *upload_size,
            void **context)
{
  KouanPhoneServer *self = data;
  Upload *upload = *context;

  if (upload == NULL)
    return route (self, connection, path, method, context);
  if (*upload_size > 0)
    return take_body (self, upload, upload_data, upload_size);
  return end_upload (self, connection, upload);
}

static void
on_completed (void *data,
              struct MHD_Connection *connection G_GNUC_UNUSED,
              void **context,
              enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
  KouanPhoneServer *self = data;
  Upload *upload = *context;

  if (upload == NULL)
    return;
  g_assert (upload == self->upload);
  if (!upload->is_whole)
    {
      self->bytes -= upload->size;
      tell (self, KOUAN_PHONE_TAG_CUT, 0, 0);
    }
  g_byte_array_unref (upload->body);
  g_free (upload);
  self->upload = NULL;
  *context = NULL;
}

static struct MHD_Daemon *
start_daemon (KouanPhoneServer *self, GSocketAddress *address)
{
  gssize size = g_socket_address_get_native_size (address);
  g_autofree struct sockaddr *native = g_malloc0 ((gsize)size);
  guint flags = MHD_USE_EPOLL;

  if (!g_socket_address_to_native (address, native, (gsize)size, NULL))
    return NULL;
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    flags |= MHD_USE_IPv6;
  return MHD_start_daemon (
    flags, 0, on_accept, self, on_request, self, MHD_OPTION_SOCK_ADDR, native,
    MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_CONNECTION_LIMIT, (guint)CONNECTIONS_MAX,
    MHD_OPTION_PER_IP_CONNECTION_LIMIT, (guint)CONNECTIONS_OF_ONE_MAX,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_SIZE_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
    (guint)IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
    self, MHD_OPTION_NOTIFY_COMPLETED, on_completed, self, MHD_OPTION_END);
}

static struct MHD_Response *
make_page_response (const KouanPhoneServer *self, const KouanPhonePage *page)
{
  struct MHD_Response *response
    = MHD_create_response_from_buffer (strlen (page->html), page->html, MHD_RESPMEM_MUST_COPY);

  add_headers (self, response);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
  return response;
}

/**
 * kouan_phone_server_new:
 * @address: an IP address of this machine
 * @port: 0 for any that is free
 * @time_s: from now until it ends
 *
 * Returns: (transfer full) (nullable): listening, and answering nobody until it runs; NULL where it
 *   cannot be
 */
KouanPhoneServer *
kouan_phone_server_new (
  const char *address, guint port, const char *token, const KouanPhonePage *page, guint time_s)
{
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (KouanPhoneServer) self = g_new0 (KouanPhoneServer, 1);

  g_return_val_if_fail (strlen (token) == KOUAN_PHONE_TOKEN_SIZE, NULL);

  for (guint i = 0; i < CONNECTIONS_MAX; i++)
    self->connections[i].socket = -1;
  self->token = g_strdup (token);
  self->policy = g_strdup (page->policy);
  self->requests_left = REQUESTS_AT_ONCE;
  self->counted_us = g_get_monotonic_time ();
  self->end_us = self->counted_us + (gint64)time_s * G_USEC_PER_SEC;
  self->page = make_page_response (self, page);
  self->daemon = socket_address != NULL ? start_daemon (self, socket_address) : NULL;
  return self->daemon != NULL ? g_steal_pointer (&self) : NULL;
}

/* Serves until the time is over, or until nobody holds the other end of @input. */
void
kouan_phone_server_run (KouanPhoneServer *self, int input, int output)
{
  struct pollfd polled[] = {
    { MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_EPOLL_FD)->listen_fd, POLLIN, 0 },
    { input, POLLIN, 0 },
  };

  self->output = output;
  tell (self, KOUAN_PHONE_TAG_START,
        MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port, 0);
  while (g_get_monotonic_time () < self->end_us)
    {
      MHD_UNSIGNED_LONG_LONG wait_ms = SWEEP_MS;

      (void)MHD_get_timeout (self->daemon, &wait_ms);
      if (poll (polled, G_N_ELEMENTS (polled), (int)MIN (wait_ms, SWEEP_MS)) < 0 && errno != EINTR)
        return;
      if (polled[1].revents != 0)
        return;
      MHD_run (self->daemon);
      cut_off_the_slow (self);
    }
  tell (self, KOUAN_PHONE_TAG_OVER, 0, 0);
}

void
kouan_phone_server_free (KouanPhoneServer *self)
{
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  g_clear_pointer (&self->page, MHD_destroy_response);
  g_clear_pointer (&self->phone, g_bytes_unref);
  g_free (self->token);
  g_free (self->policy);
  g_free (self);
}
