/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/reading.h"
#include "tests/testlib/chip.h"

#include <stdio.h>

/* Whole readings of the tests' chip, in the process. Own time is what the reading takes without the
 * transport, and so without the chip; beside it stands how long the files alone take over the air
 * at 424 kbit/s, the usual rate of a passport. */

#define ROUNDS 15
#define BITS_A_MS 424.0

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static gsize
bytes_of (KouanTestChip *chip)
{
  gsize sum = 0;

  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
    if (kouan_test_chip_get_file (chip, file) != NULL)
      sum += g_bytes_get_size (kouan_test_chip_get_file (chip, file));
  return sum;
}

static void
measure (KouanTestIssuer *issuer, const char *name, KouanTestChipOptions options)
{
  g_autoptr (KouanTestChip) chip = NULL;
  g_autoptr (KouanChipTransport) transport = NULL;
  g_autoptr (KouanChipPassword) password
    = kouan_chip_password_new_information ("L898902C3674081221204159");
  gint64 own_us[ROUNDS];
  guint commands = 0;
  double line_ms;

  options.lines = lines;
  chip = kouan_test_chip_new (issuer, &options);
  transport = kouan_test_chip_transport_new (chip);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (KouanChipReading) reading = kouan_chip_reading_new (password);
      g_autoptr (GError) error = NULL;

      if (!kouan_chip_reading_run (reading, transport, NULL, NULL, NULL, &error))
        g_error ("%s", error->message);
      own_us[i] = kouan_chip_reading_get_own_us (reading);
      commands = kouan_chip_reading_get_command_count (reading);
    }
  qsort (own_us, ROUNDS, sizeof own_us[0], compare);
  line_ms = (double)bytes_of (chip) * 8 / BITS_A_MS;
  printf ("%-44s %4u commands  own %6.2f ms (worst %6.2f)  air %6.1f ms  ratio %.3f\n", name,
          commands, (double)own_us[ROUNDS / 2] / 1000, (double)own_us[ROUNDS - 1] / 1000, line_ms,
          (double)own_us[ROUNDS / 2] / 1000 / line_ms);
}

int
main (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autofree guint8 *portrait = g_malloc0 (16000);
  KouanTestChipOptions options = { .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC,
                                   .chip_protocol = "0.4.0.127.0.7.2.2.3.2.2",
                                   .chip_group = "brainpoolP256r1",
                                   .portrait = portrait,
                                   .portrait_size = 16000 };

  measure (issuer, "BAC, 12 kB portrait", (KouanTestChipOptions){ 0 });
  measure (issuer, "PACE and chip authentication, 16 kB", options);
  options.extended = TRUE;
  measure (issuer, "the same, extended length found by trying", options);
  options.answer_max = 32000;
  measure (issuer, "the same, extended length announced", options);
  options.pace_parameters = 18;
  options.pace_protocol = "0.4.0.127.0.7.2.2.4.2.4";
  options.chip_group = "P-521";
  options.chip_protocol = "0.4.0.127.0.7.2.2.3.2.4";
  measure (issuer, "the same, P-521 and AES-256", options);
  return 0;
}
