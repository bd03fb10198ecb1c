/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What checking one password costs: passes over memory, and how much of it. */
typedef struct
{
  guint passes;
  gsize bytes;
} KouanPasswordCost;

#define KOUAN_PASSWORD_COST_STAFF ((KouanPasswordCost){ 4, 128 * 1024 * 1024 })
#define KOUAN_PASSWORD_COST_LEAST ((KouanPasswordCost){ 1, 8 * 1024 * 1024 })

char *kouan_password_hash (const char *password, KouanPasswordCost cost) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_password_is_hash (const char *hash);
gboolean kouan_password_matches (const char *password, const char *hash);

G_END_DECLS
