/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* For link-postgres.c alone: libpq, but nothing waits for ever for a server that says nothing. */
PGconn *kouan_hub_postgres_connect (const char *address); /* (transfer full): good or bad */
void kouan_hub_postgres_connect_again (PGconn *connection);
PGresult *kouan_hub_postgres_execute (PGconn *connection, const char *address, const char *sql);
PGresult *kouan_hub_postgres_await (PGconn *connection, const char *address);

G_END_DECLS
