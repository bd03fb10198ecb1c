/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/hub/hub.h"

G_BEGIN_DECLS

#define KOUAN_HUB_STEP_SIZE (256 * 1024) /* at most so much is sent twice after a broken link */
#define KOUAN_HUB_RECORD_SIZE_MAX (64 * 1024 * 1024)

/* What comes in and what is answered, without a word of HTTP. Any thread may call. Errors are
 * KOUAN_HUB_ERROR's. */
#define KOUAN_TYPE_HUB_RECEIVER (kouan_hub_receiver_get_type ())
G_DECLARE_FINAL_TYPE (KouanHubReceiver, kouan_hub_receiver, KOUAN, HUB_RECEIVER, GObject)

/* What a kiosk says of a record before the hub has checked any of it. */
typedef struct
{
  guint8 record_id[KOUAN_HUB_ID_SIZE];
  guint8 sha256[KOUAN_HUB_DIGEST_SIZE];
  gint64 size;
  GBytes *manifest;
} KouanHubClaim;

typedef struct
{
  gint64 offset;
  gint64 size;
  gint64 expires_s; /* 0: never, it is a record */
} KouanHubProgress;

KouanHubReceiver *kouan_hub_receiver_new (KouanHub *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receiver_recover (KouanHubReceiver *self,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_receiver_expire (KouanHubReceiver *self);

gboolean kouan_hub_receiver_offer (KouanHubReceiver *self,
                                   const KouanHubKiosk *kiosk,
                                   const KouanHubClaim *claim,
                                   KouanHubProgress *progress,
                                   GBytes **receipt,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receiver_progress (KouanHubReceiver *self,
                                      const KouanHubKiosk *kiosk,
                                      const guint8 id[static KOUAN_HUB_ID_SIZE],
                                      KouanHubProgress *progress,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_receiver_drop (KouanHubReceiver *self,
                                  const KouanHubKiosk *kiosk,
                                  const guint8 id[static KOUAN_HUB_ID_SIZE],
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_hub_receiver_receipt (KouanHubReceiver *self,
                                    const KouanHubKiosk *kiosk,
                                    const guint8 id[static KOUAN_HUB_ID_SIZE],
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One run of bytes into one upload. With a checksum it counts whole or not at all. */
typedef struct _KouanHubWriter KouanHubWriter;

typedef struct
{
  GChecksumType type;
  guint8 digest[KOUAN_HUB_DIGEST_SIZE];
  gsize size;
} KouanHubChecksum;

KouanHubWriter *kouan_hub_writer_new (KouanHubReceiver *receiver,
                                      const KouanHubKiosk *kiosk,
                                      const guint8 id[static KOUAN_HUB_ID_SIZE],
                                      gint64 offset,
                                      const KouanHubChecksum *checksum,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_writer_write (KouanHubWriter *self, const char *data, gsize size, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_writer_finish (KouanHubWriter *self,
                                  KouanHubProgress *progress,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_writer_settle (KouanHubWriter *self);
const guint8 *kouan_hub_writer_get_id (KouanHubWriter *self);
void kouan_hub_writer_free (KouanHubWriter *self); /* what came without a checksum is kept */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubWriter, kouan_hub_writer_free)

G_END_DECLS
