/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/keyboard.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"

/* The compositor offers no input method, so the keyboard is a widget. A layout is rows of keys on a
 * grid of half-key columns; a key types its own text or does one of a few things. Keys never take
 * the focus: that stays with the field, where a person sees the caret. They stand 8 px apart,
 * closer than other targets, as ten of them have to stand side by side and a hand expects them so.
 */

#define KEY_GAP 8

typedef enum
{
  DO_TYPE,
  DO_ERASE,
  DO_SHIFT,
  DO_SIGNS,
  DO_LETTERS,
  DO_FILL,
} KeyAction;

typedef struct
{
  const char *text; /* what is typed, and how the key is called */
  guint units;      /* width in half keys */
  KeyAction action;
  const char *icon;
  const char *name; /* for a screen reader, where the text does not say it */
} Key;

#define K(text)                                                                                    \
  {                                                                                                \
    text, 2, DO_TYPE, NULL, NULL                                                                   \
  }
#define ERASE(units)                                                                               \
  {                                                                                                \
    "erase", units, DO_ERASE, "backspace", N_ ("Delete the last character")                        \
  }
#define GAP(units)                                                                                 \
  {                                                                                                \
    NULL, units, DO_TYPE, NULL, NULL                                                               \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, DO_TYPE, NULL, NULL                                                                   \
  }

typedef Key Row[12];

static const Row LETTERS[] = {
  { K ("1"), K ("2"), K ("3"), K ("4"), K ("5"), K ("6"), K ("7"), K ("8"), K ("9"), K ("0"), END },
  { K ("q"), K ("w"), K ("e"), K ("r"), K ("t"), K ("y"), K ("u"), K ("i"), K ("o"), K ("p"), END },
  { GAP (1), K ("a"), K ("s"), K ("d"), K ("f"), K ("g"), K ("h"), K ("j"), K ("k"), K ("l"), END },
  { { "shift", 3, DO_SHIFT, "shift", N_ ("Capital letters") },
    K ("z"),
    K ("x"),
    K ("c"),
    K ("v"),
    K ("b"),
    K ("n"),
    K ("m"),
    ERASE (3),
    END },
  { { "#+?", 3, DO_SIGNS, NULL, N_ ("Digits and signs") },
    K ("-"),
    K (","),
    { " ", 9, DO_TYPE, NULL, N_ ("Space") },
    K ("."),
    K ("'"),
    END },
};

static const Row SIGNS[] = {
  { K ("1"), K ("2"), K ("3"), K ("4"), K ("5"), K ("6"), K ("7"), K ("8"), K ("9"), K ("0"), END },
  { K ("@"), K ("#"), K ("/"), K ("&"), K ("("), K (")"), K ("+"), K ("_"), K (":"), K (";"), END },
  { GAP (1), K ("ä"), K ("ö"), K ("ü"), K ("é"), K ("è"), K ("ñ"), K ("ç"), K ("å"), K ("ø"), END },
  { GAP (3), K ("á"), K ("í"), K ("ó"), K ("ú"), K ("ã"), K ("ß"), K ("·"), ERASE (3), END },
  { { "ABC", 3, DO_LETTERS, NULL, N_ ("Letters") },
    K ("-"),
    K (","),
    { " ", 9, DO_TYPE, NULL, N_ ("Space") },
    K ("."),
    K ("'"),
    END },
};

static const Row MRZ[] = {
  { K ("1"), K ("2"), K ("3"), K ("4"), K ("5"), K ("6"), K ("7"), K ("8"), K ("9"), K ("0"), END },
  { K ("Q"), K ("W"), K ("E"), K ("R"), K ("T"), K ("Y"), K ("U"), K ("I"), K ("O"), K ("P"), END },
  { K ("A"), K ("S"), K ("D"), K ("F"), K ("G"), K ("H"), K ("J"), K ("K"), K ("L"), K ("<"), END },
  { { "<<<", 3, DO_FILL, NULL, N_ ("Fill the line with <") },
    K ("Z"),
    K ("X"),
    K ("C"),
    K ("V"),
    K ("B"),
    K ("N"),
    K ("M"),
    ERASE (3),
    END },
};

#define PAD(text)                                                                                  \
  {                                                                                                \
    text, 4, DO_TYPE, NULL, NULL                                                                   \
  }

static const Row DIGITS[] = {
  { PAD ("1"), PAD ("2"), PAD ("3"), END },
  { PAD ("4"), PAD ("5"), PAD ("6"), END },
  { PAD ("7"), PAD ("8"), PAD ("9"), END },
  { GAP (4), PAD ("0"), ERASE (4), END },
};

#define KEY_KEY "kouan-key"

struct _KouanKeyboard
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  KouanKeyTarget *target; /* (nullable), weak */
  KouanKeyboardMode mode;
  gboolean signs;   /* the second layer of the text layout */
  gboolean shifted; /* the next letter is a capital */
  gboolean locked;  /* and all the following */
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (KouanKeyboard, kouan_keyboard, GTK_TYPE_WIDGET)

static void build (KouanKeyboard *self);

static const Key *
key_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), KEY_KEY);
}

static gboolean
is_letter (const Key *key)
{
  return key->action == DO_TYPE && key->text != NULL
         && g_unichar_islower (g_utf8_get_char (key->text));
}

static char *
text_of (KouanKeyboard *self, const Key *key)
{
  return self->shifted && is_letter (key) ? g_utf8_strup (key->text, -1) : g_strdup (key->text);
}

static void
update_letters (KouanKeyboard *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->grid); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      const Key *key = key_of (button);
      g_autofree char *text = NULL;

      if (key->action == DO_SHIFT)
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
      if (!is_letter (key))
        continue;
      text = text_of (self, key);
      kouan_button_set_label (GTK_BUTTON (button), text);
    }
}

/* Once for the next letter, twice for all of them, a third time for none. */
static void
press_shift (KouanKeyboard *self)
{
  if (self->locked)
    self->locked = self->shifted = FALSE;
  else if (self->shifted)
    self->locked = TRUE;
  else
    self->shifted = TRUE;
  update_letters (self);
}

static void
show_signs (KouanKeyboard *self, gboolean signs)
{
  self->signs = signs;
  build (self);
}

static void
type (KouanKeyboard *self, const Key *key)
{
  g_autofree char *text = text_of (self, key);

  if (self->target != NULL)
    (void)kouan_key_target_insert (self->target, text);
  if (self->shifted && !self->locked && is_letter (key))
    {
      self->shifted = FALSE;
      update_letters (self);
    }
}

static void
press_target (KouanKeyboard *self, KouanKey key)
{
  if (self->target != NULL)
    (void)kouan_key_target_press (self->target, key);
}

static void
on_key_clicked (GtkButton *button, KouanKeyboard *self)
{
  const Key *key = key_of (GTK_WIDGET (button));

  switch (key->action)
    {
    case DO_TYPE:
      type (self, key);
      break;
    case DO_ERASE:
      press_target (self, KOUAN_KEY_ERASE);
      break;
    case DO_FILL:
      press_target (self, KOUAN_KEY_FILL);
      break;
    case DO_SHIFT:
      press_shift (self);
      break;
    case DO_SIGNS:
    case DO_LETTERS:
      show_signs (self, key->action == DO_SIGNS);
      break;
    default:
      g_assert_not_reached ();
    }
}

static GtkWidget *
key_new (KouanKeyboard *self, const Key *key)
{
  gboolean blank = g_str_equal (key->text, " ");
  const char *label = key->icon != NULL ? NULL : blank ? _ ("Space") : key->text;
  GtkWidget *button = kouan_button_new (key->icon, label);

  gtk_widget_add_css_class (button, "key");
  if (key->action != DO_TYPE)
    gtk_widget_add_css_class (button, "function");
  if (self->mode == KOUAN_KEYBOARD_DIGITS)
    gtk_widget_add_css_class (button, "pad");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_vexpand (button, TRUE);
  if (key->name != NULL)
    kouan_accessible_set_name (button, _ (key->name));
  g_object_set_data (G_OBJECT (button), KEY_KEY, (gpointer)key);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key_clicked), self);
  return button;
}

static void
build_row (KouanKeyboard *self, const Key *keys, int row)
{
  int column = 0;

  for (const Key *key = keys; key->units > 0; key++)
    {
      if (key->text != NULL)
        gtk_grid_attach (GTK_GRID (self->grid), key_new (self, key), column, row, (int)key->units,
                         1);
      column += (int)key->units;
    }
}

static void
choose_layout (KouanKeyboard *self, const Row **rows, guint *count)
{
  if (self->mode == KOUAN_KEYBOARD_MRZ)
    {
      *rows = MRZ;
      *count = G_N_ELEMENTS (MRZ);
    }
  else if (self->mode == KOUAN_KEYBOARD_DIGITS)
    {
      *rows = DIGITS;
      *count = G_N_ELEMENTS (DIGITS);
    }
  else
    {
      *rows = self->signs ? SIGNS : LETTERS;
      *count = G_N_ELEMENTS (LETTERS);
    }
}

static void
build (KouanKeyboard *self)
{
  const Row *rows;
  guint count;
  guint first;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);

  choose_layout (self, &rows, &count);
  gtk_widget_set_halign (self->grid, rows == DIGITS ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  first = self->compact && rows == LETTERS ? 1 : 0;
  for (guint i = first; i < count; i++)
    build_row (self, rows[i], (int)i);
  update_letters (self);
}

static void
kouan_keyboard_dispose (GObject *object)
{
  KouanKeyboard *self = KOUAN_KEYBOARD (object);

  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_keyboard_parent_class)->dispose (object);
}

static void
kouan_keyboard_class_init (KouanKeyboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_keyboard_dispose;
  gtk_widget_class_set_css_name (widget_class, "keyboard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kouan_keyboard_init (KouanKeyboard *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), KEY_GAP);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), KEY_GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  /* Keys stand where the writing that they make begins, whatever the language of the page. */
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
  build (self);
  return GTK_WIDGET (self);
}

void
kouan_keyboard_set_mode (KouanKeyboard *self, KouanKeyboardMode mode)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));

  if (self->mode == mode)
    return;
  self->mode = mode;
  self->signs = FALSE;
  self->shifted = self->locked = FALSE;
  build (self);
}

/* @target (nullable): where keys go from now on; the keyboard does not keep it alive */
void
kouan_keyboard_set_target (KouanKeyboard *self, KouanKeyTarget *target)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));
  g_return_if_fail (target == NULL || KOUAN_IS_KEY_TARGET (target));

  g_set_weak_pointer (&self->target, target);
}

/* On a low screen the text layout does without its row of digits, which the layer of signs has too.
 */
void
kouan_keyboard_set_compact (KouanKeyboard *self, gboolean compact)
{
  g_return_if_fail (KOUAN_IS_KEYBOARD (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  build (self);
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

static GtkWidget *
first_key (KouanKeyboard *self, int *row)
{
  GtkWidget *key = gtk_widget_get_first_child (self->grid);

  if (key != NULL)
    gtk_grid_query_child (GTK_GRID (self->grid), key, NULL, row, NULL, NULL);
  return key;
}

/* Returns: (nullable) (transfer container) (element-type GtkWidget): the keys of the row, counted
 * from 0, as they stand from left to right; %NULL behind the last row */
GPtrArray *
kouan_keyboard_get_row (KouanKeyboard *self, guint row)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  int first;

  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), NULL);

  for (GtkWidget *key = first_key (self, &first); key != NULL;
       key = gtk_widget_get_next_sibling (key))
    {
      int at;

      gtk_grid_query_child (GTK_GRID (self->grid), key, NULL, &at, NULL, NULL);
      if (at - first == (int)row)
        g_ptr_array_add (keys, key);
    }
  return keys->len > 0 ? g_steal_pointer (&keys) : NULL;
}

/* Returns: (transfer none): BCP 47: what the letters of the keys are spoken in */
const char *
kouan_keyboard_get_language (KouanKeyboard *self)
{
  g_return_val_if_fail (KOUAN_IS_KEYBOARD (self), NULL);

  return kouan_language_current ()->code;
}
