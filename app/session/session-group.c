/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/catalogue/json.h"
#include "app/language/language.h"
#include "app/session/session-private.h"

#include <json-glib/json-glib.h>

/* A group is one visit after another: a family, or an agent with several employees. Each person has
 * a consent, an identity, papers, a draft, a record and a receipt of their own; what they share is
 * the answers that the catalogue marks so, and the list of their receipts. Since nothing else ties
 * them, one person who cannot be finished stops nobody.
 *
 * Each person has a process image of their own too: what the group shares goes into the next one as
 * a text (hand over, take over), and nothing else of the person before is anywhere in it. */

#define GROUP_VERSION 1
#define GROUP_MAX 200 /* receipts; an agent with more begins a second group */

static KouanGroup *
group_new (guint service)
{
  KouanGroup *group = g_new0 (KouanGroup, 1);

  group->service = service;
  group->shared = kouan_answers_new ();
  group->numbers = g_ptr_array_new_with_free_func (g_free);
  return group;
}

static void
group_free (KouanGroup *group)
{
  kouan_answers_unref (group->shared);
  g_ptr_array_unref (group->numbers);
  g_free (group);
}

void
kouan_session_forget_group (KouanSession *self)
{
  g_clear_pointer (&self->group, group_free);
}

/* What the others have too, from the person who has just handed in. */
static void
remember (KouanSession *self)
{
  if (self->group == NULL)
    self->group = group_new (self->visit->service);
  g_ptr_array_add (self->group->numbers, g_strdup (self->receipt_number));
  kouan_answers_unref (self->group->shared);
  self->group->shared = kouan_service_shared_answers (self->service, self->visit->answers);
  self->group->service = self->visit->service;
}

/* Lets go of everything of this person but what the group shares. One who was parked has been let
 * go of already. */
void
kouan_session_next_person (KouanSession *self)
{
  g_autofree char *language = g_strdup (
    self->visit->language != NULL ? self->visit->language : kouan_language_current ()->code);

  if (self->receipt_number != NULL)
    remember (self);
  kouan_session_audit (self, "group.next-person", "ok");
  kouan_session_wipe (self);
  kouan_session_set_language (self, language);
  self->handing_over = TRUE;
}

static void
add_numbers (JsonObject *root, GPtrArray *numbers)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < numbers->len; i++)
    json_array_add_string_element (array, numbers->pdata[i]);
  json_object_set_array_member (root, "numbers", array);
}

/**
 * kouan_session_hand_over:
 *
 * Returns: (transfer full) (nullable): what the next person's process image begins with: the
 * language, and what the group shares; %NULL where nobody of a group is waiting
 */
GBytes *
kouan_session_hand_over (KouanSession *self)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (JsonNode) node = NULL;
  char *text;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  if (!self->handing_over)
    return NULL;
  root = json_object_new ();
  json_object_set_int_member (root, "version", GROUP_VERSION);
  json_object_set_string_member (root, "language", self->visit->language);
  if (self->group != NULL)
    {
      json_object_set_int_member (root, "service", self->group->service);
      json_object_set_member (root, "shared", kouan_answers_to_json (self->group->shared));
      add_numbers (root, self->group->numbers);
    }
  node = json_node_init_object (json_node_alloc (), root);
  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
take_numbers (JsonArray *array, GPtrArray *numbers)
{
  guint count = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < count && i < GROUP_MAX; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return FALSE;
      g_ptr_array_add (numbers, json_node_dup_string (node));
    }
  return count > 0 && count <= GROUP_MAX;
}

/* Returns: (transfer full) (nullable) */
static KouanGroup *
read_group (JsonObject *root)
{
  gint64 service = json_object_get_int_member_with_default (root, "service", 0);
  JsonNode *numbers = json_object_get_member (root, "numbers");
  KouanAnswers *shared = kouan_answers_from_json (json_object_get_member (root, "shared"), NULL);
  KouanGroup *group = group_new (CLAMP (service, 0, G_MAXUINT16));

  if (shared != NULL && numbers != NULL && JSON_NODE_HOLDS_ARRAY (numbers)
      && take_numbers (json_node_get_array (numbers), group->numbers))
    {
      kouan_answers_unref (group->shared);
      group->shared = shared;
      return group;
    }
  g_clear_pointer (&shared, kouan_answers_unref);
  group_free (group);
  return NULL;
}

/**
 * kouan_session_take_over:
 * @text: as kouan_session_hand_over() wrote it, in the process image before
 *
 * Before anything else: the visit stands at the consent of the next person of the group.
 *
 * Returns: FALSE if it is not such a text; the kiosk then waits for anybody
 */
gboolean
kouan_session_take_over (KouanSession *self, GBytes *text)
{
  g_autoptr (JsonNode) node = NULL;
  const char *language = NULL;
  JsonObject *root;
  gsize size;
  const char *data;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->state == KOUAN_STATE_ATTRACT && self->group == NULL, FALSE);

  data = g_bytes_get_data (text, &size);
  node = kouan_json_parse (data != NULL ? data : "", size, NULL);
  root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (root == NULL || json_object_get_int_member_with_default (root, "version", 0) != GROUP_VERSION)
    return FALSE;
  language = json_object_get_string_member_with_default (root, "language", NULL);
  if (language == NULL || kouan_language_find (language) == NULL)
    return FALSE;
  if (json_object_has_member (root, "numbers") && (self->group = read_group (root)) == NULL)
    return FALSE;
  kouan_session_set_language (self, language);
  self->state = KOUAN_STATE_CONSENT;
  kouan_timing_begin (self->timing);
  return TRUE;
}

/* A visit that has just begun, for the same service as the others of the group. */
void
kouan_session_join_group (KouanSession *self)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (self->group == NULL || self->group->service != self->visit->service)
    return;
  ids = kouan_answers_list_ids (self->group->shared);
  for (guint i = 0; i < ids->len; i++)
    kouan_answers_set (self->visit->answers, ids->pdata[i],
                       kouan_answers_get (self->group->shared, ids->pdata[i]));
  g_free (self->visit->group_receipt);
  self->visit->group_receipt = g_strdup (self->group->numbers->pdata[0]);
}

/* Whether somebody of a group has handed in before. */
gboolean
kouan_session_has_group (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  return self->group != NULL;
}

/* Returns: the code of what the others of the group have handed in for, or 0 */
guint
kouan_session_get_group_service (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), 0);

  return self->group != NULL ? self->group->service : 0;
}

/* Returns: (transfer full) (element-type utf8): the receipt numbers of the group so far, this
 * person's last; one alone has one */
GPtrArray *
kouan_session_get_group (KouanSession *self)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (KOUAN_IS_SESSION (self), numbers);

  for (guint i = 0; self->group != NULL && i < self->group->numbers->len; i++)
    g_ptr_array_add (numbers, g_strdup (self->group->numbers->pdata[i]));
  if (self->receipt_number != NULL)
    g_ptr_array_add (numbers, g_strdup (self->receipt_number));
  return numbers;
}
