/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-typing"

#include "app/typing/layout.h"

#include <string.h>

/* Keyboards as data. A key file, in which each group is a layout and each row of keys is a line of
 * words:
 *
 *   [ru]
 *   label=АБВ
 *   digits=1 2 3 …            the row that a low screen leaves out
 *   letters1=й ц у к …        a word is a key: what it types, and what is on it
 *   shift1=…                  where capitals are not made by rule
 *   signs1=…                  else the layout "signs" is behind the key for signs
 *
 * "@shift:3" is a function that is three half keys wide; "◌" before a mark is on the key alone.
 */

static const struct
{
  const char *word;
  KouanLayoutAction action;
  const char *text; /* what the key is called */
  guint units;
} FUNCTIONS[] = {
  { "@erase", KOUAN_LAYOUT_ERASE, "erase", 3 }, { "@shift", KOUAN_LAYOUT_SHIFT, "shift", 3 },
  { "@signs", KOUAN_LAYOUT_SIGNS, "#+?", 3 },   { "@letters", KOUAN_LAYOUT_LETTERS, "ABC", 3 },
  { "@other", KOUAN_LAYOUT_OTHER, "other", 3 }, { "@fill", KOUAN_LAYOUT_FILL, "<<<", 3 },
  { "@space", KOUAN_LAYOUT_TYPE, " ", 9 },      { "@gap", KOUAN_LAYOUT_GAP, NULL, 1 },
};

static const char *const LAYERS[] = {
  [KOUAN_LAYER_LETTERS] = "letters",
  [KOUAN_LAYER_SHIFT] = "shift",
  [KOUAN_LAYER_SIGNS] = "signs",
};

struct _KouanLayouts
{
  GPtrArray *all; /* (element-type KouanLayout) */
};

static void
key_free (gpointer data)
{
  KouanLayoutKey *key = data;

  g_free (key->text);
  g_free (key->face_owned);
  g_free (key);
}

static void
layout_free (gpointer data)
{
  KouanLayout *layout = data;

  g_free (layout->id);
  g_free (layout->label);
  g_free (layout->language);
  for (guint i = 0; i < KOUAN_N_LAYERS; i++)
    g_clear_pointer (&layout->rows[i], g_ptr_array_unref);
  g_free (layout);
}

/* "x:3" is x, three half keys wide; ":" alone is a colon. */
static char *
take_units (const char *word, guint *units)
{
  const char *colon = strrchr (word, ':');
  guint64 number;

  if (colon == NULL || colon == word
      || !g_ascii_string_to_unsigned (colon + 1, 10, 1, KOUAN_LAYOUT_UNITS, &number, NULL))
    return g_strdup (word);
  *units = (guint)number;
  return g_strndup (word, (gsize)(colon - word));
}

static KouanLayoutKey *
key_new (const char *written)
{
  static const char circle[] = "◌";
  KouanLayoutKey *key = g_new0 (KouanLayoutKey, 1);
  guint units = 0;
  g_autofree char *word = take_units (written, &units);

  key->units = units > 0 ? units : 2;
  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    if (g_str_equal (FUNCTIONS[i].word, word))
      {
        key->action = FUNCTIONS[i].action;
        key->units = units > 0 ? units : FUNCTIONS[i].units;
        key->face = key->text = g_strdup (FUNCTIONS[i].text);
        return key;
      }
  key->action = KOUAN_LAYOUT_TYPE;
  key->text = g_strdup (g_str_has_prefix (word, circle) ? word + strlen (circle) : word);
  key->face = key->face_owned = g_steal_pointer (&word);
  return key;
}

static gboolean
is_row_good (GPtrArray *row)
{
  guint units = 0;

  for (guint i = 0; i < row->len; i++)
    {
      KouanLayoutKey *key = g_ptr_array_index (row, i);

      if (key->text != NULL && *key->text == '@' && key->text[1] != '\0')
        return FALSE; /* a function that there is not */
      units += key->units;
    }
  return units <= KOUAN_LAYOUT_UNITS;
}

/* Returns: FALSE if the row is too wide or names a function that there is not */
static gboolean
add_row (GPtrArray *rows, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *row = g_ptr_array_new_with_free_func (key_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (row, key_new (words[i]));
  g_ptr_array_add (rows, row);
  return is_row_good (row);
}

static gboolean
read_layer (GKeyFile *file, KouanLayout *layout, KouanLayer layer)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autofree char *digits = g_key_file_get_string (file, layout->id, "digits", NULL);
  gboolean good = TRUE;

  layout->rows[layer] = rows;
  if (digits != NULL && layer != KOUAN_LAYER_SIGNS)
    {
      good = add_row (rows, digits);
      layout->optional_first = TRUE;
    }
  for (guint i = 1; i <= KOUAN_LAYOUT_ROWS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", LAYERS[layer], i);
      g_autofree char *text = g_key_file_get_string (file, layout->id, name, NULL);

      if (text != NULL)
        good = add_row (rows, text) && good;
    }
  return good && rows->len <= KOUAN_LAYOUT_ROWS_MAX;
}

static gboolean
has_layer (GKeyFile *file, const char *id, KouanLayer layer)
{
  g_autofree char *name = g_strdup_printf ("%s1", LAYERS[layer]);

  return g_key_file_has_key (file, id, name, NULL);
}

static KouanLayout *
read_layout (GKeyFile *file, const char *id, GError **error)
{
  KouanLayout *layout = g_new0 (KouanLayout, 1);
  g_autofree char *compose = g_key_file_get_string (file, id, "compose", NULL);
  gboolean good = has_layer (file, id, KOUAN_LAYER_LETTERS);

  layout->id = g_strdup (id);
  layout->label = g_key_file_get_string (file, id, "label", NULL);
  layout->language = g_key_file_get_string (file, id, "language", NULL);
  layout->compose = kouan_compose_from_string (compose);
  for (KouanLayer layer = 0; layer < KOUAN_N_LAYERS; layer++)
    if (has_layer (file, id, layer))
      good = read_layer (file, layout, layer) && good;
  if (good)
    return layout;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "keyboard layout \"%s\": a row is wider than ten keys, or there are too many", id);
  layout_free (layout);
  return NULL;
}

static void
clear_layouts (gpointer data)
{
  g_ptr_array_unref (((KouanLayouts *)data)->all);
}

/* Returns: (transfer full) (nullable): %NULL with a %G_KEY_FILE_ERROR */
KouanLayouts *
kouan_layouts_new (const char *data, gsize size, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KouanLayouts) self = g_rc_box_new0 (KouanLayouts);
  g_auto (GStrv) ids = NULL;

  self->all = g_ptr_array_new_with_free_func (layout_free);
  if (!g_key_file_load_from_data (file, data, size, G_KEY_FILE_NONE, error))
    return NULL;
  ids = g_key_file_get_groups (file, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      KouanLayout *layout = read_layout (file, ids[i], error);

      if (layout == NULL)
        return NULL;
      g_ptr_array_add (self->all, layout);
    }
  return g_steal_pointer (&self);
}

KouanLayouts *
kouan_layouts_ref (KouanLayouts *self)
{
  return g_rc_box_acquire (self);
}

void
kouan_layouts_unref (KouanLayouts *self)
{
  g_rc_box_release_full (self, clear_layouts);
}

guint
kouan_layouts_get_count (KouanLayouts *self)
{
  return self->all->len;
}

const KouanLayout *
kouan_layouts_get (KouanLayouts *self, guint index)
{
  g_return_val_if_fail (index < self->all->len, NULL);

  return g_ptr_array_index (self->all, index);
}

/* Returns: (nullable): the layout of a language, BCP 47, or of a purpose */
const KouanLayout *
kouan_layouts_find (KouanLayouts *self, const char *id)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (((KouanLayout *)g_ptr_array_index (self->all, i))->id, id))
      return g_ptr_array_index (self->all, i);
  return NULL;
}
