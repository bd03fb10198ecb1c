/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program that meets strangers may still do once it is locked in. */
typedef struct
{
  guint time_max_s;            /* wall time from now; then it is killed */
  guint processor_max_s;       /* processor time */
  guint64 memory_max;          /* bytes of address space */
  guint files_max;             /* open descriptors, sockets among them */
  const char *const *readable; /* (nullable): folders, %NULL-terminated */
  gboolean threads;            /* may start threads; never processes */
  gboolean serves;             /* may talk to who connects to a socket that it has already */
} KouanLockPlan;

gboolean kouan_lock_down (const KouanLockPlan *plan) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
