/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/blobs.h"

G_BEGIN_DECLS

/* What a place for sealed bytes has to be able to do; see the functions of the same names. */
typedef struct
{
  void (*free) (KouanHubBlobs *self);
  gboolean (*stage) (KouanHubBlobs *self, const guint8 *id, gint64 size, GError **error);
  gint64 (*measure) (KouanHubBlobs *self, const guint8 *id);
  KouanHubBlob *(*open) (KouanHubBlobs *self, const guint8 *id, gint64 at, GError **error);
  gboolean (*write) (KouanHubBlob *blob, const char *data, gsize size, GError **error);
  gboolean (*hand_over) (KouanHubBlob *blob, GError **error);
  gboolean (*sync) (KouanHubBlob *blob, GError **error);
  void (*close) (KouanHubBlob *blob);
  gboolean (*promote) (KouanHubBlobs *self,
                       const guint8 *id,
                       KouanHubBlob *blob,
                       gint64 size,
                       const guint8 *sha256,
                       GError **error);
  void (*drop) (KouanHubBlobs *self, const guint8 *id);
  gboolean (*look_for) (
    KouanHubBlobs *self, const guint8 *id, gint64 size, gboolean *found, GError **error);
  GPtrArray *(*list) (KouanHubBlobs *self);
  char *(*borrow) (KouanHubBlobs *self, const guint8 *id, gint64 size, GError **error);
  void (*give_back) (KouanHubBlobs *self, char *path);
} KouanHubBlobsClass;

struct _KouanHubBlobs
{
  const KouanHubBlobsClass *class;
};

struct _KouanHubBlob
{
  KouanHubBlobs *blobs;
};

KouanHubBlobs *kouan_hub_blobs_in_files (const char *folder,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubBlobs *kouan_hub_blobs_in_database (KouanHubStore *store);

G_END_DECLS
