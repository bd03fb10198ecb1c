/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/blobs.h"

#include "app/hub/blobs-private.h"

/* Where sealed bytes are kept. Files are six to thirteen times faster; pieces in the database need
 * no file system that several hubs share, and are in whatever copies the database has. */

/* Returns: (transfer full) */
KouanHubBlobs *
kouan_hub_blobs_new (KouanHub *hub, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  if (kouan_hub_keeps_bytes_in_database (hub))
    return kouan_hub_blobs_in_database (kouan_hub_get_store (hub));
  folder = kouan_hub_path (hub, KOUAN_HUB_FOLDER_BLOBS);
  return kouan_hub_blobs_in_files (folder, error);
}

void
kouan_hub_blobs_free (KouanHubBlobs *self)
{
  self->class->free (self);
}

/* Makes room for @size bytes; what is there already stays as it is. FULL while the kiosk has not
 * sent the first one yet, where that can be known. */
gboolean
kouan_hub_blobs_stage (KouanHubBlobs *self,
                       const guint8 id[static KOUAN_UUID_SIZE],
                       gint64 size,
                       GError **error)
{
  return self->class->stage (self, id, size, error);
}

/* Returns: how many bytes are staged at least, of which the upload's offset must count no more */
gint64
kouan_hub_blobs_measure (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE])
{
  return self->class->measure (self, id);
}

/* Returns: (transfer full): to be written from byte @at on; what is there before @at stays */
KouanHubBlob *
kouan_hub_blobs_open (KouanHubBlobs *self,
                      const guint8 id[static KOUAN_UUID_SIZE],
                      gint64 at,
                      GError **error)
{
  KouanHubBlob *blob = self->class->open (self, id, at, error);

  if (blob != NULL)
    blob->blobs = self;
  return blob;
}

gboolean
kouan_hub_blob_write (KouanHubBlob *self, const char *data, gsize size, GError **error)
{
  return self->blobs->class->write (self, data, size, error);
}

/* What has been written is in the file, or the database, but not on the disk. */
gboolean
kouan_hub_blob_hand_over (KouanHubBlob *self, GError **error)
{
  return self->blobs->class->hand_over (self, error);
}

/* What was handed over is where the row's offset may count it. Another thread may write meanwhile.
 */
gboolean
kouan_hub_blob_sync (KouanHubBlob *self, GError **error)
{
  return self->blobs->class->sync (self, error);
}

void
kouan_hub_blob_close (KouanHubBlob *self)
{
  self->blobs->class->close (self);
}

/**
 * kouan_hub_blobs_promote:
 * @blob: (nullable): through which the last of it has come, and which is still open
 * @size: of the whole record
 * @sha256: of the whole record
 *
 * Checks the staged bytes and puts them in their place, durably or as durably as the row that is
 * committed next. A record that is in its place already is checked there, so the call may be
 * repeated after a crash. DAMAGED if the bytes are not the right ones: they stay staged.
 */
gboolean
kouan_hub_blobs_promote (KouanHubBlobs *self,
                         const guint8 id[static KOUAN_UUID_SIZE],
                         KouanHubBlob *blob,
                         gint64 size,
                         const guint8 sha256[static KOUAN_SHA256_SIZE],
                         GError **error)
{
  return self->class->promote (self, id, blob, size, sha256, error);
}

/* Forgets the staged bytes that are not gone with their upload's row. */
void
kouan_hub_blobs_drop_staged (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE])
{
  self->class->drop (self, id);
}

/* Returns: (transfer full) (element-type GBytes): the ids of what lies staged and may have no row
 */
GPtrArray *
kouan_hub_blobs_list_staged (KouanHubBlobs *self)
{
  return self->class->list (self);
}

/* @found: (out): the bytes are in their place, so many as there should be; they are not read */
gboolean
kouan_hub_blobs_look_for (KouanHubBlobs *self,
                          const guint8 id[static KOUAN_UUID_SIZE],
                          gint64 size,
                          gboolean *found,
                          GError **error)
{
  return self->class->look_for (self, id, size, found, error);
}

/**
 * kouan_hub_blobs_borrow:
 * @size: of the record
 *
 * Returns: (transfer full): the path of a file that holds the sealed bytes; for
 * kouan_hub_blobs_give_back()
 */
char *
kouan_hub_blobs_borrow (KouanHubBlobs *self,
                        const guint8 id[static KOUAN_UUID_SIZE],
                        gint64 size,
                        GError **error)
{
  return self->class->borrow (self, id, size, error);
}

void
kouan_hub_blobs_give_back (KouanHubBlobs *self, char *path)
{
  self->class->give_back (self, path);
}
