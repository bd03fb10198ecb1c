/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/hub/store-kit.h"

#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <string.h>

typedef enum
{
  SQLITE,
  POSTGRES,
} Database;

void
store_enrol (StoreFixture *fixture, guint kiosk_id, guint8 certificate)
{
  KouanHubKiosk kiosk
    = { .id = kiosk_id, .hall_id = 1, .record_key = (char *)"key", .enrolled_s = NOW_S };
  g_autoptr (GError) error = NULL;

  memset (kiosk.certificate, certificate, sizeof kiosk.certificate);
  g_assert_true (kouan_hub_store_enrol (fixture->store, &kiosk, &error));
  g_assert_no_error (error);
}

void
store_put_hall (KouanHubStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubHall hall
    = { .id = 1, .language = (char *)"zh-Hans", .profile = (char *)"service", .names = names };

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer)name);
  g_assert_true (kouan_hub_store_put_hall (store, &hall, &error));
  g_assert_no_error (error);
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->address = GPOINTER_TO_INT (data) == POSTGRES
                       ? kouan_test_postgres_new_database ()
                       : g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->store = kouan_hub_store_open (fixture->address, &error);
  g_assert_no_error (error);
  store_put_hall (fixture->store, "大厅");
  store_enrol (fixture, 7, 0xaa);
  fixture->enrolment = 1;
}

static void
tear_down (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->store);
  g_free (fixture->address);
  kouan_test_folder_remove (fixture->folder);
}

/* @code: 0 for none */
void
store_fill_offer (
  StoreFixture *fixture, KouanHubOffer *offer, guint8 id, gint64 sequence, guint8 code)
{
  *offer = (KouanHubOffer){ .enrolment = fixture->enrolment,
                            .kiosk_id = 7,
                            .sequence = sequence,
                            .service = 3,
                            .created_ms = 1000 * id,
                            .size = 100,
                            .has_code = code != 0,
                            .manifest = g_bytes_new_static ("manifest", 8) };
  memset (offer->id, id, sizeof offer->id);
  memset (offer->sha256, id, sizeof offer->sha256);
  memset (offer->code_id, code, sizeof offer->code_id);
}

KouanHubOfferAnswer
store_offer (StoreFixture *fixture, const KouanHubOffer *what)
{
  g_autoptr (GError) error = NULL;
  KouanHubOfferAnswer answer;

  g_assert_true (kouan_hub_store_offer (fixture->store, what, NOW_S, NOW_S + 100, &answer, &error));
  g_assert_no_error (error);
  return answer;
}

GBytes *
store_sign (const KouanHubRecord *record, gpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = g_strdup_printf ("receipt %" G_GINT64_FORMAT, record->hub_sequence);

  return g_bytes_new (text, strlen (text));
}

KouanHubRecord *
store_send_whole (StoreFixture *fixture, guint8 id, gint64 sequence, guint8 code)
{
  g_auto (KouanHubOffer) what = { 0 };
  g_autoptr (GError) error = NULL;
  KouanHubRecord *record;

  store_fill_offer (fixture, &what, id, sequence, code);
  g_assert_cmpint (store_offer (fixture, &what), ==, KOUAN_HUB_OFFER_NEW);
  g_assert_true (kouan_hub_store_advance (fixture->store, what.id, 0, 100, LATER_S, &error));
  record = kouan_hub_store_commit (fixture->store, what.id, NOW_S, store_sign, NULL, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_postgres_is_away (void)
{
  g_test_skip ("PostgreSQL is not here; package postgresql-15");
}

static void
add_all (const char *name, Database database, const StoreTest *tests, gsize n_tests)
{
  for (gsize i = 0; i < n_tests; i++)
    {
      g_autofree char *path = g_strdup_printf ("/hub/store/%s/%s", name, tests[i].name);

      g_test_add (path, StoreFixture, GINT_TO_POINTER (database), set_up, tests[i].function,
                  tear_down);
    }
}

/* All of @tests on either database, or on SQLite alone where the other is away.
 *
 * Returns: what main() is to return */
int
store_run (int argc, char **argv, const StoreTest *tests, gsize n_tests)
{
  g_test_init (&argc, &argv, NULL);
  add_all ("sqlite", SQLITE, tests, n_tests);
  if (kouan_test_postgres_is_here ())
    add_all ("postgres", POSTGRES, tests, n_tests);
  else
    g_test_add_func ("/hub/store/postgres", test_postgres_is_away);
  return g_test_run ();
}
