/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/door.h"

#include "app/hub/guard.h"
#include "app/hub/keeper.h"
#include "app/hub/stranger.h"
#include "app/hub/trouble.h"
#include "app/sync/enrolment.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* What can be asked for here, by anybody:
 *
 *   GET   /enrolment                what the hub says of itself, signed
 *   POST  /enrolment                a machine's request; 202: it waits for the operator, 200: it is
 *                                   answered already
 *   GET   /enrolment/<fingerprint>  200 and the bundle, sealed for that machine; 202: it waits
 *
 * One thread, few connections, small bodies, a total deadline for each connection, and no more than
 * one request in a few seconds that is looked at: whoever floods this keeps new machines from
 * asking and does no other harm. */

#define PATH "/enrolment"
#define FINGERPRINT_LENGTH_MAX 64
#define MEMORY_MAX (16 * 1024)
#define UNREAD_MAX (64 * 1024) /* of a body that is too large: then the line is cut */
#define FROM_PEER_MAX 8
#define IDLE_S 10
#define WHOLE_MS (20 * 1000) /* a connection, from its handshake to its end */
#define SWEEP_MS 250
#define RETRY_S 60
#define PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3"

struct _KouanHubDoor
{
  KouanHub *hub;
  GBytes *card;
  KouanHubGuard *guard;
  KouanHubKeeper *keeper;
  struct MHD_Daemon *daemon;

  /* The door's thread alone. */
  gint64 filled_us; /* boot time: up to when readings have been granted */
  guint readings;
};

typedef struct
{
  GByteArray *body;
  gsize size; /* of what came, kept or not */
  gboolean too_large;
} Call;

static void
sweep (gpointer data)
{
  KouanHubDoor *self = data;
  guint count = kouan_hub_guard_sweep (self->guard);

  if (count > 0)
    g_message ("%u strangers were too slow and have been cut off", count);
}

static void
on_connection (void *data,
               struct MHD_Connection *connection,
               void **context,
               enum MHD_ConnectionNotificationCode code)
{
  KouanHubDoor *self = data;
  int socket;

  if (code == MHD_CONNECTION_NOTIFY_CLOSED)
    {
      kouan_hub_guard_forget (self->guard, *context);
      return;
    }
  socket = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  *context = kouan_hub_guard_watch (self->guard, socket, WHOLE_MS);
}

/* Readings come back one by one, up to a handful. */
static gboolean
may_read (KouanHubDoor *self)
{
  gint64 now_us = kouan_clock_boot_us (kouan_hub_get_clock (self->hub));
  gint64 every_us = KOUAN_HUB_DOOR_EVERY_S * G_USEC_PER_SEC;
  gint64 more = MAX (now_us - self->filled_us, 0) / every_us;

  self->filled_us += more * every_us;
  self->readings = (guint)MIN (self->readings + more, KOUAN_HUB_DOOR_BURST);
  if (self->readings == 0)
    return FALSE;
  self->readings--;
  return TRUE;
}

/* Where a request comes from: an IPv4 address, or the half of an IPv6 one that a network has. */
static char *
describe_peer (struct MHD_Connection *connection)
{
  const struct sockaddr *native
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
  gsize size
    = native->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6) : sizeof (struct sockaddr_in);
  g_autoptr (GSocketAddress) address = g_socket_address_new_from_native ((gpointer)native, size);
  GInetAddress *inet;
  g_autofree char *text = NULL;
  guint8 network[16] = { 0 };
  g_autoptr (GInetAddress) half = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("?");
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  if (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (inet);
  memcpy (network, g_inet_address_to_bytes (inet), 8);
  half = g_inet_address_new_from_bytes (network, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (half);
  return g_strconcat (text, "/64", NULL);
}

/* @body: (nullable) */
static enum MHD_Result
answer (struct MHD_Connection *connection, guint status, const char *type, GBytes *body)
{
  gsize size = 0;
  gconstpointer data = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autofree char *retry = g_strdup_printf ("%d", RETRY_S);
  struct MHD_Response *response
    = MHD_create_response_from_buffer (size, (void *)(size > 0 ? data : ""), MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result;

  MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (type != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  if (status == MHD_HTTP_TOO_MANY_REQUESTS)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, retry);
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
answer_text (struct MHD_Connection *connection, guint status, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line));

  return answer (connection, status, "text/plain; charset=utf-8", body);
}

/* What went wrong inside the hub is for its own log. */
static enum MHD_Result
answer_error (struct MHD_Connection *connection, const GError *error)
{
  switch ((KouanHubError)error->code)
    {
    case KOUAN_HUB_ERROR_MALFORMED:
      return answer_text (connection, MHD_HTTP_BAD_REQUEST, "that is no kiosk's request");
    case KOUAN_HUB_ERROR_EXISTS:
      return answer_text (connection, MHD_HTTP_CONFLICT, error->message);
    case KOUAN_HUB_ERROR_MISSING:
      return answer_text (connection, MHD_HTTP_NOT_FOUND, error->message);
    default:
      g_message ("a stranger cannot be answered: %s", error->message);
      return answer (connection,
                     error->code == KOUAN_HUB_ERROR_FULL ? MHD_HTTP_INSUFFICIENT_STORAGE
                                                         : MHD_HTTP_SERVICE_UNAVAILABLE,
                     NULL, NULL);
    }
}

static enum MHD_Result
hear (KouanHubDoor *self, struct MHD_Connection *connection, const Call *call)
{
  g_autoptr (GBytes) request = g_bytes_new (call->body->data, call->body->len);
  g_autofree char *peer = describe_peer (connection);
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;
  KouanHubHearing hearing;

  if (call->too_large)
    return answer_text (connection, MHD_HTTP_CONTENT_TOO_LARGE, "larger than any request");
  if (!may_read (self))
    return answer_text (connection, MHD_HTTP_TOO_MANY_REQUESTS, "too many ask; later");
  if (!kouan_hub_hear (self->hub, request, peer, &fingerprint, &hearing, &error))
    return answer_error (connection, error);
  switch (hearing)
    {
    case KOUAN_HUB_HEARING_ANSWERED:
      return answer_text (connection, MHD_HTTP_OK, "answered; fetch it");
    case KOUAN_HUB_HEARING_REFUSED:
      return answer_text (connection, MHD_HTTP_FORBIDDEN, "the operator has refused it");
    case KOUAN_HUB_HEARING_FULL:
      return answer_text (connection, MHD_HTTP_TOO_MANY_REQUESTS, "too many wait; later");
    case KOUAN_HUB_HEARING_WAITS:
    default:
      g_message ("%s asks to be enrolled from %s", fingerprint, peer);
      return answer_text (connection, MHD_HTTP_ACCEPTED, "it waits for the operator");
    }
}

static enum MHD_Result
hand_out (KouanHubDoor *self, struct MHD_Connection *connection, const char *fingerprint)
{
  GError *local = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubStranger) stranger = NULL;

  if (strlen (fingerprint) > FINGERPRINT_LENGTH_MAX || !g_str_is_ascii (fingerprint))
    return answer (connection, MHD_HTTP_NOT_FOUND, NULL, NULL);
  stranger = kouan_hub_store_find_stranger (kouan_hub_get_store (self->hub), fingerprint, &local);
  if (stranger == NULL)
    {
      kouan_hub_translate (local, &error);
      return answer_error (connection, error);
    }
  if (stranger->state == KOUAN_HUB_STRANGER_REFUSED)
    return answer_text (connection, MHD_HTTP_FORBIDDEN, "the operator has refused it");
  if (stranger->state == KOUAN_HUB_STRANGER_WAITS || stranger->bundle == NULL)
    return answer_text (connection, MHD_HTTP_ACCEPTED, "it waits for the operator");
  return answer (connection, MHD_HTTP_OK, "application/octet-stream", stranger->bundle);
}

static enum MHD_Result
route (KouanHubDoor *self,
       struct MHD_Connection *connection,
       const char *path,
       const char *method,
       const Call *call)
{
  gboolean gets = g_str_equal (method, MHD_HTTP_METHOD_GET);

  if (g_str_has_prefix (path, PATH "/") && gets)
    return hand_out (self, connection, path + strlen (PATH "/"));
  if (!g_str_equal (path, PATH))
    return answer (connection, MHD_HTTP_NOT_FOUND, NULL, NULL);
  if (gets)
    return answer (connection, MHD_HTTP_OK, "application/cose", self->card);
  if (g_str_equal (method, MHD_HTTP_METHOD_POST))
    return hear (self, connection, call);
  return answer (connection, MHD_HTTP_METHOD_NOT_ALLOWED, NULL, NULL);
}

static enum MHD_Result
on_request (void *data,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version G_GNUC_UNUSED,
            const char *body,
            size_t *body_size,
            void **context)
{
  KouanHubDoor *self = data;
  Call *call = *context;

  if (call == NULL) /* an answer in the first call would close the connection */
    {
      call = g_new0 (Call, 1);
      call->body = g_byte_array_new ();
      *context = call;
      return MHD_YES;
    }
  if (*body_size == 0)
    return route (self, connection, path, method, call);
  call->size += *body_size;
  if (call->size > UNREAD_MAX)
    return MHD_NO;
  call->too_large = call->size > KOUAN_ENROLMENT_REQUEST_SIZE_MAX;
  if (!call->too_large)
    g_byte_array_append (call->body, (const guint8 *)body, (guint)*body_size);
  *body_size = 0;
  return MHD_YES;
}

static void
on_completed (void *data G_GNUC_UNUSED,
              struct MHD_Connection *connection G_GNUC_UNUSED,
              void **context,
              enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
  Call *call = *context;

  if (call == NULL)
    return;
  g_byte_array_unref (call->body);
  g_free (call);
  *context = NULL;
}

static struct MHD_Daemon *
start_daemon (KouanHubDoor *self, GSocketAddress *address, const char *key, const char *certificate)
{
  gssize size = g_socket_address_get_native_size (address);
  g_autofree struct sockaddr *native = g_malloc0 ((gsize)size);
  guint flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_TLS;

  if (!g_socket_address_to_native (address, native, (gsize)size, NULL))
    return NULL;
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    flags |= MHD_USE_IPv6;
  return MHD_start_daemon (
    flags, 0, NULL, NULL, on_request, self, MHD_OPTION_SOCK_ADDR, native,
    MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_CONNECTION_LIMIT,
    (guint)KOUAN_HUB_DOOR_CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (guint)FROM_PEER_MAX,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
    (guint)IDLE_S, MHD_OPTION_NOTIFY_CONNECTION, on_connection, self, MHD_OPTION_NOTIFY_COMPLETED,
    on_completed, self, MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_MEM_CERT, certificate,
    MHD_OPTION_HTTPS_PRIORITIES, PRIORITIES, MHD_OPTION_END);
}

static gboolean
open_to_strangers (KouanHubDoor *self, guint port, GError **error)
{
  g_autoptr (GSocketAddress) address
    = g_inet_socket_address_new_from_string (kouan_hub_get_listen (self->hub), port);
  g_autofree char *key = NULL;
  g_autofree char *certificate = NULL;

  if ((key = kouan_hub_read_text (self->hub, KOUAN_HUB_FILE_SERVER_KEY, error)) == NULL
      || (certificate = kouan_hub_read_text (self->hub, KOUAN_HUB_FILE_SERVER, error)) == NULL)
    return FALSE;
  self->daemon = address != NULL ? start_daemon (self, address, key, certificate) : NULL;
  if (self->daemon != NULL)
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_IO,
               "cannot answer new kiosks on %s port %u: is another program there?",
               kouan_hub_get_listen (self->hub), port);
  return FALSE;
}

/**
 * kouan_hub_door_new:
 * @port: 0 for any that is free
 *
 * Returns: (transfer full): open, on the address that the hub listens on
 */
KouanHubDoor *
kouan_hub_door_new (KouanHub *hub, guint port, GError **error)
{
  g_autoptr (KouanHubDoor) self = g_new0 (KouanHubDoor, 1);

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  self->hub = g_object_ref (hub);
  self->guard = kouan_hub_guard_new (kouan_hub_get_clock (hub));
  self->filled_us = kouan_clock_boot_us (kouan_hub_get_clock (hub));
  self->readings = KOUAN_HUB_DOOR_BURST;
  self->card = kouan_hub_make_card (hub, error);
  if (self->card == NULL || !open_to_strangers (self, port, error))
    return NULL;
  self->keeper = kouan_hub_keeper_new ("hub-door", SWEEP_MS, sweep, self);
  return g_steal_pointer (&self);
}

guint
kouan_hub_door_get_port (KouanHubDoor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void
kouan_hub_door_free (KouanHubDoor *self)
{
  g_clear_pointer (&self->keeper, kouan_hub_keeper_free);
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  g_clear_pointer (&self->guard, kouan_hub_guard_free);
  g_clear_pointer (&self->card, g_bytes_unref);
  g_clear_object (&self->hub);
  g_free (self);
}
