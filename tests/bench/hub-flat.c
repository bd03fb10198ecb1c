/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/http.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"

#include <signal.h>
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
  GSubprocess *hub;
  guint port;
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
serve (Bench *bench, const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  bench->hub
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                        program, "serve", bench->world->hub_folder, "--port", "0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->hub));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line, "\"port\":"));
  bench->port = (guint)strtoul (strstr (line, "\"port\":") + strlen ("\"port\":"), NULL, 10);
}

static KouanHttp *
connect_kiosk (Bench *bench)
{
  g_autofree char *authority = kouan_station_path (bench->station, KOUAN_STATION_HUB_CA);
  g_autofree char *certificate = kouan_station_path (bench->station, KOUAN_STATION_TLS_CERTIFICATE);
  g_autofree char *key = kouan_station_path (bench->station, KOUAN_STATION_TLS_KEY);
  const KouanHttpOptions options
    = { .authority = authority, .certificate = certificate, .key = key };

  return kouan_http_new (&options);
}

static guint
ask (Bench *bench,
     KouanHttp *http,
     const char *method,
     const char *path,
     const char *const *headers,
     GBytes *body)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u%s", bench->port, path);
  KouanHttpRequest request
    = { .method = method, .url = url, .headers = headers, .answer_max = 10000 };
  g_autoptr (KouanHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    request.body = g_bytes_get_data (body, &request.body_size);
  answer = kouan_http_send (http, &request, NULL, &error);
  if (answer == NULL)
    g_error ("%s", error->message);
  return answer->status;
}

static char *
base64 (const char *text)
{
  return g_base64_encode ((const guchar *)text, strlen (text));
}

static void
send_record (Bench *bench, KouanHttp *http, gint64 sequence, gint64 size)
{
  g_autoptr (KouanTestRecord) record
    = kouan_test_record_new (bench->station, sequence, (gsize)size, 0);
  g_autofree char *id = kouan_uuid_to_string (record->claim.record_id);
  g_autofree char *sha256 = kouan_hex (record->claim.sha256, sizeof record->claim.sha256);
  g_autofree char *manifest = g_base64_encode (g_bytes_get_data (record->claim.manifest, NULL),
                                               g_bytes_get_size (record->claim.manifest));
  g_autofree char *id_64 = base64 (id);
  g_autofree char *sha256_64 = base64 (sha256);
  g_autofree char *manifest_64 = base64 (manifest);
  g_autofree char *metadata = g_strdup_printf ("Upload-Metadata: record %s,sha256 %s,manifest %s",
                                               id_64, sha256_64, manifest_64);
  g_autofree char *length = g_strdup_printf ("Upload-Length: %" G_GINT64_FORMAT, size);
  g_autofree char *path = g_strconcat ("/records/", id, NULL);
  const char *offer[] = { "Tus-Resumable: 1.0.0", length, metadata, NULL };
  const char *run[] = { "Tus-Resumable: 1.0.0", "Content-Type: application/offset+octet-stream",
                        "Upload-Offset: 0", NULL };

  g_assert_cmpuint (ask (bench, http, "POST", "/records", offer, NULL), ==, 201);
  g_assert_cmpuint (ask (bench, http, "PATCH", path, run, record->bytes), ==, 204);
}

/* Returns: the most that the hub has had resident, in KiB */
static gint64
peak_kib (Bench *bench)
{
  g_autofree char *path
    = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (bench->hub));
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "VmHWM:"));
  return g_ascii_strtoll (strstr (text, "VmHWM:") + strlen ("VmHWM:"), NULL, 10);
}

static guint
count_descriptors (Bench *bench)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (bench->hub));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
measure_memory (Bench *bench)
{
  g_autoptr (KouanHttp) http = connect_kiosk (bench);
  gint64 small_kib, large_kib;

  send_record (bench, http, 1, SMALL);
  small_kib = peak_kib (bench);
  send_record (bench, http, 2, LARGE);
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
      g_autoptr (KouanHttp) http = connect_kiosk (bench);

      g_assert_cmpuint (ask (bench, http, "OPTIONS", "/records", NULL, NULL), ==, 204);
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
  serve (&bench, argv[1]);
  measure_memory (&bench);
  measure_descriptors (&bench);
  g_subprocess_send_signal (bench.hub, SIGTERM);
  g_assert_true (g_subprocess_wait (bench.hub, NULL, NULL));
  g_object_unref (bench.hub);
  g_object_unref (bench.station);
  kouan_test_hub_free (bench.world);
  return 0;
}
