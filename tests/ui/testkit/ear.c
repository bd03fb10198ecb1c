/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/ear.h"

#include "app/speech/file-speech.h"
#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/picture.h"
#include "ui/widgets/accessible.h"
#include "ui/widgets/key-target.h"
#include "ui/widgets/scroll-buttons.h"

#include <string.h>

#define PRESSES_MAX 200 /* to go round a page */

/* @window: presented */
void
kouan_test_ear_open (KouanTestEar *self, KouanWindow *window)
{
  g_autofree char *source = NULL;
  KouanVoiceKeys keys;

  *self = (KouanTestEar){ .window = window };
  self->folder = kouan_test_folder_new ();
  self->path = g_build_filename (self->folder, "spoken", NULL);
  self->plug = g_build_filename (self->folder, "plugged", NULL);
  source = g_strconcat ("file:", self->plug, NULL);
  self->speech = kouan_file_speech_new (self->path);
  self->headphone = kouan_headphone_new_for_source (source, NULL);
  g_assert_true (kouan_voice_keys_parse (&keys, NULL));
  self->voice = kouan_voice_new (window, self->speech, self->headphone, &keys);
}

void
kouan_test_ear_close (KouanTestEar *self)
{
  g_clear_object (&self->voice);
  g_clear_object (&self->headphone);
  g_clear_object (&self->speech);
  g_free (self->path);
  g_free (self->plug);
  kouan_test_folder_remove (self->folder);
}

static gboolean
is_plugged (gpointer data)
{
  return kouan_headphone_is_plugged (data);
}

void
kouan_test_ear_plug_in (KouanTestEar *self)
{
  g_assert_true (g_file_set_contents (self->plug, "", 0, NULL));
  kouan_test_wait_for (is_plugged, self->headphone);
}

void
kouan_test_ear_press (KouanTestEar *self, KouanVoiceKey key)
{
  g_assert_true (kouan_voice_press (self->voice, key));
}

/* Returns: (transfer full) */
char *
kouan_test_ear_hear (KouanTestEar *self)
{
  g_autofree char *all = NULL;
  gsize size;
  char *rest;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (g_file_get_contents (self->path, &all, &size, NULL));
  rest = g_strdup (all + self->heard);
  self->heard = size;
  return rest;
}

void
kouan_test_ear_assert_heard (KouanTestEar *self, const char *text)
{
  g_autofree char *heard = kouan_test_ear_hear (self);

  if (strstr (heard, text) == NULL)
    g_error ("\"%s\" was not said, but: %s", text, heard);
}

void
kouan_test_ear_go_to (KouanTestEar *self, const char *text)
{
  for (guint i = 0; i < PRESSES_MAX; i++)
    {
      g_autofree char *heard = NULL;

      kouan_test_ear_press (self, KOUAN_VOICE_KEY_NEXT);
      heard = kouan_test_ear_hear (self);
      if (strstr (heard, text) != NULL)
        return;
    }
  g_error ("\"%s\" is not reached", text);
}

static gboolean
is_pressable (GtkWidget *widget)
{
  return (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)
          || (KOUAN_IS_KEY_TARGET (widget) && gtk_widget_get_focusable (widget)))
         && gtk_widget_get_ancestor (widget, KOUAN_TYPE_SCROLL_BUTTONS) == NULL;
}

static void
collect_pressable (GtkWidget *widget, GHashTable *all)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_target (widget))
    return;
  if (is_pressable (widget))
    g_hash_table_add (all, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_pressable (child, all);
}

static GtkWidget *
find_listening (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "listening") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_listening (child);
  return found;
}

/* Through a row of keys, to the row itself again. */
static void
walk_row (KouanTestEar *self, GHashTable *left)
{
  kouan_test_ear_press (self, KOUAN_VOICE_KEY_CHOOSE);
  for (guint i = 0; i < PRESSES_MAX; i++)
    {
      GtkWidget *key = find_listening (GTK_WIDGET (self->window));
      g_autofree char *heard = NULL;

      g_hash_table_remove (left, key);
      g_free (kouan_test_ear_hear (self));
      kouan_test_ear_press (self, KOUAN_VOICE_KEY_NEXT);
      heard = kouan_test_ear_hear (self);
      key = find_listening (GTK_WIDGET (self->window));
      if (strstr (heard, "A row of keys.") != NULL || !gtk_widget_has_css_class (key, "key"))
        break;
    }
  kouan_test_ear_press (self, KOUAN_VOICE_KEY_PREVIOUS);
}

void
kouan_test_ear_check_reaches (KouanTestEar *self)
{
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer widget;

  g_free (kouan_test_ear_hear (self));
  collect_pressable (GTK_WIDGET (self->window), left);
  for (guint i = 0; i < PRESSES_MAX && g_hash_table_size (left) > 0; i++)
    {
      GtkWidget *at;
      g_autofree char *heard = NULL;

      kouan_test_ear_press (self, KOUAN_VOICE_KEY_NEXT);
      heard = kouan_test_ear_hear (self);
      at = find_listening (GTK_WIDGET (self->window));
      g_assert_nonnull (at);
      g_assert_cmpstr (heard, !=, "");
      if (gtk_widget_has_css_class (at, "key"))
        walk_row (self, left);
      g_hash_table_remove (left, at);
    }
  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    {
      g_test_message ("%s is not reached", kouan_accessible_get_name (widget));
      g_test_fail ();
    }
}
