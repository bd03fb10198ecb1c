/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/line.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STEP 4096
#define WAKE_MS 20
#define HELD 16384 /* bytes on the line itself: it is no warehouse */

struct _KouanTestLine
{
  int listener;
  guint port;
  GThread *thread;
  GMutex lock; /* guards what follows */
  guint target;
  gboolean stopping;
  gint64 moved[2]; /* up, down */
  gint64 cut_at[2];
  guint cuts;
  guint connections;
  void (*on_cut) (gpointer data);
  gpointer on_cut_data;
};

/* One connection over the line, on a thread of its own. */
typedef struct
{
  KouanTestLine *line;
  int client, server;
  guint cuts; /* that there had been when it was made: the next one breaks every connection */
} Connection;

struct _KouanTestScript
{
  int listener;
  guint port;
  GThread *thread;
  char *bytes;
  KouanTestScriptEnd end;
  int stopping;    /* atomic */
  int connections; /* atomic */
};

static int
listen_anywhere (guint *port)
{
  struct sockaddr_in address
    = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (listener, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listener, 16), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *)&address, &size), ==, 0);
  *port = ntohs (address.sin_port);
  return listener;
}

static int
connect_to (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                 .sin_port = htons ((guint16)port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int held = HELD;

  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &held, sizeof held);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

/* A reset, not an end: what a broken line looks like. */
static void
reset (int fd)
{
  struct linger linger = { 1, 0 };

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  close (fd);
}

static gboolean
wait_readable (int fd)
{
  struct pollfd item = { fd, POLLIN, 0 };

  return poll (&item, 1, WAKE_MS) > 0;
}

static gboolean
is_stopping (KouanTestLine *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->stopping;
}

static gboolean
is_cut (Connection *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->line->lock);

  return self->line->stopping || self->line->cuts != self->cuts;
}

/* Returns: how many of @size bytes may go; the rest is cut off */
static gsize
count (KouanTestLine *self, guint way, gsize size, gboolean *cut)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gint64 allowed = self->cut_at[way] - self->moved[way];

  *cut = (gint64)size >= allowed;
  if (*cut)
    {
      size = (gsize)MAX (allowed, 0);
      self->cut_at[way] = G_MAXINT64;
      self->cuts++;
    }
  self->moved[way] += (gint64)size;
  return size;
}

/* Returns: FALSE when the line is over */
static gboolean
forward (KouanTestLine *self, int from, int to, guint way)
{
  char step[STEP];
  ssize_t got = recv (from, step, sizeof step, 0);
  gboolean cut;
  gsize size;

  if (got <= 0)
    return FALSE;
  size = count (self, way, (gsize)got, &cut);
  if (size > 0 && send (to, step, size, MSG_NOSIGNAL) != (ssize_t)size)
    return FALSE;
  if (cut && self->on_cut != NULL)
    self->on_cut (self->on_cut_data);
  return !cut;
}

static gpointer
serve_line (gpointer data)
{
  Connection *self = data;
  struct pollfd items[2] = { { self->client, POLLIN, 0 }, { self->server, POLLIN, 0 } };
  gboolean open = TRUE;

  while (open && !is_cut (self))
    {
      if (poll (items, 2, WAKE_MS) <= 0)
        continue;
      if (items[0].revents != 0)
        open = forward (self->line, self->client, self->server, 0);
      if (open && items[1].revents != 0)
        open = forward (self->line, self->server, self->client, 1);
    }
  reset (self->client);
  reset (self->server);
  g_free (self);
  return NULL;
}

static guint
next_target (KouanTestLine *self, guint *cuts)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->connections++;
  *cuts = self->cuts;
  return self->target;
}

static gpointer
run_line (gpointer data)
{
  KouanTestLine *self = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  while (!is_stopping (self))
    {
      Connection *connection;

      if (!wait_readable (self->listener))
        continue;
      connection = g_new (Connection, 1);
      connection->line = self;
      connection->client = accept (self->listener, NULL, NULL);
      connection->server = connect_to (next_target (self, &connection->cuts));
      if (connection->server >= 0)
        g_ptr_array_add (threads, g_thread_new ("connection", serve_line, connection));
      else
        {
          reset (connection->client);
          g_free (connection);
        }
    }
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  return NULL;
}

KouanTestLine *
kouan_test_line_new (guint port)
{
  KouanTestLine *self = g_new0 (KouanTestLine, 1);

  self->listener = listen_anywhere (&self->port);
  self->target = port;
  self->cut_at[0] = self->cut_at[1] = G_MAXINT64;
  g_mutex_init (&self->lock);
  self->thread = g_thread_new ("line", run_line, self);
  return self;
}

void
kouan_test_line_free (KouanTestLine *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  close (self->listener);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint
kouan_test_line_get_port (KouanTestLine *self)
{
  return self->port;
}

void
kouan_test_line_set_target (KouanTestLine *self, guint port)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->target = port;
}

void
kouan_test_line_cut_up (KouanTestLine *self, gint64 bytes)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->cut_at[0] = self->moved[0] + bytes;
}

void
kouan_test_line_cut_down (KouanTestLine *self, gint64 bytes)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->cut_at[1] = self->moved[1] + bytes;
}

gint64
kouan_test_line_get_up (KouanTestLine *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->moved[0];
}

gint64
kouan_test_line_get_down (KouanTestLine *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->moved[1];
}

guint
kouan_test_line_count (KouanTestLine *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->connections;
}

void
kouan_test_line_on_cut (KouanTestLine *self, void (*func) (gpointer data), gpointer data)
{
  self->on_cut = func;
  self->on_cut_data = data;
}

static gboolean
push (int fd, const char *bytes, gsize size)
{
  return send (fd, bytes, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static void
play (KouanTestScript *self, int client)
{
  gboolean more = push (client, self->bytes, strlen (self->bytes));
  char gone[STEP];

  while (more && self->end >= KOUAN_TEST_SCRIPT_HOLD && !g_atomic_int_get (&self->stopping))
    {
      if (self->end == KOUAN_TEST_SCRIPT_FLOOD)
        more = push (client, self->bytes, strlen (self->bytes));
      else if (wait_readable (client) && recv (client, gone, sizeof gone, 0) <= 0)
        more = FALSE;
      else if (self->end == KOUAN_TEST_SCRIPT_DRIP)
        more = push (client, "x", 1);
    }
}

static gpointer
run_script (gpointer data)
{
  KouanTestScript *self = data;

  while (!g_atomic_int_get (&self->stopping))
    {
      char request[STEP];
      int client;

      if (!wait_readable (self->listener))
        continue;
      client = accept (self->listener, NULL, NULL);
      g_atomic_int_inc (&self->connections);
      if (recv (client, request, sizeof request, 0) > 0)
        play (self, client);
      if (self->end == KOUAN_TEST_SCRIPT_RESET)
        reset (client);
      else
        close (client);
    }
  return NULL;
}

static char *
fill_in_port (const char *bytes, guint port)
{
  g_autofree char *digits = g_strdup_printf ("%u", port);
  g_auto (GStrv) parts = g_strsplit (bytes, "@PORT@", -1);

  return g_strjoinv (digits, parts);
}

KouanTestScript *
kouan_test_script_new (const char *bytes, KouanTestScriptEnd end)
{
  KouanTestScript *self = g_new0 (KouanTestScript, 1);

  self->listener = listen_anywhere (&self->port);
  self->bytes = fill_in_port (bytes, self->port);
  self->end = end;
  self->thread = g_thread_new ("script", run_script, self);
  return self;
}

char *
kouan_test_script_get_url (KouanTestScript *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u/records", self->port);
}

guint
kouan_test_script_count (KouanTestScript *self)
{
  return (guint)g_atomic_int_get (&self->connections);
}

void
kouan_test_script_free (KouanTestScript *self)
{
  g_atomic_int_set (&self->stopping, 1);
  g_thread_join (self->thread);
  close (self->listener);
  g_free (self->bytes);
  g_free (self);
}
