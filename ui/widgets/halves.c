/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/halves.h"

/* Two parts of one page: one above the other where the screen is upright, side by side where it is
 * wide, so that a wide screen does not hide below its edge what a tall one shows at once. The first
 * stands at the leading side. Being a child of the page, it is asked for the height that it needs
 * at the width that it gets, and that width decides. */

#define GAP 72         /* between the halves when they stand side by side */
#define STACKED_GAP 40 /* and when they do not */

struct _KouanHalves
{
  GtkWidget parent_instance;

  GtkWidget *first;
  GtkWidget *second;
};

enum
{
  PROP_FIRST = 1,
  PROP_SECOND,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KouanHalves, kouan_halves, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
kouan_halves_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Side by side, unless large text makes one of them wider than its half. */
static gboolean
are_beside (KouanHalves *self, int width)
{
  int first;
  int second;

  if (width < KOUAN_HALVES_WIDTH)
    return FALSE;
  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, &first, NULL, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, &second, NULL, NULL, NULL);
  return MAX (first, second) <= (width - GAP) / 2;
}

static int
half_of (KouanHalves *self, int width)
{
  return are_beside (self, width) ? (width - GAP) / 2 : width;
}

static void
measure_width (KouanHalves *self, int *minimum, int *natural)
{
  int minimums[2], naturals[2];

  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, &minimums[0], &naturals[0], NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, &minimums[1], &naturals[1],
                      NULL, NULL);
  *minimum = MAX (minimums[0], minimums[1]);
  *natural = MAX (naturals[0], naturals[1]);
}

static void
measure_height (KouanHalves *self, int width, int *minimum, int *natural)
{
  int minimums[2], naturals[2];
  int half = width >= 0 ? half_of (self, width) : -1;

  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, half, &minimums[0], &naturals[0], NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, half, &minimums[1], &naturals[1],
                      NULL, NULL);
  if (are_beside (self, width))
    {
      *minimum = MAX (minimums[0], minimums[1]);
      *natural = MAX (naturals[0], naturals[1]);
      return;
    }
  *minimum = minimums[0] + STACKED_GAP + minimums[1];
  *natural = naturals[0] + STACKED_GAP + naturals[1];
}

static void
kouan_halves_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline G_GNUC_UNUSED,
                      int *natural_baseline G_GNUC_UNUSED)
{
  KouanHalves *self = KOUAN_HALVES (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    measure_height (self, for_size, minimum, natural);
}

static void
kouan_halves_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KouanHalves *self = KOUAN_HALVES (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int half = half_of (self, width);
  int least;
  int first_height;
  int second_height;

  if (are_beside (self, width))
    {
      GtkAllocation leading = { mirrored ? width - half : 0, 0, half, height };
      GtkAllocation trailing = { mirrored ? 0 : width - half, 0, half, height };

      gtk_widget_size_allocate (self->first, &leading, baseline);
      gtk_widget_size_allocate (self->second, &trailing, baseline);
      return;
    }
  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, width, &least, &first_height, NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, width, NULL, &second_height, NULL,
                      NULL);
  first_height = CLAMP (height - STACKED_GAP - second_height, least, first_height);
  gtk_widget_size_allocate (self->first, &(GtkAllocation){ 0, 0, width, first_height }, -1);
  gtk_widget_size_allocate (self->second,
                            &(GtkAllocation){ 0, first_height + STACKED_GAP, width,
                                              MAX (0, height - first_height - STACKED_GAP) },
                            -1);
}

static void
kouan_halves_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KouanHalves *self = KOUAN_HALVES (object);
  GtkWidget **half = id == PROP_FIRST ? &self->first : &self->second;

  if (id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  *half = g_value_get_object (value);
  if (*half != NULL)
    gtk_widget_set_parent (*half, GTK_WIDGET (self));
}

static void
kouan_halves_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_HALVES (object)->first, gtk_widget_unparent);
  g_clear_pointer (&KOUAN_HALVES (object)->second, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_halves_parent_class)->dispose (object);
}

static void
kouan_halves_class_init (KouanHalvesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = kouan_halves_set_property;
  object_class->dispose = kouan_halves_dispose;
  widget_class->get_request_mode = kouan_halves_get_request_mode;
  widget_class->measure = kouan_halves_measure;
  widget_class->size_allocate = kouan_halves_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "halves");
  properties[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SECOND] = g_param_spec_object ("second", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kouan_halves_init (KouanHalves *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_halves_new (GtkWidget *first, GtkWidget *second)
{
  g_return_val_if_fail (GTK_IS_WIDGET (first), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (second), NULL);

  return g_object_new (KOUAN_TYPE_HALVES, "first", first, "second", second, NULL);
}
