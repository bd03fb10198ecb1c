/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/seal.h"

#include <fcntl.h>

/* Stands between the encryption and the file. Every MiB it lets the hashing thread go on, and asks
 * the kernel to begin writing, so that the fsync in the end has less to wait for. Only a hint: the
 * fsync is what counts. */

#define STEP_SIZE (1024 * 1024)

struct _KouanFollowStream
{
  GFilterOutputStream parent_instance;

  KouanHashing *hashing; /* the owner's */
  int fd;                /* the owner's */
  guint64 written;
  guint64 told;
};

#define KOUAN_TYPE_FOLLOW_STREAM (kouan_follow_stream_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanFollowStream, kouan_follow_stream, KOUAN, FOLLOW_STREAM, GFilterOutputStream)
G_DEFINE_FINAL_TYPE (KouanFollowStream, kouan_follow_stream, G_TYPE_FILTER_OUTPUT_STREAM)

static void
tell (KouanFollowStream *self)
{
  kouan_hashing_grow (self->hashing, self->written);
  sync_file_range (self->fd, (off64_t)self->told, (off64_t)(self->written - self->told),
                   SYNC_FILE_RANGE_WRITE);
  self->told = self->written;
}

static gssize
kouan_follow_stream_write (
  GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  KouanFollowStream *self = KOUAN_FOLLOW_STREAM (stream);
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  gssize written = g_output_stream_write (base, buffer, count, cancellable, error);

  if (written > 0)
    self->written += (guint64)written;
  if (self->written - self->told >= STEP_SIZE)
    tell (self);
  return written;
}

static void
kouan_follow_stream_class_init (KouanFollowStreamClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = kouan_follow_stream_write;
}

static void
kouan_follow_stream_init (KouanFollowStream *self G_GNUC_UNUSED)
{
}

GOutputStream *
kouan_follow_stream_new (GOutputStream *base, KouanHashing *hashing, int fd)
{
  KouanFollowStream *self = g_object_new (KOUAN_TYPE_FOLLOW_STREAM, "base-stream", base,
                                          "close-base-stream", FALSE, NULL);

  self->hashing = hashing;
  self->fd = fd;
  return G_OUTPUT_STREAM (self);
}
