/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

/* The sealed bytes of records: staged while they come in, then in their place for good. In files
 * beside the database, or in it: as the hub is configured. Any thread may call. Errors are
 * KOUAN_HUB_ERROR's. */
typedef struct _KouanHubBlobs KouanHubBlobs;
typedef struct _KouanHubBlob
  KouanHubBlob; /* staged, and open for writing; for one thread, and one more that syncs */

KouanHubBlobs *kouan_hub_blobs_new (KouanHub *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blobs_free (KouanHubBlobs *self);

gboolean kouan_hub_blobs_stage (KouanHubBlobs *self,
                                const guint8 id[static KOUAN_UUID_SIZE],
                                gint64 size,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 kouan_hub_blobs_measure (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE]);
KouanHubBlob *kouan_hub_blobs_open (KouanHubBlobs *self,
                                    const guint8 id[static KOUAN_UUID_SIZE],
                                    gint64 at,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_blob_write (KouanHubBlob *self, const char *data, gsize size, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_blob_hand_over (KouanHubBlob *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_blob_sync (KouanHubBlob *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blob_close (KouanHubBlob *self);

gboolean kouan_hub_blobs_promote (KouanHubBlobs *self,
                                  const guint8 id[static KOUAN_UUID_SIZE],
                                  KouanHubBlob *blob,
                                  gint64 size,
                                  const guint8 sha256[static KOUAN_SHA256_SIZE],
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blobs_drop_staged (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE]);
GPtrArray *kouan_hub_blobs_list_staged (KouanHubBlobs *self);

/* Whether a committed record's bytes are in their place, so many as they should be. */
gboolean kouan_hub_blobs_look_for (KouanHubBlobs *self,
                                   const guint8 id[static KOUAN_UUID_SIZE],
                                   gint64 size,
                                   gboolean *found,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A committed record as a file to read from. */
char *kouan_hub_blobs_borrow (KouanHubBlobs *self,
                              const guint8 id[static KOUAN_UUID_SIZE],
                              gint64 size,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blobs_give_back (KouanHubBlobs *self, char *path); /* takes it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubBlobs, kouan_hub_blobs_free)

G_END_DECLS
