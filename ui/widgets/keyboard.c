/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/keyboard.h"
#include "app/language/language.h"
#include "app/pinyin/pinyin.h"
#include "app/typing/layout.h"
#include "ui/widgets/button.h"
#include "ui/widgets/candidate-bar.h"

#include <string.h>

/* The compositor offers no input method, so the keyboard is a widget. Layouts are data
 * (assets/keyboard/layouts.ini): rows of keys on a grid of half-key columns; a key types its own
 * text, composed with what stands before the caret where the writing wants that, or does one of a
 * few things. Keys never take the focus: that stays with the field, where a person sees the caret.
 * They stand 8 px apart, closer than other targets, as ten of them have to stand side by side and a
 * hand expects them so.
 *
 * Chinese is spelled: letters gather above the keys, and a word is chosen from those that they may
 * stand for. Nothing of it is remembered: a keyboard lives as long as its page. */

#define KEY_GAP 8
#define KEY_KEY "kouan-key"
#define SPELLING_MAX 48
#define WORDS_MAX 60

struct _KouanKeyboard
{
  GtkWidget parent_instance;

  GtkWidget *bar; /* visible where the layout spells */
  GtkWidget *grid;
  KouanKeyTarget *target; /* (nullable), weak */
  KouanKeyboardMode mode;
  KouanLayouts *layouts;
  const KouanLayout *own;    /* of the language and the mode */
  const KouanLayout *layout; /* in force: that, or the Latin letters beside it */
  KouanLayer layer;
  gboolean shifted; /* the next letter is a capital */
  gboolean locked;  /* and all the following */
  gboolean compact;

  KouanPinyin *pinyin; /* (nullable) until something is spelled */
  GString *spelling;
  GPtrArray *candidates; /* (nullable) (element-type KouanPinyinCandidate) */
};

G_DEFINE_FINAL_TYPE (KouanKeyboard, kouan_keyboard, GTK_TYPE_WIDGET)

static void build (KouanKeyboard *self);

static const KouanLayoutKey *
key_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), KEY_KEY);
}

static gboolean
has_shift_layer (KouanKeyboard *self)
{
  return self->layout->rows[KOUAN_LAYER_SHIFT] != NULL;
}

static gboolean
is_letter (const KouanLayoutKey *key)
{
  return key->action == KOUAN_LAYOUT_TYPE && g_unichar_islower (g_utf8_get_char (key->text));
}

static char *
text_of (KouanKeyboard *self, const KouanLayoutKey *key)
{
  gboolean capital = self->shifted && !has_shift_layer (self) && is_letter (key);

  return capital ? g_utf8_strup (key->text, -1) : g_strdup (key->text);
}

static void
update_shift (KouanKeyboard *self, GtkWidget *button)
{
  kouan_button_set_icon (GTK_BUTTON (button), self->locked ? "shift-lock" : "shift");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
    self->shifted ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (self->shifted)
    gtk_widget_add_css_class (button, "chosen");
  else
    gtk_widget_remove_css_class (button, "chosen");
}

static void
update_letters (KouanKeyboard *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->grid); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      const KouanLayoutKey *key = key_of (button);
      g_autofree char *text = NULL;

      if (key->action == KOUAN_LAYOUT_SHIFT)
        update_shift (self, button);
      if (has_shift_layer (self) || !is_letter (key))
        continue;
      text = text_of (self, key);
      kouan_button_set_label (GTK_BUTTON (button), text);
    }
}

static void
follow_shift (KouanKeyboard *self)
{
  KouanLayer layer = self->shifted ? KOUAN_LAYER_SHIFT : KOUAN_LAYER_LETTERS;

  if (!has_shift_layer (self) || self->layer == KOUAN_LAYER_SIGNS || layer == self->layer)
    {
      update_letters (self);
      return;
    }
  self->layer = layer;
  build (self);
}

/* Once for the next letter, twice for all of them, a third time for none. A layer of other letters
 * stays until it is left, but for the doubled ones of Korean. */
static void
press_shift (KouanKeyboard *self)
{
  gboolean sticky = has_shift_layer (self) && self->layout->compose != KOUAN_COMPOSE_HANGUL;

  if (self->locked)
    self->locked = self->shifted = FALSE;
  else if (self->shifted || sticky)
    self->locked = self->shifted = TRUE;
  else
    self->shifted = TRUE;
  follow_shift (self);
}

static gboolean
spells (KouanKeyboard *self)
{
  return self->layout->compose == KOUAN_COMPOSE_PINYIN
         || self->layout->compose == KOUAN_COMPOSE_PINYIN_TRADITIONAL;
}

/* On a low screen the candidates take room from the page only while there are any. */
static void
show_bar (KouanKeyboard *self)
{
  gtk_widget_set_visible (self->bar, spells (self) && (!self->compact || self->spelling->len > 0));
}

static void
guess (KouanKeyboard *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  if (self->spelling->len > 0 && self->pinyin == NULL)
    self->pinyin = kouan_pinyin_new (self->layout->compose == KOUAN_COMPOSE_PINYIN_TRADITIONAL);
  if (self->spelling->len > 0)
    {
      self->candidates = kouan_pinyin_guess (self->pinyin, self->spelling->str, WORDS_MAX);
      for (guint i = 0; i < self->candidates->len; i++)
        g_ptr_array_add (words,
                         ((KouanPinyinCandidate *)g_ptr_array_index (self->candidates, i))->text);
    }
  kouan_candidate_bar_set (KOUAN_CANDIDATE_BAR (self->bar), self->spelling->str, words);
  show_bar (self);
}

static void
forget_spelling (KouanKeyboard *self)
{
  if (self->spelling->len == 0)
    return;
  g_string_truncate (self->spelling, 0);
  guess (self);
}

static void
insert (KouanKeyboard *self, const KouanComposed *composed)
{
  if (self->target == NULL)
    return;
  for (guint i = 0; i < composed->erase; i++)
    (void)kouan_key_target_press (self->target, KOUAN_KEY_ERASE);
  if (*composed->insert != '\0')
    (void)kouan_key_target_insert (self->target, composed->insert);
}

static void
insert_text (KouanKeyboard *self, const char *text)
{
  if (self->target != NULL)
    (void)kouan_key_target_insert (self->target, text);
}

/* What is spelled beyond the word stays to be chosen from. */
static void
choose_word (KouanKeyboard *self, guint index)
{
  const KouanPinyinCandidate *candidate;
  guint spelled;

  if (self->candidates == NULL || index >= self->candidates->len)
    return;
  candidate = g_ptr_array_index (self->candidates, index);
  insert_text (self, candidate->text);
  spelled = CLAMP (candidate->spelled, 1, (guint)self->spelling->len);
  g_string_erase (self->spelling, 0, spelled);
  guess (self);
}

static void
on_word_chosen (KouanCandidateBar *bar G_GNUC_UNUSED, guint index, KouanKeyboard *self)
{
  choose_word (self, index);
}

/* Returns: whether the key belongs to what is spelled. Space takes the likeliest word; a sign takes
 * it too, and stands behind it. */
static gboolean
spell (KouanKeyboard *self, const KouanLayoutKey *key)
{
  char letter = key->text[0];
  gboolean is_spelled
    = key->text[1] == '\0' && ((letter >= 'a' && letter <= 'z') || letter == '\'');

  if (!spells (self) || self->layer != KOUAN_LAYER_LETTERS)
    return FALSE;
  if (is_spelled && (letter != '\'' || self->spelling->len > 0))
    {
      if (self->spelling->len < SPELLING_MAX)
        g_string_append_c (self->spelling, letter);
      guess (self);
      return TRUE;
    }
  if (self->spelling->len == 0)
    return FALSE;
  while (self->candidates != NULL && self->candidates->len > 0 && letter != ' ')
    choose_word (self, 0);
  if (letter == ' ')
    choose_word (self, 0);
  return letter == ' ';
}

static void
type (KouanKeyboard *self, const KouanLayoutKey *key)
{
  g_autofree char *text = text_of (self, key);
  g_autofree char *before = NULL;
  g_auto (KouanComposed) composed = { 0 };

  if (spell (self, key))
    return;
  before = self->target != NULL ? kouan_key_target_get_before (self->target) : g_strdup ("");
  kouan_compose_key (self->layout->compose, before, text, &composed);
  insert (self, &composed);
  if (self->shifted && !self->locked && (has_shift_layer (self) || is_letter (key)))
    {
      self->shifted = FALSE;
      follow_shift (self);
    }
}

static void
erase (KouanKeyboard *self)
{
  g_autofree char *before = NULL;
  g_auto (KouanComposed) composed = { 0 };

  if (self->spelling->len > 0)
    {
      g_string_truncate (self->spelling, self->spelling->len - 1);
      guess (self);
      return;
    }
  if (self->target == NULL)
    return;
  before = kouan_key_target_get_before (self->target);
  kouan_compose_erase (self->layout->compose, before, &composed);
  insert (self, &composed);
}

static const KouanLayout *
find_layout (KouanKeyboard *self, const char *id)
{
  const KouanLayout *layout = kouan_layouts_find (self->layouts, id);

  g_assert (layout != NULL); /* a test holds the file against every id that is asked for */
  return layout;
}

/* Where the writing is not Latin, it has a label, and Latin letters stand beside it. */
static void
press_other (KouanKeyboard *self)
{
  forget_spelling (self);
  self->layout = self->layout == self->own ? find_layout (self, "latin") : self->own;
  self->layer = KOUAN_LAYER_LETTERS;
  self->shifted = self->locked = FALSE;
  build (self);
}

static void
show_layer (KouanKeyboard *self, KouanLayer layer)
{
  forget_spelling (self);
  self->layer = layer;
  self->shifted = self->locked = FALSE;
  build (self);
}

static void
on_key_clicked (GtkButton *button, KouanKeyboard *self)
{
  const KouanLayoutKey *key = key_of (GTK_WIDGET (button));

  switch (key->action)
    {
    case KOUAN_LAYOUT_TYPE:
      type (self, key);
      break;
    case KOUAN_LAYOUT_ERASE:
      erase (self);
      break;
    case KOUAN_LAYOUT_FILL:
      if (self->target != NULL)
        (void)kouan_key_target_press (self->target, KOUAN_KEY_FILL);
      break;
    case KOUAN_LAYOUT_SHIFT:
      press_shift (self);
      break;
    case KOUAN_LAYOUT_SIGNS:
      show_layer (self, KOUAN_LAYER_SIGNS);
      break;
    case KOUAN_LAYOUT_LETTERS:
      show_layer (self, KOUAN_LAYER_LETTERS);
      break;
    case KOUAN_LAYOUT_OTHER:
      press_other (self);
      break;
    case KOUAN_LAYOUT_GAP:
    default:
      g_assert_not_reached ();
    }
}

static const char *
icon_of (const KouanLayoutKey *key)
{
  if (key->action == KOUAN_LAYOUT_ERASE)
    return "backspace";
  return key->action == KOUAN_LAYOUT_SHIFT ? "shift" : NULL;
}

/* (nullable): where what is on the key does not say it */
static const char *
spoken_name (KouanKeyboard *self, const KouanLayoutKey *key)
{
  switch (key->action)
    {
    case KOUAN_LAYOUT_ERASE:
      return _ ("Delete the last character");
    case KOUAN_LAYOUT_SHIFT:
      return has_shift_layer (self) ? _ ("More letters") : _ ("Capital letters");
    case KOUAN_LAYOUT_SIGNS:
      return _ ("Digits and signs");
    case KOUAN_LAYOUT_LETTERS:
      return _ ("Letters");
    case KOUAN_LAYOUT_OTHER:
      return self->layout == self->own ? _ ("Latin letters") : _ ("Letters of my language");
    case KOUAN_LAYOUT_FILL:
      return _ ("Fill the line with <");
    case KOUAN_LAYOUT_TYPE:
      return g_str_equal (key->text, " ") ? _ ("Space") : NULL;
    case KOUAN_LAYOUT_GAP:
    default:
      return NULL;
    }
}

static const char *
face_of (KouanKeyboard *self, const KouanLayoutKey *key)
{
  if (key->action == KOUAN_LAYOUT_OTHER)
    return self->layout == self->own ? find_layout (self, "latin")->label : self->own->label;
  if (key->action == KOUAN_LAYOUT_LETTERS && self->layout->label != NULL)
    return self->layout->label;
  return g_str_equal (key->face, " ") ? _ ("Space") : key->face;
}

static gboolean
is_pad (KouanKeyboard *self)
{
  return self->mode == KOUAN_KEYBOARD_DIGITS || self->mode == KOUAN_KEYBOARD_PHONE;
}

static GtkWidget *
key_new (KouanKeyboard *self, const KouanLayoutKey *key)
{
  const char *icon = icon_of (key);
  GtkWidget *button = kouan_button_new (icon, icon == NULL ? face_of (self, key) : NULL);
  const char *name = spoken_name (self, key);

  gtk_widget_add_css_class (button, "key");
  if (key->action != KOUAN_LAYOUT_TYPE)
    gtk_widget_add_css_class (button, "function");
  if (is_pad (self))
    gtk_widget_add_css_class (button, "pad");
  if (self->mode == KOUAN_KEYBOARD_MRZ)
    kouan_button_set_left_to_right (GTK_BUTTON (button));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_vexpand (button, TRUE);
  if (name != NULL)
    kouan_accessible_set_name (button, name);
  g_object_set_data (G_OBJECT (button), KEY_KEY, (gpointer)key);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key_clicked), self);
  return button;
}

static void
build_row (KouanKeyboard *self, GPtrArray *keys, int row)
{
  int column = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const KouanLayoutKey *key = g_ptr_array_index (keys, i);

      if (key->action != KOUAN_LAYOUT_GAP)
        gtk_grid_attach (GTK_GRID (self->grid), key_new (self, key), column, row, (int)key->units,
                         1);
      column += (int)key->units;
    }
}

static GPtrArray *
rows_of (KouanKeyboard *self)
{
  GPtrArray *rows = self->layout->rows[self->layer];

  if (rows == NULL && self->layer == KOUAN_LAYER_SIGNS)
    rows = find_layout (self, "signs")->rows[KOUAN_LAYER_LETTERS];
  return rows != NULL ? rows : self->layout->rows[KOUAN_LAYER_LETTERS];
}

static void
build (KouanKeyboard *self)
{
  GPtrArray *rows = rows_of (self);
  gboolean without_first
    = self->compact && self->layout->optional_first && self->layer != KOUAN_LAYER_SIGNS;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  gtk_widget_set_halign (self->grid, is_pad (self) ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  for (guint i = without_first ? 1 : 0; i < rows->len; i++)
    build_row (self, g_ptr_array_index (rows, i), (int)i);
  show_bar (self);
  update_letters (self);
}

/* On a low screen a writing may have a layout of its own: "ja-low". */
static const KouanLayout *
layout_of_language (KouanKeyboard *self)
{
  const char *code = kouan_language_current ()->code;
  g_autofree char *low = g_strconcat (code, "-low", NULL);
  const KouanLayout *layout = self->compact ? kouan_layouts_find (self->layouts, low) : NULL;

  if (layout == NULL)
    layout = kouan_layouts_find (self->layouts, code);
  return layout != NULL ? layout : find_layout (self, "en");
}

static void
choose_layout (KouanKeyboard *self)
{
  static const char *const ids[] = {
    [KOUAN_KEYBOARD_LATIN] = "en",
    [KOUAN_KEYBOARD_MRZ] = "mrz",
    [KOUAN_KEYBOARD_DIGITS] = "digits",
    [KOUAN_KEYBOARD_PHONE] = "phone",
  };

  self->own = self->mode == KOUAN_KEYBOARD_TEXT ? layout_of_language (self)
                                                : find_layout (self, ids[self->mode]);
  self->layout = self->own;
  self->layer = KOUAN_LAYER_LETTERS;
  self->shifted = self->locked = FALSE;
  forget_spelling (self);
  build (self);
}

static void
kouan_keyboard_dispose (GObject *object)
{
  KouanKeyboard *self = KOUAN_KEYBOARD (object);

  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->pinyin, kouan_pinyin_free);
  g_clear_pointer (&self->layouts, kouan_layouts_unref);
  G_OBJECT_CLASS (kouan_keyboard_parent_class)->dispose (object);
}

static void
kouan_keyboard_finalize (GObject *object)
{
  g_string_free (KOUAN_KEYBOARD (object)->spelling, TRUE);
  G_OBJECT_CLASS (kouan_keyboard_parent_class)->finalize (object);
}

static void
kouan_keyboard_class_init (KouanKeyboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_keyboard_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_keyboard_finalize;
  gtk_widget_class_set_css_name (widget_class, "keyboard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static KouanLayouts *
load_layouts (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/org/kouan/keyboard/layouts.ini", 0, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  KouanLayouts *layouts = kouan_layouts_new (data, size, &error);

  if (layouts == NULL)
    g_error ("%s", error->message);
  return layouts;
}

static void
kouan_keyboard_init (KouanKeyboard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), KEY_GAP);
  self->layouts = load_layouts ();
  self->spelling = g_string_new (NULL);
  self->bar = kouan_candidate_bar_new ();
  gtk_widget_set_direction (self->bar, GTK_TEXT_DIR_LTR);
  g_signal_connect (self->bar, "chosen", G_CALLBACK (on_word_chosen), self);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), KEY_GAP);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), KEY_GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_vexpand (self->grid, TRUE);
  /* Keys stand as on the keyboards that are sold, whatever the direction of the page. */
  gtk_widget_set_direction (self->grid, GTK_TEXT_DIR_LTR);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  kouan_accessible_set_name (GTK_WIDGET (self), _ ("Keyboard"));
}

/* Returns: (transfer floating): a keyboard that types into nothing yet */
GtkWidget *
kouan_keyboard_new (KouanKeyboardMode mode)
{
  KouanKeyboard *self = g_object_new (KOUAN_TYPE_KEYBOARD, NULL);

  self->mode = mode;
  choose_layout (self);
  return GTK_WIDGET (self);
}

void
kouan_keyboard_set_mode (KouanKeyboard *self, KouanKeyboardMode mode)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));

  if (self->mode == mode)
    return;
  self->mode = mode;
  choose_layout (self);
}

/* @target (nullable): where keys go from now on; the keyboard does not keep it alive */
void
kouan_keyboard_set_target (KouanKeyboard *self, KouanKeyTarget *target)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));
  g_return_if_fail (target == NULL || KOUAN_IS_KEY_TARGET (target));

  if (target != self->target)
    forget_spelling (self);
  g_set_weak_pointer (&self->target, target);
}

/* On a low screen a layout does without its row of digits, which the layer of signs has too. */
void
kouan_keyboard_set_compact (KouanKeyboard *self, gboolean compact)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  kouan_candidate_bar_set_compact (KOUAN_CANDIDATE_BAR (self->bar), compact);
  choose_layout (self);
}

/* Returns: (nullable) (transfer none): the key that is called @key: "q", "<", " ", "erase",
 * "shift", "<<<"; for tests and the robot */
GtkWidget *
kouan_keyboard_get_key (KouanKeyboard *self, const char *key)
{
  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (GtkWidget *button = gtk_widget_get_first_child (self->grid); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_str_equal (key_of (button)->text, key))
      return button;
  return NULL;
}

static int
row_of (KouanKeyboard *self, GtkWidget *key)
{
  int row;

  gtk_grid_query_child (GTK_GRID (self->grid), key, NULL, &row, NULL, NULL);
  return row;
}

/* Returns: (nullable) (transfer container) (element-type GtkWidget): the keys of the row, counted
 * from 0, as they stand from left to right; the words to choose from are the first row, which may
 * be empty. %NULL behind the last row */
GPtrArray *
kouan_keyboard_get_row (KouanKeyboard *self, guint row)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GtkWidget *key;
  int wanted;

  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), NULL);

  key = gtk_widget_get_first_child (self->grid);
  if (row == 0)
    return kouan_candidate_bar_get_buttons (KOUAN_CANDIDATE_BAR (self->bar));
  wanted = key != NULL ? row_of (self, key) + (int)row - 1 : 0;
  for (; key != NULL; key = gtk_widget_get_next_sibling (key))
    if (row_of (self, key) == wanted)
      g_ptr_array_add (keys, key);
  return keys->len > 0 ? g_steal_pointer (&keys) : NULL;
}

/* Whether the row is that of the words to choose from, which are other ones after each letter */
gboolean
kouan_keyboard_row_changes (KouanKeyboard *self, guint row)
{
  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), FALSE);

  return row == 0;
}

/* Returns: (transfer none): BCP 47: what the letters of the keys are spoken in */
const char *
kouan_keyboard_get_language (KouanKeyboard *self)
{
  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), NULL);

  return self->layout->language != NULL ? self->layout->language : kouan_language_current ()->code;
}
