/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/code.h"

G_BEGIN_DECLS

GByteArray *kouan_codes_reply_write (guint32 serial, GPtrArray *codes) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
kouan_codes_reply_read (const guint8 *data, gsize size, guint32 serial) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
