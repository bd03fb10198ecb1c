/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/column.h"

/* The one column of every page: a child in the middle that is never wider than a line can be read,
 * however wide the screen is. */

#define FLEXIBLE_SHARE                                                                             \
  4 /* of the room: what a picture may grow by on a page that is scrolled anyway */

struct _KouanColumn
{
  GtkWidget parent_instance;

  GtkWidget *child;
  int width;
  int room; /* 0: unknown */
};

enum
{
  PROP_CHILD = 1,
  PROP_WIDTH,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KouanColumn, kouan_column, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
kouan_column_get_request_mode (GtkWidget *widget)
{
  KouanColumn *self = KOUAN_COLUMN (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child)
                             : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static int
child_width (KouanColumn *self, int available)
{
  int minimum;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, MIN (available, self->width));
}

/* The room less the column's own edges. A page that fits takes no more than the room; on one that
 * does not, a camera's picture stays small enough to be seen with the words below it. */
static int
inner_room (KouanColumn *self)
{
  GtkBorder padding;

  gtk_style_context_get_padding (gtk_widget_get_style_context (GTK_WIDGET (self)), &padding);
  return self->room - padding.top - padding.bottom;
}

static void
kouan_column_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline G_GNUC_UNUSED,
                      int *natural_baseline G_GNUC_UNUSED)
{
  KouanColumn *self = KOUAN_COLUMN (widget);

  if (self->child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    for_size = child_width (self, for_size >= 0 ? for_size : self->width);
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (*natural, self->width));
  else if (self->room > 0)
    *natural = MAX (*minimum, MIN (*natural, MAX (inner_room (self),
                                                  *minimum + inner_room (self) / FLEXIBLE_SHARE)));
}

static void
kouan_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KouanColumn *self = KOUAN_COLUMN (widget);
  int given;

  if (self->child == NULL)
    return;

  given = child_width (self, width);
  gtk_widget_size_allocate (self->child, &(GtkAllocation){ (width - given) / 2, 0, given, height },
                            baseline);
}

static void
kouan_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KouanColumn *self = KOUAN_COLUMN (object);

  switch (id)
    {
    case PROP_CHILD:
      kouan_column_set_child (self, g_value_get_object (value));
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_column_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_COLUMN (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_column_parent_class)->dispose (object);
}

static void
kouan_column_class_init (KouanColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kouan_column_set_property;
  object_class->dispose = kouan_column_dispose;
  widget_class->get_request_mode = kouan_column_get_request_mode;
  widget_class->measure = kouan_column_measure;
  widget_class->size_allocate = kouan_column_size_allocate;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH]
    = g_param_spec_int ("width", NULL, NULL, 1, G_MAXINT, KOUAN_COLUMN_WIDTH,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "column");
}

static void
kouan_column_init (KouanColumn *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* Returns: (transfer floating): a column at most @width pixels wide around @child (nullable) */
GtkWidget *
kouan_column_new (GtkWidget *child, int width)
{
  return g_object_new (KOUAN_TYPE_COLUMN, "width", width, "child", child, NULL);
}

void
kouan_column_set_width (KouanColumn *self, int width)
{
  g_return_if_fail (KOUAN_IS_COLUMN (self));
  g_return_if_fail (width > 0);

  if (self->width == width)
    return;
  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* @room: the height that is there, in pixels; what can be lower (a picture, a drawing) is lower if
 * then all of the child fits, and has its own height if it does not even then */
void
kouan_column_set_room (KouanColumn *self, int room)
{
  g_return_if_fail (KOUAN_IS_COLUMN (self));
  g_return_if_fail (room >= 0);

  if (self->room == room)
    return;
  self->room = room;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
kouan_column_set_child (KouanColumn *self, GtkWidget *child)
{
  g_return_if_fail (KOUAN_IS_COLUMN (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}
