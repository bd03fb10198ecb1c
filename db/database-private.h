/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/statement.h"

G_BEGIN_DECLS

KouanDatabase *kouan_database_new (sqlite3 *handle, const char *path); /* takes the handle */
sqlite3 *kouan_database_get_handle (KouanDatabase *self);

G_END_DECLS
