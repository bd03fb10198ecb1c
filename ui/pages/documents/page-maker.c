/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/page-maker.h"

#include "app/language/language.h"
#include "ui/widgets/progress.h"

/* One page at a time on a thread, so that a photograph of many megapixels does not stop the
 * screen, and so that the progress is true. Taken off the screen, it stops. */

struct _KouanPageMaker
{
  GtkWidget parent_instance;

  KouanProgress *progress; /* the only child */
  GPtrArray *pages;        /* of KouanPage */
  GPtrArray *takes;        /* of KouanTake, as far as they are made */
  KouanAsked asked;
  GCancellable *cancellable;
};

enum
{
  SIGNAL_TAKES,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPageMaker, kouan_page_maker, GTK_TYPE_WIDGET)

static void make_next (KouanPageMaker *self);

static void
on_take_ready (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageMaker) self = data;
  KouanTake *take = kouan_take_new_finish (result, NULL);

  if (take == NULL)
    return; /* cancelled: whoever did it has moved on */
  g_ptr_array_add (self->takes, take);
  make_next (self);
}

static void
make_next (KouanPageMaker *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  kouan_progress_set_done (self->progress, self->takes->len, self->pages->len);
  if (self->takes->len == self->pages->len)
    g_signal_emit (self, signals[SIGNAL_TAKES], 0, self->takes);
  else
    kouan_take_new_async (g_ptr_array_index (self->pages, self->takes->len), self->asked, NULL,
                          self->cancellable, on_take_ready, g_object_ref (self));
}

static void
kouan_page_maker_dispose (GObject *object)
{
  KouanPageMaker *self = KOUAN_PAGE_MAKER (object);
  GtkWidget *progress = GTK_WIDGET (g_steal_pointer (&self->progress));

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&progress, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_page_maker_parent_class)->dispose (object);
}

static void
kouan_page_maker_finalize (GObject *object)
{
  KouanPageMaker *self = KOUAN_PAGE_MAKER (object);

  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->takes, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (kouan_page_maker_parent_class)->finalize (object);
}

/* Another screen has taken its place: what is still being made is wanted no more. */
static void
kouan_page_maker_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KOUAN_PAGE_MAKER (widget)->cancellable);
  GTK_WIDGET_CLASS (kouan_page_maker_parent_class)->unroot (widget);
}

static void
kouan_page_maker_class_init (KouanPageMakerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_page_maker_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_page_maker_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = kouan_page_maker_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_TAKES] = g_signal_new ("takes", KOUAN_TYPE_PAGE_MAKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
kouan_page_maker_init (KouanPageMaker *self)
{
  self->progress = KOUAN_PROGRESS (kouan_progress_new (_ ("Making your page easy to read")));
  gtk_widget_set_parent (GTK_WIDGET (self->progress), GTK_WIDGET (self));
  self->takes = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_take_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * kouan_page_maker_new:
 * @pages: (element-type KouanPage): as the device gave them
 *
 * Begins at once.
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_page_maker_new (GPtrArray *pages, KouanAsked asked)
{
  KouanPageMaker *self = g_object_new (KOUAN_TYPE_PAGE_MAKER, NULL);

  self->pages = g_ptr_array_ref (pages);
  self->asked = asked;
  make_next (self);
  return GTK_WIDGET (self);
}
