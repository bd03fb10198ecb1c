/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/review/review-screen.h"

#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/language/language.h"
#include "app/session/application.h"
#include "app/session/cross-check.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/summary-list.h"

/* "Check your answers": everything that will be handed in, each with a way to change it; above it
 * what is still missing, what is due when, and what a desk will look at; behind it the rules that
 * are not certain. Nothing here is new to the person but the consequences. */

struct _KouanReviewScreen
{
  KouanScreen parent_instance;

  GtkBox *notices;
  GtkBox *lists;
};

G_DEFINE_FINAL_TYPE (KouanReviewScreen, kouan_review_screen, KOUAN_TYPE_SCREEN)

static KouanSession *
session_of (KouanReviewScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

static const char *
language (void)
{
  return kouan_language_current ()->code;
}

static char *
format_date (const KouanMrzDate *date)
{
  if (date->year == 0 || date->month == 0 || date->day == 0)
    return kouan_mrz_date_to_string (date);
  return kouan_language_date (kouan_language_current (), date->year, date->month, date->day);
}

static void
on_change_identity (KouanSummaryList *list G_GNUC_UNUSED,
                    const char *id G_GNUC_UNUSED,
                    KouanReviewScreen *self)
{
  kouan_session_send (session_of (self), KOUAN_EVENT_CHANGE_IDENTITY);
}

/* Opens the page of details at that very question. */
static void
on_change_answer (KouanSummaryList *list G_GNUC_UNUSED, const char *id, KouanReviewScreen *self)
{
  g_autoptr (GPtrArray) questions = kouan_session_questions (session_of (self));

  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (kouan_question_get_id (g_ptr_array_index (questions, i)), id))
      kouan_session_get_visit (session_of (self))->question = i;
  kouan_session_send (session_of (self), KOUAN_EVENT_CHANGE_DETAILS);
}

static void
on_change_document (KouanSummaryList *list G_GNUC_UNUSED,
                    const char *id G_GNUC_UNUSED,
                    KouanReviewScreen *self)
{
  kouan_session_send (session_of (self), KOUAN_EVENT_CHANGE_DOCUMENTS);
}

static KouanSummaryList *
add_list (KouanReviewScreen *self, const char *title, GCallback on_change)
{
  GtkWidget *list = kouan_summary_list_new (title);

  g_signal_connect (list, "change", on_change, self);
  gtk_box_append (self->lists, list);
  return KOUAN_SUMMARY_LIST (list);
}

static void
add_identity (KouanReviewScreen *self)
{
  g_autoptr (KouanMrz) mrz = kouan_session_get_mrz (session_of (self));
  KouanSummaryList *list;
  g_autofree char *name = NULL;
  g_autofree char *birth = NULL;

  if (mrz == NULL)
    return;
  list = add_list (self, _ ("Who you are"), G_CALLBACK (on_change_identity));
  name = kouan_language_name (kouan_language_current (), mrz->primary, mrz->secondary);
  birth = format_date (&mrz->birth);
  kouan_summary_list_add (list, "name", _ ("Name, as in the passport"), name);
  kouan_summary_list_add (list, NULL, _ ("Passport number"), mrz->document_number);
  kouan_summary_list_add (list, NULL, _ ("Date of birth"), birth);
}

/* A list for each part of the questions, as they were asked. */
static void
add_answers (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  g_autoptr (GPtrArray) questions = kouan_session_questions (session_of (self));
  KouanSummaryList *list = NULL;
  const char *present = NULL;

  for (guint i = 0; i < questions->len; i++)
    {
      KouanQuestion *question = g_ptr_array_index (questions, i);
      const char *section = kouan_question_get_section (question, language ());
      const char *value = kouan_answers_get (visit->answers, kouan_question_get_id (question));
      g_autofree char *answer
        = value != NULL ? kouan_question_format_answer (question, value, language ()) : NULL;

      if (list == NULL || g_strcmp0 (section, present) != 0)
        list = add_list (self, section != NULL ? section : _ ("Your answers"),
                         G_CALLBACK (on_change_answer));
      present = section;
      kouan_summary_list_add (list, kouan_question_get_id (question),
                              kouan_question_get_label (question, language ()),
                              answer != NULL ? answer : _ ("Not answered"));
    }
}

static char *
describe_document (KouanVisit *visit, const KouanChecklistItem *item)
{
  const char *kind = kouan_document_item_get_id (item->document);
  KouanVisitDocument *document = kouan_visit_find_document (visit, kind);
  guint pages = kouan_visit_count_pages (visit, kind);

  if (pages > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u page", "%u pages", pages), pages);

      return kouan_language_digits (kouan_language_current (), text);
    }
  if (document != NULL && document->later)
    return g_strdup (_ ("You will bring it later"));
  return g_strdup (_ ("Not handed in"));
}

static void
add_documents (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (session_of (self));
  KouanSummaryList *list = add_list (self, _ ("Your papers"), G_CALLBACK (on_change_document));

  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, i);
      const char *kind = kouan_document_item_get_id (item->document);
      g_autofree char *state = describe_document (visit, item);

      if (item->need == KOUAN_NEED_NOT_NEEDED
          || (item->need == KOUAN_NEED_OPTIONAL && kouan_visit_count_pages (visit, kind) == 0))
        continue;
      kouan_summary_list_add (list, kind,
                              kouan_document_item_get_name (item->document, language ()), state);
    }
}

static void
add_notice (KouanReviewScreen *self, KouanNoticeKind kind, const char *title, const char *text)
{
  gtk_box_append (self->notices, kouan_notice_new (kind, title, text));
}

static void
add_missing (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (session_of (self));
  g_auto (GStrv) kept = kouan_application_kept_ids (visit);
  g_autoptr (GArray) missing = kouan_checklist_missing (checklist, (const char *const *)kept);
  GtkWidget *notice;

  if (missing->len == 0)
    return;
  notice = kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("These papers are still missing"),
                             _ ("You can hand in now and bring the rest. This list stands on your "
                                "receipt."));
  for (guint i = 0; i < missing->len; i++)
    {
      const KouanMissing *one = &g_array_index (missing, KouanMissing, i);
      g_autofree char *name = kouan_missing_format (one, language ());

      kouan_notice_add_item (KOUAN_NOTICE (notice), name,
                             kouan_document_item_get_hint (one->document, language ()));
    }
  gtk_box_append (self->notices, notice);
}

static void
add_what_does_not_fit (KouanReviewScreen *self)
{
  g_autoptr (GArray) crosses = kouan_session_cross_check (session_of (self));

  for (guint i = 0; i < crosses->len; i++)
    {
      const KouanCross *cross = &g_array_index (crosses, KouanCross, i);
      g_autofree char *title = kouan_cross_title (cross, language ());
      g_autofree char *remedy = kouan_cross_remedy (cross, language ());

      add_notice (self, KOUAN_NOTICE_WARNING, title, remedy);
    }
}

/* What is applied for, by when, and what it costs: in sight before anything else. What is too late
 * already is a notice of its own. */
static void
add_deadlines (KouanReviewScreen *self, KouanSummaryList *facts, const KouanContext *context)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  g_autoptr (GArray) deadlines = kouan_service_deadlines (
    kouan_session_get_service (session_of (self)), visit->answers, context);

  for (guint i = 0; i < deadlines->len; i++)
    {
      KouanDeadlineState *state = &g_array_index (deadlines, KouanDeadlineState, i);
      g_autofree char *text = kouan_deadline_state_format (state, language ());
      const char *name = kouan_deadline_get_name (state->deadline, language ());

      if (state->days_left >= 0)
        kouan_summary_list_add (facts, NULL, name, text);
      else
        add_notice (self, KOUAN_NOTICE_WARNING, name, text);
    }
}

static void
add_fees (KouanReviewScreen *self, KouanSummaryList *facts, const KouanContext *context)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) fees
    = kouan_service_fees (kouan_session_get_service (session_of (self)), visit->answers, context);

  for (guint i = 0; i < fees->len; i++)
    {
      KouanFee *fee = g_ptr_array_index (fees, i);
      g_autofree char *amount = kouan_fee_format_amount (fee);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "",
                              kouan_fee_get_name (fee, language ()), amount);
      if (!kouan_fee_is_certain (fee, &context->today))
        g_string_append_printf (text, " (%s)", _ ("not certain, ask at the desk"));
    }
  if (fees->len > 0)
    kouan_summary_list_add (facts, NULL, _ ("What it will cost, paid at the desk"), text->str);
}

static void
add_facts (KouanReviewScreen *self)
{
  KouanService *service = kouan_session_get_service (session_of (self));
  GtkWidget *facts = kouan_summary_list_new (NULL);
  KouanContext context;

  kouan_session_get_context (session_of (self), &context);
  gtk_box_append (self->notices, facts);
  kouan_summary_list_add (KOUAN_SUMMARY_LIST (facts), NULL, _ ("You apply for"),
                          kouan_service_get_name (service, language ()));
  add_deadlines (self, KOUAN_SUMMARY_LIST (facts), &context);
  add_fees (self, KOUAN_SUMMARY_LIST (facts), &context);
}

static void
add_what_a_desk_decides (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  KouanContext context;
  g_autoptr (GPtrArray) unmet = NULL;

  kouan_session_get_context (session_of (self), &context);
  unmet
    = kouan_service_unmet (kouan_session_get_service (session_of (self)), visit->answers, &context);
  for (guint i = 0; i < unmet->len; i++)
    add_notice (self, KOUAN_NOTICE_WARNING, _ ("A desk has to look at this"),
                kouan_eligibility_get_text (g_ptr_array_index (unmet, i), language ()));
}

/* An estimate with the reason for each point: never more than an estimate, and it says so. */
static void
add_estimates (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  KouanContext context;
  g_autoptr (GArray) estimates = NULL;

  kouan_session_get_context (session_of (self), &context);
  estimates = kouan_service_estimates (kouan_session_get_service (session_of (self)),
                                       visit->answers, &context);
  for (guint i = 0; i < estimates->len; i++)
    {
      const KouanEstimateState *state = &g_array_index (estimates, KouanEstimateState, i);
      g_autofree char *text = kouan_estimate_state_format (state, language ());

      add_notice (self, KOUAN_NOTICE_INFO, kouan_estimate_get_name (state->estimate, language ()),
                  text);
    }
}

/* What nobody here can be sure of: by hearsay, or past its review date. It is long, changes nothing
 * of what is handed in, and stands behind it. */
static void
add_desk_rules (KouanReviewScreen *self)
{
  KouanVisit *visit = kouan_session_get_visit (session_of (self));
  KouanContext context;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  kouan_session_get_context (session_of (self), &context);
  rules = kouan_service_desk_rules (kouan_session_get_service (session_of (self)), visit->answers,
                                    &context);
  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *rule = kouan_rule_format (rules->pdata[i], &context.today, language ());

      g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", rule);
    }
  if (rules->len > 0)
    gtk_box_append (self->lists, kouan_notice_new (KOUAN_NOTICE_WARNING,
                                                   _ ("Ask at the desk about this"), text->str));
}

/* What is declared comes to something: the person learns it before signing. */
static void
add_outcome (KouanReviewScreen *self)
{
  const char *name = kouan_session_get_outcome_name (session_of (self), language ());

  if (name != NULL)
    add_notice (self,
                kouan_session_needs_officer (session_of (self)) ? KOUAN_NOTICE_WARNING
                                                                : KOUAN_NOTICE_INFO,
                _ ("What your answers come to"), name);
}

static void
kouan_review_screen_constructed (GObject *object)
{
  KouanReviewScreen *self = KOUAN_REVIEW_SCREEN (object);

  G_OBJECT_CLASS (kouan_review_screen_parent_class)->constructed (object);

  add_facts (self);
  add_outcome (self);
  add_estimates (self);
  add_missing (self);
  add_what_does_not_fit (self);
  add_what_a_desk_decides (self);
  add_identity (self);
  add_answers (self);
  add_documents (self);
  add_desk_rules (self);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Check your answers"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("This is right"), TRUE);
  kouan_screen_set_wide (KOUAN_SCREEN (self), TRUE);
}

static void
kouan_review_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT);
}

static void
kouan_review_screen_class_init (KouanReviewScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_review_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_review_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/review/review-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanReviewScreen, notices);
  gtk_widget_class_bind_template_child (widget_class, KouanReviewScreen, lists);
}

static void
kouan_review_screen_init (KouanReviewScreen *self)
{
  g_type_ensure (KOUAN_TYPE_HALVES);
  gtk_widget_init_template (GTK_WIDGET (self));
}
