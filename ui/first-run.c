/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/first-run.h"

#include "app/language/language.h"
#include "ui/staff/setup/setup-view.h"
#include "ui/widgets/keyboard.h"

/* A machine that is no kiosk yet has no visit and no staff: its window shows the assistant and
 * nothing else. */

static void
on_typing (KouanSetupView *view G_GNUC_UNUSED, KouanKeyTarget *target, KouanKeyboard *keyboard)
{
  kouan_keyboard_set_target (keyboard, target);
}

static void
on_live (KouanSetupView *view G_GNUC_UNUSED, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

void
kouan_first_run_show (KouanWindow *window,
                      const char *folder,
                      const char *stick,
                      const KouanDoctorPrograms *programs,
                      KouanClock *clock,
                      GMainLoop *loop)
{
  KouanPageFrame *frame = kouan_window_get_frame (window);
  GtkWidget *view = kouan_setup_view_new (folder, stick, programs, clock);
  GtkWidget *keyboard = kouan_keyboard_new (KOUAN_KEYBOARD_LATIN);

  g_signal_connect_object (view, "typing", G_CALLBACK (on_typing), keyboard, 0);
  g_signal_connect (view, "live", G_CALLBACK (on_live), loop);
  kouan_page_frame_hide_steps (frame);
  kouan_page_frame_set_title (frame, _ ("Set up this kiosk"));
  kouan_page_frame_set_back (frame, FALSE, FALSE);
  kouan_page_frame_set_primary (frame, NULL);
  kouan_page_frame_set_body (frame, view);
  kouan_page_frame_set_dock (frame, keyboard);
}
