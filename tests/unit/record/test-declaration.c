/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/declaration.h"
#include "app/record/receipt-number.h"
#include "app/record/slip.h"

#include <string.h>

/* What a border kiosk signs, as an officer's reader meets it. */

#define NOW_S 1795400000

typedef struct
{
  KouanSigningKey *key;
  KouanKeyring *keyring;
  KouanDeclaration declaration;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  self->key = kouan_signing_key_generate ();
  self->keyring = kouan_keyring_new ();
  kouan_keyring_add (self->keyring, kouan_signing_key_get_public (self->key), KOUAN_PURPOSE_SLIP,
                     "kiosk");
  self->declaration = (KouanDeclaration){ .number = kouan_receipt_number (7, 123),
                                          .hall_id = 3,
                                          .service = 21,
                                          .outcome = 2,
                                          .time_s = NOW_S,
                                          .days = 1,
                                          .travellers_count = 2,
                                          .travellers = { { "UTO", "L898902C3", 19740812 },
                                                          { "D", "C01X00T47", 0 } } };
  self->declaration.answers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->declaration.answers, g_strdup ("yes"));
  g_ptr_array_add (self->declaration.answers, g_strdup (""));
}

static void
tear_down (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  kouan_declaration_clear (&self->declaration);
  kouan_keyring_unref (self->keyring);
  kouan_signing_key_unref (self->key);
}

static void
test_round_trip (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_declaration_sign (&self->declaration, self->key);
  g_auto (KouanDeclaration) read = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (text, "KD1:"));
  g_assert_true (kouan_declaration_verify (text, self->keyring, &read, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read.number, ==, self->declaration.number);
  g_assert_cmpuint (read.hall_id, ==, 3);
  g_assert_cmpuint (read.service, ==, 21);
  g_assert_cmpuint (read.outcome, ==, 2);
  g_assert_cmpint (read.time_s, ==, NOW_S);
  g_assert_cmpuint (read.travellers_count, ==, 2);
  g_assert_cmpstr (read.travellers[0].number, ==, "L898902C3");
  g_assert_cmpuint (read.travellers[0].birth, ==, 19740812);
  g_assert_cmpstr (read.travellers[1].nationality, ==, "D");
  g_assert_cmpuint (read.answers->len, ==, 2);
  g_assert_cmpstr (read.answers->pdata[0], ==, "yes");
}

static void
test_refused (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_declaration_sign (&self->declaration, self->key);
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autofree char *foreign = kouan_declaration_sign (&self->declaration, stranger);
  g_autofree char *cut = g_strndup (text, strlen (text) - 3);
  g_autofree char *changed = g_strdup (text);
  const char *texts[] = { foreign, cut, changed, "KD1:", "KR1:ABC", "", "kd1:\xff" };

  changed[30] = changed[30] == 'A' ? 'B' : 'A';
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (KouanDeclaration) read = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (kouan_declaration_verify (texts[i], self->keyring, &read, &error));
      g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
    }
}

/* A receipt by the same key is no declaration, whatever stands before it. */
static void
test_not_a_receipt (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  KouanSlip slip = { .number = self->declaration.number, .service = 1 };
  g_autofree char *receipt = kouan_slip_sign (&slip, self->key);
  g_autofree char *renamed = g_strconcat ("KD1:", receipt + 4, NULL);
  g_auto (KouanDeclaration) read = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_declaration_verify (renamed, self->keyring, &read, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_days (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_true (kouan_declaration_counts (&self->declaration, NOW_S));
  g_assert_true (kouan_declaration_counts (&self->declaration, NOW_S - 60));
  g_assert_true (kouan_declaration_counts (&self->declaration, NOW_S + 86399));
  g_assert_false (kouan_declaration_counts (&self->declaration, NOW_S + 86400));
  g_assert_false (kouan_declaration_counts (&self->declaration, NOW_S - 7200));
}

/* Five travellers fit a code; long answers are left out before anybody is. */
static void
test_room (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;
  g_auto (KouanDeclaration) read = { 0 };

  self->declaration.travellers_count = 5;
  for (guint i = 0; i < 5; i++)
    self->declaration.travellers[i]
      = (KouanTraveller){ "UTO", "ABCDEFGHIJKLMNOPQRSTUVW", 20100101 };
  for (guint i = 0; i < 30; i++)
    g_ptr_array_add (self->declaration.answers, g_strdup ("a town with a long name"));
  text = kouan_declaration_sign (&self->declaration, self->key);
  g_assert_true (kouan_declaration_verify (text, self->keyring, &read, NULL));
  g_assert_cmpuint (read.travellers_count, ==, 5);
  g_assert_cmpuint (read.answers->len, ==, 0);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/declaration/round-trip", test_round_trip);
  ADD ("/declaration/refused", test_refused);
  ADD ("/declaration/not-a-receipt", test_not_a_receipt);
  ADD ("/declaration/days", test_days);
  ADD ("/declaration/room", test_room);
  return g_test_run ();
}
