/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/orders.h"
#include "app/staff/roster.h"

G_BEGIN_DECLS

#define KOUAN_TEST_PIN "271828"

/* The people of the test hall, as cheap to check as Argon2id lets them be: "u-att", "u-sup",
 * "u-tec", "u-sec" of one role each, and "u-all" of all four. They share a PIN. */
char *kouan_test_roster (const char *revoked); /* (nullable): id of a badge */
void kouan_test_roster_install (KouanDatabase *db, gint64 version, const char *revoked);
char *kouan_test_badge (KouanSigningKey *key, const char *person, guint roles, gint64 now_s);

/* Lets that person in. */
KouanStaffPass *
kouan_test_pass (KouanStaffGate *gate, KouanSigningKey *key, const char *person, guint roles);

G_END_DECLS
