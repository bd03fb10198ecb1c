/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/hub/store-kit.h"

#include <string.h>

/* Kiosks that ask to be taken in: bounded, and answered once. */

static KouanHubHearing
hear (StoreFixture *fixture, const char *fingerprint, const char *peer, gint64 asked_s)
{
  const KouanHubStrangerLimits limits = { .total = 3, .from_peer = 2, .since_s = asked_s - 100 };
  g_autoptr (GBytes) request = g_bytes_new_static ("request", 7);
  const KouanHubStranger stranger = { .fingerprint = (char *)fingerprint,
                                      .kiosk_id = 8,
                                      .request = request,
                                      .peer = (char *)peer,
                                      .asked_s = asked_s };
  g_autoptr (GError) error = NULL;
  KouanHubHearing hearing;

  g_assert_true (
    kouan_hub_store_hear (fixture->store, &stranger, "key of 8", &limits, &hearing, &error));
  g_assert_no_error (error);
  return hearing;
}

static guint
count_strangers (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strangers = kouan_hub_store_list_strangers (fixture->store, &error);

  g_assert_no_error (error);
  return strangers->len;
}

static void
test_strangers_are_bounded (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S), ==, KOUAN_HUB_HEARING_WAITS);
  g_assert_cmpint (hear (fixture, "bb", "one", NOW_S), ==, KOUAN_HUB_HEARING_WAITS);
  g_assert_cmpint (hear (fixture, "cc", "one", NOW_S), ==, KOUAN_HUB_HEARING_FULL);
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S + 50), ==, KOUAN_HUB_HEARING_WAITS);
  g_assert_cmpint (hear (fixture, "cc", "two", NOW_S), ==, KOUAN_HUB_HEARING_WAITS);
  g_assert_cmpint (hear (fixture, "dd", "six", NOW_S), ==, KOUAN_HUB_HEARING_FULL);
  g_assert_cmpuint (count_strangers (fixture), ==, 3);
  /* What is old makes room; what has asked since does not. */
  g_assert_cmpint (hear (fixture, "dd", "six", NOW_S + 120), ==, KOUAN_HUB_HEARING_WAITS);
  g_assert_cmpuint (count_strangers (fixture), ==, 2);
}

static void
answer (StoreFixture *fixture, guint8 certificate, const char *text)
{
  KouanHubKiosk kiosk
    = { .id = 8, .hall_id = 1, .record_key = (char *)"key of 8", .enrolled_s = NOW_S };
  g_autoptr (GBytes) bundle = g_bytes_new (text, strlen (text));
  g_autoptr (KouanHubStranger) stranger = NULL;
  g_autoptr (GError) error = NULL;

  memset (kiosk.certificate, certificate, sizeof kiosk.certificate);
  g_assert_true (kouan_hub_store_answer_stranger (fixture->store, "aa", &kiosk, bundle, &error));
  g_assert_no_error (error);
  stranger = kouan_hub_store_find_stranger (fixture->store, "aa", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (stranger->bundle, bundle));
}

/* Its old answer would put a machine in service that is not; so the operator is asked anew. */
static void
test_revoked_asks_anew (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanHubStranger) stranger = NULL;
  g_autoptr (GError) error = NULL;

  hear (fixture, "aa", "one", NOW_S);
  answer (fixture, 0xbb, "first");
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S + 1), ==, KOUAN_HUB_HEARING_ANSWERED);
  g_assert_true (kouan_hub_store_revoke (fixture->store, 8, NOW_S + 2, &error));
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S + 3), ==, KOUAN_HUB_HEARING_WAITS);
  stranger = kouan_hub_store_find_stranger (fixture->store, "aa", &error);
  g_assert_no_error (error);
  g_assert_cmpint (stranger->state, ==, KOUAN_HUB_STRANGER_WAITS);
  g_assert_cmpint (stranger->decided_s, ==, 0);
  g_assert_null (stranger->bundle);
  answer (fixture, 0xcc, "second");
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S + 4), ==, KOUAN_HUB_HEARING_ANSWERED);
}

static void
test_stranger_is_answered_once (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubKiosk kiosk
    = { .id = 7, .hall_id = 1, .record_key = (char *)"key of 8", .enrolled_s = NOW_S };
  g_autoptr (GBytes) bundle = g_bytes_new_static ("bundle", 6);
  g_autoptr (KouanHubStranger) stranger = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  memset (kiosk.certificate, 0xbb, sizeof kiosk.certificate);
  hear (fixture, "aa", "one", NOW_S);
  /* Kiosk 7 is in service: nothing is decided either. */
  g_assert_false (kouan_hub_store_answer_stranger (fixture->store, "aa", &kiosk, bundle, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S), ==, KOUAN_HUB_HEARING_WAITS);
  kiosk.id = 8;
  g_assert_true (kouan_hub_store_answer_stranger (fixture->store, "aa", &kiosk, bundle, &error));
  g_assert_no_error (error);
  stranger = kouan_hub_store_find_stranger (fixture->store, "aa", &error);
  g_assert_no_error (error);
  g_assert_cmpint (stranger->state, ==, KOUAN_HUB_STRANGER_ANSWERED);
  g_assert_true (g_bytes_equal (stranger->bundle, bundle));
  g_assert_cmpint (hear (fixture, "aa", "one", NOW_S), ==, KOUAN_HUB_HEARING_ANSWERED);
  g_assert_false (kouan_hub_store_refuse_stranger (fixture->store, "aa", NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  hear (fixture, "bb", "one", NOW_S);
  g_assert_true (kouan_hub_store_refuse_stranger (fixture->store, "bb", NOW_S, &error));
  g_assert_cmpint (hear (fixture, "bb", "one", NOW_S), ==, KOUAN_HUB_HEARING_REFUSED);
  g_assert_true (kouan_hub_store_forget_strangers (fixture->store, NULL, &count, &error));
  g_assert_cmpint (count, ==, 2);
}

static const StoreTest tests[] = {
  { "revoked-asks-anew", test_revoked_asks_anew },
  { "strangers-are-bounded", test_strangers_are_bounded },
  { "stranger-is-answered-once", test_stranger_is_answered_once },
};

int
main (int argc, char **argv)
{
  return store_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
