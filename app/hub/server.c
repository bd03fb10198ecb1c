/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/server.h"

#include "app/hub/follow.h"
#include "app/hub/guard.h"
#include "app/hub/keeper.h"
#include "app/hub/request.h"
#include "app/hub/tls-reader.h"
#include "app/hub/trouble.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

/* The hub's front: libmicrohttpd on a few threads. Everything that a peer can make large or long
 * has a bound here: connections, header, body, and the total time of each step.
 *
 * A thread that reads lines has a hundred of them, so none waits for a disk. Between the last byte
 * of a run and the answer a connection is suspended, and one of a few finishers syncs, hashes and
 * commits meanwhile.
 *
 * A peer gets past the handshake only with a certificate of our own authority, and past the first
 * line of a request only if the database knows that very certificate and has not revoked it. */

#define CONNECTIONS_MAX 512
#define FROM_ADDRESS_MAX 128
#define THREADS 4
#define FINISHERS 4
#define HEADER_SIZE_MAX (32 * 1024)
#define IDLE_S 30
#define HANDSHAKE_MS (15 * 1000) /* and the first header: anybody may begin one */
#define STEP_MS (30 * 1000)      /* header, or the wait for the next request */
#define BODY_RATE_MIN                                                                              \
  8 /* bytes a millisecond: a body, or an answer, may take STEP_MS and as long as this takes       \
     */
#define UNREAD_MAX (1024 * 1024)
#define SWEEP_MS 250
#define EXPIRE_EVERY_US (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)
#define FOLLOW_EVERY_US (30 * G_USEC_PER_SEC)
#define SEEN_EVERY_S 60
#define PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3"

struct _KouanHubServer
{
  KouanHub *hub;
  KouanHubReceiver *receiver;
  KouanHubGuard *guard;
  struct MHD_Daemon *daemon;

  KouanHubKeeper *sweeper;     /* waits for nobody */
  KouanHubKeeper *keeper;      /* waits for the database */
  gint64 expire_us, follow_us; /* boot time at which each is due; the keeper's own */

  GThreadPool *finishers; /* each has a connection to the database: they are few and stay */
  GMutex lock;            /* guards what follows */
  GCond finished;
  guint finishing; /* connections that are suspended */
  gboolean is_stopping;
};

/* One connection. */
typedef struct
{
  KouanHubWatch *watch; /* the guard's */
  KouanHubTlsReader *reader;
} Peer;

static int
on_verify (gnutls_session_t session)
{
  gnutls_typed_vdata_st purpose
    = { .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (guchar *)GNUTLS_KP_TLS_WWW_CLIENT };
  guint status = G_MAXUINT;

  if (gnutls_certificate_verify_peers (session, &purpose, 1, &status) < 0 || status != 0)
    return GNUTLS_E_CERTIFICATE_ERROR;
  return 0;
}

static gnutls_session_t
get_session (struct MHD_Connection *connection)
{
  return MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
}

static void
say_good_bye (KouanHubServer *self, Peer *peer)
{
  kouan_hub_guard_forget (self->guard, peer->watch);
  kouan_hub_tls_reader_free (peer->reader);
  g_free (peer);
}

static void
on_connection (void *data,
               struct MHD_Connection *connection,
               void **context,
               enum MHD_ConnectionNotificationCode code)
{
  KouanHubServer *self = data;
  Peer *peer;
  int socket;

  if (code == MHD_CONNECTION_NOTIFY_CLOSED)
    {
      say_good_bye (self, *context);
      return;
    }
  /* Left to itself the server asks for a certificate and is content without one. */
  gnutls_certificate_server_set_request (get_session (connection), GNUTLS_CERT_REQUIRE);
  gnutls_session_set_verify_function (get_session (connection), on_verify);
  socket = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  peer = g_new (Peer, 1);
  peer->watch = kouan_hub_guard_watch (self->guard, socket, HANDSHAKE_MS);
  peer->reader = kouan_hub_tls_reader_new (get_session (connection), socket);
  *context = peer;
}

static KouanHubWatch *
get_watch (struct MHD_Connection *connection)
{
  const Peer *peer
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

  return peer->watch;
}

static void
note_seen (KouanHubServer *self, KouanHubKiosk *kiosk)
{
  gint64 now_s = kouan_clock_wall_s (kouan_hub_get_clock (self->hub));
  g_autoptr (GError) error = NULL;

  if (ABS (now_s - kiosk->seen_s) < SEEN_EVERY_S)
    return;
  if (!kouan_hub_store_note_seen (kouan_hub_get_store (self->hub), kiosk->enrolment, now_s, &error))
    g_message ("kiosk %u: %s", kiosk->id, error->message);
}

/* Returns: whether the database knows whose certificate that is, in service or not. @status: (out):
 * what to answer if it does not, or if nobody can tell now: then the kiosk is to come again */
static gboolean
look_up (KouanHubServer *self, const guint8 *certificate, KouanHubKiosk **kiosk, guint *status)
{
  g_autoptr (GError) error = NULL;

  *kiosk = kouan_hub_store_find_kiosk (kouan_hub_get_store (self->hub), certificate, &error);
  if (*kiosk != NULL)
    return TRUE;
  g_message ("a peer is turned away: %s", error->message);
  *status = g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND)
              ? MHD_HTTP_FORBIDDEN
              : MHD_HTTP_SERVICE_UNAVAILABLE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): who is at the other end, if we know them and they are in
 * service */
static KouanHubKiosk *
identify (KouanHubServer *self, struct MHD_Connection *connection, guint *status)
{
  guint count = 0;
  const gnutls_datum_t *chain = gnutls_certificate_get_peers (get_session (connection), &count);
  guint8 fingerprint[KOUAN_SHA256_SIZE];
  g_autoptr (KouanHubKiosk) kiosk = NULL;

  *status = MHD_HTTP_FORBIDDEN;
  if (chain == NULL || count == 0)
    return NULL;
  kouan_sha256 (chain[0].data, chain[0].size, fingerprint);
  if (!look_up (self, fingerprint, &kiosk, status))
    return NULL;
  if (kiosk->revoked_s != 0)
    {
      g_message ("kiosk %u is revoked and is turned away", kiosk->id);
      return NULL;
    }
  note_seen (self, kiosk);
  return g_steal_pointer (&kiosk);
}

/* Being revoked counts at once, also for a body that was under way. */
static gboolean
is_still_in_service (KouanHubServer *self, const KouanHubKiosk *kiosk, guint *status)
{
  g_autoptr (KouanHubKiosk) now = NULL;

  *status = MHD_HTTP_FORBIDDEN;
  return look_up (self, kiosk->certificate, &now, status) && now->revoked_s == 0;
}

static enum MHD_Result
turn_away (struct MHD_Connection *connection, guint status)
{
  struct MHD_Response *response
    = MHD_create_response_from_buffer (0, (void *)"", MHD_RESPMEM_PERSISTENT);
  enum MHD_Result result;

  MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER,
                             G_STRINGIFY (KOUAN_HUB_RETRY_AFTER_S));
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static void
allow_body (KouanHubServer *self, KouanHubRequest *request)
{
  gint64 length = kouan_hub_get_limit (self->hub, "record-size-max", KOUAN_HUB_RECORD_SIZE_MAX);
  gint64 declared;

  if (kouan_hub_request_get_number (request, MHD_HTTP_HEADER_CONTENT_LENGTH, &declared))
    length = MIN (length, declared);
  kouan_hub_guard_allow (self->guard, get_watch (request->connection),
                         STEP_MS + length / BODY_RATE_MIN);
}

static enum MHD_Result
start_request (KouanHubServer *self,
               struct MHD_Connection *connection,
               const char *path,
               const char *method,
               void **context)
{
  guint status;
  KouanHubKiosk *kiosk;
  KouanHubRequest *request;

  kouan_hub_guard_allow (self->guard, get_watch (connection), STEP_MS);
  kiosk = identify (self, connection, &status);
  if (kiosk == NULL)
    return turn_away (connection, status);
  request = kouan_hub_request_new (self->hub, self->receiver, connection, kiosk);
  *context = request;
  allow_body (self, request);
  kouan_hub_route (request, method, path);
  return MHD_YES;
}

static enum MHD_Result
take_body (KouanHubRequest *request, const char *data, size_t *size)
{
  g_autoptr (GError) error = NULL;

  if (request->small != NULL)
    {
      if (!kouan_hub_request_add_small (request, data, *size))
        request->unread += (gint64)*size;
    }
  else if (request->writer == NULL)
    request->unread += (gint64)*size;
  else if (!kouan_hub_writer_write (request->writer, data, *size, &error))
    {
      kouan_hub_request_answer_error (request, error, NULL);
      g_clear_pointer (&request->writer, kouan_hub_writer_free);
    }
  *size = 0;
  return request->unread <= UNREAD_MAX ? MHD_YES : MHD_NO;
}

static void
finish (gpointer data, gpointer user)
{
  KouanHubRequest *request = data;
  KouanHubServer *self = user;
  struct MHD_Connection *connection = request->connection;

  kouan_hub_tus_patched (request);
  g_mutex_lock (&self->lock);
  MHD_resume_connection (connection);
  self->finishing--;
  g_cond_signal (&self->finished);
  g_mutex_unlock (&self->lock);
}

/* Returns: whether a finisher has it: then this is asked again when it is done */
static gboolean
leave_to_finisher (KouanHubServer *self, KouanHubRequest *request)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->is_stopping)
    return FALSE;
  self->finishing++;
  MHD_suspend_connection (request->connection);
  g_thread_pool_push (self->finishers, request, NULL);
  return TRUE;
}

/* libmicrohttpd must not be stopped while a connection is suspended. */
static void
stop_finishers (KouanHubServer *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->is_stopping = TRUE;
  while (self->finishing > 0)
    g_cond_wait (&self->finished, &self->lock);
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
  KouanHubServer *self = data;
  KouanHubRequest *request = *context;
  guint status;

  if (request == NULL)
    return start_request (self, connection, path, method, context);
  if (*upload_size > 0)
    return take_body (request, upload_data, upload_size);
  if (request->response == NULL && !is_still_in_service (self, request->kiosk, &status))
    return turn_away (connection, status);
  if (request->writer != NULL && leave_to_finisher (self, request))
    return MHD_YES;
  if (request->writer != NULL)
    kouan_hub_tus_patched (request);
  if (request->small != NULL)
    request->finish_small (request);
  kouan_hub_guard_allow (self->guard, get_watch (connection),
                         STEP_MS + request->response_size / BODY_RATE_MIN);
  return MHD_queue_response (connection, request->status, request->response);
}

static void
on_completed (void *data,
              struct MHD_Connection *connection,
              void **context,
              enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
  KouanHubServer *self = data;

  if (*context == NULL)
    return;
  kouan_hub_request_free (*context);
  *context = NULL;
  kouan_hub_guard_allow (self->guard, get_watch (connection), STEP_MS);
}

static void
follow (KouanHubServer *self)
{
  g_autoptr (GError) error = NULL;
  gint64 count = 0;

  if (!kouan_hub_follow (self->hub, &count, &error))
    g_message ("what is archived cannot be found out: %s", error->message);
  else if (count > 0)
    g_message ("%" G_GINT64_FORMAT " records are archived", count);
}

/* Returns: whether @due_us has come; then it is moved on by @every_us */
static gboolean
is_due (KouanHubServer *self, gint64 *due_us, gint64 every_us)
{
  gint64 now_us = kouan_clock_boot_us (kouan_hub_get_clock (self->hub));

  if (now_us < *due_us)
    return FALSE;
  *due_us = now_us + every_us;
  return TRUE;
}

static void
sweep (gpointer data)
{
  KouanHubServer *self = data;
  guint count = kouan_hub_guard_sweep (self->guard);

  if (count > 0)
    g_message ("%u connections were too slow and have been cut off", count);
}

static void
keep (gpointer data)
{
  KouanHubServer *self = data;

  if (is_due (self, &self->expire_us, EXPIRE_EVERY_US))
    kouan_hub_receiver_expire (self->receiver);
  if (kouan_hub_get_followed (self->hub) != NULL
      && is_due (self, &self->follow_us, FOLLOW_EVERY_US))
    follow (self);
}

static void G_GNUC_PRINTF (2, 0)
  on_log (void *data G_GNUC_UNUSED, const char *format, va_list words)
{
  g_autofree char *line = g_strdup_vprintf (format, words);

  g_debug ("%s", g_strchomp (line));
}

static struct MHD_Daemon *
start_daemon (KouanHubServer *self,
              GSocketAddress *address,
              const char *key,
              const char *certificate,
              const char *authority)
{
  gssize size = g_socket_address_get_native_size (address);
  g_autofree struct sockaddr *native = g_malloc0 ((gsize)size);
  guint threads = (guint)kouan_hub_get_limit (self->hub, "threads", THREADS);
  guint connections = (guint)kouan_hub_get_limit (self->hub, "connections", CONNECTIONS_MAX);
  guint from_address
    = (guint)kouan_hub_get_limit (self->hub, "connections-per-address", FROM_ADDRESS_MAX);
  guint flags
    = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME;

  if (!g_socket_address_to_native (address, native, (gsize)size, NULL))
    return NULL;
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    flags |= MHD_USE_IPv6;
  return MHD_start_daemon (
    flags, 0, NULL, NULL, on_request, self, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
    MHD_OPTION_SOCK_ADDR, native, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
    MHD_OPTION_THREAD_POOL_SIZE, CLAMP (threads, 2, 64), MHD_OPTION_CONNECTION_LIMIT,
    MAX (connections, 64), MHD_OPTION_PER_IP_CONNECTION_LIMIT, from_address,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(2 * HEADER_SIZE_MAX),
    MHD_OPTION_CONNECTION_TIMEOUT, (guint)IDLE_S, MHD_OPTION_NOTIFY_CONNECTION, on_connection, self,
    MHD_OPTION_NOTIFY_COMPLETED, on_completed, self, MHD_OPTION_HTTPS_MEM_KEY, key,
    MHD_OPTION_HTTPS_MEM_CERT, certificate, MHD_OPTION_HTTPS_MEM_TRUST, authority,
    MHD_OPTION_HTTPS_PRIORITIES, PRIORITIES, MHD_OPTION_END);
}

/* What a broken line takes with it is what the kernel holds for us unread, and a kiosk sends it
 * twice. So the kernel holds less than what a run may cost (it doubles what it is asked for, and
 * lets the other end fill half of that), and still enough for 20 Mbit/s over 40 ms. Connections
 * inherit it. */
static void
hold_little (struct MHD_Daemon *daemon)
{
  int fd = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
  const int size = KOUAN_HUB_STEP_SIZE * 3 / 8;

  if (setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) != 0)
    g_message ("a broken line may cost more than usual: %s", g_strerror (errno));
}

static gboolean
listen_on (KouanHubServer *self, guint port, GError **error)
{
  g_autoptr (GSocketAddress) address
    = g_inet_socket_address_new_from_string (kouan_hub_get_listen (self->hub), port);
  g_autofree char *key = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *authority = NULL;

  if ((key = kouan_hub_read_text (self->hub, KOUAN_HUB_FILE_SERVER_KEY, error)) == NULL
      || (certificate = kouan_hub_read_text (self->hub, KOUAN_HUB_FILE_SERVER, error)) == NULL
      || (authority = kouan_hub_read_text (self->hub, KOUAN_HUB_FILE_AUTHORITY, error)) == NULL)
    return FALSE;
  if (address == NULL)
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                   KOUAN_HUB_FILE_CONF ": [server] listen must be an IP address");
      return FALSE;
    }
  self->daemon = start_daemon (self, address, key, certificate, authority);
  if (self->daemon != NULL)
    {
      hold_little (self->daemon);
      return TRUE;
    }
  g_set_error (
    error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_IO,
    "cannot serve on %s port %u: is another program there, or are the TLS files damaged?",
    kouan_hub_get_listen (self->hub), port);
  return FALSE;
}

/**
 * kouan_hub_server_new:
 * @port: 0 for any that is free
 *
 * What an earlier run left half done is put right first.
 *
 * Returns: (transfer full): a server at work
 */
KouanHubServer *
kouan_hub_server_new (KouanHub *hub, guint port, GError **error)
{
  g_autoptr (KouanHubServer) self = g_new0 (KouanHubServer, 1);

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  g_mutex_init (&self->lock);
  g_cond_init (&self->finished);
  self->finishers = g_thread_pool_new (finish, self, FINISHERS, TRUE, NULL);
  self->hub = g_object_ref (hub);
  self->guard = kouan_hub_guard_new (kouan_hub_get_clock (hub));
  self->receiver = kouan_hub_receiver_new (hub, error);
  if (self->receiver == NULL || !kouan_hub_receiver_recover (self->receiver, error)
      || !listen_on (self, port, error))
    return NULL;
  self->sweeper = kouan_hub_keeper_new ("hub-sweeper", SWEEP_MS, sweep, self);
  self->keeper = kouan_hub_keeper_new ("hub-keeper", SWEEP_MS, keep, self);
  return g_steal_pointer (&self);
}

guint
kouan_hub_server_get_port (KouanHubServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

guint
kouan_hub_server_count_connections (KouanHubServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return kouan_hub_guard_count (self->guard);
}

/* Stops at once: what is under way is cut off where it is, which every client can go on from. */
void
kouan_hub_server_free (KouanHubServer *self)
{
  g_clear_pointer (&self->keeper, kouan_hub_keeper_free);
  g_clear_pointer (&self->sweeper, kouan_hub_keeper_free);
  stop_finishers (self);
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  g_thread_pool_free (self->finishers, FALSE, TRUE);
  g_clear_object (&self->receiver);
  g_clear_pointer (&self->guard, kouan_hub_guard_free);
  g_clear_object (&self->hub);
  g_cond_clear (&self->finished);
  g_mutex_clear (&self->lock);
  g_free (self);
}
