/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/row-layout.h"

/* A row in which those that expand share what the others leave: these have their natural width, and
 * only where there is no room for it their least one.
 *
 * GTK's own box looks for a fairer division. It asks every child at many widths and heights, and
 * each of them breaks all of a child's sentences anew; the more so, as rows stand in columns and
 * columns in rows. Pages of many sentences took a third of a second to come up. */

#define FOLD_SHARE 0.5 /* of the width, for what expands */

struct _KouanRowLayout
{
  GtkLayoutManager parent_instance;

  int spacing; /* pixels */
  gboolean folds;
};

G_DEFINE_FINAL_TYPE (KouanRowLayout, kouan_row_layout, GTK_TYPE_LAYOUT_MANAGER)

/* What is known of a row before its width is given out. */
typedef struct
{
  int minimum;       /* of all, with what is between them */
  int natural;       /* likewise */
  int fixed_minimum; /* of those that do not expand */
  int fixed_natural;
  int between;
  int n_expanding;
} Sums;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_child (GtkWidget *widget)
{
  return next_shown (gtk_widget_get_first_child (widget));
}

static GtkWidget *
next_child (GtkWidget *child)
{
  return next_shown (gtk_widget_get_next_sibling (child));
}

static gboolean
expands (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static Sums
add_up (KouanRowLayout *self, GtkWidget *widget)
{
  Sums sums = { .between = -self->spacing };

  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    {
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      sums.minimum += minimum;
      sums.natural += natural;
      sums.between += self->spacing;
      sums.n_expanding += expands (child);
      sums.fixed_minimum += expands (child) ? 0 : minimum;
      sums.fixed_natural += expands (child) ? 0 : natural;
    }
  sums.between = MAX (sums.between, 0);
  sums.minimum += sums.between;
  sums.natural += sums.between;
  return sums;
}

/* @width: of the row, at least its minimum */
static int
width_of (GtkWidget *child, const Sums *sums, int width)
{
  int least = sums->minimum - sums->between - sums->fixed_minimum; /* of those that expand */
  gboolean roomy = width - sums->between - sums->fixed_natural >= least;
  int rest = width - sums->between - (roomy ? sums->fixed_natural : sums->fixed_minimum);
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (!expands (child))
    return roomy ? natural : minimum;
  return sums->n_expanding == 1 ? MAX (minimum, rest)
                                : minimum + MAX (0, rest - least) / sums->n_expanding;
}

/* (nullable): the last child, where beside it the words would stand in a column of their own
 * syllables: it goes below them, where they begin. */
static GtkWidget *
folded (KouanRowLayout *self, GtkWidget *widget, const Sums *sums, int width)
{
  GtkWidget *last = NULL;
  int expanding = width - sums->between - sums->fixed_natural;

  if (!self->folds || width < 0 || expanding >= FOLD_SHARE * width)
    return NULL;
  for (GtkWidget *child = first_child (widget); child != NULL; child = next_child (child))
    last = child;
  return last != NULL && last != first_child (widget) && !expands (last) ? last : NULL;
}

/* Of the row without @last */
static Sums
add_up_without (KouanRowLayout *self, const Sums *all, GtkWidget *last)
{
  Sums sums = *all;
  int minimum, natural;

  gtk_widget_measure (last, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  sums.minimum -= minimum + self->spacing;
  sums.natural -= natural + self->spacing;
  sums.fixed_minimum -= minimum;
  sums.fixed_natural -= natural;
  sums.between -= self->spacing;
  return sums;
}

/* Where the first child that expands begins. */
static int
indent_of (KouanRowLayout *self, GtkWidget *widget, const Sums *sums, int width)
{
  int x = 0;

  for (GtkWidget *child = first_child (widget); child != NULL && !expands (child);
       child = next_child (child))
    x += width_of (child, sums, width) + self->spacing;
  return x;
}

static GtkSizeRequestMode
kouan_row_layout_get_request_mode (GtkLayoutManager *manager G_GNUC_UNUSED,
                                   GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kouan_row_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline G_GNUC_UNUSED,
                          int *natural_baseline G_GNUC_UNUSED)
{
  KouanRowLayout *self = KOUAN_ROW_LAYOUT (manager);
  Sums sums = add_up (self, widget);
  GtkWidget *below;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = sums.minimum;
      *natural = sums.natural;
      return;
    }
  *minimum = *natural = 0;
  below = folded (self, widget, &sums, for_size);
  if (below != NULL)
    sums = add_up_without (self, &sums, below);
  for (GtkWidget *child = first_child (widget); child != below; child = next_child (child))
    {
      int width = for_size >= 0 ? width_of (child, &sums, MAX (for_size, sums.minimum)) : -1;
      int least, wanted;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
  if (below != NULL)
    {
      int room = for_size - indent_of (self, widget, &sums, for_size), least, wanted;

      gtk_widget_measure (below, GTK_ORIENTATION_VERTICAL, room, &least, &wanted, NULL, NULL);
      *minimum += self->spacing + least;
      *natural += self->spacing + wanted;
    }
}

/* At the end of @height; as wide as it wants to be, if it may. Returns: what is left of @height */
static int
allocate_below (KouanRowLayout *self, GtkWidget *below, int indent, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (below) == GTK_TEXT_DIR_RTL;
  int least, wanted, given, tall;

  gtk_widget_measure (below, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  given = CLAMP (width - indent, least, wanted);
  gtk_widget_measure (below, GTK_ORIENTATION_VERTICAL, given, NULL, &tall, NULL, NULL);
  gtk_widget_size_allocate (
    below,
    &(GtkAllocation){ mirrored ? width - indent - given : indent, height - tall, given, tall }, -1);
  return height - tall - self->spacing;
}

static void
kouan_row_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
  KouanRowLayout *self = KOUAN_ROW_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Sums sums = add_up (self, widget);
  GtkWidget *below = folded (self, widget, &sums, width);
  int x = 0;

  if (below != NULL)
    {
      sums = add_up_without (self, &sums, below);
      height = allocate_below (self, below, indent_of (self, widget, &sums, width), width, height);
    }
  for (GtkWidget *child = first_child (widget); child != below; child = next_child (child))
    {
      int given = width_of (child, &sums, MAX (width, sums.minimum));

      gtk_widget_size_allocate (
        child, &(GtkAllocation){ mirrored ? width - x - given : x, 0, given, height }, -1);
      x += given + self->spacing;
    }
}

static void
kouan_row_layout_class_init (KouanRowLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = kouan_row_layout_get_request_mode;
  manager_class->measure = kouan_row_layout_measure;
  manager_class->allocate = kouan_row_layout_allocate;
}

static void
kouan_row_layout_init (KouanRowLayout *self G_GNUC_UNUSED)
{
}

/* @spacing: pixels between one child and the next */
GtkLayoutManager *
kouan_row_layout_new (int spacing)
{
  KouanRowLayout *self = g_object_new (KOUAN_TYPE_ROW_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}

/* The last child stands below the others where they would have too little room beside it. */
GtkLayoutManager *
kouan_row_layout_new_folding (int spacing)
{
  GtkLayoutManager *self = kouan_row_layout_new (spacing);

  KOUAN_ROW_LAYOUT (self)->folds = TRUE;
  return self;
}

/* Returns: (transfer floating): a GtkBox of @role that is laid out like this */
GtkWidget *
kouan_row_new (int spacing, GtkAccessibleRole role)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", role, NULL);

  gtk_widget_set_layout_manager (row, kouan_row_layout_new (spacing));
  return row;
}
