/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* What is counted of visits, by day: only numbers grow, tied to nobody and to no other number. */
typedef struct
{
  const char *day;     /* "2026-11-27" */
  const char *measure; /* KOUAN_TALLY_… */
  gint64 service;      /* 0: not known, or of no matter */
  const char *word;    /* by measure: an hour, a language, a step, an ending; or "" */
  gint64 seconds;      /* how long; 0 for what takes no time */
} KouanTally;

#define KOUAN_TALLY_HOUR "hour"         /* a visit began: "09" */
#define KOUAN_TALLY_LANGUAGE "language" /* a visit ended in: "zh-Hans" */
#define KOUAN_TALLY_STEP "step"         /* how long a visit was at: "documents" */
#define KOUAN_TALLY_VISIT "visit"       /* how long it took to hand in, in one go */
#define KOUAN_TALLY_WAIT "wait" /* from the beginning of the appointment to that of the visit */
#define KOUAN_TALLY_END "end"   /* how a visit ended: "completed", "parked", "timed-out", "left" */
#define KOUAN_TALLY_PLACE "place"     /* where one that was not completed ended: "documents" */
#define KOUAN_TALLY_RESUMED "resumed" /* a visit went on that had been parked */

typedef struct
{
  gint64 service;
  char *word;
  gint64 up_to_s; /* the bucket: no longer than that; 0 for what takes no time, G_MAXINT32 for the
                     rest */
  gint64 count;
  gint64 seconds; /* all of them together */
} KouanTallyRow;

void kouan_tally_row_free (KouanTallyRow *self);
gboolean kouan_tallies_add (KouanDatabase *db,
                            const KouanTally *tally,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_tallies_list (KouanDatabase *db,
                               const char *measure,
                               const char *from_day,
                               const char *to_day,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
