/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/fleet-server.h"

#include "app/hub/fleet.h"
#include "app/hub/fleet-resources.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <string.h>

/* A listener of its own, on 127.0.0.1 and nowhere else: kiosks cannot reach it, and whoever wants
 * to look from afar comes through ssh or a proxy that knows who he is. It only reads. A page of
 * another site that gives its own name the address 127.0.0.1 is told apart by the Host that its
 * browser sends. */

#define CONNECTIONS_MAX 32
#define IDLE_S 15
#define HEADER_SIZE_MAX (16 * 1024)
#define STYLE "/kouan/hub/fleet.css"

static const struct
{
  const char *name, *value;
} headers[] = {
  { "Content-Security-Policy",
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'" },
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
  { "Cross-Origin-Opener-Policy", "same-origin" },
  { "Cache-Control", "no-store" },
};

struct _KouanFleetServer
{
  KouanHub *hub;
  GResource *resource;
  struct MHD_Daemon *daemon;
};

static enum MHD_Result
answer (struct MHD_Connection *connection, guint status, const char *type, GBytes *body)
{
  gsize size = 0;
  gconstpointer data = body != NULL ? g_bytes_get_data (body, &size) : "";
  struct MHD_Response *response
    = MHD_create_response_from_buffer (size, (void *)data, MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result;

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    MHD_add_response_header (response, headers[i].name, headers[i].value);
  if (type != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header (response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

/* A browser's first choice: whoever reads Chinese gets it, everybody else gets English. */
static const char *
choose_language (struct MHD_Connection *connection)
{
  const char *wanted
    = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);

  return wanted != NULL && g_ascii_strncasecmp (wanted, "zh", 2) == 0 ? "zh-Hans" : "en";
}

static enum MHD_Result
answer_page (KouanFleetServer *self, struct MHD_Connection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanFleet) fleet = kouan_fleet_read (self->hub, &error);
  g_autoptr (GBytes) body = NULL;
  char *html;

  if (fleet == NULL)
    {
      g_message ("the fleet page cannot be made: %s", error->message);
      return answer (connection, MHD_HTTP_SERVICE_UNAVAILABLE, NULL, NULL);
    }
  html = kouan_fleet_page (fleet, choose_language (connection));
  body = g_bytes_new_take (html, strlen (html));
  return answer (connection, MHD_HTTP_OK, "text/html; charset=utf-8", body);
}

static enum MHD_Result
answer_style (KouanFleetServer *self, struct MHD_Connection *connection)
{
  g_autoptr (GBytes) style
    = g_resource_lookup_data (self->resource, STYLE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return answer (connection, MHD_HTTP_OK, "text/css; charset=utf-8", style);
}

/* "127.0.0.1", "localhost" or "[::1]", and a port or none. */
static gboolean
is_for_us (struct MHD_Connection *connection)
{
  static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
  const char *host
    = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);

  for (gsize i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (strncmp (host, names[i], length) == 0 && (host[length] == '\0' || host[length] == ':'))
        return TRUE;
    }
  return FALSE;
}

static enum MHD_Result
on_request (void *data,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version G_GNUC_UNUSED,
            const char *body G_GNUC_UNUSED,
            size_t *body_size,
            void **context)
{
  static int begun;
  KouanFleetServer *self = data;

  if (*context == NULL) /* an answer in the first call would close the connection */
    {
      *context = &begun;
      return MHD_YES;
    }
  if (*body_size > 0)
    return MHD_NO;
  if (!is_for_us (connection))
    return answer (connection, MHD_HTTP_MISDIRECTED_REQUEST, NULL, NULL);
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    return answer (connection, MHD_HTTP_METHOD_NOT_ALLOWED, NULL, NULL);
  if (g_str_equal (path, "/"))
    return answer_page (self, connection);
  if (g_str_equal (path, "/style.css"))
    return answer_style (self, connection);
  return answer (connection, MHD_HTTP_NOT_FOUND, NULL, NULL);
}

/**
 * kouan_fleet_server_new:
 * @port: 0 for any that is free
 *
 * Returns: (transfer full): a server at work, on 127.0.0.1
 */
KouanFleetServer *
kouan_fleet_server_new (KouanHub *hub, guint port, GError **error)
{
  g_autoptr (KouanFleetServer) self = g_new0 (KouanFleetServer, 1);
  const struct sockaddr_in address = { .sin_family = AF_INET,
                                       .sin_port = htons ((guint16)port),
                                       .sin_addr = { .s_addr = htonl (INADDR_LOOPBACK) } };

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  self->hub = g_object_ref (hub);
  self->resource = kouan_fleet_get_resource ();
  self->daemon = MHD_start_daemon (
    MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, self, MHD_OPTION_SOCK_ADDR, &address,
    MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_CONNECTION_LIMIT, (guint)CONNECTIONS_MAX,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_SIZE_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
    (guint)IDLE_S, MHD_OPTION_END);
  if (self->daemon != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_IO,
               "cannot show the fleet on 127.0.0.1 port %u: is another program there?", port);
  return NULL;
}

guint
kouan_fleet_server_get_port (KouanFleetServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void
kouan_fleet_server_free (KouanFleetServer *self)
{
  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  g_clear_object (&self->hub);
  g_free (self);
}
