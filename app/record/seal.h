/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/submission.h"

#include "app/crypto/digest.h"

G_BEGIN_DECLS

/* Members to one sealed file, for app/record alone. */
typedef struct
{
  GPtrArray *recipients; /* of KouanAgeRecipient */
  gint64 time_s;
  void (*advance) (guint64 done, gpointer data); /* bytes of contents so far */
  gpointer data;
  GCancellable *cancellable;
} KouanSealing;

gboolean kouan_seal (KouanSubmission *submission,
                     const KouanSealing *sealing,
                     GOutputStream *base,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SHA-256 on a thread of its own, of memory or of a file that grows. */
typedef struct _KouanHashing KouanHashing;

KouanHashing *kouan_hashing_start_bytes (GBytes *bytes);
KouanHashing *kouan_hashing_start_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hashing_grow (KouanHashing *self, guint64 size); /* that many bytes are there now */
gboolean kouan_hashing_finish (KouanHashing *self,
                               guint8 digest[static KOUAN_SHA256_SIZE],
                               guint64 *size,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT; /* takes it */
void kouan_hashing_abandon (KouanHashing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHashing, kouan_hashing_abandon)

/* Passes everything on, and tells @hashing (transfer none) how far the file has come. @fd: of the
 * file */
GOutputStream *kouan_follow_stream_new (GOutputStream *base, KouanHashing *hashing, int fd);

G_END_DECLS
