/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"
#include "db/hub/link.h"

G_BEGIN_DECLS

/* For the store's own files. What a transaction may be about, beside one record: see
 * kouan_hub_link_lock(). A record's own lock is taken first. */
typedef enum
{
  KOUAN_HUB_LOCK_SEQUENCE = 1, /* the numbering of records */
  KOUAN_HUB_LOCK_HALLS = 2,
  KOUAN_HUB_LOCK_PUBLISHED = 3,
  KOUAN_HUB_LOCK_ANCHORS = 4,
  KOUAN_HUB_LOCK_STRANGERS = 5,
} KouanHubLock;

/* Who waits for a record to be committed. */
typedef struct
{
  GMutex lock; /* guards the rest */
  GCond changed;
  GPtrArray *waiting;
  gboolean is_led; /* one of those who came before is at it */
} KouanHubCommits;

KouanHubCommits *kouan_hub_store_get_commits (KouanHubStore *self);
gboolean kouan_hub_store_clear_not_found (GError **local, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_store_lock_record (KouanHubLink *link,
                                      const guint8 *id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubLink *kouan_hub_store_link (KouanHubStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubLink *kouan_hub_store_link_to_read (KouanHubStore *self,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubLink *kouan_hub_store_link_impatient (KouanHubStore *self,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubTransaction *kouan_hub_store_begin (KouanHubStore *self,
                                            KouanHubLink **link,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
