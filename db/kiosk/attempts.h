/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

#define KOUAN_ATTEMPTS_NONCE_SIZE 8

/* How often somebody has tried to get into staff mode and not got in, a row a person; a person who
 * got in has none. */
typedef struct
{
  gint64 failures;
  char *boot_id;                           /* the start of the machine that since_us counts from */
  gint64 since_us;                         /* boot time at which the present wait began */
  guint8 nonce[KOUAN_ATTEMPTS_NONCE_SIZE]; /* what an unlock code has to name */
} KouanAttempts;

void kouan_attempts_clear (KouanAttempts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanAttempts, kouan_attempts_clear)

/* @person: a staff id, or "" for all badges that are not ours. Load answers zeros where there is no
 * row. */
gboolean kouan_attempts_load (KouanDatabase *db,
                              const char *person,
                              KouanAttempts *attempts,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_attempts_save (KouanDatabase *db,
                              const char *person,
                              const KouanAttempts *attempts,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_attempts_forget (KouanDatabase *db,
                                const char *person,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_attempts_list (KouanDatabase *db,
                                gint64 failures_min,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of char*: persons */

G_END_DECLS
