/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/kiosk/drafts.h"

G_BEGIN_DECLS

/* A parked visit on its way to another kiosk of the hall: one file on a stick, as sealed as it was.
 */
#define KOUAN_DRAFT_CARRY_FOLDER "kouan/visits"
#define KOUAN_DRAFT_CARRY_SUFFIX ".visit"

gboolean kouan_draft_carry_out (KouanDatabase *db,
                                const char *drafts,
                                const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                                const char *stick,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_draft_carry_in (KouanDatabase *db,
                               const char *drafts,
                               const char *stick,
                               gint64 now_s,
                               guint *taken,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
