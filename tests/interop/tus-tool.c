/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/outbox.h"
#include "app/sync/tus-client.h"
#include "db/kiosk/records.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* For the tus tests.
 *   tus-tool offers STATION                   what waits there, one JSON object a line, for a stock
 * client tus-tool put URL FILE [STOP [LOCATION]]   our client, plain tus; STOP: end after so many
 * bytes, 0: never */

static int
fail (const GError *error)
{
  g_printerr ("tus-tool: %s\n", error->message);
  return 1;
}

static int
print_offers (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (folder, &error);
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (KouanOutbox) outbox = station != NULL ? kouan_outbox_new (station, clock) : NULL;
  g_autoptr (KouanDatabase) db
    = outbox != NULL ? kouan_outbox_open_database (outbox, &error) : NULL;
  g_autoptr (GPtrArray) rows = db != NULL ? kouan_records_list (db, 0, 100, &error) : NULL;

  if (rows == NULL)
    return fail (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];
      g_autofree char *id = kouan_uuid_to_string (row->id);
      g_autofree char *sha256 = kouan_hex (row->sha256, sizeof row->sha256);
      g_autofree char *path = kouan_outbox_path (outbox, row->file);
      g_autofree char *manifest = g_base64_encode (g_bytes_get_data (row->manifest, NULL),
                                                   g_bytes_get_size (row->manifest));

      printf ("{\"file\":\"%s\",\"metadata\":{\"record\":\"%s\",\"sha256\":\"%s\",\"manifest\":\"%"
              "s\"}}\n",
              path, id, sha256, manifest);
    }
  return 0;
}

typedef struct
{
  gint64 stop;
  GCancellable *cancellable;
} Stop;

static void
on_progress (gint64 offset, gpointer data)
{
  Stop *stop = data;

  if (stop->stop > 0 && offset >= stop->stop)
    g_cancellable_cancel (stop->cancellable);
}

static int
put (const char *url, const char *path, gint64 stop_at, const char *resume)
{
  const KouanHttpOptions options = { 0 };
  g_autoptr (KouanHttp) http = kouan_http_new (&options);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (KouanTusResult) result = { 0 };
  Stop stop = { stop_at, cancellable };
  KouanTusUpload upload = { .url = url,
                            .resume = resume,
                            .metadata = "filename cmVjb3Jk",
                            .fd = open (path, O_RDONLY | O_CLOEXEC),
                            .run_size = KOUAN_TUS_RUN_SIZE,
                            .progress = on_progress,
                            .progress_data = &stop };
  struct stat info = { 0 };
  gint64 offset = 0;
  gboolean done;

  if (upload.fd < 0 || fstat (upload.fd, &info) != 0)
    return 2;
  upload.size = info.st_size;
  done = kouan_tus_create (http, &upload, &result, &offset, cancellable, &error)
         && result.answer == NULL
         && kouan_tus_send (http, &upload, &result, offset, cancellable, &error);
  close (upload.fd);
  printf ("{\"from\":%" G_GINT64_FORMAT ",\"sent\":%" G_GINT64_FORMAT
          ",\"connections\":%u,\"location\":\"%s\"}\n",
          offset, result.sent, kouan_http_count_connections (http),
          result.location != NULL ? result.location : "");
  if (g_cancellable_is_cancelled (cancellable))
    return 0;
  return done ? 0 : fail (error);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "offers"))
    return print_offers (argv[2]);
  if (argc >= 4 && argc <= 6 && g_str_equal (argv[1], "put"))
    return put (argv[2], argv[3], argc > 4 ? g_ascii_strtoll (argv[4], NULL, 10) : 0,
                argc > 5 ? argv[5] : NULL);
  return 2;
}
