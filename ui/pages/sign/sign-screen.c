/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/sign/sign-screen.h"

#include "app/language/language.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/signature-pad.h"
#include "ui/widgets/text.h"

/* The person signs for what is on the page before, and hands in. Whoever cannot draw on the glass
 * types the name instead; the record says which it was. */

struct _KouanSignScreen
{
  KouanScreen parent_instance;

  GtkBox *declaration;
  GtkBox *pad_place;

  KouanSignaturePad *pad; /* child of pad_place */
  GtkWidget *keyboard;    /* the dock while typing */
};

G_DEFINE_FINAL_TYPE (KouanSignScreen, kouan_sign_screen, KOUAN_TYPE_SCREEN)

static void
show_foot (KouanSignScreen *self)
{
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Hand in my application"),
                            kouan_signature_pad_get_kind (self->pad) != KOUAN_SIGNATURE_NONE);
}

static void
on_changed (KouanSignaturePad *pad G_GNUC_UNUSED, KouanSignScreen *self)
{
  show_foot (self);
}

static void
on_typing (KouanSignaturePad *pad, gboolean typing, KouanSignScreen *self)
{
  if (typing)
    kouan_keyboard_set_target (KOUAN_KEYBOARD (self->keyboard),
                               kouan_signature_pad_get_target (pad));
  kouan_screen_set_dock (KOUAN_SCREEN (self), typing ? self->keyboard : NULL);
  show_foot (self);
}

static void
kouan_sign_screen_primary (KouanScreen *screen)
{
  KouanSignScreen *self = KOUAN_SIGN_SCREEN (screen);
  KouanSession *session = kouan_screen_get_session (screen);
  g_autofree char *svg = kouan_signature_pad_to_svg (self->pad);

  kouan_session_sign (session, svg,
                      kouan_signature_pad_get_kind (self->pad) == KOUAN_SIGNATURE_TYPED);
  kouan_session_send (session, KOUAN_EVENT_NEXT);
}

static GVariant *
kouan_sign_screen_stash (KouanScreen *screen)
{
  return kouan_signature_pad_stash (KOUAN_SIGN_SCREEN (screen)->pad);
}

static void
kouan_sign_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  kouan_signature_pad_unstash (KOUAN_SIGN_SCREEN (screen)->pad, stash);
}

static void
kouan_sign_screen_constructed (GObject *object)
{
  KouanSignScreen *self = KOUAN_SIGN_SCREEN (object);

  G_OBJECT_CLASS (kouan_sign_screen_parent_class)->constructed (object);

  gtk_box_append (self->declaration,
                  kouan_text_new (_ ("I declare that what I entered is true and complete, and that "
                                     "the papers are mine and unchanged.")));
  self->pad = KOUAN_SIGNATURE_PAD (kouan_signature_pad_new ());
  self->keyboard = g_object_ref_sink (kouan_keyboard_new (KOUAN_KEYBOARD_TEXT));
  g_signal_connect (self->pad, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->pad, "typing", G_CALLBACK (on_typing), self);
  gtk_box_append (self->pad_place, GTK_WIDGET (self->pad));
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Sign and hand in"));
  show_foot (self);
}

static void
kouan_sign_screen_dispose (GObject *object)
{
  g_clear_object (&KOUAN_SIGN_SCREEN (object)->keyboard);
  G_OBJECT_CLASS (kouan_sign_screen_parent_class)->dispose (object);
}

static void
kouan_sign_screen_class_init (KouanSignScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KouanScreenClass *screen_class = KOUAN_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_sign_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_sign_screen_dispose;
  screen_class->primary = kouan_sign_screen_primary;
  screen_class->stash = kouan_sign_screen_stash;
  screen_class->unstash = kouan_sign_screen_unstash;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/sign/sign-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanSignScreen, declaration);
  gtk_widget_class_bind_template_child (widget_class, KouanSignScreen, pad_place);
}

static void
kouan_sign_screen_init (KouanSignScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
