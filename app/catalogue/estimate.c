/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/estimate.h"

#include "app/catalogue/model.h"

#include "app/language/language.h"

/* Points, each with its reason; and what a declaration comes to. Both say what follows from the
 * answers by a published table. Neither decides anything. */

KouanPoint *
kouan_model_point_new (void)
{
  KouanPoint *self = g_new0 (KouanPoint, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_point_free (KouanPoint *self)
{
  g_clear_pointer (&self->reason, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_clear_pointer (&self->points, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static void
band_free (gpointer data)
{
  KouanBand *band = data;

  g_clear_pointer (&band->text, kouan_phrase_free);
  g_free (band);
}

KouanEstimate *
kouan_model_estimate_new (void)
{
  KouanEstimate *self = g_new0 (KouanEstimate, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_point_free);
  self->bands = g_ptr_array_new_with_free_func (band_free);
  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_estimate_free (KouanEstimate *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->bands);
  g_ptr_array_unref (self->rules);
  g_free (self->id);
  g_free (self);
}

KouanOutcome *
kouan_model_outcome_new (void)
{
  KouanOutcome *self = g_new0 (KouanOutcome, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_outcome_free (KouanOutcome *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_estimate_get_id (KouanEstimate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
kouan_estimate_get_name (KouanEstimate *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

gint64
kouan_estimate_get_max (KouanEstimate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max;
}

const char *
kouan_point_get_reason (KouanPoint *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->reason, language);
}

GPtrArray *
kouan_point_get_rules (KouanPoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

static void
count (KouanEstimateState *state, KouanEstimate *estimate, KouanEvaluation *evaluation)
{
  for (guint i = 0; i < estimate->items->len; i++)
    {
      KouanPoint *point = estimate->items->pdata[i];
      KouanPointState counted = { .point = point };
      KouanValue points;

      if (!kouan_evaluation_holds (evaluation, point->when))
        continue;
      points = kouan_evaluation_run (evaluation, point->points);
      if (!points.known || points.number == 0)
        continue;
      counted.points = CLAMP (points.number, -estimate->max, estimate->max);
      g_array_append_val (state->points, counted);
      state->total += counted.points;
      state->certain
        = state->certain && kouan_rules_are_certain (point->rules, &evaluation->context->today);
    }
  state->total = CLAMP (state->total, 0, estimate->max);
}

static void
clear_state (gpointer data)
{
  g_array_unref (((KouanEstimateState *)data)->points);
}

/**
 * kouan_service_estimates:
 *
 * Returns: (transfer full) (element-type KouanEstimateState): as far as the answers say; what is
 * not answered gives nothing
 */
GArray *
kouan_service_estimates (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  GArray *states = g_array_new (FALSE, TRUE, sizeof (KouanEstimateState));
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_array_set_clear_func (states, clear_state);
  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, states);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->estimates->len; i++)
    {
      KouanEstimate *estimate = self->estimates->pdata[i];
      KouanEstimateState state = { .estimate = estimate };

      state.points = g_array_new (FALSE, FALSE, sizeof (KouanPointState));
      state.certain = kouan_rules_are_certain (estimate->rules, &context->today);
      count (&state, estimate, &evaluation);
      g_array_append_val (states, state);
    }
  return states;
}

/* Returns: (transfer none) (nullable): what so many points stand for; NULL below the lowest band */
const char *
kouan_estimate_state_get_band (const KouanEstimateState *state, const char *language)
{
  g_return_val_if_fail (state != NULL, NULL);

  for (guint i = 0; i < state->estimate->bands->len; i++)
    {
      KouanBand *band = state->estimate->bands->pdata[i];

      if (state->total >= band->from)
        return kouan_phrase_get (band->text, language);
    }
  return NULL;
}

static char *
words_in (const KouanLanguage *language, const char *text)
{
  return language != NULL ? kouan_language_text_in (language, text) : g_strdup (text);
}

/* @language: (nullable): English; @signed_always: "+5" */
static char *
number_in (const KouanLanguage *language, gint64 number, gboolean signed_always)
{
  g_autofree char *western
    = g_strdup_printf (signed_always ? "%+" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, number);

  return language != NULL ? kouan_language_digits (language, western) : g_steal_pointer (&western);
}

/**
 * kouan_estimate_state_format:
 * @language: BCP 47
 *
 * Returns: (transfer full): a line for each reason with its points, their sum, what it stands for,
 * and that it is an estimate
 */
char *
kouan_estimate_state_format (const KouanEstimateState *state, const char *language)
{
  const KouanLanguage *known;
  g_autofree char *sum = NULL;
  g_autofree char *total = NULL;
  g_autofree char *max = NULL;
  g_autofree char *words = NULL;
  g_autofree char *doubt = NULL;
  const char *band;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) line = NULL;

  g_return_val_if_fail (state != NULL && language != NULL, NULL);

  known = kouan_language_find (language);
  for (guint i = 0; i < state->points->len; i++)
    {
      const KouanPointState *point = &g_array_index (state->points, KouanPointState, i);

      g_autofree char *points = number_in (known, point->points, TRUE);

      g_string_append_printf (text, "%s  %s\n", points,
                              kouan_point_get_reason (point->point, language));
    }
  sum = words_in (known, N_ ("{points} of at most {max} points."));
  line = g_string_new (sum);
  total = number_in (known, state->total, FALSE);
  max = number_in (known, state->estimate->max, FALSE);
  g_string_replace (line, "{points}", total, 1);
  g_string_replace (line, "{max}", max, 1);
  band = kouan_estimate_state_get_band (state, language);
  words = words_in (known, N_ ("This is an estimate. The authority decides."));
  g_string_append_printf (text, "%s %s\n%s", line->str, band != NULL ? band : "", words);
  if (!state->certain)
    {
      doubt = words_in (known,
                        N_ ("We have this from others, not from the authority. Ask at the desk."));
      g_string_append_printf (text, "\n%s", doubt);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether the visit ends in a signed code that an officer reads. */
gboolean
kouan_service_is_declaration (KouanService *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->outcomes->len > 0;
}

guint
kouan_service_get_declaration_days (KouanService *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->declaration_days;
}

/**
 * kouan_service_outcome:
 *
 * Returns: (transfer none) (nullable): what the declaration comes to: the first that holds. One
 * that nobody can tell yet holds, because the doubtful go to the officer.
 */
KouanOutcome *
kouan_service_outcome (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, NULL);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->outcomes->len; i++)
    {
      KouanOutcome *outcome = self->outcomes->pdata[i];
      KouanValue value = { 0 };

      if (outcome->when == NULL)
        return outcome;
      value = kouan_evaluation_run (&evaluation, outcome->when);
      if (!value.known || value.truth)
        return outcome;
    }
  return NULL;
}

/* Returns: (transfer none) (nullable): for whoever reads a signed code */
KouanOutcome *
kouan_service_find_outcome_by_code (KouanService *self, guint code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->outcomes->len; i++)
    if (((KouanOutcome *)self->outcomes->pdata[i])->code == code)
      return self->outcomes->pdata[i];
  return NULL;
}

/* Returns: (transfer none) (element-type KouanQuestion): whose answers the signed code carries */
GPtrArray *
kouan_service_get_declared (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->declared;
}

/* Returns: (transfer none) (nullable): the repeated question that the other travellers are in: the
 * passport number of the first of them answers "TRAVELLERS_1_person_passport" */
const char *
kouan_service_get_travellers (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->travellers;
}

const char *
kouan_outcome_get_id (KouanOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

guint
kouan_outcome_get_code (KouanOutcome *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code;
}

/* Whether it leads to somebody who looks, and not straight on. */
gboolean
kouan_outcome_needs_officer (KouanOutcome *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->officer;
}

const char *
kouan_outcome_get_name (KouanOutcome *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}
