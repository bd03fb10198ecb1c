/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_RS_LENGTH_MAX 255
#define KOUAN_RS_PARITY_MAX 68

gboolean kouan_rs_correct (guint8 *word,
                           guint length,
                           guint parity,
                           const guint8 *erased,
                           guint n_erased,
                           guint errors_max) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
