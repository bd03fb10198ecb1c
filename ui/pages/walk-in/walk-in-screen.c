/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/walk-in/walk-in-screen.h"

#include "app/language/language.h"
#include "ui/code-view.h"
#include "ui/widgets/halves.h"

/* The code of a visitor who came without one. It is the only key to the draft that begins now. */

#define CODE_HEIGHT 520

struct _KouanWalkInScreen
{
  KouanScreen parent_instance;

  GtkBox *code;
};

G_DEFINE_FINAL_TYPE (KouanWalkInScreen, kouan_walk_in_screen, KOUAN_TYPE_SCREEN)

static void
kouan_walk_in_screen_constructed (GObject *object)
{
  KouanWalkInScreen *self = KOUAN_WALK_IN_SCREEN (object);
  KouanVisit *visit = kouan_session_get_visit (kouan_screen_get_session (KOUAN_SCREEN (self)));

  G_OBJECT_CLASS (kouan_walk_in_screen_parent_class)->constructed (object);

  gtk_box_append (self->code, kouan_code_view_new (visit->code_text, CODE_HEIGHT));
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("This is your code"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Go on"), TRUE);
  kouan_screen_set_wide (KOUAN_SCREEN (self), TRUE);
}

static void
kouan_walk_in_screen_primary (KouanScreen *screen)
{
  kouan_session_send (kouan_screen_get_session (screen), KOUAN_EVENT_NEXT);
}

static void
kouan_walk_in_screen_class_init (KouanWalkInScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_walk_in_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_walk_in_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/walk-in/walk-in-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanWalkInScreen, code);
}

static void
kouan_walk_in_screen_init (KouanWalkInScreen *self)
{
  g_type_ensure (KOUAN_TYPE_HALVES);
  gtk_widget_init_template (GTK_WIDGET (self));
}
