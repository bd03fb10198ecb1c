/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of its own for each test, gone afterwards. */
char *kouan_test_folder_new (void);
void kouan_test_folder_remove (char *folder); /* frees the name too */

/* Runs the main context until @condition answers TRUE; a test that waits longer than 20 s has failed. */
typedef gboolean (*KouanTestCondition) (gpointer data);
void kouan_test_wait_for (KouanTestCondition condition, gpointer data);

/* A file below tests/data. */
char *kouan_test_data (const char *name);

G_END_DECLS
