/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/catalogue.h"
#include "app/hub/publish.h"
#include "tests/testlib/kiosk.h"
#include "tests/unit/catalogue/sample.h"

#include <glib/gstdio.h>
#include <string.h>

/* The catalogue from the operator's folder through the hub to the kiosk. */

typedef struct
{
  KouanTestKiosk *kiosk;
  char *source;
  KouanSigningKey *key; /* the hub's, for catalogues */
} Fixture;

static void
write_source (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->source, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
}

static void
sign (Fixture *fixture, KouanSigningKey *key, guint64 version)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_catalogue_sign (fixture->source, key, version, 1, &error));
  g_assert_no_error (error);
}

static gboolean
publish (Fixture *fixture, guint64 *version, GError **error)
{
  return kouan_hub_publish_catalogue (fixture->kiosk->world->hub, fixture->source, version, error);
}

static void
publish_version (Fixture *fixture, guint64 version)
{
  g_autoptr (GError) error = NULL;
  guint64 published = 0;

  sign (fixture, fixture->key, version);
  g_assert_true (publish (fixture, &published, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (published, ==, version);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = sample_text (NULL, NULL);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  fixture->kiosk = kouan_test_kiosk_new ();
  key = kouan_hub_path (fixture->kiosk->world->hub, KOUAN_HUB_FILE_CATALOGUE_KEY);
  fixture->key = kouan_signing_key_load (key, &error);
  g_assert_no_error (error);
  fixture->source = g_build_filename (fixture->kiosk->world->folder, "source", NULL);
  g_assert_cmpint (g_mkdir (fixture->source, 0700), ==, 0);
  write_source (fixture, "sample.json", text);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->key);
  g_free (fixture->source);
  kouan_test_kiosk_free (fixture->kiosk);
}

/* Returns: the version that the run has put in place */
static guint64
sync_well (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  g_assert_no_error (error);
  return report.catalogue;
}

static guint64
version_at_kiosk (Fixture *fixture)
{
  g_autofree char *folder = kouan_station_path (fixture->kiosk->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (folder, kouan_station_get_keyring (fixture->kiosk->station), 0, NULL);

  return catalogue != NULL ? kouan_catalogue_get_version (catalogue) : 0;
}

static void
test_comes_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpuint (sync_well (fixture), ==, 0);
  publish_version (fixture, 3);
  g_assert_cmpuint (sync_well (fixture), ==, 3);
  g_assert_cmpuint (version_at_kiosk (fixture), ==, 3);
  g_assert_cmpuint (sync_well (fixture), ==, 0);
  publish_version (fixture, 4);
  g_assert_cmpuint (sync_well (fixture), ==, 4);
  g_assert_cmpuint (version_at_kiosk (fixture), ==, 4);
}

static void
test_hub_publishes_nothing_bad (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autoptr (GError) error = NULL;
  guint64 version = 0;

  publish_version (fixture, 3);
  sign (fixture, fixture->key, 2);
  g_assert_false (publish (fixture, &version, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
  g_clear_error (&error);
  sign (fixture, stranger, 9);
  g_assert_false (publish (fixture, &version, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED);
  g_clear_error (&error);
  sign (fixture, fixture->key, 9);
  write_source (fixture, "sample.json", "{}");
  g_assert_false (publish (fixture, &version, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_cmpuint (sync_well (fixture), ==, 3);
}

/* Somebody has put another catalogue where the hub publishes. */
static void
smuggle (Fixture *fixture, gint64 version, const char *index_text)
{
  KouanHubStore *store = kouan_hub_get_store (fixture->kiosk->world->hub);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) files
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  KouanHubPublication publication = { .kind = "catalogue", .version = version, .files = files };
  GBytes *index = index_text != NULL ? g_bytes_new_static (index_text, strlen (index_text))
                                     : kouan_hub_store_find_published (store, "catalogue", 0,
                                                                       "index.cose", NULL, &error);

  g_assert_nonnull (index);
  g_hash_table_insert (files, (gpointer) "index.cose", index);
  if (index_text == NULL)
    g_hash_table_insert (files, (gpointer) "sample.json", g_bytes_new_static ("{}", 2));
  g_assert_true (kouan_hub_store_publish (store, &publication, &error));
  g_assert_no_error (error);
}

/* The records do not mind. */
static void
test_kiosk_believes_only_signatures (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = NULL;

  publish_version (fixture, 3);
  g_assert_cmpuint (sync_well (fixture), ==, 3);
  publish_version (fixture, 4);
  smuggle (fixture, 5, NULL);
  submitted = kouan_test_kiosk_submit (fixture->kiosk, 100, 1);
  g_assert_cmpuint (sync_well (fixture), ==, 0);
  g_assert_cmpuint (version_at_kiosk (fixture), ==, 3);
  kouan_test_kiosk_assert_at_hub (fixture->kiosk, submitted->record_id);
  smuggle (fixture, 6, "nonsense");
  g_assert_cmpuint (sync_well (fixture), ==, 0);
  g_assert_cmpuint (version_at_kiosk (fixture), ==, 3);
}

static void
test_line_breaks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint broken = 0;

  publish_version (fixture, 3);
  for (gint64 cut = 200; version_at_kiosk (fixture) == 0; cut += 400)
    {
      KouanSyncReport report;

      kouan_test_line_cut_down (fixture->kiosk->line, cut);
      broken += !kouan_test_kiosk_sync (fixture->kiosk, &report, NULL);
      g_assert_cmpuint (version_at_kiosk (fixture), ==, report.catalogue);
    }
  g_assert_cmpuint (broken, >, 2);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/catalogue/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("comes-down", test_comes_down);
  ADD ("hub-publishes-nothing-bad", test_hub_publishes_nothing_bad);
  ADD ("kiosk-believes-only-signatures", test_kiosk_believes_only_signatures);
  ADD ("line-breaks", test_line_breaks);
  return g_test_run ();
}
