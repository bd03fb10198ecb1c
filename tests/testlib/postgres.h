/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The PostgreSQL that tests/testlib/with-postgres has put beside this program. */
gboolean kouan_test_postgres_is_here (void);
char *kouan_test_postgres_new_database (void); /* (transfer full): the address of an empty one */
void kouan_test_postgres_stop (void);          /* at once, as a crash would */
void kouan_test_postgres_start (void);

G_END_DECLS
