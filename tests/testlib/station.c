/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/station.h"

#include "app/crypto/secret-file.h"

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
make_recipient (const char *folder, const char *station, const char *key, const char *name)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);
  g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
  g_autoptr (KouanAgeRecipient) recipient = kouan_age_identity_get_recipient (identity);
  g_autofree char *text = kouan_age_recipient_to_string (recipient);
  g_autofree char *line = g_strconcat ("# for tests\n", text, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_age_identity_save (identity, path, &error));
  g_assert_no_error (error);
  write_text (station, name, line);
}

static void
make_hall_key (const char *station)
{
  g_autofree char *path = g_build_filename (station, KOUAN_STATION_HALL_KEY, NULL);
  g_autoptr (KouanSecret) key = kouan_secret_new_random (KOUAN_STATION_HALL_KEY_SIZE);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_secret_save (key, path, &error));
  g_assert_no_error (error);
}

void
kouan_test_station_make (const char *folder, KouanSigningKey *trusted)
{
  g_autofree char *station = g_build_filename (folder, "station", NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  KouanStationSettings settings = { 0 };

  settings.kiosk_id = KOUAN_TEST_KIOSK;
  settings.hall_id = KOUAN_TEST_HALL;
  settings.hall_names = names;
  g_hash_table_insert (names, (gpointer) "en", (gpointer) "Test hall");
  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  g_assert_true (kouan_station_create (station, &settings, &error));
  g_assert_no_error (error);
  make_recipient (folder, station, "hub.key", KOUAN_STATION_HUB_RECIPIENT);
  make_recipient (folder, station, "escrow.key", KOUAN_STATION_ESCROW_RECIPIENT);
  make_hall_key (station);
  if (trusted != NULL)
    {
      g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (trusted));

      write_text (station,
                  KOUAN_STATION_TRUSTED "/test.appointment+walk-in+slip+badge+record+hub-receipt"
                                        "+catalogue+roster+trust-list.pem",
                  pem);
    }
}

KouanStation *
kouan_test_station_new (const char *folder, KouanSigningKey *trusted)
{
  g_autofree char *path = g_build_filename (folder, "station", NULL);
  g_autoptr (GError) error = NULL;
  KouanStation *station;

  kouan_test_station_make (folder, trusted);
  station = kouan_station_load (path, &error);
  g_assert_no_error (error);
  return station;
}

KouanAgeIdentity *
kouan_test_station_hub_identity (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "hub.key", NULL);
  g_autoptr (GError) error = NULL;
  KouanAgeIdentity *identity = kouan_age_identity_load (path, &error);

  g_assert_no_error (error);
  return identity;
}
