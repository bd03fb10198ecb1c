/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-typing.h"
#include "app/identity/typed-reader.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* What a screen asks while a person types, the results of checks, and the reader that waits for a
 * person. */

#define TD3_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define TD3_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define YEAR_2010_US G_GINT64_CONSTANT (1270000000000000)
#define YEAR_2026_US G_GINT64_CONSTANT (1795000000000000)

static const char *const lines[] = { TD3_1, TD3_2, NULL };

static void
test_cells (void)
{
  g_assert_cmpuint (kouan_mrz_line_count (KOUAN_MRZ_TD1), ==, 3);
  g_assert_cmpuint (kouan_mrz_line_length (KOUAN_MRZ_MRV_B), ==, 36);
  g_assert_cmpint (kouan_mrz_alphabet_at (KOUAN_MRZ_TD3, 0, 0), ==, KOUAN_MRZ_LETTERS);
  g_assert_cmpint (kouan_mrz_alphabet_at (KOUAN_MRZ_TD3, 0, 20), ==,
                   KOUAN_MRZ_LETTERS | KOUAN_MRZ_FILLER);
  g_assert_cmpint (kouan_mrz_alphabet_at (KOUAN_MRZ_TD3, 1, 19), ==, KOUAN_MRZ_DIGITS);
  g_assert_cmpint (kouan_mrz_alphabet_at (KOUAN_MRZ_TD3, 1, 44), ==, 0);
  g_assert_cmpint (kouan_mrz_field_at (KOUAN_MRZ_TD3, 1, 13), ==, KOUAN_MRZ_FIELD_BIRTH);
  g_assert_cmpint (kouan_mrz_field_at (KOUAN_MRZ_TD1, 2, 29), ==, KOUAN_MRZ_FIELD_NAME);
  g_assert_cmpint (kouan_mrz_field_at (KOUAN_MRZ_TD1, 3, 0), ==, KOUAN_MRZ_FIELD_NONE);
}

/* Each cell of each format belongs to one field. */
static void
test_cells_are_covered (void)
{
  for (guint format = 0; format < KOUAN_MRZ_N_FORMATS; format++)
    for (guint line = 0; line < kouan_mrz_line_count (format); line++)
      for (guint cell = 0; cell < kouan_mrz_line_length (format); cell++)
        {
          g_assert_cmpint (kouan_mrz_field_at (format, line, cell), !=, KOUAN_MRZ_FIELD_NONE);
          g_assert_cmpint (kouan_mrz_alphabet_at (format, line, cell), !=, 0);
        }
}

static guint
guess (const char *first, const char *second)
{
  const char *const typed[] = { first, second, NULL };

  return kouan_mrz_guess (typed);
}

static void
test_guess (void)
{
  guint cards = 1u << KOUAN_MRZ_TD1 | 1u << KOUAN_MRZ_TD2;

  g_assert_cmpuint (guess ("", NULL), ==, 0x1f);
  g_assert_cmpuint (guess ("P<U", NULL), ==, 1u << KOUAN_MRZ_TD3);
  g_assert_cmpuint (guess ("v", NULL), ==, 1u << KOUAN_MRZ_MRV_A | 1u << KOUAN_MRZ_MRV_B);
  g_assert_cmpuint (guess ("I<UTO", NULL), ==, cards);
  g_assert_cmpuint (guess ("I<UTOD231458907<<<<<<<<<<<<<<<", "7"), ==, 1u << KOUAN_MRZ_TD1);
  g_assert_cmpuint (guess ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<", NULL), ==, 1u << KOUAN_MRZ_TD2);
  g_assert_cmpuint (guess (TD3_1 "<", NULL), ==, 0);
}

static void
test_fill (void)
{
  g_autofree char *name = kouan_mrz_fill (KOUAN_MRZ_TD3, 0, "P<UTOERIKSSON<<ANNA<MARIA");
  g_autofree char *number = kouan_mrz_fill (KOUAN_MRZ_TD3, 1, "AB12");
  g_autofree char *full = kouan_mrz_fill (KOUAN_MRZ_TD3, 1, TD3_2);

  g_assert_cmpstr (name, ==, TD3_1);
  g_assert_cmpstr (number, ==, "AB12<<<<<"); /* the check digit is the person's to type */
  g_assert_cmpstr (full, ==, TD3_2);
}

static guint
typed_problems (const char *second, KouanMrzProblem *first_problem)
{
  const char *const typed[] = { TD3_1, second, NULL };
  g_autoptr (GArray) problems = kouan_mrz_check_typed (KOUAN_MRZ_TD3, typed);

  if (problems->len > 0 && first_problem != NULL)
    *first_problem = g_array_index (problems, KouanMrzProblem, 0);
  return problems->len;
}

static void
test_check_typed (void)
{
  KouanMrzProblem problem = { 0 };

  g_assert_cmpuint (typed_problems ("", NULL), ==, 0);
  g_assert_cmpuint (typed_problems ("L898902C3", NULL), ==, 0);
  g_assert_cmpuint (typed_problems ("L898902C35", &problem), ==, 1); /* at once, not at the end */
  g_assert_cmpint (problem.field, ==, KOUAN_MRZ_FIELD_DOCUMENT_NUMBER);
  g_assert_cmpuint (typed_problems ("L898902C36UTO7408122F120415", NULL), ==, 0);
  g_assert_cmpuint (typed_problems ("L898902C36UTO74081z", &problem), ==, 1);
  g_assert_cmpuint (problem.start, ==, 18);
  g_assert_cmpuint (typed_problems (TD3_2, NULL), ==, 0);
  g_assert_cmpuint (typed_problems (TD3_2 "<<", &problem), ==, 1);
  g_assert_cmpint (problem.code, ==, KOUAN_MRZ_PROBLEM_LINE_LENGTH);
}

static KouanMrz *
specimen (int year, GDate *today)
{
  g_date_clear (today, 1);
  g_date_set_dmy (today, 15, 4, year);
  return kouan_mrz_parse (lines, today, NULL);
}

static KouanResult
result_of (KouanChecks *checks, const char *id)
{
  const KouanCheck *check = kouan_checks_get (checks, id, KOUAN_SOURCE_TYPED);

  g_assert_nonnull (check);
  return check->result;
}

static void
test_checks (void)
{
  GDate today;
  g_autoptr (KouanMrz) mrz = specimen (2012, &today);
  g_autoptr (KouanChecks) checks = kouan_checks_new_for_mrz (mrz, KOUAN_SOURCE_TYPED, &today);
  KouanSource electronic = KOUAN_SOURCE_ELECTRONIC;

  g_assert_cmpint (result_of (checks, KOUAN_CHECK_MRZ_COMPOSITE), ==, KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (result_of (checks, KOUAN_CHECK_EXPIRY), ==,
                   KOUAN_RESULT_SUCCESSFUL); /* its last day */
  g_assert_cmpint (result_of (checks, KOUAN_CHECK_MRZ_COUNTRY), ==, KOUAN_RESULT_SUCCESSFUL);
  g_assert_null (kouan_checks_get (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_TYPED));
  g_assert_cmpint (kouan_checks_summary (checks, NULL), ==, KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (kouan_checks_summary (checks, &electronic), ==, KOUAN_RESULT_NOT_SUPPORTED);

  kouan_checks_set (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_TYPED, KOUAN_RESULT_FAILED);
  g_assert_cmpint (kouan_checks_summary (checks, NULL), ==, KOUAN_RESULT_FAILED);
  kouan_checks_set (checks, KOUAN_CHECK_BIND, KOUAN_SOURCE_TYPED, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpint (kouan_checks_summary (checks, NULL), ==, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpuint (kouan_checks_get_count (checks), ==, 8);
  g_assert_cmpstr (kouan_checks_get_nth (checks, 7)->id, ==, KOUAN_CHECK_BIND);
}

static void
test_checks_doubt (void)
{
  static const char *const unknown[] = { "V<QQQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                         "L898902C<3UTO6908061F<<<<<<0ZE184226B<<<<<<<", NULL };
  GDate today;
  g_autoptr (KouanMrz) expired = specimen (2013, &today);
  g_autoptr (KouanChecks) checks = kouan_checks_new_for_mrz (expired, KOUAN_SOURCE_OPTICAL, &today);
  g_autoptr (KouanMrz) visa = kouan_mrz_parse (unknown, &today, NULL);
  g_autoptr (KouanChecks) visa_checks = kouan_checks_new_for_mrz (visa, KOUAN_SOURCE_TYPED, &today);

  g_assert_cmpint (kouan_checks_get (checks, KOUAN_CHECK_EXPIRY, KOUAN_SOURCE_OPTICAL)->result, ==,
                   KOUAN_RESULT_FAILED);
  g_assert_cmpint (result_of (visa_checks, KOUAN_CHECK_MRZ_COUNTRY), ==, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpint (result_of (visa_checks, KOUAN_CHECK_EXPIRY), ==, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpint (result_of (visa_checks, KOUAN_CHECK_MRZ_COMPOSITE), ==,
                   KOUAN_RESULT_NOT_SUPPORTED);
}

static void
test_result_words (void)
{
  for (KouanResult result = KOUAN_RESULT_SUCCESSFUL; result <= KOUAN_RESULT_ABORTED; result++)
    for (KouanResult other = result + 1; other <= KOUAN_RESULT_ABORTED; other++)
      {
        g_assert_cmpstr (kouan_result_id (result), !=, kouan_result_id (other));
        g_assert_cmpstr (kouan_result_symbol (result), !=, kouan_result_symbol (other));
        g_assert_cmpstr (kouan_result_text (result), !=, kouan_result_text (other));
      }
  g_assert_cmpstr (kouan_source_id (KOUAN_SOURCE_TYPED), ==, "typed");
  g_assert_cmpstr (kouan_check_text (KOUAN_CHECK_BIND), ==, "Belongs to the appointment");
}

typedef struct
{
  KouanDocumentReader *reader;
  KouanDocumentReading *reading;
  GError *error;
  gboolean done;
  guint waited;
} Visit;

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Visit *visit = data;

  visit->reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &visit->error);
  visit->done = TRUE;
}

static void
on_progress (KouanReadStage stage, double fraction, gpointer data)
{
  Visit *visit = data;

  g_assert_cmpint (stage, ==, KOUAN_READ_WAITING);
  g_assert_cmpfloat (fraction, <, 0);
  visit->waited++;
}

static gboolean
is_done (gpointer data)
{
  return ((Visit *)data)->done;
}

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->reading, kouan_document_reading_unref);
  g_clear_error (&visit->error);
  g_assert_finalize_object (visit->reader);
}

static void
visit_begin (Visit *visit, gint64 now_us, GCancellable *cancellable)
{
  g_autoptr (KouanClock) clock = kouan_manual_clock_new (now_us);

  visit->reader = KOUAN_DOCUMENT_READER (kouan_typed_reader_new (clock));
  kouan_document_reader_read_async (visit->reader, NULL, on_progress, visit, cancellable,
                                    on_read_ready, visit);
}

static void
test_typed_reader (void)
{
  static const char *const wrong[]
    = { TD3_1, "L898902C46UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (GArray) problems = NULL;
  Visit visit = { 0 };

  visit_begin (&visit, YEAR_2010_US, NULL);
  g_assert_cmpuint (visit.waited, ==, 1);
  g_assert_cmpint (kouan_document_reader_get_source (visit.reader), ==, KOUAN_SOURCE_TYPED);
  g_assert_false (kouan_typed_reader_submit (KOUAN_TYPED_READER (visit.reader), wrong, &problems));
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_false (visit.done);
  g_assert_true (kouan_typed_reader_submit (KOUAN_TYPED_READER (visit.reader), lines, NULL));
  kouan_test_wait_for (is_done, &visit);
  g_assert_no_error (visit.error);
  g_assert_cmpstr (kouan_document_reading_get_mrz (visit.reading)->primary, ==, "ERIKSSON");
  g_assert_cmpint (
    result_of (kouan_document_reading_get_checks (visit.reading), KOUAN_CHECK_EXPIRY), ==,
    KOUAN_RESULT_SUCCESSFUL);
  visit_clear (&visit);
}

static void
test_typed_reader_rare (void)
{
  static const char *const rare[] = { "P<QQQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3_2, NULL };
  g_autoptr (GArray) problems = NULL;
  Visit visit = { 0 };

  visit_begin (&visit, YEAR_2026_US, NULL);
  g_assert_true (kouan_typed_reader_submit (KOUAN_TYPED_READER (visit.reader), rare, &problems));
  g_assert_cmpuint (problems->len, ==, 1);
  kouan_test_wait_for (is_done, &visit);
  g_assert_cmpint (kouan_checks_summary (kouan_document_reading_get_checks (visit.reading), NULL),
                   ==, KOUAN_RESULT_FAILED); /* expired in 2012 */
  visit_clear (&visit);
}

static void
test_typed_reader_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Visit visit = { 0 };

  visit_begin (&visit, YEAR_2026_US, cancellable);
  g_cancellable_cancel (cancellable);
  kouan_test_wait_for (is_done, &visit);
  g_assert_error (visit.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (visit.reading);

  /* what is typed after that reaches nobody, and the next reading begins afresh */
  g_assert_true (kouan_typed_reader_submit (KOUAN_TYPED_READER (visit.reader), lines, NULL));
  visit.done = FALSE;
  g_clear_error (&visit.error);
  kouan_document_reader_read_async (visit.reader, NULL, NULL, NULL, NULL, on_read_ready, &visit);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (visit.done);
  g_assert_true (kouan_typed_reader_submit (KOUAN_TYPED_READER (visit.reader), lines, NULL));
  kouan_test_wait_for (is_done, &visit);
  g_assert_nonnull (visit.reading);
  visit_clear (&visit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typing/cells", test_cells);
  g_test_add_func ("/typing/cells-are-covered", test_cells_are_covered);
  g_test_add_func ("/typing/guess", test_guess);
  g_test_add_func ("/typing/fill", test_fill);
  g_test_add_func ("/typing/check-typed", test_check_typed);
  g_test_add_func ("/result/checks", test_checks);
  g_test_add_func ("/result/doubt", test_checks_doubt);
  g_test_add_func ("/result/words", test_result_words);
  g_test_add_func ("/reader/typed", test_typed_reader);
  g_test_add_func ("/reader/rare", test_typed_reader_rare);
  g_test_add_func ("/reader/cancelled", test_typed_reader_cancelled);
  return g_test_run ();
}
