/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/chip-reader.h"
#include "tests/testlib/chip.h"
#include "tests/testlib/fixture.h"

/* The document reader of the kiosk over a chip: asynchronous, with progress, and with everything
 * that people do. */

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
static const char *const other_name[] = { "P<UTOERIKSEN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<",
                                          "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
static const char *const other_nation[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                            "L898902C36XXA7408122F1204159ZE184226B<<<<<10", NULL };

static KouanTestIssuer *issuer;

typedef struct
{
  KouanTestChip *chip;
  KouanChipTransport *transport;
  KouanChipReader *reader;
  GCancellable *cancellable;

  gboolean is_done;
  KouanReadStage stage;
  guint news;
  guint news_when_done;
  KouanDocumentReading *reading;
  GError *error;
} Setup;

static void
set_up (Setup *self, KouanTestChipOptions options)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  options.lines = lines;
  *self = (Setup){ .chip = kouan_test_chip_new (issuer, &options),
                   .cancellable = g_cancellable_new () };
  self->transport = kouan_test_chip_transport_new (self->chip);
  self->reader = kouan_chip_reader_new (self->transport, clock);
}

static void
forget_reading (Setup *self)
{
  g_clear_pointer (&self->reading, kouan_document_reading_unref);
  g_clear_error (&self->error);
  self->is_done = FALSE;
  self->stage = KOUAN_READ_WAITING;
}

static void
tear_down (Setup *self)
{
  g_assert_cmpuint (self->news, ==, self->news_when_done);
  forget_reading (self);
  g_object_unref (self->reader);
  g_object_unref (self->transport);
  g_object_unref (self->cancellable);
  kouan_test_chip_free (self->chip);
}

static void
on_progress (KouanReadStage stage, double fraction, gpointer data)
{
  Setup *self = data;

  g_assert_cmpint (stage, >=, self->stage);
  g_assert_cmpfloat (fraction, <=, 1);
  self->stage = stage;
  self->news++;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Setup *self = data;

  self->reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &self->error);
  self->news_when_done = self->news;
  self->is_done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Setup *)data)->is_done;
}

static void
begin (Setup *self, const char *const *known_lines)
{
  g_autoptr (KouanMrz) known = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 6, 2026);
  if (known_lines != NULL)
    known = kouan_mrz_parse (known_lines, &today, NULL);
  forget_reading (self);
  kouan_document_reader_read_async (KOUAN_DOCUMENT_READER (self->reader), known, on_progress, self,
                                    self->cancellable, on_read, self);
}

static void
read_now (Setup *self, const char *const *known_lines)
{
  begin (self, known_lines);
  kouan_test_wait_for (is_done, self);
}

static KouanResult
result_of (Setup *self, const char *id, KouanSource source)
{
  const KouanCheck *check
    = kouan_checks_get (kouan_document_reading_get_checks (self->reading), id, source);

  g_assert_nonnull (check);
  return check->result;
}

static void
test_reads (void)
{
  Setup setup;
  GBytes *portrait;

  set_up (&setup, (KouanTestChipOptions){ .chip_protocol = "0.4.0.127.0.7.2.2.3.2.2" });
  read_now (&setup, lines);
  g_assert_no_error (setup.error);
  g_assert_cmpint (setup.stage, ==, KOUAN_READ_CHECKING);
  g_assert_cmpint (kouan_document_reading_get_source (setup.reading), ==, KOUAN_SOURCE_ELECTRONIC);
  g_assert_cmpstr (kouan_document_reading_get_mrz (setup.reading)->primary, ==, "ERIKSSON");
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_ACCESS, KOUAN_SOURCE_ELECTRONIC), ==,
                   KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_AUTHENTICATION, KOUAN_SOURCE_ELECTRONIC), ==,
                   KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (
    result_of (&setup, KOUAN_CHECK_CHIP_ACTIVE_AUTHENTICATION, KOUAN_SOURCE_ELECTRONIC), ==,
    KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_MRZ, KOUAN_SOURCE_COMBINED), ==,
                   KOUAN_RESULT_SUCCESSFUL);
  portrait = kouan_document_reading_get_file (setup.reading, "EF.DG2");
  g_assert_true (
    g_bytes_equal (portrait, kouan_test_chip_get_file (setup.chip, KOUAN_CHIP_FILE_DG2)));
  g_assert_null (kouan_document_reading_get_file (setup.reading, "EF.DG3"));
  tear_down (&setup);
}

/* The page says something else than the chip that it opens. */
static void
test_compares_page_and_chip (void)
{
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ 0 });
  read_now (&setup, other_name);
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_MRZ, KOUAN_SOURCE_COMBINED), ==,
                   KOUAN_RESULT_UNDETERMINED);
  read_now (&setup, other_nation);
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_MRZ, KOUAN_SOURCE_COMBINED), ==,
                   KOUAN_RESULT_FAILED);
  tear_down (&setup);
}

static void
test_lifted_and_laid_back (void)
{
  guint before;
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ 0 });
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_LIFTED, 50);
  read_now (&setup, lines);
  g_assert_error (setup.error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_REMOVED);
  before = kouan_test_chip_get_count (setup.chip);
  read_now (&setup, lines);
  g_assert_no_error (setup.error);
  g_assert_cmpuint (kouan_test_chip_get_count (setup.chip) - before, <, 50);
  tear_down (&setup);
}

/* Another document in between: nothing of the first one is left. */
static void
test_another_document (void)
{
  guint before;
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_BAC | KOUAN_TEST_CHIP_PACE });
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_LIFTED, 50);
  read_now (&setup, lines);
  g_assert_error (setup.error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_REMOVED);
  before = kouan_test_chip_get_count (setup.chip);
  g_assert_true (kouan_chip_reader_set_can (setup.reader, "123456"));
  read_now (&setup, NULL);
  g_assert_no_error (setup.error);
  g_assert_cmpuint (kouan_test_chip_get_count (setup.chip) - before, >, 50);
  tear_down (&setup);
}

static void
test_each_failure_has_its_code (void)
{
  static const char *const wrong[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "L898902C36UTO7409121F1204159ZE184226B<<<<<16", NULL };
  g_autoptr (GBytes) nothing = g_bytes_new_static ("\x61\x02\x30\x00", 4);
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ 0 });
  read_now (&setup, wrong);
  g_assert_error (setup.error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_LOCKED);
  g_assert_cmpint (kouan_chip_reader_get_details (setup.reader)->error, ==,
                   KOUAN_CHIP_ERROR_ACCESS_DENIED);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_WRONG_MAC, 0);
  read_now (&setup, lines);
  g_assert_error (setup.error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_TAMPERED);
  kouan_test_chip_set_fault (setup.chip, KOUAN_TEST_CHIP_WORKS, 0);
  kouan_test_chip_set_file (setup.chip, KOUAN_CHIP_FILE_DG1, nothing);
  read_now (&setup, lines);
  g_assert_error (setup.error, KOUAN_DOCUMENT_READER_ERROR, KOUAN_DOCUMENT_READER_ERROR_UNREADABLE);
  for (KouanDocumentReaderError code = 0; code < KOUAN_DOCUMENT_READER_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (KOUAN_DOCUMENT_READER_ERROR, (int)code, "");

      g_assert_cmpstr (kouan_document_reader_error_title (error), !=, "");
      g_assert_cmpstr (kouan_document_reader_error_remedy (error), !=, "");
    }
  tear_down (&setup);
}

/* Nothing lies there and the person goes away: the wait ends, and the next one is a new one. */
static void
test_cancelled (void)
{
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ 0 });
  kouan_test_chip_transport_lay (setup.transport, NULL);
  begin (&setup, lines);
  g_cancellable_cancel (setup.cancellable);
  kouan_test_wait_for (is_done, &setup);
  g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_reset (setup.cancellable);
  kouan_test_chip_transport_lay (setup.transport, setup.chip);
  read_now (&setup, lines);
  g_assert_no_error (setup.error);
  tear_down (&setup);
}

/* Written as files and played from them: the twin that ships. */
static void
test_folder (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *source = g_strconcat ("file:", folder, NULL);
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  Setup setup;

  set_up (&setup, (KouanTestChipOptions){ .access = KOUAN_TEST_CHIP_PACE });
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      g_autofree char *path = g_build_filename (folder, kouan_chip_file_info (file)->name, NULL);
      GBytes *content = kouan_test_chip_get_file (setup.chip, file);

      if (content != NULL)
        g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                                            (gssize)g_bytes_get_size (content), NULL));
    }
  g_object_unref (setup.reader);
  setup.reader = kouan_chip_reader_new_for_source (source, clock, NULL);
  read_now (&setup, lines);
  g_assert_no_error (setup.error);
  g_assert_cmpint (result_of (&setup, KOUAN_CHECK_CHIP_ACCESS, KOUAN_SOURCE_ELECTRONIC), ==,
                   KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_cmpstr (kouan_document_reading_get_mrz (setup.reading)->document_number, ==,
                   "L898902C3");
  g_assert_null (kouan_chip_reader_new_for_source ("chip:x", clock, NULL));
  tear_down (&setup);
  kouan_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  issuer = kouan_test_issuer_new (NULL);
  g_test_add_func ("/chip/reader/reads", test_reads);
  g_test_add_func ("/chip/reader/page-and-chip", test_compares_page_and_chip);
  g_test_add_func ("/chip/reader/lifted-and-laid-back", test_lifted_and_laid_back);
  g_test_add_func ("/chip/reader/another-document", test_another_document);
  g_test_add_func ("/chip/reader/codes", test_each_failure_has_its_code);
  g_test_add_func ("/chip/reader/cancelled", test_cancelled);
  g_test_add_func ("/chip/reader/folder", test_folder);
  result = g_test_run ();
  kouan_test_issuer_free (issuer);
  return result;
}
