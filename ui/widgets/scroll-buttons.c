/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/scroll-buttons.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"

/* Nothing in the kiosk needs a swipe: where a page is longer than the screen, these two buttons
 * stand where hands already are and move it by most of a screenful. While there is more below, the
 * scrolled window carries the class "more-below", which draws a line at its end. */

#define SCREENFUL 0.8 /* the rest stays in sight, so that the eye finds its place again */

struct _KouanScrollButtons
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkAdjustment *adjustment;
  GtkWidget *up;
  GtkWidget *down;
};

G_DEFINE_FINAL_TYPE (KouanScrollButtons, kouan_scroll_buttons, GTK_TYPE_WIDGET)

static void
scroll (KouanScrollButtons *self, int direction)
{
  double step = gtk_adjustment_get_page_size (self->adjustment) * SCREENFUL;

  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_value (self->adjustment) + direction * step);
}

static void
on_up_clicked (GtkButton *button G_GNUC_UNUSED, KouanScrollButtons *self)
{
  scroll (self, -1);
}

static void
on_down_clicked (GtkButton *button G_GNUC_UNUSED, KouanScrollButtons *self)
{
  scroll (self, 1);
}

static void
on_adjustment_changed (GtkAdjustment *adjustment, KouanScrollButtons *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gboolean more_below = value < end - 1;

  gtk_widget_set_visible (GTK_WIDGET (self), end > 1);
  gtk_widget_set_sensitive (self->up, value > 1);
  gtk_widget_set_sensitive (self->down, more_below);
  if (more_below)
    gtk_widget_add_css_class (GTK_WIDGET (self->scroller), "more-below");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->scroller), "more-below");
}

static void
kouan_scroll_buttons_dispose (GObject *object)
{
  KouanScrollButtons *self = KOUAN_SCROLL_BUTTONS (object);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  g_clear_object (&self->scroller);
  g_clear_pointer (&self->up, gtk_widget_unparent);
  g_clear_pointer (&self->down, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_scroll_buttons_parent_class)->dispose (object);
}

static void
kouan_scroll_buttons_class_init (KouanScrollButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_scroll_buttons_dispose;
  gtk_widget_class_set_css_name (widget_class, "scrollbuttons");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (KouanScrollButtons *self, const char *icon, GCallback callback)
{
  GtkWidget *button = kouan_button_new (icon, NULL);

  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static void
kouan_scroll_buttons_init (KouanScrollButtons *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), KOUAN_TOUCH_GAP);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->up = add_button (self, "arrow-up", G_CALLBACK (on_up_clicked));
  self->down = add_button (self, "arrow-down", G_CALLBACK (on_down_clicked));
  kouan_scroll_buttons_retranslate (self);
}

/* Returns: (transfer floating): the buttons of @scroller, which they keep */
GtkWidget *
kouan_scroll_buttons_new (GtkScrolledWindow *scroller)
{
  KouanScrollButtons *self = g_object_new (KOUAN_TYPE_SCROLL_BUTTONS, NULL);

  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), GTK_WIDGET (self));

  self->scroller = g_object_ref (scroller);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));
  g_signal_connect (self->adjustment, "changed", G_CALLBACK (on_adjustment_changed), self);
  g_signal_connect (self->adjustment, "value-changed", G_CALLBACK (on_adjustment_changed), self);
  return GTK_WIDGET (self);
}

void
kouan_scroll_buttons_retranslate (KouanScrollButtons *self)
{
  g_return_if_fail (KOUAN_IS_SCROLL_BUTTONS (self));

  kouan_accessible_set_name (self->up, _ ("Show what is above"));
  kouan_accessible_set_name (self->down, _ ("Show what is below"));
}
