/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/tar-format.h"
#include "app/record/tar.h"

#include <string.h>

/* Writes POSIX.1-1988 ustar: a header block and the contents of each member, filled up to whole
 * blocks, then two blocks of zeros that end it. More zeros after those are part of the format too
 * (tapes have large blocks), which is where a record hides its size. Owner and times say nothing
 * about who or when. */

struct _KouanTarWriter
{
  GOutputStream *base;
  gint64 mtime_s;
  guint64 size;
};

static const guint8 zeros[64 * 1024];

/**
 * kouan_tar_writer_new:
 * @base: stays open
 * @mtime_s: for every member, seconds since 1970 UTC
 */
KouanTarWriter *
kouan_tar_writer_new (GOutputStream *base, gint64 mtime_s)
{
  KouanTarWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (base), NULL);
  g_return_val_if_fail (mtime_s >= 0 && mtime_s <= KOUAN_TAR_SIZE_MAX, NULL);

  self = g_new0 (KouanTarWriter, 1);
  self->base = g_object_ref (base);
  self->mtime_s = mtime_s;
  return self;
}

void
kouan_tar_writer_free (KouanTarWriter *self)
{
  g_object_unref (self->base);
  g_free (self);
}

guint64
kouan_tar_writer_get_size (KouanTarWriter *self)
{
  return self->size;
}

static gboolean
write_all (
  KouanTarWriter *self, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  if (!g_output_stream_write_all (self->base, data, size, NULL, cancellable, error))
    return FALSE;
  self->size += size;
  return TRUE;
}

static gboolean
write_zeros (KouanTarWriter *self, guint64 size, GCancellable *cancellable, GError **error)
{
  while (size > 0)
    {
      gsize part = MIN (size, sizeof zeros);

      if (!write_all (self, zeros, part, cancellable, error))
        return FALSE;
      size -= part;
    }
  return TRUE;
}

static void
fill_header (KouanTarHeader *header, const char *name, gsize size, gint64 mtime_s)
{
  memset (header, 0, sizeof *header);
  memcpy (header->name, name, strlen (name));
  g_snprintf (header->mode, sizeof header->mode, "%07o", 0600);
  g_snprintf (header->uid, sizeof header->uid, "%07o", 0);
  g_snprintf (header->gid, sizeof header->gid, "%07o", 0);
  g_snprintf (header->size, sizeof header->size, "%011" G_GINT64_MODIFIER "o", (guint64)size);
  g_snprintf (header->mtime, sizeof header->mtime, "%011" G_GINT64_MODIFIER "o", (guint64)mtime_s);
  header->type = '0';
  memcpy (header->magic, "ustar", sizeof header->magic);
  memcpy (header->version, "00", sizeof header->version);
  g_snprintf (header->checksum, sizeof header->checksum, "%06o", kouan_tar_header_sum (header));
  header->checksum[7] = ' '; /* six digits, NUL, space */
}

/**
 * kouan_tar_writer_add:
 * @name: see kouan_tar_name_is_safe()
 *
 * Errors: @base's own; KOUAN_TAR_ERROR NAME, TOO_LARGE
 */
gboolean
kouan_tar_writer_add (KouanTarWriter *self,
                      const char *name,
                      GBytes *contents,
                      GCancellable *cancellable,
                      GError **error)
{
  KouanTarHeader header;
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (self != NULL && contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);
  if (!kouan_tar_name_is_safe (name))
    {
      g_set_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_NAME, "\"%s\" cannot be a member", name);
      return FALSE;
    }
  if (size > KOUAN_TAR_SIZE_MAX)
    {
      g_set_error (error, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_TOO_LARGE, "%s is too large", name);
      return FALSE;
    }
  fill_header (&header, name, size, self->mtime_s);
  return write_all (self, &header, sizeof header, cancellable, error)
         && write_all (self, data, size, cancellable, error)
         && write_zeros (self, kouan_tar_filling (size), cancellable, error);
}

/**
 * kouan_tar_writer_finish:
 * @total: bytes that the archive is to have in the end, a multiple of 512; less than it needs
 * counts as what it needs
 *
 * Writes the end marker, and zeros after it up to @total. Closes nothing.
 */
gboolean
kouan_tar_writer_finish (KouanTarWriter *self,
                         guint64 total,
                         GCancellable *cancellable,
                         GError **error)
{
  guint64 least;

  g_return_val_if_fail (self != NULL && total % KOUAN_TAR_BLOCK_SIZE == 0, FALSE);

  least = self->size + 2 * KOUAN_TAR_BLOCK_SIZE;
  return write_zeros (self, MAX (total, least) - self->size, cancellable, error);
}
