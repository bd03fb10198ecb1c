/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/text.h"

#include <math.h>

/* The ink is what the style says, as glyphs are blended at their edges; the ground is the commonest
 * colour of the drawn picture where the text stands, whatever rule and whatever layer it came from.
 */

#define EDGE 2 /* px that a text may be cut by rounding */

typedef struct
{
  guint32 *pixels; /* ARGB */
  int width;
  int height;
} Pixels;

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear ((double)colour->red) + 0.7152 * linear ((double)colour->green)
         + 0.0722 * linear ((double)colour->blue);
}

double
kouan_test_contrast (const GdkRGBA *one, const GdkRGBA *other)
{
  double a = luminance (one) + 0.05;
  double b = luminance (other) + 0.05;

  return MAX (a, b) / MIN (a, b);
}

static GdkRGBA
commonest (const Pixels *pixels, const graphene_rect_t *where)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 best = 0;
  guint most = 0;

  for (int y = (int)where->origin.y; y < (int)(where->origin.y + where->size.height); y++)
    for (int x = (int)where->origin.x; x < (int)(where->origin.x + where->size.width); x++)
      {
        gpointer key = GUINT_TO_POINTER (pixels->pixels[y * pixels->width + x]);
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (count));
        if (count > most)
          {
            most = count;
            best = GPOINTER_TO_UINT (key);
          }
      }
  return (GdkRGBA){ (float)(best >> 16 & 0xff) / 255, (float)(best >> 8 & 0xff) / 255,
                    (float)(best & 0xff) / 255, 1 };
}

/* What is scrolled away is not in the picture; what is in part, would be measured on something
 * else. */
static gboolean
is_in_sight (GtkWidget *label, GtkWidget *root, const graphene_rect_t *where, const Pixels *pixels)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (label, GTK_TYPE_VIEWPORT);
  graphene_rect_t shown = GRAPHENE_RECT_INIT (0, 0, (float)pixels->width, (float)pixels->height);
  graphene_rect_t window;

  if (where->size.width < 1 || where->size.height < 1)
    return FALSE;
  if (viewport != NULL && gtk_widget_compute_bounds (viewport, root, &window)
      && !graphene_rect_intersection (&shown, &window, &shown))
    return FALSE;
  return graphene_rect_contains_rect (&shown, where);
}

/* A label that may be shortened, as the name of the hall, says so itself. */
static void
check_cut (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width <= gtk_widget_get_width (label) + EDGE
      && height <= gtk_widget_get_height (label) + EDGE)
    return;
  g_test_message ("\"%s\" is cut: %d × %d px in %d × %d", gtk_label_get_text (GTK_LABEL (label)),
                  width, height, gtk_widget_get_width (label), gtk_widget_get_height (label));
  g_test_fail ();
}

static void
check_label (GtkWidget *label, GtkWidget *root, const Pixels *pixels)
{
  graphene_rect_t where;
  GdkRGBA ground;
  GdkRGBA ink;
  double contrast;

  check_cut (label);
  if (!gtk_widget_compute_bounds (label, root, &where)
      || !is_in_sight (label, root, &where, pixels))
    return;
  ground = commonest (pixels, &where);
  gtk_style_context_get_color (gtk_widget_get_style_context (label), &ink);
  ink.red = ink.red * ink.alpha + ground.red * (1 - ink.alpha);
  ink.green = ink.green * ink.alpha + ground.green * (1 - ink.alpha);
  ink.blue = ink.blue * ink.alpha + ground.blue * (1 - ink.alpha);
  contrast = kouan_test_contrast (&ink, &ground);
  if (contrast >= KOUAN_TEST_CONTRAST)
    return;
  g_test_message ("\"%s\" has a contrast of %.1f to what is behind it",
                  gtk_label_get_text (GTK_LABEL (label)), contrast);
  g_test_fail ();
}

static void
check_below (GtkWidget *widget, GtkWidget *root, const Pixels *pixels)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    check_label (widget, root, pixels);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_below (child, root, pixels);
}

void
kouan_test_check_texts (GtkWidget *root, GdkTexture *picture)
{
  Pixels pixels = { NULL, gdk_texture_get_width (picture), gdk_texture_get_height (picture) };
  gsize stride = (gsize)pixels.width * 4;

  pixels.pixels = g_malloc (stride * (gsize)pixels.height);
  gdk_texture_download (picture, (guchar *)pixels.pixels, stride);
  check_below (root, GTK_WIDGET (gtk_widget_get_root (root)), &pixels);
  g_free (pixels.pixels);
}
