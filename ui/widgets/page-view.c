/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/page-view.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/canvas.h"

/* Looks at a page: three enlargements, and four arrows that move about in an enlarged page. A
 * finger may drag it as well, but need not. */

#define TALLEST 900 /* pixels: what the buttons below it leave of an upright screen */
#define ZOOM_LEVELS 4
#define STEP 0.25 /* of what is in sight */

static const double ZOOMS[ZOOM_LEVELS] = { 1, 1.75, 3, 5 };

typedef enum
{
  ACTION_SMALLER,
  ACTION_LARGER,
  ACTION_LEFT,
  ACTION_RIGHT,
  ACTION_UP,
  ACTION_DOWN,
  N_ACTIONS,
} Action;

static const struct
{
  const char *icon;
  const char *name;
  int across;
  int down;
} ACTIONS[N_ACTIONS] = {
  [ACTION_SMALLER] = { "minus", N_ ("Show the page smaller"), 0, 0 },
  [ACTION_LARGER] = { "plus", N_ ("Show the page larger"), 0, 0 },
  [ACTION_LEFT] = { "arrow-left", N_ ("Show what is to the left"), -1, 0 },
  [ACTION_RIGHT] = { "arrow-right", N_ ("Show what is to the right"), 1, 0 },
  [ACTION_UP] = { "arrow-up", N_ ("Show what is above"), 0, -1 },
  [ACTION_DOWN] = { "arrow-down", N_ ("Show what is below"), 0, 1 },
};

struct _KouanPageView
{
  GtkWidget parent_instance;

  KouanCanvas *canvas;
  GtkWidget *row;
  GtkWidget *buttons[N_ACTIONS];
  guint zoom;
  double x;
  double y;
  double drag_x; /* where a drag began */
  double drag_y;
};

G_DEFINE_FINAL_TYPE (KouanPageView, kouan_page_view, GTK_TYPE_WIDGET)

static void
update (KouanPageView *self)
{
  double margin = 0.5 / ZOOMS[self->zoom];

  self->x = CLAMP (self->x, margin, 1 - margin);
  self->y = CLAMP (self->y, margin, 1 - margin);
  kouan_canvas_set_zoom (self->canvas, ZOOMS[self->zoom], self->x, self->y);
  gtk_widget_set_sensitive (self->buttons[ACTION_SMALLER], self->zoom > 0);
  gtk_widget_set_sensitive (self->buttons[ACTION_LARGER], self->zoom + 1 < ZOOM_LEVELS);
  for (Action action = ACTION_LEFT; action < N_ACTIONS; action++)
    gtk_widget_set_sensitive (self->buttons[action], self->zoom > 0);
}

static void
on_clicked (GtkButton *button, KouanPageView *self)
{
  Action action = 0;

  while (action < N_ACTIONS && self->buttons[action] != GTK_WIDGET (button))
    action++;
  g_assert (action < N_ACTIONS);

  if (action == ACTION_SMALLER && self->zoom > 0)
    self->zoom--;
  else if (action == ACTION_LARGER && self->zoom + 1 < ZOOM_LEVELS)
    self->zoom++;
  self->x += ACTIONS[action].across * STEP / ZOOMS[self->zoom];
  self->y += ACTIONS[action].down * STEP / ZOOMS[self->zoom];
  update (self);
}

static void
on_drag_begin (GtkGestureDrag *gesture G_GNUC_UNUSED,
               double x G_GNUC_UNUSED,
               double y G_GNUC_UNUSED,
               KouanPageView *self)
{
  self->drag_x = self->x;
  self->drag_y = self->y;
}

static void
on_drag_update (GtkGestureDrag *gesture G_GNUC_UNUSED, double x, double y, KouanPageView *self)
{
  graphene_rect_t bounds = kouan_canvas_get_picture_bounds (self->canvas);

  if (self->zoom == 0 || bounds.size.width <= 0)
    return;
  self->x = self->drag_x - x / (double)bounds.size.width;
  self->y = self->drag_y - y / (double)bounds.size.height;
  update (self);
}

static void
kouan_page_view_dispose (GObject *object)
{
  KouanPageView *self = KOUAN_PAGE_VIEW (object);
  GtkWidget *canvas = GTK_WIDGET (g_steal_pointer (&self->canvas));

  g_clear_pointer (&canvas, gtk_widget_unparent);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_page_view_parent_class)->dispose (object);
}

static void
kouan_page_view_class_init (KouanPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_page_view_dispose;
  gtk_widget_class_set_css_name (widget_class, "pageview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kouan_page_view_init (KouanPageView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), KOUAN_TOUCH_GAP);
  self->canvas = KOUAN_CANVAS (kouan_canvas_new ());
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));

  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  gtk_widget_set_direction (self->row, GTK_TEXT_DIR_LTR); /* left is left */
  gtk_widget_set_halign (self->row, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  for (Action action = 0; action < N_ACTIONS; action++)
    {
      self->buttons[action] = kouan_button_new (ACTIONS[action].icon, NULL);
      kouan_accessible_set_name (self->buttons[action], _ (ACTIONS[action].name));
      g_signal_connect (self->buttons[action], "clicked", G_CALLBACK (on_clicked), self);
      gtk_box_append (GTK_BOX (self->row), self->buttons[action]);
    }
  self->x = self->y = 0.5;
  update (self);
}

/* Returns: (transfer floating): a view without a page; @description: "Page 1 of 3 of your contract"
 */
GtkWidget *
kouan_page_view_new (const char *description)
{
  KouanPageView *self = g_object_new (KOUAN_TYPE_PAGE_VIEW, NULL);

  kouan_accessible_set_name (GTK_WIDGET (self->canvas), description);
  kouan_accessible_set_name (GTK_WIDGET (self), description);
  return GTK_WIDGET (self);
}

/* Shows a page as a whole; see kouan_canvas_set_pixels(). */
void
kouan_page_view_set_pixels (
  KouanPageView *self, GBytes *pixels, GdkMemoryFormat format, int width, int height, gsize stride)
{
  g_return_if_fail (KOUAN_IS_PAGE_VIEW (self));

  kouan_canvas_set_pixels (self->canvas, pixels, format, width, height, stride);
  kouan_canvas_set_aspect (self->canvas, (double)height / width);
  kouan_canvas_set_tallest (self->canvas, TALLEST);
  self->zoom = 0;
  self->x = self->y = 0.5;
  update (self);
}

/* The same page in fewer pixels; see kouan_canvas_add_smaller(). */
void
kouan_page_view_add_smaller (
  KouanPageView *self, GBytes *pixels, int width, int height, gsize stride)
{
  g_return_if_fail (KOUAN_IS_PAGE_VIEW (self));

  kouan_canvas_add_smaller (self->canvas, pixels, width, height, stride);
}

void
kouan_page_view_clear (KouanPageView *self)
{
  g_return_if_fail (KOUAN_IS_PAGE_VIEW (self));

  kouan_canvas_clear (self->canvas);
}

gboolean
kouan_page_view_has_page (KouanPageView *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_VIEW (self), FALSE);

  return kouan_canvas_has_picture (self->canvas);
}

/* Returns: 0 for the whole page, then one for each enlargement */
guint
kouan_page_view_get_zoom (KouanPageView *self)
{
  g_return_val_if_fail (KOUAN_IS_PAGE_VIEW (self), 0);

  return self->zoom;
}
