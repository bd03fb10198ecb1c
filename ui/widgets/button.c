/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"

/* Buttons of the kiosk. A label wraps rather than being cut off, and wraps inside a word only when
 * nothing else helps, so that no language and no text size makes a page wider than the screen. */

#define ICON_KEY "kouan-button-icon"
#define LABEL_KEY "kouan-button-label"

static GtkWidget *
icon_of (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), ICON_KEY);
}

static GtkLabel *
label_of (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), LABEL_KEY);
}

static GtkWidget *
wrapping_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  return label;
}

/* Returns: (transfer floating): a GtkButton with an icon of assets/icons (nullable) and a label
 * (nullable) */
GtkWidget *
kouan_button_new (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *picture = kouan_icon_new (NULL);
  GtkWidget *text = wrapping_label_new ();

  gtk_widget_add_css_class (picture, "plain");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data (G_OBJECT (button), ICON_KEY, picture);
  g_object_set_data (G_OBJECT (button), LABEL_KEY, text);

  kouan_button_set_icon (GTK_BUTTON (button), icon);
  kouan_button_set_label (GTK_BUTTON (button), label);
  return button;
}

/* Returns: (transfer floating): the one button of a page that moves the visit forward */
GtkWidget *
kouan_button_new_primary (const char *icon, const char *label)
{
  GtkWidget *button = kouan_button_new (icon, label);

  gtk_widget_add_css_class (button, "primary");
  return button;
}

static void
show_label (GtkButton *button, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (label_of (button)), shown);
  if (shown)
    gtk_widget_remove_css_class (GTK_WIDGET (button), "icon-only");
  else
    gtk_widget_add_css_class (GTK_WIDGET (button), "icon-only");
}

/* @label (nullable): what the button says, also to a screen reader */
void
kouan_button_set_label (GtkButton *self, const char *label)
{
  g_return_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL);

  gtk_label_set_label (label_of (self), label != NULL ? label : "");
  show_label (self, label != NULL);
  if (label != NULL)
    kouan_accessible_set_name (GTK_WIDGET (self), label);
}

const char *
kouan_button_get_label (GtkButton *self)
{
  g_return_val_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL, NULL);

  return gtk_label_get_label (label_of (self));
}

void
kouan_button_set_icon (GtkButton *self, const char *icon)
{
  g_return_if_fail (GTK_IS_BUTTON (self) && icon_of (self) != NULL);

  kouan_drawing_set_name (KOUAN_DRAWING (icon_of (self)), icon);
  gtk_widget_set_visible (icon_of (self), icon != NULL);
}

/* A label of one word stays on one line, also in a language that may break between any two
 * characters. */
void
kouan_button_set_wrap (GtkButton *self, gboolean wrap)
{
  g_return_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL);

  gtk_label_set_wrap (label_of (self), wrap);
}

/* Puts the icon above the label, for buttons that stand side by side in a narrow row. */
void
kouan_button_set_stacked (GtkButton *self)
{
  GtkWidget *box;

  g_return_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL);

  box = gtk_button_get_child (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (box), 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "stacked");
}

/* A sign that has a mirror image, such as "<", keeps its shape in a page from right to left. */
void
kouan_button_set_left_to_right (GtkButton *self)
{
  g_return_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL);

  gtk_widget_set_direction (GTK_WIDGET (label_of (self)), GTK_TEXT_DIR_LTR);
}

/* Hides the label where there is no room for it; a screen reader still says it. */
void
kouan_button_set_icon_only (GtkButton *self, gboolean icon_only)
{
  g_return_if_fail (GTK_IS_BUTTON (self) && label_of (self) != NULL);

  show_label (self, !icon_only);
}
