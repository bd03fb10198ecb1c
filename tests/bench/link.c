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
 * been. It holds what a router would: a delay's worth of bytes and a little more, and then takes no
 * more. One connection at a time; ends when it is killed. */

#define PIECE 4096
#define QUEUE_MAX (256 * 1024)

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
  gsize held;
  gint64 free_us; /* when the last byte has left the sender */
  gboolean ended;
} Way;

static gint64 bytes_a_second, delay_us;

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
take (Way *way)
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
  way->free_us
    = MAX (way->free_us, g_get_monotonic_time ()) + got * G_USEC_PER_SEC / bytes_a_second;
  piece->due_us = way->free_us + delay_us;
  way->held += piece->size;
  g_queue_push_tail (&way->pieces, piece);
}

/* Returns: FALSE if the other end is gone */
static gboolean
give (Way *way, gint64 now_us)
{
  Piece *piece;

  while ((piece = g_queue_peek_head (&way->pieces)) != NULL && piece->due_us <= now_us)
    {
      ssize_t put = send (way->to, piece->data, piece->size, MSG_NOSIGNAL);

      way->held -= piece->size;
      g_free (g_queue_pop_head (&way->pieces));
      if (put < 0)
        return FALSE;
    }
  return TRUE;
}

static int
wait_ms (const Way *ways, gint64 now_us)
{
  gint64 next_us = now_us + 100000;

  for (guint i = 0; i < 2; i++)
    if (!g_queue_is_empty ((GQueue *)&ways[i].pieces))
      next_us = MIN (next_us, ((Piece *)g_queue_peek_head ((GQueue *)&ways[i].pieces))->due_us);
  return (int)((MAX (next_us - now_us, 0) + 999) / 1000);
}

static gboolean
is_over (const Way *ways)
{
  return (ways[0].ended && g_queue_is_empty ((GQueue *)&ways[0].pieces))
         || (ways[1].ended && g_queue_is_empty ((GQueue *)&ways[1].pieces));
}

static void
serve (int client, int server)
{
  Way ways[2] = { { .from = client, .to = server, .pieces = G_QUEUE_INIT },
                  { .from = server, .to = client, .pieces = G_QUEUE_INIT } };
  gboolean open = TRUE;

  while (open && !is_over (ways))
    {
      struct pollfd items[2];

      for (guint i = 0; i < 2; i++)
        items[i] = (struct pollfd){ ways[i].ended || ways[i].held > QUEUE_MAX ? -1 : ways[i].from,
                                    POLLIN, 0 };
      poll (items, 2, wait_ms (ways, g_get_monotonic_time ()));
      for (guint i = 0; i < 2 && open; i++)
        {
          if (items[i].revents != 0)
            take (&ways[i]);
          open = give (&ways[i], g_get_monotonic_time ());
        }
    }
  for (guint i = 0; i < 2; i++)
    g_queue_clear_full (&ways[i].pieces, g_free);
  close (client);
  close (server);
}

int
main (int argc, char **argv)
{
  guint port, connections = 0;
  int listener;

  g_assert (argc == 4);
  bytes_a_second = atoi (argv[2]) * 1000 / 8;
  delay_us = atoi (argv[3]) * 1000;
  listener = listen_anywhere (&port);
  printf ("%u\n", port);
  fflush (stdout);
  for (;;)
    {
      int client = accept (listener, NULL, NULL);

      if (client < 0)
        return 1;
      printf ("%u\n", ++connections);
      fflush (stdout);
      serve (client, connect_to ((guint)atoi (argv[1])));
    }
}
