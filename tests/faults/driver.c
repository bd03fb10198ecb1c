/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/outbox.h"
#include "db/kiosk/records.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The kiosk without its screen, to be killed, starved and lied to:
 *
 *   fault-driver submit STATION COUNT SIZE   hands in records; a line a receipt, when it
 * counts fault-driver look STATION                         starts as the kiosk does, then a line a
 * row, and the balance fault-driver forget STATION                       erases what is COMMITTED,
 * which no kiosk may: a must-fail row */

#define LIST_STEP 1000

typedef struct
{
  KouanStation *station;
  KouanOutbox *outbox;
  KouanDatabase *db;
} Kiosk;

static gboolean
fail (GError *error)
{
  fprintf (stderr, "fault-driver: %s\n", error->message);
  g_error_free (error);
  return FALSE;
}

static gboolean
start (Kiosk *self, const char *folder)
{
  g_autoptr (KouanClock) clock = KOUAN_CLOCK (kouan_system_clock_new ());
  KouanOutboxRecovery done;
  GError *error = NULL;

  self->station = kouan_station_load (folder, &error);
  if (self->station == NULL)
    return fail (error);
  self->outbox = kouan_outbox_new (self->station, clock);
  self->db = kouan_outbox_open_database (self->outbox, &error);
  /* moved aside: a kiosk is started again then */
  if (g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT))
    {
      fail (g_steal_pointer (&error));
      self->db = kouan_outbox_open_database (self->outbox, &error);
    }
  if (self->db == NULL || !kouan_outbox_recover (self->outbox, self->db, &done, &error))
    return fail (error);
  return TRUE;
}

/* One write, so that a kill leaves a whole line or none. */
static gboolean
say (const char *line)
{
  return write (STDOUT_FILENO, line, strlen (line)) == (ssize_t)strlen (line);
}

static gboolean
submit_one (Kiosk *self, gsize size)
{
  g_autoptr (KouanSubmission) submission = kouan_submission_new (1);
  g_autoptr (KouanSubmitted) submitted = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;
  guint8 *data = g_malloc (size);

  kouan_random_bytes (data, size);
  content = g_bytes_new_take (data, size);
  kouan_submission_add (submission, "application.json", content);
  submitted = kouan_outbox_submit (self->outbox, self->db, submission, NULL, NULL, NULL, &error);
  if (submitted == NULL)
    return fail (error);
  id = kouan_uuid_to_string (submitted->record_id);
  line = g_strdup_printf ("%s %s\n", id, submitted->number);
  return say (line);
}

static gboolean
file_is_whole (Kiosk *self, const KouanRecordRow *row)
{
  g_autofree char *path = row->file != NULL ? kouan_outbox_path (self->outbox, row->file) : NULL;
  g_autofree char *content = NULL;
  guint8 digest[KOUAN_SHA256_SIZE];
  gsize size;

  if (path == NULL || !g_file_get_contents (path, &content, &size, NULL))
    return FALSE;
  kouan_sha256 ((const guint8 *)content, size, digest);
  return memcmp (digest, row->sha256, sizeof digest) == 0;
}

static void
print_row (Kiosk *self, const KouanRecordRow *row)
{
  g_autofree char *id = kouan_uuid_to_string (row->id);
  g_autofree char *sha256 = kouan_hex (row->sha256, sizeof row->sha256);

  printf ("{\"id\":\"%s\",\"number\":\"%s\",\"state\":\"%s\",\"whole\":%s,\"sha256\":\"%s\"}\n", id,
          row->number, kouan_record_state_to_string (row->state),
          file_is_whole (self, row) ? "true" : "false", sha256);
}

/* All of them, however many a call gives. */
static GPtrArray *
list (Kiosk *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_record_row_free);
  GError *error = NULL;
  GPtrArray *rows;
  gint64 after = 0;
  guint size;

  do
    {
      rows = kouan_records_list (self->db, after, LIST_STEP, &error);
      if (rows == NULL)
        fail (error);
      size = rows->len;
      g_ptr_array_extend_and_steal (all, rows);
      if (size > 0)
        after = ((KouanRecordRow *)all->pdata[all->len - 1])->sequence;
    }
  while (size == LIST_STEP);
  return all;
}

static gboolean
look (Kiosk *self)
{
  g_autoptr (GPtrArray) rows = list (self);
  KouanRecordBalance balance;
  GError *error = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    print_row (self, rows->pdata[i]);
  if (rows == NULL)
    return FALSE;
  if (!kouan_records_balance (self->db, &balance, &error)
      || !kouan_database_check (self->db, &error))
    return fail (error);
  printf ("{\"captured\":%" G_GINT64_FORMAT ",\"adds_up\":%s}\n", balance.captured,
          balance.captured == balance.queued + balance.sent + balance.archived + balance.refused
            ? "true"
            : "false");
  return TRUE;
}

static gboolean
forget (Kiosk *self)
{
  g_autoptr (GPtrArray) rows = list (self);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];
      GError *error = NULL;

      if (row->state == KOUAN_RECORD_COMMITTED
          && (!kouan_records_set_state (self->db, row->id, KOUAN_RECORD_ARCHIVED, row->receipt,
                                        NULL, 1, &error)
              || !kouan_outbox_erase (self->outbox, self->db, row->id, &error)))
        return fail (error);
    }
  return rows != NULL;
}

static gboolean
submit (Kiosk *self, char **argv)
{
  guint64 count = g_ascii_strtoull (argv[3], NULL, 10);
  gsize size = g_ascii_strtoull (argv[4], NULL, 10);

  if (!say ("ready\n"))
    return FALSE;
  for (guint64 i = 0; i < count; i++)
    if (!submit_one (self, size))
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Kiosk kiosk = { 0 };
  gboolean done = FALSE;

  if (argc < 3)
    return 2;
  if (!start (&kiosk, argv[2]))
    done = FALSE;
  else if (g_str_equal (argv[1], "look"))
    done = look (&kiosk);
  else if (g_str_equal (argv[1], "forget"))
    done = forget (&kiosk);
  else if (argc >= 5)
    done = submit (&kiosk, argv);
  g_clear_object (&kiosk.db);
  g_clear_object (&kiosk.outbox);
  g_clear_object (&kiosk.station);
  return done ? 0 : 1;
}
