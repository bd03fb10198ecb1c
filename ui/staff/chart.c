/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/chart.h"

#include "ui/widgets/button.h"

/* The bars share one scale from zero. A screen reader is told every bar's word and number, one
 * behind the other. */

#define HEIGHT_PX 320
#define GAP_PX 8

typedef struct
{
  char *label;
  char *text;
  double value;
} Bar;

struct _KouanChart
{
  GtkWidget parent_instance;

  GArray *bars;
  GString *spoken;
};

G_DEFINE_FINAL_TYPE (KouanChart, kouan_chart, GTK_TYPE_WIDGET)

static void
bar_clear (gpointer data)
{
  g_free (((Bar *)data)->label);
  g_free (((Bar *)data)->text);
}

static double
largest (KouanChart *self)
{
  double max = 0;

  for (guint i = 0; i < self->bars->len; i++)
    max = MAX (max, g_array_index (self->bars, Bar, i).value);
  return max;
}

/* Centred over @x. Returns: how high it is */
static int
draw_text (
  KouanChart *self, GtkSnapshot *snapshot, const char *text, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA colour;
  int text_width, height;

  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &text_width, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)(x - width / 2), (float)y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
  return height;
}

static int
text_height (KouanChart *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
kouan_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanChart *self = KOUAN_CHART (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int line = text_height (self);
  double room = gtk_widget_get_height (widget) - 2.0 * line - 2 * GAP_PX;
  double step = gtk_widget_get_width (widget) / (double)MAX (self->bars->len, 1);
  double max = largest (self);
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent", &colour))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);
      double x = step * ((rtl ? self->bars->len - 1 - i : i) + 0.5);
      double height = max > 0 ? room * bar->value / max : 0;
      double top = line + GAP_PX + room - height;

      draw_text (self, snapshot, bar->text, x, top - line - GAP_PX / 2.0, step);
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT ((float)(x - step * 0.36), (float)top,
                                                      (float)(step * 0.72),
                                                      (float)MAX (height, 2)));
      draw_text (self, snapshot, bar->label, x, line + 2 * GAP_PX + room, step);
    }
}

static void
kouan_chart_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size G_GNUC_UNUSED,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline G_GNUC_UNUSED,
                     int *natural_baseline G_GNUC_UNUSED)
{
  int size = orientation == GTK_ORIENTATION_VERTICAL
               ? HEIGHT_PX + 2 * text_height (KOUAN_CHART (widget))
               : 200;

  *minimum = *natural = size;
}

static void
kouan_chart_finalize (GObject *object)
{
  KouanChart *self = KOUAN_CHART (object);

  g_array_unref (self->bars);
  g_string_free (self->spoken, TRUE);
  G_OBJECT_CLASS (kouan_chart_parent_class)->finalize (object);
}

static void
kouan_chart_class_init (KouanChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kouan_chart_finalize;
  widget_class->snapshot = kouan_chart_snapshot;
  widget_class->measure = kouan_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kouan_chart_init (KouanChart *self)
{
  self->bars = g_array_new (FALSE, FALSE, sizeof (Bar));
  g_array_set_clear_func (self->bars, bar_clear);
  self->spoken = g_string_new (NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numerals");
}

/* @title: for a screen reader: what the bars are of */
GtkWidget *
kouan_chart_new (const char *title)
{
  KouanChart *self = g_object_new (KOUAN_TYPE_CHART, NULL);

  kouan_accessible_set_name (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}

/* @label: below the bar, "" for none; @text: the value, as it is written */
void
kouan_chart_add (KouanChart *self, const char *label, double value, const char *text)
{
  Bar bar = { g_strdup (label), g_strdup (text), value };

  g_return_if_fail (KOUAN_IS_CHART (self) && value >= 0);

  g_array_append_val (self->bars, bar);
  g_string_append_printf (self->spoken, "%s: %s. ", label, text);
  kouan_accessible_set_description (GTK_WIDGET (self), self->spoken->str);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
