/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/checklist.h"

#include "app/catalogue/model.h"

#include "app/language/language.h"

/* Which papers an application needs, and why. Where an answer is not known that a paper hangs on,
 * it is a matter for the desk, and the visit goes on without it. */

struct _KouanChecklist
{
  gatomicrefcount refs;
  KouanService *service;
  GArray *items; /* of KouanChecklistItem */
};

KouanChecklist *
kouan_checklist_ref (KouanChecklist *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_checklist_unref (KouanChecklist *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kouan_service_unref (self->service);
  g_array_unref (self->items);
  g_free (self);
}

static KouanNeed
need_of (KouanDocumentItem *document, KouanEvaluation *evaluation)
{
  KouanValue value = { .known = TRUE, .truth = TRUE };

  if (document->needed_if != NULL)
    value = kouan_evaluation_run (evaluation, document->needed_if);
  if (!value.known)
    return KOUAN_NEED_ASK;
  if (!value.truth)
    return KOUAN_NEED_NOT_NEEDED;
  switch (document->need)
    {
    case KOUAN_DOCUMENT_OPTIONAL:
      return KOUAN_NEED_OPTIONAL;
    case KOUAN_DOCUMENT_EITHER_OR:
      return KOUAN_NEED_EITHER_OR;
    default:
      return KOUAN_NEED_NEEDED;
    }
}

/* The rule to show is the most trustworthy one. */
static KouanRule *
best_rule (GPtrArray *rules, const GDate *today)
{
  KouanRule *best = rules->len > 0 ? rules->pdata[0] : NULL;

  for (guint i = 1; i < rules->len; i++)
    if (kouan_rule_is_certain (rules->pdata[i], today) && !kouan_rule_is_certain (best, today))
      best = rules->pdata[i];
  return best;
}

static KouanAuthentication *
authentication_of (KouanDocumentItem *document, KouanEvaluation *evaluation)
{
  for (guint i = 0; i < document->authentication->len; i++)
    {
      KouanAuthentication *authentication = document->authentication->pdata[i];

      if (kouan_evaluation_holds (evaluation, authentication->when))
        return authentication;
    }
  return NULL;
}

/**
 * kouan_service_checklist:
 *
 * Returns: (transfer full): every document of the service with what these answers make of it
 */
KouanChecklist *
kouan_service_checklist (KouanService *service, KouanAnswers *answers, const KouanContext *context)
{
  KouanChecklist *self;
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (service != NULL && answers != NULL && context != NULL, NULL);

  self = g_new0 (KouanChecklist, 1);
  g_atomic_ref_count_init (&self->refs);
  self->service = kouan_service_ref (service);
  self->items = g_array_new (FALSE, FALSE, sizeof (KouanChecklistItem));
  kouan_evaluation_init (&evaluation, service, answers, context);
  for (guint i = 0; i < service->documents->len; i++)
    {
      KouanDocumentItem *document = service->documents->pdata[i];
      KouanChecklistItem item = {
        .document = document,
        .need = need_of (document, &evaluation),
        .group = document->group,
        .rule = best_rule (document->rules, &context->today),
        .authentication = authentication_of (document, &evaluation),
        .certain = kouan_rules_are_certain (document->rules, &context->today),
      };

      g_array_append_val (self->items, item);
    }
  return self;
}

KouanService *
kouan_checklist_get_service (KouanChecklist *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->service;
}

guint
kouan_checklist_get_count (KouanChecklist *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/* Returns: (transfer none): valid as long as @self */
const KouanChecklistItem *
kouan_checklist_get_nth (KouanChecklist *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  return &g_array_index (self->items, KouanChecklistItem, index);
}

const KouanChecklistItem *
kouan_checklist_find (KouanChecklist *self, const char *document_id)
{
  g_return_val_if_fail (self != NULL && document_id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (g_array_index (self->items, KouanChecklistItem, i).document->id, document_id))
      return &g_array_index (self->items, KouanChecklistItem, i);
  return NULL;
}

/**
 * kouan_checklist_item_reason:
 *
 * Returns: (transfer full): the rule behind the item, its source and its date, in @language; where
 * it is not certain, or nobody here can tell, it says so and names the desk
 */
char *
kouan_checklist_item_reason (const KouanChecklistItem *item,
                             const KouanContext *context,
                             const char *language)
{
  g_autofree char *reason = NULL;
  g_autofree char *ask = NULL;
  const KouanLanguage *known = kouan_language_find (language);
  const char *text = N_ ("We can't tell from your answers whether you need this. Ask at the desk.");

  g_return_val_if_fail (item != NULL && context != NULL && language != NULL, NULL);

  reason = item->rule != NULL ? kouan_rule_format (item->rule, &context->today, language)
                              : g_strdup ("");
  if (item->need != KOUAN_NEED_ASK)
    return g_steal_pointer (&reason);
  ask = known != NULL ? kouan_language_text_in (known, text) : g_strdup (text);
  return g_strjoin (*reason != '\0' ? "\n" : "", ask, reason, NULL);
}

static char *
words_in (const KouanLanguage *language, const char *text)
{
  return language != NULL ? kouan_language_text_in (language, text) : g_strdup (text);
}

static void
add_line (GString *lines, const char *line)
{
  g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
}

/* "In 简体中文, or with a translation." Languages have their own names: staff read them too. */
static void
add_languages (GString *lines, KouanDocumentItem *document, const KouanLanguage *language)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) line = NULL;

  for (guint i = 0; i < document->in_names->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " / " : "",
                            (const char *)document->in_names->pdata[i]);
  if (document->in_names->len == 0)
    return;
  text = words_in (language, document->translation ? N_ ("In {languages}, or with a translation.")
                                                   : N_ ("In {languages}."));
  line = g_string_new (text);
  g_string_replace (line, "{languages}", names->str, 1);
  add_line (lines, line->str);
}

static void
add_age (GString *lines, KouanDocumentItem *document, const KouanLanguage *language)
{
  g_autofree char *western = g_strdup_printf ("%u", document->max_age_months);
  g_autofree char *number
    = language != NULL ? kouan_language_digits (language, western) : g_strdup (western);
  g_autofree char *text = words_in (language, N_ ("Issued at most {n} months ago."));
  g_autoptr (GString) line = g_string_new (text);

  if (document->max_age_months == 0)
    return;
  g_string_replace (line, "{n}", number, 1);
  add_line (lines, line->str);
}

/* What has to confirm it, and whether that is certain: it is not where one of its rules is not, as
 * the convention may be law and the list of its parties hearsay. */
static void
add_authentication (GString *lines,
                    KouanAuthentication *authentication,
                    const KouanContext *context,
                    const char *language)
{
  if (authentication == NULL)
    return;
  add_line (lines, kouan_phrase_get (authentication->text, language));
  if (!kouan_rules_are_all_certain (authentication->rules, &context->today))
    {
      g_autofree char *doubt
        = words_in (kouan_language_find (language),
                    N_ ("We have this from others, not from the authority. Ask at the desk."));

      add_line (lines, doubt);
    }
}

/**
 * kouan_checklist_item_demands:
 *
 * Returns: (transfer full) (nullable): what the paper has to be, a line each: its language, age and
 * colour, and who has to confirm it
 */
char *
kouan_checklist_item_demands (const KouanChecklistItem *item,
                              const KouanContext *context,
                              const char *language)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  const KouanLanguage *known = NULL;

  g_return_val_if_fail (item != NULL && context != NULL && language != NULL, NULL);

  known = kouan_language_find (language);
  add_languages (lines, item->document, known);
  if (item->document->translation && item->document->in->len == 0)
    {
      g_autofree char *text = words_in (known, N_ ("With a translation."));

      add_line (lines, text);
    }
  add_age (lines, item->document, known);
  add_authentication (lines, item->authentication, context, language);
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

static gboolean
is_kept (const KouanChecklistItem *item, const char *const *kept_ids)
{
  return kept_ids != NULL && g_strv_contains (kept_ids, item->document->id);
}

/* A member that is handed in counts, whether the answers ask for that one or leave it open. */
static gboolean
group_is_kept (KouanChecklist *self, KouanDocumentGroup *group, const char *const *kept_ids)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const KouanChecklistItem *item = &g_array_index (self->items, KouanChecklistItem, i);

      if (item->group == group && item->need != KOUAN_NEED_NOT_NEEDED && is_kept (item, kept_ids))
        return TRUE;
    }
  return FALSE;
}

static KouanMissing *
find_group (GArray *missing, KouanDocumentGroup *group)
{
  for (guint i = 0; i < missing->len; i++)
    if (g_array_index (missing, KouanMissing, i).group == group)
      return &g_array_index (missing, KouanMissing, i);
  return NULL;
}

/**
 * kouan_checklist_missing:
 * @kept_ids: (nullable) (array zero-terminated=1): ids of the documents that were handed in
 *
 * Returns: (transfer full) (element-type KouanMissing): what is needed and not there, an either-or
 * group once. What only an uncertain rule asks for may always come later.
 */
GArray *
kouan_checklist_missing (KouanChecklist *self, const char *const *kept_ids)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (KouanMissing));

  g_return_val_if_fail (self != NULL, missing);

  for (guint i = 0; i < self->items->len; i++)
    {
      const KouanChecklistItem *item = &g_array_index (self->items, KouanChecklistItem, i);
      KouanMissing entry = { .code = item->document->code, .document = item->document };
      KouanMissing *known = item->group != NULL ? find_group (missing, item->group) : NULL;

      entry.certain = item->certain;
      entry.may_come_later = item->document->may_come_later || !item->certain;
      if (item->need == KOUAN_NEED_EITHER_OR)
        {
          entry.code = item->group->code;
          entry.group = item->group;
        }
      if (item->need == KOUAN_NEED_EITHER_OR && known != NULL)
        {
          known->may_come_later = known->may_come_later || entry.may_come_later;
          known->certain = known->certain || entry.certain;
        }
      else if ((item->need == KOUAN_NEED_NEEDED && !is_kept (item, kept_ids))
               || (item->need == KOUAN_NEED_EITHER_OR
                   && !group_is_kept (self, item->group, kept_ids)))
        g_array_append_val (missing, entry);
    }
  return missing;
}

/* Returns: (transfer none): of the group, else of the document */
const char *
kouan_missing_get_name (const KouanMissing *missing, const char *language)
{
  g_return_val_if_fail (missing != NULL, NULL);

  return missing->group != NULL ? kouan_document_group_get_name (missing->group, language)
                                : kouan_document_item_get_name (missing->document, language);
}

/* Returns: (transfer full): its name in @language; where only hearsay or an old rule asks for it,
 * it says so */
char *
kouan_missing_format (const KouanMissing *missing, const char *language)
{
  const char *name = kouan_missing_get_name (missing, language);
  g_autofree char *doubt
    = words_in (kouan_language_find (language), N_ ("not certain, ask at the desk"));

  return missing->certain ? g_strdup (name) : g_strdup_printf ("%s (%s)", name, doubt);
}

const char *
kouan_need_id (KouanNeed need)
{
  static const char *const ids[] = { "needed", "either-or", "optional", "ask", "not-needed" };

  g_return_val_if_fail (need < G_N_ELEMENTS (ids), NULL);
  return ids[need];
}
