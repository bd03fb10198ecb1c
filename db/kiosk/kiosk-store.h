/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* The kiosk's database, kiosk.db: WAL, synchronous=FULL, one file a table beside this one. */
KouanDatabase *kouan_kiosk_store_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
