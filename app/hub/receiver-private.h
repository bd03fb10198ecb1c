/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/blobs.h"
#include "app/hub/receiver.h"

G_BEGIN_DECLS

struct _KouanHubReceiver
{
  GObject parent_instance;

  KouanHub *hub;
  KouanHubStore *store; /* the hub's */
  KouanClock *clock;    /* the hub's */
  KouanHubBlobs *blobs;
  GMutex lock;          /* guards writers, and is taken before a writer's own */
  GHashTable *writers;  /* record id (GBytes) to KouanHubWriter: who is writing to it now */
  GThreadPool *syncers; /* wait for the disk while more comes */
};

gint64 kouan_hub_receiver_expiry (KouanHubReceiver *self);
KouanHubUpload *kouan_hub_receiver_find_upload (KouanHubReceiver *self,
                                                const KouanHubKiosk *kiosk,
                                                const guint8 *id,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receiver_look (KouanHubReceiver *self,
                                  const KouanHubKiosk *kiosk,
                                  const guint8 *id,
                                  KouanHubProgress *progress,
                                  KouanHubUpload **upload,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receiver_complete (KouanHubReceiver *self,
                                      const KouanHubUpload *upload,
                                      KouanHubBlob *blob,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GThreadPool *kouan_hub_writer_new_syncers (void);
void kouan_hub_receiver_displace (KouanHubReceiver *self, const guint8 *id);

G_END_DECLS
