/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The sealed bytes: one file a record, staged while it comes in, then put in its place for good.
 * Any thread may call. Errors are KOUAN_HUB_ERROR's. */
typedef struct _KouanHubBlobs KouanHubBlobs;

KouanHubBlobs *kouan_hub_blobs_new (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blobs_free (KouanHubBlobs *self);

gboolean kouan_hub_blobs_stage (KouanHubBlobs *self,
                                const guint8 id[static KOUAN_UUID_SIZE],
                                gint64 size,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
int kouan_hub_blobs_open_staged (KouanHubBlobs *self,
                                 const guint8 id[static KOUAN_UUID_SIZE],
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_blobs_promote (KouanHubBlobs *self,
                                  const guint8 id[static KOUAN_UUID_SIZE],
                                  gint64 size,
                                  const guint8 sha256[static KOUAN_SHA256_SIZE],
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_blobs_drop_staged (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE]);
char *kouan_hub_blobs_get_path (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE]);
GPtrArray *kouan_hub_blobs_list_staged (KouanHubBlobs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubBlobs, kouan_hub_blobs_free)

G_END_DECLS
