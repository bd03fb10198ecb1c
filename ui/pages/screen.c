/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/screen.h"

#include "app/language/language.h"

/* The contract between a page and the window. A screen says what its title, its foot and its
 * trouble are and emits "changed"; the window shows them. A screen never talks to the window, so
 * that it can be built and looked at alone. */

enum
{
  PROP_0,
  PROP_KIOSK,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

typedef struct
{
  KouanKiosk *kiosk;

  char *title;
  char *companion; /* the same in the hall's own language; NULL where it would be the same */
  char *primary_label;
  gboolean primary_sensitive;
  KouanUtterance *primary_words; /* (nullable): of the label, in several languages */
  gboolean back_visible;
  gboolean wide;
  GtkWidget *dock; /* (nullable): a keyboard, below the page */
  KouanTrouble *trouble;
} KouanScreenPrivate;

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KouanScreen, kouan_screen, GTK_TYPE_WIDGET)

static KouanScreenPrivate *
priv_of (KouanScreen *self)
{
  return kouan_screen_get_instance_private (self);
}

static void
changed (KouanScreen *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

KouanKiosk *
kouan_screen_get_kiosk (KouanScreen *self)
{
  g_return_val_if_fail (KOUAN_IS_SCREEN (self), NULL);

  return priv_of (self)->kiosk;
}

KouanSession *
kouan_screen_get_session (KouanScreen *self)
{
  return kouan_kiosk_get_session (kouan_screen_get_kiosk (self));
}

/* The page's question, as a msgid: shown in the visitor's language, and small in the hall's own. */
void
kouan_screen_set_title (KouanScreen *self, const char *msgid)
{
  KouanStation *station = kouan_session_get_station (kouan_screen_get_session (self));
  const KouanLanguage *hall = kouan_language_find (kouan_station_get_hall_language (station));
  g_autofree char *companion = hall != NULL ? kouan_language_text_in (hall, msgid) : NULL;

  kouan_screen_set_title_text (self, _ (msgid), companion);
}

/* The same for texts that come from the catalogue. @companion: (nullable) */
void
kouan_screen_set_title_text (KouanScreen *self, const char *text, const char *companion)
{
  KouanScreenPrivate *priv = priv_of (self);

  g_return_if_fail (KOUAN_IS_SCREEN (self));

  g_free (priv->title);
  priv->title = g_strdup (text);
  g_free (priv->companion);
  priv->companion = g_strcmp0 (text, companion) != 0 ? g_strdup (companion) : NULL;
  changed (self);
}

/* @label: translated, a verb */
void
kouan_screen_set_primary (KouanScreen *self, const char *label, gboolean sensitive)
{
  KouanScreenPrivate *priv = priv_of (self);

  g_return_if_fail (KOUAN_IS_SCREEN (self));

  g_free (priv->primary_label);
  g_clear_pointer (&priv->primary_words, kouan_utterance_unref);
  priv->primary_label = g_strdup (label);
  priv->primary_sensitive = sensitive;
  changed (self);
}

/* Of the label that was just set: how it is said, where it is in several languages. */
void
kouan_screen_set_primary_words (KouanScreen *self, KouanUtterance *words)
{
  KouanScreenPrivate *priv = priv_of (self);

  g_return_if_fail (KOUAN_IS_SCREEN (self));

  g_clear_pointer (&priv->primary_words, kouan_utterance_unref);
  priv->primary_words = kouan_utterance_ref (words);
  changed (self);
}

void
kouan_screen_hide_primary (KouanScreen *self)
{
  kouan_screen_set_primary (self, NULL, FALSE);
}

void
kouan_screen_set_back_visible (KouanScreen *self, gboolean visible)
{
  g_return_if_fail (KOUAN_IS_SCREEN (self));

  priv_of (self)->back_visible = visible;
  changed (self);
}

/* @dock: (transfer floating) (nullable): what is typed with, kept within reach below the page */
void
kouan_screen_set_dock (KouanScreen *self, GtkWidget *dock)
{
  KouanScreenPrivate *priv = priv_of (self);

  g_return_if_fail (KOUAN_IS_SCREEN (self));

  if (priv->dock == dock)
    return;
  g_clear_object (&priv->dock);
  priv->dock = dock != NULL ? g_object_ref_sink (dock) : NULL;
  changed (self);
}

/* @wide: what shows now is in halves, which stand side by side where the screen has the width */
void
kouan_screen_set_wide (KouanScreen *self, gboolean wide)
{
  g_return_if_fail (KOUAN_IS_SCREEN (self));

  if (priv_of (self)->wide == wide)
    return;
  priv_of (self)->wide = wide;
  changed (self);
}

/* @trouble: (transfer none) (nullable): NULL takes the last one away */
void
kouan_screen_show_trouble (KouanScreen *self, KouanTrouble *trouble)
{
  KouanScreenPrivate *priv = priv_of (self);

  g_return_if_fail (KOUAN_IS_SCREEN (self));

  if (priv->trouble == trouble)
    return;
  g_clear_pointer (&priv->trouble, kouan_trouble_unref);
  priv->trouble = trouble != NULL ? kouan_trouble_ref (trouble) : NULL;
  changed (self);
}

const char *
kouan_screen_get_title (KouanScreen *self)
{
  return priv_of (self)->title;
}

const char *
kouan_screen_get_companion (KouanScreen *self)
{
  return priv_of (self)->companion;
}

/* Returns: (nullable): NULL where the page has no such button */
const char *
kouan_screen_get_primary_label (KouanScreen *self)
{
  return priv_of (self)->primary_label;
}

/* Returns: (nullable) (transfer none) */
KouanUtterance *
kouan_screen_get_primary_words (KouanScreen *self)
{
  return priv_of (self)->primary_words;
}

gboolean
kouan_screen_get_primary_sensitive (KouanScreen *self)
{
  return priv_of (self)->primary_sensitive;
}

gboolean
kouan_screen_get_back_visible (KouanScreen *self)
{
  return priv_of (self)->back_visible;
}

gboolean
kouan_screen_is_wide (KouanScreen *self)
{
  return priv_of (self)->wide;
}

/* Returns: (transfer none) (nullable) */
GtkWidget *
kouan_screen_get_dock (KouanScreen *self)
{
  return priv_of (self)->dock;
}

KouanTrouble *
kouan_screen_get_trouble (KouanScreen *self)
{
  return priv_of (self)->trouble;
}

void
kouan_screen_enter (KouanScreen *self)
{
  if (KOUAN_SCREEN_GET_CLASS (self)->enter != NULL)
    KOUAN_SCREEN_GET_CLASS (self)->enter (self);
}

void
kouan_screen_leave (KouanScreen *self)
{
  if (KOUAN_SCREEN_GET_CLASS (self)->leave != NULL)
    KOUAN_SCREEN_GET_CLASS (self)->leave (self);
}

void
kouan_screen_primary (KouanScreen *self)
{
  if (KOUAN_SCREEN_GET_CLASS (self)->primary != NULL)
    KOUAN_SCREEN_GET_CLASS (self)->primary (self);
}

/* Returns: whether the screen went back inside itself; else the visit does */
gboolean
kouan_screen_back (KouanScreen *self)
{
  return KOUAN_SCREEN_GET_CLASS (self)->back != NULL && KOUAN_SCREEN_GET_CLASS (self)->back (self);
}

/* Returns: (transfer full) (nullable): what is half entered; for kouan_screen_unstash() of a screen
 * of the same type, in another language */
GVariant *
kouan_screen_stash (KouanScreen *self)
{
  GVariant *stash = NULL;

  if (KOUAN_SCREEN_GET_CLASS (self)->stash != NULL)
    stash = KOUAN_SCREEN_GET_CLASS (self)->stash (self);
  return stash != NULL ? g_variant_ref_sink (stash) : NULL;
}

void
kouan_screen_unstash (KouanScreen *self, GVariant *stash)
{
  if (stash != NULL && KOUAN_SCREEN_GET_CLASS (self)->unstash != NULL)
    KOUAN_SCREEN_GET_CLASS (self)->unstash (self, stash);
}

static void
kouan_screen_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_KIOSK:
      priv_of (KOUAN_SCREEN (object))->kiosk = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_screen_dispose (GObject *object)
{
  KouanScreenPrivate *priv = priv_of (KOUAN_SCREEN (object));

  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&priv->trouble, kouan_trouble_unref);
  g_clear_object (&priv->dock);
  g_clear_object (&priv->kiosk);
  G_OBJECT_CLASS (kouan_screen_parent_class)->dispose (object);
}

static void
kouan_screen_finalize (GObject *object)
{
  KouanScreenPrivate *priv = priv_of (KOUAN_SCREEN (object));

  g_free (priv->title);
  g_free (priv->companion);
  g_free (priv->primary_label);
  g_clear_pointer (&priv->primary_words, kouan_utterance_unref);
  G_OBJECT_CLASS (kouan_screen_parent_class)->finalize (object);
}

static void
kouan_screen_class_init (KouanScreenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = kouan_screen_set_property;
  object_class->dispose = kouan_screen_dispose;
  object_class->finalize = kouan_screen_finalize;

  props[PROP_KIOSK]
    = g_param_spec_object ("kiosk", NULL, NULL, KOUAN_TYPE_KIOSK,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kouan_screen_init (KouanScreen *self)
{
  priv_of (self)->back_visible = TRUE;
}
