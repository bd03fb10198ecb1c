/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/session/draft-carry.h"
#include "app/session/session-private.h"
#include "app/staff/orders.h"

/* What the hall's staff have to do with a visit: they are called, they come, and they learn how
 * long people are at each step. None of it says anything of the person. */

/* Somebody in the hall is wanted: at the kiosk, on the board, and at the hub. */
void
kouan_session_call_staff (KouanSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_SESSION (self));

  if (self->db != NULL
      && !kouan_staff_call (self->db, self->station, kouan_clock_wall_s (self->clock),
                            kouan_flow_state_to_string (self->state), &error))
    g_message ("The call is shown here alone: %s", error->message);
}

/**
 * kouan_session_hold:
 *
 * Staff have come in: what was entered is durable before they see anything, as when it is parked.
 */
void
kouan_session_hold (KouanSession *self)
{
  KouanTrouble *trouble = NULL;
  gboolean kept;

  g_return_if_fail (KOUAN_IS_SESSION (self));

  if (self->db == NULL || !kouan_flow_state_has_visitor (self->state))
    return;
  kept = kouan_session_save (self, &trouble);
  kouan_session_audit (self, "draft.held", kept ? "ok" : "last-save");
  g_clear_pointer (&trouble, kouan_trouble_unref);
}

/**
 * kouan_session_carry_out:
 * @stick: where one is mounted
 *
 * Moves the visit to the stick, for another kiosk of the hall, and ends it here.
 *
 * Returns: FALSE with the database's or the stick's error: then it goes on here
 */
gboolean
kouan_session_carry_out (KouanSession *self, const char *stick, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (KOUAN_IS_SESSION (self) && stick != NULL, FALSE);
  g_return_val_if_fail (self->draft != NULL, FALSE);

  folder = kouan_station_path (self->station, KOUAN_STATION_DRAFTS);
  if (!kouan_draft_carry_out (self->db, folder, kouan_draft_get_name (self->draft), stick, error))
    return FALSE;
  kouan_session_send (self, KOUAN_EVENT_LEAVE);
  return TRUE;
}
