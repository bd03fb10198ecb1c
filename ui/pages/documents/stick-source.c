/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/stick-source.h"

#include "app/language/language.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/drawing.h"

/* What a stick holds is shown as our own list, never as a file chooser; what a file holds is read
 * in the locked room and nowhere else. */

#define DRAWING_HEIGHT 260

struct _KouanStickSource
{
  KouanSourcePart parent_instance;

  GPtrArray *files; /* of KouanStickFile, while they are shown */
};

G_DEFINE_FINAL_TYPE (KouanStickSource, kouan_stick_source, KOUAN_TYPE_SOURCE_PART)

static KouanStick *
stick_of (KouanStickSource *self)
{
  return kouan_kiosk_get_stick (kouan_source_part_get_kiosk (KOUAN_SOURCE_PART (self)));
}

static void
on_pixels_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanSourcePart) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = kouan_pixels_read_finish (KOUAN_PIXELS (source), result, &error);

  if (pages == NULL)
    kouan_source_part_fail (self, error, TRUE);
  else
    kouan_source_part_take_pages (self, pages);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanSourcePart) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kouan_stick_read_finish (KOUAN_STICK (source), result, &error);

  if (bytes == NULL)
    {
      kouan_source_part_fail (self, error, TRUE);
      return;
    }
  kouan_pixels_read_async (kouan_kiosk_get_pixels (kouan_source_part_get_kiosk (self)), bytes,
                           kouan_source_part_get_cancellable (self), on_pixels_ready,
                           g_object_ref (self));
}

static void
on_file_chosen (KouanChoiceList *list G_GNUC_UNUSED, const char *id, KouanStickSource *self)
{
  KouanSourcePart *part = KOUAN_SOURCE_PART (self);
  guint64 index = g_ascii_strtoull (id, NULL, 10);

  g_return_if_fail (self->files != NULL && index < self->files->len);

  kouan_source_part_show_progress (part, N_ ("One moment"), _ ("Reading your file"));
  kouan_stick_read_async (stick_of (self), g_ptr_array_index (self->files, index),
                          kouan_source_part_get_cancellable (part), on_file_read,
                          g_object_ref (self));
}

static void
add_file (KouanStickSource *self, KouanChoiceList *list, guint index)
{
  KouanStickFile *file = g_ptr_array_index (self->files, index);
  g_autofree char *id = g_strdup_printf ("%u", index);
  g_autofree char *size = g_format_size (file->size);
  g_autofree char *kind = g_ascii_strup (kouan_file_kind_name (file->kind), -1);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", kind, size);

  kouan_choice_list_add (list, id, "document", file->name, subtitle);
}

static void
show_files (KouanStickSource *self, gboolean complete)
{
  KouanSourcePart *part = KOUAN_SOURCE_PART (self);
  GtkWidget *list = kouan_choice_list_new (_ ("Files on your stick"));
  guint shown = 0;

  kouan_source_part_clear (part, N_ ("Choose your file"));
  for (guint i = 0; i < self->files->len; i++)
    if (kouan_stick_file_is_taken (g_ptr_array_index (self->files, i)))
      {
        add_file (self, KOUAN_CHOICE_LIST (list), i);
        shown++;
      }
  if (shown == 0)
    kouan_source_part_add (part, kouan_illustration_new ("stick", DRAWING_HEIGHT));
  if (shown == 0)
    kouan_source_part_add (
      part, kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("No paper that we can read is on it"),
                              _ ("We read PDF files and pictures. Put the file on the "
                                 "stick again, or lay the paper on the scanner.")));
  else if (!complete)
    kouan_source_part_add (
      part, kouan_notice_new (KOUAN_NOTICE_INFO, _ ("There is more on the stick"),
                              _ ("Put your papers into the first folder if one is missing here.")));
  g_signal_connect (list, "chosen", G_CALLBACK (on_file_chosen), self);
  kouan_source_part_add (part, list);
}

static void
on_files_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanStickSource) self = data;
  g_autoptr (GError) error = NULL;
  gboolean complete;
  GPtrArray *files = kouan_stick_list_finish (KOUAN_STICK (source), result, &complete, &error);

  if (files == NULL)
    {
      kouan_source_part_fail (KOUAN_SOURCE_PART (self), error, TRUE);
      return;
    }
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  show_files (self, complete);
}

static void
kouan_stick_source_begin (KouanSourcePart *part)
{
  KouanStickSource *self = KOUAN_STICK_SOURCE (part);

  kouan_source_part_show_progress (part, N_ ("One moment"), _ ("Looking at your stick"));
  kouan_stick_list_async (stick_of (self), kouan_source_part_get_cancellable (part),
                          on_files_listed, g_object_ref (self));
}

static void
kouan_stick_source_finalize (GObject *object)
{
  g_clear_pointer (&KOUAN_STICK_SOURCE (object)->files, g_ptr_array_unref);
  G_OBJECT_CLASS (kouan_stick_source_parent_class)->finalize (object);
}

static void
kouan_stick_source_class_init (KouanStickSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_stick_source_finalize;
  KOUAN_SOURCE_PART_CLASS (klass)->begin = kouan_stick_source_begin;
}

static void
kouan_stick_source_init (KouanStickSource *self G_GNUC_UNUSED)
{
}
