/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/db/spoil.h"

#include "db/statement.h"

static void
run (KouanDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_run (db, sql, &error));
  g_assert_no_error (error);
}

void
kouan_test_spoil_fill (KouanDatabase *db, gboolean full)
{
  run (db, full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000");
}

void
kouan_test_spoil_cut_audit (KouanDatabase *db)
{
  run (db, "DELETE FROM audit WHERE sequence = (SELECT max (sequence) FROM audit)");
}
