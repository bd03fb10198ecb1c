/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One compiled catalogue of messages (.mo), read without the process's own language changing. */
typedef struct _KouanMessages KouanMessages;

KouanMessages *kouan_messages_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *kouan_messages_find (KouanMessages *self, const char *text);
gboolean kouan_messages_cover (KouanMessages *self, KouanMessages *other);
void kouan_messages_free (KouanMessages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanMessages, kouan_messages_free)

G_END_DECLS
