/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"
#include "app/record/outbox.h"
#include "app/session/draft.h"
#include "app/session/session.h"
#include "app/session/timing.h"

G_BEGIN_DECLS

/* Shared by the files of the session, and by nobody else. */
typedef struct
{
  guint service;
  KouanAnswers *shared;
  GPtrArray *numbers; /* (element-type utf8): receipts so far, in order */
} KouanGroup;

struct _KouanSession
{
  GObject parent_instance;

  /* what the machine is; wired in main, outlives every visit */
  KouanStation *station;
  KouanClock *clock;
  KouanCatalogue *catalogue;
  KouanOutbox *outbox;
  KouanDatabase *db; /* (nullable) until the first frame is painted */
  KouanPixels *pixels;
  KouanTiming *timing; /* of the visit, for the counts of the day */

  /* where the visit stands */
  KouanFlowState state;
  gboolean changing;         /* came from the review page to change one thing */
  GCancellable *cancellable; /* of this state */
  KouanTrouble *trouble;     /* (nullable): why the last event was not followed */

  /* the person's; gone after kouan_session_wipe() */
  KouanVisit *visit;
  KouanService *service;             /* (nullable): owned by the catalogue */
  KouanDraft *draft;                 /* (nullable) */
  KouanAppointment *appointment;     /* (nullable): what the code said; a walk-in has none */
  KouanDocumentReading *unconfirmed; /* (nullable): read, not yet said to be the visitor's */
  GBytes *chip_portrait;             /* (nullable): EF.DG2, until the identity step is left */
  GPtrArray *unkept;                 /* (nullable): of KouanTake: read and shown, not kept so far */
  char *receipt_number;
  char *receipt_code;
  char *declaration_code; /* (nullable): where the service declares something */
  gint64 receipt_time_s;
  double progress;

  KouanGroup
    *group; /* (nullable): what a family or one employer's people share; outlives a person */
  gboolean handing_over; /* the next person of a group waits for a process image of their own */
};

void kouan_session_set_trouble (KouanSession *self, KouanTrouble *trouble);
void kouan_session_set_progress (KouanSession *self, double progress);
void kouan_session_wipe (KouanSession *self);
void kouan_session_audit (KouanSession *self, const char *action, const char *result);
KouanDraft *kouan_session_draft_for (KouanSession *self, KouanSecret *code_secret);
void kouan_session_forget_draft (KouanSession *self);
void kouan_session_submit (KouanSession *self);
char *kouan_session_declare (KouanSession *self);
void kouan_session_next_person (KouanSession *self);
void kouan_session_join_group (KouanSession *self);
void kouan_session_forget_group (KouanSession *self);

gboolean kouan_session_has_room (KouanSession *self, KouanTrouble **trouble);
void kouan_session_drop_file (KouanSession *self, const char *file);
void kouan_session_remember_chip_portrait (KouanSession *self, KouanDocumentReading *reading);

void kouan_session_authenticate_chip (KouanSession *self,
                                      KouanDocumentReading *reading,
                                      KouanChecks *checks);

G_END_DECLS
