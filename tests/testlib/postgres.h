/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The PostgreSQL that tests/testlib/with-postgres has put beside this program. */
gboolean kouan_test_postgres_is_here (void);
char *kouan_test_postgres_new_database (void); /* (transfer full): the address of an empty one */
GSubprocess *kouan_test_postgres_hold (const char *address,
                                       const char *table); /* (transfer full): until it is let go */
void kouan_test_postgres_await_waiting (const char *address); /* for somebody to wait for a lock */
void kouan_test_postgres_let_go (GSubprocess *holder);        /* takes it */
void kouan_test_postgres_stop (void);                         /* at once, as a crash would */
void kouan_test_postgres_start (void);
void kouan_test_postgres_freeze (void); /* it is there and says nothing, until: */
void kouan_test_postgres_thaw (void);

G_END_DECLS
