/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/submission.h"

#include "app/record/padme.h"
#include "app/record/slip.h"
#include "app/record/tar.h"

/* What a visit hands in, collected on one thread and submitted on another. A member that is large
 * is read only when its turn comes, so that one page and not a whole visit is in memory in plain.
 */

#define AGE_CHUNK_SIZE (64 * 1024)
#define AGE_TAG_SIZE 16
#define AGE_HEADER_SIZE 1024   /* room for a few recipients */
#define MANIFEST_LINE_SIZE 256 /* of manifest.json, a member */
#define END_SIZE (2 * 512)

static void
member_free (gpointer data)
{
  KouanSubmissionMember *member = data;

  if (member->free_data != NULL)
    member->free_data (member->data);
  g_clear_pointer (&member->contents, g_bytes_unref);
  g_free (member->name);
  g_free (member);
}

/* @service: the catalogue's code */
KouanSubmission *
kouan_submission_new (gint64 service)
{
  KouanSubmission *self = g_new0 (KouanSubmission, 1);

  self->service = service;
  self->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  self->members = g_ptr_array_new_with_free_func (member_free);
  return self;
}

void
kouan_submission_free (KouanSubmission *self)
{
  g_array_unref (self->missing);
  g_ptr_array_unref (self->members);
  g_free (self);
}

void
kouan_submission_set_code (KouanSubmission *self, const guint8 code_id[static 16])
{
  self->has_code = TRUE;
  memcpy (self->code_id, code_id, sizeof self->code_id);
}

void
kouan_submission_set_draft (KouanSubmission *self, const guint8 name[static 16])
{
  self->has_draft = TRUE;
  memcpy (self->draft, name, sizeof self->draft);
}

/* @document: the catalogue's code of a document that is still to be brought */
void
kouan_submission_add_missing (KouanSubmission *self, guint document)
{
  g_return_if_fail (self->missing->len < KOUAN_SLIP_MISSING_MAX);

  g_array_append_val (self->missing, document);
}

static KouanSubmissionMember *
add_member (KouanSubmission *self, const char *name, gsize size)
{
  KouanSubmissionMember *member = g_new0 (KouanSubmissionMember, 1);

  member->name = g_strdup (name);
  member->size = size;
  g_ptr_array_add (self->members, member);
  return member;
}

/**
 * kouan_submission_add:
 * @name: of the member in the record, "documents/01-passport.pdf"
 */
void
kouan_submission_add (KouanSubmission *self, const char *name, GBytes *contents)
{
  g_return_if_fail (self != NULL && name != NULL && contents != NULL);

  add_member (self, name, g_bytes_get_size (contents))->contents = g_bytes_ref (contents);
}

/**
 * kouan_submission_add_later:
 * @size_estimate: bytes that are expected, for the check of free space and the progress
 * @read: asked once, on the thread that submits
 * @free_data: (nullable): frees @data with the submission
 */
void
kouan_submission_add_later (KouanSubmission *self,
                            const char *name,
                            gsize size_estimate,
                            KouanMemberRead read,
                            gpointer data,
                            GDestroyNotify free_data)
{
  KouanSubmissionMember *member;

  g_return_if_fail (self != NULL && name != NULL && read != NULL);

  member = add_member (self, name, size_estimate);
  member->read = read;
  member->data = data;
  member->free_data = free_data;
}

guint64
kouan_submission_estimate (KouanSubmission *self)
{
  guint64 size
    = kouan_tar_member_size (MANIFEST_LINE_SIZE * (guint64)self->members->len) + END_SIZE;

  for (guint i = 0; i < self->members->len; i++)
    size += kouan_tar_member_size (((KouanSubmissionMember *)self->members->pdata[i])->size);
  size = kouan_padme_size (size);
  return AGE_HEADER_SIZE + size + (size / AGE_CHUNK_SIZE + 1) * AGE_TAG_SIZE;
}

/* Returns: (transfer full) (nullable): the contents */
GBytes *
kouan_submission_read (const KouanSubmissionMember *member, GError **error)
{
  return member->contents != NULL ? g_bytes_ref (member->contents)
                                  : member->read (member->data, error);
}
