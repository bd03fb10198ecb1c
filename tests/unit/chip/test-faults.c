/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/reading.h"
#include "tests/testlib/chip.h"

#include <string.h>

/* Chips that misbehave, and people who do. */

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

#define INFORMATION "L898902C3674081221204159"
#define OTHER_INFORMATION "L898902C3674081321204159"

static KouanTestIssuer *issuer;

typedef struct
{
  KouanTestChip *chip;
  KouanChipTransport *transport;
  KouanChipReading *reading;
} Setup;

static void
set_up (Setup *self, KouanTestChipOptions options, KouanChipPassword *password)
{
  options.lines = lines;
  self->chip = kouan_test_chip_new (issuer, &options);
  self->transport = kouan_test_chip_transport_new (self->chip);
  self->reading = kouan_chip_reading_new (password);
}

static void
tear_down (Setup *self)
{
  kouan_chip_reading_free (self->reading);
  g_object_unref (self->transport);
  kouan_test_chip_free (self->chip);
}

static void
set_up_with_lines (Setup *self, KouanTestChipOptions options)
{
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (INFORMATION);

  set_up (self, options, password);
}

static void
assert_fails (Setup *self, KouanChipError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    kouan_chip_reading_run (self->reading, self->transport, NULL, NULL, NULL, &error));
  g_assert_error (error, KOUAN_CHIP_ERROR, (int)code);
}

static void
assert_reads (Setup *self)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kouan_chip_reading_run (self->reading, self->transport, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static const KouanTestChipOptions with_bac = { .extended = TRUE };
static const KouanTestChipOptions with_pace = { .access = KOUAN_TEST_CHIP_PACE, .extended = TRUE };

/* Every fault of secure messaging, at every command after the chip was opened. */
static void
try_fault (KouanTestChipFault fault, guint at, KouanChipError code)
{
  Setup setup;

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_set_fault (setup.chip, fault, at);
  assert_fails (&setup, code);
  tear_down (&setup);
}

static void
test_secure_messaging (void)
{
  static const KouanTestChipFault faults[]
    = { KOUAN_TEST_CHIP_WRONG_MAC, KOUAN_TEST_CHIP_NO_STATUS, KOUAN_TEST_CHIP_TRUNCATED_ANSWER,
        KOUAN_TEST_CHIP_PLAIN_ANSWER, KOUAN_TEST_CHIP_OTHER_STATUS };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint at = 6; at < 10; at++)
      try_fault (faults[i], at, KOUAN_CHIP_ERROR_TAMPERED);
}

static void
test_wrong_zone (void)
{
  g_autoptr (KouanChipPassword) password = kouan_chip_password_new_information (OTHER_INFORMATION);
  g_autoptr (KouanChipPassword) can = kouan_chip_password_new_can ("654321");
  Setup setup;

  set_up (&setup, with_bac, password);
  assert_fails (&setup, KOUAN_CHIP_ERROR_ACCESS_DENIED);
  tear_down (&setup);
  set_up (&setup, with_pace, password);
  assert_fails (&setup, KOUAN_CHIP_ERROR_ACCESS_DENIED);
  tear_down (&setup);
  set_up (&setup, with_pace, can);
  assert_fails (&setup, KOUAN_CHIP_ERROR_ACCESS_DENIED);
  tear_down (&setup);
  /* A number opens no chip that knows BAC only; and nothing known opens neither. */
  set_up (&setup, with_bac, can);
  assert_fails (&setup, KOUAN_CHIP_ERROR_ACCESS_DENIED);
  tear_down (&setup);
  set_up (&setup, with_pace, NULL);
  assert_fails (&setup, KOUAN_CHIP_ERROR_ACCESS_DENIED);
  tear_down (&setup);
}

/* A chip that does not know the password either, and says yes. */
static void
test_wrong_token (void)
{
  Setup setup;

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_WRONG_TOKEN, 0);
  assert_fails (&setup, KOUAN_CHIP_ERROR_TAMPERED);
  tear_down (&setup);
  set_up_with_lines (&setup, with_pace);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_WRONG_TOKEN, 0);
  assert_fails (&setup, KOUAN_CHIP_ERROR_TAMPERED);
  tear_down (&setup);
}

static void
assert_same_file (Setup *setup, KouanChipFile file)
{
  g_autoptr (GBytes) content = kouan_chip_reading_dup_file (setup->reading, file);

  g_assert_nonnull (content);
  g_assert_true (g_bytes_equal (content, kouan_test_chip_get_file (setup->chip, file)));
}

/* Lifted at every single command, and laid back: nothing is read twice but what opens the chip. */
static void
test_lifted (void)
{
  const KouanTestChipOptions options = { .access = KOUAN_TEST_CHIP_PACE | KOUAN_TEST_CHIP_BAC,
                                         .pace_parameters = 12,
                                         .chip_protocol = "0.4.0.127.0.7.2.2.3.2.2" };
  guint whole;
  Setup setup;

  set_up_with_lines (&setup, options);
  assert_reads (&setup);
  whole = kouan_test_chip_get_count (setup.chip);
  tear_down (&setup);
  for (guint at = 1; at <= whole; at += at < 30 ? 1 : 9)
    {
      set_up_with_lines (&setup, options);
      g_test_message ("lifted at command %u of %u", at, whole);
      kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_LIFTED, at);
      assert_fails (&setup, KOUAN_CHIP_ERROR_REMOVED);
      assert_reads (&setup);
      for (KouanChipFile file = 0; file < KOUAN_CHIP_N_DOCUMENT_FILES; file++)
        if (kouan_test_chip_get_file (setup.chip, file) != NULL)
          assert_same_file (&setup, file);
      g_assert_cmpint (kouan_chip_reading_get_chip_authentication (setup.reading), ==,
                       KOUAN_RESULT_SUCCESSFUL);
      g_assert_cmpuint (kouan_test_chip_get_count (setup.chip), <=, whole + 20);
      tear_down (&setup);
    }
}

static void
cut (Setup *setup, KouanChipFile file, gsize size)
{
  g_autoptr (GBytes) part
    = g_bytes_new_from_bytes (kouan_test_chip_get_file (setup->chip, file), 0, size);

  kouan_test_chip_set_file (setup->chip, file, part);
}

static void
test_truncated_file (void)
{
  static const gsize sizes[] = { 10, 223, 230, 1000, 11000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Setup setup;

      set_up_with_lines (&setup, with_bac);
      cut (&setup, KOUAN_CHIP_FILE_DG2, sizes[i]);
      assert_fails (&setup, KOUAN_CHIP_ERROR_TRUNCATED);
      tear_down (&setup);
    }
}

static void
test_file_that_is_none (void)
{
  g_autoptr (GBytes) other = g_bytes_new_static ("\x62\x01\x00", 3);
  g_autoptr (GBytes) huge = g_bytes_new_static ("\x75\x84\x7f\xff\xff\xff\x00", 7);
  g_autoptr (GBytes) endless = g_bytes_new_static ("\x75\x80\x00\x00", 4);
  GBytes *contents[] = { other, huge, endless };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      Setup setup;

      set_up_with_lines (&setup, with_bac);
      kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_DG2, contents[i]);
      assert_fails (&setup, KOUAN_CHIP_ERROR_MALFORMED);
      tear_down (&setup);
    }
}

/* What is missing is missing, and only the zone has to be there. */
static void
test_missing_files (void)
{
  Setup setup;

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_COM, NULL);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_SOD, NULL);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_DG2, NULL);
  assert_reads (&setup);
  g_assert_null (kouan_chip_reading_dup_file (setup.reading, KOUAN_CHIP_FILE_SOD));
  assert_same_file (&setup, KOUAN_CHIP_FILE_DG1);
  tear_down (&setup);

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_DG1, NULL);
  assert_fails (&setup, KOUAN_CHIP_ERROR_FILE_MISSING);
  tear_down (&setup);
}

static void
try_clone (KouanTestChipOptions options, gboolean by_chip, gboolean by_signature)
{
  Setup setup;

  set_up_with_lines (&setup, options);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_CLONE, 0);
  assert_reads (&setup);
  assert_same_file (&setup, KOUAN_CHIP_FILE_DG2);
  g_assert_cmpint (kouan_chip_reading_get_chip_authentication (setup.reading), ==,
                   by_chip ? KOUAN_RESULT_FAILED : KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (kouan_chip_reading_get_active_authentication (setup.reading), ==,
                   by_signature ? KOUAN_RESULT_FAILED : KOUAN_RESULT_NOT_SUPPORTED);
  tear_down (&setup);
}

/* A copy of all files on another chip: it is read, and it fails. */
static void
test_clone (void)
{
  try_clone ((KouanTestChipOptions){ .chip_protocol = "0.4.0.127.0.7.2.2.3.2.1" }, TRUE, FALSE);
  try_clone ((KouanTestChipOptions){ .chip_protocol = "0.4.0.127.0.7.2.2.3.2.4",
                                     .access = KOUAN_TEST_CHIP_PACE },
             TRUE, FALSE);
  try_clone ((KouanTestChipOptions){ .active = KOUAN_TEST_CHIP_AA_RSA_SHA1 }, FALSE, TRUE);
  try_clone ((KouanTestChipOptions){ .active = KOUAN_TEST_CHIP_AA_ECDSA }, FALSE, TRUE);
  try_clone ((KouanTestChipOptions){ .chip_protocol = "0.4.0.127.0.7.2.2.3.2.2",
                                     .active = KOUAN_TEST_CHIP_AA_RSA_SHA256,
                                     .extended = TRUE },
             TRUE, TRUE);
}

/* A chip that announces extended length and does not know it is read in short commands. */
static void
test_false_promise (void)
{
  const KouanTestChipOptions options
    = { .access = KOUAN_TEST_CHIP_PACE, .answer_max = 5000, .extended = FALSE };
  Setup setup;

  set_up_with_lines (&setup, options);
  assert_reads (&setup);
  assert_same_file (&setup, KOUAN_CHIP_FILE_DG2);
  tear_down (&setup);
}

/* A reader that fails at extended length is found out by the first command, and asked no more. */
static void
test_short_reader (void)
{
  const KouanTestChipOptions options = { .access = KOUAN_TEST_CHIP_PACE, .extended = TRUE };
  Setup setup;

  set_up_with_lines (&setup, options);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_SHORT_READER, 0);
  assert_reads (&setup);
  assert_same_file (&setup, KOUAN_CHIP_FILE_DG2);
  g_assert_cmpuint (kouan_chip_reading_get_command_count (setup.reading), <=, 100);
  tear_down (&setup);
}

/* EF.CardAccess that names what nobody knows: BAC is the way. */
static void
test_unknown_pace (void)
{
  g_autoptr (GBytes) infos = g_bytes_new_static (
    "\x31\x14\x30\x12\x06\x0a\x04\x00\x7f\x00\x07\x02\x02\x04\x09\x09\x02\x01\x02\x02\x01\x0d", 22);
  Setup setup;

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_CARD_ACCESS, infos);
  assert_reads (&setup);
  g_assert_cmpint (kouan_chip_reading_get_access (setup.reading), ==, KOUAN_CHIP_ACCESS_BAC);
  tear_down (&setup);
}

static gpointer
cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

/* Nobody lays a card down, and somebody loses patience. */
static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  Setup setup;

  set_up_with_lines (&setup, with_bac);
  kouan_test_chip_transport_lay (setup.transport, NULL);
  thread = g_thread_new ("cancel", cancel, cancellable);
  g_assert_false (
    kouan_chip_reading_run (setup.reading, setup.transport, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  tear_down (&setup);
}

static void
cancel_in_the_middle (KouanChipStage stage, double fraction, gpointer data)
{
  if (stage == KOUAN_CHIP_STAGE_READING && fraction > 0.3)
    g_cancellable_cancel (data);
}

static void
test_cancelled_while_reading (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint count;
  Setup setup;

  set_up_with_lines (&setup, (KouanTestChipOptions){ 0 });
  g_assert_false (kouan_chip_reading_run (setup.reading, setup.transport, cancel_in_the_middle,
                                          cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  count = kouan_test_chip_get_count (setup.chip);
  g_assert_cmpuint (count, <, 50);
  tear_down (&setup);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  issuer = kouan_test_issuer_new (NULL);
  g_test_add_func ("/chip/faults/secure-messaging", test_secure_messaging);
  g_test_add_func ("/chip/faults/wrong-zone", test_wrong_zone);
  g_test_add_func ("/chip/faults/wrong-token", test_wrong_token);
  g_test_add_func ("/chip/faults/lifted", test_lifted);
  g_test_add_func ("/chip/faults/truncated-file", test_truncated_file);
  g_test_add_func ("/chip/faults/file-that-is-none", test_file_that_is_none);
  g_test_add_func ("/chip/faults/missing-files", test_missing_files);
  g_test_add_func ("/chip/faults/clone", test_clone);
  g_test_add_func ("/chip/faults/false-promise", test_false_promise);
  g_test_add_func ("/chip/faults/short-reader", test_short_reader);
  g_test_add_func ("/chip/faults/unknown-pace", test_unknown_pace);
  g_test_add_func ("/chip/faults/cancelled", test_cancelled);
  g_test_add_func ("/chip/faults/cancelled-while-reading", test_cancelled_while_reading);
  result = g_test_run ();
  kouan_test_issuer_free (issuer);
  return result;
}
