/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/outbox-private.h"
#include "db/kiosk/records.h"

G_BEGIN_DECLS

#define NOW_S G_GINT64_CONSTANT (1767225600)

typedef struct
{
  char *folder;
  KouanStation *station;
  KouanClock *clock;
  KouanOutbox *outbox;
  KouanDatabase *db;
} OutboxFixture;

void outbox_set_up (OutboxFixture *fixture, gconstpointer data);
void outbox_tear_down (OutboxFixture *fixture, gconstpointer data);

/* A draft @n with two pages on the disk. */
void outbox_make_draft (OutboxFixture *fixture, KouanDatabase *db, guint8 n, gint64 expires_s);

/* The visit that the draft @n is of: code @n, an application, two documents of 100 kB, one of them
 * read later. */
KouanSubmission *outbox_submission (guint8 n);
void outbox_fill_id (guint8 id[static 16], guint8 n);

guint outbox_count_files (OutboxFixture *fixture,
                          const char *name); /* in a folder of the station */
gboolean outbox_has_draft (OutboxFixture *fixture, guint8 n);
gboolean outbox_code_is_used (OutboxFixture *fixture, guint8 n);

/* The balance adds up, the audit log is whole, the database too, each row that should have a file
 * has it, with its size and digest, and no other file lies there. */
void outbox_assert_whole (OutboxFixture *fixture, KouanRecordBalance *balance);

G_END_DECLS
