/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/tar.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define CONTENTS_MAX 4096
#define MEMBERS_MAX 4

/* Whatever lies in a sealed record: every name that comes out is safe, and no more comes out than
 * was asked for. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);
  g_autoptr (KouanTarReader) tar = kouan_tar_reader_new (base, CONTENTS_MAX, MEMBERS_MAX);
  guint8 contents[100];
  guint64 total = 0;
  guint members = 0;
  const char *name;
  guint64 member_size;

  while (kouan_tar_reader_next (tar, &name, &member_size, NULL) && name != NULL)
    {
      gssize got;

      g_assert (kouan_tar_name_is_safe (name));
      g_assert (++members <= MEMBERS_MAX);
      while (member_size % 2 == 0
             && (got = kouan_tar_reader_read (tar, contents, sizeof contents, NULL)) > 0)
        total += (guint64)got;
      g_assert (total <= CONTENTS_MAX);
    }
  return 0;
}
