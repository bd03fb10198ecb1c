/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/tiles.h"
#include "ui/style/style.h"

/* A dozen languages stand in three columns where three fit, and in two or in one where the letters
 * are large: the widest word decides, so that no word is cut and no screen is too narrow. Rows are
 * as high as their highest tile. The first tile is at the leading side. */

#define COLUMNS_MAX 3 /* of tiles that a template makes */

struct _KouanTiles
{
  GtkWidget parent_instance;

  int columns_max;
};

G_DEFINE_FINAL_TYPE (KouanTiles, kouan_tiles, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
kouan_tiles_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Of the widest tile. */
static void
measure_tile (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *tile = gtk_widget_get_first_child (widget); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      int least, wanted;

      gtk_widget_measure (tile, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static int
columns_for (KouanTiles *self, int width)
{
  int columns = self->columns_max;
  int least, wanted;

  measure_tile (GTK_WIDGET (self), &least, &wanted);
  while (columns > 1 && columns * least + (columns - 1) * KOUAN_TOUCH_GAP > width)
    columns--;
  return columns;
}

static int
tile_width (int width, int columns)
{
  return (width - (columns - 1) * KOUAN_TOUCH_GAP) / columns;
}

/* Returns: the height of the row that begins with @tile; @next: (out): the first of the next */
static int
row_height (GtkWidget *tile, int columns, int width, GtkWidget **next)
{
  int height = 0;

  for (int i = 0; i < columns && tile != NULL; i++, tile = gtk_widget_get_next_sibling (tile))
    {
      int wanted;

      gtk_widget_measure (tile, GTK_ORIENTATION_VERTICAL, width, NULL, &wanted, NULL, NULL);
      height = MAX (height, wanted);
    }
  *next = tile;
  return height;
}

static void
kouan_tiles_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline G_GNUC_UNUSED,
                     int *natural_baseline G_GNUC_UNUSED)
{
  KouanTiles *self = KOUAN_TILES (widget);
  GtkWidget *tile = gtk_widget_get_first_child (widget);
  int columns, width;

  measure_tile (widget, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = self->columns_max * *natural + (self->columns_max - 1) * KOUAN_TOUCH_GAP;
      return;
    }
  columns = for_size >= 0 ? columns_for (self, for_size) : self->columns_max;
  width = for_size >= 0 ? tile_width (for_size, columns) : -1;
  *natural = 0;
  while (tile != NULL)
    *natural += row_height (tile, columns, width, &tile) + (tile != NULL ? KOUAN_TOUCH_GAP : 0);
  *minimum = *natural;
}

static void
kouan_tiles_size_allocate (GtkWidget *widget,
                           int width,
                           int height G_GNUC_UNUSED,
                           int baseline G_GNUC_UNUSED)
{
  KouanTiles *self = KOUAN_TILES (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *tile = gtk_widget_get_first_child (widget);
  int columns = columns_for (self, width);
  int given = tile_width (width, columns);
  int y = 0;

  while (tile != NULL)
    {
      GtkWidget *next;
      int row = row_height (tile, columns, given, &next);

      for (int i = 0; tile != next; i++, tile = gtk_widget_get_next_sibling (tile))
        {
          int x = i * (given + KOUAN_TOUCH_GAP);

          gtk_widget_size_allocate (
            tile, &(GtkAllocation){ mirrored ? width - x - given : x, y, given, row }, -1);
        }
      y += row + KOUAN_TOUCH_GAP;
    }
}

static void
kouan_tiles_dispose (GObject *object)
{
  GtkWidget *tile;

  while ((tile = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (tile);
  G_OBJECT_CLASS (kouan_tiles_parent_class)->dispose (object);
}

static void
kouan_tiles_class_init (KouanTilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_tiles_dispose;
  widget_class->get_request_mode = kouan_tiles_get_request_mode;
  widget_class->measure = kouan_tiles_measure;
  widget_class->size_allocate = kouan_tiles_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "tiles");
}

static void
kouan_tiles_init (KouanTiles *self)
{
  self->columns_max = COLUMNS_MAX;
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* Returns: (transfer floating): no tiles, in at most @columns_max columns */
GtkWidget *
kouan_tiles_new (guint columns_max)
{
  KouanTiles *self = g_object_new (KOUAN_TYPE_TILES, NULL);

  g_return_val_if_fail (columns_max > 0, GTK_WIDGET (self));

  self->columns_max = (int)columns_max;
  return GTK_WIDGET (self);
}

void
kouan_tiles_append (KouanTiles *self, GtkWidget *tile)
{
  g_return_if_fail (KOUAN_IS_TILES (self));
  g_return_if_fail (GTK_IS_WIDGET (tile));

  gtk_widget_insert_before (tile, GTK_WIDGET (self), NULL);
}
