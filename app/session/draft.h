/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/crypto/secret.h"
#include "db/kiosk/drafts.h"

G_BEGIN_DECLS

#define KOUAN_DRAFT_DAYS 14 /* a parked visit is kept this long */

#define KOUAN_TYPE_DRAFT (kouan_draft_get_type ())
G_DECLARE_FINAL_TYPE (KouanDraft, kouan_draft, KOUAN, DRAFT, GObject)

KouanDraft *kouan_draft_new (KouanDatabase *db,
                             const char *folder,
                             KouanClock *clock,
                             const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                             KouanSecret *key);

gboolean
kouan_draft_save (KouanDraft *self, GBytes *state, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_draft_load (KouanDraft *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *
kouan_draft_keep_page (KouanDraft *self, GBytes *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_draft_read_page (KouanDraft *self,
                               const char *file,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_draft_drop_page (KouanDraft *self,
                                const char *file,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_draft_remove_file (KouanDraft *self, const char *file);
gboolean kouan_draft_discard (KouanDraft *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const guint8 *kouan_draft_get_name (KouanDraft *self);

G_END_DECLS
