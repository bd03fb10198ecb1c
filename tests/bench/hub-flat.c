/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A hub's memory does not grow with the size of a record, nor its descriptors with the number of
 * connections: the program itself, over TLS, with a record of 1 MB, then one of 200 MB in one run,
 * then a thousand connections. Two JSON lines. */

#define SMALL G_GINT64_CONSTANT (1000000)
#define LARGE G_GINT64_CONSTANT (200000000)
#define CONNECTIONS 1000

typedef struct
{
  KouanTestHub *world;
  KouanStation *station;
  KouanTestServing *hub;
} Bench;

static void
allow_large (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->world->hub_folder, "hub.conf", NULL);
  g_autoptr (GKeyFile) conf = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_key_file_load_from_file (conf, path, G_KEY_FILE_NONE, &error));
  g_key_file_set_int64 (conf, "limits", "record-size-max", 2 * LARGE);
  g_assert_true (g_key_file_save_to_file (conf, path, &error));
}

static void
send_record (Bench *bench, KouanTestClient *client, gint64 sequence, gint64 size)
{
  g_autoptr (KouanTestRecord) record
    = kouan_test_record_new (bench->station, sequence, (gsize)size, 0);
  g_autoptr (KouanHttpAnswer) offered = kouan_test_client_offer (client, record);
  g_autoptr (KouanHttpAnswer) sent = kouan_test_client_send (client, record, 0, size);

  g_assert_cmpuint (offered->status, ==, 201);
  g_assert_cmpuint (sent->status, ==, 204);
}

/* Returns: the most that the hub has had resident, in KiB */
static gint64
peak_kib (Bench *bench)
{
  g_autofree char *path
    = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (bench->hub->process));
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "VmHWM:"));
  return g_ascii_strtoll (strstr (text, "VmHWM:") + strlen ("VmHWM:"), NULL, 10);
}

static guint
count_descriptors (Bench *bench)
{
  g_autofree char *path
    = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (bench->hub->process));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
measure_memory (Bench *bench)
{
  g_autoptr (KouanTestClient) client = kouan_test_client_new (bench->station, bench->hub->port);
  gint64 small_kib, large_kib;

  send_record (bench, client, 1, SMALL);
  small_kib = peak_kib (bench);
  send_record (bench, client, 2, LARGE);
  large_kib = peak_kib (bench);
  printf ("{\"metric\": \"hub's peak memory\", \"after_1_mb_kib\": %" G_GINT64_FORMAT
          ", \"after_200_mb_kib\": %" G_GINT64_FORMAT ", \"ratio\": %.2f}\n",
          small_kib, large_kib, (double)large_kib / (double)small_kib);
}

static void
measure_descriptors (Bench *bench)
{
  guint before = 0, after;

  for (guint i = 0; i < CONNECTIONS; i++)
    {
      g_autoptr (KouanTestClient) client = kouan_test_client_new (bench->station, bench->hub->port);
      g_autoptr (KouanHttpAnswer) answer
        = kouan_test_client_ask (client, "OPTIONS", "/records", NULL, NULL);

      g_assert_cmpuint (answer->status, ==, 204);
      if (i == 9)
        before = count_descriptors (bench);
    }
  after = count_descriptors (bench);
  printf ("{\"metric\": \"hub's descriptors\", \"after_10_connections\": %u, \"after_%d\": %u}\n",
          before, CONNECTIONS, after);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 2);
  bench.world = kouan_test_hub_new ();
  folder = kouan_test_hub_enrol (bench.world, 7);
  bench.station = kouan_station_load (folder, &error);
  g_assert_no_error (error);
  allow_large (&bench);
  bench.hub = kouan_test_serving_new (argv[1], bench.world->hub_folder);
  measure_memory (&bench);
  measure_descriptors (&bench);
  kouan_test_serving_free (bench.hub);
  g_object_unref (bench.station);
  kouan_test_hub_free (bench.world);
  return 0;
}
