/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/steps.h"
#include "app/language/language.h"

/* Where the visit stands: the step as words, and one segment a step, of which those behind and the
 * present one are filled and the present one is thick. The words carry the meaning; the segments
 * repeat it. */

struct _KouanSteps
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *segments;
};

G_DEFINE_FINAL_TYPE (KouanSteps, kouan_steps, GTK_TYPE_WIDGET)

static void
kouan_steps_dispose (GObject *object)
{
  KouanSteps *self = KOUAN_STEPS (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->segments, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_steps_parent_class)->dispose (object);
}

static void
kouan_steps_class_init (KouanStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_steps_dispose;
  gtk_widget_class_set_css_name (widget_class, "steps");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
kouan_steps_init (KouanSteps *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "small");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  self->segments = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_set_homogeneous (GTK_BOX (self->segments), TRUE);
  gtk_widget_set_parent (self->segments, GTK_WIDGET (self));
}

GtkWidget *
kouan_steps_new (void)
{
  return g_object_new (KOUAN_TYPE_STEPS, NULL);
}

static GtkWidget *
segment_new (guint index, guint step)
{
  GtkWidget *segment
    = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (segment, "segment");
  gtk_widget_set_valign (segment, GTK_ALIGN_CENTER);
  if (index < step)
    gtk_widget_add_css_class (segment, "done");
  else if (index == step)
    gtk_widget_add_css_class (segment, "present");
  return segment;
}

/**
 * kouan_steps_set:
 * @step: 1 to @count
 * @name: what the step is called, such as "Documents"
 */
void
kouan_steps_set (KouanSteps *self, guint step, guint count, const char *name)
{
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;
  GtkWidget *child;

  g_return_if_fail (KOUAN_IS_STEPS (self));
  g_return_if_fail (step >= 1 && step <= count);
  g_return_if_fail (name != NULL);

  /* Translators: the place in the visit, such as "3 of 7 · Documents" */
  sentence = g_strdup_printf (_ ("%u of %u · %s"), step, count, name);
  text = kouan_language_digits (kouan_language_current (), sentence);
  gtk_label_set_label (GTK_LABEL (self->label), text);

  while ((child = gtk_widget_get_first_child (self->segments)) != NULL)
    gtk_box_remove (GTK_BOX (self->segments), child);
  for (guint i = 1; i <= count; i++)
    gtk_box_append (GTK_BOX (self->segments), segment_new (i, step));

  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
    1.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)count, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
    (double)step, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}
