/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_RECORD_QUEUED,
  KOUAN_RECORD_SENDING,
  KOUAN_RECORD_COMMITTED, /* the hub has signed that it has it */
  KOUAN_RECORD_ARCHIVED,  /* the hub has signed that every backup has it */
  KOUAN_RECORD_ERASED,
  KOUAN_RECORD_REFUSED,   /* a person must look */
} KouanRecordState;

/* What staff may know of a sealed record: nothing of the person. */
typedef struct
{
  guint8 id[16];       /* UUIDv7 */
  gint64 sequence;     /* this kiosk's own, from 1 without a gap: the order */
  char *number;        /* the receipt number, as a person reads it out */
  gint64 service;      /* the catalogue's code */
  KouanRecordState state;
  char *file;          /* name of the sealed file in the records folder; NULL once erased */
  gint64 size;         /* bytes of the sealed file */
  guint8 sha256[32];   /* of the sealed file */
  GBytes *manifest;    /* COSE by this kiosk: what the hub checks */
  GBytes *receipt;     /* (nullable) COSE by the hub: the last one verified */
  gint64 created_s;
  gint64 attempts;
  gint64 next_attempt_s;
  char *trouble;       /* (nullable) why it is refused or why the last try failed, in words of the protocol */
  gboolean rebuilt;    /* its row was lost with a database: whether its file has to be there, the hub knows */
} KouanRecordRow;

void kouan_record_row_free (KouanRecordRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanRecordRow, kouan_record_row_free)

const char *kouan_record_state_to_string (KouanRecordState state);

/* Takes the next sequence number; part of the transaction that it is called in. */
gint64 kouan_records_next_sequence (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* 0 on error */
gint64 kouan_records_last_sequence (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* 0: none yet; -1 on error */
gboolean kouan_records_rebuild (KouanDatabase *db, GPtrArray *rows, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_records_insert (KouanDatabase *db, const KouanRecordRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Follows an edge of the state table and refuses any other (CONFLICT). The audit row goes into the same transaction. */
gboolean kouan_records_set_state (KouanDatabase *db, const guint8 id[static 16], KouanRecordState state, GBytes *receipt, const char *trouble, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_records_set_retry (KouanDatabase *db, const guint8 id[static 16], gint64 attempts, gint64 next_attempt_s, const char *trouble, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanRecordRow *kouan_records_find (KouanDatabase *db, const guint8 id[static 16], GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanRecordRow *kouan_records_find_number (KouanDatabase *db, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanRecordRow *kouan_records_next_due (KouanDatabase *db, gint64 now_s, gint64 after_sequence, gboolean committed_too, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* oldest that is QUEUED, SENDING or COMMITTED and due; NOT_FOUND */
GPtrArray *kouan_records_archived (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of GBytes ids: still to be erased */
GPtrArray *kouan_records_list (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of KouanRecordRow, by sequence */
GPtrArray *kouan_records_list_present (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* the same, without what is erased */

/* The balance: captured is counted by the sequence, the rest by state, so that the two can disagree. */
typedef struct
{
  gint64 captured;  /* numbers given out, without the forgotten ones */
  gint64 forgotten; /* numbers given out before a database was lost, of records that were erased by then */
  gint64 queued;    /* QUEUED and SENDING */
  gint64 sent;      /* COMMITTED */
  gint64 archived;  /* ARCHIVED and ERASED */
  gint64 refused;
  gint64 bytes_waiting;
  gint64 oldest_waiting_s; /* created, or 0 */
} KouanRecordBalance;
gboolean kouan_records_balance (KouanDatabase *db, KouanRecordBalance *balance, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
