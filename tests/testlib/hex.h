/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Test vectors as their standards print them: hex digits, spaces allowed. */
GBytes *kouan_test_bytes (const char *hex);
void kouan_test_assert_bytes (const guint8 *data, gsize size, const char *hex);

G_END_DECLS
