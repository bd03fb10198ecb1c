/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/documents/camera-source.h"

#include "app/devices/camera-still.h"
#include "app/devices/paper-watch.h"
#include "app/language/language.h"
#include "ui/widgets/camera-view.h"
#include "ui/window/window.h"

/* The live picture, a frame to aim at, and what the camera sees; one button takes it, as large as
 * the camera can. It may be pressed whatever is seen: the look is a help, and the page is judged
 * when it is there. The picture stands still from the press on, which says that it was taken. */

#define AROUND_VIEW 565         /* px: header, title and foot of a page in landscape */
#define AROUND_VIEW_COMPACT 430 /* on a screen lower than COMPACT_HEIGHT */
#define COMPACT_HEIGHT 900
#define VIEW_HEIGHT_MIN 260

struct _KouanCameraSource
{
  KouanSourcePart parent_instance;

  KouanCamera *camera; /* while it is shown */
  KouanPaperWatch *watch;
  KouanCameraView *view; /* (nullable) */
  gboolean taking;
};

G_DEFINE_FINAL_TYPE (KouanCameraSource, kouan_camera_source, KOUAN_TYPE_SOURCE_PART)

static const struct
{
  KouanNoticeKind kind;
  const char *text;
} sights[] = {
  [KOUAN_PAPER_NONE] = { KOUAN_NOTICE_INFO, N_ ("Lay the paper into the frame") },
  [KOUAN_PAPER_DARK]
  = { KOUAN_NOTICE_WARNING, N_ ("It is too dark. Take your hand and shadow away") },
  [KOUAN_PAPER_GLARE]
  = { KOUAN_NOTICE_WARNING, N_ ("A light is mirrored. Turn or tilt the paper") },
  [KOUAN_PAPER_FAR] = { KOUAN_NOTICE_WARNING, N_ ("Too small. Move the paper closer") },
  [KOUAN_PAPER_CUT] = { KOUAN_NOTICE_WARNING, N_ ("A part is outside. Move it into the frame") },
  [KOUAN_PAPER_MOVING] = { KOUAN_NOTICE_INFO, N_ ("Hold it still") },
  [KOUAN_PAPER_READY] = { KOUAN_NOTICE_SUCCESS, N_ ("Good. Take the picture") },
};

static void
say (KouanCameraSource *self, KouanNoticeKind kind, const char *text)
{
  if (self->view != NULL)
    kouan_camera_view_set_status (self->view, kind, text);
}

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanCameraSource *self)
{
  if (self->view != NULL && !self->taking)
    kouan_camera_view_set_pixels (self->view, frame->pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                  frame->width, frame->height, frame->stride);
}

static void
on_gray (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanCameraSource *self)
{
  KouanPaperSight sight;

  if (self->taking)
    return;
  sight = kouan_paper_watch_look (self->watch, frame);
  say (self, sights[sight].kind, _ (sights[sight].text));
}

static void
on_state (KouanCamera *camera, GParamSpec *pspec G_GNUC_UNUSED, KouanCameraSource *self)
{
  KouanDeviceState state = kouan_camera_get_state (camera);

  if (state == KOUAN_DEVICE_OFFLINE || state == KOUAN_DEVICE_FAILED)
    say (self, KOUAN_NOTICE_PROBLEM,
         _ ("The camera does not work now. Go back and choose another way."));
}

static void
on_still (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanCameraSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  KouanPage *page = kouan_camera_still_finish (KOUAN_CAMERA (source), result, &error);

  self->taking = FALSE;
  if (page == NULL)
    {
      kouan_source_part_fail (KOUAN_SOURCE_PART (self), error, TRUE);
      return;
    }
  pages = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_page_unref);
  g_ptr_array_add (pages, page);
  kouan_source_part_take_pages (KOUAN_SOURCE_PART (self), pages);
}

static void
kouan_camera_source_primary (KouanSourcePart *part)
{
  KouanCameraSource *self = KOUAN_CAMERA_SOURCE (part);

  self->taking = TRUE;
  kouan_source_part_hold (part, N_ ("One moment"));
  kouan_camera_still_async (self->camera, kouan_source_part_get_cancellable (part), on_still,
                            g_object_ref (self));
}

/* Picture and words of it are seen whole without scrolling, in landscape too.
 *
 * Returns: (transfer floating): what holds @view */
static GtkWidget *
hold (KouanCameraSource *self, GtkWidget *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *frame;
  int height, room;

  if (!KOUAN_IS_WINDOW (root) || kouan_window_is_portrait (KOUAN_WINDOW (root)))
    return view;
  height = gtk_widget_get_height (GTK_WIDGET (root));
  room = height - (height < COMPACT_HEIGHT ? AROUND_VIEW_COMPACT : AROUND_VIEW);
  room = MAX (room, VIEW_HEIGHT_MIN);
  frame = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (frame, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (frame), room);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), room);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  return frame;
}

static void
kouan_camera_source_begin (KouanSourcePart *part)
{
  KouanCameraSource *self = KOUAN_CAMERA_SOURCE (part);
  KouanCamera *camera = kouan_kiosk_get_document_camera (kouan_source_part_get_kiosk (part));

  self->camera = g_object_ref (camera);
  self->watch = kouan_paper_watch_new ();
  self->view = KOUAN_CAMERA_VIEW (
    kouan_camera_view_new (KOUAN_AIM_PAGE, _ ("What the camera above the tray sees")));
  kouan_camera_view_set_whole (self->view, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  kouan_source_part_clear (part, N_ ("Lay the paper under the camera"));
  kouan_source_part_add (part, hold (self, GTK_WIDGET (self->view)));
  kouan_source_part_set_primary (part, _ ("Take the picture"));
  g_signal_connect_object (camera, "picture", G_CALLBACK (on_picture), self, 0);
  g_signal_connect_object (camera, "gray", G_CALLBACK (on_gray), self, 0);
  g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_state), self, 0);
  kouan_camera_start (camera);
}

static void
kouan_camera_source_dispose (GObject *object)
{
  KouanCameraSource *self = KOUAN_CAMERA_SOURCE (object);

  self->view = NULL;
  if (self->camera != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->camera, self);
      kouan_camera_stop (self->camera);
    }
  g_clear_object (&self->camera);
  g_clear_pointer (&self->watch, kouan_paper_watch_free);
  G_OBJECT_CLASS (kouan_camera_source_parent_class)->dispose (object);
}

static void
kouan_camera_source_class_init (KouanCameraSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_camera_source_dispose;
  KOUAN_SOURCE_PART_CLASS (klass)->begin = kouan_camera_source_begin;
  KOUAN_SOURCE_PART_CLASS (klass)->primary = kouan_camera_source_primary;
}

static void
kouan_camera_source_init (KouanCameraSource *self G_GNUC_UNUSED)
{
}
