/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/service.h"

#include "app/catalogue/model.h"

/* A service: it owns everything that its file has. What answers come to is in evaluation.c and
 * checklist.c. */

/**
 * kouan_service_new:
 *
 * Returns: (transfer full): a service without anything, for the loader to fill
 */
KouanService *
kouan_service_new (const char *file)
{
  KouanService *self = g_new0 (KouanService, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file = g_strdup (file);
  self->languages = g_ptr_array_new_with_free_func (g_free);
  self->language_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->profiles = g_ptr_array_new_with_free_func (g_free);
  self->sections
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)kouan_phrase_free);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_rule_free);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_question_free);
  self->questions_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_document_group_free);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_document_item_free);
  self->fees = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_fee_free);
  self->deadlines = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_deadline_free);
  self->eligibility = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_eligibility_free);
  self->estimates = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_estimate_free);
  self->outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_outcome_free);
  self->declared = g_ptr_array_new ();
  self->lists
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  return self;
}

KouanService *
kouan_service_ref (KouanService *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_service_unref (KouanService *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->languages);
  g_hash_table_unref (self->language_names);
  g_ptr_array_unref (self->profiles);
  g_hash_table_unref (self->sections);
  g_ptr_array_unref (self->declared);
  g_ptr_array_unref (self->outcomes);
  g_ptr_array_unref (self->estimates);
  g_ptr_array_unref (self->eligibility);
  g_ptr_array_unref (self->deadlines);
  g_ptr_array_unref (self->fees);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->questions_by_id);
  g_ptr_array_unref (self->questions);
  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->topic, kouan_phrase_free);
  g_free (self->travellers);
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_clear_pointer (&self->description, kouan_phrase_free);
  g_clear_pointer (&self->audience, kouan_phrase_free);
  g_free (self->id);
  g_free (self->file);
  g_free (self);
}

const char *
kouan_service_get_id (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/* What appointment codes, walk-in codes and receipts carry for this service. */
guint
kouan_service_get_code (KouanService *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code;
}

const char *
kouan_service_get_name (KouanService *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

const char *
kouan_service_get_description (KouanService *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->description, language);
}

/* Returns: (transfer none) (nullable): the heading that services of one kind are offered under */
const char *
kouan_service_get_topic (KouanService *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->topic, language);
}

/* Whether there is nothing to apply for here: the visitor reads it, and goes on to somebody else.
 */
gboolean
kouan_service_is_information (KouanService *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->information;
}

/* Who it is for, in words. */
const char *
kouan_service_get_audience (KouanService *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->audience, language);
}

gboolean
kouan_service_has_profile (KouanService *self, const char *profile)
{
  g_return_val_if_fail (self != NULL && profile != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->profiles, profile, g_str_equal, NULL);
}

/* Returns: (transfer none) (element-type KouanQuestion): in the order of the file, which is the
 * order of asking */
GPtrArray *
kouan_service_get_questions (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->questions;
}

GPtrArray *
kouan_service_get_documents (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->documents;
}

GPtrArray *
kouan_service_get_rules (KouanService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

/* Returns: (transfer none) (nullable): the question of that id */
KouanQuestion *
kouan_service_find_question (KouanService *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->questions_by_id, id);
}

KouanDocumentItem *
kouan_service_find_document (KouanService *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->documents->len; i++)
    if (g_strcmp0 (((KouanDocumentItem *)self->documents->pdata[i])->id, id) == 0)
      return self->documents->pdata[i];
  return NULL;
}

KouanDocumentItem *
kouan_service_find_document_by_code (KouanService *self, guint code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->documents->len; i++)
    if (((KouanDocumentItem *)self->documents->pdata[i])->code == code)
      return self->documents->pdata[i];
  return NULL;
}

/* A receipt's code may be that of a group. */
KouanDocumentGroup *
kouan_service_find_group_by_code (KouanService *self, guint code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->groups->len; i++)
    if (((KouanDocumentGroup *)self->groups->pdata[i])->code == code)
      return self->groups->pdata[i];
  return NULL;
}
