/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/progress.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* Progress that is true: the bar moves when something is done and not otherwise. Where nothing is
 * known there is no bar, only the words. */

#define BAR_HEIGHT 24

struct _KouanProgress
{
  GtkWidget parent_instance;

  GtkWidget *text;
  GtkWidget *bar;
  GtkWidget *left;
  GtkWidget *cancel;
  double fraction;
};

enum
{
  SIGNAL_CANCELLED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanProgress, kouan_progress, GTK_TYPE_WIDGET)

static void
on_cancel_clicked (GtkButton *button G_GNUC_UNUSED, KouanProgress *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static void
draw_bar (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  KouanProgress *self = KOUAN_PROGRESS (data);
  GtkWidget *widget = GTK_WIDGET (area);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double filled = width * self->fraction;
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent", &colour))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, rtl ? width - filled : 0, 0, filled, height);
  cairo_fill (cr);
}

static void
kouan_progress_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kouan_progress_parent_class)->dispose (object);
}

static void
kouan_progress_class_init (KouanProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_progress_dispose;
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "kioskprogress");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
kouan_progress_init (KouanProgress *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 16);
  self->text = kouan_text_new (NULL);
  gtk_widget_add_css_class (self->text, "strong");
  self->bar = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar, self, NULL);
  gtk_widget_add_css_class (self->bar, "bar");
  gtk_widget_set_visible (self->bar, FALSE);
  self->left = kouan_small_new (NULL);
  gtk_widget_add_css_class (self->left, "numerals");
  gtk_widget_set_visible (self->left, FALSE);
  self->cancel = kouan_button_new (NULL, NULL);
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_START);
  gtk_widget_set_visible (self->cancel, FALSE);
  g_signal_connect (self->cancel, "clicked", G_CALLBACK (on_cancel_clicked), self);

  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_parent (self->left, GTK_WIDGET (self));
  gtk_widget_set_parent (self->cancel, GTK_WIDGET (self));
}

/* Returns: (transfer floating): @text says what is being done: "Reading your page" */
GtkWidget *
kouan_progress_new (const char *text)
{
  KouanProgress *self = g_object_new (KOUAN_TYPE_PROGRESS, NULL);

  kouan_progress_set_text (self, text);
  return GTK_WIDGET (self);
}

void
kouan_progress_set_text (KouanProgress *self, const char *text)
{
  g_return_if_fail (KOUAN_IS_PROGRESS (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_label (GTK_LABEL (self->text), text);
  kouan_accessible_set_name (GTK_WIDGET (self), text);
}

/* @total: 0 where it is not known; then there is no bar */
void
kouan_progress_set_done (KouanProgress *self, guint done, guint total)
{
  g_return_if_fail (KOUAN_IS_PROGRESS (self));
  g_return_if_fail (total == 0 || done <= total);

  self->fraction = total > 0 ? (double)done / total : 0;
  gtk_widget_set_visible (self->bar, total > 0);
  gtk_widget_queue_draw (self->bar);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double)MAX (total, 1), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double)done, -1);
}

/* @seconds: what is left, rounded by the caller; below 0 where it is not known */
void
kouan_progress_set_seconds_left (KouanProgress *self, int seconds)
{
  guint minutes = ((guint)MAX (seconds, 0) + 30) / 60;
  g_autofree char *text = NULL;

  g_return_if_fail (KOUAN_IS_PROGRESS (self));

  if (seconds >= 90)
    text = g_strdup_printf (ngettext ("About %u minute left", "About %u minutes left", minutes),
                            minutes);
  else if (seconds >= 0)
    text = g_strdup_printf (
      ngettext ("About %u second left", "About %u seconds left", (unsigned long)seconds),
      (guint)seconds);
  gtk_label_set_label (GTK_LABEL (self->left), text != NULL ? text : "");
  gtk_widget_set_visible (self->left, text != NULL);
  kouan_accessible_set_description (GTK_WIDGET (self), text != NULL ? text : "");
}

/* @label (nullable): the way out, such as "Stop scanning" */
void
kouan_progress_set_cancel (KouanProgress *self, const char *label)
{
  g_return_if_fail (KOUAN_IS_PROGRESS (self));

  kouan_button_set_label (GTK_BUTTON (self->cancel), label);
  gtk_widget_set_visible (self->cancel, label != NULL);
}

GtkWidget *
kouan_progress_get_cancel_button (KouanProgress *self)
{
  g_return_val_if_fail (KOUAN_IS_PROGRESS (self), NULL);

  return self->cancel;
}
