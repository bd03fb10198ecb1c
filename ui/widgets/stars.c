/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/stars.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/tiles.h"

/* Five answers from worst to best, each a face and the word for it: a face alone is read
 * differently in different places. The words are those of the rating that Chinese service halls ask
 * for (好差评). */

#define COUNT 5

static const struct
{
  const char *icon;
  const char *word;
} RATINGS[COUNT] = {
  { "face-1", N_ ("Very bad") }, { "face-2", N_ ("Bad") },       { "face-3", N_ ("All right") },
  { "face-4", N_ ("Good") },     { "face-5", N_ ("Very good") },
};

struct _KouanStars
{
  GtkWidget parent_instance;

  GtkWidget *row;
  GtkWidget *buttons[COUNT];
  guint rating; /* 0: none yet */
};

enum
{
  SIGNAL_RATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanStars, kouan_stars, GTK_TYPE_WIDGET)

static void
on_clicked (GtkButton *button, KouanStars *self)
{
  for (guint i = 0; i < COUNT; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      kouan_stars_set_rating (self, i + 1);
  g_signal_emit (self, signals[SIGNAL_RATED], 0, self->rating);
}

static void
kouan_stars_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_STARS (object)->row, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_stars_parent_class)->dispose (object);
}

static void
kouan_stars_class_init (KouanStarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_stars_dispose;
  signals[SIGNAL_RATED] = g_signal_new ("rated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "stars");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
kouan_stars_init (KouanStars *self)
{
  self->row = kouan_tiles_new (COUNT);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  for (guint i = 0; i < COUNT; i++)
    {
      self->buttons[i] = kouan_button_new (RATINGS[i].icon, _ (RATINGS[i].word));
      kouan_button_set_stacked (GTK_BUTTON (self->buttons[i]));
      gtk_widget_add_css_class (self->buttons[i], "face");
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self);
      kouan_tiles_append (KOUAN_TILES (self->row), self->buttons[i]);
    }
}

/* Returns: (transfer floating): five faces of which none is chosen */
GtkWidget *
kouan_stars_new (const char *question)
{
  GtkWidget *self = g_object_new (KOUAN_TYPE_STARS, NULL);

  kouan_accessible_set_name (self, question);
  return self;
}

/* Returns: 1 to 5, 0 while none is chosen */
guint
kouan_stars_get_rating (KouanStars *self)
{
  g_return_val_if_fail (KOUAN_IS_STARS (self), 0);

  return self->rating;
}

void
kouan_stars_set_rating (KouanStars *self, guint rating)
{
  g_return_if_fail (KOUAN_IS_STARS (self));
  g_return_if_fail (rating <= COUNT);

  self->rating = rating;
  for (guint i = 0; i < COUNT; i++)
    {
      gboolean chosen = i + 1 == rating;

      if (chosen)
        gtk_widget_add_css_class (self->buttons[i], "chosen");
      else
        gtk_widget_remove_css_class (self->buttons[i], "chosen");
      gtk_accessible_update_state (
        GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_STATE_PRESSED,
        chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
}

/* Returns: (transfer none): for tests and the robot */
GtkWidget *
kouan_stars_get_button (KouanStars *self, guint rating)
{
  g_return_val_if_fail (KOUAN_IS_STARS (self), NULL);
  g_return_val_if_fail (rating >= 1 && rating <= COUNT, NULL);

  return self->buttons[rating - 1];
}
