/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/hub.h"

#include "app/hub/blobs.h"
#include "app/sync/station-enrolment.h"
#include "tests/testlib/fixture.h"

#include <string.h>

static const char *const hosts[] = { "127.0.0.1", "localhost", NULL };

KouanTestHub *
kouan_test_hub_new (void)
{
  return kouan_test_hub_new_on (NULL, FALSE);
}

KouanTestHub *
kouan_test_hub_new_on (const char *database, gboolean bytes_in_database)
{
  const KouanHubSetup setup = { .id = 9,
                                .name = "Test hub",
                                .hosts = hosts,
                                .listen = "127.0.0.1",
                                .port = 8443,
                                .database = database,
                                .bytes_in_database = bytes_in_database };
  KouanTestHub *self = g_new0 (KouanTestHub, 1);
  g_autoptr (GError) error = NULL;

  self->folder = kouan_test_folder_new ();
  self->hub_folder = g_build_filename (self->folder, "hub", NULL);
  self->clock = kouan_manual_clock_new (g_get_real_time ());
  g_assert_true (
    kouan_hub_create (self->hub_folder, &setup, kouan_clock_wall_s (self->clock), &error));
  g_assert_no_error (error);
  kouan_test_hub_reopen (self);
  return self;
}

void
kouan_test_hub_reopen (KouanTestHub *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->hub);
  self->hub = kouan_hub_open (self->hub_folder, self->clock, &error);
  g_assert_no_error (error);
}

void
kouan_test_hub_free (KouanTestHub *self)
{
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_free (self->hub_folder);
  kouan_test_folder_remove (self->folder);
  g_free (self);
}

char *
kouan_test_hub_enrol (KouanTestHub *self, guint kiosk_id)
{
  g_autofree char *name = g_strdup_printf ("kiosk-%u", kiosk_id);
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autofree char *fingerprint = NULL;
  g_autofree char *hub = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };
  g_autoptr (GBytes) request = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  guint installed = 0;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  request = kouan_station_request (folder, kiosk_id, &fingerprint, &error);
  g_assert_no_error (error);
  enrolled = kouan_hub_enrol (self->hub, request, &placement, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled->kiosk_fingerprint, ==, fingerprint);
  g_assert_true (kouan_station_install (folder, enrolled->bundle, enrolled->hub_fingerprint, &hub,
                                        &installed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (installed, ==, kiosk_id);
  return g_steal_pointer (&folder);
}

KouanHubKiosk *
kouan_test_hub_find_kiosk (KouanTestHub *self, guint kiosk_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kiosks
    = kouan_hub_store_list_kiosks (kouan_hub_get_store (self->hub), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < kiosks->len; i++)
    if (((KouanHubKiosk *)kiosks->pdata[i])->id == kiosk_id)
      {
        g_ptr_array_set_free_func (kiosks, NULL);
        for (guint other = 0; other < kiosks->len; other++)
          if (other != i)
            kouan_hub_kiosk_free (kiosks->pdata[other]);
        return kiosks->pdata[i];
      }
  return NULL;
}

void
kouan_test_hub_assert_bytes (KouanTestHub *self,
                             const guint8 *id,
                             gint64 size,
                             const guint8 *sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubBlobs) blobs = kouan_hub_blobs_new (self->hub, &error);
  char *path = kouan_hub_blobs_borrow (blobs, id, size, &error);
  g_autofree char *contents = NULL;
  guint8 digest[KOUAN_SHA256_SIZE];
  gsize length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpint ((gint64)length, ==, size);
  kouan_sha256 ((const guint8 *)contents, length, digest);
  g_assert_cmpmem (digest, sizeof digest, sha256, KOUAN_SHA256_SIZE);
  kouan_hub_blobs_give_back (blobs, path);
}

KouanTestRecord *
kouan_test_record_new (KouanStation *station, gint64 sequence, gsize size, guint8 code)
{
  KouanTestRecord *self = g_new0 (KouanTestRecord, 1);
  guint8 *data = g_malloc (size);
  KouanManifest *manifest = &self->manifest;

  kouan_random_bytes (data, size);
  self->bytes = g_bytes_new_take (data, size);
  kouan_uuid7 (g_get_real_time (), manifest->record_id);
  manifest->kiosk_id = kouan_station_get_kiosk_id (station);
  manifest->hall_id = kouan_station_get_hall_id (station);
  manifest->sequence = sequence;
  manifest->created_ms = KOUAN_TEST_NOW_S * 1000;
  manifest->service = 1;
  manifest->size = (gint64)size;
  kouan_sha256 (data, size, manifest->sha256);
  manifest->has_code = code != 0;
  memset (manifest->code_id, code, sizeof manifest->code_id);
  kouan_test_record_sign (self, kouan_station_get_signing_key (station));
  return self;
}

void
kouan_test_record_sign (KouanTestRecord *self, KouanSigningKey *key)
{
  g_clear_pointer (&self->claim.manifest, g_bytes_unref);
  self->claim.manifest = kouan_manifest_sign (&self->manifest, key);
  self->claim.size = self->manifest.size;
  memcpy (self->claim.record_id, self->manifest.record_id, sizeof self->claim.record_id);
  memcpy (self->claim.sha256, self->manifest.sha256, sizeof self->claim.sha256);
}

void
kouan_test_record_free (KouanTestRecord *self)
{
  g_bytes_unref (self->bytes);
  g_bytes_unref (self->claim.manifest);
  g_free (self);
}
