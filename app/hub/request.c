/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/request.h"

#include <string.h>

#define HTTP_CHECKSUM_MISMATCH 460 /* tus */

/* Returns: (transfer full). @kiosk: (transfer full) */
KouanHubRequest *
kouan_hub_request_new (KouanHub *hub,
                       KouanHubReceiver *receiver,
                       struct MHD_Connection *connection,
                       KouanHubKiosk *kiosk)
{
  KouanHubRequest *self = g_new0 (KouanHubRequest, 1);

  self->hub = hub;
  self->receiver = receiver;
  self->connection = connection;
  self->kiosk = kiosk;
  return self;
}

void
kouan_hub_request_free (KouanHubRequest *self)
{
  g_clear_pointer (&self->writer, kouan_hub_writer_free);
  g_clear_pointer (&self->small, g_byte_array_unref);
  g_clear_pointer (&self->response, MHD_destroy_response);
  g_clear_pointer (&self->kiosk, kouan_hub_kiosk_free);
  g_free (self);
}

/* Returns: (nullable) */
const char *
kouan_hub_request_get_header (KouanHubRequest *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, name);
}

/* A header that holds a number from 0 up. */
gboolean
kouan_hub_request_get_number (KouanHubRequest *self, const char *name, gint64 *value)
{
  const char *text = kouan_hub_request_get_header (self, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return FALSE;
  *value = (gint64)number;
  return TRUE;
}

/* @body: (nullable) */
void
kouan_hub_request_answer (KouanHubRequest *self, guint status, const char *type, GBytes *body)
{
  gsize size = 0;
  gconstpointer data = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  g_assert (self->response == NULL);
  self->status = status;
  self->response_size = (gint64)size;
  self->response
    = MHD_create_response_from_buffer (size, (void *)(size > 0 ? data : ""), MHD_RESPMEM_MUST_COPY);
  if (type != NULL)
    kouan_hub_request_add_header (self, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  kouan_hub_request_add_header (self, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  kouan_hub_request_add_header (self, "Tus-Resumable", "1.0.0");
}

/* @text: (nullable): a sentence for whoever reads the log of the other end */
void
kouan_hub_request_answer_text (KouanHubRequest *self, guint status, const char *text)
{
  g_autofree char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;
  g_autoptr (GBytes) body = line != NULL ? g_bytes_new (line, strlen (line)) : NULL;

  kouan_hub_request_answer (self, status, line != NULL ? "text/plain; charset=utf-8" : NULL, body);
}

static guint
status_of (const GError *error)
{
  g_assert (error->domain == KOUAN_HUB_ERROR);
  switch ((KouanHubError)error->code)
    {
    case KOUAN_HUB_ERROR_MISSING:
      return MHD_HTTP_NOT_FOUND;
    case KOUAN_HUB_ERROR_MALFORMED:
      return MHD_HTTP_BAD_REQUEST;
    case KOUAN_HUB_ERROR_REFUSED:
      return MHD_HTTP_FORBIDDEN;
    case KOUAN_HUB_ERROR_EXISTS:
    case KOUAN_HUB_ERROR_CONFLICT:
      return MHD_HTTP_CONFLICT;
    case KOUAN_HUB_ERROR_DAMAGED:
      return MHD_HTTP_UNPROCESSABLE_CONTENT;
    case KOUAN_HUB_ERROR_CHECKSUM:
      return HTTP_CHECKSUM_MISMATCH;
    case KOUAN_HUB_ERROR_TOO_LARGE:
      return MHD_HTTP_CONTENT_TOO_LARGE;
    case KOUAN_HUB_ERROR_FULL:
      return MHD_HTTP_INSUFFICIENT_STORAGE;
    case KOUAN_HUB_ERROR_BUSY:
      return MHD_HTTP_SERVICE_UNAVAILABLE;
    case KOUAN_HUB_ERROR_IO:
    default:
      return MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
}

/* @receipt: (nullable): a signed refusal, which then is the body. What went wrong inside the hub is
 * for its own log: the other end gets the status. */
void
kouan_hub_request_answer_error (KouanHubRequest *self, const GError *error, GBytes *receipt)
{
  guint status = status_of (error);

  if (status >= MHD_HTTP_INTERNAL_SERVER_ERROR)
    g_message ("kiosk %u: %u: %s", self->kiosk->id, status, error->message);
  if (receipt != NULL)
    kouan_hub_request_answer (self, status, "application/cose", receipt);
  else
    kouan_hub_request_answer_text (self, status,
                                   status < MHD_HTTP_INTERNAL_SERVER_ERROR ? error->message : NULL);
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    kouan_hub_request_add_number (self, MHD_HTTP_HEADER_RETRY_AFTER, KOUAN_HUB_RETRY_AFTER_S);
}

void
kouan_hub_request_add_header (KouanHubRequest *self, const char *name, const char *value)
{
  g_assert (self->response != NULL);
  MHD_add_response_header (self->response, name, value);
}

void
kouan_hub_request_add_number (KouanHubRequest *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  kouan_hub_request_add_header (self, name, text);
}

/* What comes is kept, up to @size_max bytes of it; when it is all here @finish answers. */
void
kouan_hub_request_take_small (KouanHubRequest *self, gsize size_max, KouanHubFinish finish)
{
  self->small = g_byte_array_new ();
  self->small_max = size_max;
  self->finish_small = finish;
}

/* Returns: FALSE if that is more than was to come: then the request has its answer */
gboolean
kouan_hub_request_add_small (KouanHubRequest *self, const char *data, gsize size)
{
  if (size <= self->small_max - self->small->len)
    {
      g_byte_array_append (self->small, (const guint8 *)data, (guint)size);
      return TRUE;
    }
  g_clear_pointer (&self->small, g_byte_array_unref);
  kouan_hub_request_answer_text (self, MHD_HTTP_CONTENT_TOO_LARGE, NULL);
  return FALSE;
}

/* Returns: (transfer full) */
GBytes *
kouan_hub_request_steal_small (KouanHubRequest *self)
{
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->small));
}
