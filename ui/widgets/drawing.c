/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/drawing.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

/* Shows a drawing of assets/icons or assets/illustrations. A drawing has two colours:
 * `currentColor`, which is the colour of the text around it, and the class `accent`, which is the
 * theme's accent. It is drawn at the size it is given, kept as a texture, and drawn anew when size
 * or colours change. A drawing whose root carries class="mirror" is turned over in a right-to-left
 * layout: an arrow is; a tick, a passport, a signature are not, as the things themselves are not.
 *
 * An icon is as tall as 1.25 of the text around it and so grows with large text; an illustration is
 * as tall as it is told and gives way down to a third of that where the screen is small. */

#define ICON_EM 1.25
#define ILLUSTRATION_SHRINK 3

struct _KouanDrawing
{
  GtkWidget parent_instance;

  char *name;
  RsvgHandle *handle; /* (nullable): no drawing of that name */
  gboolean mirrors;
  double aspect; /* width / height */
  int height;    /* 0: an icon */

  GdkTexture *texture; /* (nullable): what was drawn last, */
  int texture_width;   /* and for which size and colours */
  int texture_height;
  GdkRGBA ink;
  GdkRGBA accent;
  GdkRGBA ground;
};

enum
{
  PROP_DRAWING = 1,
  PROP_HEIGHT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KouanDrawing, kouan_drawing, GTK_TYPE_WIDGET)

static GBytes *
lookup_svg (const char *name, gboolean icon)
{
  g_autofree char *path
    = g_strdup_printf ("/org/kouan/%s/%s.svg", icon ? "icons" : "illustrations", name);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
load (KouanDrawing *self)
{
  g_autoptr (GBytes) svg = lookup_svg (self->name, self->height == 0);
  g_autoptr (GError) error = NULL;
  const char *data;
  gsize size;
  double width;
  double height;

  g_clear_object (&self->handle);
  g_clear_object (&self->texture);
  if (svg == NULL)
    {
      g_warning ("There is no drawing %s", self->name);
      return;
    }

  data = g_bytes_get_data (svg, &size);
  self->handle = rsvg_handle_new_from_data ((const guint8 *)data, size, &error);
  if (self->handle == NULL)
    {
      g_warning ("The drawing %s cannot be read: %s", self->name, error->message);
      return;
    }
  self->mirrors = g_strstr_len (data, (gssize)size, "class=\"mirror\"") != NULL;
  if (rsvg_handle_get_intrinsic_size_in_pixels (self->handle, &width, &height) && height > 0)
    self->aspect = width / height;
}

static int
natural_height (KouanDrawing *self)
{
  PangoContext *context;
  const PangoFontDescription *font;

  if (self->height > 0)
    return self->height;

  context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  font = pango_context_get_font_description (context);
  return (int)round (ICON_EM * pango_font_description_get_size (font) / PANGO_SCALE
                     * pango_cairo_context_get_resolution (context) / 72.0);
}

static void
kouan_drawing_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size G_GNUC_UNUSED,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline G_GNUC_UNUSED,
                       int *natural_baseline G_GNUC_UNUSED)
{
  KouanDrawing *self = KOUAN_DRAWING (widget);
  int height = natural_height (self);

  *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : (int)ceil (height * self->aspect);
  *minimum = self->height > 0 ? *natural / ILLUSTRATION_SHRINK : *natural;
}

static void
append_colour (GString *css, const GdkRGBA *colour)
{
  g_string_append_printf (css, "#%02x%02x%02x", (guint)lround (colour->red * 255),
                          (guint)lround (colour->green * 255), (guint)lround (colour->blue * 255));
}

static void
apply_colours (KouanDrawing *self)
{
  g_autoptr (GString) css = g_string_new ("svg{color:");
  g_autoptr (GError) error = NULL;

  append_colour (css, &self->ink);
  g_string_append (css, "}.accent{stroke:");
  append_colour (css, &self->accent);
  g_string_append (css, "}.accent-ground{stroke:");
  append_colour (css, &self->accent);
  g_string_append (css, ";fill:");
  append_colour (css, &self->ground);
  g_string_append (css, "}.ground{fill:");
  append_colour (css, &self->ground);
  g_string_append (css, "}");
  if (!rsvg_handle_set_stylesheet (self->handle, (const guint8 *)css->str, css->len, &error))
    g_warning ("The drawing %s takes no colours: %s", self->name, error->message);
}

static GdkTexture *
texture_from_surface (cairo_surface_t *surface)
{
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize)height);
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
draw (KouanDrawing *self, int width, int height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_t *cr = cairo_create (surface);
  RsvgRectangle viewport = { 0, 0, width * scale, height * scale };
  g_autoptr (GError) error = NULL;

  if (self->mirrors && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, viewport.width, 0);
      cairo_scale (cr, -1, 1);
    }
  apply_colours (self);
  if (!rsvg_handle_render_document (self->handle, cr, &viewport, &error))
    g_warning ("The drawing %s cannot be drawn: %s", self->name, error->message);

  cairo_destroy (cr);
  g_clear_object (&self->texture);
  self->texture = texture_from_surface (surface);
  self->texture_width = width;
  self->texture_height = height;
  cairo_surface_destroy (surface);
}

static void
look_up_colours (GtkWidget *widget, GdkRGBA *ink, GdkRGBA *accent, GdkRGBA *ground)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  gtk_style_context_get_color (context, ink);
  if (gtk_widget_has_css_class (widget, "plain")
      || !gtk_style_context_lookup_color (context, "accent", accent))
    *accent = *ink;
  if (!gtk_style_context_lookup_color (context, "surface", ground))
    *ground = *ink;
}

static void
kouan_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanDrawing *self = KOUAN_DRAWING (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA ink;
  GdkRGBA accent;
  GdkRGBA ground;

  if (self->handle == NULL || width <= 0 || height <= 0)
    return;

  look_up_colours (widget, &ink, &accent, &ground);
  if (self->texture == NULL || self->texture_width != width || self->texture_height != height
      || !gdk_rgba_equal (&ink, &self->ink) || !gdk_rgba_equal (&accent, &self->accent)
      || !gdk_rgba_equal (&ground, &self->ground))
    {
      self->ink = ink;
      self->accent = accent;
      self->ground = ground;
      draw (self, width, height);
    }
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
kouan_drawing_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  g_clear_object (&KOUAN_DRAWING (widget)->texture);
  GTK_WIDGET_CLASS (kouan_drawing_parent_class)->direction_changed (widget, previous);
}

static void
kouan_drawing_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KouanDrawing *self = KOUAN_DRAWING (object);

  switch (id)
    {
    case PROP_DRAWING:
      kouan_drawing_set_name (self, g_value_get_string (value));
      break;
    case PROP_HEIGHT:
      self->height = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_drawing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanDrawing *self = KOUAN_DRAWING (object);

  switch (id)
    {
    case PROP_DRAWING:
      g_value_set_string (value, self->name);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kouan_drawing_finalize (GObject *object)
{
  KouanDrawing *self = KOUAN_DRAWING (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->handle);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (kouan_drawing_parent_class)->finalize (object);
}

static void
kouan_drawing_class_init (KouanDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kouan_drawing_set_property;
  object_class->get_property = kouan_drawing_get_property;
  object_class->finalize = kouan_drawing_finalize;
  widget_class->measure = kouan_drawing_measure;
  widget_class->snapshot = kouan_drawing_snapshot;
  widget_class->direction_changed = kouan_drawing_direction_changed;

  properties[PROP_HEIGHT]
    = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAWING]
    = g_param_spec_string ("drawing", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "drawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kouan_drawing_init (KouanDrawing *self)
{
  self->aspect = 1.0;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* Returns: (transfer floating): the icon assets/icons/<name>.svg, as tall as the text around it. It
 * says nothing to a screen reader: the words beside it do. */
GtkWidget *
kouan_icon_new (const char *name)
{
  return g_object_new (KOUAN_TYPE_DRAWING, "drawing", name, NULL);
}

/* Returns: (transfer floating): the drawing assets/illustrations/<name>.svg, @height pixels tall */
GtkWidget *
kouan_illustration_new (const char *name, int height)
{
  g_return_val_if_fail (height > 0, NULL);

  return g_object_new (KOUAN_TYPE_DRAWING, "height", height, "drawing", name, NULL);
}

void
kouan_drawing_set_name (KouanDrawing *self, const char *name)
{
  g_return_if_fail (KOUAN_IS_DRAWING (self));

  if (name == NULL || g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  load (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAWING]);
}

const char *
kouan_drawing_get_name (KouanDrawing *self)
{
  g_return_val_if_fail (KOUAN_IS_DRAWING (self), NULL);

  return self->name;
}

/* What a screen reader says for the drawing, where the words around it do not say it. */
void
kouan_drawing_set_description (KouanDrawing *self, const char *description)
{
  g_return_if_fail (KOUAN_IS_DRAWING (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
}
