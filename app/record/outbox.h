/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/station/station.h"
#include "db/database.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_OUTBOX_ERROR_FULL,      /* no room: nothing was stored, staff must make some */
  KOUAN_OUTBOX_ERROR_IO,        /* the disk or the database failed: nothing was stored */
  KOUAN_OUTBOX_ERROR_BUSY,      /* another process holds the store too long: try again */
  KOUAN_OUTBOX_ERROR_USED,      /* the code has brought a record already */
  KOUAN_OUTBOX_ERROR_MEMBER,    /* a part of the record could not be read */
  KOUAN_OUTBOX_ERROR_CANCELLED, /* before it counted: nothing was stored */
  KOUAN_OUTBOX_ERROR_NUMBERS,   /* which receipt numbers are free is lost: enrol this kiosk anew */
} KouanOutboxError;
#define KOUAN_OUTBOX_ERROR (kouan_outbox_error_quark ())
GQuark kouan_outbox_error_quark (void);

/* What a visit hands in. Members come out in the order in which they were added. */
typedef struct _KouanSubmission KouanSubmission;
typedef GBytes *(*KouanMemberRead) (
  gpointer data, GError **error); /* (transfer full), on the thread that submits */

KouanSubmission *kouan_submission_new (gint64 service);
void kouan_submission_set_code (KouanSubmission *self, const guint8 code_id[static 16]);
void kouan_submission_set_draft (KouanSubmission *self,
                                 const guint8 name[static 16]); /* goes when the record counts */
void kouan_submission_add_missing (KouanSubmission *self, guint document); /* for the slip */
void kouan_submission_add (KouanSubmission *self, const char *name, GBytes *contents);
void kouan_submission_add_later (KouanSubmission *self,
                                 const char *name,
                                 gsize size_estimate,
                                 KouanMemberRead read,
                                 gpointer data,
                                 GDestroyNotify free_data);
void kouan_submission_free (KouanSubmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSubmission, kouan_submission_free)

typedef struct
{
  guint8 record_id[16];
  gint64 sequence;
  char *number; /* "00007-000123-35" */
  char *slip;   /* "KR1:…", for the QR code */
  gint64 time_s;
} KouanSubmitted;

void kouan_submitted_free (KouanSubmitted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSubmitted, kouan_submitted_free)

/* The queue of sealed records: files in the station's records folder, rows in its database. Any
 * thread may call, with a connection of its own. */
#define KOUAN_TYPE_OUTBOX (kouan_outbox_get_type ())
G_DECLARE_FINAL_TYPE (KouanOutbox, kouan_outbox, KOUAN, OUTBOX, GObject)

typedef void (*KouanOutboxProgress) (double fraction,
                                     gpointer data); /* 0 to 1, on the calling thread */

KouanOutbox *kouan_outbox_new (KouanStation *station, KouanClock *clock);
KouanDatabase *kouan_outbox_open_database (KouanOutbox *self, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* for the calling thread */
KouanSubmitted *kouan_outbox_submit (KouanOutbox *self,
                                     KouanDatabase *db,
                                     KouanSubmission *submission,
                                     KouanOutboxProgress progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_outbox_path (KouanOutbox *self, const char *file); /* of a row's file */
gboolean kouan_outbox_erase (KouanOutbox *self,
                             KouanDatabase *db,
                             const guint8 record_id[static 16],
                             GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* ARCHIVED to ERASED, and the file */

typedef struct
{
  guint files_removed; /* without a row: never handed in */
  guint
    files_set_aside; /* without a row, beside a database that has lost rows: kept for a person */
  guint rebuilt;     /* rows that were lost with a database and are back */
  guint requeued;    /* were being sent */
  guint refused;     /* without their file */
  guint pages_removed;
  guint drafts_expired;
} KouanOutboxRecovery;
gboolean kouan_outbox_recover (KouanOutbox *self,
                               KouanDatabase *db,
                               KouanOutboxRecovery *done,
                               GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* at the start, before anybody submits */

typedef enum
{
  KOUAN_OUTBOX_SPACE_PLENTY,
  KOUAN_OUTBOX_SPACE_LOW,  /* tell staff */
  KOUAN_OUTBOX_SPACE_FULL, /* take no documents */
} KouanOutboxSpace;
KouanOutboxSpace kouan_outbox_get_space (KouanOutbox *self);

G_END_DECLS
