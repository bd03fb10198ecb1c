/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/consent/consent-screen.h"

#include "app/language/language.h"
#include "ui/widgets/text.h"

/* What a person agrees to, in whole sentences, before the first thing is asked. The record keeps
 * the digest of exactly the words that stood here, so they are put together once and shown from the
 * same string. */

struct _KouanConsentScreen
{
  KouanScreen parent_instance;

  GtkBox *parts;
  char *text; /* all of it, as shown */
};

G_DEFINE_FINAL_TYPE (KouanConsentScreen, kouan_consent_screen, KOUAN_TYPE_SCREEN)

static const struct
{
  const char *title;
  const char *text;
} parts[] = {
  { N_ ("What we ask for"),
    N_ ("Who you are, what your application needs to know, and pictures of your papers.") },
  { N_ ("What happens to it"),
    N_ ("It is locked on this kiosk as you enter it and sent to the authority that decides. Nobody "
        "in this hall can open it.") },
  { N_ ("What stays here"), N_ ("Nothing, once the authority has it safely. If you leave before "
                                "the end, we keep it locked for 14 days, for you alone.") },
  { N_ ("You decide"), N_ ("You can stop at any time and delete everything. You can also apply at "
                           "a desk, without this kiosk.") },
};

static void
add_part (KouanConsentScreen *self, GString *all, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), kouan_subheading_new (title));
  gtk_box_append (GTK_BOX (box), kouan_text_new (text));
  gtk_box_append (self->parts, box);
  g_string_append_printf (all, "%s\n%s\n", title, text);
}

static void
kouan_consent_screen_constructed (GObject *object)
{
  KouanConsentScreen *self = KOUAN_CONSENT_SCREEN (object);
  GString *all = g_string_new (NULL);

  G_OBJECT_CLASS (kouan_consent_screen_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (self, all, _ (parts[i].title), _ (parts[i].text));
  self->text = g_string_free (all, FALSE);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Before you begin"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("I agree"), TRUE);
}

static void
kouan_consent_screen_primary (KouanScreen *screen)
{
  KouanSession *session = kouan_screen_get_session (screen);

  kouan_session_consent (session, KOUAN_CONSENT_SCREEN (screen)->text);
  kouan_session_send (session, KOUAN_EVENT_NEXT);
}

static void
kouan_consent_screen_finalize (GObject *object)
{
  g_free (KOUAN_CONSENT_SCREEN (object)->text);
  G_OBJECT_CLASS (kouan_consent_screen_parent_class)->finalize (object);
}

static void
kouan_consent_screen_class_init (KouanConsentScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_consent_screen_constructed;
  G_OBJECT_CLASS (klass)->finalize = kouan_consent_screen_finalize;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_consent_screen_primary;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/consent/consent-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanConsentScreen, parts);
}

static void
kouan_consent_screen_init (KouanConsentScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
