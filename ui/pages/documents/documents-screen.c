/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/documents-screen.h"

#include "app/language/language.h"
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
  MODE_PREVIEW,
  MODE_DETAIL,
} Mode;

struct _KouanDocumentsScreen
{
  KouanScreen parent_instance;

  GtkBox *place; /* child of the template */

  Mode mode;
  char *kind;              /* (nullable): the paper that is open */
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

static void
add_card (KouanDocumentsScreen *self, const KouanChecklistItem *item)
{
  GtkWidget *card
    = kouan_document_card_new (kouan_document_item_get_name (item->document, language ()), NULL);

  g_object_set_data_full (G_OBJECT (card), "kouan-kind",
                          g_strdup (kouan_document_item_get_id (item->document)), g_free);
  set_card_state (self, KOUAN_DOCUMENT_CARD (card), item);
  g_signal_connect (card, "action", G_CALLBACK (on_card_action), self);
  gtk_box_append (self->place, card);
}

static void
show_list (KouanDocumentsScreen *self)
{
  KouanScreen *screen = KOUAN_SCREEN (self);
  g_autoptr (KouanChecklist) checklist = kouan_session_checklist (session_of (self));
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
      add_card (self, item);
    }
  kouan_screen_set_title (screen, N_ ("Hand in your papers"));
  kouan_screen_set_primary (screen, _ ("Go on"), TRUE);
}

static void
show_preview (KouanDocumentsScreen *self, GPtrArray *pages)
{
  GtkWidget *preview = kouan_page_preview_new (pages);

  kouan_session_set_unkept (session_of (self), pages);
  clear (self);
  self->mode = MODE_PREVIEW;
  gtk_box_append (self->place, preview);
  kouan_screen_show_trouble (KOUAN_SCREEN (self), NULL);
  kouan_screen_set_title (KOUAN_SCREEN (self), N_ ("Can you read everything?"));
  kouan_screen_set_primary (KOUAN_SCREEN (self),
                            kouan_page_preview_has_findings (KOUAN_PAGE_PREVIEW (preview))
                              ? _ ("Use it anyway")
                              : _ ("Keep it"),
                            TRUE);
}

static void
on_pages (KouanPageSource *source G_GNUC_UNUSED, GPtrArray *pages, KouanDocumentsScreen *self)
{
  show_preview (self, pages);
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
  KouanService *service = kouan_session_get_service (session_of (self));
  KouanDocumentItem *document = kouan_service_find_document (service, self->kind);
  const char *hall
    = kouan_station_get_hall_language (kouan_session_get_station (session_of (self)));
  GtkWidget *detail;

  clear (self);
  self->mode = MODE_DETAIL;
  detail = kouan_paper_detail_new (kouan_screen_get_kiosk (KOUAN_SCREEN (self)), document);
  g_signal_connect (detail, "add", G_CALLBACK (on_detail_add), self);
  g_signal_connect (detail, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (detail, "changed", G_CALLBACK (on_detail_changed), self);
  gtk_box_append (self->place, detail);
  kouan_screen_set_title_text (KOUAN_SCREEN (self),
                               kouan_document_item_get_name (document, language ()),
                               kouan_document_item_get_name (document, hall));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Back to the list"), TRUE);
}

/* Page by page, each durable before the next; what could not be kept is still here to try again. */
static void
keep (KouanDocumentsScreen *self)
{
  GPtrArray *pages = kouan_session_get_unkept (session_of (self));
  g_autoptr (KouanTrouble) trouble = NULL;

  while (pages->len > 0)
    {
      g_auto (GStrv) findings = kouan_page_findings (g_ptr_array_index (pages, 0));

      if (!kouan_session_keep_page (session_of (self), self->kind, g_ptr_array_index (pages, 0),
                                    (const char *const *)findings, &trouble))
        {
          kouan_screen_show_trouble (KOUAN_SCREEN (self), trouble);
          return;
        }
      g_ptr_array_remove_index (pages, 0);
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

  return g_variant_new ("(is)", self->mode, self->kind != NULL ? self->kind : "");
}

static void
kouan_documents_screen_unstash (KouanScreen *screen, GVariant *stash)
{
  KouanDocumentsScreen *self = KOUAN_DOCUMENTS_SCREEN (screen);
  GPtrArray *pages = kouan_session_get_unkept (session_of (self));
  int mode;

  g_free (self->kind);
  g_variant_get (stash, "(is)", &mode, &self->kind);
  if (mode == MODE_PREVIEW && pages != NULL)
    show_preview (self, pages);
  else if (mode == MODE_SOURCE)
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
}
