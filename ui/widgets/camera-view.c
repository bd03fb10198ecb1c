/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/camera-view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/canvas.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/text.h"

#include <math.h>

/* The picture covers the view; over it lies a frame in the shape of what is held up, light inside a
 * dark line so that it is seen over any picture. What the kiosk sees stands below in words, with
 * the symbol of its kind, and is announced as it changes. */

#define AIM_SHARE 0.78      /* of the view's narrower side */
#define PICTURE_ASPECT 0.75 /* height to width: most cameras' own, or a little taller */
#define CORNER 0.16         /* of the frame's narrower side */

static const double ASPECTS[] = {
  [KOUAN_AIM_NOTHING] = 0,      [KOUAN_AIM_CODE] = 1,           [KOUAN_AIM_PASSPORT] = 125.0 / 88,
  [KOUAN_AIM_CARD] = 85.6 / 54, [KOUAN_AIM_PAGE] = 210.0 / 297, [KOUAN_AIM_FACE] = 3.0 / 4,
};

struct _KouanCameraView
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  KouanCanvas *canvas;
  GtkWidget *frame;
  GtkWidget *status_row;
  GtkWidget *status_icon;
  GtkWidget *status;
  KouanAim aim;
  KouanNoticeKind kind;
};

G_DEFINE_FINAL_TYPE (KouanCameraView, kouan_camera_view, GTK_TYPE_WIDGET)

static void
trace_corners (cairo_t *cr, double x, double y, double width, double height)
{
  double corner = CORNER * MIN (width, height);

  for (guint i = 0; i < 4; i++)
    {
      double cx = i % 2 == 0 ? x : x + width;
      double cy = i < 2 ? y : y + height;
      double dx = i % 2 == 0 ? corner : -corner;
      double dy = i < 2 ? corner : -corner;

      cairo_move_to (cr, cx + dx, cy);
      cairo_line_to (cr, cx, cy);
      cairo_line_to (cr, cx, cy + dy);
    }
}

static void
trace_oval (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_save (cr);
  cairo_translate (cr, x + width / 2, y + height / 2);
  cairo_scale (cr, width / 2, height / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore (cr);
}

static void
draw_frame (GtkDrawingArea *area G_GNUC_UNUSED, cairo_t *cr, int width, int height, gpointer data)
{
  KouanCameraView *self = KOUAN_CAMERA_VIEW (data);
  double aspect = ASPECTS[self->aim];
  double across;
  double down;

  if (aspect <= 0)
    return;
  across = MIN (width * AIM_SHARE, height * AIM_SHARE * aspect);
  down = across / aspect;

  if (self->aim == KOUAN_AIM_FACE)
    trace_oval (cr, (width - across) / 2, (height - down) / 2, across, down);
  else
    trace_corners (cr, (width - across) / 2, (height - down) / 2, across, down);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb (cr, 0.06, 0.09, 0.11);
  cairo_set_line_width (cr, 14);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 8);
  cairo_stroke (cr);
}

static void
kouan_camera_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_camera_view_parent_class)->dispose (object);
}

static void
kouan_camera_view_class_init (KouanCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_camera_view_dispose;
  gtk_widget_class_set_css_name (widget_class, "cameraview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
picture_new (KouanCameraView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->canvas = KOUAN_CANVAS (kouan_canvas_new ());
  kouan_canvas_set_cover (self->canvas, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->canvas), "live");
  kouan_canvas_set_aspect (self->canvas, PICTURE_ASPECT);
  self->frame = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->frame), draw_frame, self, NULL);
  gtk_widget_set_can_target (self->frame, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->frame);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "camera-picture");
  return overlay;
}

static void
kouan_camera_view_init (KouanCameraView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->overlay = picture_new (self);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));

  self->status_row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                   "spacing", 16, NULL);
  gtk_widget_add_css_class (self->status_row, "camera-status");
  self->status_icon = kouan_icon_new ("camera");
  gtk_widget_add_css_class (self->status_icon, "plain");
  self->status = kouan_text_new (NULL);
  gtk_widget_add_css_class (self->status, "strong");
  gtk_widget_set_hexpand (self->status, TRUE);
  gtk_box_append (GTK_BOX (self->status_row), self->status_icon);
  gtk_box_append (GTK_BOX (self->status_row), self->status);
  gtk_widget_set_parent (self->status_row, GTK_WIDGET (self));
}

/* Returns: (transfer floating): a view that waits for its first picture; @description says what to
 * hold up */
GtkWidget *
kouan_camera_view_new (KouanAim aim, const char *description)
{
  KouanCameraView *self = g_object_new (KOUAN_TYPE_CAMERA_VIEW, NULL);

  g_return_val_if_fail (aim < G_N_ELEMENTS (ASPECTS), GTK_WIDGET (self));

  self->aim = aim;
  kouan_accessible_set_name (GTK_WIDGET (self), description);
  kouan_accessible_set_name (GTK_WIDGET (self->canvas), description);
  kouan_camera_view_set_status (self, KOUAN_NOTICE_INFO, description);
  return GTK_WIDGET (self);
}

/* The next frame; see kouan_canvas_set_pixels(). */
void
kouan_camera_view_set_pixels (KouanCameraView *self,
                              GBytes *pixels,
                              GdkMemoryFormat format,
                              int width,
                              int height,
                              gsize stride)
{
  g_return_if_fail (KOUAN_IS_CAMERA_VIEW (self));

  kouan_canvas_set_pixels (self->canvas, pixels, format, width, height, stride);
}

void
kouan_camera_view_clear (KouanCameraView *self)
{
  g_return_if_fail (KOUAN_IS_CAMERA_VIEW (self));

  kouan_canvas_clear (self->canvas);
}

void
kouan_camera_view_set_mirrored (KouanCameraView *self, gboolean mirrored)
{
  g_return_if_fail (KOUAN_IS_CAMERA_VIEW (self));

  kouan_canvas_set_mirrored (self->canvas, mirrored);
}

/* The whole picture, with bars beside it, instead of filling the view with a part of it. */
void
kouan_camera_view_set_whole (KouanCameraView *self, gboolean whole)
{
  g_return_if_fail (KOUAN_IS_CAMERA_VIEW (self));

  kouan_canvas_set_cover (self->canvas, !whole);
}

/* @status: "Hold it closer", "Too dark", "Got it" */
void
kouan_camera_view_set_status (KouanCameraView *self, KouanNoticeKind kind, const char *status)
{
  g_return_if_fail (KOUAN_IS_CAMERA_VIEW (self));
  g_return_if_fail (status != NULL);

  if (kind == self->kind && g_str_equal (status, gtk_label_get_label (GTK_LABEL (self->status))))
    return;

  gtk_widget_remove_css_class (self->status_row, kouan_notice_kind_class (self->kind));
  gtk_widget_add_css_class (self->status_row, kouan_notice_kind_class (kind));
  self->kind = kind;
  kouan_drawing_set_name (KOUAN_DRAWING (self->status_icon),
                          kind == KOUAN_NOTICE_INFO ? "camera" : kouan_notice_kind_icon (kind));
  gtk_label_set_label (GTK_LABEL (self->status), status);
  kouan_accessible_set_name (self->status_row, status);
}
