/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/page-preview.h"

#include "app/language/language.h"
#include "app/session/cross-check.h"
#include "ui/pages/documents/finding-list.h"
#include "ui/pages/documents/show-page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/page-view.h"
#include "ui/widgets/text.h"

/* What was read, as the officer will see it, before anybody says "keep it". The kiosk cuts, turns
 * and straightens by itself; each of that a person can undo here, with one press. */

struct _KouanPagePreview
{
  GtkWidget parent_instance;

  GtkBox *box;                 /* the only child */
  GPtrArray *takes;            /* of KouanTake, the session's */
  GPtrArray *kept;             /* of KouanSheet: the document's pages so far */
  KouanDocumentItem *document; /* the catalogue's */
  KouanFindings findings;      /* of all of them */
  guint making;                /* the page that is being made anew */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPagePreview, kouan_page_preview, GTK_TYPE_WIDGET)

static void show (KouanPagePreview *self);

static KouanTake *
take_at (KouanPagePreview *self, guint index)
{
  return g_ptr_array_index (self->takes, index);
}

/* By itself, and beside the pages that are kept and those before it. */
static KouanFindings
findings_of (KouanPagePreview *self, guint index)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();

  for (guint i = 0; i < self->kept->len; i++)
    g_ptr_array_add (sheets, g_ptr_array_index (self->kept, i));
  for (guint i = 0; i <= index; i++)
    g_ptr_array_add (sheets, take_at (self, i)->sheet);
  return kouan_sheets_findings (sheets, sheets->len - 1);
}

static void
on_take_ready (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPagePreview) self = data;
  KouanTake *take = kouan_take_new_finish (result, NULL);

  if (take == NULL)
    return;
  kouan_take_unref (g_ptr_array_index (self->takes, self->making));
  self->takes->pdata[self->making] = take;
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Once more, as the person wants it. No other page can be changed meanwhile. */
static void
make_anew (KouanPagePreview *self, guint index, const KouanReadable *wish)
{
  KouanAsked asked = kouan_cross_asked (self->document);

  self->making = index;
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), FALSE);
  kouan_take_new_async (take_at (self, index)->source, asked, wish, self->cancellable,
                        on_take_ready, g_object_ref (self));
}

static guint
index_of (GtkButton *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kouan-index"));
}

static void
on_turn_clicked (GtkButton *button, KouanPagePreview *self)
{
  KouanReadable wish = take_at (self, index_of (button))->how;

  wish.whole = !wish.found;
  wish.by_hand = TRUE;
  wish.quarter_turns = (wish.quarter_turns + 1) % 4;
  make_anew (self, index_of (button), &wish);
}

static void
on_whole_clicked (GtkButton *button, KouanPagePreview *self)
{
  KouanReadable wish = { .whole = take_at (self, index_of (button))->how.found };

  make_anew (self, index_of (button), &wish);
}

static void
add_button (KouanPagePreview *self,
            GtkWidget *row,
            guint index,
            const char *icon,
            const char *label,
            GCallback on_clicked)
{
  g_autofree char *name = g_strdup_printf (_ ("%s: page %u"), label, index + 1);
  GtkWidget *button = kouan_button_new (icon, label);

  kouan_accessible_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "kouan-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", on_clicked, self);
  gtk_box_append (GTK_BOX (row), button);
}

static void
add_buttons (KouanPagePreview *self, guint index)
{
  const KouanTake *take = take_at (self, index);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  add_button (self, row, index, "undo", _ ("Turn it"), G_CALLBACK (on_turn_clicked));
  if (take->how.found)
    add_button (self, row, index, "document", _ ("Show the whole picture"),
                G_CALLBACK (on_whole_clicked));
  else if (take->how.whole)
    add_button (self, row, index, "document", _ ("Show the page alone"),
                G_CALLBACK (on_whole_clicked));
  gtk_box_append (self->box, row);
}

static void
add_page (KouanPagePreview *self, guint index)
{
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), index + 1);
  KouanFindings findings = findings_of (self, index);
  GtkWidget *view = kouan_page_view_new (name);

  if (self->takes->len > 1)
    gtk_box_append (self->box, kouan_subheading_new (name));
  if (findings != KOUAN_FINDING_NONE)
    gtk_box_append (self->box, kouan_finding_list_new (findings));
  kouan_show_page (KOUAN_PAGE_VIEW (view), take_at (self, index)->page, self->cancellable);
  gtk_box_append (self->box, view);
  add_buttons (self, index);
  self->findings |= findings;
}

static void
show (KouanPagePreview *self)
{
  GtkWidget *child;

  self->findings = KOUAN_FINDING_NONE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
  for (guint i = 0; i < self->takes->len; i++)
    add_page (self, i);
}

/* Whether there is something to look at twice. */
gboolean
kouan_page_preview_has_findings (KouanPagePreview *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_PREVIEW (self), FALSE);

  return self->findings != KOUAN_FINDING_NONE;
}

/* Whether the desk would take these pages as they are: the catalogue says what it does not. */
gboolean
kouan_page_preview_may_be_kept (KouanPagePreview *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_PREVIEW (self), FALSE);

  for (guint finding = 1; finding <= KOUAN_FINDING_LAST; finding <<= 1)
    if ((self->findings & finding) != 0
        && kouan_document_item_refuses (self->document, kouan_finding_id (finding)))
      return FALSE;
  return TRUE;
}

static void
kouan_page_preview_dispose (GObject *object)
{
  KouanPagePreview *self = KOUAN_PAGE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_page_preview_parent_class)->dispose (object);
}

static void
kouan_page_preview_finalize (GObject *object)
{
  KouanPagePreview *self = KOUAN_PAGE_PREVIEW (object);

  g_clear_pointer (&self->takes, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (kouan_page_preview_parent_class)->finalize (object);
}

/* Off the screen, nothing is made any more. */
static void
kouan_page_preview_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KOUAN_PAGE_PREVIEW (widget)->cancellable);
  GTK_WIDGET_CLASS (kouan_page_preview_parent_class)->unroot (widget);
}

static void
kouan_page_preview_class_init (KouanPagePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_page_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_page_preview_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = kouan_page_preview_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_PAGE_PREVIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_page_preview_init (KouanPagePreview *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * kouan_page_preview_new:
 * @takes: (element-type KouanTake): shared; a page that is made anew is put into it
 * @kept: (element-type KouanSheet): pages of the document that these come beside
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_page_preview_new (GPtrArray *takes, GPtrArray *kept, KouanDocumentItem *document)
{
  KouanPagePreview *self = g_object_new (KOUAN_TYPE_PAGE_PREVIEW, NULL);

  self->takes = g_ptr_array_ref (takes);
  self->kept = g_ptr_array_ref (kept);
  self->document = document;
  show (self);
  return GTK_WIDGET (self);
}
