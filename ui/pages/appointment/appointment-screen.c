/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/appointment/appointment-screen.h"

#include "app/devices/code-scanner.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/text.h"

/* "Show your code": the live picture, a frame to aim at, and a line that says what is seen. Without
 * a code, and without a camera, there is the other way. */

#define DRAWING_HEIGHT 220
#define HINT_AFTER_S 8 /* nothing read for so long: say how to hold it */

struct _KouanAppointmentScreen
{
  KouanScreen parent_instance;

  /* children of the template */
  GtkBox *camera_place;
  GtkLabel *status;
  GtkBox *beside;

  KouanCodeScanner *scanner; /* (nullable): without a camera there is none */
  KouanCameraView *view;     /* (nullable): child of camera_place */
  guint hint_source;
};

G_DEFINE_FINAL_TYPE (KouanAppointmentScreen, kouan_appointment_screen, KOUAN_TYPE_SCREEN)

static void
set_status (KouanAppointmentScreen *self, KouanNoticeKind kind, const char *text)
{
  gtk_label_set_text (self->status, text);
  if (self->view != NULL)
    kouan_camera_view_set_status (self->view, kind, text);
}

static gboolean
on_hint_due (gpointer data)
{
  KouanAppointmentScreen *self = KOUAN_APPOINTMENT_SCREEN (data);

  self->hint_source = 0;
  set_status (self, KOUAN_NOTICE_INFO,
              _ ("Nothing read yet. Hold the code flat, as large as the frame, and turn up "
                 "the light of your phone."));
  return G_SOURCE_REMOVE;
}

static void
await_hint (KouanAppointmentScreen *self)
{
  g_clear_handle_id (&self->hint_source, g_source_remove);
  self->hint_source = g_timeout_add_seconds (HINT_AFTER_S, on_hint_due, self);
}

static void
on_code (KouanCodeScanner *scanner G_GNUC_UNUSED, const char *text, KouanAppointmentScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  g_autoptr (KouanAppointmentScreen) alive = g_object_ref (self);
  g_autoptr (KouanTrouble) trouble = NULL;

  kouan_idle_touch (kouan_kiosk_get_idle (kouan_screen_get_kiosk (screen)));
  if (kouan_session_take_code (kouan_screen_get_session (screen), text, &trouble))
    return;
  if (trouble != NULL)
    kouan_screen_show_trouble (screen, trouble);
  set_status (self, KOUAN_NOTICE_WARNING, _ ("Show another code, or go on without one."));
  await_hint (self);
}

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanAppointmentScreen *self)
{
  kouan_camera_view_set_pixels (self->view, frame->pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                frame->width, frame->height, frame->stride);
}

static void
on_camera_state (KouanCamera *camera, GParamSpec *pspec G_GNUC_UNUSED, KouanAppointmentScreen *self)
{
  KouanDeviceState state = kouan_camera_get_state (camera);

  if (state == KOUAN_DEVICE_OFFLINE || state == KOUAN_DEVICE_FAILED)
    set_status (self, KOUAN_NOTICE_PROBLEM,
                _ ("The camera does not work now. Go on without a code, or ask staff."));
  else if (state == KOUAN_DEVICE_READY)
    set_status (self, KOUAN_NOTICE_INFO, _ ("Hold the code into the frame."));
}

static void
on_no_code (GtkButton *button G_GNUC_UNUSED, KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NO_CODE);
}

static void
add_camera (KouanAppointmentScreen *self, KouanCamera *camera)
{
  self->view
    = KOUAN_CAMERA_VIEW (kouan_camera_view_new (KOUAN_AIM_CODE, _ ("What the camera sees")));
  self->scanner = kouan_code_scanner_new (
    camera, kouan_kiosk_get_codes_program (kouan_screen_get_kiosk (KOUAN_SCREEN (self))));
  gtk_box_prepend (self->camera_place, GTK_WIDGET (self->view));
  gtk_widget_set_visible (GTK_WIDGET (self->status), FALSE);
  g_signal_connect_object (camera, "picture", G_CALLBACK (on_picture), self, 0);
  g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_camera_state), self, 0);
  g_signal_connect_object (self->scanner, "code", G_CALLBACK (on_code), self, 0);
}

/* How to hold it, and the way on for who has none. */
static void
add_beside (KouanAppointmentScreen *self, gboolean has_camera)
{
  GtkWidget *no_code = kouan_button_new (NULL, _ ("I have no code"));

  if (has_camera)
    {
      gtk_box_append (self->beside, kouan_illustration_new ("hold-code", DRAWING_HEIGHT));
      gtk_box_append (self->beside,
                      kouan_text_new (_ ("Hold the code flat and about as large as the frame. On "
                                         "a telephone, make the screen bright.")));
    }
  gtk_widget_set_halign (no_code, GTK_ALIGN_START);
  g_signal_connect (no_code, "clicked", G_CALLBACK (on_no_code), self);
  gtk_box_append (self->beside, no_code);
}

static void
kouan_appointment_screen_enter (KouanScreen *screen)
{
  KouanAppointmentScreen *self = KOUAN_APPOINTMENT_SCREEN (screen);

  if (self->scanner == NULL)
    return;
  kouan_code_scanner_start (self->scanner,
                            kouan_session_get_cancellable (kouan_screen_get_session (screen)));
  await_hint (self);
}

static void
kouan_appointment_screen_leave (KouanScreen *screen)
{
  KouanAppointmentScreen *self = KOUAN_APPOINTMENT_SCREEN (screen);

  g_clear_handle_id (&self->hint_source, g_source_remove);
  if (self->scanner != NULL)
    kouan_code_scanner_stop (self->scanner);
}

static void
kouan_appointment_screen_constructed (GObject *object)
{
  KouanAppointmentScreen *self = KOUAN_APPOINTMENT_SCREEN (object);
  KouanScreen *screen = KOUAN_SCREEN (self);
  KouanCamera *camera = kouan_kiosk_get_camera (kouan_screen_get_kiosk (screen));

  G_OBJECT_CLASS (kouan_appointment_screen_parent_class)->constructed (object);

  if (camera != NULL)
    add_camera (self, camera);
  set_status (self, KOUAN_NOTICE_INFO,
              camera != NULL ? _ ("Hold the code into the frame.")
                             : _ ("This kiosk has no camera. Go on without a code, or use "
                                  "another kiosk."));
  add_beside (self, camera != NULL);
  kouan_screen_set_wide (screen, TRUE);
  kouan_screen_set_title (screen, N_ ("Show your appointment code"));
}

static void
kouan_appointment_screen_dispose (GObject *object)
{
  KouanAppointmentScreen *self = KOUAN_APPOINTMENT_SCREEN (object);

  g_clear_handle_id (&self->hint_source, g_source_remove);
  g_clear_object (&self->scanner);
  G_OBJECT_CLASS (kouan_appointment_screen_parent_class)->dispose (object);
}

static void
kouan_appointment_screen_class_init (KouanAppointmentScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_appointment_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_appointment_screen_dispose;
  KOUAN_SCREEN_CLASS (klass)->enter = kouan_appointment_screen_enter;
  KOUAN_SCREEN_CLASS (klass)->leave = kouan_appointment_screen_leave;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/kouan/pages/appointment/appointment-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanAppointmentScreen, camera_place);
  gtk_widget_class_bind_template_child (widget_class, KouanAppointmentScreen, status);
  gtk_widget_class_bind_template_child (widget_class, KouanAppointmentScreen, beside);
}

static void
kouan_appointment_screen_init (KouanAppointmentScreen *self)
{
  g_type_ensure (KOUAN_TYPE_HALVES);
  gtk_widget_init_template (GTK_WIDGET (self));
}
