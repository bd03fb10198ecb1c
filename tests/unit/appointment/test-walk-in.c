/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/signed-code.h"
#include "app/appointment/walk-in.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT (1798794000500000)
#define HALL 17

typedef struct
{
  KouanSigningKey *kiosk;
  KouanKeyring *keyring;
  KouanWalkIn *walk_in;
  char *text;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->kiosk = kouan_signing_key_generate ();
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->kiosk),
                     KOUAN_PURPOSE_WALK_IN | KOUAN_PURPOSE_APPOINTMENT, "kiosk");
  fixture->walk_in = kouan_walk_in_new (12, HALL, NOW_US);
  fixture->text = kouan_walk_in_issue (fixture->walk_in, fixture->kiosk);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->kiosk);
  kouan_keyring_unref (fixture->keyring);
  kouan_walk_in_unref (fixture->walk_in);
  g_free (fixture->text);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanWalkIn) back = kouan_walk_in_read (fixture->text, fixture->keyring, &error);
  g_autoptr (KouanWalkIn) same = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fixture->text, KOUAN_CODE_WALK_IN));
  g_assert_cmpmem (kouan_walk_in_get_id (back), KOUAN_UUID_SIZE,
                   kouan_walk_in_get_id (fixture->walk_in), KOUAN_UUID_SIZE);
  g_assert_cmpuint (kouan_walk_in_get_service (back), ==, 12);
  g_assert_cmpuint (kouan_walk_in_get_hall (back), ==, HALL);
  g_assert_cmpint (kouan_walk_in_get_created_s (back), ==, 1798794000);
  g_assert_true (kouan_secret_equal (kouan_walk_in_get_secret (back),
                                     kouan_walk_in_get_secret (fixture->walk_in)));
  same = kouan_walk_in_ref (back);
  g_assert_true (same == back);
}

static void
test_judge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kouan_walk_in_judge (fixture->walk_in, HALL, FALSE), ==, KOUAN_VERDICT_VALID);
  g_assert_cmpint (kouan_walk_in_judge (fixture->walk_in, HALL, TRUE), ==, KOUAN_VERDICT_USED);
  g_assert_cmpint (kouan_walk_in_judge (fixture->walk_in, HALL + 1, FALSE), ==,
                   KOUAN_VERDICT_OTHER_HALL);
}

static void
assert_not_read (Fixture *fixture, const char *text, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_walk_in_read (text, fixture->keyring, &error));
  g_assert_error (error, KOUAN_APPOINTMENT_ERROR, code);
}

/* One kind of code is never another, even if the same key may sign both and only the prefix were
 * changed. */
static void
test_kinds_stay_apart (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) appointment = kouan_appointment_new (12, HALL, 1, 2, NOW_US);
  g_autofree char *text = kouan_appointment_issue (appointment, fixture->kiosk);
  g_autofree char *as_walk_in = g_strconcat (KOUAN_CODE_WALK_IN, text + 4, NULL);
  g_autofree char *as_appointment = g_strconcat (KOUAN_CODE_APPOINTMENT, fixture->text + 4, NULL);
  g_autoptr (GError) error = NULL;

  assert_not_read (fixture, text, KOUAN_APPOINTMENT_ERROR_NOT_OURS);
  assert_not_read (fixture, as_walk_in, KOUAN_APPOINTMENT_ERROR_DAMAGED);
  g_assert_null (kouan_appointment_read (as_appointment, fixture->keyring, &error));
  g_assert_error (error, KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_DAMAGED);
}

static void
test_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) other = kouan_signing_key_generate ();
  g_autofree char *foreign = kouan_walk_in_issue (fixture->walk_in, other);

  assert_not_read (fixture, foreign, KOUAN_APPOINTMENT_ERROR_NOT_OURS);
  assert_not_read (fixture, "", KOUAN_APPOINTMENT_ERROR_NOT_OURS);
  assert_not_read (fixture, "KW1:", KOUAN_APPOINTMENT_ERROR_DAMAGED);
  for (gsize i = 4; i < strlen (fixture->text); i++)
    {
      g_autofree char *cut = g_strndup (fixture->text, i);

      assert_not_read (fixture, cut, KOUAN_APPOINTMENT_ERROR_DAMAGED);
    }
}

static void
test_signed_nonsense (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint64 halls[] = { 0, 65536 };
  guint8 zeros[16] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (halls); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autofree char *text = NULL;

      kouan_signed_write_head (out, KOUAN_SIGNED_WALK_IN, 1, 7);
      kouan_cbor_write_bytes (out, zeros, 16);
      kouan_cbor_write_uint (out, 1);
      kouan_cbor_write_uint (out, halls[i]);
      kouan_cbor_write_uint (out, 100);
      kouan_cbor_write_bytes (out, zeros, 16);
      text = kouan_signed_code_make (KOUAN_CODE_WALK_IN, fixture->kiosk, out);
      assert_not_read (fixture, text, KOUAN_APPOINTMENT_ERROR_DAMAGED);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/walk-in/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("judge", test_judge);
  ADD ("kinds-stay-apart", test_kinds_stay_apart);
  ADD ("refuses", test_refuses);
  ADD ("signed-nonsense", test_signed_nonsense);
  return g_test_run ();
}
