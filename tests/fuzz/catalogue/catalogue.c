/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/reader.h"

/* Any bytes as a catalogue file; what is read as a service is used with some answers. Each fault
 * has to say where, what and what to do. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_questions (KouanService *service, KouanAnswers *answers, const KouanContext *context)
{
  GPtrArray *questions = kouan_service_get_questions (service);

  for (guint i = 0; i < questions->len; i++)
    {
      KouanQuestion *question = questions->pdata[i];
      GPtrArray *choices = kouan_question_get_choices (question);
      const char *value = choices->len > 0 ? kouan_choice_get_id (choices->pdata[0])
                          : i % 2 == 0     ? "yes"
                                           : "2026-05-03";
      g_autofree char *problem = NULL;

      g_free (kouan_question_format_answer (question, value, "en"));
      if (kouan_question_validate (question, value, answers, context, &problem))
        kouan_answers_set (answers, kouan_question_get_id (question), value);
    }
}

static void
try_service (KouanService *service)
{
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  g_autoptr (KouanChecklist) checklist = NULL;
  KouanContext context;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 3, 5, 2026);
  kouan_context_init (&context, &today);
  try_questions (service, answers, &context);
  kouan_service_forget_hidden (service, answers, &context);
  checklist = kouan_service_checklist (service, answers, &context);
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    g_free (kouan_checklist_item_reason (kouan_checklist_get_nth (checklist, i), &context, "en"));
  g_array_unref (kouan_checklist_missing (checklist, NULL));
  g_array_unref (kouan_service_deadlines (service, answers, &context));
  g_ptr_array_unref (kouan_service_fees (service, answers, &context));
  g_ptr_array_unref (kouan_service_unmet (service, answers, &context));
  g_ptr_array_unref (kouan_service_desk_rules (service, answers, &context));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (KouanService) service = NULL;

  service
    = kouan_read_service ("f.json", data != NULL ? (const char *)data : "", size, NULL, faults);
  g_assert_true ((service == NULL) == (faults->len > 0));
  for (guint i = 0; i < faults->len; i++)
    {
      const KouanFault *fault = faults->pdata[i];

      g_assert_true (*fault->path == '$' && *fault->what != '\0' && *fault->remedy != '\0');
    }
  if (service != NULL)
    try_service (service);
  return 0;
}
