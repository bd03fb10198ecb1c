/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/page-source.h"

#include "app/language/language.h"
#include "ui/pages/documents/camera-source.h"
#include "ui/pages/documents/phone-source.h"
#include "ui/pages/documents/scanner-source.h"
#include "ui/pages/documents/stick-source.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"

/* Every way has another way beside it: what is not there, or does not work now, is said, and the
 * rest can be pressed. */

struct _KouanPageSource
{
  GtkWidget parent_instance;

  KouanKiosk *kiosk;
  GtkWidget *child;      /* the only one: the list of ways, or the way that was chosen */
  KouanSourcePart *part; /* (nullable): the child, once a way is chosen */
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

/* Takes the old child's place; a way that is left lets go of its device. */
static void
set_child (KouanPageSource *self, GtkWidget *child)
{
  GtkWidget *before = self->child;

  self->child = child;
  self->part = KOUAN_IS_SOURCE_PART (child) ? KOUAN_SOURCE_PART (child) : NULL;
  if (before != NULL)
    {
      g_object_ref (
        before); /* a wait that is under way may hold it too; the device is let go now */
      gtk_widget_unparent (before);
      g_object_run_dispose (G_OBJECT (before));
      g_object_unref (before);
    }
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
on_pages (KouanSourcePart *part G_GNUC_UNUSED, GPtrArray *pages, KouanPageSource *self)
{
  g_signal_emit (self, signals[SIGNAL_PAGES], 0, pages);
}

static void
on_failed (KouanSourcePart *part G_GNUC_UNUSED,
           KouanTrouble *trouble,
           gboolean over,
           KouanPageSource *self)
{
  if (over)
    kouan_page_source_begin (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, trouble);
}

static void
on_moved (KouanSourcePart *part, KouanPageSource *self)
{
  if (part == self->part)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static const struct
{
  const char *id;
  GType (*type) (void);
} ways[] = {
  { "scanner", kouan_scanner_source_get_type },
  { "camera", kouan_camera_source_get_type },
  { "stick", kouan_stick_source_get_type },
  { "phone", kouan_phone_source_get_type },
};

static void
on_way_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanPageSource *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].id, id))
      {
        GtkWidget *part = g_object_new (ways[i].type (), NULL);

        g_signal_connect (part, "pages", G_CALLBACK (on_pages), self);
        g_signal_connect (part, "failed", G_CALLBACK (on_failed), self);
        g_signal_connect (part, "moved", G_CALLBACK (on_moved), self);
        set_child (self, part);
        kouan_source_part_begin (self->part, self->kiosk);
        return;
      }
  g_return_if_reached ();
}

/* Returns: whether there is any */
static gboolean
add_ways (KouanPageSource *self, KouanChoiceList *list)
{
  KouanScanner *scanner = kouan_kiosk_get_scanner (self->kiosk);
  KouanStick *stick = kouan_kiosk_get_stick (self->kiosk);
  KouanPhone *phone = kouan_kiosk_get_phone (self->kiosk);
  KouanCamera *camera = kouan_kiosk_get_document_camera (self->kiosk);

  if (scanner != NULL)
    kouan_choice_list_add (list, "scanner", "scanner", _ ("Scan the paper"),
                           _ ("Lay it on the glass, face down, and close the lid"));
  if (camera != NULL)
    kouan_choice_list_add (list, "camera", "camera", _ ("Lay it under the camera"),
                           _ ("For passports, bound papers and what is folded"));
  if (phone != NULL)
    kouan_choice_list_add (list, "phone", "phone", _ ("Send it from my phone"),
                           _ ("Take a picture of it, or send a file. You need no internet"));
  if (stick != NULL)
    kouan_choice_list_add (list, "stick", "stick", _ ("Take it from my stick"),
                           kouan_stick_is_present (stick) ? _ ("PDF files and pictures")
                                                          : _ ("Put your USB stick in first"));
  return scanner != NULL || camera != NULL || phone != NULL || stick != NULL;
}

static void
show_ways (KouanPageSource *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *list = kouan_choice_list_new (_ ("Ways"));

  gtk_box_append (GTK_BOX (box), list);
  if (!add_ways (self, KOUAN_CHOICE_LIST (list)))
    gtk_box_append (GTK_BOX (box),
                    kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("This kiosk takes no papers now"),
                                      _ ("Go on without them and bring them to a desk with your "
                                         "receipt.")));
  g_signal_connect (list, "chosen", G_CALLBACK (on_way_chosen), self);
  set_child (self, box);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
on_stick_present (KouanStick *stick G_GNUC_UNUSED,
                  GParamSpec *pspec G_GNUC_UNUSED,
                  KouanPageSource *self)
{
  if (self->part == NULL)
    show_ways (self);
}

/* From the start: which way? */
void
kouan_page_source_begin (KouanPageSource *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_SOURCE (self));

  show_ways (self);
}

/* Returns: whether there was something to go back from */
gboolean
kouan_page_source_back (KouanPageSource *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_SOURCE (self), FALSE);

  if (self->part == NULL)
    return FALSE;
  if (!kouan_source_part_back (self->part))
    kouan_page_source_begin (self);
  return TRUE;
}

const char *
kouan_page_source_get_title (KouanPageSource *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_SOURCE (self), NULL);

  return self->part != NULL ? kouan_source_part_get_title (self->part)
                            : N_ ("Where is this paper?");
}

/* Returns: (nullable) */
const char *
kouan_page_source_get_primary (KouanPageSource *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_SOURCE (self), NULL);

  return self->part != NULL ? kouan_source_part_get_primary (self->part) : NULL;
}

void
kouan_page_source_press_primary (KouanPageSource *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_SOURCE (self));

  if (kouan_page_source_get_primary (self) != NULL)
    kouan_source_part_press_primary (self->part);
}

static void
kouan_page_source_dispose (GObject *object)
{
  KouanPageSource *self = KOUAN_PAGE_SOURCE (object);

  set_child (self, NULL);
  g_clear_object (&self->kiosk);
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
kouan_page_source_init (KouanPageSource *self G_GNUC_UNUSED)
{
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
