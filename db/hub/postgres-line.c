/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/postgres-line.h"

#include <errno.h>
#include <poll.h>

/* A server that has ended says so, or its machine does. One that is frozen, or behind a line that
 * was cut, says nothing, and libpq waits for it until the end of days. So each wait here has an
 * end. One that is at work on a long statement says nothing either: so when it has been silent for
 * a while, it is asked on a second connection whether it is there at all, and only if it does not
 * answer that is the first one given up.
 *
 * How long a while is: the address's connect_timeout, in seconds, or what stands below. Without one
 * (0) there is no end, as with libpq. */

#define ALIVE_MS_MAX (10 * 60 * 1000) /* for one answer of a server that answers others */

/* What the address says comes later and wins. */
static const char *const keywords[] = { "connect_timeout",
                                        "keepalives_idle",
                                        "keepalives_interval",
                                        "keepalives_count",
                                        "tcp_user_timeout", /* ms */
                                        "dbname",
                                        NULL };
#define VALUES(address)                                                                            \
  {                                                                                                \
    "5", "10", "5", "3", "15000", address, NULL                                                    \
  }

/* Nothing that is sent waits for room in the line either: kouan_hub_postgres_await() does. */
static void
wait_for_nothing (PGconn *connection)
{
  if (PQstatus (connection) == CONNECTION_OK && PQsetnonblocking (connection, 1) != 0)
    g_message ("a silent PostgreSQL may be waited for: %s", PQerrorMessage (connection));
}

PGconn *
kouan_hub_postgres_connect (const char *address)
{
  const char *const values[] = VALUES (address);
  PGconn *connection = PQconnectdbParams (keywords, values, 1);

  wait_for_nothing (connection);
  return connection;
}

void
kouan_hub_postgres_connect_again (PGconn *connection)
{
  PQreset (connection);
  wait_for_nothing (connection);
}

/* Returns: in ms; -1: for ever */
static int
get_patience (PGconn *connection)
{
  PQconninfoOption *options = PQconninfo (connection);
  gint64 patience_s = 0;

  for (gsize i = 0; options != NULL && options[i].keyword != NULL; i++)
    if (g_str_equal (options[i].keyword, "connect_timeout") && options[i].val != NULL)
      patience_s = g_ascii_strtoll (options[i].val, NULL, 10);
  PQconninfoFree (options);
  return patience_s > 0 ? (int)MIN (patience_s, 3600) * 1000 : -1;
}

static gboolean
answers_others (const char *address)
{
  const char *const values[] = VALUES (address);
  PGPing answer = PQpingParams (keywords, values, 1);

  return answer == PQPING_OK || answer == PQPING_REJECT;
}

/* Returns: FALSE if the server has fallen silent; TRUE if PQgetResult() has something to say and
 * will not wait: an answer, or that the line is broken */
static gboolean
wait_for_answer (PGconn *connection, const char *address, int patience_ms)
{
  gint64 waited_ms = 0;

  for (;;)
    {
      int unsent = PQflush (connection);
      struct pollfd line = { .fd = PQsocket (connection),
                             .events = (short)(unsent > 0 ? POLLIN | POLLOUT : POLLIN) };
      int ready;

      if (unsent < 0 || line.fd < 0 || (unsent == 0 && !PQisBusy (connection)))
        return TRUE;
      ready = poll (&line, 1, patience_ms);
      if (ready < 0 && errno != EINTR)
        return FALSE;
      if (ready > 0 && (line.revents & ~POLLOUT) != 0 && !PQconsumeInput (connection))
        return TRUE;
      if (ready != 0)
        continue;
      waited_ms += patience_ms;
      if (waited_ms > ALIVE_MS_MAX || !answers_others (address))
        return FALSE;
    }
}

/**
 * kouan_hub_postgres_await:
 * @connection: on which something was sent
 *
 * Returns: (transfer full) (nullable): the last answer to it; NULL if the server has fallen silent,
 * and then the connection is of no use any more
 */
PGresult *
kouan_hub_postgres_await (PGconn *connection, const char *address)
{
  int patience_ms = get_patience (connection);
  PGresult *last = NULL;

  while (wait_for_answer (connection, address, patience_ms))
    {
      PGresult *next = PQgetResult (connection);

      if (next == NULL)
        return last;
      PQclear (last);
      last = next;
    }
  PQclear (last);
  return NULL;
}

/* Returns: (transfer full) (nullable): as kouan_hub_postgres_await(), and NULL if nothing can be
 * sent */
PGresult *
kouan_hub_postgres_execute (PGconn *connection, const char *address, const char *sql)
{
  return PQsendQuery (connection, sql) ? kouan_hub_postgres_await (connection, address) : NULL;
}
