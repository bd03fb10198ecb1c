/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* Codes that this kiosk has taken a record for, so that a second use is told apart from a return to a draft. */
gboolean kouan_codes_mark_used (KouanDatabase *db, const guint8 code_id[static 16], const guint8 record_id[static 16], gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_codes_is_used (KouanDatabase *db, const guint8 code_id[static 16], gboolean *used, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
