/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/canvas.h"

#include <math.h>

/* Shows pixels: a page that was scanned, a frame from the camera. The picture fits inside, or
 * covers the whole of it and is cut at the edges; enlarged, the point (x, y) of the picture is in
 * the middle as far as the picture's own edges allow.
 *
 * Without a graphics card a picture is made smaller whenever it is drawn, and converted before
 * that, all of it. So only the part that is in sight is handed on, of the smallest size of the
 * picture that has pixels enough. */

#define NATURAL_SIDE 640
#define MINIMUM_SIDE 120
#define MINIMUM_HEIGHT 240 /* of one that has a shape: less shows nothing to aim with */
#define UPRIGHT_WIDTH 960  /* a column that is wider stands on a screen that is low */

typedef struct
{
  GBytes *pixels;
  int width;
  int height;
  gsize stride;
} Size;

struct _KouanCanvas
{
  GtkWidget parent_instance;

  GArray *sizes; /* of Size, the picture itself first and then smaller ones; empty: no picture */
  GdkMemoryFormat format;
  gboolean mirrored;
  gboolean cover;
  double aspect; /* height to width that it asks for; 0: a square of its own size */
  int tallest;   /* that it asks for; 0: as tall as its shape */
  double zoom;   /* 1: fits */
  double x;      /* 0 to 1 of the picture */
  double y;
};

G_DEFINE_FINAL_TYPE (KouanCanvas, kouan_canvas, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
kouan_canvas_get_request_mode (GtkWidget *widget)
{
  return KOUAN_CANVAS (widget)->aspect > 0 ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                           : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static int
natural_height (KouanCanvas *self, int width)
{
  int height = MAX (MINIMUM_HEIGHT, (int)(width * self->aspect));

  if (self->tallest == 0)
    return height;
  return MIN (height, width <= UPRIGHT_WIDTH ? self->tallest : NATURAL_SIDE);
}

static void
kouan_canvas_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline G_GNUC_UNUSED,
                      int *natural_baseline G_GNUC_UNUSED)
{
  KouanCanvas *self = KOUAN_CANVAS (widget);
  gboolean shaped = self->aspect > 0 && orientation == GTK_ORIENTATION_VERTICAL;

  *minimum = shaped ? MINIMUM_HEIGHT : MINIMUM_SIDE;
  *natural = shaped && for_size >= 0 ? natural_height (self, for_size) : NATURAL_SIDE;
}

/* Where a side of @length goes in @room, with the point @at in the middle if the edges allow. */
static double
offset (double room, double length, double at)
{
  if (length <= room)
    return (room - length) / 2;
  return CLAMP (room / 2 - length * at, room - length, 0);
}

/* Returns: where the picture is drawn, in the coordinates of the widget; larger than the widget
 * when enlarged, empty without a picture */
graphene_rect_t
kouan_canvas_get_picture_bounds (KouanCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double across;
  double down;
  double scale;
  const Size *picture;

  g_return_val_if_fail (KOUAN_IS_CANVAS (self), GRAPHENE_RECT_INIT (0, 0, 0, 0));

  if (self->sizes->len == 0 || width <= 0 || height <= 0)
    return GRAPHENE_RECT_INIT (0, 0, 0, 0);

  picture = &g_array_index (self->sizes, Size, 0);
  across = width / picture->width;
  down = height / picture->height;
  scale = (self->cover ? MAX (across, down) : MIN (across, down)) * self->zoom;
  across = picture->width * scale;
  down = picture->height * scale;
  return GRAPHENE_RECT_INIT ((float)offset (width, across, self->x),
                             (float)offset (height, down, self->y), (float)across, (float)down);
}

static void
clear_size (gpointer data)
{
  g_bytes_unref (((Size *)data)->pixels);
}

/* The smallest one that does not have to be enlarged to be @width wide. */
static const Size *
size_for (KouanCanvas *self, float width)
{
  const Size *best = &g_array_index (self->sizes, Size, 0);

  for (guint i = 1; i < self->sizes->len; i++)
    {
      const Size *size = &g_array_index (self->sizes, Size, i);

      if ((float)size->width >= width && size->width < best->width)
        best = size;
    }
  return best;
}

/* Where what is in sight begins and ends, in pixels of a side of @pixels that is drawn from @from,
 * @length long, into @room; one pixel more on both ends, that scaling looks at. */
static void
part_in_sight (int pixels, float from, float length, float room, int *begin, int *end)
{
  *begin = CLAMP ((int)floorf (-from / length * (float)pixels) - 1, 0, pixels - 1);
  *end = CLAMP ((int)ceilf ((room - from) / length * (float)pixels) + 1, *begin + 1, pixels);
}

static void
append_part (KouanCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  const Size *size = size_for (self, bounds->size.width);
  float across = bounds->size.width / (float)size->width;
  float down = bounds->size.height / (float)size->height;
  gsize pixel = self->format == GDK_MEMORY_R8G8B8 ? 3 : 4;
  int left, right, top, bottom;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gsize begin, end;

  part_in_sight (size->width, bounds->origin.x, bounds->size.width,
                 (float)gtk_widget_get_width (GTK_WIDGET (self)), &left, &right);
  part_in_sight (size->height, bounds->origin.y, bounds->size.height,
                 (float)gtk_widget_get_height (GTK_WIDGET (self)), &top, &bottom);
  begin = (gsize)top * size->stride + (gsize)left * pixel;
  end = (gsize)(bottom - 1) * size->stride + (gsize)right * pixel;
  part = g_bytes_new_from_bytes (size->pixels, begin, end - begin);
  texture = gdk_memory_texture_new (right - left, bottom - top, self->format, part, size->stride);
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT (bounds->origin.x + (float)left * across,
                                                    bounds->origin.y + (float)top * down,
                                                    (float)(right - left) * across,
                                                    (float)(bottom - top) * down));
}

static void
kouan_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanCanvas *self = KOUAN_CANVAS (widget);
  graphene_rect_t bounds = kouan_canvas_get_picture_bounds (self);
  float width = (float)gtk_widget_get_width (widget);

  if (bounds.size.width <= 0)
    return;

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, width, (float)gtk_widget_get_height (widget)));
  gtk_snapshot_save (snapshot);
  if (self->mirrored)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  append_part (self, snapshot, &bounds);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
kouan_canvas_finalize (GObject *object)
{
  g_array_unref (KOUAN_CANVAS (object)->sizes);
  G_OBJECT_CLASS (kouan_canvas_parent_class)->finalize (object);
}

static void
kouan_canvas_class_init (KouanCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kouan_canvas_finalize;
  widget_class->get_request_mode = kouan_canvas_get_request_mode;
  widget_class->measure = kouan_canvas_measure;
  widget_class->snapshot = kouan_canvas_snapshot;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kouan_canvas_init (KouanCanvas *self)
{
  self->sizes = g_array_new (FALSE, FALSE, sizeof (Size));
  g_array_set_clear_func (self->sizes, clear_size);
  self->zoom = 1;
  self->x = 0.5;
  self->y = 0.5;
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
kouan_canvas_new (void)
{
  return g_object_new (KOUAN_TYPE_CANVAS, NULL);
}

/**
 * kouan_canvas_set_pixels:
 * @pixels: (transfer none): kept, not copied
 * @format: %GDK_MEMORY_R8G8B8 for a page, %GDK_MEMORY_B8G8R8A8 for a camera
 * @stride: bytes a row
 */
void
kouan_canvas_set_pixels (
  KouanCanvas *self, GBytes *pixels, GdkMemoryFormat format, int width, int height, gsize stride)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));
  g_return_if_fail (pixels != NULL);
  g_return_if_fail (width > 0 && height > 0);

  g_array_set_size (self->sizes, 0);
  self->format = format;
  kouan_canvas_add_smaller (self, pixels, width, height, stride);
}

/**
 * kouan_canvas_add_smaller:
 * @pixels: (transfer none): kept, not copied; the same picture in the same format
 * @width: fewer than the picture's
 *
 * One more size of the picture, which is drawn where it has pixels enough.
 */
void
kouan_canvas_add_smaller (KouanCanvas *self, GBytes *pixels, int width, int height, gsize stride)
{
  Size size = { pixels, width, height, stride };

  g_return_if_fail (KOUAN_IS_CANVAS (self));
  g_return_if_fail (pixels != NULL);
  g_return_if_fail (width > 0 && height > 0);

  g_bytes_ref (pixels);
  g_array_append_val (self->sizes, size);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kouan_canvas_clear (KouanCanvas *self)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));

  g_array_set_size (self->sizes, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
kouan_canvas_has_picture (KouanCanvas *self)
{
  g_return_val_if_fail (KOUAN_IS_CANVAS (self), FALSE);

  return self->sizes->len > 0;
}

/* As in a mirror: for a camera that looks at the person. */
void
kouan_canvas_set_mirrored (KouanCanvas *self, gboolean mirrored)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));

  self->mirrored = mirrored;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @aspect: height to width that it asks for, and that it may be lower than where room is short; 0
 * asks for a square */
void
kouan_canvas_set_aspect (KouanCanvas *self, double aspect)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));
  g_return_if_fail (aspect >= 0);

  self->aspect = aspect;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* @tallest: in pixels, what it asks for at most where the screen stands upright; on a low one as
 * much as without a shape */
void
kouan_canvas_set_tallest (KouanCanvas *self, int tallest)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));
  g_return_if_fail (tallest >= 0);

  self->tallest = tallest;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Fills the widget and cuts what is over, rather than leaving bars. */
void
kouan_canvas_set_cover (KouanCanvas *self, gboolean cover)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));

  self->cover = cover;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @zoom: 1 or more; @x, @y: the point of the picture for the middle, 0 to 1 */
void
kouan_canvas_set_zoom (KouanCanvas *self, double zoom, double x, double y)
{
  g_return_if_fail (KOUAN_IS_CANVAS (self));
  g_return_if_fail (zoom >= 1);

  self->zoom = zoom;
  self->x = CLAMP (x, 0, 1);
  self->y = CLAMP (y, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
