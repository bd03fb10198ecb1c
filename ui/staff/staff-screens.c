/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/staff-screens.h"

#include "ui/staff/audit-screen.h"
#include "ui/staff/board-screen.h"
#include "ui/staff/carry-screen.h"
#include "ui/staff/desk-screen.h"
#include "ui/staff/devices-screen.h"
#include "ui/staff/entry-screen.h"
#include "ui/staff/help-screen.h"
#include "ui/staff/hours-screen.h"
#include "ui/staff/out-of-service-screen.h"
#include "ui/staff/people-screen.h"
#include "ui/staff/reports-screen.h"
#include "ui/staff/reprint-screen.h"

static GType
type_for_page (KouanStaffPage page)
{
  switch (page)
    {
    case KOUAN_STAFF_PAGE_ENTRY:
      return KOUAN_TYPE_ENTRY_SCREEN;
    case KOUAN_STAFF_PAGE_DESK:
      return KOUAN_TYPE_DESK_SCREEN;
    case KOUAN_STAFF_PAGE_BOARD:
      return KOUAN_TYPE_BOARD_SCREEN;
    case KOUAN_STAFF_PAGE_DEVICES:
      return KOUAN_TYPE_DEVICES_SCREEN;
    case KOUAN_STAFF_PAGE_HELP:
      return KOUAN_TYPE_HELP_SCREEN;
    case KOUAN_STAFF_PAGE_REPRINT:
      return KOUAN_TYPE_REPRINT_SCREEN;
    case KOUAN_STAFF_PAGE_CARRY:
      return KOUAN_TYPE_CARRY_SCREEN;
    case KOUAN_STAFF_PAGE_SERVICE:
      return KOUAN_TYPE_OUT_OF_SERVICE_SCREEN;
    case KOUAN_STAFF_PAGE_HOURS:
      return KOUAN_TYPE_HOURS_SCREEN;
    case KOUAN_STAFF_PAGE_PEOPLE:
      return KOUAN_TYPE_PEOPLE_SCREEN;
    case KOUAN_STAFF_PAGE_AUDIT:
      return KOUAN_TYPE_AUDIT_SCREEN;
    case KOUAN_STAFF_PAGE_REPORTS:
      return KOUAN_TYPE_REPORTS_SCREEN;
    }
  g_assert_not_reached ();
}

/* Returns: (transfer floating): of the page that the mode is at */
KouanScreen *
kouan_staff_screen_for_page (KouanStaffMode *mode)
{
  return g_object_new (type_for_page (kouan_staff_mode_get_page (mode)), "kiosk",
                       kouan_staff_mode_get_kiosk (mode), "mode", mode, NULL);
}
