/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/reports/bar.h"

#define WIDTH_MIN 120
#define HEIGHT 24

struct _KouanBar
{
  GtkWidget parent_instance;

  double fraction;
};

G_DEFINE_FINAL_TYPE (KouanBar, kouan_bar, GTK_TYPE_WIDGET)

static void
kouan_bar_measure (GtkWidget *widget G_GNUC_UNUSED,
                   GtkOrientation orientation,
                   int for_size G_GNUC_UNUSED,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_MIN : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

/* In the colour of the text, so that every theme has its contrast. */
static void
kouan_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanBar *self = KOUAN_BAR (widget);
  float width = (float)gtk_widget_get_width (widget);
  float length = width * (float)self->fraction;
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (right ? width - length : 0, 0, length,
                                                  (float)gtk_widget_get_height (widget)));
}

static void
kouan_bar_class_init (KouanBarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = kouan_bar_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = kouan_bar_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kouan_bar_init (KouanBar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
kouan_bar_new (double fraction)
{
  KouanBar *self = g_object_new (KOUAN_TYPE_BAR, NULL);

  self->fraction = CLAMP (fraction, 0, 1);
  return GTK_WIDGET (self);
}
