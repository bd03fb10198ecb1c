/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-window"

#include "ui/window/comfort.h"
#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* The body of the accessibility panel. Every setting is a row of buttons with all its values in
 * sight, so that nothing has to be opened and each value is one press away; the one in force is
 * marked. */

#define PROPERTY_KEY "kouan-property"
#define VALUE_KEY "kouan-value"
#define TWO_COLUMNS_PX 1280 /* at normal text */
#define ROOMY_PX 1400       /* below, two columns of Russian words need the room between them */

typedef struct
{
  const char *property;
  guint value;
  const char *icon;
  const char *label;
} Option;

static const struct
{
  const char *label;
  Option options[3];
} ROWS[] = {
  { N_ ("Text"),
    { { "text-size", KOUAN_TEXT_NORMAL, "text-normal", N_ ("Normal") },
      { "text-size", KOUAN_TEXT_LARGE, "text-large", N_ ("Large") },
      { "text-size", KOUAN_TEXT_LARGER, "text-larger", N_ ("Largest") } } },
  { N_ ("Colours"),
    { { "theme", KOUAN_THEME_LIGHT, "sun", N_ ("Light") },
      { "theme", KOUAN_THEME_DARK, "moon", N_ ("Dark") },
      { "theme", KOUAN_THEME_CONTRAST, "contrast", N_ ("Black and yellow") } } },
  { N_ ("Buttons"),
    { { "low-reach", FALSE, "reach-full", N_ ("Whole screen") },
      { "low-reach", TRUE, "reach-low", N_ ("Lower down") } } },
  { N_ ("Movement"),
    { { "reduced-motion", FALSE, "motion", N_ ("Show movement") },
      { "reduced-motion", TRUE, "motion-off", N_ ("No movement") } } },
  { N_ ("Time"),
    { { "more-time", FALSE, "clock", N_ ("As usual") },
      { "more-time", TRUE, "clock-more", N_ ("Three times as much") } } },
  { N_ ("Voice"),
    { { "voice", FALSE, "voice-off", N_ ("Silent") },
      { "voice", TRUE, "voice", N_ ("Say everything") } } },
  { N_ ("Voice: how fast"),
    { { "pace", KOUAN_PACE_SLOW, NULL, N_ ("Slow") },
      { "pace", KOUAN_PACE_NORMAL, NULL, N_ ("Normal") },
      { "pace", KOUAN_PACE_FAST, NULL, N_ ("Fast") } } },
  { N_ ("Voice: how loud"),
    { { "loudness", KOUAN_LOUDNESS_QUIET, NULL, N_ ("Quiet") },
      { "loudness", KOUAN_LOUDNESS_NORMAL, NULL, N_ ("Normal") },
      { "loudness", KOUAN_LOUDNESS_LOUD, NULL, N_ ("Loud") } } },
};

#define N_ROWS_SILENT (G_N_ELEMENTS (ROWS) - 3) /* where the station has no voice */

struct _KouanComfort
{
  GtkWidget parent_instance;

  KouanPreferences *preferences;
  GtkWidget *grid;
  GtkWidget *rows[G_N_ELEMENTS (ROWS)];
  int screen_width;
  int columns;
  guint n_rows;
  GPtrArray *buttons; /* (element-type GtkWidget), owned by the rows */
};

G_DEFINE_FINAL_TYPE (KouanComfort, kouan_comfort, GTK_TYPE_WIDGET)

static guint
value_of (KouanPreferences *preferences, const char *property)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (preferences), property, &value);
  return G_VALUE_HOLDS_BOOLEAN (&value) ? (guint)g_value_get_boolean (&value)
                                        : g_value_get_uint (&value);
}

static void
set_value (KouanPreferences *preferences, const char *property, guint value)
{
  g_object_set (preferences, property, value, NULL);
}

static void
mark (GtkWidget *button, gboolean chosen)
{
  if (chosen)
    gtk_widget_add_css_class (button, "chosen");
  else
    gtk_widget_remove_css_class (button, "chosen");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
    chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
update_marks (KouanComfort *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      const char *property = g_object_get_data (G_OBJECT (button), PROPERTY_KEY);
      guint value = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), VALUE_KEY));

      mark (button, value_of (self->preferences, property) == value);
    }
}

/* Two settings side by side where their words have room. */
static void
lay_out (KouanComfort *self)
{
  double scale = kouan_style_text_scale (kouan_preferences_get_text_size (self->preferences));
  int columns = self->screen_width / scale >= TWO_COLUMNS_PX ? 2 : 1;

  if (columns == self->columns)
    return;
  self->columns = columns;
  for (int i = 0; i < (int)self->n_rows; i++)
    {
      g_autoptr (GtkWidget) row = g_object_ref (self->rows[i]);

      if (gtk_widget_get_parent (row) != NULL)
        gtk_grid_remove (GTK_GRID (self->grid), row);
      gtk_grid_attach (GTK_GRID (self->grid), row, i % columns, i / columns, 1, 1);
    }
}

static void
on_preferences_changed (KouanPreferences *preferences G_GNUC_UNUSED,
                        GParamSpec *pspec G_GNUC_UNUSED,
                        KouanComfort *self)
{
  lay_out (self);
  update_marks (self);
}

static void
on_clicked (GtkButton *button, KouanComfort *self)
{
  set_value (self->preferences, g_object_get_data (G_OBJECT (button), PROPERTY_KEY),
             GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), VALUE_KEY)));
}

static void
kouan_comfort_dispose (GObject *object)
{
  KouanComfort *self = KOUAN_COMFORT (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (kouan_comfort_parent_class)->dispose (object);
}

static void
kouan_comfort_class_init (KouanComfortClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_comfort_dispose;
  gtk_widget_class_set_css_name (widget_class, "comfort");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
option_new (KouanComfort *self, const char *row, const Option *option)
{
  GtkWidget *button = kouan_button_new (option->icon, _ (option->label));
  g_autofree char *name = g_strdup_printf ("%s: %s", row, _ (option->label));

  kouan_button_set_stacked (GTK_BUTTON (button));
  kouan_accessible_set_name (button, name);
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), PROPERTY_KEY, (gpointer)option->property);
  g_object_set_data (G_OBJECT (button), VALUE_KEY, GUINT_TO_POINTER (option->value));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  g_ptr_array_add (self->buttons, button);
  return button;
}

static GtkWidget *
row_new (KouanComfort *self, const char *name, const Option *options, guint n_options)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  GtkWidget *label = kouan_text_new (name);

  gtk_widget_add_css_class (label, "strong");
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  for (guint i = 0; i < n_options && options[i].property != NULL; i++)
    gtk_box_append (GTK_BOX (buttons), option_new (self, name, &options[i]));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_widget_set_hexpand (row, TRUE);
  return row;
}

static void
kouan_comfort_init (KouanComfort *self)
{
  self->buttons = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), KOUAN_TOUCH_GAP);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/* Returns: (transfer floating): the settings of @preferences, which follow them and change them, on
 * a screen of
 *   @screen_width pixels */
GtkWidget *
kouan_comfort_new (KouanPreferences *preferences, int screen_width)
{
  KouanComfort *self = g_object_new (KOUAN_TYPE_COMFORT, NULL);

  g_return_val_if_fail (KOUAN_IS_PREFERENCES (preferences), GTK_WIDGET (self));

  self->preferences = g_object_ref (preferences);
  self->screen_width = screen_width;
  gtk_grid_set_column_spacing (GTK_GRID (self->grid),
                               screen_width < ROOMY_PX ? KOUAN_TOUCH_GAP : 2 * KOUAN_TOUCH_GAP);
  self->n_rows
    = kouan_preferences_get_has_voice (preferences) ? G_N_ELEMENTS (ROWS) : N_ROWS_SILENT;
  for (guint i = 0; i < self->n_rows; i++)
    self->rows[i]
      = row_new (self, _ (ROWS[i].label), ROWS[i].options, G_N_ELEMENTS (ROWS[i].options));
  lay_out (self);
  g_signal_connect_object (preferences, "notify", G_CALLBACK (on_preferences_changed), self, 0);
  update_marks (self);
  return GTK_WIDGET (self);
}

/* Returns: (nullable) (transfer none): the button that sets @property to @value; for tests and the
 * robot */
GtkWidget *
kouan_comfort_get_button (KouanComfort *self, const char *property, guint value)
{
  g_return_val_if_fail (KOUAN_IS_COMFORT (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (g_str_equal (g_object_get_data (G_OBJECT (button), PROPERTY_KEY), property)
          && GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), VALUE_KEY)) == value)
        return button;
    }
  return NULL;
}
