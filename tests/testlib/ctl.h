/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Runs the kouanctl that the environment variable KOUANCTL names, with words up to a NULL, and
 * @input (nullable) on its stdin. Returns its exit code. @answer: (out) (optional) (nullable)
 * (transfer full): the object that it printed */
int kouan_test_ctl (JsonObject **answer, const char *input, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
