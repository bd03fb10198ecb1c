/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "ui/voice/stops.h"

#include "ui/widgets/accessible.h"
#include "ui/widgets/header.h"
#include "ui/widgets/key-target.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/scroll-buttons.h"

/* A page as a list: everything on it that can be heard or pressed, in the order in which it is
 * read, the header's buttons last because they are the same on every page. It is worked out from
 * the widgets that are there, so that a new page needs nothing to be heard. */

typedef struct
{
  GPtrArray *stops;
  guint open_row;
  gboolean controls_only;
} Collector;

static void collect (Collector *self, GtkWidget *widget);

static void
stop_free (gpointer data)
{
  KouanStop *stop = data;

  g_clear_object (&stop->widget);
  g_free (stop->text);
  g_free (stop->value);
  g_free (stop->language);
  g_clear_pointer (&stop->words, kouan_utterance_unref);
  g_free (stop);
}

/* The language of a text is known by the class that gives it the fonts of its script. */
static const char *
language_of (GtkWidget *widget)
{
  guint count;
  const KouanLanguage *const *all = kouan_language_all (&count);

  if (kouan_accessible_get_language (widget) != NULL)
    return kouan_accessible_get_language (widget);
  for (guint i = 0; i < count; i++)
    if (gtk_widget_has_css_class (widget, all[i]->css_class))
      return all[i]->code;
  return kouan_language_current ()->code;
}

static gboolean
is_private (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (kouan_accessible_is_private (widget))
      return TRUE;
  return FALSE;
}

/* @text: (transfer full) */
static KouanStop *
add (Collector *self, GtkWidget *widget, KouanStopKind kind, char *text)
{
  KouanStop *stop = g_new0 (KouanStop, 1);

  stop->widget = g_object_ref (widget);
  stop->kind = kind;
  stop->text = text;
  stop->language = g_strdup (language_of (widget));
  if (kouan_accessible_get_words (widget) != NULL)
    stop->words = kouan_utterance_ref (kouan_accessible_get_words (widget));
  stop->private = is_private (widget);
  stop->sensitive = gtk_widget_is_sensitive (widget);
  stop->row = KOUAN_ROW_NONE;
  g_ptr_array_add (self->stops, stop);
  return stop;
}

static void
collect_children (Collector *self, GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (self, child);
}

/* A label may keep the room of a line that is not there yet. */
static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* The texts below a widget: the first, and the others as one. */
static void
join_labels (GtkWidget *widget, GString *first, GString *others)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_BUTTON (widget)
      || kouan_accessible_is_silent (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));
      GString *into = first->len == 0 ? first : others;

      if (is_blank (text))
        return;
      if (into->len > 0)
        g_string_append (into, ". ");
      g_string_append (into, text);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    join_labels (child, first, others);
}

static void
add_together (Collector *self, GtkWidget *widget, GtkAccessibleRole role)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);
  gboolean controls_only = self->controls_only;
  KouanStop *stop;

  join_labels (widget, first, others);
  if (first->len > 0)
    {
      stop = add (self, widget, KOUAN_STOP_TEXT, g_strdup (first->str));
      stop->value = others->len > 0 ? g_strdup (others->str) : NULL;
      stop->urgent = role == GTK_ACCESSIBLE_ROLE_ALERT;
      stop->live = stop->urgent || role == GTK_ACCESSIBLE_ROLE_STATUS
                   || role == GTK_ACCESSIBLE_ROLE_PROGRESS_BAR;
    }
  self->controls_only = TRUE;
  collect_children (self, widget);
  self->controls_only = controls_only;
}

/* What a button is called; its label, where nobody said otherwise. */
static char *
name_of (GtkWidget *widget)
{
  const char *name = kouan_accessible_get_name (widget);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);

  if (name != NULL && *name != '\0')
    return g_strdup (name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    join_labels (child, first, others);
  return g_strdup (first->str);
}

static void
add_control (Collector *self, GtkWidget *widget, KouanStopKind kind)
{
  KouanStop *stop = add (self, widget, kind, name_of (widget));
  const char *description = kouan_accessible_get_description (widget);

  stop->chosen = gtk_widget_has_css_class (widget, "chosen");
  if (GTK_IS_CHECK_BUTTON (widget))
    stop->chosen = gtk_check_button_get_active (GTK_CHECK_BUTTON (widget));
  if (description != NULL && *description != '\0')
    stop->value = g_strdup (description);
}

static void
add_field (Collector *self, GtkWidget *widget)
{
  KouanStop *stop = add (self, widget, KOUAN_STOP_FIELD, name_of (widget));

  stop->value = kouan_key_target_get_text (KOUAN_KEY_TARGET (widget));
  stop->private = TRUE;
}

static void
add_row (Collector *self, KouanKeyboard *keyboard, guint row, GPtrArray *keys)
{
  g_autoptr (GString) names = g_string_new (NULL);
  KouanStop *stop;

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            kouan_accessible_get_name (g_ptr_array_index (keys, i)));
  stop = add (self, g_ptr_array_index (keys, 0), KOUAN_STOP_ROW, g_strdup (names->str));
  stop->language = (g_free (stop->language), g_strdup (kouan_keyboard_get_language (keyboard)));
  stop->row = row;
  stop->live = kouan_keyboard_row_changes (keyboard, row);
}

static void
add_keys (Collector *self, KouanKeyboard *keyboard, guint row, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      GtkWidget *key = g_ptr_array_index (keys, i);
      KouanStop *stop = add (self, key, KOUAN_STOP_KEY, g_strdup (kouan_accessible_get_name (key)));

      stop->language = (g_free (stop->language), g_strdup (kouan_keyboard_get_language (keyboard)));
      stop->row = row;
      stop->chosen = gtk_widget_has_css_class (key, "chosen");
    }
}

static void
collect_keyboard (Collector *self, KouanKeyboard *keyboard)
{
  for (guint row = 0;; row++)
    {
      g_autoptr (GPtrArray) keys = kouan_keyboard_get_row (keyboard, row);

      if (keys == NULL)
        return;
      if (keys->len == 0)
        continue;
      if (row == self->open_row)
        add_keys (self, keyboard, row, keys);
      else
        add_row (self, keyboard, row, keys);
    }
}

static gboolean
is_leaf_with_name (GtkWidget *widget)
{
  const char *name = kouan_accessible_get_name (widget);

  return name != NULL && *name != '\0' && gtk_widget_get_first_child (widget) == NULL;
}

static gboolean
is_passed_over (GtkWidget *widget)
{
  return !gtk_widget_get_mapped (widget) || kouan_accessible_is_silent (widget)
         || gtk_widget_has_css_class (widget, "companion") || KOUAN_IS_SCROLL_BUTTONS (widget)
         || KOUAN_IS_HEADER (widget);
}

static gboolean
is_one_thing (GtkWidget *widget, GtkAccessibleRole role)
{
  return kouan_accessible_is_together (widget) || role == GTK_ACCESSIBLE_ROLE_ALERT
         || role == GTK_ACCESSIBLE_ROLE_STATUS || role == GTK_ACCESSIBLE_ROLE_PROGRESS_BAR;
}

static void
collect (Collector *self, GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (is_passed_over (widget))
    return;
  if (KOUAN_IS_KEYBOARD (widget))
    collect_keyboard (self, KOUAN_KEYBOARD (widget));
  else if (GTK_IS_CHECK_BUTTON (widget))
    add_control (self, widget, KOUAN_STOP_CHOICE);
  else if (GTK_IS_BUTTON (widget))
    add_control (self, widget, KOUAN_STOP_BUTTON);
  else if (KOUAN_IS_KEY_TARGET (widget) && gtk_widget_get_focusable (widget))
    add_field (self, widget);
  else if (self->controls_only)
    collect_children (self, widget);
  else if (GTK_IS_LABEL (widget) && !is_blank (gtk_label_get_text (GTK_LABEL (widget))))
    add (self, widget, KOUAN_STOP_TEXT, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  else if (GTK_IS_LABEL (widget))
    return;
  else if (is_one_thing (widget, role))
    add_together (self, widget, role);
  else if (is_leaf_with_name (widget))
    add (self, widget, KOUAN_STOP_TEXT, g_strdup (kouan_accessible_get_name (widget)));
  else
    collect_children (self, widget);
}

/* Choices that follow each other are one question. */
static void
count_choices (GPtrArray *stops)
{
  for (guint first = 0; first < stops->len;)
    {
      guint end = first;

      while (end < stops->len
             && ((KouanStop *)g_ptr_array_index (stops, end))->kind == KOUAN_STOP_CHOICE)
        end++;
      for (guint i = first; i < end; i++)
        {
          ((KouanStop *)g_ptr_array_index (stops, i))->nth = i - first + 1;
          ((KouanStop *)g_ptr_array_index (stops, i))->count = end - first;
        }
      first = MAX (end, first + 1);
    }
}

/**
 * kouan_stops_collect:
 * @open_row: of the keyboard, whose keys are stops; or %KOUAN_ROW_NONE
 *
 * Returns: (transfer full) (element-type KouanStop): what can be heard and pressed now: of the
 * panel that is open, or of the page
 */
GPtrArray *
kouan_stops_collect (KouanWindow *window, guint open_row)
{
  KouanPanel *panel = kouan_window_get_panel (window);
  KouanPageFrame *frame = kouan_window_get_frame (window);
  Collector collector = { g_ptr_array_new_with_free_func (stop_free), open_row, FALSE };

  if (panel != NULL)
    collect (&collector, GTK_WIDGET (panel));
  else if (gtk_widget_get_mapped (GTK_WIDGET (frame)))
    {
      collect (&collector, GTK_WIDGET (frame));
      collect_children (&collector, kouan_page_frame_get_header (frame));
    }
  count_choices (collector.stops);
  return collector.stops;
}

/* Returns: (nullable) (transfer none): the stop at @widget. @index: (out) (optional) */
KouanStop *
kouan_stops_find (GPtrArray *stops, GtkWidget *widget, guint *index)
{
  for (guint i = 0; stops != NULL && widget != NULL && i < stops->len; i++)
    {
      KouanStop *stop = g_ptr_array_index (stops, i);

      if (stop->widget != widget)
        continue;
      if (index != NULL)
        *index = i;
      return stop;
    }
  return NULL;
}
