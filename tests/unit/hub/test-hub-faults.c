/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <stdlib.h>
#include <string.h>

/* A kiosk sends record after record while the hub is killed, or its database stopped as by a crash,
 * at moments that nobody chose. Whatever happens: what has a receipt is there, whole, and nothing
 * is there twice. */

#define SIZE 300000
#define BATCH 8 /* records that are under way in a round */
#define ASKS_MAX 100
#define ASK_AGAIN_US 100000

static const char *hub_program;
static int rounds = 5;

typedef enum
{
  KILL_HUB,
  STOP_POSTGRES,
} Fault;

typedef struct
{
  Fault fault;
  gboolean bytes_in_database;
} Case;

typedef struct
{
  KouanTestHub *world;
  KouanStation *station;
  char *station_folder;
  KouanTestServing *hub; /* (nullable): killed */
  GPtrArray *records;    /* of KouanTestRecord, all that were ever made */
  GHashTable *receipts;  /* KouanTestRecord whose receipt was seen: a set */
  guint broken;          /* requests that a fault has broken */
  GMutex lock;           /* guards requests */
  GCond moved;
  guint requests; /* that were begun */
} Fixture;

static void
serve (Fixture *fixture)
{
  g_clear_pointer (&fixture->hub, kouan_test_serving_free);
  fixture->hub = kouan_test_serving_new (hub_program, fixture->world->hub_folder);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Case *wanted = data;
  g_autofree char *database = kouan_test_postgres_new_database ();
  g_autoptr (GError) error = NULL;

  g_mutex_init (&fixture->lock);
  g_cond_init (&fixture->moved);
  fixture->world = kouan_test_hub_new_on (database, wanted->bytes_in_database);
  fixture->station_folder = kouan_test_hub_enrol (fixture->world, 7);
  fixture->station = kouan_station_load (fixture->station_folder, &error);
  g_assert_no_error (error);
  fixture->records = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_test_record_free);
  fixture->receipts = g_hash_table_new (NULL, NULL);
  serve (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->hub, kouan_test_serving_free);
  g_hash_table_unref (fixture->receipts);
  g_ptr_array_unref (fixture->records);
  g_clear_object (&fixture->station);
  g_free (fixture->station_folder);
  kouan_test_hub_free (fixture->world);
  g_cond_clear (&fixture->moved);
  g_mutex_clear (&fixture->lock);
}

/* A request is about to begin: a fault may come now. */
static void
note_request (Fixture *fixture)
{
  g_mutex_lock (&fixture->lock);
  fixture->requests++;
  g_cond_signal (&fixture->moved);
  g_mutex_unlock (&fixture->lock);
}

/* Returns: whether the fault was quicker */
static gboolean
is_broken (Fixture *fixture, const KouanHttpAnswer *answer)
{
  gboolean broken = answer == NULL || answer->status >= 500;

  fixture->broken += broken;
  return broken;
}

/* Returns: from where to send; SIZE: the hub has it; -1: nobody there */
static gint64
offer (Fixture *fixture, KouanTestClient *client, const KouanTestRecord *record)
{
  g_autoptr (KouanHttpAnswer) answer = NULL;
  gint64 offset = -1;

  note_request (fixture);
  answer = kouan_test_client_offer (client, record);
  if (is_broken (fixture, answer))
    return -1;
  g_assert_cmpuint (answer->status, <, 300);
  if (answer->status == 200)
    return SIZE;
  g_assert_true (kouan_http_answer_get_number (answer, "upload-offset", &offset));
  return offset;
}

static void
send_rest (Fixture *fixture, KouanTestClient *client, const KouanTestRecord *record, gint64 offset)
{
  g_autoptr (KouanHttpAnswer) answer = NULL;

  note_request (fixture);
  answer = kouan_test_client_send (client, record, offset, SIZE);
  /* 409: the line before this one had brought more than it could say. */
  if (!is_broken (fixture, answer) && answer->status != 409)
    g_assert_cmpuint (answer->status, ==, 204);
}

static void
take_receipt (Fixture *fixture, KouanTestClient *client, KouanTestRecord *record)
{
  g_autoptr (GBytes) receipt = NULL;

  note_request (fixture);
  receipt = kouan_test_client_receipt (client, record);
  if (receipt != NULL)
    g_hash_table_add (fixture->receipts, record);
}

/* Every record that has no receipt gets its try. */
static void
go_through (Fixture *fixture)
{
  g_autoptr (KouanTestClient) client = kouan_test_client_new (fixture->station, fixture->hub->port);

  for (guint i = 0; i < fixture->records->len; i++)
    {
      KouanTestRecord *record = fixture->records->pdata[i];
      gint64 offset;

      if (g_hash_table_contains (fixture->receipts, record))
        continue;
      offset = offer (fixture, client, record);
      if (offset >= 0 && offset < SIZE)
        send_rest (fixture, client, record, offset);
      take_receipt (fixture, client, record);
    }
}

static gpointer
be_a_kiosk (gpointer data)
{
  go_through (data);
  return NULL;
}

/* Somewhere in the next requests, and somewhere within one. */
static void
wait_for_the_moment (Fixture *fixture)
{
  guint wait = (guint)g_test_rand_int_range (1, 3 * BATCH - 2);

  g_mutex_lock (&fixture->lock);
  wait += fixture->requests;
  while (fixture->requests < wait)
    g_cond_wait (&fixture->moved, &fixture->lock);
  g_mutex_unlock (&fixture->lock);
  g_usleep ((gulong)g_test_rand_int_range (0, 4000));
}

static void
make_records (Fixture *fixture)
{
  for (guint i = 0; i < BATCH; i++)
    g_ptr_array_add (
      fixture->records,
      kouan_test_record_new (fixture->station, (gint64)fixture->records->len + 1, SIZE, 0));
}

/* A server that has just come back may be slower to let the check in than the check's patience.
 *
 * Returns: (transfer full) (nullable): NULL if it is not there */
static KouanHubRecord *
find_record (Fixture *fixture, const KouanTestRecord *record)
{
  KouanHubStore *store = kouan_hub_get_store (fixture->world->hub);
  g_autoptr (GError) error = NULL;
  KouanHubRecord *found = kouan_hub_store_find_record (store, record->claim.record_id, &error);

  for (int i = 0; i < ASKS_MAX && found == NULL
                  && !g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
       i++)
    {
      g_clear_error (&error);
      g_usleep (ASK_AGAIN_US);
      found = kouan_hub_store_find_record (store, record->claim.record_id, &error);
    }
  if (found == NULL)
    g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  return found;
}

/* Returns: how many of the records that have a receipt are not there */
static guint
count_lost (Fixture *fixture)
{
  GHashTableIter iter;
  gpointer key;
  guint lost = 0;

  g_hash_table_iter_init (&iter, fixture->receipts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const KouanTestRecord *record = key;
      g_autoptr (KouanHubRecord) found = find_record (fixture, record);

      lost += found == NULL;
      if (found != NULL)
        kouan_test_hub_assert_bytes (fixture->world, record->claim.record_id, SIZE,
                                     record->claim.sha256);
    }
  return lost;
}

/* Returns: how many there are, each once */
static guint
count_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all
    = kouan_hub_store_list_records (kouan_hub_get_store (fixture->world->hub), 0, 100000, &error);
  g_autoptr (GHashTable) ids
    = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const KouanHubRecord *record = all->pdata[i];

      g_assert_cmpint (record->hub_sequence, ==, i + 1);
      g_assert_true (g_hash_table_add (ids, g_bytes_new (record->offer.id, 16)));
    }
  return all->len;
}

static void
break_once (Fixture *fixture, Fault fault)
{
  g_autoptr (GThread) kiosk = NULL;

  make_records (fixture);
  kiosk = g_thread_new ("kiosk", be_a_kiosk, fixture);
  wait_for_the_moment (fixture);
  if (fault == KILL_HUB)
    g_clear_pointer (&fixture->hub, kouan_test_serving_free);
  else
    kouan_test_postgres_stop ();
  g_thread_join (g_steal_pointer (&kiosk));
  if (fault == KILL_HUB)
    serve (fixture);
  else
    kouan_test_postgres_start ();
  g_assert_cmpuint (count_lost (fixture), ==, 0);
}

static void
test_nothing_lost_nothing_twice (Fixture *fixture, gconstpointer data)
{
  const Case *wanted = data;

  for (int i = 0; i < rounds; i++)
    break_once (fixture, wanted->fault);
  go_through (fixture);
  g_assert_cmpuint (g_hash_table_size (fixture->receipts), ==, fixture->records->len);
  g_assert_cmpuint (count_lost (fixture), ==, 0);
  g_assert_cmpuint (count_all (fixture), ==, fixture->records->len);
  g_assert_cmpuint (fixture->broken, >, 0);
  g_test_message ("%d faults, %u requests broken by them, %u records, 0 lost, 0 twice", rounds,
                  fixture->broken, fixture->records->len);
}

/* What counts here can count: a receipt without its record is seen. */
static void
test_a_loss_is_seen (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  make_records (fixture);
  g_hash_table_add (fixture->receipts, fixture->records->pdata[0]);
  g_assert_cmpuint (count_lost (fixture), ==, 1);
}

static void
test_postgres_is_away (void)
{
  g_test_skip ("PostgreSQL is not here; package postgresql-15");
}

int
main (int argc, char **argv)
{
  static const Case hub_and_files = { KILL_HUB, FALSE }, hub_and_bytes = { KILL_HUB, TRUE },
                    postgres_and_files = { STOP_POSTGRES, FALSE },
                    postgres_and_bytes = { STOP_POSTGRES, TRUE };
  static const struct
  {
    const char *path;
    const Case *data;
  } cases[] = {
    { "/hub/faults/hub-is-killed/files", &hub_and_files },
    { "/hub/faults/hub-is-killed/bytea", &hub_and_bytes },
    { "/hub/faults/postgres-stops/files", &postgres_and_files },
    { "/hub/faults/postgres-stops/bytea", &postgres_and_bytes },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >=, 2);
  hub_program = argv[1];
  if (argc == 4 && g_str_equal (argv[2], "--rounds"))
    rounds = atoi (argv[3]);
  if (!kouan_test_postgres_is_here ())
    g_test_add_func ("/hub/faults", test_postgres_is_away);
  else
    {
      g_test_add ("/hub/faults/a-loss-is-seen", Fixture, &hub_and_files, set_up,
                  test_a_loss_is_seen, tear_down);
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_test_add (cases[i].path, Fixture, cases[i].data, set_up, test_nothing_lost_nothing_twice,
                    tear_down);
    }
  return g_test_run ();
}
