/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* What happens to a database that nobody wants to happen to it. */
void kouan_test_spoil_fill (KouanDatabase *db,
                            gboolean full);          /* no page more fits; or does again */
void kouan_test_spoil_cut_audit (KouanDatabase *db); /* its last entry is taken out */

G_END_DECLS
