/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/halves.h"

/* Two parts of one page: one above the other where the screen is upright, side by side where it is
 * wide, so that a wide screen does not hide below its edge what a tall one shows at once. The first
 * stands at the leading side. Being a child of the page, it is asked for the height that it needs
 * at the width that it gets, and that width decides.
 *
 * What leads into both may be a part of its own: it is at the top of an upright page, and on a wide
 * one at the top of the second half, so that all of the first is seen at once. */

#define GAP 72         /* between the halves when they stand side by side */
#define STACKED_GAP 40 /* and when they do not */
#define LEAD_GAP 24    /* below what leads into them */

struct _KouanHalves
{
  GtkWidget parent_instance;

  GtkWidget *lead; /* (nullable) */
  GtkWidget *first;
  GtkWidget *second;
};

enum
{
  PROP_LEAD = 1,
  PROP_FIRST,
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

static gboolean
has_lead (KouanHalves *self)
{
  return self->lead != NULL && gtk_widget_get_visible (self->lead);
}

static int
least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Side by side, unless large text makes one of them wider than its half. */
static gboolean
are_beside (KouanHalves *self, int width)
{
  int room = (width - GAP) / 2;

  return width >= KOUAN_HALVES_WIDTH && least_width (self->first) <= room
         && least_width (self->second) <= room
         && (!has_lead (self) || least_width (self->lead) <= room);
}

static int
half_of (KouanHalves *self, int width)
{
  return are_beside (self, width) ? (width - GAP) / 2 : width;
}

static void
widen (GtkWidget *widget, int *minimum, int *natural)
{
  int own_minimum, own_natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &own_minimum, &own_natural, NULL,
                      NULL);
  *minimum = MAX (*minimum, own_minimum);
  *natural = MAX (*natural, own_natural);
}

static void
measure_width (KouanHalves *self, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  if (has_lead (self))
    widen (self->lead, minimum, natural);
  widen (self->first, minimum, natural);
  widen (self->second, minimum, natural);
}

/* With the gap below it; nothing where there is none. */
static int
lead_height (KouanHalves *self, int half)
{
  int natural;

  if (!has_lead (self))
    return 0;
  gtk_widget_measure (self->lead, GTK_ORIENTATION_VERTICAL, half, NULL, &natural, NULL, NULL);
  return natural + LEAD_GAP;
}

static void
measure_height (KouanHalves *self, int width, int *minimum, int *natural)
{
  int minimums[2], naturals[2];
  int half = width >= 0 ? half_of (self, width) : -1;
  int lead = lead_height (self, half);

  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, half, &minimums[0], &naturals[0], NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, half, &minimums[1], &naturals[1],
                      NULL, NULL);
  if (are_beside (self, width))
    {
      *minimum = MAX (minimums[0], lead + minimums[1]);
      *natural = MAX (naturals[0], lead + naturals[1]);
      return;
    }
  *minimum = lead + minimums[0] + STACKED_GAP + minimums[1];
  *natural = lead + naturals[0] + STACKED_GAP + naturals[1];
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
allocate (GtkWidget *widget, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, width, MAX (0, height) }, -1);
}

static void
allocate_beside (KouanHalves *self, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int half = (width - GAP) / 2;
  int lead = lead_height (self, half);
  int trailing = mirrored ? 0 : width - half;

  allocate (self->first, mirrored ? width - half : 0, 0, half, height);
  if (lead > 0)
    allocate (self->lead, trailing, 0, half, lead - LEAD_GAP);
  allocate (self->second, trailing, lead, half, height - lead);
}

static void
allocate_stacked (KouanHalves *self, int width, int height)
{
  int lead = lead_height (self, width);
  int least, first_height, second_height;

  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, width, &least, &first_height, NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, width, NULL, &second_height, NULL,
                      NULL);
  first_height = CLAMP (height - lead - STACKED_GAP - second_height, least, first_height);
  if (lead > 0)
    allocate (self->lead, 0, 0, width, lead - LEAD_GAP);
  allocate (self->first, 0, lead, width, first_height);
  lead += first_height + STACKED_GAP;
  allocate (self->second, 0, lead, width, height - lead);
}

static void
kouan_halves_size_allocate (GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
  KouanHalves *self = KOUAN_HALVES (widget);

  if (are_beside (self, width))
    allocate_beside (self, width, height);
  else
    allocate_stacked (self, width, height);
}

static GtkWidget **
part_of (KouanHalves *self, guint id)
{
  if (id == PROP_LEAD)
    return &self->lead;
  return id == PROP_FIRST ? &self->first : &self->second;
}

static void
kouan_halves_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KouanHalves *self = KOUAN_HALVES (object);
  GtkWidget **half = part_of (self, id);

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
  g_clear_pointer (&KOUAN_HALVES (object)->lead, gtk_widget_unparent);
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
  properties[PROP_LEAD] = g_param_spec_object ("lead", NULL, NULL, GTK_TYPE_WIDGET, flags);
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
