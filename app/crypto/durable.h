/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is either wholly there after a power cut or not at all: written beside its place,
 * fsynced, renamed, its folder fsynced. Errors are G_IO_ERROR's, so that G_IO_ERROR_NO_SPACE can be
 * told apart. */
gboolean kouan_write_file_durably (const char *path,
                                   const guint8 *data,
                                   gsize size,
                                   int mode,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for what is written bit by bit. Freed without a commit, it leaves nothing. */
typedef struct _KouanDurableFile KouanDurableFile;

KouanDurableFile *
kouan_durable_file_new (const char *path, int mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GOutputStream *kouan_durable_file_get_stream (
  KouanDurableFile *self); /* (transfer none); closing it changes nothing */
const char *kouan_durable_file_get_temporary (
  KouanDurableFile *self); /* (nullable): where the bytes are until the commit */
gboolean kouan_durable_file_commit (KouanDurableFile *self,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_durable_file_free (KouanDurableFile *self);

gboolean kouan_sync_folder (const char *folder, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* after a rename or a removal in it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanDurableFile, kouan_durable_file_free)

G_END_DECLS
