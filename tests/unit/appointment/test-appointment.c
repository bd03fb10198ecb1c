/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/appointment.h"
#include "app/appointment/bind.h"
#include "app/appointment/listed.h"
#include "app/appointment/signed-code.h"
#include "app/appointment/verdict.h"
#include "app/qr/matrix.h"
#include "tests/testlib/hex.h"

#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1798794000)
#define NOW_US (NOW_S * G_USEC_PER_SEC)
#define HALL 17
#define SERVICE 301

typedef struct
{
  KouanSigningKey *issuer;
  KouanKeyring *keyring;
  KouanSecret *hall_key;
  KouanAppointment *appointment;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->issuer = kouan_signing_key_generate ();
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->issuer),
                     KOUAN_PURPOSE_APPOINTMENT, "issuer");
  fixture->hall_key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  fixture->appointment = kouan_appointment_new (SERVICE, HALL, NOW_S - 900, NOW_S + 900, NOW_US);
  g_assert_true (
    kouan_appointment_bind (fixture->appointment, fixture->hall_key, "L898902C3", "740812"));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->issuer);
  kouan_keyring_unref (fixture->keyring);
  kouan_secret_unref (fixture->hall_key);
  kouan_appointment_unref (fixture->appointment);
}

static KouanAppointment *
read_back (Fixture *fixture, KouanAppointment *appointment)
{
  g_autofree char *text = kouan_appointment_issue (appointment, fixture->issuer);
  g_autoptr (GError) error = NULL;
  KouanAppointment *back = kouan_appointment_read (text, fixture->keyring, &error);

  g_assert_no_error (error);
  return back;
}

static void
assert_not_read (Fixture *fixture, const char *text, int code, KouanVerdict verdict)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_appointment_read (text, fixture->keyring, &error));
  g_assert_error (error, KOUAN_APPOINTMENT_ERROR, code);
  g_assert_cmpint (kouan_verdict_of_error (error), ==, verdict);
}

static void
assert_damaged (Fixture *fixture, const char *text)
{
  assert_not_read (fixture, text, KOUAN_APPOINTMENT_ERROR_DAMAGED, KOUAN_VERDICT_DAMAGED);
}

static void
assert_not_ours (Fixture *fixture, const char *text)
{
  assert_not_read (fixture, text, KOUAN_APPOINTMENT_ERROR_NOT_OURS, KOUAN_VERDICT_NOT_OURS);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) back = read_back (fixture, fixture->appointment);
  const guint8 *id = kouan_appointment_get_id (back);

  g_assert_cmpmem (id, KOUAN_UUID_SIZE, kouan_appointment_get_id (fixture->appointment),
                   KOUAN_UUID_SIZE);
  g_assert_cmpint (id[6] >> 4, ==, 7);
  g_assert_cmpuint (kouan_appointment_get_service (back), ==, SERVICE);
  g_assert_cmpuint (kouan_appointment_get_hall (back), ==, HALL);
  g_assert_cmpint (kouan_appointment_get_not_before_s (back), ==, NOW_S - 900);
  g_assert_cmpint (kouan_appointment_get_expires_s (back), ==, NOW_S + 900);
  g_assert_true (kouan_secret_equal (kouan_appointment_get_secret (back),
                                     kouan_appointment_get_secret (fixture->appointment)));
  g_assert_cmpuint (kouan_secret_size (kouan_appointment_get_secret (back)), ==,
                    KOUAN_CODE_SECRET_SIZE);
  g_assert_true (kouan_appointment_is_bound (back));
}

/* The length of the COSE message in a code's text: three characters for two bytes. */
static gsize
message_size (const char *text)
{
  gsize length = strlen (text) - strlen (KOUAN_CODE_APPOINTMENT);

  return length / 3 * 2 + (length % 3 == 2 ? 1 : 0);
}

/* DESIGN, the formats: 117 to 150 bytes, QR version 8 to 10 at level M. */
static void
test_size (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint numbers[] = { 1, 23, 24, 255, 256, KOUAN_CODE_NUMBER_MAX };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint bound = 0; bound <= 1; bound++)
      {
        g_autoptr (KouanAppointment) appointment
          = kouan_appointment_new (numbers[i], numbers[i], NOW_S, G_MAXUINT32, NOW_US);
        g_autoptr (KouanQrMatrix) matrix = NULL;
        g_autofree char *text = NULL;

        if (bound == 1)
          g_assert_true (
            kouan_appointment_bind (appointment, fixture->hall_key, "E12345678", "900101"));
        text = kouan_appointment_issue (appointment, fixture->issuer);
        g_assert_cmpuint (message_size (text), >=, 117);
        g_assert_cmpuint (message_size (text), <=, 150);
        matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, NULL);
        g_assert_cmpuint (kouan_qr_matrix_get_version (matrix), >=, 8);
        g_assert_cmpuint (kouan_qr_matrix_get_version (matrix), <=, 10);
      }
}

static void
test_every_code_differs (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) other
    = kouan_appointment_new (SERVICE, HALL, NOW_S - 900, NOW_S + 900, NOW_US);

  g_assert_true (memcmp (kouan_appointment_get_id (other),
                         kouan_appointment_get_id (fixture->appointment), KOUAN_UUID_SIZE)
                 != 0);
  g_assert_false (kouan_secret_equal (kouan_appointment_get_secret (other),
                                      kouan_appointment_get_secret (fixture->appointment)));
}

static void
test_not_ours (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autoptr (KouanSigningKey) kiosk = kouan_signing_key_generate ();
  g_autofree char *foreign = kouan_appointment_issue (fixture->appointment, stranger);
  g_autofree char *by_kiosk = kouan_appointment_issue (fixture->appointment, kiosk);

  /* A key that counts here, but not for appointments, is no issuer. */
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (kiosk),
                     KOUAN_PURPOSE_WALK_IN | KOUAN_PURPOSE_SLIP, "kiosk");
  assert_not_ours (fixture, "");
  assert_not_ours (fixture, "https://example.org/appointment");
  assert_not_ours (fixture, "WIFI:T:WPA;S:hall;P:secret;;");
  assert_not_ours (fixture, "KR1:BB8");
  assert_not_ours (fixture, "ka1:BB8");
  assert_not_ours (fixture, foreign);
  assert_not_ours (fixture, by_kiosk);
}

/* Any one character of the text changed to any other that a QR code may hold. */
static void
test_every_character (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  g_autofree char *text = kouan_appointment_issue (fixture->appointment, fixture->issuer);
  gsize start = strlen (KOUAN_CODE_APPOINTMENT);

  for (gsize i = start; text[i] != '\0'; i++)
    {
      char kept = text[i];

      for (const char *c = alphabet; *c != '\0'; c++)
        if (*c != kept)
          {
            g_autoptr (GError) error = NULL;

            text[i] = *c;
            g_assert_null (kouan_appointment_read (text, fixture->keyring, &error));
            g_assert_true (error->domain == KOUAN_APPOINTMENT_ERROR);
          }
      text[i] = kept;
    }
}

static void
test_damaged (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_appointment_issue (fixture->appointment, fixture->issuer);
  gsize length = strlen (text);

  assert_damaged (fixture, "KA1:");
  assert_damaged (fixture, "KA1:HELLO");
  assert_damaged (fixture, "KA1:hello");
  for (gsize i = strlen (KOUAN_CODE_APPOINTMENT); i < length; i++)
    {
      g_autofree char *cut = g_strndup (text, i);

      assert_damaged (fixture, cut);
    }
  text[length - 1] = text[length - 1] == '0' ? '1' : '0'; /* in the signature */
  assert_damaged (fixture, text);
}

typedef struct
{
  guint type;
  guint version;
  guint elements;
  guint id_size;
  guint64 service;
  guint64 hall;
  gint64 not_before_s;
  gint64 expires_s;
  guint bind_size;
  guint secret_size;
  gboolean trailing;
} Payload;

static char *
sign_payload (Fixture *fixture, const Payload *payload)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 zeros[32] = { 0 };

  kouan_signed_write_head (out, payload->type, payload->version, payload->elements);
  kouan_cbor_write_bytes (out, zeros, payload->id_size);
  kouan_cbor_write_uint (out, payload->service);
  kouan_cbor_write_uint (out, payload->hall);
  kouan_cbor_write_int (out, payload->not_before_s);
  kouan_cbor_write_int (out, payload->expires_s);
  kouan_cbor_write_bytes (out, zeros, payload->bind_size);
  kouan_cbor_write_bytes (out, zeros, payload->secret_size);
  if (payload->trailing)
    kouan_cbor_write_null (out);
  return kouan_signed_code_make (KOUAN_CODE_APPOINTMENT, fixture->issuer, out);
}

/* A signature says who, not that it makes sense. */
static void
test_signed_nonsense (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const Payload good = { 1, 1, 9, 16, 5, 5, 100, 200, 10, 16, FALSE };
  const Payload wrong[] = {
    { 2, 1, 9, 16, 5, 5, 100, 200, 10, 16, FALSE },
    { 3, 1, 9, 16, 5, 5, 100, 200, 10, 16, FALSE },
    { 1, 2, 9, 16, 5, 5, 100, 200, 10, 16, FALSE },
    { 1, 1, 10, 16, 5, 5, 100, 200, 10, 16, TRUE },
    { 1, 1, 9, 15, 5, 5, 100, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 0, 5, 100, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 65536, 5, 100, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 0, 100, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, G_MAXUINT64, 100, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 200, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 201, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, -1, 200, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 100, G_MAXINT64, 10, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 100, 200, 9, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 100, 200, 11, 16, FALSE },
    { 1, 1, 9, 16, 5, 5, 100, 200, 10, 15, FALSE },
    { 1, 1, 9, 16, 5, 5, 100, 200, 10, 16, TRUE },
  };
  g_autofree char *text = sign_payload (fixture, &good);
  g_autoptr (KouanAppointment) read = kouan_appointment_read (text, fixture->keyring, NULL);

  g_assert_nonnull (read);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *nonsense = sign_payload (fixture, &wrong[i]);

      assert_damaged (fixture, nonsense);
    }
}

static void
test_judge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const struct
  {
    gint64 now_s;
    guint hall;
    gboolean used;
    KouanVerdict verdict;
  } cases[] = {
    { NOW_S, HALL, FALSE, KOUAN_VERDICT_VALID },
    { NOW_S - 900, HALL, FALSE, KOUAN_VERDICT_VALID },
    { NOW_S - 901, HALL, FALSE, KOUAN_VERDICT_TOO_EARLY },
    { NOW_S + 899, HALL, FALSE, KOUAN_VERDICT_VALID },
    { NOW_S + 900, HALL, FALSE, KOUAN_VERDICT_TOO_LATE },
    { NOW_S, HALL + 1, FALSE, KOUAN_VERDICT_OTHER_HALL },
    { NOW_S - 901, HALL + 1, FALSE, KOUAN_VERDICT_OTHER_HALL },
    { NOW_S + 900, HALL + 1, FALSE, KOUAN_VERDICT_TOO_LATE },
    { NOW_S, HALL, TRUE, KOUAN_VERDICT_USED },
    { NOW_S + 900, HALL + 1, TRUE, KOUAN_VERDICT_USED },
    { 0, HALL, FALSE, KOUAN_VERDICT_TOO_EARLY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
      kouan_appointment_judge (fixture->appointment, cases[i].hall, cases[i].now_s, cases[i].used),
      ==, cases[i].verdict);
  g_assert_cmpint (kouan_appointment_get_time_for (fixture->appointment, KOUAN_VERDICT_TOO_EARLY),
                   ==, NOW_S - 900);
  g_assert_cmpint (kouan_appointment_get_time_for (fixture->appointment, KOUAN_VERDICT_TOO_LATE),
                   ==, NOW_S + 900);
}

static gboolean
follow (KouanAppointment *appointment, const char *lines)
{
  g_autoptr (GBytes) content = g_bytes_new (lines, strlen (lines));

  return kouan_appointment_follow_list (appointment, content, HALL);
}

static KouanVerdict
judge_at (Fixture *fixture, gint64 now_s)
{
  return kouan_appointment_judge (fixture->appointment, HALL, now_s, FALSE);
}

/* The last line about a code counts, whatever else is in the list. */
static void
test_follow_list (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *id
    = kouan_hex (kouan_appointment_get_id (fixture->appointment), KOUAN_UUID_SIZE);
  g_autofree char *loud = g_ascii_strup (id, -1);
  g_autofree char *as_it_is = g_strdup_printf ("%s 301 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                                               id, NOW_S - 900, NOW_S + 900);
  g_autofree char *moved = g_strdup_printf (
    "\n%064d 1 2 3\n%s 301 5 6\r\n  %s 301 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, 7, id, loud,
    NOW_S + 5000, NOW_S + 6000);
  const char *others[]
    = { "", "\n\n", "no list at all", "00112233445566778899aabbccddeeff 301 5 6" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (follow (fixture->appointment, others[i]));
  g_assert_true (follow (fixture->appointment, as_it_is));
  g_assert_cmpint (judge_at (fixture, NOW_S - 901), ==, KOUAN_VERDICT_TOO_EARLY);
  g_assert_true (follow (fixture->appointment, moved));
  g_assert_cmpint (judge_at (fixture, NOW_S), ==, KOUAN_VERDICT_MOVED);
  g_assert_cmpint (kouan_appointment_get_time_for (fixture->appointment, KOUAN_VERDICT_MOVED), ==,
                   NOW_S + 5000);
  g_assert_cmpint (judge_at (fixture, NOW_S + 5000), ==, KOUAN_VERDICT_VALID);
  g_assert_cmpint (judge_at (fixture, NOW_S + 6000), ==, KOUAN_VERDICT_TOO_LATE);
}

static void
test_binds (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) back = read_back (fixture, fixture->appointment);
  g_autoptr (KouanSecret) other_key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  const char *same[]
    = { "L898902C3", "l898902c3", "L898902C3<<<<<", " L898 902 C3", "L-898902-C3" };
  const char *others[] = { "L898902C4", "L898902C", "L898902C36", "", "<<<", "898902C3" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_true (kouan_appointment_binds (back, fixture->hall_key, same[i], "740812"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (kouan_appointment_binds (back, fixture->hall_key, others[i], "740812"));
  g_assert_false (kouan_appointment_binds (back, fixture->hall_key, "L898902C3", "740813"));
  g_assert_false (kouan_appointment_binds (back, fixture->hall_key, "L898902C3", "19740812"));
  g_assert_false (kouan_appointment_binds (back, fixture->hall_key, "L898902C3", ""));
  g_assert_false (kouan_appointment_binds (back, other_key, "L898902C3", "740812"));
}

static void
test_unbound (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) unbound
    = kouan_appointment_new (SERVICE, HALL, NOW_S, NOW_S + 1, NOW_US);
  g_autoptr (KouanAppointment) back = read_back (fixture, unbound);

  g_assert_false (kouan_appointment_is_bound (back));
  g_assert_true (kouan_appointment_binds (back, fixture->hall_key, "ANY", "740812"));
}

static void
test_bind_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *endless = g_strnfill (65, 'A');
  g_autofree char *longest = g_strnfill (64, 'A');
  const char *dates[] = { "", "74081", "7408123", "74081A", "74-812", "19740812" };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_false (
      kouan_appointment_bind (fixture->appointment, fixture->hall_key, "L898902C3", dates[i]));
  g_assert_false (
    kouan_appointment_bind (fixture->appointment, fixture->hall_key, " <-", "740812"));
  g_assert_false (
    kouan_appointment_bind (fixture->appointment, fixture->hall_key, endless, "740812"));
  g_assert_false (kouan_appointment_is_bound (fixture->appointment));
  g_assert_true (
    kouan_appointment_bind (fixture->appointment, fixture->hall_key, longest, "74<<<<"));
}

/* Computed by another implementation: openssl dgst -sha256 -mac HMAC. Issuers rely on it. */
static void
test_bind_vector (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSecret) key = kouan_secret_new (KOUAN_KEY_SIZE);
  guint8 bind[KOUAN_BIND_SIZE];

  memset (kouan_secret_data (key), 0x0b, KOUAN_KEY_SIZE);
  g_assert_true (kouan_bind_compute (key, "l898902c3<", "740812", bind));
  kouan_test_assert_bytes (bind, sizeof bind, "ec2f3d7c7f189020678a");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/appointment/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("size", test_size);
  ADD ("every-code-differs", test_every_code_differs);
  ADD ("not-ours", test_not_ours);
  ADD ("every-character", test_every_character);
  ADD ("damaged", test_damaged);
  ADD ("signed-nonsense", test_signed_nonsense);
  ADD ("judge", test_judge);
  ADD ("follow-list", test_follow_list);
  ADD ("binds", test_binds);
  ADD ("unbound", test_unbound);
  ADD ("bind-refuses", test_bind_refuses);
  ADD ("bind-vector", test_bind_vector);
  return g_test_run ();
}
