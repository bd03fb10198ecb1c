/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"
#include "app/identity/cn-permit.h"
#include "app/identity/result.h"

G_BEGIN_DECLS

/* What `kouanctl mrz` says of one zone. */
void kouan_ctl_add_mrz (JsonBuilder *builder, const KouanMrz *mrz, KouanChecks *checks);
void kouan_ctl_add_permit (JsonBuilder *builder, const KouanCnPermit *permit);
void kouan_ctl_add_mrz_problems (JsonBuilder *builder, GArray *problems);
gboolean kouan_ctl_choose_today (const char *option, GDate *today);

/* Its verbs, by the word after "mrz"; argv[0] is that word. */
KouanExit kouan_ctl_mrz_read (int argc, char **argv);

G_END_DECLS
