/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <arpa/inet.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* usage: bench-link PORT KBIT DELAY-MS
 *
 * A line to 127.0.0.1:PORT of so many kbit/s each way, on which each byte takes so many
 * milliseconds. Prints the port that it listens on, and after each connection how many there have
 * been. All connections share it. It holds what a router would: a delay's worth of bytes and a
 * little more, and then takes no more. Ends when it is killed. */

#define PIECE 4096
#define QUEUE_MAX (256 * 1024)

#define CONNECTIONS_MAX 8

typedef struct
{
  gint64 due_us;
  gsize size;
  char data[PIECE];
} Piece;

typedef struct
{
  int from, to;
  GQueue pieces;
  gboolean ended;
} Way;

typedef struct
{
  gboolean is_open;
  Way ways[2];
} Connection;

static gint64 bytes_a_second, delay_us;
static gint64 free_us[2]; /* of each way: when the last byte has left the sender */
static gsize held[2];
static Connection connections[CONNECTIONS_MAX];

static int
listen_anywhere (guint *port)
{
  struct sockaddr_in address
    = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert (bind (fd, (struct sockaddr *)&address, size) == 0 && listen (fd, 16) == 0);
  g_assert (getsockname (fd, (struct sockaddr *)&address, &size) == 0);
  *port = ntohs (address.sin_port);
  return fd;
}

static int
connect_to (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                 .sin_port = htons ((guint16)port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert (connect (fd, (struct sockaddr *)&address, sizeof address) == 0);
  return fd;
}

static void
take (Way *way, guint number)
{
  Piece *piece = g_new (Piece, 1);
  ssize_t got = recv (way->from, piece->data, sizeof piece->data, 0);

  if (got <= 0)
    {
      way->ended = TRUE;
      g_free (piece);
      return;
    }
  piece->size = (gsize)got;
  free_us[number]
    = MAX (free_us[number], g_get_monotonic_time ()) + got * G_USEC_PER_SEC / bytes_a_second;
  piece->due_us = free_us[number] + delay_us;
  held[number] += piece->size;
  g_queue_push_tail (&way->pieces, piece);
}

/* Returns: FALSE if the other end is gone */
static gboolean
give (Way *way, guint number, gint64 now_us)
{
  Piece *piece;

  while ((piece = g_queue_peek_head (&way->pieces)) != NULL && piece->due_us <= now_us)
    {
      ssize_t put = send (way->to, piece->data, piece->size, MSG_NOSIGNAL);

      held[number] -= piece->size;
      g_free (g_queue_pop_head (&way->pieces));
      if (put < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_over (const Connection *self)
{
  return (self->ways[0].ended && g_queue_is_empty ((GQueue *)&self->ways[0].pieces))
         || (self->ways[1].ended && g_queue_is_empty ((GQueue *)&self->ways[1].pieces));
}

static void
end (Connection *self)
{
  for (guint i = 0; i < 2; i++)
    {
      Piece *piece;

      while ((piece = g_queue_pop_head (&self->ways[i].pieces)) != NULL)
        {
          held[i] -= piece->size;
          g_free (piece);
        }
      close (self->ways[i].from);
    }
  self->is_open = FALSE;
}

static void
begin (int client, int server)
{
  for (guint i = 0; i < CONNECTIONS_MAX; i++)
    if (!connections[i].is_open)
      {
        connections[i]
          = (Connection){ TRUE,
                          { { .from = client, .to = server, .pieces = G_QUEUE_INIT },
                            { .from = server, .to = client, .pieces = G_QUEUE_INIT } } };
        return;
      }
  close (client);
  close (server);
}

static int
wait_ms (gint64 now_us)
{
  gint64 next_us = now_us + 100000;

  for (guint i = 0; i < 2 * CONNECTIONS_MAX; i++)
    {
      Connection *connection = &connections[i / 2];
      Piece *piece
        = connection->is_open ? g_queue_peek_head (&connection->ways[i % 2].pieces) : NULL;

      if (piece != NULL)
        next_us = MIN (next_us, piece->due_us);
    }
  return (int)((MAX (next_us - now_us, 0) + 999) / 1000);
}

/* One look at everything. */
static void
serve (int listener, guint port, guint *count)
{
  struct pollfd items[1 + 2 * CONNECTIONS_MAX] = { { listener, POLLIN, 0 } };

  for (guint i = 0; i < 2 * CONNECTIONS_MAX; i++)
    {
      const Way *way = &connections[i / 2].ways[i % 2];
      gboolean takes = connections[i / 2].is_open && !way->ended && held[i % 2] <= QUEUE_MAX;

      items[1 + i] = (struct pollfd){ takes ? way->from : -1, POLLIN, 0 };
    }
  poll (items, G_N_ELEMENTS (items), wait_ms (g_get_monotonic_time ()));
  for (guint i = 0; i < 2 * CONNECTIONS_MAX; i++)
    {
      Connection *connection = &connections[i / 2];
      Way *way = &connection->ways[i % 2];

      if (!connection->is_open)
        continue;
      if (items[1 + i].revents != 0)
        take (way, i % 2);
      if (!give (way, i % 2, g_get_monotonic_time ()) || is_over (connection))
        end (connection);
    }
  if (items[0].revents != 0)
    {
      begin (accept (listener, NULL, NULL), connect_to (port));
      printf ("%u\n", ++*count);
      fflush (stdout);
    }
}

int
main (int argc, char **argv)
{
  guint port, count = 0;
  int listener;

  g_assert (argc == 4);
  bytes_a_second = atoi (argv[2]) * 1000 / 8;
  delay_us = atoi (argv[3]) * 1000;
  listener = listen_anywhere (&port);
  printf ("%u\n", port);
  fflush (stdout);
  for (;;)
    serve (listener, (guint)atoi (argv[1]), &count);
}
