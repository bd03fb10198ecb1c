/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/rating/rating-screen.h"

#include "app/language/language.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/stars.h"

/* One touch, or none. It is counted by day, service and language and tied to nobody. */

struct _KouanRatingScreen
{
  KouanScreen parent_instance;

  GtkBox *stars_place;
};

G_DEFINE_FINAL_TYPE (KouanRatingScreen, kouan_rating_screen, KOUAN_TYPE_SCREEN)

static void
on_rated (KouanStars *stars G_GNUC_UNUSED, guint count, KouanScreen *screen)
{
  KouanSession *session = kouan_screen_get_session (screen);

  kouan_session_rate (session, count);
  kouan_session_send (session, KOUAN_EVENT_NEXT);
}

static void
kouan_rating_screen_constructed (GObject *object)
{
  KouanRatingScreen *self = KOUAN_RATING_SCREEN (object);
  GtkWidget *stars = kouan_stars_new (_ ("How was it to apply here?"));

  G_OBJECT_CLASS (kouan_rating_screen_parent_class)->constructed (object);

  g_signal_connect (stars, "rated", G_CALLBACK (on_rated), self);
  gtk_box_append (self->stars_place, stars);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("How was it to apply here?"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Leave without an answer"), TRUE);
}

static void
kouan_rating_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT);
}

static void
kouan_rating_screen_class_init (KouanRatingScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_rating_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_rating_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/rating/rating-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanRatingScreen, stars_place);
}

static void
kouan_rating_screen_init (KouanRatingScreen *self)
{
  g_type_ensure (KOUAN_TYPE_DRAWING);
  gtk_widget_init_template (GTK_WIDGET (self));
}
