/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/source-part.h"

#include "app/language/language.h"
#include "ui/pages/documents/paper-trouble.h"

/* What the ways have in common: a column to fill, one cancellable for all that is waited for, and
 * sentences for what went wrong. */

typedef struct
{
  KouanKiosk *kiosk;
  GtkBox *box; /* the only child */
  const char *title;
  char *primary; /* (nullable): what the page's own button says */
  GCancellable *cancellable;
} KouanSourcePartPrivate;

enum
{
  SIGNAL_PAGES,
  SIGNAL_FAILED,
  SIGNAL_MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KouanSourcePart, kouan_source_part, GTK_TYPE_WIDGET)

static KouanSourcePartPrivate *
private_of (KouanSourcePart *self)
{
  return kouan_source_part_get_instance_private (self);
}

static void
kouan_source_part_dispose (GObject *object)
{
  KouanSourcePartPrivate *private = private_of (KOUAN_SOURCE_PART (object));

  g_cancellable_cancel (private->cancellable);
  if (private->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (private->box));
  private->box = NULL;
  G_OBJECT_CLASS (kouan_source_part_parent_class)->dispose (object);
}

static void
kouan_source_part_finalize (GObject *object)
{
  KouanSourcePartPrivate *private = private_of (KOUAN_SOURCE_PART (object));

  g_clear_object (&private->cancellable);
  g_clear_object (&private->kiosk);
  g_free (private->primary);
  G_OBJECT_CLASS (kouan_source_part_parent_class)->finalize (object);
}

static guint
signal_new (const char *name, guint count, GType first, GType second)
{
  return g_signal_new (name, KOUAN_TYPE_SOURCE_PART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, count, first, second);
}

static void
kouan_source_part_class_init (KouanSourcePartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_source_part_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_source_part_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_PAGES] = signal_new ("pages", 1, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  signals[SIGNAL_FAILED] = signal_new ("failed", 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[SIGNAL_MOVED] = signal_new ("moved", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
kouan_source_part_init (KouanSourcePart *self)
{
  KouanSourcePartPrivate *private = private_of (self);

  private->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (private->box), GTK_WIDGET (self));
  private->cancellable = g_cancellable_new ();
  private->title = N_ ("One moment");
}

void
kouan_source_part_begin (KouanSourcePart *self, KouanKiosk *kiosk)
{
  g_return_if_fail (KOUAN_IS_SOURCE_PART (self));

  g_set_object (&private_of (self)->kiosk, kiosk);
  KOUAN_SOURCE_PART_GET_CLASS (self)->begin (self);
}

/* Returns: whether there was something to go back from */
gboolean
kouan_source_part_back (KouanSourcePart *self)
{
  KouanSourcePartClass *klass = KOUAN_SOURCE_PART_GET_CLASS (self);

  return klass->back != NULL && klass->back (self);
}

const char *
kouan_source_part_get_title (KouanSourcePart *self)
{
  return private_of (self)->title;
}

/* Returns: (nullable): what the page's own button says; without it there is none */
const char *
kouan_source_part_get_primary (KouanSourcePart *self)
{
  return private_of (self)->primary;
}

void
kouan_source_part_press_primary (KouanSourcePart *self)
{
  g_return_if_fail (private_of (self)->primary != NULL);

  KOUAN_SOURCE_PART_GET_CLASS (self)->primary (self);
}

KouanKiosk *
kouan_source_part_get_kiosk (KouanSourcePart *self)
{
  return private_of (self)->kiosk;
}

/* Cancelled when this way is left. */
GCancellable *
kouan_source_part_get_cancellable (KouanSourcePart *self)
{
  return private_of (self)->cancellable;
}

/* An empty column, under another title, without a button. */
void
kouan_source_part_clear (KouanSourcePart *self, const char *title)
{
  KouanSourcePartPrivate *private = private_of (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (private->box))) != NULL)
    gtk_box_remove (private->box, child);
  private->title = title;
  g_clear_pointer (&private->primary, g_free);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/* What is shown stays, under another title and without a button: it is being worked on. */
void
kouan_source_part_hold (KouanSourcePart *self, const char *title)
{
  private_of (self)->title = title;
  kouan_source_part_set_primary (self, NULL);
}

/* @label: (nullable): translated; NULL takes the button away */
void
kouan_source_part_set_primary (KouanSourcePart *self, const char *label)
{
  g_free (private_of (self)->primary);
  private_of (self)->primary = g_strdup (label);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

void
kouan_source_part_add (KouanSourcePart *self, GtkWidget *widget)
{
  gtk_box_append (private_of (self)->box, widget);
}

/* Returns: (transfer none): until the column is cleared */
KouanProgress *
kouan_source_part_show_progress (KouanSourcePart *self, const char *title, const char *text)
{
  GtkWidget *progress = kouan_progress_new (text);

  kouan_source_part_clear (self, title);
  kouan_source_part_add (self, progress);
  return KOUAN_PROGRESS (progress);
}

void
kouan_source_part_take_pages (KouanSourcePart *self, GPtrArray *pages)
{
  g_signal_emit (self, signals[SIGNAL_PAGES], 0, pages);
}

/* A cancelled wait says nothing: whoever cancelled it has moved on. */
void
kouan_source_part_fail (KouanSourcePart *self, const GError *error, gboolean over)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("No page: %s", error->message);
  trouble = kouan_paper_trouble_new (error);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, trouble, over);
}
