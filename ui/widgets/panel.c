/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/panel.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/scroll-buttons.h"
#include "ui/widgets/text.h"

/* What the kiosk asks in between. The compositor shows one window only, so a dialogue is a card
 * inside it; KouanOverlay lays it over the page. Title and foot stay in sight; a body that is too
 * long is scrolled by the same two buttons as a page. The answer that changes nothing is the plain
 * button on the leading side. */

struct _KouanPanel
{
  GtkWidget parent_instance;

  gboolean wide;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkScrolledWindow *scroller;
  GtkWidget *body; /* (nullable) */
  GtkWidget *secondary;
  GtkWidget *scroll_buttons;
  GtkWidget *primary;
};

enum
{
  SIGNAL_PRIMARY,
  SIGNAL_SECONDARY,
  SIGNAL_CANCELLED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanPanel, kouan_panel, GTK_TYPE_WIDGET)

static void
on_primary_clicked (GtkButton *button G_GNUC_UNUSED, KouanPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static void
on_secondary_clicked (GtkButton *button G_GNUC_UNUSED, KouanPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_SECONDARY], 0);
}

static GtkSizeRequestMode
kouan_panel_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window asks for its child's height without saying how wide it will be; by how much the
 * body is really taller, or lower, at the width of the card. */
static int
body_difference (KouanPanel *self, int width)
{
  int scroller;
  int body;

  gtk_widget_measure (GTK_WIDGET (self->scroller), GTK_ORIENTATION_VERTICAL, width, NULL, &scroller,
                      NULL, NULL);
  gtk_widget_measure (self->body, GTK_ORIENTATION_VERTICAL, width, NULL, &body, NULL, NULL);
  return body - scroller;
}

static void
kouan_panel_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline G_GNUC_UNUSED,
                     int *natural_baseline G_GNUC_UNUSED)
{
  KouanPanel *self = KOUAN_PANEL (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 && self->body != NULL)
    *natural = MAX (*minimum, *natural + body_difference (self, for_size));
}

static void
kouan_panel_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (KOUAN_PANEL (widget)->box, &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
kouan_panel_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_PANEL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_panel_parent_class)->dispose (object);
}

static guint
add_signal (KouanPanelClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
kouan_panel_class_init (KouanPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_panel_dispose;
  signals[SIGNAL_PRIMARY] = add_signal (klass, "primary");
  signals[SIGNAL_SECONDARY] = add_signal (klass, "secondary");
  signals[SIGNAL_CANCELLED] = add_signal (klass, "cancelled");

  widget_class->get_request_mode = kouan_panel_get_request_mode;
  widget_class->measure = kouan_panel_measure;
  widget_class->size_allocate = kouan_panel_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "panel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
add_head (KouanPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);

  self->icon = kouan_icon_new (NULL);
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  self->title = kouan_subheading_new (NULL);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (head, "panel-head");
  gtk_box_append (GTK_BOX (head), self->icon);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (self->box), head);
}

static void
add_scroller (KouanPanel *self)
{
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_propagate_natural_height (self->scroller, TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self->scroller), FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->scroller));
}

static void
add_foot (KouanPanel *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (gap, TRUE);
  gtk_widget_add_css_class (foot, "panel-foot");
  self->secondary = kouan_button_new (NULL, NULL);
  self->primary = kouan_button_new_primary (NULL, NULL);
  self->scroll_buttons = kouan_scroll_buttons_new (self->scroller);
  gtk_widget_set_visible (self->secondary, FALSE);
  gtk_widget_set_visible (self->primary, FALSE);
  gtk_box_append (GTK_BOX (foot), self->secondary);
  gtk_box_append (GTK_BOX (foot), gap);
  gtk_box_append (GTK_BOX (foot), self->scroll_buttons);
  gtk_box_append (GTK_BOX (foot), self->primary);
  gtk_box_append (GTK_BOX (self->box), foot);
  g_signal_connect (self->primary, "clicked", G_CALLBACK (on_primary_clicked), self);
  g_signal_connect (self->secondary, "clicked", G_CALLBACK (on_secondary_clicked), self);
}

static void
kouan_panel_init (KouanPanel *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_head (self);
  add_scroller (self);
  add_foot (self);
}

/* Returns: (transfer floating): an empty card; @icon (nullable) stands before its title */
GtkWidget *
kouan_panel_new (const char *icon, const char *title)
{
  KouanPanel *self = g_object_new (KOUAN_TYPE_PANEL, NULL);

  kouan_drawing_set_name (KOUAN_DRAWING (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  kouan_panel_set_title (self, title);
  return GTK_WIDGET (self);
}

/**
 * kouan_question_new:
 * @icon: (nullable): of assets/icons
 * @text: (nullable): what follows from each answer
 * @primary: the answer that the question is for
 * @secondary: (nullable): the answer that changes nothing
 *
 * Returns: (transfer floating): a #KouanPanel
 */
GtkWidget *
kouan_question_new (
  const char *icon, const char *title, const char *text, const char *primary, const char *secondary)
{
  KouanPanel *self = KOUAN_PANEL (kouan_panel_new (icon, title));

  if (text != NULL)
    {
      kouan_panel_set_body (self, kouan_text_new (text));
      kouan_accessible_set_description (GTK_WIDGET (self), text);
    }
  kouan_panel_set_primary (self, primary);
  kouan_panel_set_secondary (self, secondary);
  return GTK_WIDGET (self);
}

void
kouan_panel_set_title (KouanPanel *self, const char *title)
{
  g_return_if_fail (KOUAN_IS_PANEL (self));
  g_return_if_fail (title != NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  kouan_accessible_set_name (GTK_WIDGET (self), title);
}

/* A wide panel uses what a wide screen has; to be called before it is opened. */
void
kouan_panel_set_wide (KouanPanel *self, gboolean wide)
{
  g_return_if_fail (KOUAN_IS_PANEL (self));

  self->wide = wide;
}

gboolean
kouan_panel_is_wide (KouanPanel *self)
{
  g_return_val_if_fail (KOUAN_IS_PANEL (self), FALSE);

  return self->wide;
}

void
kouan_panel_set_body (KouanPanel *self, GtkWidget *body)
{
  g_return_if_fail (KOUAN_IS_PANEL (self));
  g_return_if_fail (body == NULL || GTK_IS_WIDGET (body));

  self->body = body;
  gtk_scrolled_window_set_child (self->scroller, body);
}

static void
set_foot_button (GtkWidget *button, const char *label)
{
  kouan_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_set_visible (button, label != NULL);
}

/* @label (nullable) */
void
kouan_panel_set_primary (KouanPanel *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_PANEL (self));

  set_foot_button (self->primary, label);
}

/* @label (nullable) */
void
kouan_panel_set_secondary (KouanPanel *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_PANEL (self));

  set_foot_button (self->secondary, label);
}

GtkWidget *
kouan_panel_get_primary_button (KouanPanel *self)
{
  g_return_val_if_fail (KOUAN_IS_PANEL (self), NULL);

  return self->primary;
}

GtkWidget *
kouan_panel_get_secondary_button (KouanPanel *self)
{
  g_return_val_if_fail (KOUAN_IS_PANEL (self), NULL);

  return self->secondary;
}
