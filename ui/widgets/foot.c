/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/foot.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll-buttons.h"

/* The foot of every page. The buttons keep their places whether or not there is anything to scroll;
 * where the text is large, Back shows its arrow alone before the verb on the primary button has to
 * give way. */

struct _KouanFoot
{
  GtkWidget parent_instance;

  GtkWidget *row;
  GtkWidget *back;
  GtkWidget *gap;
  GtkWidget *scroll_buttons; /* (nullable) until there is a page to scroll */
  GtkWidget *primary;

  int width;     /* of the row; 0 before it is known */
  gboolean fits; /* what is shown has been chosen for this width, text and style */
};

enum
{
  SIGNAL_BACK,
  SIGNAL_PRIMARY,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanFoot, kouan_foot, GTK_TYPE_WIDGET)

static void
on_back_clicked (GtkButton *button G_GNUC_UNUSED, KouanFoot *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_primary_clicked (GtkButton *button G_GNUC_UNUSED, KouanFoot *self)
{
  g_signal_emit (self, signals[SIGNAL_PRIMARY], 0);
}

static int
width_of (GtkWidget *widget, gboolean natural)
{
  int least;
  int wanted;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return natural ? wanted : least;
}

/* Room is kept for the two arrows whether or not they are there: each is as wide as Back without
 * its word. */
static void
fit (KouanFoot *self)
{
  int scroll;

  self->fits = TRUE;
  if (self->width == 0)
    return;

  kouan_button_set_icon_only (GTK_BUTTON (self->back), TRUE);
  scroll = 2 * width_of (self->back, FALSE) + 4 * KOUAN_TOUCH_GAP;
  kouan_button_set_icon_only (GTK_BUTTON (self->back), FALSE);
  if (width_of (self->back, TRUE) + scroll + width_of (self->primary, TRUE) > self->width)
    kouan_button_set_icon_only (GTK_BUTTON (self->back), TRUE);
}

static GtkSizeRequestMode
kouan_foot_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As in the header, what is shown is chosen when sizes are asked for. */
static void
kouan_foot_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline G_GNUC_UNUSED,
                    int *natural_baseline G_GNUC_UNUSED)
{
  KouanFoot *self = KOUAN_FOOT (widget);

  if (!self->fits)
    fit (self);
  gtk_widget_measure (self->row, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
kouan_foot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (KOUAN_FOOT (widget)->row, &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
refit (KouanFoot *self)
{
  self->fits = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
kouan_foot_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kouan_foot_parent_class)->css_changed (widget, change);
  KOUAN_FOOT (widget)->fits = FALSE;
}

static void
kouan_foot_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_FOOT (object)->row, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_foot_parent_class)->dispose (object);
}

static void
kouan_foot_class_init (KouanFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_foot_dispose;
  widget_class->get_request_mode = kouan_foot_get_request_mode;
  widget_class->measure = kouan_foot_measure;
  widget_class->size_allocate = kouan_foot_size_allocate;
  widget_class->css_changed = kouan_foot_css_changed;

  signals[SIGNAL_BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PRIMARY] = g_signal_new ("primary", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "kioskfoot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NAVIGATION);
}

static void
kouan_foot_init (KouanFoot *self)
{
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));

  self->back = kouan_button_new ("arrow-back", "");
  kouan_button_set_wrap (GTK_BUTTON (self->back), FALSE);
  self->gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (self->gap, TRUE);
  self->primary = kouan_button_new_primary (NULL, NULL);
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (self->primary, FALSE);
  gtk_box_append (GTK_BOX (self->row), self->back);
  gtk_box_append (GTK_BOX (self->row), self->gap);
  gtk_box_append (GTK_BOX (self->row), self->primary);
  g_signal_connect (self->back, "clicked", G_CALLBACK (on_back_clicked), self);
  g_signal_connect (self->primary, "clicked", G_CALLBACK (on_primary_clicked), self);
  kouan_foot_retranslate (self);
}

GtkWidget *
kouan_foot_new (void)
{
  return g_object_new (KOUAN_TYPE_FOOT, NULL);
}

/* To be called once: what the arrows between the buttons scroll. */
void
kouan_foot_set_scroller (KouanFoot *self, GtkScrolledWindow *scroller)
{
  g_return_if_fail (KOUAN_IS_FOOT (self));
  g_return_if_fail (self->scroll_buttons == NULL);

  self->scroll_buttons = kouan_scroll_buttons_new (scroller);
  gtk_box_insert_child_after (GTK_BOX (self->row), self->scroll_buttons, self->gap);
}

void
kouan_foot_set_back (KouanFoot *self, gboolean visible, gboolean sensitive)
{
  g_return_if_fail (KOUAN_IS_FOOT (self));

  gtk_widget_set_visible (self->back, visible);
  gtk_widget_set_sensitive (self->back, sensitive);
}

/* @label (nullable): a verb; NULL takes the button away */
void
kouan_foot_set_primary (KouanFoot *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_FOOT (self));

  kouan_button_set_label (GTK_BUTTON (self->primary), label);
  gtk_widget_set_visible (self->primary, label != NULL);
  refit (self);
}

/* @width: what the row may take of the screen */
void
kouan_foot_set_room (KouanFoot *self, int width)
{
  g_return_if_fail (KOUAN_IS_FOOT (self));

  self->width = width;
  refit (self);
}

void
kouan_foot_retranslate (KouanFoot *self)
{
  g_return_if_fail (KOUAN_IS_FOOT (self));

  kouan_button_set_label (GTK_BUTTON (self->back), _ ("Back"));
  if (self->scroll_buttons != NULL)
    kouan_scroll_buttons_retranslate (KOUAN_SCROLL_BUTTONS (self->scroll_buttons));
  refit (self);
}

GtkWidget *
kouan_foot_get_back_button (KouanFoot *self)
{
  g_return_val_if_fail (KOUAN_IS_FOOT (self), NULL);

  return self->back;
}

GtkWidget *
kouan_foot_get_primary_button (KouanFoot *self)
{
  g_return_val_if_fail (KOUAN_IS_FOOT (self), NULL);

  return self->primary;
}
