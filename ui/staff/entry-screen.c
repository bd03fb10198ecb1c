/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/entry-screen.h"

#include "app/crypto/cose.h"
#include "app/devices/code-scanner.h"
#include "app/language/language.h"
#include "app/staff/roster.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/field.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/text.h"

#include <string.h>

/* The door: first the badge before the camera, then the PIN. The visit's page is away meanwhile.
 * What is refused is said in the words of app/staff, and the door is as it was before. */

struct _KouanEntryScreen
{
  KouanStaffScreen parent_instance;

  KouanCodeScanner *scanner; /* (nullable): without a camera there is none */
  KouanCameraView *view;     /* (nullable): while a badge is looked for */
  KouanField *field;         /* (nullable): while a PIN is typed */
  char *badge;               /* (nullable): the code of it */
  guint wait_source;
  guint start_source;
};

/* A page that has been left ends its own use of the camera a moment later. */
enum
{
  CAMERA_START_DELAY_MS = 150
};

G_DEFINE_FINAL_TYPE (KouanEntryScreen, kouan_entry_screen, KOUAN_TYPE_STAFF_SCREEN)

static void show_badge (KouanEntryScreen *self);
static void show_pin (KouanEntryScreen *self);

static KouanStaffMode *
mode_of (KouanEntryScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

/* What is left of the wait, second by second. */
static gboolean
on_wait_tick (gpointer data)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (data);
  gint64 left_s = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "kouan-left"));
  g_autofree char *text = NULL;

  g_object_set_data (G_OBJECT (self), "kouan-left", GINT_TO_POINTER ((int)left_s - 1));
  if (left_s <= 0)
    {
      self->wait_source = 0;
      kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_INFO,
                              _ ("You can try again now"), NULL);
      return G_SOURCE_REMOVE;
    }
  text = g_strdup_printf (_ ("%d s are left."), (int)left_s);
  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_WARNING,
                          _ ("Too many tries. Wait before the next one"), text);
  return G_SOURCE_CONTINUE;
}

static void
count_wait (KouanEntryScreen *self)
{
  gint64 wait_s = kouan_staff_gate_get_wait_s (kouan_staff_mode_get_gate (mode_of (self)));

  g_object_set_data (G_OBJECT (self), "kouan-left", GINT_TO_POINTER ((int)wait_s));
  on_wait_tick (self);
  self->wait_source = g_timeout_add_seconds (1, on_wait_tick, self);
}

/* Below the camera: what somebody reads out to the hub. */
static void
add_lock (KouanEntryScreen *self)
{
  KouanStaffGate *gate = kouan_staff_mode_get_gate (mode_of (self));
  KouanStation *station = kouan_staff_gate_get_station (gate);
  g_autofree char *person = NULL;
  g_autofree char *nonce = kouan_staff_gate_dup_lock (gate, &person);
  g_autofree char *kiosk = g_strdup_printf ("%u", kouan_station_get_kiosk_id (station));
  GtkWidget *table;

  if (nonce == NULL)
    return;
  table = kouan_staff_table_new (_ ("For the hub"));
  kouan_staff_table_add (table, _ ("Kiosk"), kiosk, KOUAN_NOTICE_INFO);
  kouan_staff_table_add (table, _ ("Staff number"), *person != '\0' ? person : "-",
                         KOUAN_NOTICE_INFO);
  kouan_staff_table_add (table, _ ("Key"), nonce, KOUAN_NOTICE_INFO);
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), table);
}

static void
turn_away (KouanEntryScreen *self, const GError *error)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  show_badge (self);
  kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
  if (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WAIT))
    count_wait (self);
  else if (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_LOCKED))
    add_lock (self);
}

static void
take_unlock_code (KouanEntryScreen *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (kouan_staff_gate_unlock_by_code (kouan_staff_mode_get_gate (mode_of (self)), text, &error))
    {
      show_badge (self);
      kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_SUCCESS, _ ("Unlocked"),
                              _ ("Show your badge and type your PIN."));
    }
  else
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
}

static void
on_code (KouanCodeScanner *scanner G_GNUC_UNUSED, const char *text, KouanEntryScreen *self)
{
  g_autoptr (KouanEntryScreen) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  kouan_idle_touch (kouan_kiosk_get_idle (kouan_screen_get_kiosk (KOUAN_SCREEN (self))));
  if (g_str_has_prefix (text, KOUAN_CODE_UNLOCK))
    take_unlock_code (self, text);
  else if (g_str_has_prefix (text, KOUAN_CODE_BADGE))
    {
      g_free (self->badge);
      self->badge = g_strdup (text);
      show_pin (self);
    }
  else
    {
      error
        = g_error_new_literal (KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_A_BADGE, "another code");
      kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
    }
}

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanEntryScreen *self)
{
  if (self->view != NULL)
    kouan_camera_view_set_pixels (self->view, frame->pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                  frame->width, frame->height, frame->stride);
}

/* From the beginning: the badge that has just been refused may be shown again. */
static gboolean
on_start_due (gpointer data)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (data);
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (self));

  if (self->view != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      kouan_code_scanner_stop (self->scanner);
      kouan_code_scanner_start (self->scanner, kouan_session_get_cancellable (session));
    }
  self->start_source = 0;
  return G_SOURCE_REMOVE;
}

static void
look_for_badge (KouanEntryScreen *self)
{
  if (self->scanner != NULL && self->view != NULL && self->start_source == 0)
    self->start_source = g_timeout_add (CAMERA_START_DELAY_MS, on_start_due, self);
}

/* The page that was left had the camera, and has switched it off. */
static void
on_camera_state (KouanCamera *camera, GParamSpec *pspec G_GNUC_UNUSED, KouanEntryScreen *self)
{
  if (kouan_camera_get_state (camera) == KOUAN_DEVICE_OFF)
    look_for_badge (self);
}

static void
show_badge (KouanEntryScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  gboolean second = kouan_staff_mode_asks_second (mode_of (self));

  g_clear_pointer (&self->badge, g_free);
  self->field = NULL;
  self->view = NULL;
  kouan_staff_screen_clear (screen);
  kouan_screen_set_dock (KOUAN_SCREEN (self), NULL);
  kouan_screen_hide_primary (KOUAN_SCREEN (self));
  kouan_staff_screen_set_title (screen, second ? _ ("The second person: show your badge")
                                               : _ ("Staff: show your badge"));
  if (self->scanner == NULL)
    {
      kouan_staff_screen_say (screen, KOUAN_NOTICE_PROBLEM, _ ("This kiosk has no camera now"),
                              _ ("Staff mode opens by a badge before the camera. Until it works, a "
                                 "technician gets in over ssh, with kouanctl staff."));
      return;
    }
  self->view
    = KOUAN_CAMERA_VIEW (kouan_camera_view_new (KOUAN_AIM_CODE, _ ("What the camera sees")));
  kouan_camera_view_set_status (self->view, KOUAN_NOTICE_INFO,
                                _ ("Hold your badge into the frame."));
  kouan_staff_screen_add (screen, GTK_WIDGET (self->view));
  look_for_badge (self);
}

static void
on_pin_changed (KouanField *field, KouanEntryScreen *self)
{
  gboolean enough = strlen (kouan_field_get_text (field)) >= KOUAN_PIN_DIGITS_MIN;

  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go in"), enough);
}

static void
show_pin (KouanEntryScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  GtkWidget *keyboard = kouan_keyboard_new (KOUAN_KEYBOARD_DIGITS);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->view = NULL;
  kouan_code_scanner_stop (self->scanner);
  kouan_staff_screen_clear (screen);
  kouan_staff_screen_say (screen, KOUAN_NOTICE_INFO, NULL, NULL);
  kouan_staff_screen_set_title (screen, _ ("Type your PIN"));
  self->field = KOUAN_FIELD (kouan_field_new (_ ("PIN"), KOUAN_TEXT_DIGITS, KOUAN_PIN_DIGITS_MAX));
  kouan_field_set_masked (self->field, TRUE);
  kouan_field_set_hint (self->field, _ ("6 to 12 digits. Nobody else should see them."));
  g_signal_connect (self->field, "changed", G_CALLBACK (on_pin_changed), self);
  kouan_staff_screen_add (screen, GTK_WIDGET (self->field));
  kouan_keyboard_set_target (KOUAN_KEYBOARD (keyboard), kouan_field_get_target (self->field));
  kouan_screen_set_dock (KOUAN_SCREEN (self), keyboard);
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go in"), FALSE);
}

static void
on_entered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanEntryScreen) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStaffPass) pass
    = kouan_staff_gate_enter_finish (KOUAN_STAFF_GATE (source), result, &error);

  /* The page may have been left meanwhile: nobody gets in where nobody waits. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (pass == NULL || !kouan_staff_mode_let_in (mode_of (self), pass, &error))
    turn_away (self, error);
}

static void
kouan_entry_screen_primary (KouanScreen *screen)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (screen);
  g_autofree char *pin = NULL;

  if (self->field == NULL || self->badge == NULL)
    return;
  pin = g_strdup (kouan_field_get_text (self->field));
  kouan_screen_set_dock (screen, NULL);
  kouan_screen_set_primary (screen, _ ("Go in"), FALSE);
  kouan_staff_screen_clear (KOUAN_STAFF_SCREEN (self));
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), kouan_text_new (_ ("Your PIN is checked.")));
  self->field = NULL;
  kouan_staff_gate_enter_async (kouan_staff_mode_get_gate (mode_of (self)), self->badge, pin,
                                on_entered, g_object_ref (self));
  kouan_wipe (pin, strlen (pin));
}

/* From the PIN back to the badge; from the badge back to the visit. */
static gboolean
kouan_entry_screen_back (KouanScreen *screen)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (screen);

  if (self->field == NULL)
    return FALSE;
  show_badge (self);
  return TRUE;
}

static void
kouan_entry_screen_enter (KouanScreen *screen)
{
  look_for_badge (KOUAN_ENTRY_SCREEN (screen));
}

static void
kouan_entry_screen_leave (KouanScreen *screen)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (screen);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->view = NULL;
  g_clear_handle_id (&self->start_source, g_source_remove);
  if (self->scanner != NULL)
    kouan_code_scanner_stop (self->scanner);
}

static void
kouan_entry_screen_constructed (GObject *object)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (object);
  KouanKiosk *kiosk;
  KouanCamera *camera;

  G_OBJECT_CLASS (kouan_entry_screen_parent_class)->constructed (object);

  kiosk = kouan_screen_get_kiosk (KOUAN_SCREEN (self));
  camera = kouan_kiosk_get_camera (kiosk) != NULL ? kouan_kiosk_get_camera (kiosk)
                                                  : kouan_kiosk_get_document_camera (kiosk);
  if (camera != NULL)
    {
      self->scanner = kouan_code_scanner_new (camera, kouan_kiosk_get_codes_program (kiosk));
      g_signal_connect_object (camera, "picture", G_CALLBACK (on_picture), self, 0);
      g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_camera_state), self, 0);
      g_signal_connect_object (self->scanner, "code", G_CALLBACK (on_code), self, 0);
    }
  show_badge (self);
}

static void
kouan_entry_screen_dispose (GObject *object)
{
  KouanEntryScreen *self = KOUAN_ENTRY_SCREEN (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->view = NULL;
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_object (&self->scanner);
  g_clear_pointer (&self->badge, g_free);
  G_OBJECT_CLASS (kouan_entry_screen_parent_class)->dispose (object);
}

static void
kouan_entry_screen_class_init (KouanEntryScreenClass *klass)
{
  KouanScreenClass *screen_class = KOUAN_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_entry_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_entry_screen_dispose;
  screen_class->enter = kouan_entry_screen_enter;
  screen_class->leave = kouan_entry_screen_leave;
  screen_class->primary = kouan_entry_screen_primary;
  screen_class->back = kouan_entry_screen_back;
}

static void
kouan_entry_screen_init (KouanEntryScreen *self G_GNUC_UNUSED)
{
}
