/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/client.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

/* Two hub programs at work at once on one PostgreSQL and, where sealed bytes are files, on one
 * folder of them. Kiosks go from one to the other in the middle of a record, and a record comes to
 * both at the same time: it must become one record, whole, with one receipt, and the numbers must
 * have no gap. */

#define HUBS 2
#define KIOSKS 4
#define RECORDS 6 /* of each kiosk */
#define SIZE 700000
#define TRIES 50

static const char *hub_program;

typedef struct
{
  KouanTestHub *world;
  KouanTestServing *hubs[HUBS];
  KouanStation *stations[KIOSKS];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer bytes_in_database)
{
  g_autofree char *database = kouan_test_postgres_new_database ();

  fixture->world = kouan_test_hub_new_on (database, GPOINTER_TO_INT (bytes_in_database));
  for (guint i = 0; i < KIOSKS; i++)
    {
      g_autofree char *folder = kouan_test_hub_enrol (fixture->world, 7 + i);
      g_autoptr (GError) error = NULL;

      fixture->stations[i] = kouan_station_load (folder, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < HUBS; i++)
    fixture->hubs[i] = kouan_test_serving_new (hub_program, fixture->world->hub_folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < HUBS; i++)
    kouan_test_serving_free (fixture->hubs[i]);
  for (guint i = 0; i < KIOSKS; i++)
    g_object_unref (fixture->stations[i]);
  kouan_test_hub_free (fixture->world);
}

typedef struct
{
  Fixture *fixture;
  guint hub; /* at which it begins */
  const KouanTestRecord *record;
  KouanStation *station;
  gboolean moves; /* a third to one hub, the next to the other */
  GBytes *receipt;
} Kiosk;

/* Returns: from where the hub wants it */
static gint64
offer (KouanTestClient *client, const KouanTestRecord *record)
{
  g_autoptr (KouanHttpAnswer) answer = kouan_test_client_offer (client, record);
  gint64 offset = 0;

  g_assert_nonnull (answer);
  g_assert_cmpuint (answer->status / 100, ==, 2);
  g_assert_true (kouan_http_answer_get_number (answer, "upload-offset", &offset));
  return offset;
}

/* Two lines that send the same record push each other away, now and then: 409, and again. */
static gpointer
send_record (gpointer data)
{
  Kiosk *self = data;
  guint tries = 0;

  while (self->receipt == NULL && tries++ < TRIES)
    {
      guint port = self->fixture->hubs[(self->hub + (self->moves ? tries : 0)) % HUBS]->port;
      g_autoptr (KouanTestClient) client = kouan_test_client_new (self->station, port);
      gint64 from = offer (client, self->record);
      gint64 to = self->moves ? MIN (from + SIZE / 3, SIZE) : SIZE;
      g_autoptr (KouanHttpAnswer) answer = NULL;

      if (from < SIZE)
        answer = kouan_test_client_send (client, self->record, from, to);
      if (answer != NULL && answer->status != 409)
        g_assert_cmpuint (answer->status, ==, 204);
      self->receipt = kouan_test_client_receipt (client, self->record);
    }
  return NULL;
}

static void
assert_all_once (Fixture *fixture, GPtrArray *sent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = kouan_hub_store_list_records (
    kouan_hub_get_store (fixture->world->hub), 0, 10 * KIOSKS * RECORDS, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, sent->len);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (((KouanHubRecord *)found->pdata[i])->hub_sequence, ==, i + 1);
  for (guint i = 0; i < sent->len; i++)
    {
      const KouanTestRecord *record = sent->pdata[i];

      kouan_test_hub_assert_bytes (fixture->world, record->claim.record_id, SIZE,
                                   record->claim.sha256);
    }
}

static void
assert_no_alarm (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alarms
    = kouan_hub_store_list_alarms (kouan_hub_get_store (fixture->world->hub), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (alarms->len, ==, 0);
}

static void
run_round (Fixture *fixture, guint round, gboolean moves, GPtrArray *sent)
{
  Kiosk kiosks[KIOSKS * HUBS] = { 0 };
  GThread *threads[KIOSKS * HUBS];

  for (guint i = 0; i < G_N_ELEMENTS (kiosks); i++)
    {
      KouanStation *station = fixture->stations[i / HUBS];

      if (i % HUBS == 0)
        g_ptr_array_add (sent, kouan_test_record_new (station, (gint64)round + 1, SIZE, 0));
      kiosks[i] = (Kiosk){ fixture, i % HUBS, sent->pdata[sent->len - 1], station, moves, NULL };
      threads[i] = g_thread_new ("kiosk", send_record, &kiosks[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kiosks); i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < G_N_ELEMENTS (kiosks); i++)
    {
      g_assert_nonnull (kiosks[i].receipt);
      g_assert_true (g_bytes_equal (kiosks[i].receipt, kiosks[i - i % HUBS].receipt));
    }
  for (guint i = 0; i < G_N_ELEMENTS (kiosks); i++)
    g_bytes_unref (kiosks[i].receipt);
}

static void
test_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) sent
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_test_record_free);

  for (guint round = 0; round < RECORDS; round++)
    run_round (fixture, round, round % 2 == 1, sent);
  assert_all_once (fixture, sent);
  assert_no_alarm (fixture);
}

/* A hub that comes to the others, and one that dies, take nothing of what is under way with them.
 */
static void
test_come_and_go (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->stations[0], 1, SIZE, 0);
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  g_autoptr (KouanTestClient) first
    = kouan_test_client_new (fixture->stations[0], fixture->hubs[0]->port);
  g_autoptr (KouanTestClient) second = NULL;
  g_autoptr (KouanHttpAnswer) half = NULL;
  g_autoptr (KouanHttpAnswer) rest = NULL;
  g_autoptr (GBytes) receipt = NULL;

  g_ptr_array_add (sent, record);
  g_assert_cmpint (offer (first, record), ==, 0);
  half = kouan_test_client_send (first, record, 0, SIZE / 2);
  g_assert_cmpuint (half->status, ==, 204);
  kouan_test_serving_free (fixture->hubs[0]);
  fixture->hubs[0] = kouan_test_serving_new (hub_program, fixture->world->hub_folder);
  second = kouan_test_client_new (fixture->stations[0], fixture->hubs[1]->port);
  g_assert_cmpint (offer (second, record), ==, SIZE / 2);
  rest = kouan_test_client_send (second, record, SIZE / 2, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
  receipt = kouan_test_client_receipt (second, record);
  g_assert_nonnull (receipt);
  assert_all_once (fixture, sent);
}

/* A database that others hold is no fault of the record: the kiosk is told when to come again, and
 * then it is taken. */
static void
test_busy (void)
{
  g_autofree char *database = kouan_test_postgres_new_database ();
  g_autofree char *address = g_strconcat (database, "?options=-clock_timeout%3D50ms", NULL);
  KouanTestHub *world = kouan_test_hub_new_on (address, FALSE);
  g_autofree char *folder = kouan_test_hub_enrol (world, 7);
  g_autoptr (KouanStation) station = kouan_station_load (folder, NULL);
  KouanTestServing *hub = kouan_test_serving_new (hub_program, world->hub_folder);
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (station, 1, SIZE, 0);
  g_autoptr (KouanTestClient) client = kouan_test_client_new (station, hub->port);
  const char *tables[] = { "uploads", "kiosks" };
  g_autoptr (GBytes) receipt = NULL;
  g_autoptr (KouanHttpAnswer) sent = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GSubprocess *holder = kouan_test_postgres_hold (database, tables[i]);
      g_autoptr (KouanHttpAnswer) answer = kouan_test_client_offer (client, record);
      gint64 wait_s = 0;

      g_assert_nonnull (answer);
      g_assert_cmpuint (answer->status, ==, 503);
      g_assert_true (kouan_http_answer_get_number (answer, "retry-after", &wait_s));
      g_assert_cmpint (wait_s, >, 0);
      kouan_test_postgres_let_go (holder);
    }
  g_assert_cmpint (offer (client, record), ==, 0);
  sent = kouan_test_client_send (client, record, 0, SIZE);
  g_assert_cmpuint (sent->status, ==, 204);
  receipt = kouan_test_client_receipt (client, record);
  g_assert_nonnull (receipt);
  kouan_test_serving_free (hub);
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
    g_test_add_func ("/hub/two", test_postgres_is_away);
  for (int bytea = 0; kouan_test_postgres_is_here () && bytea < 2; bytea++)
    {
      g_autofree char *at_once = g_strdup_printf ("/hub/two/%s/at-once", bytea ? "bytea" : "files");
      g_autofree char *come_and_go
        = g_strdup_printf ("/hub/two/%s/come-and-go", bytea ? "bytea" : "files");

      g_test_add (at_once, Fixture, GINT_TO_POINTER (bytea), set_up, test_at_once, tear_down);
      g_test_add (come_and_go, Fixture, GINT_TO_POINTER (bytea), set_up, test_come_and_go,
                  tear_down);
    }
  if (kouan_test_postgres_is_here ())
    g_test_add_func ("/hub/two/busy", test_busy);
  return g_test_run ();
}
