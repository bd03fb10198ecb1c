/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include <string.h>

/* What answers come to, from JSON: fees, deadlines, eligibility, estimates, and what is declared.
 */

#define EVERY_QUESTION G_MAXUINT
#define POINTS_MAX 100
#define BANDS_MAX 20
#define OUTCOMES_MAX 20
#define DECLARED_MAX 40

void
kouan_read_fee (KouanReader *reader,
                JsonNode *node,
                const char *path,
                guint index G_GNUC_UNUSED,
                gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id", "name", "amount", "currency", "when", "additional", "rules", NULL };
  KouanFee *fee = kouan_model_fee_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      fee->id = kouan_place_id (&place);
      fee->name = kouan_place_text (&place, "name", TRUE);
      fee->amount = kouan_place_number (&place, "amount", -1, 0, G_GINT64_CONSTANT (1000000000000));
      fee->currency = g_strdup (kouan_place_string (&place, "currency", TRUE));
      if (fee->currency != NULL
          && (strlen (fee->currency) != 3
              || strspn (fee->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        kouan_place_fault (&place, "currency", KOUAN_FAULT_VALUE,
                           "This is no currency of ISO 4217.",
                           "Write three capitals, such as CNY.");
      fee->when = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
      fee->additional = kouan_place_truth (&place, "additional", FALSE);
      kouan_place_rules (&place, fee->rules, TRUE);
    }
  g_ptr_array_add (reader->service->fees, fee);
}

void
kouan_read_deadline (KouanReader *reader,
                     JsonNode *node,
                     const char *path,
                     guint index G_GNUC_UNUSED,
                     gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id", "name", "from", "last", "when", "after", "rules", NULL };
  KouanDeadline *deadline = kouan_model_deadline_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      deadline->id = kouan_place_id (&place);
      deadline->name = kouan_place_text (&place, "name", TRUE);
      deadline->after = kouan_place_text (&place, "after", TRUE);
      deadline->from
        = kouan_place_expression (&place, "from", KOUAN_TYPE_DATE, EVERY_QUESTION, TRUE);
      deadline->last
        = kouan_place_expression (&place, "last", KOUAN_TYPE_DATE, EVERY_QUESTION, TRUE);
      deadline->when
        = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
      kouan_place_rules (&place, deadline->rules, TRUE);
    }
  g_ptr_array_add (reader->service->deadlines, deadline);
}

void
kouan_read_eligibility (KouanReader *reader,
                        JsonNode *node,
                        const char *path,
                        guint index G_GNUC_UNUSED,
                        gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "when", "otherwise", "rules", NULL };
  KouanEligibility *eligibility = kouan_model_eligibility_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      eligibility->when
        = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, TRUE);
      eligibility->text = kouan_place_text (&place, "otherwise", TRUE);
      kouan_place_rules (&place, eligibility->rules, TRUE);
    }
  g_ptr_array_add (reader->service->eligibility, eligibility);
}

/* One reason for points. */
static void
read_point (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  static const char *const members[] = { "when", "points", "reason", "rules", NULL };
  KouanEstimate *estimate = data;
  KouanPoint *point = kouan_model_point_new ();
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (estimate->items, point);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  point->when = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
  point->points
    = kouan_place_expression (&place, "points", KOUAN_TYPE_NUMBER, EVERY_QUESTION, TRUE);
  point->reason = kouan_place_text (&place, "reason", TRUE);
  kouan_place_rules (&place, point->rules, TRUE);
}

static void
read_band (KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data)
{
  static const char *const members[] = { "from", "text", NULL };
  KouanEstimate *estimate = data;
  KouanBand *band = g_new0 (KouanBand, 1);
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (estimate->bands, band);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  band->from = kouan_place_number (&place, "from", -1, 0, 1000000);
  band->text = kouan_place_text (&place, "text", TRUE);
  if (index > 0 && ((KouanBand *)estimate->bands->pdata[index - 1])->from <= band->from)
    kouan_place_fault (&place, "from", KOUAN_FAULT_VALUE, "This is not below the one before.",
                       "Write the highest first.");
}

void
kouan_read_estimate (KouanReader *reader,
                     JsonNode *node,
                     const char *path,
                     guint index G_GNUC_UNUSED,
                     gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "id", "name", "max", "items", "bands", "rules", NULL };
  KouanEstimate *estimate = kouan_model_estimate_new ();
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (reader->service->estimates, estimate);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  estimate->id = kouan_place_id (&place);
  estimate->name = kouan_place_text (&place, "name", TRUE);
  estimate->max = kouan_place_number (&place, "max", 0, 1, 1000000);
  kouan_place_each (&place, "items", POINTS_MAX, read_point, estimate);
  kouan_place_each (&place, "bands", BANDS_MAX, read_band, estimate);
  kouan_place_rules (&place, estimate->rules, TRUE);
  if (estimate->items->len == 0)
    kouan_place_fault (&place, "items", KOUAN_FAULT_SHAPE, "Nothing gives points.",
                       "Write what does, each with its reason.");
}

static void
read_outcome (KouanReader *reader,
              JsonNode *node,
              const char *path,
              guint index G_GNUC_UNUSED,
              gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "id", "code", "officer", "name", "when", "rules", NULL };
  KouanOutcome *outcome = kouan_model_outcome_new ();
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (reader->service->outcomes, outcome);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  outcome->id = kouan_place_id (&place);
  outcome->code = kouan_place_number (&place, "code", 0, 1, 65535);
  outcome->officer = kouan_place_truth (&place, "officer", FALSE);
  outcome->name = kouan_place_text (&place, "name", TRUE);
  outcome->when = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
  kouan_place_rules (&place, outcome->rules, TRUE);
}

/* There is an answer to every declaration: the last outcome has no condition, and no other. */
static void
check_outcomes (KouanPlace *place)
{
  GPtrArray *outcomes = place->reader->service->outcomes;

  for (guint i = 0; i < outcomes->len; i++)
    {
      KouanOutcome *outcome = outcomes->pdata[i];

      if ((outcome->when == NULL) != (i + 1 == outcomes->len))
        {
          kouan_place_fault (place, "outcomes", KOUAN_FAULT_SHAPE,
                             "The last outcome, and only the last, holds for whatever is left.",
                             "Give all but the last a “when”.");
          break;
        }
    }
  if (outcomes->len == 0)
    kouan_place_fault (place, "outcomes", KOUAN_FAULT_SHAPE, "A declaration comes to nothing.",
                       "Write what it can come to: which channel, which desk.");
}

static void
read_declared (KouanPlace *place)
{
  KouanService *service = place->reader->service;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  kouan_place_strings (place, "answers", ids);
  for (guint i = 0; i < ids->len; i++)
    {
      KouanQuestion *question = kouan_service_find_question (service, ids->pdata[i]);

      if (question != NULL && service->declared->len < DECLARED_MAX)
        g_ptr_array_add (service->declared, question);
      else
        kouan_place_fault (place, "answers", KOUAN_FAULT_REFERENCE,
                           "There is no such question, or there are too many.",
                           "Name the questions whose answers an officer reads from the code.");
    }
}

/* A repeated question with a person in it, called "person". */
static void
read_travellers (KouanPlace *place)
{
  KouanService *service = place->reader->service;
  g_autofree char *first = NULL;

  service->travellers = g_strdup (kouan_place_string (place, "travellers", FALSE));
  if (service->travellers == NULL)
    return;
  first = g_strdup_printf ("%s_1_person_passport", service->travellers);
  if (kouan_service_find_question (service, first) == NULL)
    kouan_place_fault (place, "travellers", KOUAN_FAULT_REFERENCE,
                       "There is no repeated question of this id with a person in it.",
                       "Repeat a question of the kind “person” with the id “person”.");
}

/* The member "declaration" of a service. */
void
kouan_read_declaration (KouanPlace *root)
{
  static const char *const members[] = { "days", "outcomes", "answers", "travellers", NULL };
  JsonNode *node = json_object_get_member (root->object, "declaration");
  g_autofree char *path = g_strconcat (root->path, ".declaration", NULL);
  g_auto (KouanPlace) place = { 0 };

  if (node == NULL || !kouan_place_init (&place, root->reader, node, path, members))
    return;
  root->reader->service->declaration_days = kouan_place_number (&place, "days", 1, 1, 366);
  kouan_place_each (&place, "outcomes", OUTCOMES_MAX, read_outcome, NULL);
  check_outcomes (&place);
  read_declared (&place);
  read_travellers (&place);
}
