/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/tar-format.h"

#include "app/record/tar.h"

#include <string.h>

G_DEFINE_QUARK (kouan_tar_error_quark, kouan_tar_error)

/* The sum of all bytes, with the field that holds it taken as eight spaces. */
guint
kouan_tar_header_sum (const KouanTarHeader *header)
{
  const guint8 *bytes = (const guint8 *)header;
  guint sum = sizeof header->checksum * ' ';

  for (gsize i = 0; i < sizeof *header; i++)
    if (i < G_STRUCT_OFFSET (KouanTarHeader, checksum)
        || i >= G_STRUCT_OFFSET (KouanTarHeader, type))
      sum += bytes[i];
  return sum;
}

guint64
kouan_tar_filling (guint64 size)
{
  return (KOUAN_TAR_BLOCK_SIZE - size % KOUAN_TAR_BLOCK_SIZE) % KOUAN_TAR_BLOCK_SIZE;
}

guint64
kouan_tar_member_size (guint64 size)
{
  return KOUAN_TAR_BLOCK_SIZE + size + kouan_tar_filling (size);
}

static gboolean
component_is_safe (const char *component)
{
  if (!g_ascii_isalnum (component[0]))
    return FALSE; /* empty, "..", hidden, or an option to some tool */
  for (const char *c = component; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("._-", *c) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * kouan_tar_name_is_safe:
 *
 * Returns: whether @name is a relative path of plain ASCII components that fits the header's field
 */
gboolean
kouan_tar_name_is_safe (const char *name)
{
  g_auto (GStrv) components = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || strlen (name) > KOUAN_TAR_NAME_MAX)
    return FALSE;
  components = g_strsplit (name, "/", -1);
  for (guint i = 0; components[i] != NULL; i++)
    if (!component_is_safe (components[i]))
      return FALSE;
  return TRUE;
}
