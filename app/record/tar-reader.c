/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/tar-format.h"
#include "app/record/tar.h"

#include <string.h>

/* Reads what the writer beside this file makes and refuses the rest of what tar can be: links,
 * devices, folders, long names, sparse files, names that lead elsewhere. Whoever sealed a record
 * knew nothing of any of them. */

#define DRAIN_SIZE 4096

struct _KouanTarReader
{
  GInputStream *base;
  guint64 size_max;
  guint members_left;
  guint64 left;    /* of the member at hand */
  guint64 filling; /* behind it */
  char name[KOUAN_TAR_NAME_MAX + 1];
  gboolean ended;
};

/**
 * kouan_tar_reader_new:
 * @size_max: bytes of contents in all that the caller is ready to take
 * @members_max: members that the caller is ready to take
 */
KouanTarReader *
kouan_tar_reader_new (GInputStream *base, guint64 size_max, guint members_max)
{
  KouanTarReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);

  self = g_new0 (KouanTarReader, 1);
  self->base = g_object_ref (base);
  self->size_max = size_max;
  self->members_left = members_max;
  return self;
}

void
kouan_tar_reader_free (KouanTarReader *self)
{
  g_object_unref (self->base);
  g_free (self);
}

static gboolean
refuse (GError **error, KouanTarError code, const char *message)
{
  g_set_error_literal (error, KOUAN_TAR_ERROR, code, message);
  return FALSE;
}

static gboolean
read_exactly (KouanTarReader *self, void *data, gsize size, GError **error)
{
  gsize got;

  if (!g_input_stream_read_all (self->base, data, size, &got, NULL, error))
    return FALSE;
  return got == size || refuse (error, KOUAN_TAR_ERROR_MALFORMED, "the archive is cut short");
}

static gboolean
is_zero (const void *data, gsize size)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

/* Octal digits over the whole field but its last byte, which is NUL or a space.
 * Returns: FALSE for anything else, base-256 numbers and signs among them */
static gboolean
read_octal (const char *field, gsize size, guint64 *value)
{
  *value = 0;
  for (gsize i = 0; i < size - 1; i++)
    {
      if (field[i] < '0' || field[i] > '7')
        return FALSE;
      *value = *value * 8 + (guint64)(field[i] - '0');
    }
  return field[size - 1] == '\0' || field[size - 1] == ' ';
}

static gboolean
check_header (const KouanTarHeader *header, guint64 *size)
{
  char sum[8];

  g_snprintf (sum, sizeof sum, "%06o", kouan_tar_header_sum (header));
  sum[7] = ' ';
  return memcmp (header->checksum, sum, sizeof sum) == 0 && memcmp (header->magic, "ustar", 6) == 0
         && memcmp (header->version, "00", 2) == 0 && header->type == '0'
         && is_zero (header->link_name, sizeof header->link_name)
         && is_zero (header->prefix, sizeof header->prefix)
         && read_octal (header->size, sizeof header->size, size);
}

static gboolean
take_name (KouanTarReader *self, const KouanTarHeader *header, GError **error)
{
  memcpy (self->name, header->name, sizeof header->name);
  self->name[sizeof header->name] = '\0';
  return kouan_tar_name_is_safe (self->name)
         || refuse (error, KOUAN_TAR_ERROR_NAME, "a member's name is not safe to use");
}

/* Everything up to the end is zeros: neither a second archive nor anything else hides there. */
static gboolean
read_end (KouanTarReader *self, GError **error)
{
  guint8 block[DRAIN_SIZE];
  gsize got;
  guint64 total = 0;

  do
    {
      if (!g_input_stream_read_all (self->base, block, sizeof block, &got, NULL, error))
        return FALSE;
      if (!is_zero (block, got))
        return refuse (error, KOUAN_TAR_ERROR_MALFORMED, "something lies behind the archive's end");
      total += got;
    }
  while (got == sizeof block);
  self->ended = TRUE;
  return total >= KOUAN_TAR_BLOCK_SIZE
         || refuse (error, KOUAN_TAR_ERROR_MALFORMED, "the archive is cut short");
}

static gboolean
skip_rest (KouanTarReader *self, GError **error)
{
  guint8 data[DRAIN_SIZE];
  gssize got = 0;

  while (self->left > 0 && (got = kouan_tar_reader_read (self, data, sizeof data, error)) > 0)
    ;
  if (got < 0)
    return FALSE;
  if (!read_exactly (self, data, self->filling, error))
    return FALSE;
  if (!is_zero (data, self->filling))
    return refuse (error, KOUAN_TAR_ERROR_MALFORMED,
                   "a member's last block is not filled with zeros");
  self->filling = 0;
  return TRUE;
}

/**
 * kouan_tar_reader_next:
 * @name: (out) (nullable): valid until the next call; NULL at the end
 * @size: (out): bytes of contents
 */
gboolean
kouan_tar_reader_next (KouanTarReader *self, const char **name, guint64 *size, GError **error)
{
  KouanTarHeader header;

  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  *name = NULL;
  *size = 0;
  if (!skip_rest (self, error) || !read_exactly (self, &header, sizeof header, error))
    return FALSE;
  if (is_zero (&header, sizeof header))
    return read_end (self, error);
  if (!check_header (&header, size))
    return refuse (error, KOUAN_TAR_ERROR_MALFORMED, "a header is not what a record has");
  if (!take_name (self, &header, error))
    return FALSE;
  if (*size > self->size_max || self->members_left == 0)
    return refuse (error, KOUAN_TAR_ERROR_TOO_LARGE, "the archive is larger than any record");
  self->size_max -= *size;
  self->members_left--;
  self->left = *size;
  self->filling = kouan_tar_filling (*size);
  *name = self->name;
  return TRUE;
}

/* Returns: bytes read of the member at hand, 0 at its end, -1 with an error */
gssize
kouan_tar_reader_read (KouanTarReader *self, guint8 *data, gsize size, GError **error)
{
  gsize part = MIN (size, self->left);

  g_return_val_if_fail (self != NULL && data != NULL, -1);

  if (part == 0)
    return 0;
  if (!read_exactly (self, data, part, error))
    return -1;
  self->left -= part;
  return (gssize)part;
}
