/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/outbox.h"

G_BEGIN_DECLS

/* What a KouanSubmission holds, for app/record alone. */
typedef struct
{
  char *name;
  GBytes *contents; /* NULL: to be read */
  gsize size;       /* of the contents, or what the caller expects of them */
  KouanMemberRead read;
  gpointer data;
  GDestroyNotify free_data;
} KouanSubmissionMember;

struct _KouanSubmission
{
  gint64 service;
  gboolean has_code;
  guint8 code_id[16];
  gboolean has_draft;
  guint8 draft[16];
  GArray *missing;    /* of guint */
  GPtrArray *members; /* of KouanSubmissionMember */
};

guint64 kouan_submission_estimate (KouanSubmission *self); /* bytes of the sealed file */
GBytes *kouan_submission_read (const KouanSubmissionMember *member, GError **error);

G_END_DECLS
