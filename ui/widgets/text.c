/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/text.h"
#include "ui/widgets/row-layout.h"

/* The type of the kiosk: four sizes, set at the leading edge, lines of at most 60 characters. */

#define LINE_CHARS_MAX 60
#define SENTENCE_CHARS 40       /* and more */
#define SENTENCE_WIDTH_CHARS 12 /* at least */
#define LEFT_TO_RIGHT_MARK "\u200E"

/* Pango breaks a long word with a hyphen, which would be read as a part of a number; and then it
 * measures some words narrower than it lays them out. */
static void
break_without_hyphens (GtkLabel *label)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

/* GTK asks every page how high it is at its least width, where a text stands in a column of one
 * letter: most of the time that a page took went into breaking sentences there. */
static void
on_label_changed (GtkLabel *label, GParamSpec *pspec G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  gboolean sentence = g_utf8_strlen (gtk_label_get_text (label), -1) > SENTENCE_CHARS;

  gtk_label_set_width_chars (label, sentence ? SENTENCE_WIDTH_CHARS : -1);
}

static GtkWidget *
label_new (const char *text, const char *css_class, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, NULL);

  break_without_hyphens (GTK_LABEL (label));
  g_signal_connect (label, "notify::label", G_CALLBACK (on_label_changed), NULL);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
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
  return label_new (text, "heading", GTK_ACCESSIBLE_ROLE_HEADING);
}

GtkWidget *
kouan_subheading_new (const char *text)
{
  return label_new (text, "subheading", GTK_ACCESSIBLE_ROLE_HEADING);
}

GtkWidget *
kouan_text_new (const char *text)
{
  return label_new (text, "body", GTK_ACCESSIBLE_ROLE_LABEL);
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer floating): body text of what somebody has answered. A number in groups has no
 * direction of its own: on a page that is written from right to left it would begin with its last
 * group, and gets a mark that says otherwise (UAX 9, LRM). */
GtkWidget *
kouan_answer_new (const char *text)
{
  gboolean mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  g_autofree char *marked = NULL;

  if (!mirrored || has_letters (text))
    return kouan_text_new (text);
  marked = g_strconcat (LEFT_TO_RIGHT_MARK, text, NULL);
  return kouan_text_new (marked);
}

GtkWidget *
kouan_small_new (const char *text)
{
  return label_new (text, "small", GTK_ACCESSIBLE_ROLE_LABEL);
}

/* Returns: (transfer floating): body text whose lines all begin behind @mark, such as "2." */
GtkWidget *
kouan_item_new (const char *mark, const char *text)
{
  GtkWidget *item = kouan_row_new (16, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
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
