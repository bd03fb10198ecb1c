/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/hub/hub-store.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_HUB_SQLITE (kouan_hub_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (KouanHubSqlite, kouan_hub_sqlite, KOUAN, HUB_SQLITE, GObject)

KouanHubStore *kouan_hub_sqlite_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
