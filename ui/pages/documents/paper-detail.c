/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/paper-detail.h"

#include "app/language/language.h"
#include "ui/pages/documents/finding-list.h"
#include "ui/pages/documents/paper-trouble.h"
#include "ui/pages/documents/show-page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/page-view.h"
#include "ui/widgets/text.h"
#include "ui/widgets/drawing.h"

/* A kept page is sealed on the disk; to show it again it is opened with the draft's key and decoded
 * in the locked room, like everything else that is a picture. */

#define PHOTO "photo" /* the catalogue's id of a portrait of the applicant */
#define PHOTO_HEIGHT 260

struct _KouanPaperDetail
{
  GtkWidget parent_instance;

  KouanKiosk *kiosk;
  KouanDocumentItem *document; /* the catalogue's */
  GtkBox *box;                 /* the only child */
  GCancellable *cancellable;
};

/* Where a decoded page has to go. */
typedef struct
{
  KouanPaperDetail *self;
  KouanPageView *view;
} Pending;

enum
{
  SIGNAL_ADD,
  SIGNAL_RETAKE,
  SIGNAL_FAILED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPaperDetail, kouan_paper_detail, GTK_TYPE_WIDGET)

static void show (KouanPaperDetail *self);

static KouanSession *
session_of (KouanPaperDetail *self)
{
  return kouan_kiosk_get_session (self->kiosk);
}

static const char *
kind_of (KouanPaperDetail *self)
{
  return kouan_document_item_get_id (self->document);
}

static void
fail (KouanPaperDetail *self, KouanTrouble *trouble)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, trouble);
}

static void
on_page_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  Pending *pending = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  if (pages != NULL && pages->len > 0)
    kouan_show_page (pending->view, g_ptr_array_index (pages, 0), pending->self->cancellable);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (KouanTrouble) trouble = kouan_paper_trouble_new (error);

      fail (pending->self, trouble);
    }
  g_object_unref (pending->view);
  g_object_unref (pending->self);
  g_free (pending);
}

static GtkWidget *
page_view_new (KouanPaperDetail *self, guint index)
{
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), index + 1);
  GtkWidget *view = kouan_page_view_new (name);
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanSheet) sheet
    = kouan_session_read_sheet (session_of (self), kind_of (self), index, &trouble);
  Pending *pending;

  if (sheet == NULL)
    {
      fail (self, trouble);
      return view;
    }
  pending = g_new0 (Pending, 1);
  pending->self = g_object_ref (self);
  pending->view = g_object_ref_sink (KOUAN_PAGE_VIEW (view));
  kouan_pixels_read_async (kouan_kiosk_get_pixels (self->kiosk), sheet->jpeg->bytes,
                           self->cancellable, on_page_decoded, pending);
  return view;
}

static guint
index_of (GtkButton *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kouan-index"));
}

/* Shows what is kept now, whether the change could be kept or not. */
static void
finish_change (KouanPaperDetail *self, gboolean kept, KouanTrouble *trouble)
{
  if (!kept)
    fail (self, trouble);
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_delete_clicked (GtkButton *button, KouanPaperDetail *self)
{
  g_autoptr (KouanTrouble) trouble = NULL;
  gboolean kept
    = kouan_session_drop_sheet (session_of (self), kind_of (self), index_of (button), &trouble);

  finish_change (self, kept, trouble);
}

static void
on_earlier_clicked (GtkButton *button, KouanPaperDetail *self)
{
  guint index = index_of (button);
  g_autoptr (KouanTrouble) trouble = NULL;
  gboolean kept
    = kouan_session_move_sheet (session_of (self), kind_of (self), index, index - 1, &trouble);

  finish_change (self, kept, trouble);
}

static void
on_further_clicked (GtkButton *button, KouanPaperDetail *self)
{
  guint index = index_of (button);
  g_autoptr (KouanTrouble) trouble = NULL;
  gboolean kept
    = kouan_session_move_sheet (session_of (self), kind_of (self), index, index + 1, &trouble);

  finish_change (self, kept, trouble);
}

static void
on_retake_clicked (GtkButton *button, KouanPaperDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_RETAKE], 0, index_of (button));
}

/* @name: with a place for the page's number: what a screen reader says */
static GtkWidget *
page_button_new (KouanPaperDetail *self,
                 guint index,
                 const char *icon,
                 const char *label,
                 const char *name,
                 GCallback on_clicked)
{
  GtkWidget *button = kouan_button_new (icon, label);

  kouan_accessible_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "kouan-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", on_clicked, self);
  return button;
}

static void
add_page_buttons (KouanPaperDetail *self, GtkWidget *row, guint index, guint pages)
{
  g_autofree char *earlier = g_strdup_printf (_ ("Move page %u before the one above"), index + 1);
  g_autofree char *further = g_strdup_printf (_ ("Move page %u behind the one below"), index + 1);
  g_autofree char *retake = g_strdup_printf (_ ("Take page %u again"), index + 1);
  g_autofree char *delete = g_strdup_printf (_ ("Delete page %u"), index + 1);

  if (index > 0)
    gtk_box_append (GTK_BOX (row), page_button_new (self, index, "arrow-up", NULL, earlier,
                                                    G_CALLBACK (on_earlier_clicked)));
  if (index + 1 < pages)
    gtk_box_append (GTK_BOX (row), page_button_new (self, index, "arrow-down", NULL, further,
                                                    G_CALLBACK (on_further_clicked)));
  gtk_box_append (GTK_BOX (row), page_button_new (self, index, "undo", _ ("Take again"), retake,
                                                  G_CALLBACK (on_retake_clicked)));
  gtk_box_append (GTK_BOX (row), page_button_new (self, index, "delete", _ ("Delete"), delete,
                                                  G_CALLBACK (on_delete_clicked)));
}

static void
add_page (KouanPaperDetail *self, KouanVisitDocument *document, guint index)
{
  KouanFindings findings = kouan_sheets_findings (document->sheets, index);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  if (document->sheets->len > 1)
    {
      g_autofree char *heading
        = g_strdup_printf (_ ("Page %u of %u"), index + 1, document->sheets->len);

      gtk_box_append (self->box, kouan_subheading_new (heading));
    }
  if (findings != KOUAN_FINDING_NONE)
    gtk_box_append (self->box, kouan_finding_list_new (findings));
  gtk_box_append (self->box, page_view_new (self, index));
  add_page_buttons (self, buttons, index, document->sheets->len);
  gtk_box_append (self->box, buttons);
}

static void
on_add_clicked (GtkButton *button G_GNUC_UNUSED, KouanPaperDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0);
}

static void
on_later_clicked (GtkButton *button G_GNUC_UNUSED, KouanPaperDetail *self)
{
  KouanVisitDocument *document
    = kouan_visit_find_document (kouan_session_get_visit (session_of (self)), kind_of (self));
  gboolean later = document == NULL || !document->later;
  g_autoptr (KouanTrouble) trouble = NULL;

  if (!kouan_session_set_later (session_of (self), kind_of (self), later, &trouble))
    fail (self, trouble);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_buttons (KouanPaperDetail *self, guint pages)
{
  GtkWidget *add = kouan_button_new (NULL, pages > 0 ? _ ("Add a page") : _ ("Hand it in now"));
  GtkWidget *later;

  g_signal_connect (add, "clicked", G_CALLBACK (on_add_clicked), self);
  gtk_box_append (self->box, add);
  if (pages > 0 || !kouan_document_item_may_come_later (self->document))
    return;
  later = kouan_button_new (NULL, _ ("I will bring it later"));
  g_signal_connect (later, "clicked", G_CALLBACK (on_later_clicked), self);
  gtk_box_append (self->box, later);
}

/* Which rule asks for it, with its source. */
static void
add_reason (KouanPaperDetail *self)
{
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (session_of (self));
  const KouanChecklistItem *item = kouan_checklist_find (checklist, kind_of (self));
  KouanContext context;
  g_autofree char *demands = NULL;
  g_autofree char *reason = NULL;
  GtkWidget *label;

  if (item == NULL)
    return;
  kouan_session_get_context (session_of (self), &context);
  reason = kouan_checklist_item_reason (item, &context, kouan_language_current ()->code);
  demands = kouan_checklist_item_demands (item, &context, kouan_language_current ()->code);
  if (demands != NULL)
    gtk_box_append (self->box, kouan_text_new (demands));
  label = kouan_small_new (reason);
  gtk_widget_add_css_class (label, "soft");
  gtk_box_append (self->box, label);
}

static GtkWidget *
photo_new (const char *drawing, const char *caption)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), kouan_illustration_new (drawing, PHOTO_HEIGHT));
  gtk_box_append (GTK_BOX (column), kouan_text_new (caption));
  gtk_widget_set_halign (gtk_widget_get_last_child (column), GTK_ALIGN_CENTER);
  return column;
}

/* One that is taken, and one that is not. */
static void
add_photos (KouanPaperDetail *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  gtk_box_append (GTK_BOX (row), photo_new ("photo-good", _ ("Good")));
  gtk_box_append (GTK_BOX (row), photo_new ("photo-bad", _ ("Bad")));
  gtk_box_append (self->box, row);
}

static void
show (KouanPaperDetail *self)
{
  KouanVisitDocument *document
    = kouan_visit_find_document (kouan_session_get_visit (session_of (self)), kind_of (self));
  guint pages = document != NULL ? document->sheets->len : 0;
  const char *hint = kouan_document_item_get_hint (self->document, kouan_language_current ()->code);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  if (hint != NULL)
    gtk_box_append (self->box, kouan_text_new (hint));
  for (guint i = 0; i < pages; i++)
    add_page (self, document, i);
  if (pages == 0 && g_str_equal (kind_of (self), PHOTO))
    add_photos (self);
  add_buttons (self, pages);
  add_reason (self);
}

static void
kouan_paper_detail_dispose (GObject *object)
{
  KouanPaperDetail *self = KOUAN_PAPER_DETAIL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->kiosk);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_paper_detail_parent_class)->dispose (object);
}

static void
kouan_paper_detail_class_init (KouanPaperDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_paper_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_ADD] = g_signal_new ("add", KOUAN_TYPE_PAPER_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RETAKE] = g_signal_new ("retake", KOUAN_TYPE_PAPER_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", KOUAN_TYPE_PAPER_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KOUAN_TYPE_PAPER_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_paper_detail_init (KouanPaperDetail *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * kouan_paper_detail_new:
 * @document: the catalogue's
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_paper_detail_new (KouanKiosk *kiosk, KouanDocumentItem *document)
{
  KouanPaperDetail *self = g_object_new (KOUAN_TYPE_PAPER_DETAIL, NULL);

  self->kiosk = g_object_ref (kiosk);
  self->document = document;
  show (self);
  return GTK_WIDGET (self);
}
