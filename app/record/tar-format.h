/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The header block of POSIX.1-1988 ustar, for the writer and the reader beside this file alone. */
#define KOUAN_TAR_BLOCK_SIZE 512
#define KOUAN_TAR_SIZE_MAX 077777777777 /* eleven octal digits */

typedef struct
{
  char name[100];
  char mode[8];
  char uid[8];
  char gid[8];
  char size[12];
  char mtime[12];
  char checksum[8];
  char type;
  char link_name[100];
  char magic[6];
  char version[2];
  char user_name[32];
  char group_name[32];
  char device_major[8];
  char device_minor[8];
  char prefix[155];
  char filling[12];
} KouanTarHeader;

G_STATIC_ASSERT (sizeof (KouanTarHeader) == KOUAN_TAR_BLOCK_SIZE);

guint kouan_tar_header_sum (const KouanTarHeader *header);
guint64 kouan_tar_filling (guint64 size); /* zero bytes that follow contents of that size */

G_END_DECLS
