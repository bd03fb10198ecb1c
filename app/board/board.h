/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/outbox.h"
#include "app/staff/gate.h"
#include "app/sync/monitor.h"
#include "db/kiosk/records.h"

G_BEGIN_DECLS

#define KOUAN_BOARD_STEPS 7 /* as the visitor counts them */

/* How this kiosk is, at one moment: numbers, ages and states, nothing of a visitor. */
typedef struct
{
  char *number; /* of the receipt */
  gint64 created_s;
  char *trouble; /* (nullable): in words of the protocol */
} KouanBoardRefused;

typedef struct
{
  const char *kind; /* "appointments", "revoked", "trust", "roster" */
  gint64 version;   /* 0: none has come */
  gint64 issued_s;
} KouanBoardList;

typedef struct
{
  const char *step;
  gint64 times;   /* that somebody went through it, in the last seven days */
  gint64 seconds; /* on average */
} KouanBoardStep;

typedef struct
{
  gint64 now_s;
  KouanRecordBalance balance;
  gboolean adds_up;
  GPtrArray *refused; /* of KouanBoardRefused */
  KouanSyncState sync;

  guint64 room; /* free bytes where records lie */
  KouanOutboxSpace space;
  gint64 clock_behind_s;      /* 0: it has not been set back */
  gint64 certificate_until_s; /* of this kiosk, for the line; 0: there is none */
  guint64 catalogue_version;  /* 0: none */
  gint64 catalogue_issued_s;
  KouanBoardList lists[4];
  gint64 trust_signed_s; /* the newest list of signers of chips; 0: none */

  guint hours[24]; /* visits that began, today, by the hall's clock */
  KouanBoardStep steps[KOUAN_BOARD_STEPS];

  gint64 called_s; /* since when somebody wants help; 0 */
  char *reason;    /* (nullable): why it is out of service */
  char **troubles; /* lines of the station's list */
} KouanBoard;

KouanBoard *kouan_board_new (KouanStaffGate *gate, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_board_free (KouanBoard *self);
const char *kouan_board_refused_text (const char *trouble);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanBoard, kouan_board_free)

G_END_DECLS
