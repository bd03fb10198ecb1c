/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/text.h"

/* The type of the kiosk: four sizes, set at the leading edge, lines of at most 60 characters. */

#define LINE_CHARS_MAX 60

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS_MAX);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
kouan_heading_new (const char *text)
{
  return label_new (text, "heading");
}

GtkWidget *
kouan_subheading_new (const char *text)
{
  return label_new (text, "subheading");
}

GtkWidget *
kouan_text_new (const char *text)
{
  return label_new (text, "body");
}

GtkWidget *
kouan_small_new (const char *text)
{
  return label_new (text, "small");
}

/* Returns: (transfer floating): body text whose lines all begin behind @mark, such as "2." */
GtkWidget *
kouan_item_new (const char *mark, const char *text)
{
  GtkWidget *item = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                  "spacing", 16, NULL);
  GtkWidget *edge = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = kouan_text_new (mark);
  GtkWidget *words = kouan_text_new (text);

  /* Latin and Devanagari have other ascents and descents: side by side in one box their baselines
   * make GTK measure the item lower than it lays it out. */
  gtk_widget_set_valign (edge, GTK_ALIGN_START);
  gtk_widget_add_css_class (before, "numerals");
  gtk_label_set_wrap (GTK_LABEL (before), FALSE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (edge), before);
  gtk_box_append (GTK_BOX (item), edge);
  gtk_box_append (GTK_BOX (item), words);
  return item;
}
