/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/overlay.h"
#include "ui/harden/harden.h"
#include "ui/widgets/column.h"

/* Lays one panel over the page. While it is open the page is dimmed and takes neither presses nor
 * focus, and what is spoken is the panel; when it closes, the focus returns to where it was. A
 * second panel replaces the first: there is never more than one thing to answer. */

#define PANEL_WIDTH 840
#define WIDE_PANEL_WIDTH 1400

struct _KouanOverlay
{
  GtkWidget parent_instance;

  GtkWidget *page;         /* (nullable) */
  GtkWidget *shade;        /* fills the overlay while a panel is open */
  GtkWidget *column;       /* holds the panel */
  KouanPanel *panel;       /* (nullable) */
  GtkWidget *focus_before; /* (nullable), weak */
};

G_DEFINE_FINAL_TYPE (KouanOverlay, kouan_overlay, GTK_TYPE_WIDGET)

static void
cancel (KouanOverlay *self)
{
  if (self->panel != NULL)
    g_signal_emit_by_name (self->panel, "cancelled");
}

static void
on_shade_pressed (GtkGestureClick *gesture G_GNUC_UNUSED,
                  int n_press G_GNUC_UNUSED,
                  double x,
                  double y,
                  KouanOverlay *self)
{
  graphene_rect_t bounds;

  if (self->panel == NULL
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->panel), self->shade, &bounds))
    return;
  if (!graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
    cancel (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller G_GNUC_UNUSED,
                guint keyval,
                guint keycode G_GNUC_UNUSED,
                GdkModifierType modifiers G_GNUC_UNUSED,
                KouanOverlay *self)
{
  if (keyval != GDK_KEY_Escape || self->panel == NULL)
    return GDK_EVENT_PROPAGATE;
  cancel (self);
  return GDK_EVENT_STOP;
}

static void
kouan_overlay_dispose (GObject *object)
{
  KouanOverlay *self = KOUAN_OVERLAY (object);

  g_clear_weak_pointer (&self->focus_before);
  self->panel = NULL;
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->shade, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_overlay_parent_class)->dispose (object);
}

static void
kouan_overlay_class_init (KouanOverlayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_overlay_dispose;
  gtk_widget_class_set_css_name (widget_class, "kioskoverlay");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kouan_overlay_init (KouanOverlay *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->column = kouan_column_new (NULL, PANEL_WIDTH);
  gtk_widget_set_vexpand (self->column, TRUE);
  gtk_widget_set_valign (self->column, GTK_ALIGN_CENTER);
  self->shade = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->shade, "shade");
  gtk_widget_set_visible (self->shade, FALSE);
  gtk_box_append (GTK_BOX (self->shade), self->column);
  gtk_widget_set_parent (self->shade, GTK_WIDGET (self));

  g_signal_connect (press, "pressed", G_CALLBACK (on_shade_pressed), self);
  gtk_widget_add_controller (self->shade, GTK_EVENT_CONTROLLER (press));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (self->shade, keys);
}

GtkWidget *
kouan_overlay_new (void)
{
  return g_object_new (KOUAN_TYPE_OVERLAY, NULL);
}

static void
set_page_reachable (KouanOverlay *self, gboolean reachable)
{
  if (self->page == NULL)
    return;

  gtk_widget_set_can_target (self->page, reachable);
  gtk_widget_set_can_focus (self->page, reachable);
}

/* @page (nullable): fills the overlay; the one before is dropped */
void
kouan_overlay_set_page (KouanOverlay *self, GtkWidget *page)
{
  g_return_if_fail (KOUAN_IS_OVERLAY (self));
  g_return_if_fail (page == NULL || GTK_IS_WIDGET (page));

  if (self->page == page)
    return;

  g_clear_pointer (&self->page, gtk_widget_unparent);
  self->page = page;
  if (page == NULL)
    return;
  kouan_harden_widgets (page);
  gtk_widget_insert_before (page, GTK_WIDGET (self), self->shade);
  set_page_reachable (self, self->panel == NULL);
}

static void
remember_focus (KouanOverlay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_set_weak_pointer (&self->focus_before, focus);
}

/* Shows @panel over the page and gives it the focus. */
void
kouan_overlay_open (KouanOverlay *self, KouanPanel *panel)
{
  g_return_if_fail (KOUAN_IS_OVERLAY (self));
  g_return_if_fail (KOUAN_IS_PANEL (panel));

  if (self->panel == NULL)
    remember_focus (self);
  kouan_harden_widgets (GTK_WIDGET (panel));
  self->panel = panel;
  kouan_column_set_width (KOUAN_COLUMN (self->column),
                          kouan_panel_is_wide (panel) ? WIDE_PANEL_WIDTH : PANEL_WIDTH);
  kouan_column_set_child (KOUAN_COLUMN (self->column), GTK_WIDGET (panel));
  gtk_widget_set_visible (self->shade, TRUE);
  set_page_reachable (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (panel), GTK_DIR_TAB_FORWARD);
}

/* Takes the panel away. Does nothing if there is none. */
void
kouan_overlay_close (KouanOverlay *self)
{
  g_return_if_fail (KOUAN_IS_OVERLAY (self));

  if (self->panel == NULL)
    return;

  self->panel = NULL;
  set_page_reachable (self, TRUE);
  gtk_widget_set_visible (self->shade, FALSE);
  kouan_column_set_child (KOUAN_COLUMN (self->column), NULL);
  if (self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
}

/* Returns: (nullable) (transfer none) */
KouanPanel *
kouan_overlay_get_panel (KouanOverlay *self)
{
  g_return_val_if_fail (KOUAN_IS_OVERLAY (self), NULL);

  return self->panel;
}

/* @height: of the upper part of the screen that panels leave empty; then they stand at its lower
 * end */
void
kouan_overlay_set_out_of_reach (KouanOverlay *self, int height)
{
  g_return_if_fail (KOUAN_IS_OVERLAY (self));
  g_return_if_fail (height >= 0);

  gtk_widget_set_valign (self->column, height > 0 ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->column, height);
}
