/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/accessible.h"

/* Notes on widgets, for who listens. */

#define NAME_KEY "kouan-spoken-name"
#define DESCRIPTION_KEY "kouan-spoken-description"
#define LANGUAGE_KEY "kouan-spoken-language"
#define WORDS_KEY "kouan-spoken-words"
#define FLAGS_KEY "kouan-spoken-flags"

enum
{
  PRIVATE = 1 << 0,
  TOGETHER = 1 << 1,
  SILENT = 1 << 2,
};

static void
note (GtkWidget *widget, const char *key, const char *text)
{
  g_object_set_data_full (G_OBJECT (widget), key, g_strdup (text), g_free);
}

void
kouan_accessible_set_name (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  note (widget, NAME_KEY, name);
}

void
kouan_accessible_set_description (GtkWidget *widget, const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  note (widget, DESCRIPTION_KEY, description);
}

/* Returns: (nullable) (transfer none) */
const char *
kouan_accessible_get_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), NAME_KEY);
}

/* Returns: (nullable) (transfer none) */
const char *
kouan_accessible_get_description (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), DESCRIPTION_KEY);
}

static void
set_flag (GtkWidget *widget, guint flag)
{
  guint flags = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), FLAGS_KEY));

  g_object_set_data (G_OBJECT (widget), FLAGS_KEY, GUINT_TO_POINTER (flags | flag));
}

static gboolean
has_flag (GtkWidget *widget, guint flag)
{
  return (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), FLAGS_KEY)) & flag) != 0;
}

void
kouan_accessible_set_private (GtkWidget *widget)
{
  set_flag (widget, PRIVATE);
}

gboolean
kouan_accessible_is_private (GtkWidget *widget)
{
  return has_flag (widget, PRIVATE);
}

/* @code: what the widget's text is in, where that is not the language of the page */
void
kouan_accessible_set_language (GtkWidget *widget, const char *code)
{
  note (widget, LANGUAGE_KEY, code);
}

/* Returns: (nullable) (transfer none) */
const char *
kouan_accessible_get_language (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), LANGUAGE_KEY);
}

/* @words: (nullable): what the widget is called or says, each part in its own language, where one
 * voice alone would mispronounce a part of it */
void
kouan_accessible_set_words (GtkWidget *widget, KouanUtterance *words)
{
  g_object_set_data_full (G_OBJECT (widget), WORDS_KEY,
                          words != NULL ? kouan_utterance_ref (words) : NULL,
                          (GDestroyNotify)kouan_utterance_unref);
}

/* Returns: (nullable) (transfer none) */
KouanUtterance *
kouan_accessible_get_words (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), WORDS_KEY);
}

void
kouan_accessible_set_together (GtkWidget *widget)
{
  set_flag (widget, TOGETHER);
}

gboolean
kouan_accessible_is_together (GtkWidget *widget)
{
  return has_flag (widget, TOGETHER);
}

void
kouan_accessible_set_silent (GtkWidget *widget)
{
  set_flag (widget, SILENT);
}

gboolean
kouan_accessible_is_silent (GtkWidget *widget)
{
  return has_flag (widget, SILENT);
}
