/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/server.h"
#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

/* A PostgreSQL that is there and says nothing, because it is frozen, or because somebody holds what
 * is asked for: the hub must go on answering kiosks, cut off who is slow, and end when it is told
 * to. What is slow here is a hub that waits for ever: the test then runs out of its time. */

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define LATE_US (40 * G_USEC_PER_SEC)

static const char *hub_program;

static void
assert_is_put_off (KouanTestClient *client, const KouanTestRecord *record)
{
  g_autoptr (KouanHttpAnswer) answer = kouan_test_client_offer (client, record);
  gint64 wait_s = 0;

  g_assert_nonnull (answer);
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_true (kouan_http_answer_get_number (answer, "retry-after", &wait_s));
  g_assert_cmpint (wait_s, >, 0);
}

static void
assert_is_taken (KouanTestClient *client, const KouanTestRecord *record)
{
  g_autoptr (KouanHttpAnswer) answer = kouan_test_client_offer (client, record);

  g_assert_nonnull (answer);
  g_assert_cmpuint (answer->status, ==, 201);
}

static void
assert_ends (KouanTestServing *hub)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (hub->process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (hub->process, NULL, &error));
  g_assert_no_error (error);
}

static void
test_frozen (void)
{
  g_autofree char *database = kouan_test_postgres_new_database ();
  g_autofree char *address = g_strconcat (database, "?connect_timeout=2", NULL);
  KouanTestHub *world = kouan_test_hub_new_on (address, FALSE);
  g_autofree char *folder = kouan_test_hub_enrol (world, 7);
  g_autoptr (KouanStation) station = kouan_station_load (folder, NULL);
  KouanTestServing *hub = kouan_test_serving_new (hub_program, world->hub_folder);
  g_autoptr (KouanTestRecord) first = kouan_test_record_new (station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) second = kouan_test_record_new (station, 2, 1000, 0);
  g_autoptr (KouanTestClient) client = kouan_test_client_new (station, hub->port);

  assert_is_taken (client, first);
  kouan_test_postgres_freeze ();
  assert_is_put_off (client, second);
  assert_ends (hub);
  kouan_test_serving_free (hub);
  kouan_test_postgres_thaw ();
  kouan_test_hub_free (world);
}

/* It comes back, and the hub that has seen it silent finds it again. */
static void
test_thawed (void)
{
  g_autofree char *database = kouan_test_postgres_new_database ();
  g_autofree char *address = g_strconcat (database, "?connect_timeout=2", NULL);
  KouanTestHub *world = kouan_test_hub_new_on (address, FALSE);
  g_autofree char *folder = kouan_test_hub_enrol (world, 7);
  g_autoptr (KouanStation) station = kouan_station_load (folder, NULL);
  KouanTestServing *hub = kouan_test_serving_new (hub_program, world->hub_folder);
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (station, 1, 1000, 0);
  g_autoptr (KouanTestClient) client = kouan_test_client_new (station, hub->port);
  guint status = 503;

  kouan_test_postgres_freeze ();
  assert_is_put_off (client, record);
  kouan_test_postgres_thaw ();
  while (status == 503)
    {
      g_autoptr (KouanHttpAnswer) answer = kouan_test_client_offer (client, record);

      g_assert_nonnull (answer);
      status = answer->status;
    }
  g_assert_cmpuint (status, ==, 201);
  assert_ends (hub);
  kouan_test_serving_free (hub);
  kouan_test_hub_free (world);
}

/* Returns: a connection on which nothing is ever said */
static int
connect_silently (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16)port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  return fd;
}

static gboolean
on_tick (gpointer data G_GNUC_UNUSED)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
has_one (gpointer data)
{
  return kouan_hub_server_count_connections (data) == 1;
}

/* Who is slow is cut off also while what the hub does every hour waits for the database. */
static void
test_held (void)
{
  g_autofree char *database = kouan_test_postgres_new_database ();
  g_autofree char *address = g_strconcat (database, "?options=-clock_timeout%3D600s", NULL);
  KouanTestHub *world = kouan_test_hub_new_on (address, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubServer) server = kouan_hub_server_new (world->hub, 0, &error);
  GSubprocess *holder;
  guint tick = g_timeout_add (10, on_tick, NULL);
  int fd;
  char byte;

  g_assert_no_error (error);
  holder = kouan_test_postgres_hold (database, "uploads");
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (world->clock), 2 * HOUR_US);
  kouan_test_postgres_await_waiting (database);
  fd = connect_silently (kouan_hub_server_get_port (server));
  kouan_test_wait_for (has_one, server);
  g_source_remove (tick);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (world->clock), LATE_US);
  g_assert_cmpint (read (fd, &byte, 1), <=, 0);
  close (fd);
  kouan_test_postgres_let_go (holder);
  g_clear_pointer (&server, kouan_hub_server_free);
  kouan_test_hub_free (world);
}

static void
test_postgres_is_away (void)
{
  g_test_skip ("PostgreSQL is not here; package postgresql-15");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  hub_program = argv[1];
  if (!kouan_test_postgres_is_here ())
    {
      g_test_add_func ("/hub/silent", test_postgres_is_away);
      return g_test_run ();
    }
  g_test_add_func ("/hub/silent/frozen", test_frozen);
  g_test_add_func ("/hub/silent/thawed", test_thawed);
  g_test_add_func ("/hub/silent/held", test_held);
  return g_test_run ();
}
