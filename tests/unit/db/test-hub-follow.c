/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/hub/hub-store.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/postgres.h"

#include <string.h>

/* ARCHIVED from PostgreSQL's own copies: an archive of log files, and a standby, which
 * pg_receivewal plays. Never before the copy has it. */

#define NOW_S 1800000000
#define TRIES 600

typedef struct
{
  char *address;
  KouanHubStore *store;
} Fixture;

static GBytes *
sign (const KouanHubRecord *record G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return g_bytes_new_static ("receipt", 7);
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
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->address = kouan_test_postgres_new_database ();
  fixture->store = kouan_hub_store_open (fixture->address, &error);
  g_assert_no_error (error);
  enrol_kiosk (fixture->store);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->store);
  g_free (fixture->address);
}

static void
add_record (Fixture *fixture, guint8 number)
{
  g_autoptr (GBytes) manifest = g_bytes_new_static ("manifest", 8);
  KouanHubOffer offer
    = { .enrolment = 1, .kiosk_id = 7, .sequence = number, .size = 9, .manifest = manifest };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubRecord) record = NULL;
  KouanHubOfferAnswer answer;

  memset (offer.id, number, sizeof offer.id);
  g_assert_true (kouan_hub_store_offer (fixture->store, &offer, NOW_S, NOW_S + 9, &answer, &error));
  g_assert_true (kouan_hub_store_advance (fixture->store, offer.id, 0, 9, NOW_S + 9, &error));
  record = kouan_hub_store_commit (fixture->store, offer.id, NOW_S, sign, NULL, &error);
  g_assert_no_error (error);
}

static gint64
follow (Fixture *fixture, const char *who)
{
  g_autoptr (GError) error = NULL;
  gint64 up_to = -1, count = -1;

  g_assert_true (kouan_hub_store_follow (fixture->store, who, &up_to, &error));
  g_assert_no_error (error);
  g_assert_true (kouan_hub_store_archive (fixture->store, up_to, NULL, NOW_S, &count, &error));
  g_assert_no_error (error);
  return count;
}

/* The copy is made by another process: asked until it is there. */
static void
follow_until (Fixture *fixture, const char *who, gint64 expected)
{
  gint64 count = 0;

  for (guint i = 0; i < TRIES && count < expected; i++)
    {
      count += follow (fixture, who);
      if (count < expected)
        g_usleep (50000);
    }
  g_assert_cmpint (count, ==, expected);
}

static void
switch_log (Fixture *fixture)
{
  g_autofree char *program = g_build_filename (g_getenv ("KOUAN_TEST_POSTGRES_BIN"), "psql", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "-q", "-d",
                        fixture->address, "-c", "SELECT pg_switch_wal ()", NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
test_archiver (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (follow (fixture, "archiver"), ==, 0);
  add_record (fixture, 1);
  add_record (fixture, 2);
  g_assert_cmpint (follow (fixture, "archiver"), ==, 0); /* marked; its log file is still open */
  add_record (fixture, 3);
  switch_log (fixture);
  follow_until (fixture, "archiver", 3);
  add_record (fixture, 4);
  g_assert_cmpint (follow (fixture, "archiver"), ==, 0);
  switch_log (fixture);
  follow_until (fixture, "archiver", 1);
  g_assert_cmpint (follow (fixture, "archiver"), ==, 0);
}

static GSubprocess *
start_standby (void)
{
  const char *folder = g_getenv ("KOUAN_TEST_POSTGRES");
  g_autofree char *program
    = g_build_filename (g_getenv ("KOUAN_TEST_POSTGRES_BIN"), "pg_receivewal", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = NULL;

  g_mkdir_with_parents (copy, 0700);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, "-D", copy,
                              "--synchronous", "-h", folder, "-U", "kouan", NULL);
  g_assert_no_error (error);
  return process;
}

static void
test_standby (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *both = "standby:pg_receivewal,another";
  const char *one = "standby:pg_receivewal";
  g_autoptr (GSubprocess) standby = NULL;

  add_record (fixture, 1);
  g_assert_cmpint (follow (fixture, one), ==, 0); /* it is away */
  standby = start_standby ();
  follow_until (fixture, one, 1);
  add_record (fixture, 2);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (follow (fixture, both), ==, 0); /* the other one has nothing */
  follow_until (fixture, one, 1);
  g_subprocess_force_exit (standby);
  g_assert_true (g_subprocess_wait (standby, NULL, NULL));
}

static void
test_nobody_to_follow (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "hub.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubStore) sqlite = kouan_hub_store_open (path, &error);
  gint64 up_to;

  g_assert_false (kouan_hub_store_follow (sqlite, "archiver", &up_to, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (kouan_hub_store_follow (fixture->store, "somebody", &up_to, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_object (&sqlite);
  kouan_test_folder_remove (folder);
}

static void
test_postgres_is_away (void)
{
  g_test_skip ("PostgreSQL is not here; package postgresql-15");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/db/hub-follow/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!kouan_test_postgres_is_here ())
    {
      g_test_add_func ("/db/hub-follow", test_postgres_is_away);
      return g_test_run ();
    }
  ADD ("archiver", test_archiver);
  ADD ("standby", test_standby);
  ADD ("nobody-to-follow", test_nobody_to_follow);
  return g_test_run ();
}
