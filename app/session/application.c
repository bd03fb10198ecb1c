/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/application.h"

#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/clock/date.h"
#include "app/crypto/primitives.h"
#include "app/session/checks-json.h"
#include "app/session/cross-check.h"

#include <json-glib/json-glib.h>

/* What an officer finds in the record beside the papers: what was applied for and answered, who the
 * person is and what was checked about that, what the person agreed to. Plain JSON with names that
 * say what they are; codes stand beside the names so that machines need not guess. Times are UTC,
 * RFC 3339. */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 wall_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_s);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  add_string (builder, name, wall_s != 0 ? text : NULL);
}

static GBytes *
finish (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, TRUE);
  char *text = g_strconcat (json, "\n", NULL);

  return g_bytes_new_take (text, strlen (text));
}

char **
kouan_application_kept_ids (KouanVisit *visit)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < visit->documents->len; i++)
    {
      KouanVisitDocument *document = g_ptr_array_index (visit->documents, i);

      if (document->sheets->len > 0)
        g_strv_builder_add (builder, document->kind);
    }
  return g_strv_builder_end (builder);
}

char *
kouan_application_member_name (guint ordinal, const char *kind)
{
  g_autofree char *safe = g_strdup (kind);

  g_strcanon (safe, "abcdefghijklmnopqrstuvwxyz0123456789-", '-');
  return g_strdup_printf ("documents/%02u-%s.pdf", ordinal, safe);
}

static void
add_findings (JsonBuilder *builder, KouanVisitDocument *document)
{
  json_builder_set_member_name (builder, "used_in_spite_of");
  json_builder_begin_array (builder);
  for (guint i = 0; i < document->sheets->len; i++)
    {
      g_auto (GStrv) findings = kouan_findings_to_ids (kouan_sheets_findings (document->sheets, i));

      for (char **finding = findings; *finding != NULL; finding++)
        {
          json_builder_begin_object (builder);
          add_int (builder, "page", i + 1);
          add_string (builder, "finding", *finding);
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);
}

static void
add_document (JsonBuilder *builder,
              KouanVisit *visit,
              const KouanChecklistItem *item,
              guint ordinal)
{
  const char *kind = kouan_document_item_get_id (item->document);
  KouanVisitDocument *document = kouan_visit_find_document (visit, kind);
  guint pages = document != NULL ? document->sheets->len : 0;
  g_autofree char *file = pages > 0 ? kouan_application_member_name (ordinal, kind) : NULL;

  json_builder_begin_object (builder);
  add_string (builder, "kind", kind);
  add_int (builder, "code", kouan_document_item_get_code (item->document));
  add_string (builder, "need", kouan_need_id (item->need));
  add_bool (builder, "need_is_certain", item->certain);
  add_string (builder, "file", file);
  add_int (builder, "pages", pages);
  add_bool (builder, "brings_it_later", document != NULL && document->later && pages == 0);
  if (pages > 0)
    add_findings (builder, document);
  json_builder_end_object (builder);
}

static void
add_checklist (JsonBuilder *builder, KouanVisit *visit, KouanChecklist *checklist)
{
  g_auto (GStrv) kept = kouan_application_kept_ids (visit);
  g_autoptr (GArray) missing = kouan_checklist_missing (checklist, (const char *const *)kept);

  json_builder_set_member_name (builder, "documents");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    add_document (builder, visit, kouan_checklist_get_nth (checklist, i), i + 1);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < missing->len; i++)
    {
      const KouanMissing *one = &g_array_index (missing, KouanMissing, i);

      json_builder_begin_object (builder);
      add_int (builder, "code", one->code);
      add_string (builder, "name", kouan_missing_get_name (one, "en"));
      json_builder_set_member_name (builder, "certain");
      json_builder_add_boolean_value (builder, one->certain);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What does not fit together; the person was told. */
static void
add_cross_checks (JsonBuilder *builder,
                  KouanVisit *visit,
                  const KouanMrz *mrz,
                  KouanChecklist *checklist,
                  const GDate *today)
{
  g_autoptr (GArray) crosses = kouan_cross_check (visit, mrz, checklist, today);

  json_builder_set_member_name (builder, "does_not_fit");
  json_builder_begin_array (builder);
  for (guint i = 0; i < crosses->len; i++)
    {
      const KouanCross *cross = &g_array_index (crosses, KouanCross, i);

      json_builder_begin_object (builder);
      add_string (builder, "finding", kouan_cross_id (cross->kind));
      add_string (builder, "kind",
                  cross->document != NULL ? kouan_document_item_get_id (cross->document) : NULL);
      if (cross->other != NULL)
        add_string (builder, "also_in", kouan_document_item_get_id (cross->other));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_desk_rules (JsonBuilder *builder,
                KouanVisit *visit,
                KouanService *service,
                const KouanContext *context)
{
  g_autoptr (GPtrArray) rules = kouan_service_desk_rules (service, visit->answers, context);

  json_builder_set_member_name (builder, "rules_for_the_desk");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    json_builder_add_string_value (builder, kouan_rule_get_id (g_ptr_array_index (rules, i)));
  json_builder_end_array (builder);
}

/* What the answers come to, as the person was told. */
static void
add_conclusions (JsonBuilder *builder,
                 KouanVisit *visit,
                 KouanService *service,
                 const KouanContext *context)
{
  g_autoptr (GArray) deadlines = kouan_service_deadlines (service, visit->answers, context);
  g_autoptr (GArray) estimates = kouan_service_estimates (service, visit->answers, context);
  KouanOutcome *outcome = kouan_service_outcome (service, visit->answers, context);

  json_builder_set_member_name (builder, "last_days");
  json_builder_begin_object (builder);
  for (guint i = 0; i < deadlines->len; i++)
    {
      const KouanDeadlineState *state = &g_array_index (deadlines, KouanDeadlineState, i);
      g_autofree char *last = kouan_date_to_string (&state->last);

      add_string (builder, kouan_deadline_get_id (state->deadline), last);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "estimates");
  json_builder_begin_object (builder);
  for (guint i = 0; i < estimates->len; i++)
    {
      const KouanEstimateState *state = &g_array_index (estimates, KouanEstimateState, i);

      add_int (builder, kouan_estimate_get_id (state->estimate), state->total);
    }
  json_builder_end_object (builder);
  if (outcome != NULL)
    add_string (builder, "declared_outcome", kouan_outcome_get_id (outcome));
}

/**
 * kouan_application_json:
 * @context: what conditions look at; as of the day of submission
 * @mrz: (nullable): of the passport that was shown, to compare papers with
 * @submitted_s: wall time
 *
 * Answers to questions that the person was not shown are left out.
 */
GBytes *
kouan_application_json (KouanVisit *visit,
                        KouanService *service,
                        guint64 catalogue_version,
                        const KouanContext *context,
                        const KouanMrz *mrz,
                        gint64 submitted_s)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (KouanChecklist) checklist = NULL;
  g_autofree char *code_id = kouan_uuid_to_string (visit->code_id);

  kouan_service_forget_hidden (service, visit->answers, context);
  checklist = kouan_service_checklist (service, visit->answers, context);
  json_builder_begin_object (builder);
  add_string (builder, "format", "kouan-application/1");
  add_string (builder, "service", kouan_service_get_id (service));
  add_int (builder, "service_code", kouan_service_get_code (service));
  add_string (builder, "service_name", kouan_service_get_name (service, "en"));
  add_int (builder, "catalogue_version", catalogue_version);
  add_string (builder, "code", code_id);
  add_string (builder, "code_kind", visit->walk_in ? "walk-in" : "appointment");
  add_string (builder, "language", visit->language);
  add_time (builder, "started", visit->started_s);
  add_time (builder, "submitted", submitted_s);
  add_string (builder, "signature", visit->signature_typed ? "typed" : "drawn");
  if (visit->group_receipt != NULL)
    add_string (builder, "group_of_receipt", visit->group_receipt);
  json_builder_set_member_name (builder, "answers");
  json_builder_add_value (builder, kouan_answers_to_json (visit->answers));
  add_checklist (builder, visit, checklist);
  add_cross_checks (builder, visit, mrz, checklist, &context->today);
  add_desk_rules (builder, visit, service, context);
  add_conclusions (builder, visit, service, context);
  json_builder_end_object (builder);
  return finish (builder);
}

/* The picture that was taken, or null: a person may go on without one. */
static void
add_portrait (JsonBuilder *builder, const KouanVisitPortrait *portrait)
{
  json_builder_set_member_name (builder, "portrait");
  if (portrait == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_string (builder, "file", KOUAN_APPLICATION_PORTRAIT);
  json_builder_set_member_name (builder, "used_in_spite_of");
  json_builder_begin_array (builder);
  for (char **finding = portrait->findings; finding != NULL && *finding != NULL; finding++)
    json_builder_add_string_value (builder, *finding);
  json_builder_end_array (builder);
  /* Systems with a published rule for pictures that take this file as it is. */
  json_builder_set_member_name (builder, "fits");
  json_builder_begin_array (builder);
  for (char **rule = portrait->fits; rule != NULL && *rule != NULL; rule++)
    json_builder_add_string_value (builder, *rule);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Who the person says to be, by which document, and every check about it (BSI TR-03135's results).
 */
GBytes *
kouan_identity_json (KouanVisit *visit, const KouanMrz *mrz)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *birth = kouan_mrz_date_to_string (&mrz->birth);
  g_autofree char *expiry = kouan_mrz_date_to_string (&mrz->expiry);
  static const char *const sexes[] = { "X", "F", "M" };

  json_builder_begin_object (builder);
  add_string (builder, "format", "kouan-identity/1");
  add_string (builder, "source", visit->zone_source);
  add_string (builder, "document_format", kouan_mrz_format_id (mrz->format));
  add_string (builder, "document_code", mrz->document_code);
  add_string (builder, "issuer", mrz->issuer);
  add_string (builder, "document_number", mrz->document_number);
  add_string (builder, "primary_name", mrz->primary);
  add_string (builder, "secondary_name", mrz->secondary);
  add_bool (builder, "name_may_be_cut", mrz->name_may_be_cut);
  add_string (builder, "nationality", mrz->nationality);
  add_string (builder, "birth_date", birth);
  add_string (builder, "expiry_date", expiry);
  add_string (builder, "sex", sexes[mrz->sex]);
  json_builder_set_member_name (builder, "zone");
  json_builder_begin_array (builder);
  for (char **line = visit->zone; line != NULL && *line != NULL; line++)
    json_builder_add_string_value (builder, *line);
  json_builder_end_array (builder);
  add_portrait (builder, visit->portrait);
  json_builder_set_member_name (builder, "checks");
  if (visit->checks != NULL)
    json_builder_add_value (builder, kouan_checks_to_json (visit->checks));
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  return finish (builder);
}

static void
add_consent (JsonBuilder *builder,
             const char *purpose,
             const char *language,
             gint64 given_s,
             const char *sha256)
{
  json_builder_begin_object (builder);
  add_string (builder, "purpose", purpose);
  add_string (builder, "language", language);
  add_time (builder, "given", given_s);
  add_string (builder, "text_sha256", sha256);
  json_builder_end_object (builder);
}

/* What was agreed to, when, in which language, and the digest of exactly the words that were shown.
 */
GBytes *
kouan_consents_json (KouanVisit *visit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "format", "kouan-consents/1");
  json_builder_set_member_name (builder, "consents");
  json_builder_begin_array (builder);
  add_consent (builder, "processing-of-this-application", visit->language, visit->consented_s,
               visit->consent_sha256);
  if (visit->portrait != NULL)
    add_consent (builder, "picture-and-comparison", visit->language, visit->portrait->consented_s,
                 visit->portrait->consent_sha256);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return finish (builder);
}

GBytes *
kouan_signature_svg (KouanVisit *visit)
{
  const char *svg = visit->signature != NULL ? visit->signature : "";

  return g_bytes_new (svg, strlen (svg));
}
