/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/transport.h"

G_BEGIN_DECLS

/* A chip that expects commands word for word: pairs of hex texts, command and answer, up to a NULL.
 * A command of NULL stands for any. */
KouanChipTransport *test_script_new (const char *const (*pairs)[2]);
void test_script_assert_finished (KouanChipTransport *transport);

G_END_DECLS
