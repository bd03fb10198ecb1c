/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/submit/submit-screen.h"

#include "app/language/language.h"
#include "ui/widgets/progress.h"

/* The seconds in which an application becomes a record that this kiosk cannot open any more. The
 * bar is what has been sealed, not a clock. */

struct _KouanSubmitScreen
{
  KouanScreen parent_instance;

  GtkBox *progress_place;

  KouanProgress *progress;
};

G_DEFINE_FINAL_TYPE (KouanSubmitScreen, kouan_submit_screen, KOUAN_TYPE_SCREEN)

static void
on_progress (KouanSession *session, GParamSpec *pspec G_GNUC_UNUSED, KouanSubmitScreen *self)
{
  double fraction;

  g_object_get (session, "progress", &fraction, NULL);
  kouan_progress_set_done (self->progress, fraction * 100, 100);
}

static void
kouan_submit_screen_constructed (GObject *object)
{
  KouanSubmitScreen *self = KOUAN_SUBMIT_SCREEN (object);
  KouanScreen *screen = KOUAN_SCREEN (self);
  KouanSession *session = kouan_screen_get_session (screen);

  G_OBJECT_CLASS (kouan_submit_screen_parent_class)->constructed (object);

  self->progress = KOUAN_PROGRESS (kouan_progress_new (_ ("Locking and storing your application")));
  gtk_box_append (self->progress_place, GTK_WIDGET (self->progress));
  g_signal_connect_object (session, "notify::progress", G_CALLBACK (on_progress), self, 0);
  kouan_screen_set_title (screen, N_ ("Handing in"));
  kouan_screen_set_back_visible (screen, FALSE);
}

static void
kouan_submit_screen_class_init (KouanSubmitScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_submit_screen_constructed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/submit/submit-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanSubmitScreen, progress_place);
}

static void
kouan_submit_screen_init (KouanSubmitScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
