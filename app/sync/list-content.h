/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/list.h"

G_BEGIN_DECLS

#define KOUAN_LIST_CODE_SIZE 16

gboolean kouan_list_check_content (KouanListKind kind,
                                   GBytes *content,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_list_read_codes (GBytes *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
