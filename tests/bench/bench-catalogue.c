/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>

#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/catalogue/reader.h"

/* What a page waits for: one service's whole answer (questions, checklist, fees, deadlines, what
 * speaks against it), which has to stay under 5 ms; and what a start waits for: one file read.
 * argv: services. */

#define ROUNDS 200
#define LIMIT_MS 5.0

static void
evaluate (KouanService *service, KouanAnswers *answers, const KouanContext *context)
{
  g_autoptr (KouanChecklist) checklist = kouan_service_checklist (service, answers, context);

  g_array_unref (kouan_checklist_missing (checklist, NULL));
  g_ptr_array_unref (kouan_service_visible_questions (service, answers, context));
  g_ptr_array_unref (kouan_service_fees (service, answers, context));
  g_ptr_array_unref (kouan_service_unmet (service, answers, context));
  g_ptr_array_unref (kouan_service_desk_rules (service, answers, context));
  g_array_unref (kouan_service_deadlines (service, answers, context));
  g_array_unref (kouan_service_estimates (service, answers, context));
  kouan_service_outcome (service, answers, context);
}

/* The first choice, yes, and a date of this year, as far as they do. */
static void
answer_all (KouanService *service, KouanAnswers *answers)
{
  GPtrArray *questions = kouan_service_get_questions (service);

  for (guint i = 0; i < questions->len; i++)
    {
      KouanQuestion *question = questions->pdata[i];
      GPtrArray *choices = kouan_question_get_choices (question);

      kouan_answers_set (answers, kouan_question_get_id (question),
                         choices->len > 0 ? kouan_choice_get_id (choices->pdata[0])
                         : kouan_question_get_kind (question) == KOUAN_QUESTION_DATE ? "2026-11-01"
                                                                                     : "yes");
    }
}

/* Returns: milliseconds for one whole answer of the slowest kind: everything answered */
static double
measure (KouanService *service)
{
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  KouanContext context;
  gint64 start_us;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  kouan_context_init (&context, &today);
  answer_all (service, answers);
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < ROUNDS; i++)
    evaluate (service, answers, &context);
  return (double)(g_get_monotonic_time () - start_us) / ROUNDS / 1000;
}

int
main (int argc, char **argv)
{
  gboolean slow = FALSE;

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
      g_autoptr (KouanService) service = NULL;
      g_autofree char *text = NULL;
      gint64 start_us;
      gsize size;
      double read_ms, answer_ms;

      g_assert_true (g_file_get_contents (argv[i], &text, &size, NULL));
      start_us = g_get_monotonic_time ();
      service = kouan_read_service ("s.json", text, size, NULL, faults);
      read_ms = (double)(g_get_monotonic_time () - start_us) / 1000;
      g_assert_nonnull (service);
      answer_ms = measure (service);
      slow = slow || answer_ms >= LIMIT_MS;
      printf ("%-36s read and checked %8.2f ms, evaluated %7.3f ms (limit %.0f)\n",
              kouan_service_get_id (service), read_ms, answer_ms, LIMIT_MS);
    }
  return slow ? 1 : 0;
}
