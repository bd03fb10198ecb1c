/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/visit-help.h"

#include "app/language/language.h"
#include "app/staff/visit-order.h"
#include "ui/pages/screens.h"

void
kouan_visit_help_give_time (KouanKiosk *kiosk)
{
  KouanIdle *idle = kouan_kiosk_get_idle (kiosk);

  kouan_idle_set_patient (idle, TRUE);
  kouan_idle_touch (idle);
}

/* Where nothing can be parked yet, the visit just ends; so it does after the receipt. */
void
kouan_visit_help_end (KouanKiosk *kiosk)
{
  KouanSession *session = kouan_kiosk_get_session (kiosk);

  if (!kouan_session_send (session, KOUAN_EVENT_PARK))
    kouan_session_send (session, KOUAN_EVENT_IDLE);
}

/* For the next person, without the page that says how to come back. */
void
kouan_visit_help_free (KouanKiosk *kiosk)
{
  kouan_visit_help_end (kiosk);
  kouan_session_send (kouan_kiosk_get_session (kiosk), KOUAN_EVENT_NEXT);
}

/* What a desk needs to know to go on: which kiosk keeps the visit, and how far it is. Who the
 * visitor is stands on the visitor's own code. */
char *
kouan_visit_help_hand_over_text (KouanKiosk *kiosk)
{
  KouanSession *session = kouan_kiosk_get_session (kiosk);
  KouanStation *station = kouan_session_get_station (session);
  KouanService *service = kouan_session_get_service (session);
  const char *language = kouan_language_current ()->code;
  int count, ordinal = kouan_flow_state_ordinal (kouan_session_get_state (session), &count);
  g_autofree char *time = kouan_language_date_time (
    kouan_language_current (), kouan_clock_wall_s (kouan_session_get_clock (session)));
  g_autofree char *step = ordinal > 0 ? g_strdup_printf ("%d/%d %s", ordinal, count,
                                                         _ (kouan_screen_step_name (ordinal)))
                                      : g_strdup ("-");

  return g_strdup_printf ("%s\n%s %u\n%s\n%s\n%s\n%s",
                          kouan_station_get_hall_name (station, language), _ ("Kiosk"),
                          kouan_station_get_kiosk_id (station), time,
                          service != NULL ? kouan_service_get_name (service, language) : "-", step,
                          _ ("Kept there for 14 days under the visitor's own code"));
}

/* Returns: one word of how it went */
static const char *
carry_out (KouanKiosk *kiosk)
{
  KouanSession *session = kouan_kiosk_get_session (kiosk);
  KouanStick *stick = kouan_kiosk_get_stick (kiosk);
  g_autofree char *folder = stick != NULL ? kouan_stick_dup_folder (stick) : NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_flow_state_is_resumable (kouan_session_get_state (session)))
    return "nothing-to-keep";
  if (folder == NULL)
    return "no-stick";
  if (kouan_session_carry_out (session, folder, &error))
    return "done";
  g_message ("The visit is not moved: %s", error->message);
  return "stick-not-written";
}

static void
carry_out_order (KouanKiosk *kiosk, KouanDatabase *db, KouanVisitOrder which)
{
  g_autofree char *text = NULL;
  const char *result = "done";

  if (!kouan_flow_state_has_visitor (kouan_session_get_state (kouan_kiosk_get_session (kiosk))))
    {
      kouan_visit_order_answer (db, "nobody", NULL);
      return;
    }
  switch (which)
    {
    case KOUAN_VISIT_ORDER_TIME:
      kouan_visit_help_give_time (kiosk);
      break;
    case KOUAN_VISIT_ORDER_PARK:
      kouan_visit_help_end (kiosk);
      break;
    case KOUAN_VISIT_ORDER_FREE:
      kouan_visit_help_free (kiosk);
      break;
    case KOUAN_VISIT_ORDER_HAND_OVER:
      text = kouan_visit_help_hand_over_text (kiosk);
      break;
    case KOUAN_VISIT_ORDER_CARRY_OUT:
      result = carry_out (kiosk);
      break;
    case KOUAN_VISIT_N_ORDERS:
    default:
      g_assert_not_reached ();
    }
  kouan_visit_order_answer (db, result, text);
}

void
kouan_visit_help_look (KouanKiosk *kiosk)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (kiosk);
  KouanDatabase *db = gate != NULL ? kouan_staff_gate_get_database (gate) : NULL;
  KouanVisitOrder which;

  if (db != NULL
      && kouan_visit_order_take (db, kouan_clock_wall_s (kouan_staff_gate_get_clock (gate)),
                                 &which))
    carry_out_order (kiosk, db, which);
}
