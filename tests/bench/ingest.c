/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/server.h"
#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <fcntl.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many records of 9 MB a hub takes in a second: offered, written and synced, read back and
 * hashed, committed with its receipt. In turns: rows in PostgreSQL and files beside them, without
 * the line and over it (both ends of TLS on this machine), all of it in PostgreSQL, rows in SQLite
 * and files beside them; and what cannot be beaten: the disk alone, which writes the same bytes and
 * syncs each record once, and TLS alone, which makes and reads them on one processor. A thousand
 * kiosks with two hundred records each in six hours are 9.3 a second. One JSON line each. */

#define SIZE 9000000
#define NEEDED 9.3
#define THREADS 4
#define RUN (16 * 1024 * 1024) /* as kouan-sync sends it */
#define PIECE 16384            /* as TLS hands it out */

typedef struct
{
  const char *name;
  gboolean postgres, bytes_in_database, over_line;
  KouanTestHub *world;
  KouanHubReceiver *receiver; /* without the line */
  KouanHubServer *server;     /* over it */
  KouanStation *station;
  KouanHubKiosk *kiosk;
  int next;  /* record, taken by whoever comes */
  int first; /* kiosk's number of the next record that is made */
  GPtrArray *records;
  double rates[16];
} Place;

static int records = 24, rounds = 3;

static void
open_place (Place *place)
{
  g_autofree char *database = place->postgres ? kouan_test_postgres_new_database () : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  place->world = kouan_test_hub_new_on (database, place->bytes_in_database);
  folder = kouan_test_hub_enrol (place->world, 7);
  g_object_unref (place->world->clock);
  place->world->clock = kouan_system_clock_new ();
  kouan_test_hub_reopen (place->world);
  place->station = kouan_station_load (folder, &error);
  place->kiosk = kouan_test_hub_find_kiosk (place->world, 7);
  if (place->over_line)
    place->server = kouan_hub_server_new (place->world->hub, 0, &error);
  else
    place->receiver = kouan_hub_receiver_new (place->world->hub, &error);
  g_assert_no_error (error);
}

static void
close_place (Place *place)
{
  g_clear_object (&place->receiver);
  g_clear_pointer (&place->server, kouan_hub_server_free);
  kouan_hub_kiosk_free (place->kiosk);
  g_clear_object (&place->station);
  kouan_test_hub_free (place->world);
}

static void
send_record (Place *place, const KouanTestRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  const char *data = g_bytes_get_data (record->bytes, NULL);
  KouanHubProgress progress = { 0 };

  if (!kouan_hub_receiver_offer (place->receiver, place->kiosk, &record->claim, &progress, &receipt,
                                 &error))
    g_error ("offer: %s", error->message);
  while (progress.offset < SIZE)
    {
      gsize size = MIN (RUN, SIZE - (gsize)progress.offset);
      g_autoptr (KouanHubWriter) writer = kouan_hub_writer_new (
        place->receiver, place->kiosk, record->claim.record_id, progress.offset, NULL, &error);

      if (writer == NULL)
        g_error ("run: %s", error->message);
      for (gsize at = 0; at < size; at += PIECE)
        if (!kouan_hub_writer_write (writer, data + progress.offset + at, MIN (PIECE, size - at),
                                     &error))
          g_error ("write: %s", error->message);
      if (!kouan_hub_writer_finish (writer, &progress, &error))
        g_error ("end: %s", error->message);
    }
  receipt
    = kouan_hub_receiver_receipt (place->receiver, place->kiosk, record->claim.record_id, &error);
  g_assert_no_error (error);
}

static void
send_over_line (KouanTestClient *client, const KouanTestRecord *record)
{
  g_autoptr (KouanHttpAnswer) offered = kouan_test_client_offer (client, record);
  g_autoptr (KouanHttpAnswer) sent = kouan_test_client_send (client, record, 0, SIZE);
  g_autoptr (GBytes) receipt = kouan_test_client_receipt (client, record);

  if (offered == NULL || offered->status != 201 || sent == NULL || sent->status != 204
      || receipt == NULL)
    g_error ("the hub does not take a record");
}

static gpointer
work (gpointer data)
{
  Place *place = data;
  KouanTestClient *client
    = place->over_line
        ? kouan_test_client_new (place->station, kouan_hub_server_get_port (place->server))
        : NULL;
  int mine;

  while ((mine = g_atomic_int_add (&place->next, 1)) < records)
    if (client != NULL)
      send_over_line (client, place->records->pdata[mine]);
    else
      send_record (place, place->records->pdata[mine]);
  g_clear_pointer (&client, kouan_test_client_free);
  return NULL;
}

/* Returns: records a second */
static double
measure (Place *place)
{
  GThread *threads[THREADS];
  gint64 started_us, spent_us;

  place->records = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_test_record_free);
  for (int i = 0; i < records; i++)
    g_ptr_array_add (place->records,
                     kouan_test_record_new (place->station, ++place->first, SIZE, 0));
  place->next = 0;
  started_us = g_get_monotonic_time ();
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("kiosk", work, place);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  spent_us = g_get_monotonic_time () - started_us;
  g_clear_pointer (&place->records, g_ptr_array_unref);
  return (double)records * G_USEC_PER_SEC / (double)spent_us;
}

/* What the disk alone takes: the same bytes, each record in a file of its own, synced once. */
static double
measure_disk (const char *folder)
{
  g_autofree char *data = g_malloc0 (SIZE);
  gint64 started_us = g_get_monotonic_time ();

  for (int i = 0; i < records; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/floor-%d", folder, i);
      int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

      if (fd < 0 || write (fd, data, SIZE) != SIZE || fdatasync (fd) != 0)
        g_error ("the disk cannot be measured");
      close (fd);
      unlink (path);
    }
  return (double)records * G_USEC_PER_SEC / (double)(g_get_monotonic_time () - started_us);
}

typedef struct
{
  SSL_CTX *context;
  SSL *ends[2]; /* who says, who hears */
} Tls;

static void
tls_open (Tls *tls, const char *folder)
{
  g_autofree char *certificate = g_build_filename (folder, "tls", "server.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "tls", "server.key", NULL);
  BIO *sides[2];

  tls->context = SSL_CTX_new (TLS_method ());
  SSL_CTX_set_min_proto_version (tls->context, TLS1_3_VERSION);
  g_assert (SSL_CTX_use_certificate_file (tls->context, certificate, SSL_FILETYPE_PEM) == 1);
  g_assert (SSL_CTX_use_PrivateKey_file (tls->context, key, SSL_FILETYPE_PEM) == 1);
  g_assert (BIO_new_bio_pair (&sides[0], 4 * PIECE, &sides[1], 4 * PIECE) == 1);
  for (guint i = 0; i < 2; i++)
    {
      tls->ends[i] = SSL_new (tls->context);
      SSL_set_bio (tls->ends[i], sides[i], sides[i]);
    }
  SSL_set_connect_state (tls->ends[0]);
  SSL_set_accept_state (tls->ends[1]);
  for (guint i = 0, done = 0; done < 2; i++)
    {
      done = (SSL_do_handshake (tls->ends[0]) == 1) + (SSL_do_handshake (tls->ends[1]) == 1);
      g_assert (i < 10);
    }
}

static void
tls_close (Tls *tls)
{
  SSL_free (tls->ends[0]);
  SSL_free (tls->ends[1]);
  SSL_CTX_free (tls->context);
}

/* What TLS alone takes on one processor: the same bytes are encrypted and decrypted. */
static double
measure_tls (const char *folder)
{
  g_autofree char *said = g_malloc0 (PIECE);
  g_autofree char *heard = g_malloc (PIECE);
  gint64 started_us;
  Tls tls;

  tls_open (&tls, folder);
  started_us = g_get_monotonic_time ();
  for (gint64 left = (gint64)records * SIZE; left > 0; left -= PIECE)
    {
      int size = 0;

      g_assert (SSL_write (tls.ends[0], said, PIECE) == PIECE);
      while (size < PIECE)
        {
          int got = SSL_read (tls.ends[1], heard, PIECE - size);

          g_assert (got > 0);
          size += got;
        }
    }
  started_us = g_get_monotonic_time () - started_us;
  tls_close (&tls);
  return (double)records * G_USEC_PER_SEC / (double)started_us;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
median (double *rates)
{
  qsort (rates, (size_t)rounds, sizeof *rates, compare);
  return rates[rounds / 2];
}

static GLogWriterOutput
quiet_writer (GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
  return level & G_LOG_LEVEL_MESSAGE ? G_LOG_WRITER_HANDLED
                                     : g_log_writer_default (level, fields, count, data);
}

/* One JSON line. */
static void
print_place (Place *place, double disk, double tls)
{
  double rate = median (place->rates);

  printf ("{\"metric\": \"hub ingest of 9 MB records\", \"place\": \"%s\", \"records_s\": %.1f, "
          "\"mb_s\": %.0f, \"times_needed\": %.1f, \"disk_records_s\": %.1f, "
          "\"ratio_disk\": %.2f, \"tls_records_s\": %.1f, \"ratio_tls\": %.2f, \"n\": %d}\n",
          place->name, rate, rate * SIZE / 1e6, rate / NEEDED, disk, rate / disk, tls, rate / tls,
          rounds);
}

int
main (int argc, char **argv)
{
  Place places[] = {
    { .name = "PostgreSQL and files", .postgres = TRUE },
    { .name = "PostgreSQL and files, over TLS", .postgres = TRUE, .over_line = TRUE },
    { .name = "PostgreSQL alone (bytea)", .postgres = TRUE, .bytes_in_database = TRUE },
    { .name = "SQLite and files" },
  };
  double disk[16], tls[16];

  if (argc > 1)
    records = atoi (argv[1]);
  if (argc > 2)
    rounds = CLAMP (atoi (argv[2]), 1, 16);
  g_log_set_writer_func (quiet_writer, NULL, NULL);
  if (!kouan_test_postgres_is_here ())
    {
      puts ("needs PostgreSQL; package postgresql-15");
      return 77;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    open_place (&places[i]);
  for (int round = 0; round < rounds; round++)
    {
      disk[round] = measure_disk (places[0].world->folder);
      tls[round] = measure_tls (places[0].world->hub_folder);
      for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        places[i].rates[round] = measure (&places[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      print_place (&places[i], median (disk), median (tls));
      close_place (&places[i]);
    }
  return 0;
}
