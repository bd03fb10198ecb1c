/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/run.h"

G_BEGIN_DECLS

/* kouan-sync at work for somebody who watches: a process of its own, which ends its work even if
 * nobody watches any more.
 *
 * Signals: "changed": it is further on; "finished": it has ended */
#define KOUAN_TYPE_JOB (kouan_job_get_type ())
G_DECLARE_FINAL_TYPE (KouanJob, kouan_job, KOUAN, JOB, GObject)

/* @words: the whole path of the program, and what it is to do */
KouanJob *kouan_job_new (const char *const *words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const KouanSyncProgress *kouan_job_get_progress (KouanJob *self);
int kouan_job_get_exit (KouanJob *self); /* -1: it is at work, or was killed */
gboolean kouan_job_is_finished (KouanJob *self);

/* Of the last line that it said. */
gint64 kouan_job_get_number (KouanJob *self, const char *name);    /* 0: it did not say */
const char *kouan_job_get_text (KouanJob *self, const char *name); /* (nullable) */

G_END_DECLS
