/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/language/language.h"
#include "app/session/session-private.h"

/* A group is one visit after another: a family, or an agent with several employees. Each person has
 * a consent, an identity, papers, a draft, a record and a receipt of their own; what they share is
 * the answers that the catalogue marks so, and the list of their receipts. Since nothing else ties
 * them, one person who cannot be finished stops nobody. */

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
