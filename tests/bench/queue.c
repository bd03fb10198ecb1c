/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/primitives.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/records.h"
#include "tests/testlib/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a long queue is slower than a short one: a kiosk that has been without a line for a month
 * takes in, finds the next record and follows it as one that is sent empty every night. Medians of
 * one record, in turns with 100 and with 10,000 waiting, half of them in their back-off; one JSON
 * line each, and 1 in the end if a record takes more than twice as long. */

#define NOW_S G_GINT64_CONSTANT (1796000000)
#define SHORT 100
#define LONG 10000
#define SAMPLES 101
#define RATIO_MAX 2.0

enum
{
  INSERT,
  NEXT,
  FOLLOW,
  BALANCE,
  VERBS,
};

typedef struct
{
  KouanDatabase *db;
  gint64 after; /* the number of the last record that was sent */
  double values[VERBS][SAMPLES];
} Queue;

static void
insert (KouanDatabase *db, gboolean waits)
{
  g_autoptr (GError) error = NULL;
  KouanRecordRow row = { .service = 1, .size = 9000000, .created_s = NOW_S };
  g_autofree char *number = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, &error);

  kouan_random_bytes (row.id, sizeof row.id);
  kouan_random_bytes (row.sha256, sizeof row.sha256);
  row.sequence = kouan_records_next_sequence (db, &error);
  row.number = number = g_strdup_printf ("7-%" G_GINT64_FORMAT, row.sequence);
  row.file = file = g_strdup_printf ("%" G_GINT64_FORMAT ".age", row.sequence);
  row.manifest = g_bytes_new_static ("manifest of a couple of hundred bytes", 38);
  row.next_attempt_s = waits ? NOW_S + 3600 : 0;
  g_assert_true (kouan_records_insert (db, &row, &error));
  if (waits)
    g_assert_true (
      kouan_records_set_retry (db, row.id, 5, NOW_S + 3600, "line-breaks", NOW_S, &error));
  g_assert_true (kouan_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
  g_bytes_unref (row.manifest);
}

static void
fill (KouanDatabase *db, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, &error);

  for (guint i = 0; i < count; i++)
    insert (db, i % 2 == 0);
  g_assert_true (kouan_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
}

static KouanRecordRow *
next (KouanDatabase *db, gint64 after)
{
  g_autoptr (GError) error = NULL;
  KouanRecordRow *row = kouan_records_next_due (db, NOW_S, after, TRUE, &error);

  g_assert_no_error (error);
  return row;
}

/* To COMMITTED and back into the same place of the queue costs what any two steps cost. */
static void
follow (KouanDatabase *db, const KouanRecordRow *row)
{
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  g_autoptr (GError) error = NULL;

  g_assert_true (
    kouan_records_set_state (db, row->id, KOUAN_RECORD_SENDING, NULL, NULL, NOW_S, &error));
  g_assert_true (
    kouan_records_set_state (db, row->id, KOUAN_RECORD_COMMITTED, receipt, NULL, NOW_S, &error));
  g_assert_no_error (error);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, SAMPLES, sizeof *values, compare);
  return values[SAMPLES / 2];
}

static double
since_ms (gint64 *at_us)
{
  gint64 now_us = g_get_monotonic_time ();
  double spent_ms = (double)(now_us - *at_us) / 1000;

  *at_us = now_us;
  return spent_ms;
}

/* One sample. */
static void
measure (Queue *queue, guint i)
{
  gint64 at_us = g_get_monotonic_time ();
  g_autoptr (KouanRecordRow) row = NULL;
  KouanRecordBalance balance;

  insert (queue->db, FALSE);
  queue->values[INSERT][i] = since_ms (&at_us);
  row = next (queue->db, queue->after);
  queue->values[NEXT][i] = since_ms (&at_us);
  queue->after = row->sequence;
  follow (queue->db, row);
  queue->values[FOLLOW][i] = since_ms (&at_us);
  g_assert_true (kouan_records_balance (queue->db, &balance, NULL));
  queue->values[BALANCE][i] = since_ms (&at_us);
  g_assert_cmpint (balance.captured, ==, balance.queued + balance.sent + balance.archived);
}

static void
open_queue (Queue *queue, const char *folder, guint count)
{
  g_autofree char *name = g_strdup_printf ("%u.db", count);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  queue->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  fill (queue->db, count);
}

static gboolean
print (const char *what, Queue *few, Queue *many, guint verb)
{
  double few_ms = median (few->values[verb]), many_ms = median (many->values[verb]);
  double ratio = many_ms / few_ms;

  printf ("{\"metric\": \"queue: %s\", \"ms_of_%d\": %.3f, \"ms_of_%d\": %.3f, \"ratio\": %.2f}\n",
          what, SHORT, few_ms, LONG, many_ms, ratio);
  return verb == BALANCE || ratio <= RATIO_MAX;
}

int
main (void)
{
  char *folder = kouan_test_folder_new ();
  static Queue few, many;
  gboolean good;

  open_queue (&few, folder, SHORT);
  open_queue (&many, folder, LONG);
  for (guint i = 0; i < SAMPLES; i++)
    {
      measure (&few, i);
      measure (&many, i);
    }
  good = print ("take one in", &few, &many, INSERT);
  good &= print ("find the next", &few, &many, NEXT);
  good &= print ("send one", &few, &many, FOLLOW);
  print ("the whole balance", &few, &many, BALANCE);
  g_object_unref (few.db);
  g_object_unref (many.db);
  kouan_test_folder_remove (folder);
  return good ? 0 : 1;
}
