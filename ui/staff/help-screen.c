/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/help-screen.h"

#include "app/language/language.h"
#include "app/staff/visit-order.h"
#include "ui/code-view.h"
#include "ui/pages/screens.h"
#include "ui/staff/visit-help.h"
#include "ui/widgets/text.h"

/* The visitor who stands here: where the visit is, and nothing that was entered. Everything is on
 * the disk already when this page shows. */

#define CODE_HEIGHT_PX 420

struct _KouanHelpScreen
{
  KouanStaffScreen parent_instance;

  gboolean sure;       /* asked once already whether to free the kiosk */
  gboolean sure_stick; /* and whether to move the visit */
};

G_DEFINE_FINAL_TYPE (KouanHelpScreen, kouan_help_screen, KOUAN_TYPE_STAFF_SCREEN)

static KouanStaffMode *
mode_of (KouanHelpScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

static KouanKiosk *
kiosk_of (KouanHelpScreen *self)
{
  return kouan_screen_get_kiosk (KOUAN_SCREEN (self));
}

static KouanSession *
session_of (KouanHelpScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

/* Returns: FALSE after a sentence */
static gboolean
note (KouanHelpScreen *self, KouanVisitOrder what)
{
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  g_autoptr (GError) error = NULL;

  if (kouan_staff_note (&order, KOUAN_DUTY_HELP,
                        kouan_flow_state_to_string (kouan_session_get_state (session_of (self))),
                        kouan_visit_order_to_string (what), &error))
    return TRUE;
  kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
  return FALSE;
}

static void
on_time (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  if (!note (self, KOUAN_VISIT_ORDER_TIME))
    return;
  kouan_visit_help_give_time (kiosk_of (self));
  kouan_staff_mode_end (mode_of (self), KOUAN_STAFF_END_BACK);
}

static void
on_park (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  g_autoptr (KouanHelpScreen) alive = g_object_ref (self);

  if (!note (self, KOUAN_VISIT_ORDER_PARK))
    return;
  kouan_visit_help_end (kiosk_of (self));
  kouan_staff_mode_end (mode_of (self), KOUAN_STAFF_END_BACK);
}

static void on_free (GtkButton *button, KouanHelpScreen *self);

/* Nothing but the one button stands there then. */
static void
ask_whether_free (KouanHelpScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  gboolean kept = kouan_flow_state_is_resumable (kouan_session_get_state (session_of (self)));

  self->sure = TRUE;
  kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("Free this kiosk for the next person?"),
                          kept ? _ ("Press the button once more. What was entered is kept, locked, "
                                    "for 14 days: the visitor goes on with the same code.")
                               : _ ("Press the button once more. There is nothing to keep."));
  kouan_staff_screen_clear (screen);
  kouan_staff_screen_add_button (screen, "leave", _ ("Free this kiosk"), G_CALLBACK (on_free));
}

static void
on_free (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  g_autoptr (KouanHelpScreen) alive = g_object_ref (self);

  if (!self->sure)
    {
      ask_whether_free (self);
      return;
    }
  if (!note (self, KOUAN_VISIT_ORDER_FREE))
    return;
  kouan_visit_help_free (kiosk_of (self));
  kouan_staff_mode_end (mode_of (self), KOUAN_STAFF_END_BACK);
}

static void
on_hand_over (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autofree char *text = kouan_visit_help_hand_over_text (kiosk_of (self));

  if (!note (self, KOUAN_VISIT_ORDER_HAND_OVER))
    return;
  kouan_staff_screen_clear (screen);
  kouan_staff_screen_add (
    screen, kouan_text_new (_ ("Read this code with any phone at the desk. The visitor brings "
                               "their own code along: with it the visit goes on here.")));
  kouan_staff_screen_add (screen, kouan_code_view_new (text, CODE_HEIGHT_PX));
  kouan_staff_screen_add (screen, kouan_text_new (text));
  kouan_staff_screen_add_button (screen, "lock", _ ("Park the visit"), G_CALLBACK (on_park));
}

static char *
dup_stick (KouanHelpScreen *self)
{
  KouanStick *stick = kouan_kiosk_get_stick (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));

  return stick != NULL ? kouan_stick_dup_folder (stick) : NULL;
}

static void
move_to (KouanHelpScreen *self, const char *stick)
{
  g_autoptr (KouanHelpScreen) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!note (self, KOUAN_VISIT_ORDER_CARRY_OUT))
    return;
  if (kouan_session_carry_out (session_of (self), stick, &error))
    {
      kouan_staff_mode_end (mode_of (self), KOUAN_STAFF_END_BACK);
      return;
    }
  g_message ("The visit is not moved: %s", error->message);
  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_PROBLEM,
                          _ ("The stick can't be written"),
                          _ ("Nothing was moved: the visit goes on here. Try another stick."));
}

static void
on_stick (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autofree char *stick = dup_stick (self);

  if (stick == NULL)
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("No stick is in"),
                            _ ("Put the stick of the hall in, wait a moment, and try again."));
  else if (self->sure_stick)
    move_to (self, stick);
  else
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("Move this visit to the stick?"),
                            _ ("Press the button once more. It leaves this kiosk, locked. At the "
                               "other kiosk import it from the stick: there the visitor shows the "
                               "same code and goes on."));
  self->sure_stick = stick != NULL;
}

static void
on_reprint (GtkButton *button G_GNUC_UNUSED, KouanHelpScreen *self)
{
  kouan_staff_mode_show (mode_of (self), KOUAN_STAFF_PAGE_REPRINT);
}

static void
add_visit (KouanHelpScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanFlowState state = kouan_session_get_state (session_of (self));
  int ordinal = kouan_flow_state_ordinal (state, NULL);
  g_autofree char *text = NULL;

  if (!kouan_flow_state_has_visitor (state))
    {
      kouan_staff_screen_add (screen, kouan_text_new (_ ("Nobody has begun a visit here now.")));
      return;
    }
  text = ordinal > 0 ? g_strdup_printf (_ ("The visit is at step %d: %s"), ordinal,
                                        _ (kouan_screen_step_name (ordinal)))
                     : g_strdup (_ ("The visit has just begun, or is over"));
  kouan_staff_screen_add (screen, kouan_subheading_new (text));
  kouan_staff_screen_add (
    screen, kouan_text_new (_ ("What was entered is on the disk, locked, and is not shown here.")));
  kouan_staff_screen_add_button (screen, "clock", _ ("Give more time and go back"),
                                 G_CALLBACK (on_time));
  kouan_staff_screen_add_button (screen, "lock", _ ("Park the visit"), G_CALLBACK (on_park));
  kouan_staff_screen_add_button (screen, "leave", _ ("Free this kiosk"), G_CALLBACK (on_free));
  kouan_staff_screen_add_button (screen, "code", _ ("Hand over to a desk"),
                                 G_CALLBACK (on_hand_over));
  if (kouan_flow_state_is_resumable (state))
    kouan_staff_screen_add_button (screen, "stick", _ ("Take to another kiosk by stick"),
                                   G_CALLBACK (on_stick));
}

static void
kouan_help_screen_constructed (GObject *object)
{
  KouanHelpScreen *self = KOUAN_HELP_SCREEN (object);

  G_OBJECT_CLASS (kouan_help_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Help the visitor"));
  add_visit (self);
  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_REPRINT))
    kouan_staff_screen_add_button (KOUAN_STAFF_SCREEN (self), "printer",
                                   _ ("Print a receipt again"), G_CALLBACK (on_reprint));
}

static void
kouan_help_screen_class_init (KouanHelpScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_help_screen_constructed;
}

static void
kouan_help_screen_init (KouanHelpScreen *self G_GNUC_UNUSED)
{
}
