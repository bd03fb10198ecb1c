/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* The receipt that a visitor was given, by the record it is for, so that it can be printed once
 * more. It names no person. */
gboolean kouan_slips_put (KouanDatabase *db,
                          const guint8 record_id[static 16],
                          const char *slip,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_slips_find (KouanDatabase *db,
                        const char *number,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT; /* NOT_FOUND */

G_END_DECLS
