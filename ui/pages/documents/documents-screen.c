/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/documents-screen.h"

#include "app/language/language.h"
#include "app/session/cross-check.h"
#include "ui/pages/documents/page-maker.h"
#include "ui/pages/documents/page-preview.h"
#include "ui/pages/documents/page-source.h"
#include "ui/pages/documents/paper-detail.h"
#include "ui/widgets/document-card.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/text.h"

/* The papers. A list of what this application needs, worked out from the answers; behind each paper
 * where it comes from, a look at what was read, and what is kept of it. Only when a page is sealed
 * and on the disk does its card say so. */

typedef enum
{
  MODE_LIST,
  MODE_SOURCE,
  MODE_MAKING,
  MODE_PREVIEW,
  MODE_DETAIL,
} Mode;

struct _KouanDocumentsScreen
{
  KouanScreen parent_instance;

  GtkBox *place; /* child of the template */

  Mode mode;
  char *kind;              /* (nullable): the paper that is open */
  int retaken;             /* the page that the next one takes the place of; -1: behind the last */
  KouanPageSource *source; /* in MODE_SOURCE */
};

G_DEFINE_FINAL_TYPE (KouanDocumentsScreen, kouan_documents_screen, KOUAN_TYPE_SCREEN)

static void show_list (KouanDocumentsScreen *self);
static void show_source (KouanDocumentsScreen *self);
static void show_detail (KouanDocumentsScreen *self);

static KouanSession *
session_of (KouanDocumentsScreen *self)
{
  return kouan_screen_get_session (KOUAN_SCREEN (self));
}

static KouanVisit *
visit_of (KouanDocumentsScreen *self)
{
  return kouan_session_get_visit (session_of (self));
}

static const char *
language (void)
{
  return kouan_language_current ()->code;
}

static void
clear (KouanDocumentsScreen *self)
{
  GtkWidget *child;

  self->source = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->place))) != NULL)
    gtk_box_remove (self->place, child);
}

static void
open_paper (KouanDocumentsScreen *self, const char *kind)
{
  g_free (self->kind);
  self->kind = g_strdup (kind);
  kouan_screen_show_trouble (KOUAN_SCREEN (self), NULL);
  show_detail (self);
}

static void
on_card_action (KouanDocumentCard *card, KouanDocumentsScreen *self)
{
  open_paper (self, g_object_get_data (G_OBJECT (card), "kouan-kind"));
}

/* What does not fit about the paper is said on its card, and in full behind it. */
static void
set_card_problem (KouanDocumentCard *card, const KouanChecklistItem *item, GArray *crosses)
{
  for (guint i = 0; i < crosses->len; i++)
    {
      const KouanCross *cross = &g_array_index (crosses, KouanCross, i);
      g_autofree char *problem = NULL;

      if (cross->document != item->document)
        continue;
      problem = kouan_cross_remedy (cross, language ());
      kouan_document_card_set_problem (card, problem);
      return;
    }
}

static void
set_card_state (KouanDocumentsScreen *self, KouanDocumentCard *card, const KouanChecklistItem *item)
{
  const char *kind = kouan_document_item_get_id (item->document);
  KouanVisitDocument *document = kouan_visit_find_document (visit_of (self), kind);
  guint pages = kouan_visit_count_pages (visit_of (self), kind);

  if (pages > 0)
    kouan_document_card_set_state (card, KOUAN_DOCUMENT_KEPT, pages);
  else if (document != NULL && document->later)
    kouan_document_card_set_state (card, KOUAN_DOCUMENT_LATER, 0);
  else if (item->need == KOUAN_NEED_NEEDED || item->need == KOUAN_NEED_EITHER_OR)
    kouan_document_card_set_state (card, KOUAN_DOCUMENT_NEEDED, 0);
  else
    kouan_document_card_set_state (card, KOUAN_DOCUMENT_OPTIONAL, 0);
  kouan_document_card_set_action (card, pages > 0 ? _ ("Look or change") : _ ("Hand it in"));
}

/* Returns: (transfer full) (nullable): how to get it, and whether anybody can be sure of it */
static char *
hint_of (const KouanChecklistItem *item)
{
  const char *hint = kouan_document_item_get_hint (item->document, language ());

  if (item->certain)
    return g_strdup (hint);
  return g_strdup_printf ("%s%s(%s)", hint != NULL ? hint : "", hint != NULL ? "\n" : "",
                          _ ("not certain, ask at the desk"));
}

static void
add_card (KouanDocumentsScreen *self, const KouanChecklistItem *item, GArray *crosses)
{
  g_autofree char *hint = hint_of (item);
  GtkWidget *card
    = kouan_document_card_new (kouan_document_item_get_name (item->document, language ()), hint);

  g_object_set_data_full (G_OBJECT (card), "kouan-kind",
                          g_strdup (kouan_document_item_get_id (item->document)), g_free);
  set_card_state (self, KOUAN_DOCUMENT_CARD (card), item);
  set_card_problem (KOUAN_DOCUMENT_CARD (card), item, crosses);
  g_signal_connect (card, "action", G_CALLBACK (on_card_action), self);
  gtk_box_append (self->place, card);
}

static void
show_list (KouanDocumentsScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (session_of (self));
  g_autoptr (GArray) crosses = kouan_session_cross_check (session_of (self));
  const KouanDocumentGroup *group = NULL;

  clear (self);
  self->mode = MODE_LIST;
  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, i);

      if (item->need == KOUAN_NEED_NOT_NEEDED)
        continue;
      if (item->need == KOUAN_NEED_EITHER_OR && item->group != group)
        gtk_box_append (self->place, kouan_subheading_new (
                                       kouan_document_group_get_name (item->group, language ())));
      group = item->group;
      add_card (self, item, crosses);
    }
  kouan_screen_set_title (screen, N_ ("Hand in your papers"));
  kouan_screen_set_primary (screen, _ ("Go on"), TRUE);
}

static KouanDocumentItem *
document_of (KouanDocumentsScreen *self)
{
  return kouan_service_find_document (kouan_session_get_service (session_of (self)), self->kind);
}

/* Returns: (transfer full) (element-type KouanSheet): what the new pages will lie beside */
static GPtrArray *
kept_beside (KouanDocumentsScreen *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);
  KouanVisitDocument *document = kouan_visit_find_document (visit_of (self), self->kind);

  for (guint i = 0; document != NULL && i < document->sheets->len; i++)
    if ((int)i != self->retaken)
      g_ptr_array_add (kept, kouan_sheet_ref (g_ptr_array_index (document->sheets, i)));
  return kept;
}

/* While the title asks something, which paper it asks about. */
static void
name_paper (KouanDocumentsScreen *self)
{
  gtk_box_append (self->place,
                  kouan_text_new (kouan_document_item_get_name (document_of (self), language ())));
}

static void
set_preview_primary (KouanPagePreview *preview, KouanDocumentsScreen *self)
{
  kouan_screen_set_primary (KOUAN_SCREEN (self),
                            kouan_page_preview_has_findings (preview) ? _ ("Use it anyway")
                                                                      : _ ("Keep it"),
                            kouan_page_preview_may_be_kept (preview));
}

static void
show_preview (KouanDocumentsScreen *self, GPtrArray *takes)
{
  g_autoptr (GPtrArray) kept = kept_beside (self);
  GtkWidget *preview = kouan_page_preview_new (takes, kept, document_of (self));

  kouan_session_set_unkept (session_of (self), takes);
  clear (self);
  self->mode = MODE_PREVIEW;
  name_paper (self);
  gtk_box_append (self->place, preview);
  g_signal_connect (preview, "changed", G_CALLBACK (set_preview_primary), self);
  kouan_screen_show_trouble (KOUAN_SCREEN (self), NULL);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Can you read everything?"));
  set_preview_primary (KOUAN_PAGE_PREVIEW (preview), self);
}

static void
on_takes (KouanPageMaker *maker G_GNUC_UNUSED, GPtrArray *takes, KouanDocumentsScreen *self)
{
  show_preview (self, takes);
}

static void
on_pages (KouanPageSource *source G_GNUC_UNUSED, GPtrArray *pages, KouanDocumentsScreen *self)
{
  GtkWidget *maker = kouan_page_maker_new (pages, kouan_cross_asked (document_of (self)));

  clear (self);
  self->mode = MODE_MAKING;
  name_paper (self);
  g_signal_connect (maker, "takes", G_CALLBACK (on_takes), self);
  gtk_box_append (self->place, maker);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("One moment"));
  kouan_screen_hide_primary (KOUAN_SCREEN (self));
}

static void
on_failed (GtkWidget *widget G_GNUC_UNUSED, KouanTrouble *trouble, KouanDocumentsScreen *self)
{
  kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
}

static void
on_source_moved (KouanPageSource *source, KouanDocumentsScreen *self)
{
  const char *primary = kouan_page_source_get_primary (source);

  kouan_screen_set_title (KOUAN_SCREEN (self), kouan_page_source_get_title (source));
  if (primary != NULL)
    kouan_screen_set_primary (KOUAN_SCREEN (self), primary, TRUE);
  else
    kouan_screen_hide_primary (KOUAN_SCREEN (self));
}

static void
show_source (KouanDocumentsScreen *self)
{
  GtkWidget *source = kouan_page_source_new (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));

  clear (self);
  self->mode = MODE_SOURCE;
  name_paper (self);
  self->source = KOUAN_PAGE_SOURCE (source);
  g_signal_connect (source, "pages", G_CALLBACK (on_pages), self);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (source, "moved", G_CALLBACK (on_source_moved), self);
  gtk_box_append (self->place, source);
  on_source_moved (self->source, self);
}

static void
on_detail_add (KouanPaperDetail *detail G_GNUC_UNUSED, KouanDocumentsScreen *self)
{
  self->retaken = -1;
  show_source (self);
}

static void
on_detail_retake (KouanPaperDetail *detail G_GNUC_UNUSED, guint index, KouanDocumentsScreen *self)
{
  self->retaken = (int)index;
  show_source (self);
}

static void
on_detail_changed (KouanPaperDetail *detail G_GNUC_UNUSED, KouanDocumentsScreen *self)
{
  if (kouan_visit_count_pages (visit_of (self), self->kind) == 0)
    show_list (self);
}

static void
show_detail (KouanDocumentsScreen *self)
{
  KouanDocumentItem *document = document_of (self);
  const char *hall
    = kouan_station_get_hall_language (kouan_session_get_station (session_of (self)));
  GtkWidget *detail;

  clear (self);
  self->mode = MODE_DETAIL;
  detail = kouan_paper_detail_new (kouan_screen_get_kiosk (KOUAN_SCREEN (self)), document);
  g_signal_connect (detail, "add", G_CALLBACK (on_detail_add), self);
  g_signal_connect (detail, "retake", G_CALLBACK (on_detail_retake), self);
  g_signal_connect (detail, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (detail, "changed", G_CALLBACK (on_detail_changed), self);
  gtk_box_append (self->place, detail);
  kouan_screen_set_title_text (KOUAN_SCREEN (self),
                               kouan_document_item_get_name (document, language ()),
                               kouan_document_item_get_name (document, hall));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Back to the list"), TRUE);
}

static gboolean
keep_first (KouanDocumentsScreen *self, KouanSheet *sheet, KouanTrouble **trouble)
{
  gboolean retaken = self->retaken >= 0;
  guint index = retaken ? (guint)self->retaken : G_MAXUINT;

  self->retaken = -1;
  return retaken
           ? kouan_session_replace_sheet (session_of (self), self->kind, index, sheet, trouble)
           : kouan_session_keep_sheet (session_of (self), self->kind, index, sheet, trouble);
}

/* Page by page, each durable before the next; what could not be kept is still here to try again. */
static void
keep (KouanDocumentsScreen *self)
{
  GPtrArray *takes = kouan_session_get_unkept (session_of (self));
  g_autoptr (KouanTrouble) trouble = NULL;

  while (takes->len > 0)
    {
      const KouanTake *take = g_ptr_array_index (takes, 0);
      int retaken = self->retaken;

      if (!keep_first (self, take->sheet, &trouble))
        {
          self->retaken = retaken;
          kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
          return;
        }
      g_ptr_array_remove_index (takes, 0);
    }
  kouan_session_set_unkept (session_of (self), NULL);
  show_detail (self);
}

static void
kouan_documents_screen_primary (KouanScreen *screen)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (screen);

  switch (self->mode)
    {
    case MODE_LIST:
      kouan_session_advance (session_of (self));
      break;
    case MODE_PREVIEW:
      keep (self);
      break;
    case MODE_DETAIL:
      show_list (self);
      break;
    case MODE_SOURCE:
      kouan_page_source_press_primary (self->source);
      break;
    case MODE_MAKING:
      break;
    }
}

static gboolean
kouan_documents_screen_back (KouanScreen *screen)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (screen);

  kouan_screen_show_trouble (screen, NULL);
  switch (self->mode)
    {
    case MODE_LIST:
      return FALSE;
    case MODE_SOURCE:
      if (!kouan_page_source_back (self->source))
        show_detail (self);
      return TRUE;
    case MODE_MAKING:
    case MODE_PREVIEW:
      kouan_session_set_unkept (session_of (self), NULL);
      show_source (self);
      return TRUE;
    case MODE_DETAIL:
      show_list (self);
      return TRUE;
    }
  g_assert_not_reached ();
}

static GVariant *
kouan_documents_screen_stash (KouanScreen *screen)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (screen);

  return g_variant_new ("(iis)", self->mode, self->retaken, self->kind != NULL ? self->kind : "");
}

static void
kouan_documents_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (screen);
  GPtrArray *takes = kouan_session_get_unkept (session_of (self));
  int mode;

  g_free (self->kind);
  g_variant_get (stash, "(iis)", &mode, &self->retaken, &self->kind);
  if (mode == MODE_PREVIEW && takes != NULL)
    show_preview (self, takes);
  else if (mode == MODE_SOURCE || mode == MODE_MAKING)
    show_source (self);
  else if (mode == MODE_DETAIL)
    show_detail (self);
}

static void
kouan_documents_screen_constructed (GObject *object)
{
  G_OBJECT_CLASS (kouan_documents_screen_parent_class)->constructed (object);

  show_list (KOUAN_DOCUMENTS_SCREEN (object));
}

static void
kouan_documents_screen_dispose (GObject *object)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (object);

  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (kouan_documents_screen_parent_class)->dispose (object);
}

static void
kouan_documents_screen_class_init (KouanDocumentsScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KouanScreenClass *screen_class = KOUAN_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kouan_documents_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_documents_screen_dispose;
  screen_class->primary = kouan_documents_screen_primary;
  screen_class->back = kouan_documents_screen_back;
  screen_class->stash = kouan_documents_screen_stash;
  screen_class->unstash = kouan_documents_screen_unstash;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kouan/pages/documents/documents-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, KouanDocumentsScreen, place);
}

static void
kouan_documents_screen_init (KouanDocumentsScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->retaken = -1;
}
