/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/orders.h"
#include "ui/kiosk.h"

G_BEGIN_DECLS

#define KOUAN_STAFF_IDLE_S 60 /* then the door closes */

/* The pages of staff mode. */
typedef enum
{
  KOUAN_STAFF_PAGE_ENTRY, /* badge and PIN, also of the second person */
  KOUAN_STAFF_PAGE_DESK,  /* what this person may do */
  KOUAN_STAFF_PAGE_BOARD, /* how the kiosk is */
  KOUAN_STAFF_PAGE_DEVICES,
  KOUAN_STAFF_PAGE_HELP, /* the visitor who stands here */
  KOUAN_STAFF_PAGE_REPRINT,
  KOUAN_STAFF_PAGE_CARRY,   /* sync, export, import */
  KOUAN_STAFF_PAGE_SERVICE, /* out of service, restart, shut down */
  KOUAN_STAFF_PAGE_HOURS,
  KOUAN_STAFF_PAGE_PEOPLE, /* who is locked */
  KOUAN_STAFF_PAGE_AUDIT,  /* who did what */
  KOUAN_STAFF_PAGE_REPORTS,
} KouanStaffPage;

/* How staff mode ended. */
typedef enum
{
  KOUAN_STAFF_END_BACK,    /* to the visit, or to nobody */
  KOUAN_STAFF_END_RESTART, /* the kiosk's program begins anew */
  KOUAN_STAFF_END_SHUT_DOWN,
} KouanStaffEnd;

/* One stay in staff mode: who is in, and which page is shown.
 *
 * Signals: "page": another page has to be shown; "ended" (KouanStaffEnd) */
#define KOUAN_TYPE_STAFF_MODE (kouan_staff_mode_get_type ())
G_DECLARE_FINAL_TYPE (KouanStaffMode, kouan_staff_mode, KOUAN, STAFF_MODE, GObject)

KouanStaffMode *kouan_staff_mode_new (KouanKiosk *kiosk);

KouanStaffPage kouan_staff_mode_get_page (KouanStaffMode *self);
void kouan_staff_mode_show (KouanStaffMode *self, KouanStaffPage page);
void kouan_staff_mode_back (KouanStaffMode *self);
void kouan_staff_mode_end (KouanStaffMode *self, KouanStaffEnd end);
void kouan_staff_mode_lock (KouanStaffMode *self);

KouanStaffGate *kouan_staff_mode_get_gate (KouanStaffMode *self);
KouanKiosk *kouan_staff_mode_get_kiosk (KouanStaffMode *self);
KouanStaffPass *kouan_staff_mode_get_pass (KouanStaffMode *self); /* (nullable): nobody is in */
gboolean kouan_staff_mode_may (KouanStaffMode *self, KouanDuty duty);
KouanStaffOrder kouan_staff_mode_get_order (KouanStaffMode *self);

/* Somebody got in: the first person, or the second. FALSE: somebody else works here over ssh. */
gboolean kouan_staff_mode_let_in (KouanStaffMode *self,
                                  KouanStaffPass *pass,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Two persons: the page asks for the second, and is shown again with @resume when they agreed. */
void kouan_staff_mode_ask_second (KouanStaffMode *self, const char *resume);
gboolean kouan_staff_mode_asks_second (KouanStaffMode *self);
char *kouan_staff_mode_take_resume (KouanStaffMode *self); /* (nullable) (transfer full) */

G_END_DECLS
