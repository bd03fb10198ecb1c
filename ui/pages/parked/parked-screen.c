/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/parked/parked-screen.h"

#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "app/session/draft.h"

/* The last thing that a person sees who comes back another time: until when, and with what. */

struct _KouanParkedScreen
{
  KouanScreen parent_instance;

  GtkLabel *until;
};

G_DEFINE_FINAL_TYPE (KouanParkedScreen, kouan_parked_screen, KOUAN_TYPE_SCREEN)

static char *
last_day (KouanScreen *screen)
{
  KouanClock *clock = kouan_session_get_clock (kouan_screen_get_session (screen));
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (clock));
  g_autoptr (GDateTime) day = g_date_time_add_days (now, KOUAN_DRAFT_DAYS);

  return kouan_language_date (kouan_language_current (), g_date_time_get_year (day),
                              g_date_time_get_month (day), g_date_time_get_day_of_month (day));
}

/* One who could not be finished does not stop the others. */
static void
on_next_person_clicked (GtkButton *button G_GNUC_UNUSED, KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT_PERSON);
}

static void
kouan_parked_screen_constructed (GObject *object)
{
  KouanParkedScreen *self = KOUAN_PARKED_SCREEN (object);
  KouanScreen *screen = KOUAN_SCREEN (self);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  G_OBJECT_CLASS (kouan_parked_screen_parent_class)->constructed (object);

  day = last_day (screen);
  text = g_strdup_printf (_ ("We keep them, locked, until %s."), day);
  gtk_label_set_text (self->until, text);
  kouan_screen_set_title (screen, N_ ("Your answers and pages are kept"));
  kouan_screen_set_primary (screen, _ ("Leave"), TRUE);
  if (kouan_session_has_group (kouan_screen_get_session (screen)))
    {
      GtkWidget *button = kouan_button_new (NULL, _ ("Next person in my group"));

      g_signal_connect (button, "clicked", G_CALLBACK (on_next_person_clicked), self);
      gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->until))), button);
    }
  kouan_screen_set_back_visible (screen, FALSE);
}

static void
kouan_parked_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT);
}

static void
kouan_parked_screen_class_init (KouanParkedScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_parked_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_parked_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/parked/parked-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanParkedScreen, until);
}

static void
kouan_parked_screen_init (KouanParkedScreen *self)
{
  g_type_ensure (KOUAN_TYPE_DRAWING);
  gtk_widget_init_template (GTK_WIDGET (self));
}
