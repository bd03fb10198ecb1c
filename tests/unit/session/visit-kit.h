/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

#define NOW_S G_GINT64_CONSTANT (1796000000) /* 30 November 2026 */
#define MARKER "Zyxwvut Lane 42"

/* A session on a real store, and what a visitor does at it, step by step. MARKER is what the
 * visitor says, and must be nowhere on the disk. */
typedef struct
{
  char *folder;
  KouanClock *clock;
  KouanSigningKey *issuer;
  KouanStation *station;
  KouanCatalogue *catalogue;
  KouanPixels *pixels;
  KouanSession *session;
} VisitFixture;

void visit_start_session (VisitFixture *fixture);
void visit_set_up (VisitFixture *fixture, gconstpointer data);
void visit_tear_down (VisitFixture *fixture, gconstpointer data);
char *visit_issue_to (
  VisitFixture *fixture, guint hall, gint64 from_s, const char *number, const char *birth);
char *visit_issue_for (VisitFixture *fixture, guint hall, gint64 from_s, const char *number);
char *visit_issue (VisitFixture *fixture);
void visit_send (VisitFixture *fixture, KouanFlowEvent event);
void visit_assert_state (VisitFixture *fixture, KouanFlowState state);
void visit_to_appointment (VisitFixture *fixture);
void visit_show_code (VisitFixture *fixture, const char *text);
KouanMrz *visit_mrz (void);
gboolean visit_take_typed (KouanSession *session, KouanMrz *passport, KouanTrouble **trouble);
void visit_show_passport (VisitFixture *fixture);
KouanSheet *visit_sheet_new (guint8 level);
void visit_keep_page_of (VisitFixture *fixture, guint8 level);
void visit_keep_page (VisitFixture *fixture);
void visit_to_documents (VisitFixture *fixture, const char *code);
gboolean visit_has_left_submit (gpointer data);
void visit_sign_and_hand_in (VisitFixture *fixture);
void visit_hand_in (VisitFixture *fixture);

G_END_DECLS
