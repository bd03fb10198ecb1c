/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/hub/hub-store.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <string.h>

/* Several hubs are several processes on one database. Each of them takes the same records to the
 * end, all at once, so every record is fought for: it must become one record, and the numbers must
 * have no gap. */

#define HUBS 3
#define RECORDS 60
#define NOW_S 1800000000

static const char *self_program;

static GBytes *
sign (const KouanHubRecord *record, gpointer data G_GNUC_UNUSED)
{
  return g_bytes_new (&record->hub_sequence, sizeof record->hub_sequence);
}

static void
fill_offer (KouanHubOffer *offer, guint8 number)
{
  *offer = (KouanHubOffer){ .enrolment = 1,
                            .kiosk_id = 7,
                            .sequence = number,
                            .size = 100,
                            .has_code = TRUE,
                            .manifest = g_bytes_new_static ("manifest", 8) };
  memset (offer->id, number, sizeof offer->id);
  memset (offer->sha256, number, sizeof offer->sha256);
  memset (offer->code_id, 1 + number / 2, sizeof offer->code_id); /* two of each */
}

/* Whatever the others have done meanwhile, the record is there afterwards. */
static void
take_one (KouanHubStore *store, guint8 number)
{
  g_auto (KouanHubOffer) offer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) record = NULL;
  KouanHubOfferAnswer answer;

  fill_offer (&offer, number);
  g_assert_true (kouan_hub_store_offer (store, &offer, NOW_S, NOW_S + 100, &answer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (answer, !=, KOUAN_HUB_OFFER_CONFLICT);
  if (answer == KOUAN_HUB_OFFER_NEW
      && !kouan_hub_store_advance (store, offer.id, 0, 100, NOW_S + 100, &error))
    {
      g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  record = kouan_hub_store_commit (store, offer.id, NOW_S, sign, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (record->committed, NULL), sizeof record->hub_sequence,
                   &record->hub_sequence, sizeof record->hub_sequence);
}

/* @start: so that they meet: each goes round from another record */
static int
be_a_hub (const char *address, guint start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubStore) store = kouan_hub_store_open (address, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < RECORDS; i++)
    take_one (store, (guint8)(1 + (start + i) % RECORDS));
  return 0;
}

static void
enrol_kiosk (KouanHubStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubHall hall
    = { .id = 1, .language = (char *)"zh-Hans", .profile = (char *)"service", .names = names };
  KouanHubKiosk kiosk = { .id = 7, .hall_id = 1, .record_key = (char *)"key", .enrolled_s = NOW_S };

  g_assert_true (kouan_hub_store_put_hall (store, &hall, &error));
  g_assert_true (kouan_hub_store_enrol (store, &kiosk, &error));
  g_assert_no_error (error);
}

static void
run_hubs (const char *address)
{
  GSubprocess *hubs[HUBS];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < HUBS; i++)
    {
      g_autofree char *start = g_strdup_printf ("%u", i * 3);

      hubs[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self_program, "--hub", address,
                                  start, NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < HUBS; i++)
    {
      g_assert_true (g_subprocess_wait_check (hubs[i], NULL, &error));
      g_assert_no_error (error);
      g_object_unref (hubs[i]);
    }
}

static void
test_one_of_each (gconstpointer data)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *address = GPOINTER_TO_INT (data) ? kouan_test_postgres_new_database ()
                                                    : g_build_filename (folder, "hub.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubStore) store = kouan_hub_store_open (address, &error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) duplicates = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_direct_hash, g_direct_equal);

  g_assert_no_error (error);
  enrol_kiosk (store);
  run_hubs (address);
  records = kouan_hub_store_list_records (store, 0, 10 * RECORDS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, RECORDS);
  for (guint i = 0; i < records->len; i++)
    {
      const KouanHubRecord *record = records->pdata[i];

      g_assert_cmpint (record->hub_sequence, ==, i + 1);
      g_assert_true (g_hash_table_add (ids, GUINT_TO_POINTER (record->offer.id[0])));
    }
  duplicates = kouan_hub_store_list_duplicates (store, RECORDS, &error);
  g_assert_cmpuint (duplicates->len, ==, RECORDS / 2 - 1); /* 1 and RECORDS have no fellow */
  g_clear_object (&store);
  kouan_test_folder_remove (folder);
}

static void
test_postgres_is_away (void)
{
  g_test_skip ("PostgreSQL is not here; package postgresql-15");
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--hub"))
    return be_a_hub (argv[2], (guint)g_ascii_strtoull (argv[3], NULL, 10));
  self_program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/hub/together/sqlite", GINT_TO_POINTER (FALSE), test_one_of_each);
  if (kouan_test_postgres_is_here ())
    g_test_add_data_func ("/hub/together/postgres", GINT_TO_POINTER (TRUE), test_one_of_each);
  else
    g_test_add_func ("/hub/together/postgres", test_postgres_is_away);
  return g_test_run ();
}
