/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/seal.h"

#include "app/record/manifest.h"
#include "app/record/padme.h"
#include "app/record/tar.h"

/* Members → tar → age → the stream that is given. Plain bytes exist one member at a time and never
 * on the disk. */

static gboolean
write_member (KouanTarWriter *tar,
              KouanMembers *members,
              const KouanSubmissionMember *member,
              GBytes *contents,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (KouanHashing) hashing = kouan_hashing_start_bytes (contents);
  guint8 digest[KOUAN_SHA256_SIZE];
  guint64 size;

  if (!kouan_tar_writer_add (tar, member->name, contents, cancellable, error)
      || !kouan_hashing_finish (g_steal_pointer (&hashing), digest, &size, error))
    return FALSE;
  kouan_members_add (members, member->name, size, digest);
  return TRUE;
}

/* What a member lacks is told apart from what the disk lacks: other people help. */
static GBytes *
read_member (const KouanSubmissionMember *member, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *contents;

  if (!kouan_tar_name_is_safe (member->name))
    {
      g_set_error (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_MEMBER,
                   "\"%s\" cannot be a member of a record", member->name);
      return NULL;
    }
  contents = kouan_submission_read (member, &local);
  if (contents == NULL)
    g_set_error (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_MEMBER, "%s: %s", member->name,
                 local != NULL ? local->message : "no contents");
  return contents;
}

static gboolean
write_members (KouanSubmission *submission,
               const KouanSealing *sealing,
               KouanTarWriter *tar,
               GError **error)
{
  g_autoptr (KouanMembers) members = kouan_members_new ();
  g_autoptr (GBytes) json = NULL;
  guint64 done = 0;

  for (guint i = 0; i < submission->members->len; i++)
    {
      const KouanSubmissionMember *member = submission->members->pdata[i];
      g_autoptr (GBytes) contents = read_member (member, error);

      if (contents == NULL
          || !write_member (tar, members, member, contents, sealing->cancellable, error))
        return FALSE;
      done += member->size;
      sealing->advance (done, sealing->data);
    }
  json = kouan_members_to_json (members);
  return kouan_tar_writer_add (tar, KOUAN_MEMBERS_NAME, json, sealing->cancellable, error);
}

/**
 * kouan_seal:
 * @base: takes the sealed bytes; stays open
 *
 * Pads the tar with zeros behind its end to a size that tells little, where every tar tool expects
 * zeros.
 *
 * Errors: KOUAN_OUTBOX_ERROR_MEMBER, and @base's own
 */
gboolean
kouan_seal (KouanSubmission *submission,
            const KouanSealing *sealing,
            GOutputStream *base,
            GError **error)
{
  g_autoptr (GOutputStream) age = kouan_age_encrypt (base, sealing->recipients, error);
  g_autoptr (KouanTarWriter) tar = NULL;
  guint64 least;

  if (age == NULL)
    return FALSE;
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (age), FALSE);
  tar = kouan_tar_writer_new (age, sealing->time_s);
  if (!write_members (submission, sealing, tar, error))
    return FALSE;
  least = kouan_tar_writer_get_size (tar) + 2 * 512;
  return kouan_tar_writer_finish (tar, kouan_padme_size (least), sealing->cancellable, error)
         && g_output_stream_close (age, sealing->cancellable, error);
}
