/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "app/record/outbox.h"
#include "app/trust/trust-list.h"
#include "db/kiosk/audit.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/issuer.h"
#include "tests/testlib/station.h"

#include <string.h>

/* kouanctl trust as a technician calls it. */

#define THEN_S G_GINT64_CONSTANT (1700000000)

typedef struct
{
  char *folder;
  char *station;
  char *older;
  char *newer;
  char *other;
} Fixture;

static void
store (const char *path, GBytes *content)
{
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                                      (gssize)g_bytes_get_size (content), NULL));
  g_bytes_unref (content);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const KouanTestIssuerOptions erewhon = { .country = "EW" };
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autoptr (KouanTestIssuer) foreign = kouan_test_issuer_new (&erewhon);
  g_autoptr (GPtrArray) authorities = kouan_test_issuer_make_authorities (3);

  fixture->folder = kouan_test_folder_new ();
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  fixture->older = g_build_filename (fixture->folder, "older.ml", NULL);
  fixture->newer = g_build_filename (fixture->folder, "newer.ml", NULL);
  fixture->other = g_build_filename (fixture->folder, "other.ml", NULL);
  kouan_test_station_make (fixture->folder, NULL);
  store (fixture->older, kouan_test_issuer_make_master_list (issuer, authorities, THEN_S, 0));
  store (fixture->newer, kouan_test_issuer_make_master_list (issuer, NULL, THEN_S + 1, 0));
  store (fixture->other, kouan_test_issuer_make_master_list (foreign, NULL, THEN_S, 0));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->station);
  g_free (fixture->older);
  g_free (fixture->newer);
  g_free (fixture->other);
  kouan_test_folder_remove (fixture->folder);
}

static void
assert_text (JsonObject *answer, const char *name, const char *expected)
{
  g_assert_cmpstr (json_object_get_string_member (answer, name), ==, expected);
}

static void
test_import (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  JsonObject *answer = NULL;

  g_assert_cmpint (
    kouan_test_ctl (&answer, NULL, "trust", "list", "--station", fixture->station, NULL), ==,
    KOUAN_EXIT_NO);
  g_assert_cmpint (json_object_get_int_member (answer, "certificates"), ==, 0);
  json_object_unref (g_steal_pointer (&answer));

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->older, NULL),
                   ==, KOUAN_EXIT_OK);
  assert_text (answer, "kind", "master-list");
  assert_text (answer, "country", "UT");
  assert_text (answer, "vouched", "itself");
  assert_text (answer, "signed", "2023-11-14T22:13:20Z");
  g_assert_cmpint (json_object_get_int_member (answer, "added"), ==, 4);
  json_object_unref (g_steal_pointer (&answer));

  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "list", "--station", fixture->station,
                                   "--country", "ut", NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "list", "--station", fixture->station,
                                   "--country", "ZZ", NULL),
                   ==, KOUAN_EXIT_NO);
  g_assert_cmpint (json_object_get_int_member (answer, "certificates"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (answer, "age_days"), >, 800);
  json_object_unref (answer);
}

/* What is exported is the content alone, which a hub signs and any kiosk takes. */
static void
test_export (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  JsonObject *answer = NULL;
  g_autofree char *path = g_build_filename (fixture->station, "exported", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (KouanTrustList) list = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "trust", "export", path, "--station", fixture->station, NULL), ==,
    KOUAN_EXIT_NO);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->older, NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (
    kouan_test_ctl (&answer, NULL, "trust", "export", path, "--station", fixture->station, NULL),
    ==, KOUAN_EXIT_OK);
  g_assert_cmpint (json_object_get_int_member (answer, "certificates"), ==, 4);
  json_object_unref (answer);
  g_assert_true (g_file_get_contents (path, &text, &size, &error));
  content = g_bytes_new_take (g_steal_pointer (&text), size);
  list = kouan_trust_list_decode (content, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 4);
}

/* Each import that counted stands in the audit. */
static void
assert_written_down (Fixture *fixture, guint count)
{
  const KouanAuditFilter filter = { .action = "trust.imported", .limit = 10 };
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, &error);
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_no_error (error);
  entries = kouan_audit_search (db, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, count);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[0])->result, ==, "master-list");
}

static void
test_older (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  JsonObject *answer = NULL;

  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->newer, NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->older, NULL),
                   ==, KOUAN_EXIT_NO);
  assert_text (answer, "error", "older");
  g_assert_nonnull (strstr (json_object_get_string_member (answer, "remedy"), "--because"));
  json_object_unref (g_steal_pointer (&answer));
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "import", "--station", fixture->station,
                                   "--because", "the newer one lacks Erewhon", fixture->older,
                                   NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (json_object_get_int_member (answer, "version"), ==, 2);
  json_object_unref (answer);
  assert_written_down (fixture, 2);
}

/* A stranger's list is let in by the fingerprint that the refusal names, after a person compared
 * it. */
static void
test_anchor (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  JsonObject *answer = NULL;
  g_autofree char *fingerprint = NULL;

  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->newer, NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "import", "--station", fixture->station,
                                   fixture->other, NULL),
                   ==, KOUAN_EXIT_NO);
  assert_text (answer, "error", "untrusted");
  fingerprint = g_strdup (json_object_get_string_member (answer, "authority"));
  json_object_unref (g_steal_pointer (&answer));
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "trust", "import", "--station", fixture->station,
                                   "--anchor", fingerprint, fixture->other, NULL),
                   ==, KOUAN_EXIT_OK);
  assert_text (answer, "vouched", "anchor");
  json_object_unref (answer);
}

static void
test_calls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "list", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station, NULL), ==,
    KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station,
                                   "--anchor", "12", fixture->newer, NULL),
                   ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "trust", "import", "--station", fixture->station,
                                   "nowhere.ml", NULL),
                   ==, KOUAN_EXIT_FAILED);
}

#define add(name, test) g_test_add ("/ctl/trust/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("import", test_import);
  add ("export", test_export);
  add ("older", test_older);
  add ("anchor", test_anchor);
  add ("calls", test_calls);
  return g_test_run ();
}
