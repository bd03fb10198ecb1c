/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/reading.h"
#include "app/crypto/primitives.h"
#include "tests/testlib/chip.h"

#include <string.h>

/* Whole readings of chips that behave. */

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

static KouanTestIssuer *issuer;

static KouanChipPassword *
password_of_lines (void)
{
  return kouan_chip_password_new_information ("L898902C3674081221204159");
}

static KouanChipReading *
read_with (KouanTestChip *chip, KouanChipPassword *password)
{
  g_autoptr (KouanChipTransport) transport = kouan_test_chip_transport_new (chip);
  KouanChipReading *reading = kouan_chip_reading_new (password);
  g_autoptr (GError) error = NULL;

  if (!kouan_chip_reading_run (reading, transport, NULL, NULL, NULL, &error))
    g_assert_no_error (error);
  return reading;
}

static void
assert_all_files (KouanChipReading *reading, KouanTestChip *chip)
{
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    {
      g_autoptr (GBytes) content = kouan_chip_reading_dup_file (reading, file);
      GBytes *expected = kouan_test_chip_get_file (chip, file);

      g_assert_true ((content == NULL) == (expected == NULL));
      g_assert_true (content == NULL || g_bytes_equal (content, expected));
    }
}

static void
read_and_compare (KouanTestChipOptions options, KouanChipAccessProtocol protocol)
{
  g_autoptr (KouanTestChip) chip = NULL;
  g_autoptr (KouanChipPassword) password = password_of_lines ();
  g_autoptr (KouanChipReading) reading = NULL;

  options.lines = lines;
  chip = kouan_test_chip_new (issuer, &options);
  reading = read_with (chip, password);
  assert_all_files (reading, chip);
  g_assert_cmpint (kouan_chip_reading_get_access (reading), ==, protocol);
  g_assert_cmpint (kouan_chip_reading_get_chip_authentication (reading), ==,
                   options.chip_protocol != NULL && protocol != KOUAN_CHIP_ACCESS_NONE
                     ? KOUAN_RESULT_SUCCESSFUL
                     : KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (kouan_chip_reading_get_active_authentication (reading), ==,
                   options.active != KOUAN_TEST_CHIP_AA_NONE && options.chip_protocol == NULL
                     ? KOUAN_RESULT_SUCCESSFUL
                     : KOUAN_RESULT_NOT_SUPPORTED);
}

static void
test_bac (void)
{
  read_and_compare ((KouanTestChipOptions){ 0 }, KOUAN_CHIP_ACCESS_BAC);
}

static void
test_open (void)
{
  read_and_compare ((KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_OPEN },
                    KOUAN_CHIP_ACCESS_NONE);
}

static void
test_without_short_identifiers (void)
{
  read_and_compare ((KouanTestChipOptions){ .no_short_identifiers = TRUE }, KOUAN_CHIP_ACCESS_BAC);
  read_and_compare (
    (KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE, .no_short_identifiers = TRUE },
    KOUAN_CHIP_ACCESS_PACE);
}

/* Every curve of 9303-11 table 6 with one cipher, and every cipher on one curve. */
static void
test_pace_curves (void)
{
  for (guint parameters = 8; parameters <= 18; parameters++)
    read_and_compare (
      (KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE, .pace_parameters = parameters },
      KOUAN_CHIP_ACCESS_PACE);
}

static void
test_pace_ciphers (void)
{
  for (guint cipher = 1; cipher <= 4; cipher++)
    {
      g_autofree char *protocol = g_strdup_printf ("0.4.0.127.0.7.2.2.4.2.%u", cipher);

      read_and_compare (
        (KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC,
                                .pace_protocol = protocol,
                                .pace_parameters = 12 },
        KOUAN_CHIP_ACCESS_PACE);
    }
}

static void
test_pace_primes (void)
{
  for (guint parameters = 1; parameters <= 2; parameters++)
    read_and_compare ((KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE,
                                              .pace_protocol = "0.4.0.127.0.7.2.2.4.1.2",
                                              .pace_parameters = parameters,
                                              .extended = TRUE },
                      KOUAN_CHIP_ACCESS_PACE);
}

static void
test_can (void)
{
  const KouanTestChipOptions options
    = { .lines = lines, .access = KOUAN_TEST_CHIP_PACE, .can = "004711" };
  g_autoptr (KouanTestChip) chip = kouan_test_chip_new (issuer, &options);
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_can ("004711");
  g_autoptr (KouanChipReading) reading = read_with (chip, password);

  assert_all_files (reading, chip);
  g_assert_null (kouan_chip_password_new_can ("00471"));
  g_assert_null (kouan_chip_password_new_can ("00471A"));
}

static void
test_chip_authentication (void)
{
  static const struct
  {
    const char *protocol;
    const char *group;
  } chips[] = {
    { "0.4.0.127.0.7.2.2.3.2.1", "P-256" },       { "0.4.0.127.0.7.2.2.3.2.2", "brainpoolP256r1" },
    { "0.4.0.127.0.7.2.2.3.2.3", "P-384" },       { "0.4.0.127.0.7.2.2.3.2.4", "P-521" },
    { "0.4.0.127.0.7.2.2.3.1.2", "dh_2048_256" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    read_and_compare ((KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC,
                                              .chip_protocol = chips[i].protocol,
                                              .chip_group = chips[i].group,
                                              .extended = TRUE },
                      KOUAN_CHIP_ACCESS_PACE);
  read_and_compare ((KouanTestChipOptions){ .chip_protocol = chips[0].protocol },
                    KOUAN_CHIP_ACCESS_BAC);
}

static void
test_active_authentication (void)
{
  for (KouanTestChipActive active = KOUAN_TEST_CHIP_AA_RSA_SHA1; active <= KOUAN_TEST_CHIP_AA_ECDSA;
       active++)
    read_and_compare ((KouanTestChipOptions){ .active = active, .extended = TRUE },
                      KOUAN_CHIP_ACCESS_BAC);
  read_and_compare ((KouanTestChipOptions){ .active = KOUAN_TEST_CHIP_AA_RSA_SHA1 },
                    KOUAN_CHIP_ACCESS_BAC);
}

static void
test_lengths (void)
{
  static const gsize sizes[] = { 1, 100, 127, 128, 255, 256, 32700, 33000, 65500, 70000, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *portrait = g_malloc (sizes[i]);

      kouan_random_bytes (portrait, sizes[i]);
      read_and_compare ((KouanTestChipOptions){ .portrait = portrait, .portrait_size = sizes[i] },
                        KOUAN_CHIP_ACCESS_BAC);
      read_and_compare ((KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE,
                                                .extended = TRUE,
                                                .answer_max = 2000,
                                                .portrait = portrait,
                                                .portrait_size = sizes[i] },
                        KOUAN_CHIP_ACCESS_PACE);
    }
}

static guint
count_commands (KouanTestChipOptions options)
{
  g_autoptr (KouanTestChip) chip = NULL;
  g_autoptr (KouanChipPassword) password = password_of_lines ();
  g_autoptr (KouanChipReading) reading = NULL;

  options.lines = lines;
  chip = kouan_test_chip_new (issuer, &options);
  reading = read_with (chip, password);
  g_assert_cmpuint (kouan_chip_reading_get_command_count (reading), ==,
                    kouan_test_chip_get_count (chip));
  return kouan_test_chip_get_count (chip);
}

/* A usual portrait of 12,000 bytes, and a large one, with everything there is to prove: a chip that
 * does not know extended length says so before the talk is secure. */
static void
test_few_commands (void)
{
  g_autofree guint8 *large = g_malloc0 (16000);
  KouanTestChipOptions options = { .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC,
                                   .chip_protocol = "0.4.0.127.0.7.2.2.3.2.2",
                                   .active = KOUAN_TEST_CHIP_AA_RSA_SHA256 };

  g_assert_cmpuint (count_commands (options), <=, 80);
  options.portrait = large;
  options.portrait_size = 16000;
  g_assert_cmpuint (count_commands (options), <=, 100);
  options.portrait = NULL;
  options.extended = TRUE;
  g_assert_cmpuint (count_commands (options), <=, 30);
  options.answer_max = 32000;
  g_assert_cmpuint (count_commands (options), <=, 24);
}

static void
test_card_access_is_compared (void)
{
  const KouanTestChipOptions options
    = { .lines = lines, .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC };
  g_autoptr (KouanTestChip) chip = kouan_test_chip_new (issuer, &options);
  g_autoptr (KouanChipPassword) password = password_of_lines ();
  g_autoptr (KouanChipReading) honest = read_with (chip, password);
  g_autoptr (KouanChipReading) hidden = NULL;

  g_assert_cmpint (kouan_chip_reading_get_card_access (honest), ==, KOUAN_RESULT_SUCCESSFUL);
  /* Somebody in between hides that the chip knows PACE. */
  kouan_test_chip_set_file (chip, KOUAN_CHIP_FILE_CARD_ACCESS, NULL);
  hidden = read_with (chip, password);
  g_assert_cmpint (kouan_chip_reading_get_access (hidden), ==, KOUAN_CHIP_ACCESS_BAC);
  g_assert_cmpint (kouan_chip_reading_get_card_access (hidden), ==, KOUAN_RESULT_FAILED);
}

typedef struct
{
  KouanChipStage stage;
  double fraction;
  guint count;
} Seen;

static void
on_progress (KouanChipStage stage, double fraction, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpint (stage, >=, seen->stage);
  if (stage == KOUAN_CHIP_STAGE_READING)
    {
      g_assert_cmpfloat (fraction, >=, seen->fraction);
      g_assert_cmpfloat (fraction, <=, 1);
      seen->fraction = fraction;
    }
  seen->stage = stage;
  seen->count++;
}

static void
test_progress (void)
{
  const KouanTestChipOptions options = { .lines = lines };
  g_autoptr (KouanTestChip) chip = kouan_test_chip_new (issuer, &options);
  g_autoptr (KouanChipTransport) transport = kouan_test_chip_transport_new (chip);
  g_autoptr (KouanChipPassword) password = password_of_lines ();
  g_autoptr (KouanChipReading) reading = kouan_chip_reading_new (password);
  Seen seen = { 0 };

  g_assert_true (kouan_chip_reading_run (reading, transport, on_progress, &seen, NULL, NULL));
  g_assert_cmpint (seen.stage, ==, KOUAN_CHIP_STAGE_READING);
  g_assert_cmpfloat (seen.fraction, ==, 1);
  g_assert_cmpuint (seen.count, >, 10);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  issuer = kouan_test_issuer_new (NULL);
  g_test_add_func ("/chip/reading/bac", test_bac);
  g_test_add_func ("/chip/reading/open", test_open);
  g_test_add_func ("/chip/reading/without-short-identifiers", test_without_short_identifiers);
  g_test_add_func ("/chip/reading/pace/curves", test_pace_curves);
  g_test_add_func ("/chip/reading/pace/ciphers", test_pace_ciphers);
  g_test_add_func ("/chip/reading/pace/primes", test_pace_primes);
  g_test_add_func ("/chip/reading/pace/can", test_can);
  g_test_add_func ("/chip/reading/chip-authentication", test_chip_authentication);
  g_test_add_func ("/chip/reading/active-authentication", test_active_authentication);
  g_test_add_func ("/chip/reading/lengths", test_lengths);
  g_test_add_func ("/chip/reading/few-commands", test_few_commands);
  g_test_add_func ("/chip/reading/card-access", test_card_access_is_compared);
  g_test_add_func ("/chip/reading/progress", test_progress);
  result = g_test_run ();
  kouan_test_issuer_free (issuer);
  return result;
}
