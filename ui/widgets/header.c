/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/header.h"
#include "app/language/language.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"

/* The header of every page. Its three buttons are always there, in the same order and at the same
 * end. Where the text is large and the screen is high, they have a row of their own; where the
 * screen is low, they show their icons alone and the hall and the time stand in one line, in which
 * there is no date. */

#define EDGE_PX 32
#define HALL_WIDTH_MIN_PX 280 /* below which the name of the hall is cut off too early */

typedef enum
{
  FORM_ONE_ROW,
  FORM_TWO_ROWS,
  FORM_ICONS,
} Form;

struct _KouanHeader
{
  GtkWidget parent_instance;

  GtkWidget *row;
  GtkWidget *place;
  GtkWidget *hall;
  GtkWidget *time;
  GtkWidget *buttons;
  GtkWidget *language;
  GtkWidget *accessibility;
  GtkWidget *staff;

  char *date_time;
  char *short_time; /* (nullable): without the date */
  int width;        /* of the screen; 0 before it is known */
  gboolean low;
  gboolean small;  /* the text is: two lines of it are no taller than a button */
  gboolean called; /* somebody comes */
  gboolean fits;   /* the form has been chosen for this width, text and style */
};

enum
{
  SIGNAL_LANGUAGE,
  SIGNAL_ACCESSIBILITY,
  SIGNAL_STAFF,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanHeader, kouan_header, GTK_TYPE_WIDGET)

static void
on_clicked (GtkWidget *button, KouanHeader *self)
{
  guint signal = button == self->language        ? SIGNAL_LANGUAGE
                 : button == self->accessibility ? SIGNAL_ACCESSIBILITY
                                                 : SIGNAL_STAFF;

  g_signal_emit (self, signals[signal], 0);
}

static void
show_time (KouanHeader *self, gboolean shortened)
{
  const char *time = shortened && self->short_time != NULL ? self->short_time : self->date_time;

  gtk_label_set_label (GTK_LABEL (self->time), time != NULL ? time : "");
}

static void
apply_form (KouanHeader *self, Form form)
{
  gboolean two_rows = form == FORM_TWO_ROWS;
  gboolean one_line = two_rows || (form == FORM_ICONS && !self->small);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->row),
                                  two_rows ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->row), two_rows ? 0 : KOUAN_TOUCH_GAP);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->place),
                                  one_line ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self->place), one_line ? KOUAN_TOUCH_GAP : 0);
  gtk_label_set_lines (GTK_LABEL (self->hall), one_line || self->low ? 1 : 2);
  show_time (self, form == FORM_ICONS && one_line);
  kouan_button_set_icon_only (GTK_BUTTON (self->language), form == FORM_ICONS);
  kouan_button_set_icon_only (GTK_BUTTON (self->accessibility), form == FORM_ICONS);
  kouan_button_set_icon_only (GTK_BUTTON (self->staff), form == FORM_ICONS);
}

static int
natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
natural_height (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
fit (KouanHeader *self)
{
  int room = self->width - 2 * EDGE_PX;
  int place = MAX (HALL_WIDTH_MIN_PX, natural_width (self->time));
  int buttons;

  self->fits = TRUE;
  if (self->width == 0)
    return;

  self->small = 2 * natural_height (self->time) <= KOUAN_TOUCH_MIN;
  apply_form (self, FORM_ONE_ROW);
  buttons = natural_width (self->buttons);
  if (buttons + KOUAN_TOUCH_GAP + place <= room)
    return;
  apply_form (self, !self->low && buttons <= room ? FORM_TWO_ROWS : FORM_ICONS);
}

static GtkSizeRequestMode
kouan_header_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The form is chosen only when sizes are asked for: a text or a class of the window that was
 * changed before is in force only then. */
static void
kouan_header_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline G_GNUC_UNUSED,
                      int *natural_baseline G_GNUC_UNUSED)
{
  KouanHeader *self = KOUAN_HEADER (widget);

  if (!self->fits)
    fit (self);
  gtk_widget_measure (self->row, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
kouan_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (KOUAN_HEADER (widget)->row, &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
refit (KouanHeader *self)
{
  self->fits = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
kouan_header_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kouan_header_parent_class)->css_changed (widget, change);
  KOUAN_HEADER (widget)->fits = FALSE;
}

static void
kouan_header_dispose (GObject *object)
{
  g_clear_pointer (&KOUAN_HEADER (object)->row, gtk_widget_unparent);
  g_clear_pointer (&KOUAN_HEADER (object)->date_time, g_free);
  g_clear_pointer (&KOUAN_HEADER (object)->short_time, g_free);
  G_OBJECT_CLASS (kouan_header_parent_class)->dispose (object);
}

static guint
add_signal (KouanHeaderClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
kouan_header_class_init (KouanHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_header_dispose;
  widget_class->get_request_mode = kouan_header_get_request_mode;
  widget_class->measure = kouan_header_measure;
  widget_class->size_allocate = kouan_header_size_allocate;
  widget_class->css_changed = kouan_header_css_changed;

  signals[SIGNAL_LANGUAGE] = add_signal (klass, "language");
  signals[SIGNAL_ACCESSIBILITY] = add_signal (klass, "accessibility");
  signals[SIGNAL_STAFF] = add_signal (klass, "staff");
  gtk_widget_class_set_css_name (widget_class, "kioskheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BANNER);
}

static GtkWidget *
add_button (KouanHeader *self, const char *icon)
{
  GtkWidget *button = kouan_button_new (icon, "");

  kouan_button_set_wrap (GTK_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "quiet");
  gtk_box_append (GTK_BOX (self->buttons), button);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  return button;
}

static void
add_place (KouanHeader *self)
{
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->place, TRUE);
  gtk_widget_set_valign (self->place, GTK_ALIGN_CENTER);

  self->hall = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->hall), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hall), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->hall), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->hall, TRUE);
  gtk_widget_add_css_class (self->hall, "small");
  gtk_widget_add_css_class (self->hall, "strong");
  gtk_box_append (GTK_BOX (self->place), self->hall);

  self->time = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->time), 0);
  gtk_widget_add_css_class (self->time, "small");
  gtk_widget_add_css_class (self->time, "numerals");
  gtk_box_append (GTK_BOX (self->place), self->time);
}

static void
kouan_header_init (KouanHeader *self)
{
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  add_place (self);
  gtk_box_append (GTK_BOX (self->row), self->place);

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KOUAN_TOUCH_GAP);
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->row), self->buttons);
  self->language = add_button (self, "language");
  self->accessibility = add_button (self, "accessibility");
  self->staff = add_button (self, "staff");
  kouan_header_retranslate (self);
}

GtkWidget *
kouan_header_new (void)
{
  return g_object_new (KOUAN_TYPE_HEADER, NULL);
}

void
kouan_header_set_hall (KouanHeader *self, const char *hall_name)
{
  g_return_if_fail (KOUAN_IS_HEADER (self));

  gtk_label_set_label (GTK_LABEL (self->hall), hall_name);
}

/* @short_time: (nullable): the same without the date, for where there is no room for both */
void
kouan_header_set_time (KouanHeader *self, const char *date_time, const char *short_time)
{
  g_return_if_fail (KOUAN_IS_HEADER (self));

  if (g_strcmp0 (self->date_time, date_time) == 0 && g_strcmp0 (self->short_time, short_time) == 0)
    return;
  g_free (self->date_time);
  self->date_time = g_strdup (date_time);
  g_free (self->short_time);
  self->short_time = g_strdup (short_time);
  show_time (self, FALSE);
  refit (self);
}

/* @width: of the screen; @low: the screen has no height to spare */
void
kouan_header_set_room (KouanHeader *self, int width, gboolean low)
{
  g_return_if_fail (KOUAN_IS_HEADER (self));

  self->width = width;
  self->low = low;
  refit (self);
}

void
kouan_header_retranslate (KouanHeader *self)
{
  const KouanLanguage *language = kouan_language_current ();
  g_autofree char *language_name = NULL;

  g_return_if_fail (KOUAN_IS_HEADER (self));

  /* Translators: what a screen reader says for the button that changes the language, such as
   * "Language: English" */
  language_name = g_strdup_printf (_ ("Language: %s"), language->own_name);
  kouan_button_set_label (GTK_BUTTON (self->language), language->own_name);
  kouan_accessible_set_name (self->language, language_name);
  kouan_button_set_label (GTK_BUTTON (self->accessibility), _ ("Accessibility"));
  /* Translators: short, on a button: staff has been called */
  kouan_button_set_label (GTK_BUTTON (self->staff), self->called ? _ ("Called") : _ ("Call staff"));
  kouan_accessible_set_name (self->staff, self->called ? _ ("Staff is called") : _ ("Call staff"));
  refit (self);
}

/* @called: staff was called and has not come yet: it shows across the hall */
void
kouan_header_set_called (KouanHeader *self, gboolean called)
{
  g_return_if_fail (KOUAN_IS_HEADER (self));

  if (self->called == called)
    return;
  self->called = called;
  if (called)
    gtk_widget_add_css_class (self->staff, "called");
  else
    gtk_widget_remove_css_class (self->staff, "called");
  kouan_header_retranslate (self);
}

GtkWidget *
kouan_header_get_language_button (KouanHeader *self)
{
  g_return_val_if_fail (KOUAN_IS_HEADER (self), NULL);

  return self->language;
}

GtkWidget *
kouan_header_get_accessibility_button (KouanHeader *self)
{
  g_return_val_if_fail (KOUAN_IS_HEADER (self), NULL);

  return self->accessibility;
}

GtkWidget *
kouan_header_get_staff_button (KouanHeader *self)
{
  g_return_val_if_fail (KOUAN_IS_HEADER (self), NULL);

  return self->staff;
}
