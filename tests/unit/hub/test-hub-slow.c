/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/* Who says nothing, in numbers or for long, and who is slow and cannot help it: the first must not
 * keep others out, the second must not be taken for the first. */

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define FROM_ADDRESS 4

typedef struct
{
  KouanTestKiosk *kiosk;
  guint expected;
} Fixture;

/* @data: (nullable): for hub.conf */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GKeyFile) conf = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  fixture->kiosk = kouan_test_kiosk_new ();
  if (data == NULL)
    return;
  kouan_test_kiosk_stop (fixture->kiosk);
  path = kouan_hub_path (fixture->kiosk->world->hub, KOUAN_HUB_FILE_CONF);
  g_assert_true (g_key_file_load_from_file (conf, path, G_KEY_FILE_NONE, &error));
  g_key_file_set_integer (conf, "limits", data, FROM_ADDRESS);
  g_assert_true (g_key_file_save_to_file (conf, path, &error));
  kouan_test_hub_reopen (fixture->kiosk->world);
  kouan_test_kiosk_serve (fixture->kiosk);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_kiosk_free (fixture->kiosk);
}

static struct sockaddr_in
get_address (guint32 host, guint port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_addr.s_addr = htonl (host),
                               .sin_port = htons ((guint16)port) };
}

static int
connect_from (Fixture *fixture, guint32 host)
{
  struct sockaddr_in from = get_address (host, 0);
  struct sockaddr_in to
    = get_address (INADDR_LOOPBACK, kouan_hub_server_get_port (fixture->kiosk->server));
  struct timeval patience = { .tv_sec = 20 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *)&from, sizeof from), ==, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *)&to, sizeof to), ==, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return fd;
}

static gboolean
on_tick (gpointer data G_GNUC_UNUSED)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_count (gpointer data)
{
  Fixture *fixture = data;

  return kouan_hub_server_count_connections (fixture->kiosk->server) == fixture->expected;
}

static void
wait_for_count (Fixture *fixture, guint expected)
{
  guint tick = g_timeout_add (10, on_tick, NULL);

  fixture->expected = expected;
  kouan_test_wait_for (is_count, fixture);
  g_source_remove (tick);
}

static void
assert_cut_off (int fd)
{
  char byte;

  g_assert_cmpint (recv (fd, &byte, 1, 0), <=, 0);
  g_assert_cmpint (errno, !=, EAGAIN);
  close (fd);
}

/* Nobody needs a certificate to connect. So one address gets so many connections, and others get
 * theirs. */
static void
test_one_address (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  int fds[FROM_ADDRESS], other;

  for (guint i = 0; i < FROM_ADDRESS; i++)
    fds[i] = connect_from (fixture, INADDR_LOOPBACK);
  wait_for_count (fixture, FROM_ADDRESS);
  errno = 0;
  assert_cut_off (connect_from (fixture, INADDR_LOOPBACK));
  other = connect_from (fixture, INADDR_LOOPBACK + 1);
  wait_for_count (fixture, FROM_ADDRESS + 1);
  for (guint i = 0; i < FROM_ADDRESS; i++)
    close (fds[i]);
  wait_for_count (fixture, 1);
  close (other);
}

/* Whoever is known may be silent for longer than whoever is not. */
static void
test_no_handshake (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  int fd = connect_from (fixture, INADDR_LOOPBACK);

  wait_for_count (fixture, 1);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->kiosk->world->clock), 16 * SECOND_US);
  errno = 0;
  assert_cut_off (fd);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/hub/slow/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-address", "connections-per-address", test_one_address);
  ADD ("no-handshake", NULL, test_no_handshake);
  return g_test_run ();
}
