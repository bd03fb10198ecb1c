/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/model.h"

/* The documents of a service, its fees, and whom it is for. */

KouanDocumentGroup *
kouan_model_document_group_new (void)
{
  return g_new0 (KouanDocumentGroup, 1);
}

void
kouan_model_document_group_free (KouanDocumentGroup *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_document_group_get_id (KouanDocumentGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

guint
kouan_document_group_get_code (KouanDocumentGroup *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code;
}

const char *
kouan_document_group_get_name (KouanDocumentGroup *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

KouanDocumentItem *
kouan_model_document_item_new (void)
{
  KouanDocumentItem *self = g_new0 (KouanDocumentItem, 1);

  self->rules = g_ptr_array_new ();
  self->refuse = g_ptr_array_new_with_free_func (g_free);
  self->in = g_ptr_array_new_with_free_func (g_free);
  self->in_names = g_ptr_array_new_with_free_func (g_free);
  self->authentication
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_authentication_free);
  self->max_pages = 1;
  return self;
}

void
kouan_model_document_item_free (KouanDocumentItem *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_clear_pointer (&self->hint, kouan_phrase_free);
  g_clear_pointer (&self->needed_if, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->refuse);
  g_ptr_array_unref (self->in);
  g_ptr_array_unref (self->in_names);
  g_ptr_array_unref (self->authentication);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_document_item_get_id (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

guint
kouan_document_item_get_code (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code;
}

const char *
kouan_document_item_get_name (KouanDocumentItem *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

const char *
kouan_document_item_get_hint (KouanDocumentItem *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->hint, language);
}

KouanDocumentGroup *
kouan_document_item_get_group (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->group;
}

/* Whether the visit can end without it, the receipt then listing it as missing. */
gboolean
kouan_document_item_may_come_later (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->may_come_later;
}

gboolean
kouan_document_item_needs_colour (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->colour;
}

/* Whether it is of the travel document that the visitor shows, so that its machine readable zone is
 * on one of its pages. */
gboolean
kouan_document_item_has_zone (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->zone;
}

/* Whether a translation has to come with it where it is in another language than the hall's. */
gboolean
kouan_document_item_needs_translation (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->translation;
}

/* Returns: (transfer none) (element-type utf8): BCP 47: a paper in another goes with a translation
 */
GPtrArray *
kouan_document_item_get_languages (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->in;
}

/* @finding: its id, "no-colour". Returns: whether a page with it is of no use to the desk, so that
 * nobody can choose to live with it */
gboolean
kouan_document_item_refuses (KouanDocumentItem *self, const char *finding)
{
  g_return_val_if_fail (self != NULL && finding != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->refuse, finding, g_str_equal, NULL);
}

guint
kouan_document_item_get_max_pages (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_pages;
}

guint
kouan_document_item_get_max_age_months (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_age_months;
}

GPtrArray *
kouan_document_item_get_rules (KouanDocumentItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

KouanFee *
kouan_model_fee_new (void)
{
  KouanFee *self = g_new0 (KouanFee, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_fee_free (KouanFee *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self->currency);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_fee_get_id (KouanFee *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/* Whether a law or a government says so, and nobody has to look again. */
gboolean
kouan_fee_is_certain (KouanFee *self, const GDate *today)
{
  g_return_val_if_fail (self != NULL && today != NULL, FALSE);

  return kouan_rules_are_certain (self->rules, today);
}

const char *
kouan_fee_get_name (KouanFee *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

gint64
kouan_fee_get_amount (KouanFee *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->amount;
}

const char *
kouan_fee_get_currency (KouanFee *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

/* Decimals of a currency's smallest unit (ISO 4217): two, but for these. */
static guint
decimals_of (const char *currency)
{
  static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
  static const char three[] = "BHD IQD JOD KWD LYD OMR TND";

  if (g_strstr_len (none, -1, currency) != NULL)
    return 0;
  return g_strstr_len (three, -1, currency) != NULL ? 3 : 2;
}

/* Returns: (transfer full): "CNY 400", "CNY 12.50" */
char *
kouan_fee_format_amount (KouanFee *self)
{
  static const gint64 units[] = { 1, 10, 100, 1000 };
  guint decimals;
  gint64 whole, rest;

  g_return_val_if_fail (self != NULL, NULL);

  decimals = decimals_of (self->currency);
  whole = self->amount / units[decimals];
  rest = self->amount % units[decimals];
  if (rest == 0)
    return g_strdup_printf ("%s %" G_GINT64_FORMAT, self->currency, whole);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, self->currency, whole,
                          (int)decimals, rest);
}

GPtrArray *
kouan_fee_get_rules (KouanFee *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

KouanEligibility *
kouan_model_eligibility_new (void)
{
  KouanEligibility *self = g_new0 (KouanEligibility, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_eligibility_free (KouanEligibility *self)
{
  g_clear_pointer (&self->text, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

const char *
kouan_eligibility_get_text (KouanEligibility *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->text, language);
}

GPtrArray *
kouan_eligibility_get_rules (KouanEligibility *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

gboolean
kouan_eligibility_is_certain (KouanEligibility *self, const GDate *today)
{
  g_return_val_if_fail (self != NULL && today != NULL, FALSE);

  return kouan_rules_are_certain (self->rules, today);
}

KouanAuthentication *
kouan_model_authentication_new (void)
{
  KouanAuthentication *self = g_new0 (KouanAuthentication, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_authentication_free (KouanAuthentication *self)
{
  g_clear_pointer (&self->text, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

/* Returns: (transfer none): who has to confirm that the paper is real, and how one gets that */
const char *
kouan_authentication_get_text (KouanAuthentication *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->text, language);
}

GPtrArray *
kouan_authentication_get_rules (KouanAuthentication *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}
