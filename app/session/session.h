/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/catalogue.h"
#include "app/catalogue/checklist.h"
#include "app/documents/pixels.h"
#include "app/documents/sheet.h"
#include "app/identity/document-reader.h"
#include "app/portrait/measure.h"
#include "app/portrait/rules.h"
#include "app/session/flow.h"
#include "app/session/trouble.h"
#include "app/session/visit.h"
#include "app/station/station.h"
#include "app/clock/clock.h"
#include "db/database.h"

G_BEGIN_DECLS

/* One person's visit: the interpreter of the flow. It owns what the person has said (KouanVisit)
 * and the draft that keeps it; pages read the visit, hand in what was entered, and send events.
 *
 * signals:  changed           a page has to be shown, or shown anew
 *           trouble           an event could not be followed: see kouan_session_get_trouble ()
 *           forget            this process image is over
 *           next-person       so is this one; the next goes on with what the group shares
 * property: progress          0 to 1 while a record is sealed */
#define KOUAN_TYPE_SESSION (kouan_session_get_type ())
G_DECLARE_FINAL_TYPE (KouanSession, kouan_session, KOUAN, SESSION, GObject)

KouanSession *kouan_session_new (KouanStation *station,
                                 KouanClock *clock,
                                 KouanCatalogue *catalogue,
                                 KouanPixels *pixels);
void kouan_session_set_catalogue (KouanSession *self, KouanCatalogue *catalogue);
void kouan_session_set_store (KouanSession *self, KouanDatabase *db);

KouanFlowState kouan_session_get_state (KouanSession *self);
KouanVisit *kouan_session_get_visit (KouanSession *self);
KouanService *kouan_session_get_service (KouanSession *self);
KouanStation *kouan_session_get_station (KouanSession *self);
KouanCatalogue *kouan_session_get_catalogue (KouanSession *self);
KouanClock *kouan_session_get_clock (KouanSession *self);
GCancellable *kouan_session_get_cancellable (KouanSession *self);
gboolean kouan_session_is_changing (KouanSession *self);

gboolean kouan_session_send (KouanSession *self, KouanFlowEvent event);
gboolean kouan_session_advance (KouanSession *self);

void kouan_session_set_language (KouanSession *self, const char *language);
void kouan_session_consent (KouanSession *self, const char *text);

gboolean kouan_session_take_code (KouanSession *self, const char *text, KouanTrouble **trouble);
gboolean kouan_session_take_service (KouanSession *self, guint service, KouanTrouble **trouble);

KouanDocumentReading *kouan_session_read_typed (KouanSession *self, KouanMrz *mrz);
KouanChecks *kouan_session_check_reading (KouanSession *self, KouanDocumentReading *reading);
void kouan_session_set_unconfirmed (KouanSession *self, KouanDocumentReading *reading);
KouanDocumentReading *kouan_session_get_unconfirmed (KouanSession *self);
gboolean kouan_session_take_reading (KouanSession *self,
                                     KouanDocumentReading *reading,
                                     KouanTrouble **trouble);
GBytes *kouan_session_get_chip_portrait (KouanSession *self);
gboolean kouan_session_take_portrait (KouanSession *self,
                                      KouanJpeg *picture,
                                      KouanPortraitFindings findings,
                                      KouanResult match,
                                      const char *consent,
                                      KouanTrouble **trouble);
gboolean kouan_session_skip_portrait (KouanSession *self, KouanTrouble **trouble);
KouanMrz *kouan_session_get_mrz (KouanSession *self);
void kouan_session_get_context (KouanSession *self, KouanContext *context);
GPtrArray *kouan_session_questions (KouanSession *self);
KouanChecklist *kouan_session_checklist (KouanSession *self);
GArray *kouan_session_cross_check (KouanSession *self); /* of KouanCross */

gboolean kouan_session_save (KouanSession *self, KouanTrouble **trouble);

void kouan_session_set_unkept (KouanSession *self, GPtrArray *takes);
GPtrArray *kouan_session_get_unkept (KouanSession *self);
gboolean kouan_session_keep_sheet (
  KouanSession *self, const char *kind, guint index, KouanSheet *sheet, KouanTrouble **trouble);
gboolean kouan_session_replace_sheet (
  KouanSession *self, const char *kind, guint index, KouanSheet *sheet, KouanTrouble **trouble);
gboolean kouan_session_drop_sheet (KouanSession *self,
                                   const char *kind,
                                   guint index,
                                   KouanTrouble **trouble);
gboolean kouan_session_move_sheet (
  KouanSession *self, const char *kind, guint from, guint to, KouanTrouble **trouble);
KouanSheet *kouan_session_read_sheet (KouanSession *self,
                                      const char *kind,
                                      guint index,
                                      KouanTrouble **trouble);
gboolean kouan_session_set_later (KouanSession *self,
                                  const char *kind,
                                  gboolean later,
                                  KouanTrouble **trouble);

gboolean kouan_session_has_group (KouanSession *self);
guint kouan_session_get_group_service (KouanSession *self);
GBytes *kouan_session_hand_over (KouanSession *self);
gboolean kouan_session_take_over (KouanSession *self, GBytes *group);
GPtrArray *kouan_session_get_group (KouanSession *self); /* of receipt numbers, this one last */

void kouan_session_sign (KouanSession *self, const char *svg, gboolean typed);
KouanTrouble *kouan_session_get_trouble (KouanSession *self);
const char *kouan_session_get_receipt_number (KouanSession *self);
const char *kouan_session_get_receipt_code (KouanSession *self);
const char *kouan_session_get_declaration_code (KouanSession *self);
gboolean kouan_session_needs_officer (KouanSession *self);
const char *kouan_session_get_outcome_name (KouanSession *self, const char *language);
gint64 kouan_session_get_receipt_time_s (KouanSession *self);
void kouan_session_call_staff (KouanSession *self);
void kouan_session_hold (KouanSession *self);
gboolean kouan_session_carry_out (KouanSession *self,
                                  const char *stick,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_session_rate (KouanSession *self, int stars);

G_END_DECLS
