/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What has been typed into one line, and where the caret is. Positions count characters. */
typedef struct _KouanLineBuffer KouanLineBuffer;

KouanLineBuffer *kouan_line_buffer_new (guint chars_max);
void kouan_line_buffer_free (KouanLineBuffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanLineBuffer, kouan_line_buffer_free)

const char *kouan_line_buffer_get_text (const KouanLineBuffer *self);
guint kouan_line_buffer_get_length (const KouanLineBuffer *self);
guint kouan_line_buffer_get_chars_max (const KouanLineBuffer *self);
guint kouan_line_buffer_get_caret (const KouanLineBuffer *self);
gsize kouan_line_buffer_get_caret_byte (const KouanLineBuffer *self);
void kouan_line_buffer_set_caret (KouanLineBuffer *self, guint position);
void kouan_line_buffer_set_text (KouanLineBuffer *self, const char *text);
void kouan_line_buffer_clear (KouanLineBuffer *self);
gboolean kouan_line_buffer_insert (KouanLineBuffer *self, gunichar character);
gboolean kouan_line_buffer_erase_before (KouanLineBuffer *self);
gboolean kouan_line_buffer_erase_after (KouanLineBuffer *self);

G_END_DECLS
