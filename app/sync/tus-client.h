/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/http.h"

G_BEGIN_DECLS

#define KOUAN_TUS_RUN_SIZE (256 * 1024)          /* with a checksum: the run is in memory */
#define KOUAN_TUS_STREAM_SIZE (16 * 1024 * 1024) /* without: it goes from the file to the line */

typedef void (*KouanTusProgress) (gint64 offset, gpointer data);

/* One file, one upload, by tus 1.0. It needs nothing that a server of the specification does not
 * offer. */
typedef struct
{
  const char *url;    /* where uploads are created */
  const char *resume; /* (nullable): an upload that was begun before, if the server does not find it
                         by itself */
  const char *metadata; /* (nullable): Upload-Metadata */
  int fd;               /* the file, readable by pread() */
  gint64 size;
  gsize run_size;            /* bytes a PATCH; 0: as above */
  gboolean checksum;         /* send Upload-Checksum: the server must know the extension */
  KouanTusProgress progress; /* (nullable): with the bytes that have gone; less than before if some
                                were lost */
  gpointer progress_data;
  KouanHttpHold before_last; /* (nullable): called when all but the last bytes have gone */
  gpointer hold_data;
} KouanTusUpload;

typedef struct
{
  char *location;          /* (nullable) absolute */
  KouanHttpAnswer *answer; /* (nullable) to the creation, if it was something else than "send it":
                              200, or a refusal */
  KouanHttpAnswer *last;   /* (nullable) to the run that brought the last byte */
  gint64 sent;             /* bytes that the server has taken */
  gboolean is_wrong;       /* the server had all of them, and they were not the ones that were
                              announced */
} KouanTusResult;

void kouan_tus_result_clear (KouanTusResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanTusResult, kouan_tus_result_clear)

gboolean kouan_tus_create (KouanHttp *http,
                           const KouanTusUpload *upload,
                           KouanTusResult *result,
                           gint64 *offset,
                           GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_tus_send (KouanHttp *http,
                         const KouanTusUpload *upload,
                         KouanTusResult *result,
                         gint64 offset,
                         GCancellable *cancellable,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
