/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-window"

#include "ui/window/panels.h"
#include "ui/widgets/button.h"
#include "ui/widgets/language-picker.h"
#include "ui/widgets/text.h"
#include "ui/window/comfort.h"

/* The panels that belong to every page. Each closes itself before it reports, so that whoever
 * listens finds the page as it was. */

#define COUNTDOWN_KEY "kouan-countdown"

static void
close_and_emit (KouanWindow *self, const char *signal)
{
  kouan_window_close_panel (self);
  g_signal_emit_by_name (self, signal);
}

static void
on_cancelled (KouanPanel *panel G_GNUC_UNUSED, KouanWindow *self)
{
  kouan_window_close_panel (self);
}

static void
on_language_chosen (KouanLanguagePicker *picker G_GNUC_UNUSED, gpointer language, KouanWindow *self)
{
  kouan_window_close_panel (self);
  g_signal_emit_by_name (self, "language-chosen", language);
}

static void
on_staff_called (KouanPanel *panel G_GNUC_UNUSED, KouanWindow *self)
{
  close_and_emit (self, "staff-called");
}

static void
on_staff_here (GtkButton *button G_GNUC_UNUSED, KouanWindow *self)
{
  close_and_emit (self, "staff-here");
}

static void
on_leave (KouanPanel *panel G_GNUC_UNUSED, KouanWindow *self)
{
  close_and_emit (self, "leave");
}

static void
on_still_here (KouanPanel *panel G_GNUC_UNUSED, KouanWindow *self)
{
  close_and_emit (self, "still-here");
}

static void
open_panel (KouanWindow *self, GtkWidget *panel, const char *cancel_signal)
{
  g_signal_connect_object (panel, cancel_signal, G_CALLBACK (on_cancelled), self, 0);
  kouan_window_open (self, KOUAN_PANEL (panel));
}

/* The title stands in two languages, as whoever needs this panel may read neither well. */
void
kouan_window_open_language (KouanWindow *self)
{
  GtkWidget *panel;
  GtkWidget *picker;

  g_return_if_fail (KOUAN_IS_WINDOW (self));

  panel = kouan_panel_new ("language", _ ("Choose your language"));
  picker = kouan_language_picker_new (kouan_window_is_portrait (self) ? 2 : 3);
  kouan_panel_set_body (KOUAN_PANEL (panel), picker);
  kouan_panel_set_secondary (KOUAN_PANEL (panel), _ ("Go back"));
  g_signal_connect_object (picker, "chosen", G_CALLBACK (on_language_chosen), self, 0);
  g_signal_connect_object (panel, "secondary", G_CALLBACK (on_cancelled), self, 0);
  open_panel (self, panel, "cancelled");
}

void
kouan_window_open_accessibility (KouanWindow *self)
{
  GtkWidget *panel;

  g_return_if_fail (KOUAN_IS_WINDOW (self));

  panel = kouan_panel_new ("accessibility", _ ("Make this easier to use"));
  kouan_panel_set_wide (KOUAN_PANEL (panel), TRUE);
  kouan_panel_set_body (
    KOUAN_PANEL (panel),
    kouan_comfort_new (kouan_window_get_preferences (self), kouan_window_get_screen_width (self)));
  kouan_panel_set_primary (KOUAN_PANEL (panel), _ ("Use these settings"));
  g_signal_connect_object (panel, "primary", G_CALLBACK (on_cancelled), self, 0);
  open_panel (self, panel, "cancelled");
}

void
kouan_window_ask_staff (KouanWindow *self)
{
  GtkWidget *panel;
  GtkWidget *body;
  GtkWidget *here;

  g_return_if_fail (KOUAN_IS_WINDOW (self));

  panel = kouan_panel_new ("staff", _ ("Do you want someone to come and help?"));
  body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (body), kouan_text_new (_ ("A member of staff comes to this kiosk. "
                                                     "Your answers stay as they are.")));
  here = kouan_button_new ("lock", _ ("I work here"));
  gtk_widget_set_halign (here, GTK_ALIGN_START);
  gtk_widget_add_css_class (here, "quiet");
  gtk_box_append (GTK_BOX (body), here);
  kouan_panel_set_body (KOUAN_PANEL (panel), body);
  kouan_panel_set_primary (KOUAN_PANEL (panel), _ ("Yes, call somebody"));
  kouan_panel_set_secondary (KOUAN_PANEL (panel), _ ("Go back"));
  g_signal_connect_object (here, "clicked", G_CALLBACK (on_staff_here), self, 0);
  g_signal_connect_object (panel, "primary", G_CALLBACK (on_staff_called), self, 0);
  g_signal_connect_object (panel, "secondary", G_CALLBACK (on_cancelled), self, 0);
  open_panel (self, panel, "cancelled");
}

/* @what_is_kept: what becomes of the answers, in the current language */
void
kouan_window_ask_leave (KouanWindow *self, const char *what_is_kept)
{
  GtkWidget *panel;

  g_return_if_fail (KOUAN_IS_WINDOW (self));

  panel = kouan_question_new ("leave", _ ("Do you want to leave?"), what_is_kept, _ ("Leave"),
                              _ ("Stay here"));
  g_signal_connect_object (panel, "primary", G_CALLBACK (on_leave), self, 0);
  g_signal_connect_object (panel, "secondary", G_CALLBACK (on_cancelled), self, 0);
  open_panel (self, panel, "cancelled");
}

/**
 * kouan_window_ask_still_there:
 * @what_is_kept: what becomes of the answers, in the current language
 * @seconds: until the visit ends by itself
 *
 * One touch anywhere extends the time; only the button for it ends the visit. Whoever counts calls
 * kouan_window_set_seconds_left().
 */
void
kouan_window_ask_still_there (KouanWindow *self, const char *what_is_kept, guint seconds)
{
  GtkWidget *panel;
  GtkWidget *body;
  GtkWidget *countdown;

  g_return_if_fail (KOUAN_IS_WINDOW (self));

  panel = kouan_panel_new ("clock", _ ("Are you still there?"));
  body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  countdown = kouan_text_new (NULL);
  gtk_widget_add_css_class (countdown, "strong");
  gtk_box_append (GTK_BOX (body), countdown);
  gtk_box_append (GTK_BOX (body), kouan_text_new (what_is_kept));
  kouan_panel_set_body (KOUAN_PANEL (panel), body);
  kouan_panel_set_primary (KOUAN_PANEL (panel), _ ("I need more time"));
  kouan_panel_set_secondary (KOUAN_PANEL (panel), _ ("Leave"));
  g_object_set_data (G_OBJECT (panel), COUNTDOWN_KEY, countdown);

  g_signal_connect_object (panel, "primary", G_CALLBACK (on_still_here), self, 0);
  g_signal_connect_object (panel, "cancelled", G_CALLBACK (on_still_here), self, 0);
  g_signal_connect_object (panel, "secondary", G_CALLBACK (on_leave), self, 0);
  kouan_window_open (self, KOUAN_PANEL (panel));
  kouan_window_set_seconds_left (self, seconds);
}

/* Does nothing unless the question "Are you still there?" is open. */
void
kouan_window_set_seconds_left (KouanWindow *self, guint seconds)
{
  KouanPanel *panel = kouan_window_get_panel (self);
  GtkWidget *countdown;
  g_autofree char *text = NULL;

  if (panel == NULL)
    return;
  countdown = g_object_get_data (G_OBJECT (panel), COUNTDOWN_KEY);
  if (countdown == NULL)
    return;

  text = g_strdup_printf (
    ngettext ("This visit closes in %u second.", "This visit closes in %u seconds.", seconds),
    seconds);
  gtk_label_set_label (GTK_LABEL (countdown), text);
  kouan_accessible_set_description (GTK_WIDGET (panel), text);
}
