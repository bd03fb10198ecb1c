/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* POSIX.1-1988 ustar, regular files only, as much of it as a record needs. */
#define KOUAN_TAR_NAME_MAX 100

typedef enum
{
  KOUAN_TAR_ERROR_MALFORMED, /* not what the writer here makes, or cut short */
  KOUAN_TAR_ERROR_NAME,      /* a name that could leave the folder */
  KOUAN_TAR_ERROR_TOO_LARGE, /* more bytes or members than the reader was told to take */
} KouanTarError;
#define KOUAN_TAR_ERROR (kouan_tar_error_quark ())
GQuark kouan_tar_error_quark (void);

gboolean kouan_tar_name_is_safe (const char *name); /* "documents/01-passport.pdf" */
guint64 kouan_tar_member_size (guint64 size);       /* header, contents and filling */

typedef struct _KouanTarWriter KouanTarWriter;

KouanTarWriter *kouan_tar_writer_new (GOutputStream *base, gint64 mtime_s);
gboolean kouan_tar_writer_add (KouanTarWriter *self,
                               const char *name,
                               GBytes *contents,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_tar_writer_finish (KouanTarWriter *self,
                                  guint64 total,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint64 kouan_tar_writer_get_size (
  KouanTarWriter *self); /* bytes so far, with the end marker still to come */
void kouan_tar_writer_free (KouanTarWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTarWriter, kouan_tar_writer_free)

typedef struct _KouanTarReader KouanTarReader;

KouanTarReader *kouan_tar_reader_new (GInputStream *base, guint64 size_max, guint members_max);
gboolean
kouan_tar_reader_next (KouanTarReader *self, const char **name, guint64 *size, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* @name NULL: the end, and nothing but zeros behind it */
gssize kouan_tar_reader_read (KouanTarReader *self, guint8 *data, gsize size, GError **error);
void kouan_tar_reader_free (KouanTarReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTarReader, kouan_tar_reader_free)

G_END_DECLS
