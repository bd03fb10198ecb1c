/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *kouan_page_halves (KouanPage *page) G_GNUC_WARN_UNUSED_RESULT;
void kouan_page_halves_async (KouanPage *page,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *kouan_page_halves_finish (GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
