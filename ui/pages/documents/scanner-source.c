/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/scanner-source.h"

#include "app/language/language.h"
#include "ui/widgets/drawing.h"

#define DRAWING_HEIGHT 300

struct _KouanScannerSource
{
  KouanSourcePart parent_instance;

  KouanProgress *progress;
};

G_DEFINE_FINAL_TYPE (KouanScannerSource, kouan_scanner_source, KOUAN_TYPE_SOURCE_PART)

static void
on_progress (double fraction, gpointer data)
{
  KouanScannerSource *self = KOUAN_SCANNER_SOURCE (data);

  if (self->progress != NULL)
    kouan_progress_set_done (self->progress, fraction * 100, 100);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanSourcePart) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  KouanPage *page = kouan_scanner_scan_finish (KOUAN_SCANNER (source), result, &error);

  if (page == NULL)
    {
      kouan_source_part_fail (self, error, TRUE);
      return;
    }
  pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
  g_ptr_array_add (pages, page);
  kouan_source_part_take_pages (self, pages);
}

static void
kouan_scanner_source_begin (KouanSourcePart *part)
{
  KouanScannerSource *self = KOUAN_SCANNER_SOURCE (part);

  self->progress = kouan_source_part_show_progress (part, N_ ("One moment"),
                                                    _ ("Reading the page on the glass"));
  kouan_source_part_add (part, kouan_illustration_new ("page-on-scanner", DRAWING_HEIGHT));
  kouan_scanner_scan_async (kouan_kiosk_get_scanner (kouan_source_part_get_kiosk (part)),
                            on_progress, self, kouan_source_part_get_cancellable (part), on_ready,
                            g_object_ref (self));
}

static void
kouan_scanner_source_dispose (GObject *object)
{
  KOUAN_SCANNER_SOURCE (object)->progress = NULL;
  G_OBJECT_CLASS (kouan_scanner_source_parent_class)->dispose (object);
}

static void
kouan_scanner_source_class_init (KouanScannerSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_scanner_source_dispose;
  KOUAN_SOURCE_PART_CLASS (klass)->begin = kouan_scanner_source_begin;
}

static void
kouan_scanner_source_init (KouanScannerSource *self G_GNUC_UNUSED)
{
}
