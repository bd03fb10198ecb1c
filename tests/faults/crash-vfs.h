/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk in memory below SQLite, with a cache that a power cut loses. For one thread and one
 * connection at a time. */
typedef enum
{
  CRASH_VFS_WELL,
  CRASH_VFS_CUT,   /* the power fails before the call */
  CRASH_VFS_ERROR, /* the call answers with an error */
  CRASH_VFS_FULL,  /* the disk is full from that call on, for forty calls */
} CrashVfsFault;

void crash_vfs_register (gboolean lazy); /* as SQLite's default */
void crash_vfs_arm (CrashVfsFault fault, guint at, guint32 seed);
guint crash_vfs_count (void);   /* calls since it was armed */
void crash_vfs_power_up (void); /* after a cut: what the disk is left with */
void crash_vfs_save (void);     /* the disk as it is, durable or not */
void crash_vfs_restore (void);  /* what was saved */

G_END_DECLS
