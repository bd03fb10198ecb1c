/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/tls-reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

/* GnuTLS reads a record in two steps, its head of five bytes and then the rest, and a record brings
 * 16 KiB at most: a hub would spend more of its time on asking the kernel than on what it gets.
 * Here the rest of a record is read together with the head of the next one, in one call.
 *
 * No more than that is ever read ahead. Whoever waits for the socket would wait for ever if a whole
 * record were here already; a head alone is always followed by something. */

#define HEAD_SIZE 5

struct _KouanHubTlsReader
{
  int socket;
  guint8 head[HEAD_SIZE]; /* of the next record, as far as it is here */
  gsize size;
};

static ssize_t
take_head (KouanHubTlsReader *self, void *data, size_t size)
{
  gsize taken = MIN (size, self->size);

  memcpy (data, self->head, taken);
  self->size -= taken;
  memmove (self->head, self->head + taken, self->size);
  return (ssize_t)taken;
}

static ssize_t
on_pull (gnutls_transport_ptr_t data, void *into, size_t size)
{
  KouanHubTlsReader *self = data;
  struct iovec parts[] = { { into, size }, { self->head, sizeof self->head } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = G_N_ELEMENTS (parts) };
  ssize_t got;

  if (self->size > 0)
    return take_head (self, into, size);
  if (size <= HEAD_SIZE)
    return recv (self->socket, into, size, 0);
  got = recvmsg (self->socket, &message, 0);
  if (got <= (ssize_t)size)
    return got;
  self->size = (gsize)got - size;
  return (ssize_t)size;
}

static int
on_wait (gnutls_transport_ptr_t data, unsigned int time_ms)
{
  KouanHubTlsReader *self = data;
  struct pollfd waits = { .fd = self->socket, .events = POLLIN };

  return self->size > 0 ? 1 : poll (&waits, 1, (int)MIN (time_ms, (unsigned int)G_MAXINT));
}

/* @socket: of @session, which it goes on being written through
 * Returns: (transfer full): must outlive what is read from @session */
KouanHubTlsReader *
kouan_hub_tls_reader_new (gnutls_session_t session, int socket)
{
  KouanHubTlsReader *self = g_new0 (KouanHubTlsReader, 1);
  gnutls_transport_ptr_t in, out;

  self->socket = socket;
  gnutls_transport_get_ptr2 (session, &in, &out);
  gnutls_transport_set_ptr2 (session, self, out);
  gnutls_transport_set_pull_function (session, on_pull);
  gnutls_transport_set_pull_timeout_function (session, on_wait);
  return self;
}

void
kouan_hub_tls_reader_free (KouanHubTlsReader *self)
{
  g_free (self);
}
