/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/page-source.h"

#include "app/language/language.h"
#include "ui/pages/documents/paper-trouble.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/progress.h"

/* Every way has another way beside it: what is not there, or does not work now, is said and cannot
 * be pressed, and the rest can. What a stick holds is shown as our own list, never as a file
 * chooser; what a file holds is read in the locked room and nowhere else. */

typedef enum
{
  STEP_WAYS,
  STEP_FILES,
  STEP_WORKING,
} Step;

struct _KouanPageSource
{
  GtkWidget parent_instance;

  KouanKiosk *kiosk;
  Step step;
  GtkBox *box; /* the only child */
  KouanProgress *progress;
  GPtrArray *files; /* of KouanStickFile, while they are shown */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_PAGES,
  SIGNAL_FAILED,
  SIGNAL_MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPageSource, kouan_page_source, GTK_TYPE_WIDGET)

static void list_files (KouanPageSource *self);

static void
clear (KouanPageSource *self)
{
  GtkWidget *child;

  self->progress = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

static void
move_to (KouanPageSource *self, Step step)
{
  self->step = step;
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
stop (KouanPageSource *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* A cancelled wait says nothing: whoever cancelled it has moved on. */
static void
fail (KouanPageSource *self, const GError *error)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("No page: %s", error->message);
  trouble = kouan_paper_trouble_new (error);
  kouan_page_source_begin (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, trouble);
}

static void
show_working (KouanPageSource *self, const char *text)
{
  clear (self);
  self->progress = KOUAN_PROGRESS (kouan_progress_new (text));
  gtk_box_append (self->box, GTK_WIDGET (self->progress));
  move_to (self, STEP_WORKING);
}

static void
on_scan_progress (double fraction, gpointer data)
{
  KouanPageSource *self = KOUAN_PAGE_SOURCE (data);

  if (self->progress != NULL)
    kouan_progress_set_done (self->progress, fraction * 100, 100);
}

static void
on_scan_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanPage) page = kouan_scanner_scan_finish (KOUAN_SCANNER (source), result, &error);
  g_autoptr (GPtrArray) pages = NULL;

  if (page == NULL)
    {
      fail (self, error);
      return;
    }
  pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
  g_ptr_array_add (pages, kouan_page_ref (page));
  g_signal_emit (self, signals[SIGNAL_PAGES], 0, pages);
}

static void
scan (KouanPageSource *self)
{
  stop (self);
  show_working (self, _ ("Reading the page on the glass"));
  kouan_scanner_scan_async (kouan_kiosk_get_scanner (self->kiosk), on_scan_progress, self,
                            self->cancellable, on_scan_ready, g_object_ref (self));
}

static void
on_pixels_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  if (pages == NULL)
    fail (self, error);
  else
    g_signal_emit (self, signals[SIGNAL_PAGES], 0, pages);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kouan_stick_read_finish (KOUAN_STICK (source), result, &error);

  if (bytes == NULL)
    {
      fail (self, error);
      return;
    }
  kouan_pixels_read_async (kouan_kiosk_get_pixels (self->kiosk), bytes, self->cancellable,
                           on_pixels_ready, g_object_ref (self));
}

static void
on_file_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanPageSource *self)
{
  guint64 index = g_ascii_strtoull (id, NULL, 10);

  g_return_if_fail (self->files != NULL && index < self->files->len);

  stop (self);
  show_working (self, _ ("Reading your file"));
  kouan_stick_read_async (kouan_kiosk_get_stick (self->kiosk),
                          g_ptr_array_index (self->files, index), self->cancellable, on_file_read,
                          g_object_ref (self));
}

static void
add_file (KouanPageSource *self, KouanChoiceList *list, guint index)
{
  KouanStickFile *file = g_ptr_array_index (self->files, index);
  g_autofree char *id = g_strdup_printf ("%u", index);
  g_autofree char *size = g_format_size (file->size);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", kouan_file_kind_name (file->kind), size);

  kouan_choice_list_add (list, id, "document", file->name, subtitle);
}

static void
show_files (KouanPageSource *self, gboolean complete)
{
  GtkWidget *list = kouan_choice_list_new (_ ("Files on your stick"));
  guint shown = 0;

  clear (self);
  for (guint i = 0; i < self->files->len; i++)
    if (kouan_stick_file_is_taken (g_ptr_array_index (self->files, i)))
      {
        add_file (self, KOUAN_CHOICE_LIST (list), i);
        shown++;
      }
  if (shown == 0)
    gtk_box_append (
      self->box, kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("No paper that we can read is on it"),
                                   _ ("We read PDF files and pictures. Put the file on the "
                                      "stick again, or lay the paper on the scanner.")));
  else if (!complete)
    gtk_box_append (self->box,
                    kouan_notice_new (KOUAN_NOTICE_INFO, _ ("There is more on the stick"),
                                      _ ("Put your papers into the first folder if one "
                                         "is missing here.")));
  g_signal_connect (list, "chosen", G_CALLBACK (on_file_chosen), self);
  gtk_box_append (self->box, list);
  move_to (self, STEP_FILES);
}

static void
on_files_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanPageSource) self = data;
  g_autoptr (GError) error = NULL;
  gboolean complete;
  GPtrArray *files = kouan_stick_list_finish (KOUAN_STICK (source), result, &complete, &error);

  if (files == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  show_files (self, complete);
}

static void
list_files (KouanPageSource *self)
{
  stop (self);
  show_working (self, _ ("Looking at your stick"));
  kouan_stick_list_async (kouan_kiosk_get_stick (self->kiosk), self->cancellable, on_files_listed,
                          g_object_ref (self));
}

static void
on_way_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanPageSource *self)
{
  if (g_str_equal (id, "scanner"))
    scan (self);
  else
    list_files (self);
}

static void
show_ways (KouanPageSource *self)
{
  GtkWidget *list = kouan_choice_list_new (_ ("Ways"));
  KouanStick *stick = kouan_kiosk_get_stick (self->kiosk);

  clear (self);
  if (kouan_kiosk_get_scanner (self->kiosk) != NULL)
    kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "scanner", "scanner", _ ("Scan the paper"),
                           _ ("Lay it on the glass, face down, and close the lid"));
  if (stick != NULL)
    kouan_choice_list_add (KOUAN_CHOICE_LIST (list), "stick", "stick", _ ("Take it from my stick"),
                           kouan_stick_is_present (stick) ? _ ("PDF files and pictures")
                                                          : _ ("Put your USB stick in first"));
  g_signal_connect (list, "chosen", G_CALLBACK (on_way_chosen), self);
  gtk_box_append (self->box, list);
  if (kouan_kiosk_get_scanner (self->kiosk) == NULL && stick == NULL)
    gtk_box_append (self->box,
                    kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("This kiosk takes no papers now"),
                                      _ ("Go on without them and bring them to a desk with your "
                                         "receipt.")));
  move_to (self, STEP_WAYS);
}

static void
on_stick_present (KouanStick *stick G_GNUC_UNUSED,
                  GParamSpec *pspec G_GNUC_UNUSED,
                  KouanPageSource *self)
{
  if (self->step == STEP_WAYS)
    show_ways (self);
}

/* From the start: which way? */
void
kouan_page_source_begin (KouanPageSource *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_SOURCE (self));

  stop (self);
  show_ways (self);
}

/* Returns: whether there was something to go back from */
gboolean
kouan_page_source_back (KouanPageSource *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_SOURCE (self), FALSE);

  if (self->step == STEP_WAYS)
    return FALSE;
  kouan_page_source_begin (self);
  return TRUE;
}

const char *
kouan_page_source_get_title (KouanPageSource *self)
{
  static const char *const titles[]
    = { N_ ("Where is this paper?"), N_ ("Choose your file"), N_ ("One moment") };

  g_return_val_if_fail (KOUAN_IS_PAGE_SOURCE (self), NULL);

  return titles[self->step];
}

static void
kouan_page_source_dispose (GObject *object)
{
  KouanPageSource *self = KOUAN_PAGE_SOURCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->kiosk);
  self->progress = NULL;
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (kouan_page_source_parent_class)->dispose (object);
}

static void
kouan_page_source_class_init (KouanPageSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_page_source_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_PAGES] = g_signal_new ("pages", KOUAN_TYPE_PAGE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", KOUAN_TYPE_PAGE_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", KOUAN_TYPE_PAGE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_page_source_init (KouanPageSource *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_page_source_new (KouanKiosk *kiosk)
{
  KouanPageSource *self = g_object_new (KOUAN_TYPE_PAGE_SOURCE, NULL);
  KouanStick *stick = kouan_kiosk_get_stick (kiosk);

  self->kiosk = g_object_ref (kiosk);
  if (stick != NULL)
    g_signal_connect_object (stick, "notify::present", G_CALLBACK (on_stick_present), self, 0);
  show_ways (self);
  return GTK_WIDGET (self);
}
