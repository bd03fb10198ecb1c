/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/page-preview.h"

#include "app/documents/quality.h"
#include "app/language/language.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/page-view.h"

/* What was read, as the officer will see it, before anybody says "keep it". */

struct _KouanPagePreview
{
  GtkWidget parent_instance;

  GtkBox *box; /* the only child */
  guint findings;
};

G_DEFINE_FINAL_TYPE (KouanPagePreview, kouan_page_preview, GTK_TYPE_WIDGET)

static KouanFindings
judge (KouanPage *page)
{
  KouanMeasures measures;

  kouan_quality_measure (page, &measures);
  return kouan_quality_judge (&measures);
}

/* What an officer would send the page back for, with what to do about it. */
static void
add_findings (KouanPagePreview *self, KouanPage *page)
{
  KouanFindings findings = judge (page);

  for (guint finding = 1; finding <= KOUAN_FINDING_LAST; finding <<= 1)
    if ((findings & finding) != 0)
      {
        gtk_box_append (self->box,
                        kouan_notice_new (KOUAN_NOTICE_WARNING, _ (kouan_finding_title (finding)),
                                          _ (kouan_finding_remedy (finding))));
        self->findings++;
      }
}

static void
add_page (KouanPagePreview *self, KouanPage *page, guint index)
{
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), index + 1);
  GtkWidget *view = kouan_page_view_new (name);

  add_findings (self, page);
  kouan_page_view_set_pixels (KOUAN_PAGE_VIEW (view), page->pixels, GDK_MEMORY_R8G8B8, page->width,
                              page->height, page->width * 3);
  gtk_box_append (self->box, view);
}

/* Returns: (transfer full): ids of what is wrong with @page by itself, as a record names them */
char **
kouan_page_findings (KouanPage *page)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  KouanFindings findings = judge (page);

  for (guint finding = 1; finding <= KOUAN_FINDING_LAST; finding <<= 1)
    if ((findings & finding) != 0)
      g_strv_builder_add (builder, kouan_finding_id (finding));
  return g_strv_builder_end (builder);
}

/* Whether there is something to look at twice. */
gboolean
kouan_page_preview_has_findings (KouanPagePreview *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_PREVIEW (self), FALSE);

  return self->findings > 0;
}

static void
kouan_page_preview_dispose (GObject *object)
{
  KouanPagePreview *self = KOUAN_PAGE_PREVIEW (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_page_preview_parent_class)->dispose (object);
}

static void
kouan_page_preview_class_init (KouanPagePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_page_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kouan_page_preview_init (KouanPagePreview *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * kouan_page_preview_new:
 * @pages: (element-type KouanPage)
 *
 * Returns: (transfer floating)
 */
GtkWidget *
kouan_page_preview_new (GPtrArray *pages)
{
  KouanPagePreview *self = g_object_new (KOUAN_TYPE_PAGE_PREVIEW, NULL);

  for (guint i = 0; i < pages->len; i++)
    add_page (self, g_ptr_array_index (pages, i), i);
  return GTK_WIDGET (self);
}
